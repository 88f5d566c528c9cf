/* revision.h -- an order gets its next version here, because a person set a price or struck lines:
 * priced and settled like one that came in; private to src/desk. */
#ifndef PURSER_REVISION_H
#define PURSER_REVISION_H

#include "config/run.h"
#include "desk/appraise.h"
#include "desk/flow.h"
#include "rules/modification.h"
#include "store/store_order.h"

struct revision {
    struct run *run;
    struct arena arena;
    struct findings findings;
    struct facts facts;
    const struct appraise_since *since; /* as in appraise.h; NULL */
    struct unpriced order;              /* as it is, then as it becomes */
    struct appraisal appraisal;
};

/* On the heap: it is large. */
struct revision *revision_new(struct run *run);
void revision_free(struct revision **revision);

/* An order version with its lines. */
MUST_USE enum outcome
revision_read(struct revision *revision, int64_t order_id, int64_t version, struct fault *why);

/* `whole` without what is cancelled of it: not there to be changed, and the next version begins so.
 */
MUST_USE enum outcome
revision_left(struct store *store, int64_t order_id, int64_t version, const struct order *whole,
              struct arena *arena, struct order *left, struct fault *why);

/* Lines of which nothing is left go. */
void revision_close_gaps(struct order *order, struct arena *arena);

/* The store has the rows of the next version: the subject becomes that one, in state 'received'. */
MUST_USE enum outcome revision_begin(struct revision *revision, struct subject *subject,
                                     const struct cause *cause, struct fault *why);

/* Likewise, but the version is that of a change, with all that its lines are priced by. */
MUST_USE enum outcome
revision_change(struct revision *revision, struct subject *subject, const struct order *order,
                const struct cause *cause, struct fault *why);

/* The order as it has become is priced; what is not good, the caller undoes. */
MUST_USE enum outcome
revision_appraise(struct revision *revision, const struct subject *subject, struct fault *why);

/* What follows from it. */
struct revision_end {
    int64_t brought_id;     /* the interchange that brought the order: what was found goes to it */
    int64_t interchange_id; /* that made the version; 0: the command line */
    int64_t struck_version; /* as in settle.h */
    enum modification_approval approval;
};

/* Stored with its price, and approved, or somebody is asked; or it waits for a price. */
MUST_USE enum outcome revision_conclude(struct revision *revision, const struct revision_end *end,
                                        struct subject *subject, struct fault *why);

#endif
