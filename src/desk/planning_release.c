#include "desk/planning_turn.h"

#include "base/decimal.h"
#include "desk/cancelling.h"
#include "order/order.h"

#include <assert.h>
#include <string.h>

/* ---- what may go ---- */

bool
planning_is_whole(const struct plan_line *line)
{
    return unit_is_whole(line->unit) ||
           (line->unit_micros != MICROS && line->quantity_micros % MICROS == 0);
}

int64_t
planning_line_units(const struct plan_line *line, int64_t micros)
{
    if (micros >= line->needed_micros || line->unit_micros <= 0) {
        return line->quantity_micros;
    }
    const int64_t units = (int64_t)((int128)micros * MICROS / line->unit_micros);
    return planning_is_whole(line) ? units - units % MICROS : units;
}

/* So many more of the line's units these make up. */
static int64_t
more_units(const struct plan_line *line, int64_t micros)
{
    return planning_line_units(line, line->released_micros + micros) -
           planning_line_units(line, line->released_micros);
}

/* What so many more of its units take. */
static int64_t
taken_by(const struct plan_line *line, int64_t units_micros, int64_t there_micros)
{
    const int64_t told = planning_line_units(line, line->released_micros) + units_micros;
    const int64_t micros = (int64_t)((int128)units_micros * line->unit_micros / MICROS);
    const bool is_all = told >= line->quantity_micros || !planning_is_whole(line);
    return is_all || micros > there_micros ? there_micros : micros;
}

static int64_t
in_stock(const struct turn *turn, const struct plan_line *line, size_t place)
{
    int64_t micros = 0;
    for (size_t index = 0; index < turn->taken_count; index++) {
        const struct allocation *item = &turn->taken[index];
        if (item->ordinal == line->ordinal && item->part == line->part &&
            strcmp(item->source, ALLOCATION_STOCK) == 0 && strcmp(item->sku, line->sku) == 0 &&
            strcmp(item->warehouse, turn->places[place].warehouse) == 0) {
            micros += item->quantity_micros;
        }
    }
    return micros;
}

/* The lines from `from` to `to` are one line of the order: what all its parts are there for goes.
 */
static void
choose_line(struct turn *turn, size_t place, size_t from, size_t to)
{
    int64_t units = INT64_MAX;
    for (size_t index = from; index < to; index++) {
        const int64_t more =
            more_units(&turn->lines[index], in_stock(turn, &turn->lines[index], place));
        units = more < units ? more : units;
    }
    for (size_t index = from; index < to && units > 0; index++) {
        struct plan_line *line = &turn->lines[index];
        const struct going going = {
            .place = place,
            .line = index,
            .taken_micros = taken_by(line, units, in_stock(turn, line, place)),
            .told_micros = index == from ? units : 0,
        };
        turn->going = arena_grow(turn->arena, turn->going, sizeof going, turn->going_count,
                                 &turn->going_capacity);
        turn->going[turn->going_count++] = going;
        line->released_micros += going.taken_micros;
    }
}

static bool
is_all_released(const struct turn *turn)
{
    for (size_t index = 0; index < turn->line_count; index++) {
        if (plan_line_open(&turn->lines[index]) > 0) {
            return false;
        }
    }
    return true;
}

static void
forget_going(struct turn *turn)
{
    for (size_t index = 0; index < turn->going_count; index++) {
        turn->lines[turn->going[index].line].released_micros -= turn->going[index].taken_micros;
    }
    turn->going_count = 0;
}

/* ---- what is cancelled ---- */

/* Of what goes alone: when that arrives. */
static void
find_going(struct turn *turn, size_t line)
{
    const struct planner *planner = turn->planner;
    struct found *found = &turn->found[line];
    found->short_micros = 0; /* nobody waits for it any more */
    found->ship_day = DAY_NONE;
    found->arrive_day =
        turn->lines[line].released_micros > 0 ? turn->lines[line].promised : DAY_NONE;
    for (size_t index = 0; index < turn->going_count; index++) {
        const struct going *going = &turn->going[index];
        if (going->line == line) {
            const int32_t ship_day = calendar_day_after(planner->calendar, planner->today,
                                                        planner->run->config->planning.pick_days);
            const int32_t day = calendar_day_after(planner->calendar, ship_day,
                                                   turn->places[going->place].transit_days);
            found->ship_day = ship_day;
            found->arrive_day = day > found->arrive_day ? day : found->arrive_day;
            found->reason = PROMISE_IN_STOCK;
        }
    }
}

static void
cancel_rest(struct turn *turn)
{
    for (size_t index = 0; index < turn->line_count; index++) {
        struct plan_line *line = &turn->lines[index];
        const int64_t rest_micros = plan_line_open(line) - turn_made(turn, line);
        if (rest_micros > 0) {
            line->cancelled_micros += rest_micros;
            turn->cancels = true;
            find_going(turn, index);
        }
    }
}

void
turn_choose(struct turn *turn)
{
    bool is_first = true;
    for (size_t index = 0; index < turn->line_count; index++) {
        is_first &=
            turn->lines[index].released_micros == 0 && turn->lines[index].cancelled_micros == 0;
    }
    for (size_t place = 0; place < turn->place_count; place++) {
        for (size_t from = 0; from < turn->line_count; from = turn_line_end(turn, from)) {
            choose_line(turn, place, from, turn_line_end(turn, from));
        }
    }
    if (turn->order->delivery == DELIVERY_COMPLETE && !is_all_released(turn)) {
        forget_going(turn);
    }
    if (turn->going_count == 0) {
        return;
    }
    turn->is_whole = is_first && is_all_released(turn) &&
                     turn->going[0].place == turn->going[turn->going_count - 1].place;
    if (turn->order->delivery == DELIVERY_CANCEL_REST) {
        cancel_rest(turn);
    }
}

/* ---- it goes ---- */

/* From now on nothing takes it away. */
static enum outcome
make_firm(struct turn *turn, const struct going *going, struct fault *why)
{
    struct store *store = turn->planner->run->store;
    const struct plan_line *line = &turn->lines[going->line];
    const char *warehouse = turn->places[going->place].warehouse;
    int64_t left_micros = going->taken_micros;
    for (size_t index = 0; index < turn->taken_count && left_micros > 0; index++) {
        struct allocation *item = &turn->taken[index];
        if (item->ordinal == line->ordinal && item->part == line->part &&
            item->quantity_micros > 0 && strcmp(item->source, ALLOCATION_STOCK) == 0 &&
            strcmp(item->sku, line->sku) == 0 && strcmp(item->warehouse, warehouse) == 0) {
            struct allocation firm = *item;
            firm.is_firm = true;
            firm.quantity_micros =
                left_micros < item->quantity_micros ? left_micros : item->quantity_micros;
            TRY(plan_unallocate(store, item, firm.quantity_micros, why));
            TRY(plan_allocate(store, &firm, why));
            item->quantity_micros -= firm.quantity_micros;
            left_micros -= firm.quantity_micros;
        }
    }
    assert(left_micros == 0 && "only what was taken goes");
    return DONE;
}

/* What stays of lines that are cancelled is free again. */
static enum outcome
free_cancelled(struct turn *turn, struct fault *why)
{
    struct store *store = turn->planner->run->store;
    for (size_t index = 0; index < turn->taken_count; index++) {
        const struct allocation *item = &turn->taken[index];
        if (item->quantity_micros > 0) {
            TRY(plan_unallocate(store, item, item->quantity_micros, why));
            TRY(plan_product_due(store, item->sku, why));
        }
    }
    return DONE;
}

/* What never will be sent of each line counts as cancelled for all others. */
static enum outcome
cancel(struct turn *turn, struct fault *why)
{
    struct rest_line *rest = arena_array(turn->arena, struct rest_line, turn->line_count);
    size_t count = 0;
    TRY(free_cancelled(turn, why));
    for (size_t from = 0; from < turn->line_count; from = turn_line_end(turn, from)) {
        const struct plan_line *line = &turn->lines[from];
        rest[count++] = (struct rest_line){
            line->ordinal,
            line->quantity_micros -
                planning_line_units(line, line->needed_micros - line->cancelled_micros)};
    }
    return cancelling_rest(turn->planner->run, &turn->subject, rest, count, why);
}

/* The lines of a place, from *at on; moves it behind them. */
static struct release
release_of(struct turn *turn, size_t *at)
{
    const size_t place = turn->going[*at].place;
    struct release_line *lines = arena_array(turn->arena, struct release_line, turn->going_count);
    size_t count = 0;
    for (; *at < turn->going_count && turn->going[*at].place == place; (*at)++) {
        const struct going *going = &turn->going[*at];
        if (going->told_micros > 0) {
            lines[count++] =
                (struct release_line){turn->lines[going->line].ordinal, going->told_micros};
        }
    }
    return (struct release){turn->places[place].warehouse, lines, turn->is_whole ? 0 : count};
}

enum outcome
turn_send(struct turn *turn, struct fault *why)
{
    struct store *store = turn->planner->run->store;
    struct release *releases = arena_array(turn->arena, struct release, turn->place_count);
    size_t count = 0;
    if (turn->going_count == 0) {
        return DONE;
    }
    for (size_t at = 0; at < turn->going_count;) {
        releases[count++] = release_of(turn, &at);
    }
    for (size_t index = 0; index < turn->going_count; index++) {
        TRY(make_firm(turn, &turn->going[index], why));
    }
    for (size_t index = 0; index < turn->line_count; index++) {
        TRY(plan_line_moved(store, turn->order->order_id, &turn->lines[index], why));
    }
    TRY(flow_send(turn->planner->run, &turn->subject, releases, count, why));
    return turn->cancels ? cancel(turn, why) : DONE;
}
