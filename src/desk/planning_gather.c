/* Supplies are offered in what makes up whole units of the line: of stock, of each receipt, and of
 * all parts of a package together at each place. */
#include "desk/planning_turn.h"

#include "base/decimal.h"
#include "order/order.h"
#include "store/store_ledger.h"
#include "store/store_supply.h"

#include <string.h>

/* ---- places ---- */

/* A warehouse that will not send it is asked for nothing more of it, unless there is no other: then
 * the order waits. */
static enum outcome
leave_out_refused(struct turn *turn, struct fault *why)
{
    size_t kept = 0;
    struct promise_place *places =
        arena_array(turn->arena, struct promise_place, turn->place_count);
    for (size_t place = 0; place < turn->place_count; place++) {
        bool is_refused = false;
        TRY(plan_is_refused(turn->planner->run->store, turn->order->order_id,
                            turn->places[place].warehouse, &is_refused, why));
        if (!is_refused) {
            places[kept++] = turn->places[place];
        }
    }
    turn->is_refused = kept == 0;
    if (kept > 0) {
        turn->places = places;
        turn->place_count = kept;
    }
    return DONE;
}

enum outcome
turn_places(struct turn *turn, struct fault *why)
{
    const struct planner *planner = turn->planner;
    const int64_t lanes_id = planner->versions->of[DOCUMENT_LANES].id;
    turn->places = arena_array(turn->arena, struct promise_place, planner->warehouse_count);
    for (size_t place = 0; place < planner->warehouse_count; place++) {
        const struct lane_key key = {planner->warehouses[place], turn->order->country,
                                     turn->order->region};
        struct lane_row lane = {.transit_days = planner->run->config->planning.transit_days};
        if (lanes_id != 0 &&
            master_lane(planner->run->store, lanes_id, &key, turn->arena, &lane, why) == FAILED) {
            return FAILED;
        }
        turn->places[place] = (struct promise_place){key.warehouse, lane.transit_days};
    }
    turn->place_count = planner->warehouse_count;
    return leave_out_refused(turn, why);
}

/* False: it is no place of ours (any more), or not the one that serves all of the order. */
static bool
find_place(const struct turn *turn, const char *warehouse, size_t *place)
{
    for (*place = 0; *place < turn->place_count; (*place)++) {
        if (strcmp(turn->places[*place].warehouse, warehouse) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- supplies ---- */

struct supplies {
    struct promise_supply *items;
    size_t count;
    size_t capacity;
    bool is_counted;
};

static void
offer(struct turn *turn, struct supplies *supplies, struct promise_supply supply,
      int64_t step_micros)
{
    supplies->is_counted = true;
    supply.free_micros -= supply.free_micros % step_micros;
    if (supply.free_micros <= 0) {
        return;
    }
    supplies->items = arena_grow(turn->arena, supplies->items, sizeof supply, supplies->count,
                                 &supplies->capacity);
    supplies->items[supplies->count++] = supply;
}

static enum outcome
gather_place(struct turn *turn, const char *sku, size_t place, int64_t step_micros,
             struct supplies *supplies, struct fault *why)
{
    struct store *store = turn->planner->run->store;
    const char *warehouse = turn->places[place].warehouse;
    const int32_t today = turn->planner->today;
    struct ledger_receipt *receipts = NULL;
    struct ledger_item stock = {0, 0, AMOUNT_NONE};
    size_t count = 0;
    const enum outcome counted = ledger_item(store, warehouse, sku, &stock, why);
    if (counted == FAILED) {
        return FAILED;
    }
    if (counted == DONE) {
        offer(turn, supplies,
              (struct promise_supply){PROMISE_FROM_STOCK, place, "", today,
                                      stock.on_hand_micros - stock.reserved_micros},
              step_micros);
    }
    TRY(ledger_receipts(store, warehouse, sku, turn->arena, &receipts, &count, why));
    for (size_t index = 0; index < count; index++) {
        const struct ledger_receipt *receipt = &receipts[index];
        offer(turn, supplies,
              (struct promise_supply){PROMISE_FROM_RECEIPT, place, receipt->reference, receipt->day,
                                      receipt->quantity_micros - receipt->reserved_micros},
              step_micros);
    }
    return DONE;
}

/* ---- what is made, and what is bought ---- */

static enum outcome
gather_material(struct turn *turn, const struct material_row *row, size_t place,
                struct promise_material *material, struct fault *why)
{
    struct supplies supplies = {0};
    TRY(gather_place(turn, row->material, place, 1, &supplies, why));
    *material = (struct promise_material){.sku = row->material,
                                          .quantity_micros = row->quantity_micros,
                                          .supplies = supplies.items,
                                          .supply_count = supplies.count,
                                          .is_counted = supplies.is_counted};
    return DONE;
}

static enum outcome
gather_materials(struct turn *turn, struct promise_need *need, size_t place, struct fault *why)
{
    const int64_t materials_id = turn->planner->versions->of[DOCUMENT_MATERIALS].id;
    struct master_row *rows = NULL;
    size_t count = 0;
    if (materials_id == 0) {
        return DONE;
    }
    TRY(master_materials(turn->planner->run->store, materials_id, need->sku, turn->arena, &rows,
                         &count, why));
    struct promise_material *materials = arena_array(turn->arena, struct promise_material, count);
    for (size_t index = 0; index < count; index++) {
        TRY(gather_material(turn, &rows[index].material, place, &materials[index], why));
    }
    need->materials = materials;
    need->material_count = count;
    return DONE;
}

static enum outcome
read_plant(struct turn *turn, const struct plant_row *row, size_t place,
           const struct promise_plant **plant, struct fault *why)
{
    struct promise_plant *made = arena_new(turn->arena, struct promise_plant);
    struct plan_load *loads = NULL;
    size_t count = 0;
    TRY(plan_loads(turn->planner->run->store, row->plant, turn->planner->today, turn->arena, &loads,
                   &count, why));
    struct promise_load *taken = arena_array(turn->arena, struct promise_load, count);
    for (size_t index = 0; index < count; index++) {
        taken[index] = (struct promise_load){loads[index].day, loads[index].load_micros};
    }
    *made = (struct promise_plant){row->plant, place, row->capacity_micros, taken, count};
    *plant = made;
    return DONE;
}

static enum outcome
gather_plant(struct turn *turn, size_t line_index, struct promise_need *need, const char *id,
             struct fault *why)
{
    const int64_t plants_id = turn->planner->versions->of[DOCUMENT_PLANTS].id;
    struct plant_row row;
    size_t place = 0;
    if (plants_id == 0) {
        return DONE;
    }
    bool is_unmade = false;
    const struct allocation asked = {.order_id = turn->order->order_id,
                                     .ordinal = need->ordinal,
                                     .part = need->part,
                                     .reference = id,
                                     .sku = need->sku};
    TRY(plan_is_unmade(turn->planner->run->store, &asked, turn->order->version, &is_unmade, why));
    if (is_unmade) {
        turn->found[line_index].unmade_by = id;
        return DONE; /* it would refuse again */
    }
    const enum outcome found =
        master_plant(turn->planner->run->store, plants_id, id, turn->arena, &row, why);
    if (found != DONE) {
        return found == NONE ? DONE : found;
    }
    if (!find_place(turn, row.warehouse, &place)) {
        return DONE; /* what it makes goes where nothing is sent from */
    }
    TRY(read_plant(turn, &row, place, &need->plant, why));
    return gather_materials(turn, need, place, why);
}

static enum outcome
gather_supply(struct turn *turn, size_t line_index, struct promise_need *need, struct fault *why)
{
    const int64_t supply_id = turn->planner->versions->of[DOCUMENT_SUPPLY].id;
    struct supply_row row;
    if (supply_id == 0) {
        return DONE;
    }
    const enum outcome found =
        master_supply(turn->planner->run->store, supply_id, need->sku, turn->arena, &row, why);
    if (found != DONE) {
        return found == NONE ? DONE : found;
    }
    need->is_counted = true;
    need->lead_days = row.lead_days;
    need->load_micros = row.load_micros;
    need->is_bought = strcmp(row.source, SUPPLY_BUY) == 0;
    return need->is_bought ? DONE : gather_plant(turn, line_index, need, row.plant, why);
}

/* ---- needs ---- */

static int64_t
step_of(const struct plan_line *line)
{
    return planning_is_whole(line) && line->unit_micros > 0 ? line->unit_micros : 1;
}

static void
add_need(struct turn *turn, size_t line_index, const struct promise_need *need)
{
    turn->need_lines[turn->need_count] = line_index;
    turn->needs[turn->need_count++] = *need;
}

int64_t
turn_made(const struct turn *turn, const struct plan_line *line)
{
    int64_t micros = 0;
    for (size_t index = 0; index < turn->kept_count; index++) {
        const struct allocation *item = &turn->kept[index];
        micros += item->ordinal == line->ordinal && item->part == line->part &&
                          strcmp(item->source, ALLOCATION_MAKE) == 0
                      ? item->quantity_micros
                      : 0;
    }
    return micros;
}

void
turn_gather_made(struct turn *turn, size_t line_index)
{
    const struct plan_line *line = &turn->lines[line_index];
    struct promise_supply *supplies =
        arena_array(turn->arena, struct promise_supply, turn->kept_count);
    struct promise_need need = {.ordinal = line->ordinal,
                                .part = line->part,
                                .sku = line->sku,
                                .supplies = supplies,
                                .is_counted = true};
    turn->need_count = 0;
    for (size_t index = 0; index < turn->kept_count; index++) {
        const struct allocation *item = &turn->kept[index];
        size_t place = 0;
        if (item->ordinal == line->ordinal && item->part == line->part &&
            strcmp(item->source, ALLOCATION_MAKE) == 0 &&
            find_place(turn, item->warehouse, &place)) {
            supplies[need.supply_count++] = (struct promise_supply){
                PROMISE_FROM_RECEIPT, place, item->reference, item->day, item->quantity_micros};
            need.quantity_micros += item->quantity_micros;
        }
    }
    if (need.quantity_micros > 0) {
        add_need(turn, line_index, &need);
    }
}

static enum outcome
gather_need(struct turn *turn, size_t line_index, int64_t step_micros, struct fault *why)
{
    const struct plan_line *line = &turn->lines[line_index];
    const int64_t open_micros = plan_line_open(line) - turn_made(turn, line);
    struct promise_need need = {.ordinal = line->ordinal,
                                .part = line->part,
                                .sku = line->sku,
                                .quantity_micros = open_micros};
    struct supplies supplies = {0};
    if (open_micros <= 0) {
        return DONE;
    }
    for (size_t place = 0; place < turn->place_count; place++) {
        TRY(gather_place(turn, line->sku, place, step_micros, &supplies, why));
    }
    need.supplies = supplies.items;
    need.supply_count = supplies.count;
    need.is_counted = supplies.is_counted;
    TRY(gather_supply(turn, line_index, &need, why));
    add_need(turn, line_index, &need);
    return DONE;
}

/* ---- packages ---- */

/* So many packages the stock of a place has this part for. */
static int64_t
packages_of(const struct promise_need *need, int64_t step_micros, size_t place)
{
    if (!need->is_counted) {
        return INT64_MAX;
    }
    for (size_t index = 0; index < need->supply_count; index++) {
        const struct promise_supply *supply = &need->supplies[index];
        if (supply->source == PROMISE_FROM_STOCK && supply->place == place) {
            return supply->free_micros / step_micros;
        }
    }
    return 0;
}

static void
limit_part(struct turn *turn, struct promise_need *need, int64_t step_micros, size_t place,
           int64_t packages)
{
    struct promise_supply *supplies =
        arena_array(turn->arena, struct promise_supply, need->supply_count);
    if (packages == INT64_MAX || need->supply_count == 0) {
        return;
    }
    memcpy(supplies, need->supplies, need->supply_count * sizeof *supplies);
    for (size_t index = 0; index < need->supply_count; index++) {
        if (supplies[index].source == PROMISE_FROM_STOCK && supplies[index].place == place) {
            supplies[index].free_micros = packages * step_micros;
        }
    }
    need->supplies = supplies;
}

/* No part is taken from where the others are not. */
static void
limit_package(struct turn *turn)
{
    for (size_t place = 0; place < turn->place_count; place++) {
        int64_t packages = INT64_MAX;
        for (size_t index = 0; index < turn->need_count; index++) {
            const int64_t there = packages_of(
                &turn->needs[index], step_of(&turn->lines[turn->need_lines[index]]), place);
            packages = there < packages ? there : packages;
        }
        for (size_t index = 0; index < turn->need_count; index++) {
            limit_part(turn, &turn->needs[index], step_of(&turn->lines[turn->need_lines[index]]),
                       place, packages);
        }
    }
}

enum outcome
turn_gather(struct turn *turn, size_t from, size_t to, bool in_units, struct fault *why)
{
    turn->need_count = 0;
    for (size_t index = from; index < to; index++) {
        TRY(gather_need(turn, index, in_units ? step_of(&turn->lines[index]) : 1, why));
    }
    if (in_units && turn->lines[from].part != 0) {
        limit_package(turn);
    }
    return DONE;
}
