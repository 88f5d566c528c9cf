/* asking.h -- a step of an approval opens; private to src/desk. */
#ifndef PURSER_ASKING_H
#define PURSER_ASKING_H

#include "config/run.h"
#include "desk/decide.h"
#include "desk/facts.h"
#include "store/store_approval.h"

/* May somebody who is asked decide?  DECIDE_OWN and DECIDE_TWICE say why not: two people consent to
 * an order in two steps, and neither is who ordered (`partner`). */
enum decide_answer asking_bar(const char *partner, const struct approval *steps, size_t step_count,
                              const char *approver);

/* Ask the approver of a planned step, or who stands in for it today by the delegations in force:
 * that one is the step's approver from now on, and the way there is on record.  Who is absent and
 * has nobody, or only somebody who is no approver of ours, is asked all the same, and that is said;
 * and so is that whoever is asked may not decide, because the order is its own (`partner`'s), or it
 * decided an earlier step: then a person must, by `purser approval`. */
MUST_USE enum outcome ask_step(struct run *run, struct facts *facts, const char *partner,
                               const struct approval *planned, struct fault *why);

#endif
