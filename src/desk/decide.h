/* decide.h -- one decision about one order, from a file or from the command line; private to
 * src/desk. */
#ifndef PURSER_DECIDE_H
#define PURSER_DECIDE_H

#include "config/run.h"
#include "desk/facts.h"
#include "desk/flow.h"
#include "store/store_approval.h"
#include "store/store_order.h"

enum decide_answer {
    DECIDE_DONE,
    DECIDE_NOT_OPEN,  /* the order does not wait */
    DECIDE_NOT_ASKED, /* it waits for somebody else than the approver */
    DECIDE_OWN,       /* the approver ordered it: somebody else must consent */
    DECIDE_TWICE,     /* the approver decided an earlier step: likewise */
};

/* `approver` is the partner that decides, NULL for a person at the command line, who may decide any
 * open step, and refuse an order that waits for a price. */
MUST_USE enum outcome
decide(struct run *run, struct facts *facts, const char *partner,
       const struct order_standing *standing, const char *approver, const struct cause *cause,
       bool approves, enum decide_answer *answer, struct fault *why);

#endif
