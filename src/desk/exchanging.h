/* exchanging.h -- what is sent in place of goods that came back; private to src/desk.
 *
 * It is an order of its own, of the same partner, to the same place, named after the first one
 * (N-1 has N-1-X1, then N-1-X2): priced, approved, planned, released and shipped as any other, so
 * that nothing needs to know of exchanges.  What it costs:
 *
 *   The same product again is free of charge: its price is set to zero, which no authority limits
 *   here, and the goods that came back are not credited.  What was paid for them was paid for
 *   these; so no fee is kept, and what comes back of an exchange has cost nothing.
 *
 *   Another product costs what it costs today, by the rules that the customer buys by.  The goods
 *   that came back are credited as if they were refunded, less the fee of the clause; the credit
 *   note counts for the customer as any, and is not moved to the new order by itself.
 *
 * Promotions and coupons of the first order stay with it.  What came too late or beyond its
 * authorisation, and is refunded by a person, is credited, not exchanged. */
#ifndef PURSER_DESK_EXCHANGING_H
#define PURSER_DESK_EXCHANGING_H

#include "desk/facts.h"
#include "desk/flow.h"
#include "store/store_return.h"

/* Is it exchanged for the same again? */
bool exchange_is_free(const struct stored_return_line *line);

/* NONE: we have no such product; *nearest is one of nearly that name, or "". */
MUST_USE enum outcome
exchange_product(struct run *run, struct facts *facts, const char *sku, struct arena *arena,
                 const char **nearest, struct fault *why);

struct exchange_part {
    const struct stored_return_line *line; /* whose wish is an exchange */
    int64_t quantity_micros;               /* that came of it; not 0 */
};
/* *number is that of the new order, in the arena.  What cannot be ordered any more is refused, as
 * of any order. */
MUST_USE enum outcome
exchange_order(struct run *run, const struct stored_return *stored,
               const struct order_standing *first, const struct exchange_part *parts, size_t count,
               struct arena *arena, const char **number, struct fault *why);

#endif
