/* stock.h -- orders that there is not enough of a product for are told of, or held; private to
 * src/desk.
 *
 * Who comes first is served first: what an order takes of a list is promised to it, and no unit is
 * promised twice as long as that list is in force. */
#ifndef PURSER_DESK_STOCK_H
#define PURSER_DESK_STOCK_H

#include "config/run.h"
#include "desk/appraise.h"
#include "desk/flow.h"

struct stock_question {
    struct run *run;
    struct facts *facts;
    struct arena *arena;
    const struct order *order;
    const struct appraisal *appraisal; /* that is good */
    int64_t interchange_id;            /* that brought it; 0: it was priced again here */
};

/* The order, in state 'received', is about to wait or to be approved: if the list of stock in force
 * has less of a product than it takes, do what is configured.  One that a person has let go of is
 * not held again.  In the caller's transaction. */
MUST_USE enum outcome
stock_check(const struct stock_question *question, struct subject *subject, struct fault *why);

/* When another list is in force, those that are held are looked at again, the first that came
 * first. */
MUST_USE enum outcome stock_work(struct run *run, struct facts *facts, struct fault *why);

#endif
