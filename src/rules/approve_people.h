/* approve_people.h -- whom an approval matrix asks, against the list of approvers: pure.
 *
 * Authority.  Of each row the largest order that it asks about is looked at: one at the upper end
 * of its amounts, or where it ends because a stricter row asks above; without an end, one of any
 * amount.  That nobody who is asked, nor anybody above them, may approve it is told.  Amounts are
 * compared in one currency only; discounts where the row asks about them.  Who is not in the list
 * may approve anything. */
#ifndef PURSER_APPROVE_PEOPLE_H
#define PURSER_APPROVE_PEOPLE_H

#include "rules/approve_check.h"
#include "rules/authority.h"

struct approval_people {
    struct approver_table table;
    bool is_in_force; /* there is a list, even if an empty one */
};

/* "a -> b -> a" where the superiors of a person lead back to it and it is the first of those by
 * name, so that each loop is told once; else NULL. */
const char *approval_superior_loop(const struct approval_people *people,
                                   const struct approver *person, struct arena *arena);

/* The persons that a row or a step asks, each once: those it names, and those in the list who have
 * its roles. */
struct approval_persons {
    const char **ids;
    size_t count;
    size_t capacity;
};
void approval_persons_of(const struct approval_people *people, const struct approval_asking *asking,
                         struct arena *arena, struct approval_persons *persons);

/* What is doubtful about those whom the matrix asks, added to the remarks. */
void approval_check_people(const struct approval_matrix *matrix,
                           const struct approval_people *people, struct approval_remarks *remarks);

#endif
