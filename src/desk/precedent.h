/* precedent.h -- what was decided about an order holds for its next version: private to src/desk.
 *
 * A step need not be decided again when it was approved for the version that was approved before,
 * or for the one from which lines were struck, and asks the same persons now for nothing but what
 * it asked for then: each of its reasons was one then, with the same limit.  So a larger amount in
 * the same band is covered, and one in the next band is not.  An amount above a lower limit is
 * covered, too, and by itself it is covered as together with the other orders of its day.  What a
 * row asks about the change itself (changed, increase, country-changed), about a manual price, or
 * about prices that must be decided, is asked each time. */
#ifndef PURSER_PRECEDENT_H
#define PURSER_PRECEDENT_H

#include "rules/approve.h"
#include "store/store_approval.h"

struct precedent {
    struct approval *steps; /* of a version before */
    size_t step_count;
    struct approval_why *reasons;
    size_t reason_count;
};

MUST_USE enum outcome
precedent_read(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
               struct precedent *precedent, struct fault *why);

/* The planned step of the new version becomes one that is kept, if it may. */
void precedent_apply(const struct precedent *precedent, const struct approval_step *step,
                     struct approval *approval);

#endif
