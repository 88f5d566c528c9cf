#include "desk/credit.h"

#include "desk/holds.h"
#include "rules/credit.h"
#include "store/store.h"
#include "store/store_credit.h"
#include "store/store_master.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PAGE_BYTES_MAX = 4 * 1024 * 1024, WORK_BYTES_MAX = 64 * 1024 * 1024, TRANSACTION_MAX = 256 };

/* A customer: what it may owe, and what is open of it. */
struct debtor {
    struct credit_account account;
    const struct credit_orders *open;
    size_t open_count;
};

static int64_t
minor_of(int64_t micros, const char *currency)
{
    return money_extend(micros, MICROS, currency_exponent(currency), ROUND_HALF_UP);
}

/* NONE: the customer has no limit. */
static enum outcome
read_account(struct run *run, struct facts *facts, const char *customer, struct arena *arena,
             struct credit_account *account, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct credit_row row;
    TRY(facts_in_force(facts, &versions, why));
    const int64_t list_id = versions->of[DOCUMENT_CREDIT_LIMITS].id;
    if (list_id == 0) {
        return NONE;
    }
    TRY(credit_find(run->store, list_id, customer, arena, &row, why));
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
                                       .version = versions->of[DOCUMENT_CREDIT_LIMITS].number};
    return DONE;
}

/* The rate of the day for orders of another currency than the account's, if there is one. */
static enum outcome
find_rate(struct run *run, struct facts *facts, const struct credit_account *account,
          struct credit_orders *orders, struct fault *why)
{
    const struct rate_key key = {orders->currency, account->currency, moment_day(run->as_of_ms)};
    return strcmp(key.from, key.to) == 0 ? DONE
                                         : facts_rate_in_force(facts, &key, &orders->rate, why);
}

static enum outcome
read_open(struct run *run, struct facts *facts, struct arena *arena, struct debtor *debtor,
          struct fault *why)
{
    struct customer_open *items = NULL;
    size_t count = 0;
    TRY(credit_open(run->store, debtor->account.customer, arena, &items, &count, why));
    struct credit_orders *open = arena_array(arena, struct credit_orders, count);
    for (size_t index = 0; index < count; index++) {
        open[index] = (struct credit_orders){items[index].currency, items[index].orders,
                                             items[index].gross_minor, NULL};
        TRY(find_rate(run, facts, &debtor->account, &open[index], why));
    }
    debtor->open = open;
    debtor->open_count = count;
    return DONE;
}

/* NONE: the customer has no limit. */
static enum outcome
read_debtor(struct run *run, struct facts *facts, const char *customer, struct arena *arena,
            struct debtor *debtor, struct fault *why)
{
    TRY(read_account(run, facts, customer, arena, &debtor->account, why));
    return read_open(run, facts, arena, debtor, why);
}

/* The order is not among those that are open. */
static enum outcome
decide(struct run *run, struct facts *facts, const struct debtor *debtor, const char *currency,
       int64_t gross_minor, struct arena *arena, struct credit_decision *decision,
       struct fault *why)
{
    struct credit_question question = {
        .account = &debtor->account,
        .open = debtor->open,
        .open_count = debtor->open_count,
        .order = {currency, 1, gross_minor, NULL},
        .day = moment_day(run->as_of_ms),
        .rate_days_max = run->config->limits.rate_days_max,
    };
    TRY(find_rate(run, facts, &debtor->account, &question.order, why));
    credit_decide(&question, arena, decision);
    return DONE;
}

enum outcome
credit_check(struct run *run, struct facts *facts, struct subject *subject,
             const struct credit_order *order, int64_t interchange_id, struct arena *arena,
             const char **verdict, struct fault *why)
{
    struct debtor debtor;
    struct credit_decision decision;
    bool was_let_go = false;
    const enum outcome found = read_debtor(run, facts, order->customer, arena, &debtor, why);
    if (found != DONE) {
        return found == NONE ? DONE : found;
    }
    debtor.account.is_prepaid |= order->terms == PAYMENT_PREPAID;
    TRY(decide(run, facts, &debtor, order->currency, order->gross_minor, arena, &decision, why));
    *verdict = credit_verdict_names[decision.verdict];
    if (decision.is_let_go) {
        return DONE;
    }
    TRY(holds_was_let_go(run, subject, ORDER_HOLD_CREDIT, &was_let_go, why));
    if (was_let_go) {
        return DONE;
    }
    const struct placing placing = {ORDER_HOLD_CREDIT, credit_verdict_names[decision.verdict],
                                    decision.trace,    interchange_id,
                                    order->customer,   0};
    run_say(run, LOG_WARNING, M_RUN_CREDIT_HELD, subject->partner, order->number, placing.reason);
    TRY(credit_look_forget(run->store, order->customer, why));
    return holds_place(run, subject, &placing, arena, why);
}

enum outcome
credit_ask(struct run *run, struct facts *facts, const struct credit_order *order,
           struct arena *arena, const char **verdict, bool *goes_beyond, struct fault *why)
{
    struct debtor debtor;
    struct credit_decision decision;
    const enum outcome found = read_debtor(run, facts, order->customer, arena, &debtor, why);
    *goes_beyond = false;
    if (found != DONE) {
        return found == NONE ? DONE : found;
    }
    debtor.account.is_prepaid |= order->terms == PAYMENT_PREPAID;
    TRY(decide(run, facts, &debtor, order->currency, order->gross_minor, arena, &decision, why));
    *verdict = credit_verdict_names[decision.verdict];
    *goes_beyond = !decision.is_let_go;
    return DONE;
}

/* -- looked at again --------------------------------------------------------------------------- */

/* The orders of one customer after another, in transactions of TRANSACTION_MAX. */
struct look {
    struct run *run;
    struct facts *facts;
    struct arena page;     /* customers */
    struct arena after;    /* the last one of the page before */
    struct arena customer; /* one, and its orders */
    struct arena open;     /* what is open of it */
    struct arena work;     /* one order */
    struct store_tx tx;
    size_t done; /* in the transaction */
};

static void
look_close(struct look *look)
{
    store_tx_close(&look->tx);
    arena_close(&look->page);
    arena_close(&look->after);
    arena_close(&look->open);
    arena_close(&look->customer);
    arena_close(&look->work);
}

static enum outcome
let_go(struct look *look, const struct credit_held *held, const char *reason, const char *trace,
       struct fault *why)
{
    struct run *run = look->run;
    const struct order_hold_end end = {.how = ORDER_HOLD_CLEARED,
                                       .by = "purser",
                                       .reason = reason,
                                       .trace = trace,
                                       .ended_ms = run->as_of_ms};
    const struct cause cause = {"purser", 0, run->as_of_ms,
                                holds_end_detail(&look->work, ORDER_HOLD_CREDIT, &end)};
    struct subject subject = {.id = held->order_id,
                              .version = held->version,
                              .partner = held->partner,
                              .approval = held->approval,
                              .fulfilment = held->fulfilment,
                              .payment = held->payment};
    return holds_end(run, look->facts, &subject, ORDER_HOLD_CREDIT, &end, &cause, why);
}

/* `debtor` is NULL where there is no limit any more; what is let go is open from now on. */
static enum outcome
look_at_order(struct look *look, int64_t order_id, struct debtor *debtor, struct fault *why)
{
    struct run *run = look->run;
    struct credit_held held;
    struct credit_decision decision;
    arena_reset(&look->work);
    TRY(credit_held_get(run->store, order_id, &look->work, &held, why));
    if (debtor == NULL) {
        return let_go(look, &held, "no-limit", "", why);
    }
    TRY(decide(run, look->facts, debtor, held.currency, held.gross_minor, &look->work, &decision,
               why));
    const char *verdict = credit_verdict_names[decision.verdict];
    if (decision.is_let_go) {
        TRY(let_go(look, &held, verdict, decision.trace, why));
        arena_reset(&look->open);
        return read_open(run, look->facts, &look->open, debtor, why);
    }
    return strcmp(decision.trace, held.trace) == 0
               ? DONE
               : credit_retell(run->store, order_id, verdict, decision.trace, why);
}

static enum outcome
breathe(struct look *look, struct fault *why)
{
    if (++look->done < TRANSACTION_MAX) {
        return DONE;
    }
    look->done = 0;
    TRY(store_commit(&look->tx, why));
    return store_begin(look->run->store, &look->tx, why);
}

/* It has been looked at when all its orders have, with what was known before: what was let go in
 * between makes another look, for which the others tell of it. */
static enum outcome
look_at_customer(struct look *look, const struct credit_seen *seen, struct fault *why)
{
    struct store *store = look->run->store;
    struct debtor debtor;
    int64_t *order_ids = NULL;
    size_t count = 0;
    arena_reset(&look->customer);
    facts_trim(look->facts);
    const enum outcome found =
        read_debtor(look->run, look->facts, seen->customer, &look->customer, &debtor, why);
    if (found == FAILED) {
        return found;
    }
    TRY(credit_held_of(store, seen->customer, &look->customer, &order_ids, &count, why));
    for (size_t index = 0; index < count; index++) {
        if (run_must_stop(look->run)) {
            return DONE;
        }
        TRY(look_at_order(look, order_ids[index], found == NONE ? NULL : &debtor, why));
        TRY(breathe(look, why));
    }
    return credit_looked(store, seen, why);
}

/* What decides beside the customer's own: its rates may be too old tomorrow. */
static enum outcome
basis_of(struct look *look, char *text, size_t size, struct fault *why)
{
    const struct master_versions *versions = NULL;
    TRY(facts_in_force(look->facts, &versions, why));
    snprintf(text, size, "%" PRId64 ",%" PRId64 ",%" PRId32 ",%" PRId64,
             versions->of[DOCUMENT_CREDIT_LIMITS].id, versions->of[DOCUMENT_EXCHANGE_RATES].id,
             moment_day(look->run->as_of_ms), look->run->config->limits.rate_days_max);
    return DONE;
}

static enum outcome
look_at_all(struct look *look, struct fault *why)
{
    enum { BASIS_SIZE = 100 };
    char basis[BASIS_SIZE];
    const char *after = "";
    struct credit_seen *items = NULL;
    size_t count = CREDIT_CUSTOMER_BATCH;
    TRY(basis_of(look, basis, sizeof basis, why));
    TRY(store_begin(look->run->store, &look->tx, why));
    while (count == CREDIT_CUSTOMER_BATCH && !run_must_stop(look->run)) {
        TRY(credit_to_look(look->run->store, basis, after, &look->page, &items, &count, why));
        for (size_t index = 0; index < count; index++) {
            TRY(look_at_customer(look, &items[index], why));
        }
        arena_reset(&look->after);
        after = count == 0 ? "" : arena_copy(&look->after, items[count - 1].customer);
        arena_reset(&look->page);
    }
    return store_commit(&look->tx, why);
}

enum outcome
credit_work(struct run *run, struct facts *facts, struct fault *why)
{
    OWNED(look) look = {.run = run, .facts = facts};
    arena_init(&look.page, PAGE_BYTES_MAX);
    arena_init(&look.after, PAGE_BYTES_MAX);
    arena_init(&look.open, PAGE_BYTES_MAX);
    arena_init(&look.customer, WORK_BYTES_MAX);
    arena_init(&look.work, PAGE_BYTES_MAX);
    return look_at_all(&look, why);
}
