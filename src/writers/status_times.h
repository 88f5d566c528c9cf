/* status_times.h -- order-status files that come at set times of a day.
 *
 * A partner's times are windows: the first run at or after one of them takes it, and sends all that
 * waits, also what became known in that very run; so it does when nothing waits, and what comes
 * afterwards waits for the next time.  Times that passed without a run are taken together.  That a
 * time is taken is stored with the files that it made, in one transaction: a run that is killed
 * before has not taken it, one that is killed after has sent. */
#ifndef PURSER_STATUS_TIMES_H
#define PURSER_STATUS_TIMES_H

#include "config/run.h"

/* The last of the times that is not after the moment; there is one. */
int64_t status_times_last(const struct day_times *times, int64_t moment_ms);

/* Is a time to be taken in this run?  False for partners without times: theirs never wait. */
MUST_USE enum outcome
status_times_due(struct run *run, const struct partner *partner, bool *is_due, struct fault *why);

/* Take all that are due, of every partner, within the caller's transaction.  A partner whose times
 * are new waits for the first of them after this run. */
MUST_USE enum outcome status_times_take(struct run *run, struct fault *why);

/* Is there one?  Else the caller need not begin a transaction. */
MUST_USE enum outcome status_times_any(struct run *run, bool *is_any, struct fault *why);

#endif
