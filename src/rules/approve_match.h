/* approve_match.h -- one rule of the approval matrix against one order; private to src/rules. */
#ifndef PURSER_APPROVE_MATCH_H
#define PURSER_APPROVE_MATCH_H

#include "rules/approve.h"

/* What is the same for all rules of a matrix. */
struct approval_scale {
    const struct approval_matter *matter;
    bool has_own_currency; /* some rule has amounts in the order's */
    int exponent;          /* of the order's */
};
struct approval_scale approval_scale_of(const struct approval_matter *matter,
                                        const struct approval_rule *rules, size_t rule_count);

/* The sign of an amount less a limit of another currency at the rate from that one, or of the same
 * where `rate` is NULL: exactly, by cross-multiplication.  128 bits hold amounts (10^15 minor
 * units) in millionths times units of a rate (10^6) in millionths. */
int approval_compare(int64_t amount_minor, int exponent, int64_t limit_micros,
                     const struct rate_fact *rate);

/* Does the rule ask anything in this condition? */
bool approval_asks(const struct approval_rule *rule, enum approval_condition condition);

/* The first condition that is not met; CONDITION_COUNT: all are. */
enum approval_condition
approval_match(const struct approval_scale *scale, const struct approval_rule *rule);

/* The amount of the rule in minor units of the order's currency, rounded half up; AMOUNT_NONE:
 * there is none, or no rate. */
int64_t approval_limit(const struct approval_scale *scale, const struct approval_rule *rule,
                       int64_t amount_micros);

/* The value of the order that a condition looks at, and what the rule has for it, in words of the
 * trace ("150000.00", "0.25", "CN"). */
const char *
approval_value_text(const struct approval_scale *scale, const struct approval_rule *rule,
                    enum approval_condition condition, struct arena *arena);
const char *
approval_limit_text(const struct approval_scale *scale, const struct approval_rule *rule,
                    enum approval_condition condition, struct arena *arena);

#endif
