/* The trace: {"rule":"credit-limits","version":3,"customer":"NORD","currency":"EUR",
 * "limit":"1000.00","unpaid":"200.00","overdue":"0.00","overdue_max":"50.00","open":[{"currency":
 * "USD","orders":2,"amount":"108.00","rate":"0.92","units":"1","date":"2026-11-23","exchanged":
 * "99.36"}],"open_total":"99.36","order":{...},"exposure":"...","verdict":"above-limit"}; what
 * cannot be said is null, and an account that is prepaid is not added up. */
#include "rules/credit.h"

#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"

#include <assert.h>
#include <string.h>

enum { TRACE_BYTES_MAX = 1024 * 1024 };

#define CREDIT_MOST INT64_C(1000000000000000000)

#define CREDIT_AS_NAME(enumerator, name) [enumerator] = name,
const char *const credit_verdict_names[] = {CREDIT_VERDICTS(CREDIT_AS_NAME)};

/* What is added up in the account's currency. */
struct sum {
    const struct credit_question *question;
    struct json *json;
    int exponent; /* of the account's currency */
    bool is_known;
};

static int128
tens(int exponent)
{
    int128 power = 1;
    for (int index = 0; index < exponent; index++) {
        power *= 10;
    }
    return power;
}

/* More than fits counts as the most that fits: it is above any limit. */
static int64_t
clamp(int128 amount)
{
    return amount > CREDIT_MOST    ? CREDIT_MOST
           : amount < -CREDIT_MOST ? -CREDIT_MOST
                                   : (int64_t)amount;
}

static bool
is_fresh(const struct credit_question *question, const struct rate_fact *rate)
{
    return rate != NULL && (question->rate_days_max == 0 ||
                            (int64_t)question->day - rate->day <= question->rate_days_max);
}

/* In the account's currency; AMOUNT_NONE when that cannot be said. */
static int64_t
exchange(const struct sum *sum, const struct credit_orders *orders)
{
    const char *to = sum->question->account->currency;
    const int from_exponent = currency_exponent(orders->currency);
    assert(from_exponent >= 0 && "orders that were priced have a currency we know");
    if (strcmp(orders->currency, to) == 0) {
        return orders->gross_minor;
    }
    if (!is_fresh(sum->question, orders->rate)) {
        return AMOUNT_NONE;
    }
    const struct rate_fact *rate = orders->rate;
    return clamp(
        decimal_divide_wide((int128)orders->gross_minor * rate->rate_micros * tens(sum->exponent),
                            (int128)MICROS * rate->units * tens(from_exponent), ROUND_HALF_UP));
}

static void
tell_amount(const struct sum *sum, const char *name, int64_t amount_minor)
{
    if (amount_minor == AMOUNT_NONE) {
        json_text(sum->json, name, NULL);
    } else {
        json_decimal(sum->json, name, amount_minor, sum->exponent, sum->exponent);
    }
}

/* The members of an open JSON object, and the amount to add. */
static int64_t
tell_orders(struct sum *sum, const struct credit_orders *orders)
{
    const int exponent = currency_exponent(orders->currency);
    const int64_t amount_minor = exchange(sum, orders);
    json_text(sum->json, "currency", orders->currency);
    json_integer(sum->json, "orders", orders->orders);
    json_decimal(sum->json, "amount", orders->gross_minor, exponent, exponent);
    if (orders->rate != NULL) {
        json_decimal(sum->json, "rate", orders->rate->rate_micros, MICROS_PLACES, 2);
        json_decimal(sum->json, "units", orders->rate->units, 0, 0);
        json_day(sum->json, "date", orders->rate->day);
    }
    if (strcmp(orders->currency, sum->question->account->currency) != 0) {
        tell_amount(sum, "exchanged", amount_minor);
    }
    if (amount_minor == AMOUNT_NONE) {
        sum->is_known = false;
        return 0;
    }
    return amount_minor;
}

static int128
add_open(struct sum *sum)
{
    const struct credit_question *question = sum->question;
    int128 total = 0;
    json_array(sum->json, "open");
    for (size_t index = 0; index < question->open_count; index++) {
        json_object(sum->json, NULL);
        total += tell_orders(sum, &question->open[index]);
        json_end(sum->json);
    }
    json_end(sum->json);
    tell_amount(sum, "open_total", sum->is_known ? clamp(total) : AMOUNT_NONE);
    return total;
}

static int64_t
add_up(struct sum *sum)
{
    const int128 open = add_open(sum);
    json_object(sum->json, "order");
    const int64_t order = tell_orders(sum, &sum->question->order);
    json_end(sum->json);
    return sum->is_known ? clamp((int128)sum->question->account->unpaid_minor + open + order)
                         : AMOUNT_NONE;
}

static enum credit_verdict
judge(const struct credit_account *account, int64_t exposure_minor)
{
    return account->overdue_max_minor != AMOUNT_NONE &&
                   account->overdue_minor > account->overdue_max_minor
               ? CREDIT_OVERDUE
           : exposure_minor == AMOUNT_NONE         ? CREDIT_NO_RATE
           : exposure_minor > account->limit_minor ? CREDIT_ABOVE
                                                   : CREDIT_WITHIN;
}

static void
tell_account(const struct sum *sum)
{
    const struct credit_account *account = sum->question->account;
    json_text(sum->json, "rule", "credit-limits");
    json_integer(sum->json, "version", account->version);
    json_text(sum->json, "customer", account->customer);
    json_text(sum->json, "currency", account->currency);
    tell_amount(sum, "limit", account->limit_minor);
    tell_amount(sum, "unpaid", account->unpaid_minor);
    tell_amount(sum, "overdue", account->overdue_minor);
    tell_amount(sum, "overdue_max", account->overdue_max_minor);
}

void
credit_decide(const struct credit_question *question, struct arena *arena,
              struct credit_decision *decision)
{
    OWNED(buf) buf;
    struct json json;
    struct sum sum = {question, &json, currency_exponent(question->account->currency), true};
    assert(sum.exponent >= 0 && "the schema takes only currencies we know");
    buf_init(&buf, TRACE_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    tell_account(&sum);
    *decision = (struct credit_decision){.verdict = CREDIT_PREPAID, .exposure_minor = AMOUNT_NONE};
    if (!question->account->is_prepaid) {
        decision->exposure_minor = add_up(&sum);
        tell_amount(&sum, "exposure", decision->exposure_minor);
        decision->verdict = judge(question->account, decision->exposure_minor);
    }
    decision->is_let_go = decision->verdict == CREDIT_WITHIN || decision->verdict == CREDIT_PREPAID;
    json_text(&json, "verdict", credit_verdict_names[decision->verdict]);
    json_end(&json);
    decision->trace = arena_copy_bytes(arena, buf.bytes, buf.size);
}
