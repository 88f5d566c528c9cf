/* Goods of an order in line are not wanted any more. */
#include "desk/planning.h"

#include "base/decimal.h"
#include "desk/planning_turn.h"
#include "desk/production.h"

#include <assert.h>
#include <string.h>

enum { CANCEL_BYTES_MAX = 256 * 1024 * 1024 };

struct cancelling_order {
    struct store *store;
    struct allocation *items;
    size_t item_count;
};

static bool
is_of(const struct allocation *item, const struct plan_line *line)
{
    return item->ordinal == line->ordinal && item->part == line->part && item->quantity_micros > 0;
}

static enum outcome
give_back(struct cancelling_order *order, struct allocation *item, int64_t micros,
          struct fault *why)
{
    TRY(plan_unallocate(order->store, item, micros, why));
    item->quantity_micros -= micros;
    return plan_product_due(order->store, item->sku, why);
}

/* Is it one that plants were asked for, or would be: with materials? */
static bool
is_made(const struct cancelling_order *order, const struct plan_line *line)
{
    for (size_t index = 0; index < order->item_count; index++) {
        const struct allocation *item = &order->items[index];
        if (is_of(item, line) && strcmp(item->source, ALLOCATION_MAKE) == 0) {
            return true;
        }
    }
    return false;
}

/* What a plant has begun stays, with its materials. */
static enum outcome
give_back_soft(struct cancelling_order *order, const struct plan_line *line, struct fault *why)
{
    for (size_t index = 0; index < order->item_count; index++) {
        struct allocation *item = &order->items[index];
        if (is_of(item, line) && !item->is_firm) {
            TRY(give_back(order, item, item->quantity_micros, why));
        }
    }
    return DONE;
}

/* All but what a warehouse has been told to send: the next planning finds the rest anew. */
static enum outcome
give_back_all(struct cancelling_order *order, const struct plan_line *line, struct fault *why)
{
    for (size_t index = 0; index < order->item_count; index++) {
        struct allocation *item = &order->items[index];
        const bool is_released = item->is_firm && strcmp(item->source, ALLOCATION_STOCK) == 0 &&
                                 strcmp(item->sku, line->sku) == 0;
        if (is_of(item, line) && !is_released) {
            TRY(give_back(order, item, item->quantity_micros, why));
        }
    }
    return DONE;
}

/* What is promised beyond the rest, the last to come first; who keeps something keeps the best. */
static enum outcome
give_back_excess(struct cancelling_order *order, const struct plan_line *line, struct fault *why)
{
    int64_t excess_micros = -plan_line_open(line);
    for (size_t index = 0; index < order->item_count; index++) {
        const struct allocation *item = &order->items[index];
        excess_micros += is_of(item, line) && !item->is_firm ? item->quantity_micros : 0;
    }
    while (excess_micros > 0) {
        struct allocation *last = NULL;
        for (size_t index = 0; index < order->item_count; index++) {
            struct allocation *item = &order->items[index];
            if (is_of(item, line) && !item->is_firm && (last == NULL || item->day >= last->day)) {
                last = item;
            }
        }
        assert(last != NULL && "what is there too much is among these");
        const int64_t micros =
            excess_micros < last->quantity_micros ? excess_micros : last->quantity_micros;
        TRY(give_back(order, last, micros, why));
        excess_micros -= micros;
    }
    return DONE;
}

static enum outcome
cancel_line(struct run *run, const struct subject *subject, struct cancelling_order *order,
            struct plan_line *line, int64_t quantity_micros, struct fault *why)
{
    const int64_t open_micros = plan_line_open(line);
    const int128 wide = (int128)quantity_micros * line->unit_micros / MICROS;
    /* The last of a line takes all, whatever was lost in rounding. */
    const bool is_all =
        planning_line_units(line, line->cancelled_micros + (int64_t)wide) >= line->quantity_micros;
    const int64_t micros = is_all || wide > open_micros ? open_micros : (int64_t)wide;
    line->cancelled_micros += micros;
    bool has_begun = false;
    TRY(production_has_begun(order->store, subject->id, line->ordinal, line->part, &has_begun,
                             why));
    if (has_begun) {
        TRY(production_take_back_unbegun(run, subject, line->ordinal, line->part, why));
        TRY(give_back_soft(order, line, why));
    } else if (is_made(order, line)) {
        TRY(production_take_back(run, subject, line->ordinal, line->part, why));
        TRY(give_back_all(order, line, why));
    } else {
        TRY(give_back_excess(order, line, why));
    }
    return plan_line_moved(order->store, subject->id, line, why);
}

enum outcome
planning_cancel(struct run *run, const struct subject *subject, int64_t ordinal,
                int64_t quantity_micros, struct fault *why)
{
    OWNED(arena) arena;
    struct cancelling_order order = {.store = run->store};
    struct plan_line *lines = NULL;
    size_t line_count = 0;
    int64_t version = 0;
    arena_init(&arena, CANCEL_BYTES_MAX);
    TRY(plan_version(run->store, subject->id, &version, why));
    if (version == 0) {
        return DONE;
    }
    TRY(plan_lines(run->store, subject->id, &arena, &lines, &line_count, why));
    TRY(plan_allocations(run->store, subject->id, &arena, &order.items, &order.item_count, why));
    for (size_t index = 0; index < line_count; index++) {
        if (lines[index].ordinal == ordinal) {
            TRY(cancel_line(run, subject, &order, &lines[index], quantity_micros, why));
        }
    }
    return plan_set_due(run->store, subject->id, why);
}

/* Up to so much of what is reserved there for the line. */
static enum outcome
free_released(struct cancelling_order *order, const struct plan_line *line, const char *warehouse,
              int64_t micros, struct fault *why)
{
    for (size_t index = 0; index < order->item_count && micros > 0; index++) {
        struct allocation *item = &order->items[index];
        if (is_of(item, line) && item->is_firm && strcmp(item->source, ALLOCATION_STOCK) == 0 &&
            strcmp(item->sku, line->sku) == 0 && strcmp(item->warehouse, warehouse) == 0) {
            const int64_t off = micros < item->quantity_micros ? micros : item->quantity_micros;
            TRY(give_back(order, item, off, why));
            micros -= off;
        }
    }
    return DONE;
}

enum outcome
planning_unrelease(struct run *run, int64_t order_id, const char *warehouse, int64_t ordinal,
                   int64_t quantity_micros, struct fault *why)
{
    OWNED(arena) arena;
    struct cancelling_order order = {.store = run->store};
    struct plan_line *lines = NULL;
    size_t count = 0;
    arena_init(&arena, CANCEL_BYTES_MAX);
    TRY(plan_lines(run->store, order_id, &arena, &lines, &count,
                   why)); /* none: it is not in line */
    TRY(plan_allocations(run->store, order_id, &arena, &order.items, &order.item_count, why));
    for (size_t index = 0; index < count; index++) {
        struct plan_line *line = &lines[index];
        if (line->ordinal == ordinal) {
            const int64_t micros = (int64_t)((int128)quantity_micros * line->unit_micros / MICROS);
            const int64_t left_micros = line->released_micros - micros;
            line->released_micros =
                left_micros > line->shipped_micros ? left_micros : line->shipped_micros;
            TRY(plan_line_moved(run->store, order_id, line, why));
            TRY(free_released(&order, line, warehouse, micros, why));
        }
    }
    return DONE;
}

enum outcome
planning_made_of(struct run *run, const struct production *production, int64_t quantity_micros,
                 int64_t *micros, struct fault *why)
{
    OWNED(arena) arena;
    struct plan_line *lines = NULL;
    size_t count = 0;
    const int64_t rest_micros = production->quantity_micros - production->done_micros;
    arena_init(&arena, CANCEL_BYTES_MAX);
    TRY(plan_lines(run->store, production->order_id, &arena, &lines, &count, why));
    *micros = rest_micros;
    for (size_t index = 0; index < count; index++) {
        const struct plan_line *line = &lines[index];
        if (line->ordinal == production->ordinal && line->part == production->part) {
            /* What makes up no unit more goes with the last one. */
            const int128 more = (int128)(quantity_micros + 1) * line->unit_micros / MICROS;
            const int128 wide = (int128)quantity_micros * line->unit_micros / MICROS;
            *micros = more > rest_micros ? rest_micros : (int64_t)wide;
        }
    }
    return DONE;
}

enum outcome
planning_end(struct run *run, int64_t order_id, struct fault *why)
{
    OWNED(arena) arena;
    struct cancelling_order order = {.store = run->store};
    int64_t version = 0;
    arena_init(&arena, CANCEL_BYTES_MAX);
    TRY(plan_version(run->store, order_id, &version, why));
    if (version == 0) {
        return DONE;
    }
    TRY(plan_allocations(run->store, order_id, &arena, &order.items, &order.item_count, why));
    for (size_t index = 0; index < order.item_count; index++) {
        TRY(give_back(&order, &order.items[index], order.items[index].quantity_micros, why));
    }
    return plan_done(run->store, order_id, why);
}
