/* cases.h -- private to desk/: finance's own cases, orders and what they must cost, priced under
 * tables before they are in force.
 *
 * New tables and new cases often come together, in several files of one run, and each is judged
 * alone.  What orders have used of promotions and coupons does not count.  So what came in is tried
 * in more than one world: with all files that wait to be judged, with those also that wait for a
 * person, and alone with what is in force.  It passes when all cases hold in one of these; what is
 * told otherwise is from the first.  The cases are those of the same world. */
#ifndef PURSER_CASES_H
#define PURSER_CASES_H

#include "config/run.h"
#include "order/document_kind.h"
#include "order/finding.h"

/* A finding of severity error for each line of a case that does not come out as it must. */
MUST_USE enum outcome cases_check(struct run *run, enum document_kind kind, int64_t version_id,
                                  struct findings *findings, struct fault *why);

#endif
