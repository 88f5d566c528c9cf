#include "rules/receivable.h"

enum { AGE_DAYS = 30 };

enum receivable_age
receivable_age(int32_t due, int32_t day)
{
    if (day <= due) {
        return RECEIVABLE_NOT_DUE;
    }
    const int32_t months = (day - due - 1) / AGE_DAYS;
    return months >= RECEIVABLE_OVER_90 - 1 ? RECEIVABLE_OVER_90
                                            : (enum receivable_age)(RECEIVABLE_TO_30 + months);
}

int64_t
receivable_pay(int64_t *open_minor, size_t count, int64_t money_minor)
{
    for (size_t index = 0; index < count && money_minor > 0; index++) {
        const int64_t paid = money_minor < open_minor[index] ? money_minor : open_minor[index];
        open_minor[index] -= paid;
        money_minor -= paid;
    }
    return money_minor;
}

/* What may still be invoiced.  An order of which nothing was invoiced is one that nobody invoices:
 * what it costs is not owed back when it has left. */
static int64_t
to_come(const struct receivable_order *order)
{
    const int64_t rest = order->gross_minor - order->invoiced_minor;
    const bool is_over = order->is_shipped && order->invoiced_minor > 0;
    return rest < 0 || is_over ? 0 : rest;
}

struct receivable_rest
receivable_rest(int64_t left_minor, const struct receivable_order *order)
{
    if (left_minor < 0 || order->is_refused) {
        return (struct receivable_rest){0, left_minor};
    }
    if (!order->is_approved) {
        return (struct receivable_rest){left_minor, 0};
    }
    const int64_t rest = to_come(order);
    const int64_t advance = left_minor < rest ? left_minor : rest;
    return (struct receivable_rest){advance, left_minor - advance};
}
