#include "store/store_stock.h"

#include "store/store.h"
#include "store/store_promotion.h"

enum { NEEDS_BYTES_MAX = 64 * 1024 * 1024 };

enum outcome
stock_need_add(struct store *store, int64_t order_id, int64_t version,
               const struct stock_need *need, struct fault *why)
{
    return store_run(store, SQL_stock_need_insert, why, INTEGER(order_id), INTEGER(version),
                     TEXT(need->sku), INTEGER(need->quantity_micros));
}

enum outcome
stock_needs(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
            struct stock_need **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct stock_need *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_stock_needs, &rows, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = (struct stock_need){rows_copy(&rows, 0, arena), rows_integer(&rows, 1),
                                               rows_integer(&rows, 2)};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
stock_promise(struct store *store, int64_t order_id, int64_t version, struct fault *why)
{
    TRY(store_run(store, SQL_stock_promise_count, why, INTEGER(order_id), INTEGER(version)));
    return store_run(store, SQL_stock_promise_note, why, INTEGER(order_id), INTEGER(version));
}

enum outcome
stock_give_back(struct store *store, int64_t order_id, int64_t version, struct fault *why)
{
    OWNED(arena) arena;
    struct stock_need *needs = NULL;
    size_t count = 0;
    arena_init(&arena, NEEDS_BYTES_MAX);
    TRY(stock_needs(store, order_id, version, &arena, &needs, &count, why));
    for (size_t index = 0; index < count; index++) {
        if (needs[index].stock_version != 0) {
            TRY(promotion_give(store, needs[index].sku, -needs[index].quantity_micros,
                               needs[index].stock_version, why));
        }
    }
    return count == 0
               ? DONE
               : store_run(store, SQL_stock_needs_delete, why, INTEGER(order_id), INTEGER(version));
}

enum outcome
stock_held(struct store *store, int64_t list_id, struct arena *arena, int64_t **order_ids,
           size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    int64_t *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_stock_held, &rows, why, INTEGER(list_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = rows_integer(&rows, 0);
    }
    *order_ids = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
stock_looked(struct store *store, int64_t order_id, const char *reason, const char *trace,
             int64_t list_id, struct fault *why)
{
    return store_run(store, SQL_stock_looked, why, TEXT(reason), TEXT(trace), INTEGER(list_id),
                     INTEGER(order_id));
}
