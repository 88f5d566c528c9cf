/* settle.h -- an order that was priced is stored with its price, and approved, or somebody is asked
 * about it; private to src/desk. */
#ifndef PURSER_SETTLE_H
#define PURSER_SETTLE_H

#include "config/run.h"
#include "desk/appraise.h"
#include "desk/flow.h"
#include "rules/modification.h"
#include "store/store_order.h"

struct settlement {
    struct run *run;
    struct facts *facts;
    struct arena *arena;
    const struct unpriced *order;
    const struct appraisal *appraisal; /* that is good */
    int64_t received_ms;               /* the day it is booked on */
    int64_t interchange_id;            /* that brought it; 0: it was priced again here */
    int64_t struck_version; /* from which lines were struck: what was decided about it holds as if
                               it had been approved; 0: none */
    enum modification_approval approval; /* of a change: does what was decided before hold? */
};

/* In the caller's transaction.  An order that is held before its approval waits with its steps
 * planned, or with none when it is approved by rule: holds_end goes on.  The subject is in state
 * 'received'. */
MUST_USE enum outcome
settle(const struct settlement *settlement, struct subject *subject, struct fault *why);

#endif
