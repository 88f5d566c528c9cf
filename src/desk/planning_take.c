#include "desk/planning_turn.h"

#include "base/decimal.h"

#include <assert.h>
#include <string.h>

/* ---- asked ---- */

static int64_t
taken_of(const struct turn *turn, size_t need, const struct promise_supply *supply)
{
    int64_t quantity_micros = 0;
    for (size_t index = 0; index < turn->decision.take_count; index++) {
        const struct promise_take *take = &turn->decision.takes[index];
        if (take->need == need && take->source == supply->source && take->place == supply->place &&
            strcmp(take->reference, supply->reference) == 0) {
            quantity_micros += take->quantity_micros;
        }
    }
    return quantity_micros;
}

/* What needs of the same product before this one were given of a supply. */
static int64_t
taken_before(const struct turn *turn, size_t need, const struct promise_supply *supply)
{
    int64_t quantity_micros = 0;
    for (size_t next = turn->wanted[need].before; next > 0; next = turn->wanted[next - 1].before) {
        if (strcmp(turn->needs[next - 1].sku, turn->needs[need].sku) == 0) {
            quantity_micros += taken_of(turn, next - 1, supply);
        }
    }
    return quantity_micros;
}

/* Is a need given what one before it has?  Then it is offered what that one leaves. */
static bool
leave_rest(struct turn *turn, size_t need)
{
    struct promise_need *wants = &turn->needs[need];
    struct promise_supply *left =
        arena_array(turn->arena, struct promise_supply, wants->supply_count);
    bool is_twice = false;
    for (size_t index = 0; index < wants->supply_count; index++) {
        left[index] = wants->supplies[index];
        const int64_t before = taken_before(turn, need, &left[index]);
        is_twice |= taken_of(turn, need, &left[index]) + before > left[index].free_micros &&
                    taken_of(turn, need, &left[index]) > 0;
        left[index].free_micros -= before;
    }
    if (is_twice) {
        wants->supplies = left;
        turn->wanted[need].before = 0; /* it has been taken into account */
    }
    return is_twice;
}

/* Lines of one product share it, the first of them first. */
static void
ask(struct turn *turn)
{
    const struct planner *planner = turn->planner;
    const struct planning_policy *policy = &planner->run->config->planning;
    const struct promise_question question = {
        .calendar = planner->calendar,
        .today = planner->today,
        .pick_days = policy->pick_days,
        .one_place = policy->warehouse_rule == WAREHOUSE_ONE_PLACE,
        .places = turn->places,
        .place_count = planner->warehouse_count,
        .needs = turn->needs,
        .need_count = turn->need_count,
    };
    bool is_twice = true;
    while (is_twice) {
        is_twice = false;
        promise_decide(&question, turn->arena, &turn->decision);
        for (size_t need = 0; need < turn->need_count && !is_twice; need++) {
            is_twice = turn->wanted[need].before > 0 && leave_rest(turn, need);
        }
    }
}

/* ---- taken ---- */

static enum outcome
take(struct turn *turn, const struct allocation *item, struct fault *why)
{
    turn->taken = arena_grow(turn->arena, turn->taken, sizeof *item, turn->taken_count,
                             &turn->taken_capacity);
    turn->taken[turn->taken_count++] = *item;
    return plan_allocate(turn->planner->run->store, item, why);
}

static struct allocation
allocation_of(const struct turn *turn, size_t need)
{
    const struct promise_need *wants = &turn->needs[need];
    return (struct allocation){.order_id = turn->order->order_id,
                               .ordinal = wants->ordinal,
                               .part = wants->part,
                               .sku = wants->sku,
                               .reference = "",
                               .day = turn->planner->today,
                               .start_day = DAY_NONE};
}

static enum outcome
take_goods(struct turn *turn, const struct promise_take *goods, struct fault *why)
{
    struct allocation item = allocation_of(turn, goods->need);
    if (turn->wanted[goods->need].is_made || goods->quantity_micros == 0) {
        return DONE; /* it has it */
    }
    item.source = promise_source_names[goods->source];
    item.warehouse = turn->planner->warehouses[goods->place];
    item.reference = goods->source == PROMISE_FROM_STOCK ? "" : goods->reference;
    item.quantity_micros = goods->quantity_micros;
    item.day = goods->day;
    item.start_day = goods->source == PROMISE_FROM_PLANT ? goods->start_day : DAY_NONE;
    if (goods->source == PROMISE_FROM_STOCK) {
        turn->found[turn->wanted[goods->need].line].in_stock_micros += goods->quantity_micros;
    }
    return take(turn, &item, why);
}

static enum outcome
take_material(struct turn *turn, const struct promise_material_take *goods, struct fault *why)
{
    const struct promise_need *need = &turn->needs[goods->need];
    struct allocation item = allocation_of(turn, goods->need);
    if (goods->quantity_micros == 0) {
        return DONE;
    }
    item.sku = need->materials[goods->material].sku;
    item.source = promise_source_names[goods->source];
    item.warehouse = turn->planner->warehouses[need->plant->place];
    item.reference = goods->source == PROMISE_FROM_STOCK ? "" : goods->reference;
    item.quantity_micros = goods->quantity_micros;
    return take(turn, &item, why);
}

static enum outcome
take_day(struct turn *turn, const struct promise_day_take *day, struct fault *why)
{
    struct allocation item = allocation_of(turn, day->need);
    const struct plan_load load = {day->day, day->load_micros};
    item.reference = turn->needs[day->need].plant->plant;
    return load.load_micros == 0 ? DONE
                                 : plan_load_add(turn->planner->run->store, &item, &load, why);
}

/* ---- found ---- */

static int32_t
later(int32_t one, int32_t other)
{
    return one == DAY_NONE || other == DAY_NONE ? DAY_NONE : one > other ? one : other;
}

/* The day of a line is that of the last of its needs; that one says why. */
static void
find(struct turn *turn, size_t need)
{
    const struct promise_answer *answer = &turn->decision.answers[need];
    struct found *found = &turn->found[turn->wanted[need].line];
    const bool is_last = !found->is_told || answer->arrive_day == DAY_NONE ||
                         (found->arrive_day != DAY_NONE && answer->arrive_day >= found->arrive_day);
    found->short_micros += answer->short_micros;
    if (is_last) {
        found->reason = answer->reason;
        found->material = answer->material;
        found->trace = answer->trace;
    }
    found->ship_day = found->is_told ? later(found->ship_day, answer->ship_day) : answer->ship_day;
    found->arrive_day =
        found->is_told ? later(found->arrive_day, answer->arrive_day) : answer->arrive_day;
    found->is_told = true;
}

enum outcome
turn_take(struct turn *turn, struct fault *why)
{
    turn->found = arena_array(turn->arena, struct found, turn->line_count);
    if (turn->need_count == 0) {
        return DONE;
    }
    ask(turn);
    for (size_t index = 0; index < turn->need_count; index++) {
        find(turn, index);
    }
    for (size_t index = 0; index < turn->decision.take_count; index++) {
        TRY(take_goods(turn, &turn->decision.takes[index], why));
    }
    for (size_t index = 0; index < turn->decision.material_count; index++) {
        TRY(take_material(turn, &turn->decision.materials[index], why));
    }
    for (size_t index = 0; index < turn->decision.day_count; index++) {
        TRY(take_day(turn, &turn->decision.days[index], why));
    }
    return DONE;
}
