/* foresee.h -- what a change would do to the days that are promised, of its order and of others:
 * private to src/desk.
 *
 * All that is due is planned twice in the caller's transaction, without the change and with it, by
 * what plans in a run (planning.h): so the answer is what the change would give if nothing else
 * came meanwhile. */
#ifndef PURSER_FORESEE_H
#define PURSER_FORESEE_H

#include "config/run.h"
#include "desk/desk.h"
#include "store/store_foresee.h"

struct foresight {
    struct run *run;
    struct arena arena;
    int64_t order_id;
    struct foreseen_line *before; /* what is wanted of the order */
    size_t before_count;
    struct foreseen_line *others; /* open lines of other orders */
    size_t other_count;
};
void foresight_close(struct foresight *foresight);

/* As it comes without the change; what was planned for that is undone. */
MUST_USE enum outcome
foresee_without(struct foresight *foresight, struct run *run, int64_t order_id, struct fault *why);

/* The change is carried out: as it comes with it.  What was planned stays, and is the caller's to
 * undo.  The texts of `promises` lie in `arena`. */
MUST_USE enum outcome foresee_with(struct foresight *foresight, struct arena *arena,
                                   struct change_promises *promises, struct fault *why);

#endif
