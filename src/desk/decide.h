/* decide.h -- one decision about one order, from a file or from the command line; private to
 * src/desk. */
#ifndef PURSER_DECIDE_H
#define PURSER_DECIDE_H

#include "config/run.h"
#include "desk/docket.h"
#include "desk/strike.h"
#include "order/document.h"
#include "store/store_order.h"

enum decide_answer {
    DECIDE_DONE,
    DECIDE_NOT_OPEN,  /* the order does not wait */
    DECIDE_NOT_ASKED, /* it waits for somebody else than the approver */
    DECIDE_OWN,       /* the approver ordered it, or asked for its price: somebody else must */
    DECIDE_TWICE,     /* the approver decided another step: likewise */
    DECIDE_AUTHORITY, /* the approver may not approve that much */
    DECIDE_SHOWN,     /* it was decided about something else than is stored */
    DECIDE_STRIKE,    /* the lines cannot be struck: deciding->strike says why */
    DECIDE_DELEGATE,  /* the one who is to decide instead is no approver, or was asked already */
    DECIDE_ANSWER_COUNT
};
/* Of each answer but the first, what a partner is told. */
extern const enum message decide_messages[DECIDE_ANSWER_COUNT];

/* What somebody decided; `approver` is the partner that does, NULL for a person at the command line
 * of a company that keeps no list of approvers, who may decide any open step for all who are asked,
 * and refuse an order that waits for a price. */
struct deciding {
    const char *approver;
    enum decision_verdict verdict;
    const char *delegate;
    const char *shown;     /* "": not said */
    struct strike *strike; /* of an approval; NULL: of no lines */
};

MUST_USE enum outcome
decide(struct run *run, struct facts *facts, const char *partner,
       const struct order_standing *standing, const struct deciding *deciding,
       const struct cause *cause, enum decide_answer *answer, struct fault *why);

/* A step is approved, rejected or returned, by whoever: what was asked besides is withdrawn, and
 * the next one is asked, or the order moves. */
MUST_USE enum outcome
decide_step(struct docket *docket, const struct approval *step, enum approval_step_state state,
            const struct cause *cause, struct fault *why);

#endif
