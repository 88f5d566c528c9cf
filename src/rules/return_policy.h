/* return_policy.h -- a return policy before it is in force: what is wrong or doubtful in it; pure.
 *
 * Only what is certain is told.  A clause never decides when one before it fits wherever it does.
 */
#ifndef PURSER_RETURN_POLICY_H
#define PURSER_RETURN_POLICY_H

#include "rules/returning.h"

enum { RETURN_CONSUMER_DAYS = 7 };

/* "": none; "10%" of the refund, at most all of it; "5.00": an amount.  False: it is none of these.
 */
bool return_fee_read(const char *text, struct return_fee *fee);

enum policy_doubt {
    POLICY_REASON,   /* `value` is no reason */
    POLICY_KIND,     /* likewise no kind of product */
    POLICY_CURRENCY, /* a fee is an amount, and has no currency */
    POLICY_HIDDEN,   /* `other` decides wherever it fits */
    POLICY_SHORT,    /* what is only not wanted comes back for fewer than RETURN_CONSUMER_DAYS */
    POLICY_DOUBT_COUNT
};
struct policy_remark {
    enum policy_doubt doubt;
    const struct return_clause *clause;
    const struct return_clause *other; /* or NULL */
    const char *value;                 /* or "" */
};

/* In order of lines of the table, for each what is wrong before what is doubtful.  The remarks lie
 * in the arena. */
size_t return_policy_check(const struct return_table *table, struct arena *arena,
                           struct policy_remark **remarks);

#endif
