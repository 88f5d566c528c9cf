#include "desk/paying.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/json.h"
#include "desk/holds.h"
#include "rules/payment.h"
#include "store/store.h"

#include <assert.h>
#include <string.h>

enum {
    DETAIL_BYTES_MAX = 64 * 1024,
    LIST_BYTES_MAX = 64 * 1024 * 1024,
    PAYMENT_BYTES_MAX = 1024 * 1024,
    TRANSACTION_MAX = 256
};

static int64_t
net_of(const struct order_money *money)
{
    return money->paid_minor - money->refunded_minor;
}

static enum outcome
know(struct run *run, struct subject *subject, struct fault *why)
{
    if (!subject->knows_money) {
        TRY(order_money_get(run->store, subject->id, subject->version, &subject->money, why));
    }
    subject->knows_money = true;
    return DONE;
}

/* What came in another currency than the order has now does not count for it. */
static enum outcome
fit_currency(struct run *run, struct subject *subject, struct fault *why)
{
    struct order_money *money = &subject->money;
    if (money->is_stored && strcmp(money->currency, money->order_currency) != 0) {
        TRY(payment_unfit(run->store, subject->id, run->as_of_ms, why));
        money->paid_minor = money->refunded_minor = 0;
    }
    money_set_currency(money->currency, money->order_currency);
    return DONE;
}

static enum outcome
store_money(struct run *run, struct subject *subject, struct fault *why)
{
    struct order_money *money = &subject->money;
    const int64_t net = net_of(money);
    const bool is_claimed = /* of a cancelled order what that costs */
        subject->approval == APPROVAL_APPROVED || subject->approval == APPROVAL_CANCELLED;
    money->owed_minor = subject->approval == APPROVAL_REFUSED ? net
                        : is_claimed ? payment_owed(money->gross_minor, net)
                                     : 0;
    money->is_stored = true;
    return order_money_put(run->store, subject->id, money, why);
}

static struct payment_demand
demand_of(const struct order_money *money)
{
    return (struct payment_demand){money->required_minor, money->enough_minor};
}

static void
amount_json(struct json *json, const char *key, int64_t minor, const char *currency)
{
    const int places = currency_exponent(currency);
    json_decimal(json, key, minor, places, places);
}

/* {"required":"100.00","paid":"60.00","open":"40.00","currency":"EUR","number":"P-1",
 * "amount":"60.00"}: the last two of what came.  `paid` is without what went back. */
static const char *
detail_of(const struct order_money *money, const struct payment *payment, struct arena *arena)
{
    OWNED(buf) buf;
    struct json json;
    buf_init(&buf, DETAIL_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    amount_json(&json, "required", money->required_minor, money->currency);
    amount_json(&json, "paid", net_of(money), money->currency);
    amount_json(&json, "open", payment_open(money->gross_minor, net_of(money)), money->currency);
    json_text(&json, "currency", money->currency);
    if (payment != NULL) {
        json_text(&json, "number", payment->number);
        amount_json(&json, "amount", payment->amount_minor, money->currency);
    }
    json_end(&json);
    return arena_copy_bytes(arena, buf.bytes, buf.size);
}

/* Hold the order for what is missing: "60.00 EUR". */
static enum outcome
hold(struct run *run, struct subject *subject, int64_t interchange_id, struct arena *arena,
     struct fault *why)
{
    char text[DECIMAL_TEXT_SIZE];
    bool was_let_go = false;
    const struct order_money *money = &subject->money;
    const int places = currency_exponent(money->currency);
    TRY(order_hold_was_resumed(run->store, subject->id, subject->version, ORDER_HOLD_PAYMENT,
                               &was_let_go, why));
    if (was_let_go) {
        return DONE;
    }
    const struct placing placing = {
        ORDER_HOLD_PAYMENT,
        arena_format(arena, "%s %s", decimal_format(text, money->required_minor, places, places),
                     money->currency),
        "",
        interchange_id,
        "",
        0};
    return holds_place(run, subject, &placing, arena, why);
}

/* Something is asked: the customer is told, and the order held. */
static enum outcome
ask(struct run *run, struct subject *subject, enum payment_state state, int64_t interchange_id,
    struct fault *why)
{
    OWNED(arena) arena;
    arena_init(&arena, PAYMENT_BYTES_MAX);
    const struct cause cause = {"purser", interchange_id, run->as_of_ms,
                                detail_of(&subject->money, NULL, &arena)};
    TRY(flow_pay(run, subject, payment_event(state), &cause, why));
    return state == PAYMENT_PAID ? DONE : hold(run, subject, interchange_id, &arena, why);
}

enum outcome
paying_ask(struct run *run, struct subject *subject, int64_t interchange_id, struct fault *why)
{
    struct order_money *money = &subject->money;
    const struct payment_tolerance tolerance = {run->config->payment_tolerance_micros,
                                                run->config->payment_tolerance_minor};
    TRY(know(run, subject, why));
    const struct payment_demand demand =
        payment_demand(&money->terms, money->gross_minor, &tolerance);
    if (demand.required_minor == 0 && !money->is_stored) {
        return DONE;
    }
    TRY(fit_currency(run, subject, why));
    money->required_minor = demand.required_minor;
    money->enough_minor = demand.enough_minor;
    TRY(store_money(run, subject, why));
    const enum payment_state state = payment_state(&demand, net_of(money));
    return state == PAYMENT_NONE ? DONE : ask(run, subject, state, interchange_id, why);
}

/* The store is not asked about a new order. */
enum outcome
paying_give_back(struct run *run, struct subject *subject, struct fault *why)
{
    const bool is_new = subject->version == 1 && subject->approval == APPROVAL_RECEIVED;
    return is_new ? DONE : order_money_give_back(run->store, subject->id, why);
}

/* What was asked is paid: nothing holds the order for that any more. */
static enum outcome
let_go(struct run *run, struct subject *subject, const char *number, int64_t interchange_id,
       struct arena *arena, struct fault *why)
{
    const struct order_hold_end end = {ORDER_HOLD_CLEARED, "purser", number, run->as_of_ms, ""};
    const struct cause cause = {"purser", interchange_id, run->as_of_ms,
                                holds_end_detail(arena, ORDER_HOLD_PAYMENT, &end)};
    TRY(flow_know_holds(run, subject, why));
    return open_holds_have(&subject->holds, ORDER_HOLD_PAYMENT)
               ? flow_end_hold(run, subject, ORDER_HOLD_PAYMENT, &end, &cause, why)
               : DONE;
}

/* Paid, and not any more: it is held again, as long as it is here. */
static enum outcome
hold_again(struct run *run, struct subject *subject, int64_t interchange_id, struct arena *arena,
           struct fault *why)
{
    if (subject->fulfilment != FULFILMENT_NONE) {
        return DONE;
    }
    TRY(flow_know_holds(run, subject, why));
    return open_holds_have(&subject->holds, ORDER_HOLD_PAYMENT)
               ? DONE
               : hold(run, subject, interchange_id, arena, why);
}

/* The state follows the sums. */
static enum outcome
move(struct run *run, struct subject *subject, const struct stored_payment *payment,
     const char *actor, struct fault *why)
{
    OWNED(arena) arena;
    const struct payment_demand demand = demand_of(&subject->money);
    const enum payment_state before = subject->payment;
    const enum payment_state state = payment_state(&demand, net_of(&subject->money));
    arena_init(&arena, PAYMENT_BYTES_MAX);
    if (subject->approval != APPROVAL_APPROVED || state == PAYMENT_NONE) {
        return DONE;
    }
    const struct cause cause = {actor, payment->interchange_id, day_begin(payment->payment.paid_on),
                                detail_of(&subject->money, &payment->payment, &arena)};
    if (payment->payment.is_refund) {
        TRY(flow_pay(run, subject, EVENT_REFUNDED, &cause, why));
    }
    if (!payment->payment.is_refund || state != before) {
        TRY(flow_pay(run, subject, payment_event(state), &cause, why));
    }
    return state == PAYMENT_PAID
               ? let_go(run, subject, payment->payment.number, payment->interchange_id, &arena, why)
               : hold_again(run, subject, payment->interchange_id, &arena, why);
}

/* (An order of which nothing is to be paid any more keeps what was asked: it stays as it is.) */
enum outcome
paying_changed(struct run *run, struct subject *subject, int64_t interchange_id, struct fault *why)
{
    OWNED(arena) arena;
    struct order_money *money = &subject->money;
    const struct payment_tolerance tolerance = {run->config->payment_tolerance_micros,
                                                run->config->payment_tolerance_minor};
    arena_init(&arena, PAYMENT_BYTES_MAX);
    subject->knows_money = false;
    TRY(know(run, subject, why));
    if (subject->approval == APPROVAL_CANCELLED && money->is_stored) {
        return store_money(run, subject, why);
    }
    if (subject->approval != APPROVAL_APPROVED || !money->is_stored) {
        return DONE;
    }
    const struct payment_demand demand =
        payment_demand(&money->terms, money->gross_minor, &tolerance);
    if (demand.required_minor > 0 && subject->payment != PAYMENT_NONE) {
        money->required_minor = demand.required_minor;
        money->enough_minor = demand.enough_minor;
    } else if (money->gross_minor == 0 && subject->payment == PAYMENT_PAID) {
        money->enough_minor = 0; /* all came back: it stays paid, also when it is refunded */
    }
    TRY(store_money(run, subject, why));
    const struct payment_demand asked = demand_of(money);
    const enum payment_state state = payment_state(&asked, net_of(money));
    if (state == subject->payment || subject->payment == PAYMENT_NONE) {
        return DONE;
    }
    const struct cause cause = {"purser", interchange_id, run->as_of_ms,
                                detail_of(money, NULL, &arena)};
    TRY(flow_pay(run, subject, payment_event(state), &cause, why));
    return state == PAYMENT_PAID ? let_go(run, subject, "", interchange_id, &arena, why) : DONE;
}

enum outcome
paying_take(struct run *run, struct subject *subject, const struct stored_payment *stored,
            const char *by, enum paying_verdict *verdict, struct fault *why)
{
    const struct payment *payment = &stored->payment;
    struct order_money *money = &subject->money;
    assert(subject->approval != APPROVAL_RECEIVED && "the desk believes that nothing is paid");
    TRY(know(run, subject, why));
    const bool fits = strcmp(money->currency, money->order_currency) == 0;
    if (strcmp(payment->currency, money->order_currency) != 0) {
        *verdict = PAYING_OTHER_CURRENCY;
        return DONE;
    }
    if (payment->is_refund && payment->amount_minor > (fits ? net_of(money) : 0)) {
        *verdict = PAYING_REFUND_TOO_MUCH;
        return DONE;
    }
    *verdict = PAYING_TAKEN;
    TRY(fit_currency(run, subject, why));
    *(payment->is_refund ? &money->refunded_minor : &money->paid_minor) += payment->amount_minor;
    TRY(store_money(run, subject, why));
    TRY(payment_allocate(run->store, stored, subject->id, by, run->as_of_ms, why));
    return move(run, subject, stored, by == NULL ? stored->finance : by, why);
}

static enum outcome
allocate(struct run *run, int64_t id, struct fault *why)
{
    OWNED(arena) arena;
    struct stored_payment stored;
    struct order_standing standing;
    enum paying_verdict verdict = PAYING_TAKEN;
    arena_init(&arena, PAYMENT_BYTES_MAX);
    TRY(payment_get(run->store, id, &arena, &stored, why));
    TRY(order_find(run->store, stored.payment.partner, stored.payment.order_number, &standing,
                   why));
    struct subject subject = flow_subject(&standing, stored.payment.partner);
    TRY(paying_take(run, &subject, &stored, NULL, &verdict, why));
    return verdict == PAYING_REFUND_TOO_MUCH
               ? payment_put_off(run->store, id, PAYMENT_REFUND_TOO_MUCH, why)
               : DONE;
}

static enum outcome
allocate_some(struct run *run, const int64_t *ids, size_t count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(run->store, &tx, why));
    for (size_t index = 0; index < count; index++) {
        TRY(allocate(run, ids[index], why));
    }
    return store_commit(&tx, why);
}

enum outcome
paying_work(struct run *run, struct fault *why)
{
    OWNED(arena) arena;
    int64_t *ids = NULL;
    size_t count = 0;
    arena_init(&arena, LIST_BYTES_MAX);
    TRY(payment_ready(run->store, &arena, &ids, &count, why));
    for (size_t at = 0; at < count && !run_must_stop(run); at += TRANSACTION_MAX) {
        const size_t rest = count - at;
        TRY(allocate_some(run, ids + at, rest < TRANSACTION_MAX ? rest : TRANSACTION_MAX, why));
    }
    return DONE;
}
