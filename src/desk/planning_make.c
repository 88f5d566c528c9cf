/* Plants are asked for what is made to order, and what they do to it comes back into the plan. */
#include "desk/planning_turn.h"

#include "base/decimal.h"
#include "desk/production.h"

#include <string.h>

enum { MADE_BYTES_MAX = 64 * 1024 * 1024 };

/* ---- asked ---- */

static bool
is_same_need(const struct allocation *one, const struct allocation *other)
{
    return one->ordinal == other->ordinal && one->part == other->part;
}

/* From now on nothing takes it away, and it is there already when the order is planned again. */
static enum outcome
make_firm(struct turn *turn, struct allocation *item, struct fault *why)
{
    TRY(plan_make_firm(turn->planner->run->store, item, why));
    turn->kept[turn->kept_count] = *item;
    turn->kept[turn->kept_count++].is_firm = true;
    item->quantity_micros = 0;
    return DONE;
}

static enum outcome
ask_plant(struct turn *turn, const struct allocation *made, struct fault *why)
{
    int64_t number = 0;
    const struct production_need need = {
        .ordinal = made->ordinal,
        .part = made->part,
        .plant = made->reference,
        .warehouse = made->warehouse,
        .sku = made->sku,
        .quantity_micros = made->quantity_micros,
        .start_day = made->start_day,
        .finish_day = made->day,
    };
    return production_ask(turn->planner->run, &turn->subject, &need, &number, why);
}

/* The goods, and the materials that were taken for them. */
static enum outcome
make(struct turn *turn, const struct allocation *made, struct fault *why)
{
    TRY(ask_plant(turn, made, why));
    for (size_t index = 0; index < turn->taken_count; index++) {
        struct allocation *item = &turn->taken[index];
        const bool is_material = strcmp(item->sku, made->sku) != 0;
        const bool is_made = strcmp(item->source, ALLOCATION_MAKE) == 0 &&
                             strcmp(item->reference, made->reference) == 0;
        if (is_same_need(item, made) && item->quantity_micros > 0 && (is_material || is_made)) {
            TRY(make_firm(turn, item, why));
        }
    }
    return DONE;
}

enum outcome
turn_make(struct turn *turn, struct fault *why)
{
    struct allocation *kept =
        arena_array(turn->arena, struct allocation, turn->kept_count + turn->taken_count);
    if (turn->kept_count > 0) {
        memcpy(kept, turn->kept, turn->kept_count * sizeof *kept);
    }
    turn->kept = kept;
    for (size_t index = 0; index < turn->taken_count; index++) {
        const struct allocation made = turn->taken[index];
        if (made.quantity_micros > 0 && strcmp(made.source, ALLOCATION_MAKE) == 0) {
            TRY(make(turn, &made, why));
        }
    }
    return DONE;
}

/* ---- told ---- */

/* The firm allocations of the need that it is made for; none where its order is not planned any
 * more. */
static enum outcome
read_need(struct run *run, const struct production *production, struct arena *arena,
          struct allocation **items, size_t *count, struct fault *why)
{
    size_t kept = 0;
    TRY(plan_allocations(run->store, production->order_id, arena, items, count, why));
    for (size_t index = 0; index < *count; index++) {
        const struct allocation *item = &(*items)[index];
        if (item->is_firm && item->ordinal == production->ordinal &&
            item->part == production->part) {
            (*items)[kept++] = *item;
        }
    }
    *count = kept;
    return DONE;
}

/* Up to so much of a product less, from these sources; *micros is how much it was less. */
static enum outcome
take_off(struct run *run, struct allocation *items, size_t count, const char *sku, bool is_made,
         int64_t *micros, struct fault *why)
{
    int64_t left_micros = *micros;
    for (size_t index = 0; index < count && left_micros > 0; index++) {
        struct allocation *item = &items[index];
        if (strcmp(item->sku, sku) == 0 && item->quantity_micros > 0 &&
            (strcmp(item->source, ALLOCATION_MAKE) == 0) == is_made) {
            const int64_t off =
                item->quantity_micros < left_micros ? item->quantity_micros : left_micros;
            TRY(plan_unallocate(run->store, item, off, why));
            item->quantity_micros -= off;
            left_micros -= off;
        }
    }
    *micros -= left_micros;
    return DONE;
}

enum outcome
planning_used(struct run *run, const struct production *production, const char *material,
              int64_t quantity_micros, struct fault *why)
{
    OWNED(arena) arena;
    struct allocation *items = NULL;
    size_t count = 0;
    arena_init(&arena, MADE_BYTES_MAX);
    TRY(read_need(run, production, &arena, &items, &count, why));
    return take_off(run, items, count, material, false, &quantity_micros, why);
}

enum outcome
planning_made(struct run *run, const struct production *production, int64_t quantity_micros,
              int32_t day, struct fault *why)
{
    OWNED(arena) arena;
    struct allocation *items = NULL;
    size_t count = 0;
    arena_init(&arena, MADE_BYTES_MAX);
    TRY(read_need(run, production, &arena, &items, &count, why));
    TRY(take_off(run, items, count, production->sku, true, &quantity_micros, why));
    if (quantity_micros == 0) {
        return DONE;
    }
    const struct allocation made = {
        .order_id = production->order_id,
        .ordinal = production->ordinal,
        .part = production->part,
        .source = ALLOCATION_STOCK,
        .warehouse = production->warehouse,
        .reference = "",
        .sku = production->sku,
        .quantity_micros = quantity_micros,
        .day = day,
        .start_day = DAY_NONE,
    };
    return plan_allocate(run->store, &made, why);
}

enum outcome
planning_unmade(struct run *run, const struct production *production, struct fault *why)
{
    OWNED(arena) arena;
    struct allocation *items = NULL;
    struct production_material *materials = NULL;
    size_t count = 0;
    size_t material_count = 0;
    const int64_t rest_micros = production->quantity_micros - production->done_micros;
    int64_t off_micros = rest_micros;
    arena_init(&arena, MADE_BYTES_MAX);
    TRY(read_need(run, production, &arena, &items, &count, why));
    TRY(take_off(run, items, count, production->sku, true, &off_micros, why));
    TRY(production_materials(run->store, production->id, &arena, &materials, &material_count, why));
    for (size_t index = 0; index < material_count; index++) {
        off_micros = decimal_divide((int128)materials[index].quantity_micros * rest_micros, MICROS,
                                    ROUND_UP);
        TRY(take_off(run, items, count, materials[index].sku, false, &off_micros, why));
        TRY(plan_product_due(run->store, materials[index].sku, why));
    }
    return DONE;
}
