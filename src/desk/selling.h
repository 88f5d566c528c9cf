/* selling.h -- what is sold, as the ledger of sales has it; private to src/desk.
 *
 * Called with each move that changes what an order comes to, in its transaction.  Entries are of
 * the day of the run, whatever the date of the order: what was told of earlier days stays true.
 *
 * What is taken off by parts is a share of what the line was priced at, so that ordered, cancelled
 * and returned add up to nothing when nothing is left (rules/cancellation.h, rules/invoice.h). What
 * leaves beyond the order, or a little less than it, changes nothing here: that is for invoices. */
#ifndef PURSER_DESK_SELLING_H
#define PURSER_DESK_SELLING_H

#include "desk/flow.h"
#include "store/store_cancellation.h"
#include "store/store_sale.h"

/* The version in force is approved and counts, less what was cancelled of it while it waited. */
MUST_USE enum outcome
selling_enter(struct run *run, const struct subject *subject, struct fault *why);

/* It counts no more, if it did; nor does what was taken off it. */
MUST_USE enum outcome selling_leave(struct run *run, const struct subject *subject,
                                    enum sale_kind kind, struct fault *why);

/* Another version has come in the place of the one before it, and takes over what was taken off
 * that. */
MUST_USE enum outcome
selling_amend(struct run *run, const struct subject *subject, struct fault *why);

/* A part of it is cancelled. */
MUST_USE enum outcome
selling_cancel(struct run *run, const struct subject *subject, const struct cancelled_part *parts,
               size_t count, struct fault *why);

/* A unit of a package that came back part by part (table return_unit). */
struct selling_unit {
    int64_t ordinal;
    int64_t unit;
};
struct selling_unit_list {
    struct selling_unit *items;
    size_t count, capacity;
};

/* So much of some lines came back, and is refunded; and of some pieces of their packages, with what
 * they have in the ledger (below 0), and with the units of which that were the last. */
struct selling_back {
    const struct cancelled_part *parts;
    size_t count;
    const struct sale_part *pieces;
    size_t piece_count;
    const struct selling_unit_list *units;
};
MUST_USE enum outcome selling_return(struct run *run, int64_t order_id,
                                     const struct selling_back *back, struct fault *why);

/* What the ledger has of a line.  And of the unit of it that comes back next, which is counted from
 * then on: false when what is left of the line was never sold. */
MUST_USE enum outcome selling_price(struct run *run, int64_t order_id, int64_t ordinal,
                                    struct sale_price *price, struct fault *why);
bool selling_next(struct sale_price *price, struct sale_part *unit);

#endif
