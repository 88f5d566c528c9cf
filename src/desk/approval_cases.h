/* approval_cases.h -- orders that somebody thought of, and whom the approval matrix asks about
 * them.
 *
 * A case says what the matrix looks at, and nothing else counts: no customer need exist.  Its rate
 * is that of its day. */
#ifndef PURSER_APPROVAL_CASES_H
#define PURSER_APPROVAL_CASES_H

#include "config/config.h"
#include "desk/facts.h"
#include "rules/approve_people.h"

struct approval_trial {
    struct facts *facts;
    const struct config *config;
    const struct approval_rule *rules; /* sorted */
    size_t rule_count;
    struct approval_people people;
};

/* Who is asked, and who must be, in one form: "linwei; fang & wu; 2 of a | b | c", or "none". Roles
 * are the persons who have them, where there are such. */
struct approval_case {
    const char *asked;
    const char *expected;
    bool holds;
};

/* The matrix and the list of approvers in force, where the trial has none. */
MUST_USE enum outcome
approval_trial_rules(struct approval_trial *trial, struct arena *arena, struct fault *why);
MUST_USE enum outcome
approval_trial_people(struct approval_trial *trial, struct arena *arena, struct fault *why);

MUST_USE enum outcome
approval_case_try(const struct approval_trial *trial, const struct approval_case_row *row,
                  struct arena *arena, struct approval_case *result, struct fault *why);

#endif
