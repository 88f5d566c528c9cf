#include "desk/planning_turn.h"

#include "base/decimal.h"

#include <string.h>

/* ---- asked ---- */

static void
ask(struct turn *turn, bool one_place)
{
    const struct planner *planner = turn->planner;
    const struct promise_question question = {
        .calendar = planner->calendar,
        .today = planner->today,
        .pick_days = planner->run->config->planning.pick_days,
        .one_place = one_place,
        .places = turn->places,
        .place_count = turn->place_count,
        .needs = turn->needs,
        .need_count = turn->need_count,
    };
    promise_decide(&question, turn->arena, &turn->decision);
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
    item.source = promise_source_names[goods->source];
    item.warehouse = turn->places[goods->place].warehouse;
    item.reference = goods->source == PROMISE_FROM_STOCK ? "" : goods->reference;
    item.quantity_micros = goods->quantity_micros;
    item.day = goods->day;
    item.start_day = goods->source == PROMISE_FROM_PLANT ? goods->start_day : DAY_NONE;
    if (goods->source == PROMISE_FROM_STOCK) {
        turn->found[turn->need_lines[goods->need]].in_stock_micros += goods->quantity_micros;
    }
    return take(turn, &item, why);
}

static enum outcome
take_material(struct turn *turn, const struct promise_material_take *goods, struct fault *why)
{
    const struct promise_need *need = &turn->needs[goods->need];
    struct allocation item = allocation_of(turn, goods->need);
    item.sku = need->materials[goods->material].sku;
    item.source = promise_source_names[goods->source];
    item.warehouse = turn->places[goods->place].warehouse;
    item.reference = goods->source == PROMISE_FROM_STOCK ? "" : goods->reference;
    item.quantity_micros = goods->quantity_micros;
    item.day = goods->day;
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
    struct found *found = &turn->found[turn->need_lines[need]];
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

static void
find_all(struct turn *turn)
{
    for (size_t index = 0; index < turn->need_count; index++) {
        find(turn, index);
    }
}

/* ---- line by line ---- */

static enum outcome
take_all(struct turn *turn, struct fault *why)
{
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

static enum outcome
take_line(struct turn *turn, size_t from, size_t to, struct fault *why)
{
    for (size_t index = from; index < to; index++) {
        turn_gather_made(turn, index);
        if (turn->need_count > 0) {
            ask(turn, false);
            find_all(turn); /* it has that already */
        }
    }
    TRY(turn_gather(turn, from, to, true, why));
    if (turn->need_count == 0) {
        return DONE;
    }
    ask(turn, false);
    find_all(turn);
    return take_all(turn, why);
}

/* The rule for several places: the first that has all of the order alone, if one has. */
static enum outcome
choose_place(struct turn *turn, struct fault *why)
{
    TRY(turn_gather(turn, 0, turn->line_count, false, why));
    if (turn->need_count == 0) {
        return DONE;
    }
    ask(turn, true);
    const struct promise_decision *decision = &turn->decision;
    for (size_t need = 0; need < turn->need_count; need++) {
        if (decision->answers[need].taken_micros < turn->needs[need].quantity_micros) {
            return DONE;
        }
    }
    for (size_t index = 0; index < decision->take_count; index++) {
        if (decision->takes[index].source != PROMISE_FROM_STOCK ||
            decision->takes[index].place != decision->takes[0].place) {
            return DONE;
        }
    }
    turn->places = &turn->places[decision->takes[0].place];
    turn->place_count = 1;
    return DONE;
}

size_t
turn_line_end(const struct turn *turn, size_t from)
{
    size_t to = from;
    while (to < turn->line_count && turn->lines[to].ordinal == turn->lines[from].ordinal) {
        to++;
    }
    return to;
}

enum outcome
turn_take(struct turn *turn, struct fault *why)
{
    const bool one_place =
        turn->planner->run->config->planning.warehouse_rule == WAREHOUSE_ONE_PLACE;
    turn->found = arena_array(turn->arena, struct found, turn->line_count);
    turn->needs = arena_array(turn->arena, struct promise_need, turn->line_count);
    turn->need_lines = arena_array(turn->arena, size_t, turn->line_count);
    TRY(turn_places(turn, why));
    if (one_place && turn->place_count > 1) {
        TRY(choose_place(turn, why));
    }
    for (size_t from = 0; from < turn->line_count; from = turn_line_end(turn, from)) {
        TRY(take_line(turn, from, turn_line_end(turn, from), why));
    }
    return DONE;
}
