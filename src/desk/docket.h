/* docket.h -- the approval of an order version as it stands: its steps, who was asked, and what
 * decides who may; private to src/desk. */
#ifndef PURSER_DOCKET_H
#define PURSER_DOCKET_H

#include "config/run.h"
#include "desk/facts.h"
#include "desk/flow.h"
#include "rules/routing.h"
#include "store/store_approval.h"

struct docket {
    struct run *run;
    struct facts *facts;
    struct arena *arena;
    struct subject *subject;
    struct approval *steps; /* in sequence */
    size_t step_count;
    struct approval_person *persons; /* of all steps, by step */
    size_t person_count;
    struct routing routing; /* but for whom a step bars */
};

enum { DOCKET_BYTES_MAX = 16 * 1024 * 1024 };

/* Of the subject's version; everything lies in `arena`, or in the facts. */
MUST_USE enum outcome docket_read(struct docket *docket, struct run *run, struct facts *facts,
                                  struct subject *subject, struct arena *arena, struct fault *why);

/* The step that is open; NULL: none is. */
const struct approval *docket_open(const struct docket *docket);
/* The next one whose turn comes; NULL: none is left. */
const struct approval *docket_next(const struct docket *docket);

/* Who may not decide in this step: who ordered, who asked for a price by hand, and who decided
 * another one.  Into docket->routing. */
MUST_USE enum outcome
docket_bar(struct docket *docket, const struct approval *step, struct fault *why);

#endif
