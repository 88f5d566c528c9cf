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

/* So much of some lines came back, and is refunded. */
MUST_USE enum outcome
selling_return(struct run *run, int64_t order_id, const struct cancelled_part *parts, size_t count,
               struct fault *why);

#endif
