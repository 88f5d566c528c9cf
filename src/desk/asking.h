/* asking.h -- a step of an approval opens; private to src/desk. */
#ifndef PURSER_ASKING_H
#define PURSER_ASKING_H

#include "desk/docket.h"

/* Ask everybody whom a planned step asks (rules/routing.h), and start its clock.  Who is asked and
 * will not do, because no authority on its way is enough, it may not decide, or is absent and has
 * nobody, is asked all the same, and that is said; and so is that there is nobody to ask: then the
 * step is open, and asked about again in each run. */
MUST_USE enum outcome ask_step(struct run *run, struct facts *facts, struct subject *subject,
                               int64_t approval_id, struct fault *why);

/* The same about an open step in which nobody could be asked. */
MUST_USE enum outcome
asking_retry(struct docket *docket, const struct approval *step, struct fault *why);

/* One more is asked, in a slot of an open step. */
MUST_USE enum outcome asking_add(struct docket *docket, const struct approval *step, int64_t slot,
                                 const struct route *route, struct fault *why);

/* When the clock of an open step must be looked at again; INT64_MAX: never. */
MUST_USE enum outcome asking_next(struct docket *docket, const struct approval *step,
                                  int64_t *next_ms, struct fault *why);

/* So many working hours after a step was asked; INT64_MAX for no hours. */
int64_t
asking_moment(const struct business_calendar *calendar, const struct approval *step, int64_t hours);

#endif
