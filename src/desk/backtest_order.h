/* backtest_order.h -- private to desk/: one order of the past, priced again and compared. */
#ifndef PURSER_BACKTEST_ORDER_H
#define PURSER_BACKTEST_ORDER_H

#include "config/run.h"
#include "desk/facts.h"
#include "store/store_backtest.h"

/* The facts are set to the versions that it is to be priced by.  What it uses of promotions counts
 * from now on; its differences are added to the sums.  Everything lies in `arena`. */
MUST_USE enum outcome
backtest_order(struct run *run, struct facts *facts, const struct booked *booked,
               struct arena *arena, struct fault *why);

#endif
