#include "store/store_pending.h"

#include "base/date.h"
#include "order/order.h"
#include "store/store.h"

const char *const pending_state_names[PENDING_STATE_COUNT] = {
    [PENDING_OPEN] = "open",
    [PENDING_ACCEPTED] = "accepted",
    [PENDING_REJECTED] = "rejected",
    [PENDING_EXPIRED] = "expired",
};

enum outcome
pending_add(struct store *store, const struct pending_change *pending, int64_t at_ms,
            struct fault *why)
{
    return store_run(store, SQL_pending_insert, why, INTEGER(pending->order_id),
                     INTEGER(pending->number), INTEGER(pending->request_id), INTEGER(at_ms),
                     INTEGER_OR_NULL(pending->expires, DAY_NONE));
}

static enum outcome
read_all(struct rows *rows, struct arena *arena, struct pending_change **items, size_t *count,
         struct fault *why)
{
    enum outcome outcome;
    size_t capacity = 0;
    *items = NULL;
    *count = 0;
    while ((outcome = rows_next(rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct pending_change){
            .order_id = rows_integer(rows, 0),
            .number = rows_integer(rows, 1),
            .request_id = rows_integer(rows, 2),
            .interchange_id = rows_integer_or(rows, 3, 0),
            .change_number = rows_copy(rows, 4, arena),
            .name = rows_copy(rows, 5, arena),
            .partner = rows_copy(rows, 6, arena),
            .order_number = rows_copy(rows, 7, arena),
            .expires = (int32_t)rows_integer_or(rows, 8, DAY_NONE),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
pending_of_order(struct store *store, int64_t order_id, struct arena *arena,
                 struct pending_change **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_pending_of_order, &rows, why, INTEGER(order_id)));
    return read_all(&rows, arena, items, count, why);
}

enum outcome
pending_list(struct store *store, struct arena *arena, struct pending_change **items, size_t *count,
             struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_pending_list, &rows, why));
    return read_all(&rows, arena, items, count, why);
}

enum outcome
pending_close(struct store *store, const struct pending_change *pending,
              const struct pending_end *end, struct fault *why)
{
    return store_run(store, SQL_pending_close, why, TEXT(pending_state_names[end->state]),
                     INTEGER(end->at_ms), TEXT(end->actor), TEXT(end->reason),
                     INTEGER(pending->order_id), INTEGER(pending->number));
}
