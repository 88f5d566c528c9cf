/* paying.h -- what an order must be paid before it is released, and the money that comes for it;
 * private to src/desk.
 *
 * Whatever moves, the sums of the order, its state, the hold `payment` and what its customer is
 * told move together, in the caller's transaction.  (The rule is rules/payment.h.) */
#ifndef PURSER_PAYING_H
#define PURSER_PAYING_H

#include "config/run.h"
#include "desk/flow.h"
#include "store/store_payment.h"

/* The order is approved and about to be released: what came before counts, and it is held for what
 * is missing, unless a person has let go of that since the partner sent it.  Of an order of which
 * nothing is asked, and for which nothing came, nothing is stored. */
MUST_USE enum outcome
paying_ask(struct run *run, struct subject *subject, int64_t interchange_id, struct fault *why);

/* The order is refused: what came for it is owed to its customer. */
MUST_USE enum outcome paying_give_back(struct run *run, struct subject *subject, struct fault *why);

/* What is to be paid of the order has become less (a part of it is cancelled, or came back, or is
 * credited): what is asked, the state, the hold and what is owed follow. */
MUST_USE enum outcome
paying_changed(struct run *run, struct subject *subject, int64_t interchange_id, struct fault *why);

enum paying_verdict {
    PAYING_TAKEN,
    PAYING_OTHER_CURRENCY,
    PAYING_REFUND_TOO_MUCH, /* more than is left of what was paid */
};

/* Money for the order, which the desk has seen (it is not in state 'received'), or back from it:
 * allocated when the verdict is PAYING_TAKEN, else nothing has changed.  `by` allocates it by hand;
 * NULL: we do.  subject->money is what has come of it. */
MUST_USE enum outcome
paying_take(struct run *run, struct subject *subject, const struct stored_payment *payment,
            const char *by, enum paying_verdict *verdict, struct fault *why);

/* Payments whose orders have come are allocated to them. */
MUST_USE enum outcome paying_work(struct run *run, struct fault *why);

#endif
