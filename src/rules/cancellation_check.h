/* cancellation_check.h -- what is wrong or doubtful in a policy of cancellations before it is in
 * force: pure.
 *
 * Only what is certain is told: a clause is hidden when another of less rank fits wherever it does.
 * The law that it is held against is the Chinese one, which commonly takes a penalty of more than
 * 30 % of the loss for excessive (Civil Code 585, interpretation of its contract part, 65); and
 * nobody pays for the other side's fault. */
#ifndef PURSER_CANCELLATION_CHECK_H
#define PURSER_CANCELLATION_CHECK_H

#include "rules/cancellation_fee.h"

enum policy_doubt {
    POLICY_NEEDS,    /* `field` must be filled in for such a fee */
    POLICY_CURRENCY, /* amounts need one */
    POLICY_WORD,     /* `value` in `field` is none of `expected` */
    POLICY_LIMITS,   /* the least is above the most */
    POLICY_NEVER,    /* no hour is in it */
    POLICY_HIDDEN,   /* `other` decides wherever it would */
    POLICY_EQUAL,    /* `other` has the same rank, and both may fit: the name decides */
    POLICY_PENALTY,  /* more than 30 % */
    POLICY_COMPANY,  /* a fee of the company's own fault, which is never taken */
    POLICY_GIFTS,    /* it says what becomes of gifts, and promotions are locked */
    POLICY_DOUBT_COUNT
};

struct policy_remark {
    enum policy_doubt doubt;
    const struct fee_clause *clause;
    const struct fee_clause *other; /* or NULL */
    const char *field;
    const char *value;
    const char *expected;
};

/* By clause of the table, which is sorted, and in that order of doubts; into the arena. */
void cancellation_check(const struct fee_table *table, struct arena *arena,
                        struct policy_remark **remarks, size_t *count);

#endif
