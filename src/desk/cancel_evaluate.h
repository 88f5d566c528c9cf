/* cancel_evaluate.h -- what stays of an order is priced again, as it was priced; private to
 * src/desk. */
#ifndef PURSER_CANCEL_EVALUATE_H
#define PURSER_CANCEL_EVALUATE_H

#include "desk/cancel_fee.h"

struct evaluation {
    struct fee_amount now; /* to be claimed back; below 0: given back of what was claimed before */
    const char *text[LANGUAGE_COUNT]; /* why */
};

/* By the lists that the order was priced by, as if nobody had used the promotions since; what
 * cannot be priced so keeps its share of the price.  Promotions that what stays does not use any
 * more count no more for the order, when something is claimed for them.  Texts lie in `arena`. */
MUST_USE enum outcome
cancel_evaluate(struct run *run, const struct subject *subject, const struct cancel_fee *fee,
                struct arena *arena, struct evaluation *evaluation, struct fault *why);

/* So much of the goods that promotions gave they do not give any more, of each line of the order;
 * NULL: promotions are not evaluated, or nothing was given, or it cannot be priced. */
MUST_USE enum outcome
cancel_gifts(struct run *run, const struct subject *subject, const struct cancel_fee *fee,
             struct arena *arena, int64_t **lost_micros, struct fault *why);

#endif
