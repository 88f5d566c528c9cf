/* amending.h -- a change of an order is carried out, as far as the modification matrix lets it:
 * private to src/desk.
 *
 * Before the release it makes the next version, priced and settled like one that came in.  After
 * it nothing that was ordered is altered: more becomes lines of their own, less is cancelled.  The
 * customer is answered what was taken, what not, and why. */
#ifndef PURSER_AMENDING_H
#define PURSER_AMENDING_H

#include "config/run.h"
#include "desk/flow.h"
#include "order/change_answer.h"
#include "order/order_change.h"

struct amendment {
    const struct order_change *change;
    const struct cause *cause;
    bool is_all_or_nothing; /* parts that cannot be taken refuse the others */
};

/* In the caller's transaction; the subject is not in state 'received'.  The answer's texts lie in
 * `arena`. */
MUST_USE enum outcome
amending(struct run *run, struct subject *subject, const struct amendment *amendment,
         struct arena *arena, struct change_answer *answer, struct fault *why);

#endif
