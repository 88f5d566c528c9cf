#include "store/store_awaiting.h"

#include "store/store.h"

enum outcome
awaiting_put(struct store *store, const struct awaiting *awaiting, struct fault *why)
{
    return store_run(store, SQL_awaiting_put, why, INTEGER(awaiting->order_id),
                     INTEGER(awaiting->since_ms), TEXT(awaiting->line),
                     TEXT(message_entry(awaiting->code)->id), TEXT(awaiting->tried));
}

enum outcome
awaiting_end(struct store *store, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_awaiting_end, why, INTEGER(order_id));
}

enum outcome
awaiting_next(struct store *store, int64_t after, const char *tried, struct arena *arena,
              struct awaiting_order *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_awaiting_next, &rows, why, INTEGER(after), TEXT(tried)));
    TRY(rows_next(&rows, why));
    *order = (struct awaiting_order){.id = rows_integer(&rows, 0),
                                     .version = rows_integer(&rows, 1),
                                     .interchange_id = rows_integer(&rows, 2),
                                     .partner = rows_copy(&rows, 3, arena),
                                     .since_ms = rows_integer(&rows, 4)};
    return DONE;
}
