/* backtest_order.h -- private to desk/: one order of the past, priced again and compared. */
#ifndef PURSER_BACKTEST_ORDER_H
#define PURSER_BACKTEST_ORDER_H

#include "config/run.h"
#include "desk/appraise.h"
#include "desk/facts.h"
#include "store/store_backtest.h"
#include "store/store_order.h"

/* The facts are set to the versions that it is to be priced by.  What it uses of promotions counts
 * from now on; its differences are added to the sums.  Everything lies in `arena`. */
MUST_USE enum outcome
backtest_order(struct run *run, struct facts *facts, const struct booked *booked,
               struct arena *arena, struct fault *why);

/* The same in pieces: an order read and priced again. */
struct repriced {
    struct unpriced order;
    struct appraisal appraisal;
};
MUST_USE enum outcome
backtest_reprice(struct run *run, struct facts *facts, const struct booked *booked,
                 struct arena *arena, struct findings *mistakes, struct repriced *repriced,
                 struct fault *why);

/* What it uses of promotions counts from now on. */
MUST_USE enum outcome
backtest_count_uses(struct run *run, const struct appraisal *appraisal, struct fault *why);

/* It has no price any more: the first mistake says why.  Of its currency there is a total. */
MUST_USE enum outcome
backtest_tell_unpriced(struct run *run, const struct booked *booked, const struct order *order,
                       const struct findings *mistakes, struct fault *why);

#endif
