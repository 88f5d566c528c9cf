/* fetch_look.h -- private to courier/: a look into a mailbox has ended: what is to be fetched?
 *
 * What we have already is dropped, what an interrupted run left open comes first, and claims are
 * committed before they are carried out.  What is left alone is said when it is new.
 */
#ifndef PURSER_FETCH_LOOK_H
#define PURSER_FETCH_LOOK_H

#include "courier/fetch_commit.h"

/* `left_total`: how much is left alone there, of which the visit knows the first LEFT_MAX. */
MUST_USE enum outcome
fetch_look_end(struct fetch *fetch, struct visit *visit, int64_t left_total, struct fault *why);

#endif
