#include "desk/credit.h"

#include "desk/holds.h"
#include "rules/credit.h"
#include "store/store.h"
#include "store/store_credit.h"
#include "store/store_master.h"

#include <string.h>

enum { BATCH_BYTES_MAX = 64 * 1024 * 1024, WORK_BYTES_MAX = 16 * 1024 * 1024 };

static int64_t
minor_of(int64_t micros, const char *currency)
{
    return money_extend(micros, MICROS, currency_exponent(currency), ROUND_HALF_UP);
}

/* NONE: the customer has no limit. */
static enum outcome
read_account(struct run *run, const char *customer, struct arena *arena,
             struct credit_account *account, struct fault *why)
{
    struct credit_row row;
    int64_t version = 0;
    TRY(credit_find(run->store, customer, arena, &row, &version, why));
    *account = (struct credit_account){.customer = row.customer,
                                       .currency = row.currency,
                                       .limit_minor = minor_of(row.limit_micros, row.currency),
                                       .unpaid_minor = minor_of(row.unpaid_micros, row.currency),
                                       .overdue_minor = minor_of(row.overdue_micros, row.currency),
                                       .overdue_max_minor =
                                           row.overdue_max_micros == AMOUNT_NONE
                                               ? AMOUNT_NONE
                                               : minor_of(row.overdue_max_micros, row.currency),
                                       .is_prepaid = strcmp(row.terms, "prepaid") == 0,
                                       .version = version};
    return DONE;
}

/* The rate of the day for orders of another currency than the account's, if there is one. */
static enum outcome
find_rate(struct run *run, const struct credit_account *account, struct arena *arena,
          struct credit_orders *orders, struct fault *why)
{
    const struct rate_key key = {orders->currency, account->currency, moment_day(run->as_of_ms)};
    struct rate_row row;
    int64_t rates = 0;
    if (strcmp(key.from, key.to) == 0) {
        return DONE;
    }
    TRY(credit_rates_version(run->store, &rates, why));
    const enum outcome found = master_rate(run->store, rates, &key, arena, &row, why);
    if (found != DONE) {
        return found == NONE ? DONE : found;
    }
    struct rate_fact *rate = arena_new(arena, struct rate_fact);
    *rate = (struct rate_fact){row.day, row.rate_micros, row.units};
    orders->rate = rate;
    return DONE;
}

static enum outcome
read_open(struct run *run, struct credit_question *question, struct arena *arena, struct fault *why)
{
    struct customer_open *items = NULL;
    size_t count = 0;
    TRY(credit_open(run->store, question->account->customer, arena, &items, &count, why));
    struct credit_orders *open = arena_array(arena, struct credit_orders, count);
    for (size_t index = 0; index < count; index++) {
        open[index] = (struct credit_orders){items[index].currency, items[index].orders,
                                             items[index].gross_minor, NULL};
        TRY(find_rate(run, question->account, arena, &open[index], why));
    }
    question->open = open;
    question->open_count = count;
    return DONE;
}

/* NONE: the customer has no limit.  The order is not among those that count. */
static enum outcome
decide(struct run *run, const struct credit_order *order, struct arena *arena,
       struct credit_decision *decision, struct fault *why)
{
    struct credit_account account;
    TRY(read_account(run, order->customer, arena, &account, why));
    struct credit_question question = {
        .account = &account,
        .order = {order->currency, 1, order->gross_minor, NULL},
        .day = moment_day(run->as_of_ms),
        .rate_days_max = run->config->limits.rate_days_max,
    };
    TRY(read_open(run, &question, arena, why));
    TRY(find_rate(run, &account, arena, &question.order, why));
    credit_decide(&question, arena, decision);
    return DONE;
}

enum outcome
credit_check(struct run *run, struct subject *subject, const struct credit_order *order,
             int64_t interchange_id, struct arena *arena, struct fault *why)
{
    struct credit_decision decision;
    bool was_let_go = false;
    const enum outcome found = decide(run, order, arena, &decision, why);
    if (found != DONE || decision.is_let_go) {
        return found == NONE ? DONE : found;
    }
    TRY(order_hold_was_resumed(run->store, subject->id, subject->version, ORDER_HOLD_CREDIT,
                               &was_let_go, why));
    if (was_let_go) {
        return DONE;
    }
    const struct placing placing = {ORDER_HOLD_CREDIT, credit_verdict_names[decision.verdict],
                                    decision.trace, interchange_id};
    run_say(run, LOG_WARNING, M_RUN_CREDIT_HELD, subject->partner, order->number, placing.reason);
    return holds_place(run, subject, &placing, arena, why);
}

/* -- looked at again --------------------------------------------------------------------------- */

static enum outcome
let_go(struct run *run, const struct credit_held *held, const char *reason, const char *trace,
       struct arena *arena, struct fault *why)
{
    const struct order_hold_end end = {.how = ORDER_HOLD_CLEARED,
                                       .by = "purser",
                                       .reason = reason,
                                       .trace = trace,
                                       .ended_ms = run->as_of_ms};
    const struct cause cause = {"purser", 0, run->as_of_ms,
                                holds_end_detail(arena, ORDER_HOLD_CREDIT, &end)};
    struct subject subject = {held->order_id, held->version, held->partner, held->approval,
                              FULFILMENT_NONE};
    return flow_end_hold(run, &subject, ORDER_HOLD_CREDIT, &end, &cause, why);
}

static enum outcome
look_again(struct run *run, const struct credit_held *held, struct arena *arena, struct fault *why)
{
    const struct credit_order order = {held->number, held->customer, held->currency,
                                       held->gross_minor};
    struct credit_decision decision;
    const enum outcome found = decide(run, &order, arena, &decision, why);
    if (found == NONE) {
        return let_go(run, held, "no-limit", "", arena, why);
    }
    TRY(found);
    const char *verdict = credit_verdict_names[decision.verdict];
    if (decision.is_let_go) {
        return let_go(run, held, verdict, decision.trace, arena, why);
    }
    return strcmp(decision.trace, held->trace) == 0
               ? DONE
               : credit_retell(run->store, held->order_id, verdict, decision.trace, why);
}

/* One batch in one transaction; `after` is the last one that was looked at. */
static enum outcome
look_at_some(struct run *run, struct arena *kept, struct credit_held *after, size_t *count,
             struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    OWNED(arena) work;
    struct credit_held *items = NULL;
    arena_init(&arena, BATCH_BYTES_MAX);
    arena_init(&work, WORK_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    TRY(credit_held_next(run->store, after, &arena, &items, count, why));
    for (size_t index = 0; index < *count; index++) {
        arena_reset(&work);
        TRY(look_again(run, &items[index], &work, why));
    }
    TRY(store_commit(&tx, why));
    if (*count > 0) {
        *after = items[*count - 1];
        arena_reset(kept);
        after->number = arena_copy(kept, after->number);
        after->partner = arena_copy(kept, after->partner);
    }
    return DONE;
}

enum outcome
credit_work(struct run *run, struct fault *why)
{
    OWNED(arena) kept;
    struct credit_held after = {.received_ms = INT64_MIN, .number = "", .partner = ""};
    size_t count = CREDIT_HELD_BATCH;
    arena_init(&kept, WORK_BYTES_MAX);
    while (count == CREDIT_HELD_BATCH && !run_must_stop(run)) {
        TRY(look_at_some(run, &kept, &after, &count, why));
    }
    return DONE;
}
