#include "desk/planning.h"

#include "base/decimal.h"
#include "desk/planning_turn.h"
#include "store/store.h"
#include "store/store_cancellation.h"

#include <string.h>

enum {
    ENTER_BYTES_MAX = 1024 * 1024,
    LEAVE_BYTES_MAX = 256 * 1024 * 1024,
    BATCH_BYTES_MAX = 64 * 1024 * 1024,
    TURN_BYTES_MAX = 512 * 1024 * 1024
};

/* ---- into the line, and out of it ---- */

static int128
power_of_ten(int exponent)
{
    int128 power = 1;
    for (; exponent > 0; exponent--) {
        power *= 10;
    }
    return power;
}

/* In the company's currency, by the rates in force. */
static enum outcome
worth_of(struct run *run, const struct plan_facts *facts, struct arena *arena, int64_t *worth_minor,
         struct fault *why)
{
    const struct rate_key key = {facts->currency, run->config->company_currency,
                                 moment_day(run->as_of_ms)};
    struct rate_row rate = {.units = 0};
    *worth_minor = facts->net_minor;
    if (strcmp(key.from, key.to) == 0) {
        return DONE;
    }
    *worth_minor = 0;
    if (facts->rates_id == 0) {
        return DONE;
    }
    const enum outcome outcome = master_rate(run->store, facts->rates_id, &key, arena, &rate, why);
    if (outcome == DONE) {
        const int128 worth =
            (int128)facts->net_minor * rate.rate_micros * power_of_ten(currency_exponent(key.to)) /
            ((int128)rate.units * MICROS * power_of_ten(currency_exponent(key.from)));
        *worth_minor = worth > INT64_MAX ? INT64_MAX : worth < 0 ? 0 : (int64_t)worth;
    }
    return outcome == NONE ? DONE : outcome;
}

/* What was cancelled before it was approved. */
static enum outcome
leave_out_cancelled(struct run *run, const struct subject *subject, struct arena *arena,
                    struct fault *why)
{
    struct cancelled_part *parts = NULL;
    size_t count = 0;
    TRY(order_cancelled_list(run->store, subject->id, subject->version, arena, &parts, &count,
                             why));
    for (size_t index = 0; index < count; index++) {
        TRY(planning_cancel(run, subject, parts[index].ordinal, parts[index].quantity_micros, why));
    }
    return DONE;
}

enum outcome
planning_enter(struct run *run, const struct subject *subject, struct fault *why)
{
    OWNED(arena) arena;
    struct plan_facts facts;
    int64_t version = 0;
    int64_t worth_minor = 0;
    arena_init(&arena, ENTER_BYTES_MAX);
    TRY(plan_version(run->store, subject->id, &version, why));
    if (version != 0) {
        return version == subject->version ? plan_set_due(run->store, subject->id, why)
                                           : planning_change(run, subject, why);
    }
    TRY(plan_facts(run->store, subject->id, subject->version, &arena, &facts, why));
    TRY(worth_of(run, &facts, &arena, &worth_minor, why));
    const char *delivery = *facts.delivery == '\0'
                               ? delivery_rule_names[run->config->planning.delivery]
                               : facts.delivery;
    TRY(plan_enter(run->store, subject->id, subject->version, delivery, facts.class, worth_minor,
                   why));
    return leave_out_cancelled(run, subject, &arena, why);
}

enum outcome
planning_grow(struct run *run, const struct subject *subject, bool *is_planned, struct fault *why)
{
    int64_t version = 0;
    TRY(plan_version(run->store, subject->id, &version, why));
    *is_planned = version != 0;
    return version == 0 ? DONE : plan_grow(run->store, subject->id, subject->version, why);
}

/* What an order gives back may be what others wait for. */
static enum outcome
give_back(struct store *store, const struct allocation *item, struct fault *why)
{
    TRY(plan_unallocate(store, item, item->quantity_micros, why));
    return plan_product_due(store, item->sku, why);
}

enum outcome
planning_leave(struct run *run, int64_t order_id, struct fault *why)
{
    OWNED(arena) arena;
    struct allocation *items = NULL;
    size_t count = 0;
    int64_t version = 0;
    arena_init(&arena, LEAVE_BYTES_MAX);
    TRY(plan_version(run->store, order_id, &version, why));
    if (version == 0) {
        return DONE;
    }
    TRY(plan_allocations(run->store, order_id, &arena, &items, &count, why));
    TRY(plan_delete(run->store, order_id, why));
    for (size_t index = 0; index < count; index++) {
        TRY(give_back(run->store, &items[index], why));
    }
    return DONE;
}

/* ---- a planning ---- */

/* It is planned again with what it had: that comes back first, but for what is firm. */
static enum outcome
put_back(struct turn *turn, struct fault *why)
{
    struct store *store = turn->planner->run->store;
    struct allocation *items = NULL;
    size_t count = 0;
    TRY(plan_allocations(store, turn->order->order_id, turn->arena, &items, &count, why));
    for (size_t index = 0; index < count; index++) {
        if (items[index].is_firm) {
            items[turn->kept_count++] = items[index];
        } else {
            TRY(plan_unallocate(store, &items[index], items[index].quantity_micros, why));
        }
    }
    turn->kept = items;
    return DONE;
}

static bool
is_free(const struct turn *turn)
{
    return turn->subject.approval == APPROVAL_APPROVED && turn->subject.holds.kinds == 0 &&
           !turn->is_refused;
}

/* It gets what it may; what may go goes. */
static enum outcome
take_turn(struct planner *planner, const struct plan_order *order, struct fault *why)
{
    OWNED(arena) arena;
    struct store *store = planner->run->store;
    struct turn turn = {.planner = planner, .arena = &arena, .order = order};
    arena_init(&arena, TURN_BYTES_MAX);
    turn.subject = (struct subject){.id = order->order_id,
                                    .version = order->version,
                                    .partner = order->partner,
                                    .approval = order->approval,
                                    .fulfilment = order->fulfilment,
                                    .payment = order->payment};
    TRY(flow_know_holds(planner->run, &turn.subject, why));
    TRY(plan_lines(store, order->order_id, &arena, &turn.lines, &turn.line_count, why));
    TRY(put_back(&turn, why));
    TRY(turn_take(&turn, why));
    if (is_free(&turn)) {
        TRY(turn_make(&turn, why));
        turn_choose(&turn);
    }
    TRY(turn_tell(&turn, why));
    TRY(turn_send(&turn, why));
    return plan_done(store, order->order_id, why);
}

/* A transaction of its own, unless the caller has one. */
static enum outcome
open_step(struct planner *planner, struct store_tx *tx, struct fault *why)
{
    return planner->is_within ? DONE : store_begin(planner->run->store, tx, why);
}

static enum outcome
close_step(struct planner *planner, struct store_tx *tx, struct fault *why)
{
    return planner->is_within ? DONE : store_commit(tx, why);
}

static enum outcome
plan_some(struct planner *planner, size_t *count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct plan_order *orders = NULL;
    arena_reset(planner->batch);
    planner->seen = NULL;
    TRY(open_step(planner, &tx, why));
    TRY(plan_next(planner->run->store, planner->batch, &orders, count, why));
    for (size_t index = 0; index < *count; index++) {
        TRY(take_turn(planner, &orders[index], why));
    }
    return close_step(planner, &tx, why);
}

/* In one transaction: what has changed of products, then who is due, in which order. */
static enum outcome
begin(struct planner *planner, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(open_step(planner, &tx, why));
    TRY(settle_products(planner, why));
    TRY(plan_begin(planner->run->store, why));
    return close_step(planner, &tx, why);
}

static enum outcome
prepare(struct planner *planner, struct arena *arena, struct fault *why)
{
    const struct config *config = planner->run->config;
    const struct planning_policy *policy = &config->planning;
    const int64_t now_ms = planner->run->as_of_ms;
    TRY(facts_calendar(planner->facts, config, &planner->calendar, why));
    TRY(facts_in_force(planner->facts, &planner->versions, why));
    planner->warehouses = arena_array(arena, const char *, policy->more_warehouse_count + 1);
    planner->warehouses[planner->warehouse_count++] = config->warehouse;
    for (size_t index = 0; index < policy->more_warehouse_count; index++) {
        planner->warehouses[planner->warehouse_count++] = policy->more_warehouses[index];
    }
    planner->today = calendar_day_from(
        planner->calendar, moment_day(now_ms) + (moment_time(now_ms) > policy->cut_off_ms));
    return DONE;
}

/* Whoever is due now; *is_any: somebody was. */
static enum outcome
plan_all(struct planner *planner, bool *is_any, struct fault *why)
{
    size_t count = PLAN_BATCH;
    *is_any = false;
    TRY(begin(planner, why));
    while (count == PLAN_BATCH && !run_must_stop(planner->run)) {
        TRY(plan_some(planner, &count, why));
        *is_any |= count > 0;
    }
    return DONE;
}

static enum outcome
work(struct run *run, struct facts *facts, bool is_within, struct fault *why)
{
    OWNED(arena) arena;
    OWNED(arena) batch;
    struct planner planner = {.run = run, .facts = facts, .is_within = is_within, .batch = &batch};
    bool is_any = run->config->planning.is_on;
    arena_init(&arena, BATCH_BYTES_MAX);
    arena_init(&batch, BATCH_BYTES_MAX);
    if (is_any) {
        TRY(prepare(&planner, &arena, why));
    }
    while (is_any && !run_must_stop(run)) { /* what was given back may be what others wait for */
        TRY(plan_all(&planner, &is_any, why));
    }
    return DONE;
}

enum outcome
planning_work(struct run *run, struct facts *facts, struct fault *why)
{
    return work(run, facts, false, why);
}

enum outcome
planning_try(struct run *run, struct facts *facts, struct fault *why)
{
    return work(run, facts, true, why);
}
