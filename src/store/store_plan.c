#include "store/store_plan.h"

#include "base/date.h"
#include "base/decimal.h"
#include "order/order.h"
#include "store/store.h"

#include <assert.h>
#include <string.h>

enum { NEEDS_BYTES_MAX = 64 * 1024 * 1024 };

static int32_t
read_day(const struct rows *rows, int column)
{
    return (int32_t)rows_integer_or(rows, column, DAY_NONE);
}

/* ---- orders in line ---- */

enum outcome
plan_facts(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
           struct plan_facts *facts, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_plan_facts, &rows, why, INTEGER(order_id), INTEGER(version)));
    const enum outcome outcome = rows_next(&rows, why);
    assert(outcome != NONE && "an approved order has a price");
    TRY(outcome);
    *facts = (struct plan_facts){.currency = rows_copy(&rows, 0, arena),
                                 .net_minor = rows_integer(&rows, 1),
                                 .day = (int32_t)rows_integer(&rows, 2),
                                 .class = rows_integer(&rows, 3),
                                 .delivery = rows_copy(&rows, 4, arena),
                                 .rates_id = rows_integer_or(&rows, 5, 0)};
    return DONE;
}

/* In millionths; the product of two such. */
static int64_t
product_of(int64_t one_micros, int64_t other_micros)
{
    const int128 product = (int128)one_micros * other_micros / MICROS;
    return product > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)product;
}

static enum outcome
add_need(struct store *store, int64_t order_id, const struct rows *needs, struct fault *why)
{
    const int64_t quantity_micros = rows_integer(needs, 3);
    int64_t unit_micros = rows_integer_or(needs, 5, MICROS);
    int64_t needed_micros = product_of(quantity_micros, unit_micros);
    if (!rows_is_null(needs, 4)) {
        needed_micros = rows_integer(needs, 4);
        unit_micros = (int64_t)((int128)needed_micros * MICROS / quantity_micros);
    }
    return store_run(store, SQL_plan_line_insert, why, INTEGER(order_id),
                     INTEGER(rows_integer(needs, 0)), INTEGER(rows_integer(needs, 1)),
                     TEXT(rows_text(needs, 2)), INTEGER(unit_micros), INTEGER(needed_micros));
}

enum outcome
plan_enter(struct store *store, int64_t order_id, int64_t version, const char *delivery,
           int64_t class, int64_t worth_minor, struct fault *why)
{
    OWNED(rows) needs = {0};
    enum outcome outcome;
    TRY(store_run(store, SQL_plan_insert, why, INTEGER(order_id), INTEGER(version), TEXT(delivery),
                  INTEGER(class), INTEGER(worth_minor)));
    TRY(store_query(store, SQL_plan_needs, &needs, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&needs, why)) == DONE) {
        TRY(add_need(store, order_id, &needs, why));
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
plan_grow(struct store *store, int64_t order_id, int64_t version, struct fault *why)
{
    OWNED(rows) needs = {0};
    enum outcome outcome;
    TRY(store_run(store, SQL_plan_grow, why, INTEGER(version), INTEGER(order_id)));
    TRY(store_query(store, SQL_plan_needs, &needs, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&needs, why)) == DONE) {
        TRY(add_need(store, order_id, &needs, why));
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
plan_promise_get(struct store *store, int64_t order_id, struct plan_promise *promise,
                 struct fault *why)
{
    OWNED(rows) rows = {0};
    *promise = (struct plan_promise){DAY_NONE, DAY_NONE};
    TRY(store_query(store, SQL_plan_promise_get, &rows, why, INTEGER(order_id)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        *promise = (struct plan_promise){read_day(&rows, 0), read_day(&rows, 1)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
plan_promise_put(struct store *store, int64_t order_id, const struct plan_promise *promise,
                 struct fault *why)
{
    return store_run(store, SQL_plan_promise_put, why, INTEGER_OR_NULL(promise->first, DAY_NONE),
                     INTEGER_OR_NULL(promise->last, DAY_NONE), INTEGER(order_id));
}

enum outcome
plan_version(struct store *store, int64_t order_id, int64_t *version, struct fault *why)
{
    return store_number(store, SQL_plan_version, 0, version, why, INTEGER(order_id));
}

enum outcome
plan_set_due(struct store *store, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_plan_set_due, why, INTEGER(order_id));
}

enum outcome
plan_done(struct store *store, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_plan_done, why, INTEGER(order_id));
}

enum outcome
plan_delete(struct store *store, int64_t order_id, struct fault *why)
{
    TRY(store_run(store, SQL_plan_lines_delete, why, INTEGER(order_id)));
    return store_run(store, SQL_plan_delete, why, INTEGER(order_id));
}

enum outcome
plan_product_due(struct store *store, const char *sku, struct fault *why)
{
    return store_run(store, SQL_plan_product_due, why, TEXT(sku));
}

enum outcome
plan_product_next(struct store *store, struct arena *arena, const char **sku, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_plan_products_due, &rows, why));
    TRY(rows_next(&rows, why));
    *sku = rows_copy(&rows, 0, arena);
    return DONE;
}

enum outcome
plan_product_done(struct store *store, const char *sku, struct fault *why)
{
    TRY(store_run(store, SQL_plan_orders_due, why, TEXT(sku)));
    return store_run(store, SQL_plan_product_done, why, TEXT(sku));
}

enum outcome
plan_begin(struct store *store, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_plan_begun, &rows, why));
    const enum outcome begun = rows_next(&rows, why);
    return begun == NONE ? store_run_bare(store, SQL_plan_begin, why) : begun;
}

enum outcome
plan_next(struct store *store, struct arena *arena, struct plan_order **orders, size_t *count,
          struct fault *why)
{
    OWNED(rows) rows = {0};
    struct plan_order *list = arena_array(arena, struct plan_order, PLAN_BATCH);
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_plan_next, &rows, why, INTEGER(PLAN_BATCH)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int approval =
            name_index(rows_text(&rows, 4), approval_state_names, APPROVAL_STATE_COUNT);
        const int fulfilment =
            name_index(rows_text(&rows, 5), fulfilment_state_names, FULFILMENT_STATE_COUNT);
        const int payment =
            name_index(rows_text(&rows, 6), payment_state_names, PAYMENT_STATE_COUNT);
        const int delivery =
            name_index(rows_text(&rows, 7), delivery_rule_names, DELIVERY_RULE_COUNT);
        assert(approval >= 0 && fulfilment >= 0 && payment >= 0 && delivery >= 0);
        list[(*count)++] = (struct plan_order){
            .order_id = rows_integer(&rows, 0),
            .version = rows_integer(&rows, 1),
            .partner = rows_copy(&rows, 2, arena),
            .number = rows_copy(&rows, 3, arena),
            .approval = (enum approval_state)approval,
            .fulfilment = (enum fulfilment_state)fulfilment,
            .payment = (enum payment_state)payment,
            .delivery = (enum delivery_rule)delivery,
            .promised = read_day(&rows, 8),
            .place = rows_integer(&rows, 9),
            .country = rows_copy(&rows, 10, arena),
            .region = rows_copy(&rows, 11, arena),
            .class = rows_integer(&rows, 12),
            .was_planned = rows_integer(&rows, 13) != 0,
        };
    }
    *orders = list;
    return outcome == NONE ? DONE : outcome;
}

/* ---- their lines ---- */

enum outcome
plan_lines(struct store *store, int64_t order_id, struct arena *arena, struct plan_line **lines,
           size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct plan_line *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_plan_lines, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = (struct plan_line){
            .ordinal = rows_integer(&rows, 0),
            .part = rows_integer(&rows, 1),
            .sku = rows_copy(&rows, 2, arena),
            .unit_micros = rows_integer(&rows, 3),
            .needed_micros = rows_integer(&rows, 4),
            .cancelled_micros = rows_integer(&rows, 5),
            .released_micros = rows_integer(&rows, 6),
            .shipped_micros = rows_integer(&rows, 7),
            .promised = read_day(&rows, 8),
            .number = rows_copy(&rows, 9, arena),
            .unit = rows_copy(&rows, 10, arena),
            .quantity_micros = rows_integer(&rows, 11),
        };
    }
    *lines = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
plan_line_moved(struct store *store, int64_t order_id, const struct plan_line *line,
                struct fault *why)
{
    return store_run(store, SQL_plan_line_moved, why, INTEGER(line->cancelled_micros),
                     INTEGER(line->released_micros), INTEGER(line->shipped_micros),
                     INTEGER(order_id), INTEGER(line->ordinal), INTEGER(line->part));
}

enum outcome
plan_line_told(struct store *store, int64_t order_id, const struct plan_line *line,
               int32_t ship_day, const char *trace, struct fault *why)
{
    return store_run(store, SQL_plan_line_told, why, INTEGER_OR_NULL(ship_day, DAY_NONE),
                     INTEGER_OR_NULL(line->promised, DAY_NONE), TEXT(trace), INTEGER(order_id),
                     INTEGER(line->ordinal), INTEGER(line->part));
}

enum outcome
plan_promised(struct store *store, int64_t order_id, int32_t promised, struct fault *why)
{
    return store_run(store, SQL_plan_promised, why, INTEGER_OR_NULL(promised, DAY_NONE),
                     INTEGER(order_id));
}

/* ---- what they have been promised ---- */

static struct allocation
read_allocation(const struct rows *rows, int first, int64_t order_id, struct arena *arena)
{
    return (struct allocation){.order_id = order_id,
                               .ordinal = rows_integer(rows, first),
                               .part = rows_integer(rows, first + 1),
                               .source = rows_copy(rows, first + 2, arena),
                               .warehouse = rows_copy(rows, first + 3, arena),
                               .reference = rows_copy(rows, first + 4, arena),
                               .sku = rows_copy(rows, first + 5, arena),
                               .quantity_micros = rows_integer(rows, first + 6),
                               .day = (int32_t)rows_integer(rows, first + 7),
                               .start_day = read_day(rows, first + 8),
                               .is_firm = rows_integer(rows, first + 9) != 0};
}

enum outcome
plan_allocations(struct store *store, int64_t order_id, struct arena *arena,
                 struct allocation **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct allocation *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_plan_allocations, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = read_allocation(&rows, 0, order_id, arena);
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
plan_claims(struct store *store, const char *sku, struct arena *arena, struct allocation **items,
            size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct allocation *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_plan_claims, &rows, why, TEXT(sku)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = read_allocation(&rows, 1, rows_integer(&rows, 0), arena);
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
reserve(struct store *store, const struct allocation *item, int64_t quantity_micros,
        struct fault *why)
{
    if (strcmp(item->source, ALLOCATION_STOCK) == 0) {
        return store_run(store, SQL_plan_reserve_stock, why, INTEGER(quantity_micros),
                         TEXT(item->warehouse), TEXT(item->sku));
    }
    return strcmp(item->source, ALLOCATION_RECEIPT) == 0
               ? store_run(store, SQL_plan_reserve_receipt, why, INTEGER(quantity_micros),
                           TEXT(item->warehouse), TEXT(item->sku), TEXT(item->reference))
               : DONE;
}

enum outcome
plan_allocate(struct store *store, const struct allocation *item, struct fault *why)
{
    assert(item->quantity_micros > 0);
    TRY(store_run(store, SQL_plan_allocate, why, INTEGER(item->order_id), INTEGER(item->ordinal),
                  INTEGER(item->part), TEXT(item->source), TEXT(item->warehouse),
                  TEXT(item->reference), TEXT(item->sku), INTEGER(item->quantity_micros),
                  INTEGER(item->day), INTEGER_OR_NULL(item->start_day, DAY_NONE),
                  INTEGER(item->is_firm)));
    return reserve(store, item, item->quantity_micros, why);
}

enum outcome
plan_unallocate(struct store *store, const struct allocation *item, int64_t quantity_micros,
                struct fault *why)
{
    assert(quantity_micros <= item->quantity_micros);
    TRY(reserve(store, item, -quantity_micros, why));
    if (quantity_micros < item->quantity_micros) {
        return store_run(store, SQL_plan_allocation_reduce, why, INTEGER(quantity_micros),
                         INTEGER(item->order_id), INTEGER(item->ordinal), INTEGER(item->part),
                         TEXT(item->source), TEXT(item->warehouse), TEXT(item->reference),
                         TEXT(item->sku), INTEGER(item->is_firm));
    }
    if (strcmp(item->source, ALLOCATION_MAKE) == 0) {
        TRY(store_run(store, SQL_plan_load_drop, why, INTEGER(item->order_id),
                      INTEGER(item->ordinal), INTEGER(item->part), TEXT(item->reference),
                      INTEGER(item->is_firm)));
    }
    return store_run(store, SQL_plan_allocation_delete, why, INTEGER(item->order_id),
                     INTEGER(item->ordinal), INTEGER(item->part), TEXT(item->source),
                     TEXT(item->warehouse), TEXT(item->reference), TEXT(item->sku),
                     INTEGER(item->is_firm));
}

enum outcome
plan_make_firm(struct store *store, const struct allocation *item, struct fault *why)
{
    struct allocation soft = *item;
    struct allocation firm = *item;
    soft.is_firm = false;
    firm.is_firm = true;
    if (strcmp(item->source, ALLOCATION_MAKE) == 0) {
        TRY(store_run(store, SQL_plan_load_firm, why, INTEGER(item->order_id),
                      INTEGER(item->ordinal), INTEGER(item->part), TEXT(item->reference)));
    }
    TRY(plan_unallocate(store, &soft, soft.quantity_micros, why));
    return plan_allocate(store, &firm, why);
}

enum outcome
plan_made_on(struct store *store, const struct allocation *made, struct fault *why)
{
    return store_run(store, SQL_plan_made_on, why, INTEGER(made->day), INTEGER(made->order_id),
                     INTEGER(made->ordinal), INTEGER(made->part), TEXT(made->warehouse),
                     TEXT(made->reference));
}

enum outcome
plan_released(struct store *store, int64_t release_id, struct arena *arena,
              struct allocation **items, int64_t **own_micros, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct allocation *list = NULL;
    int64_t *own = NULL;
    size_t capacity = 0;
    size_t own_capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_plan_released, &rows, why, INTEGER(release_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        own = arena_grow(arena, own, sizeof *own, *count, &own_capacity);
        own[*count] = rows_integer(&rows, 11);
        list[(*count)++] = read_allocation(&rows, 1, rows_integer(&rows, 0), arena);
    }
    *items = list;
    *own_micros = own;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
plan_is_refused(struct store *store, int64_t order_id, const char *warehouse, bool *is_refused,
                struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_plan_is_refused, &rows, why, INTEGER(order_id), TEXT(warehouse)));
    TRY(rows_next(&rows, why));
    *is_refused = rows_integer(&rows, 0) != 0;
    return DONE;
}

enum outcome
plan_is_unmade(struct store *store, const struct allocation *need, int64_t version, bool *is_unmade,
               struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_plan_is_unmade, &rows, why, INTEGER(need->order_id),
                    INTEGER(version), INTEGER(need->ordinal), INTEGER(need->part), TEXT(need->sku),
                    TEXT(need->reference)));
    TRY(rows_next(&rows, why));
    *is_unmade = rows_integer(&rows, 0) != 0;
    return DONE;
}

enum outcome
plan_mend(struct store *store, const char *warehouse, const char *sku, struct fault *why)
{
    TRY(store_run(store, SQL_plan_mend_stock, why, TEXT(sku), TEXT(warehouse)));
    return store_run(store, SQL_plan_mend_receipts, why, TEXT(sku), TEXT(warehouse));
}

/* ---- who has been promised ---- */

enum outcome
plan_holders(struct store *store, const char *sku, size_t max, struct arena *arena,
             struct plan_holder **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct plan_holder *list = arena_array(arena, struct plan_holder, max);
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_plan_holders, &rows, why, TEXT(sku), INTEGER(max)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list[(*count)++] = (struct plan_holder){.order_id = rows_integer(&rows, 5),
                                                .partner = rows_copy(&rows, 0, arena),
                                                .number = rows_copy(&rows, 1, arena),
                                                .quantity_micros = rows_integer(&rows, 2),
                                                .promised = read_day(&rows, 3),
                                                .class = rows_integer(&rows, 4)};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
plan_loads(struct store *store, const char *plant, int32_t from, struct arena *arena,
           struct plan_load **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct plan_load *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_plan_loads, &rows, why, TEXT(plant), INTEGER(from)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] =
            (struct plan_load){(int32_t)rows_integer(&rows, 0), rows_integer(&rows, 1)};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
plan_load_add(struct store *store, const struct allocation *made, const struct plan_load *load,
              struct fault *why)
{
    return store_run(store, SQL_plan_load_add, why, INTEGER(made->order_id), INTEGER(made->ordinal),
                     INTEGER(made->part), TEXT(made->reference), INTEGER(load->day),
                     INTEGER(load->load_micros));
}

/* ---- releases ---- */

enum outcome
release_add(struct store *store, int64_t order_id, int64_t version, const struct release *release,
            int64_t released_ms, int64_t *id, struct fault *why)
{
    TRY(store_run(store, SQL_release_insert, why, INTEGER(order_id), INTEGER(version),
                  TEXT(release->warehouse), INTEGER(release->line_count == 0),
                  INTEGER(released_ms)));
    *id = store_last_id(store);
    for (size_t index = 0; index < release->line_count; index++) {
        TRY(store_run(store, SQL_release_line_insert, why, INTEGER(*id),
                      INTEGER(release->lines[index].ordinal),
                      INTEGER(release->lines[index].quantity_micros)));
    }
    return DONE;
}
