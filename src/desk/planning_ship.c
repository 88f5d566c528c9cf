/* Goods that were reserved leave. */
#include "desk/planning.h"

#include "base/decimal.h"
#include "desk/planning_turn.h"

#include <stdlib.h>
#include <string.h>

enum { SHIP_BYTES_MAX = 256 * 1024 * 1024 };

struct leaving_order {
    struct store *store;
    int64_t order_id;
    const char *warehouse;
    struct plan_line *lines;
    size_t line_count;
    struct allocation *items;
    size_t item_count;
};

/* NONE: it is not in line. */
static enum outcome
read_order(struct leaving_order *leaving, struct arena *arena, struct fault *why)
{
    int64_t version = 0;
    TRY(plan_version(leaving->store, leaving->order_id, &version, why));
    if (version == 0) {
        return NONE;
    }
    TRY(plan_lines(leaving->store, leaving->order_id, arena, &leaving->lines, &leaving->line_count,
                   why));
    return plan_allocations(leaving->store, leaving->order_id, arena, &leaving->items,
                            &leaving->item_count, why);
}

static int
compare_number(const void *number, const void *line)
{
    return strcmp(number, ((const struct shippable *)line)->number);
}

/* Up to so much of what is reserved for a line at a place. */
static enum outcome
take_off(struct leaving_order *leaving, const struct plan_line *line, bool is_firm,
         int64_t *left_micros, struct fault *why)
{
    for (size_t index = 0; *left_micros > 0 && index < leaving->item_count; index++) {
        struct allocation *item = &leaving->items[index];
        if (item->ordinal != line->ordinal || item->part != line->part ||
            item->is_firm != is_firm || item->quantity_micros == 0 ||
            strcmp(item->source, ALLOCATION_STOCK) != 0 || strcmp(item->sku, line->sku) != 0 ||
            strcmp(item->warehouse, leaving->warehouse) != 0) {
            continue;
        }
        const int64_t micros =
            *left_micros < item->quantity_micros ? *left_micros : item->quantity_micros;
        TRY(plan_unallocate(leaving->store, item, micros, why));
        item->quantity_micros -= micros;
        *left_micros -= micros;
    }
    return DONE;
}

static enum outcome
ship_line(struct leaving_order *leaving, struct plan_line *line, int64_t quantity_micros,
          struct fault *why)
{
    const int128 wide = (int128)quantity_micros * line->unit_micros / MICROS;
    const int64_t micros = wide > INT64_MAX / 4 ? INT64_MAX / 4 : (int64_t)wide;
    int64_t left_micros = micros;
    TRY(take_off(leaving, line, true, &left_micros, why));
    TRY(take_off(leaving, line, false, &left_micros, why));
    line->shipped_micros += micros;
    if (line->released_micros < line->shipped_micros) {
        line->released_micros = line->shipped_micros; /* whoever told it to */
    }
    return plan_line_moved(leaving->store, leaving->order_id, line, why);
}

static enum outcome
unrelease(struct run *run, const struct allocation *item, int64_t micros, struct plan_line *lines,
          size_t count, struct fault *why)
{
    for (size_t index = 0; index < count; index++) {
        struct plan_line *line = &lines[index];
        if (line->ordinal == item->ordinal && line->part == item->part) {
            const int64_t left_micros = line->released_micros - micros;
            line->released_micros =
                left_micros > line->shipped_micros ? left_micros : line->shipped_micros;
            TRY(plan_line_moved(run->store, item->order_id, line, why));
        }
    }
    TRY(plan_unallocate(run->store, item, micros, why));
    return plan_product_due(run->store, item->sku, why);
}

enum outcome
planning_return(struct run *run, const struct stored_release *release, struct fault *why)
{
    OWNED(arena) arena;
    struct allocation *items = NULL;
    struct plan_line *lines = NULL;
    int64_t *own_micros = NULL;
    size_t item_count = 0;
    size_t line_count = 0;
    arena_init(&arena, SHIP_BYTES_MAX);
    TRY(plan_released(run->store, release->id, &arena, &items, &own_micros, &item_count, why));
    TRY(plan_lines(run->store, release->order_id, &arena, &lines, &line_count, why));
    for (size_t index = 0; index < item_count; index++) {
        TRY(unrelease(run, &items[index], own_micros[index], lines, line_count, why));
    }
    return plan_set_due(run->store, release->order_id, why);
}

/* Nothing more of it is to come. */
static enum outcome
drop(struct leaving_order *leaving, const struct plan_line *line, struct fault *why)
{
    for (size_t index = 0; index < leaving->item_count; index++) {
        struct allocation *item = &leaving->items[index];
        if (item->quantity_micros > 0 && item->ordinal == line->ordinal &&
            item->part == line->part) {
            TRY(plan_unallocate(leaving->store, item, item->quantity_micros, why));
            TRY(plan_product_due(leaving->store, item->sku, why));
            item->quantity_micros = 0;
        }
    }
    return DONE;
}

/* A line that is closed short is complete as it is. */
static enum outcome
close_line(struct leaving_order *leaving, struct plan_line *line, struct fault *why)
{
    const int64_t rest_micros = plan_line_open(line);
    TRY(drop(leaving, line, why));
    line->cancelled_micros += rest_micros;
    return rest_micros == 0 ? DONE : plan_line_moved(leaving->store, leaving->order_id, line, why);
}

static enum outcome
ship_lines(struct leaving_order *leaving, const struct shipment *shipment, struct fault *why)
{
    for (size_t index = 0; index < shipment->line_count; index++) {
        for (size_t at = 0; at < leaving->line_count; at++) {
            if (strcmp(leaving->lines[at].number, shipment->lines[index].order_line) == 0) {
                TRY(ship_line(leaving, &leaving->lines[at], shipment->lines[index].quantity_micros,
                              why));
            }
        }
    }
    return DONE;
}

enum outcome
planning_ship(struct run *run, int64_t order_id, const char *warehouse,
              const struct shipment *shipment, const struct shippable *lines, size_t count,
              bool is_complete, struct fault *why)
{
    OWNED(arena) arena;
    struct leaving_order leaving = {
        .store = run->store, .order_id = order_id, .warehouse = warehouse};
    arena_init(&arena, SHIP_BYTES_MAX);
    const enum outcome found = read_order(&leaving, &arena, why);
    if (found != DONE) {
        return found == NONE ? DONE : found;
    }
    TRY(ship_lines(&leaving, shipment, why));
    for (size_t index = 0; index < leaving.line_count; index++) {
        const struct shippable *ordered =
            count == 0
                ? NULL
                : bsearch(leaving.lines[index].number, lines, count, sizeof *lines, compare_number);
        if (ordered != NULL && (ordered->is_closed || is_complete)) {
            TRY(close_line(&leaving, &leaving.lines[index], why));
        }
    }
    return is_complete ? plan_done(run->store, order_id, why) : DONE;
}
