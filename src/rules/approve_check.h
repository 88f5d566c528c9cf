/* approve_check.h -- what is doubtful in an approval matrix, before it is in force: pure.
 *
 * Only what is certain is told: rows are compared where the conditions of one are those of the
 * other, or wider, and amounts in one currency, on one basis.  That the numbers of steps leave some
 * out is no doubt: they are a sequence, and an order need not reach each of them.
 *
 * Gaps.  Rows alike in all but the amounts are the bands of one table.  What lies between two of
 * them and nobody is asked about in that step is told, and so is what lies above the highest when
 * no row of any step asks there.  Below the lowest nobody need be asked. */
#ifndef PURSER_APPROVE_CHECK_H
#define PURSER_APPROVE_CHECK_H

#include "rules/approve.h"
#include "rules/authority.h"

enum approval_doubt {
    /* Of the rows alone. */
    MATRIX_NEVER,   /* up to no more than it is above */
    MATRIX_HIDDEN,  /* wherever it matches, `other` asks in its place */
    MATRIX_GAP,     /* between the amounts nobody is asked; the row begins behind it */
    MATRIX_OPEN,    /* above the amount nobody is asked; the row is the last below it */
    MATRIX_OVERLAP, /* between the amounts `other` asks in its place */
    MATRIX_HOURS,   /* those of `field` are never reached: it must be decided before */
    MATRIX_CREDIT,  /* no verdict is called `name` */
    /* Of those whom it asks: approve_people.h. */
    MATRIX_ROLE,      /* nobody has the role `name` */
    MATRIX_UNLISTED,  /* `name` is in no list */
    MATRIX_QUORUM,    /* more must approve than the `count` who are asked */
    MATRIX_TWICE,     /* `name` alone is asked here and by `other`, of one order */
    MATRIX_AUTHORITY, /* nobody may approve what the row asks about: approve_people.h */
    MATRIX_DOUBT_COUNT
};

struct approval_remark {
    enum approval_doubt doubt;
    const struct approval_rule *rule;
    const struct approval_rule *other; /* or NULL */
    const char *field;                 /* column of the file, or "" */
    const char *name;                  /* or "" */
    int64_t count;
    int64_t from_micros; /* amounts, in the currency of the row; -1: none, or open */
    int64_t to_micros;
    const struct approver *highest; /* who may most; NULL: nobody may anything */
};

struct approval_remarks {
    struct approval_remark *items;
    size_t count;
    size_t capacity;
    struct arena *arena;
};

/* So much is compared of one matrix, in bytes of lists and persons looked at: a second's work. When
 * it is used up nothing more is told of what needs comparing. */
enum { MATRIX_LOOKS_MAX = 200 * 1024 * 1024 };

/* A matrix that approval_sort has sorted. */
struct approval_matrix {
    const struct approval_rule *rules;
    size_t count;
    const char *company_currency;
    int64_t *looks_left;
};

/* What is wrong or doubtful in the rows alone, added to the remarks. */
void approval_check(const struct approval_matrix *matrix, struct approval_remarks *remarks);

/* By line of the file. */
void approval_remarks_sort(struct approval_remarks *remarks);

/* -- shared with approve_people ---------------------------------------------------------------- */

void approval_remark_add(struct approval_remarks *remarks, const struct approval_remark *remark);

/* Likewise what follows from comparing: nothing when there are no looks left. */
void
approval_remark_compared(const struct approval_matrix *matrix, struct approval_remarks *remarks,
                         const struct approval_remark *remark);

/* Does "" or "A | B" allow all that the other list allows? */
bool approval_list_is_wider(const char *one, const char *other, int64_t *looks_left);

/* Does the one match every order that the other matches, amounts aside? */
bool approval_is_wider(const struct approval_rule *one, const struct approval_rule *other,
                       int64_t *looks_left);

/* Amounts above the one, up to the other; INT64_MAX: any. */
struct approval_band {
    int64_t above_micros;
    int64_t up_to_micros;
};
struct approval_band approval_band_of(const struct approval_rule *rule);

/* Are the amounts of both, where both have some, compared with the same amount of an order? */
bool approval_same_measure(const struct approval_matrix *matrix, const struct approval_rule *one,
                           const struct approval_rule *other);

/* What is left of a band for the rule at this place of the sorted matrix, when the stricter rows of
 * its step have asked; of `orders`, which it matches.  Empty bands have up_to <= above. */
void approval_band_left(const struct approval_matrix *matrix, size_t place,
                        const struct approval_rule *orders, struct approval_band *band);

#endif
