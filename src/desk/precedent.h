/* precedent.h -- what was decided about an order holds for its next version: private to src/desk.
 *
 * A step need not be decided again when it was approved for the version that was approved before,
 * and asks the same persons now for nothing but what it asked for then: each of its reasons was one
 * then, with the same limit.  A larger amount in the same band is covered so, and one in the next
 * band is not. What a row asks about the change itself (changed, increase, country-changed), about
 * a manual price, or about prices that must be decided, is asked each time. */
#ifndef PURSER_PRECEDENT_H
#define PURSER_PRECEDENT_H

#include "rules/approve.h"
#include "store/store_approval.h"

struct precedent {
    struct approval *steps; /* of the version that was approved */
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
