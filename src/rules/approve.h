/* approve.h -- who must consent to an order before it is released: pure, no I/O.
 *
 * Limits are rows (order type or every type, currency, amount): a row matches when the order's
 * gross total is above its amount (equal is not above).  All matching rows count; each step asks
 * the approver of its highest matching limit; an order with no matching row is approved by rule.
 * An order whose prices must be decided on asks in any case: when no row matches, the approver of
 * the lowest limit of its type and currency (of the first step that has one).
 */
#ifndef PURSER_APPROVE_H
#define PURSER_APPROVE_H

#include "base/arena.h"
#include "order/order.h"
#include "order/price_policy.h"

#include <stdbool.h>

struct approval_limit {
    const char *type; /* order type name, "" for every type */
    const char *currency;
    int64_t above_minor;
    int64_t step;
    const char *approver; /* partner id */
};

struct approval_step {
    int64_t step;
    const char *approver;
    int64_t limit_minor; /* that the order exceeds; AMOUNT_NONE: it is asked for its prices */
};

struct approval_decision {
    bool is_approved; /* by rule: no step asks */
    struct approval_step *steps;
    size_t step_count; /* in sequence */
    const char *trace; /* JSON: every limit with its verdict and the values compared */
};

struct approval_matter {
    enum order_type type;
    const char *currency;
    int64_t gross_minor;
    unsigned int wait_reasons; /* bits of enum wait_reason: what must be decided about its prices */
};

void approve_order(const struct approval_matter *matter, const struct approval_limit *limits,
                   size_t limit_count, struct arena *arena, struct approval_decision *decision);

#endif
