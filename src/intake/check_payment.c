/* What must hold between the fields of a payment. */
#include "intake/check.h"

#include "base/date.h"
#include "base/decimal.h"

static const char *
micros_text(struct arena *arena, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

/* As minor units; false where its currency has no such small coin. */
static bool
set_minor(struct payment *payment)
{
    const int exponent = currency_exponent(payment->currency);
    int64_t unit = 1;
    for (int place = exponent; place < MICROS_PLACES; place++) {
        unit *= 10;
    }
    payment->amount_minor = payment->amount_micros / unit;
    return payment->amount_micros % unit == 0;
}

static bool
is_known_amount(const struct payment *payment)
{
    return payment->amount_micros != AMOUNT_NONE && currency_exponent(payment->currency) >= 0;
}

enum message
check_payment_fields(struct payment *payment, const struct sender *sender, struct arena *arena,
                     struct payment_trouble_told *told)
{
    char day[DATE_TEXT_SIZE];
    *told = (struct payment_trouble_told){"amount", "", NULL};
    if (payment->amount_micros != AMOUNT_NONE && payment->amount_micros <= 0) {
        told->value = micros_text(arena, payment->amount_micros);
        return M_PAY_AMOUNT;
    }
    if (is_known_amount(payment) && !set_minor(payment)) {
        told->value = micros_text(arena, payment->amount_micros);
        told->expected = payment->currency;
        return M_PAY_AMOUNT_PRECISE;
    }
    if (payment->paid_on != DAY_NONE && sender->today != DAY_NONE &&
        payment->paid_on > sender->today + PAID_AHEAD_DAYS_MAX) {
        told->field = "paid_on";
        told->value = arena_copy(arena, day_format(day, payment->paid_on));
        told->expected = arena_copy(arena, day_format(day, sender->today));
        return M_PAY_FUTURE;
    }
    if (payment->order_number[0] == '\0' && payment->invoice_number[0] == '\0' &&
        payment->reference[0] == '\0') {
        told->field = "order_number";
        return M_PAY_FOR_NOTHING;
    }
    return MESSAGE_COUNT;
}
