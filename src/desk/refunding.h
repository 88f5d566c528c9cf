/* refunding.h -- what goods that came back paid, less what is kept of it; private to src/desk.
 *
 * Exactly what these units paid is taken off the invoices of the order, the latest first: a credit
 * note for each, with a line of its own for what is kept back and the clause that says so, and for
 * goods that were given for what came back and stay (rules/gift.h).  Of an
 * order that was never invoiced the same follows from its price, and no document says it.  Either
 * way less is to be paid of the order (rules/payment.h), and what was paid beyond is owed.
 */
#ifndef PURSER_DESK_REFUNDING_H
#define PURSER_DESK_REFUNDING_H

#include "desk/flow.h"
#include "order/order_change.h"
#include "store/store_return.h"

struct refund_part {
    const struct stored_return_line *line;
    enum return_condition condition;
    int64_t quantity_micros; /* 0: nothing of it is refunded */
    int64_t refund_minor;    /* these are filled in; with tax */
    int64_t fee_minor;       /* of it, that is kept */
    int64_t unbilled_minor;  /* of the rest, that no credit note says */
};

struct refunding {
    struct run *run;
    const struct stored_return *stored;
    struct refund_part *parts;
    size_t count;
    struct arena *arena;
    const char *currency; /* filled in; "": nothing was refunded */
    int64_t gift_minor;   /* likewise: kept of all of it for goods that were given and stay, with
                             tax; below 0: given back */
};
MUST_USE enum outcome refunding_give(struct refunding *refunding, struct fault *why);

#endif
