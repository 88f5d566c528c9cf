/* backtest_asked.h -- private to desk/: who would be asked about one order of the past, by the
 * tables that were in force and by those that are tried.
 *
 * Both decide about the same order, priced again by the lists that it was booked by, so that what
 * is different is the tables' doing.  Each counts the orders of a day that it approves by rule
 * itself. */
#ifndef PURSER_BACKTEST_ASKED_H
#define PURSER_BACKTEST_ASKED_H

#include "config/run.h"
#include "desk/approval_cases.h"
#include "store/store_backtest.h"

/* Before and after. */
struct backtest_worlds {
    struct approval_trial of[2];
};

/* The facts are set to the versions that it is to be priced by. */
MUST_USE enum outcome
backtest_asked(struct run *run, struct facts *facts, const struct backtest_worlds *worlds,
               const struct booked *booked, struct arena *arena, struct fault *why);

#endif
