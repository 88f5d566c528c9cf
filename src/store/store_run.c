#include "store/store_run.h"

#include "store/store.h"

enum outcome
store_run_begin(struct store *store, int64_t as_of_ms, int64_t started_ms, int64_t *id,
                struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(store, &tx, why));
    TRY(store_run(store, SQL_run_insert, why, INTEGER(as_of_ms), INTEGER(started_ms)));
    const int64_t inserted = store_last_id(store);
    TRY(store_run(store, SQL_run_forget, why, INTEGER(inserted - RUN_ROWS_KEPT)));
    TRY(store_commit(&tx, why));
    *id = inserted;
    return DONE;
}

enum outcome
store_run_finish(struct store *store, const struct run_row *row, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(store, &tx, why));
    TRY(store_run(store, SQL_run_finish, why, INTEGER(row->finished_ms), INTEGER(row->exit_code),
                  TEXT(row->summary), INTEGER(row->id)));
    return store_commit(&tx, why);
}

enum outcome
store_run_last(struct store *store, struct arena *arena, struct run_row *row, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_run_last, &rows, why));
    TRY(rows_next(&rows, why));
    row->id = rows_integer(&rows, 0);
    row->as_of_ms = rows_integer(&rows, 1);
    row->started_ms = rows_integer(&rows, 2);
    row->finished_ms = rows_integer_or(&rows, 3, 0);
    row->exit_code = rows_integer_or(&rows, 4, 0);
    row->summary = rows_copy(&rows, 5, arena);
    return DONE;
}
