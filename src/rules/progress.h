/* progress.h -- where a release, or what a plant makes, stands by all that was told of it.  Pure.
 *
 * News are taken one by one, and yet it comes out the same whatever order they came in: a state
 * goes forward only, by its rank; it stands since the first moment that was told for it, for the
 * reason that was told last; and a day, or an amount, is that of the latest news that name one.
 */
#ifndef PURSER_PROGRESS_H
#define PURSER_PROGRESS_H

#include "order/progress_state.h"

enum progress_verdict {
    PROGRESS_MOVED,
    PROGRESS_SAID_AGAIN, /* it stands there already */
    PROGRESS_LATE        /* it was further on */
};

/* `news` as the standing that it alone would make; told_ms is its moment. */
enum progress_verdict progress_take(struct progress *standing, const struct progress *news);

/* A value that was told at a moment takes the place of one that was told earlier; of the same
 * moment the greater stays. */
void latest_take(struct latest *latest, int64_t value, int64_t told_ms);

#endif
