/* approve_steps.h -- who is asked about an order, as one text that people write too: pure.
 *
 * "linwei; fang & wu; 2 of a | b | c": steps in sequence; of a step all, any or so many of the
 * persons, sorted.  Roles are the persons who have them; a role that nobody has stands for itself.
 */
#ifndef PURSER_APPROVE_STEPS_H
#define PURSER_APPROVE_STEPS_H

#include "rules/approve_people.h"

/* Approved by rule. */
#define APPROVAL_STEPS_NONE "none"

/* The persons of a step; where nobody has its roles, the roles in their place. */
void
approval_step_persons(const struct approval_people *people, const struct approval_asking *asking,
                      struct arena *arena, struct approval_persons *persons);

const char *approval_steps_asked(const struct approval_people *people,
                                 const struct approval_decision *decision, struct arena *arena);

/* What a person wrote, in the same form: with roles in place of persons, in any sequence within a
 * step, and "rule" for none. */
const char *approval_steps_expected(const struct approval_people *people, const char *expected,
                                    struct arena *arena);

#endif
