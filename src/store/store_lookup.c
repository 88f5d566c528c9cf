#include "store/store_lookup.h"

#include "store/store.h"

enum outcome
lookup_begin(struct store *store, const struct lookup_name *lookup, int64_t interchange_id,
             const char *columns, int64_t *id, struct fault *why)
{
    TRY(store_run(store, SQL_lookup_drop_rows, why, TEXT(lookup->partner), TEXT(lookup->name)));
    TRY(store_run(store, SQL_lookup_drop, why, TEXT(lookup->partner), TEXT(lookup->name)));
    TRY(store_run(store, SQL_lookup_begin, why, TEXT(lookup->partner), TEXT(lookup->name),
                  INTEGER(interchange_id), TEXT(columns)));
    *id = store_last_id(store);
    return DONE;
}

enum outcome
lookup_add(struct store *store, int64_t id, const struct lookup_row *row, bool *is_new,
           struct fault *why)
{
    TRY(store_run(store, SQL_lookup_add, why, INTEGER(id), TEXT(row->key), TEXT(row->cells),
                  INTEGER(row->line)));
    *is_new = store_changes(store) > 0;
    return DONE;
}

enum outcome
lookup_columns(struct store *store, const struct lookup_name *lookup, struct arena *arena,
               const char **columns, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_lookup_columns, &rows, why, TEXT(lookup->partner),
                    TEXT(lookup->name)));
    TRY(rows_next(&rows, why));
    *columns = rows_copy(&rows, 0, arena);
    return DONE;
}

enum outcome
lookup_find(struct store *store, const struct lookup_name *lookup, const char *key,
            struct arena *arena, const char **cells, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_lookup_find, &rows, why, TEXT(lookup->partner), TEXT(lookup->name),
                    TEXT(key)));
    TRY(rows_next(&rows, why));
    *cells = rows_copy(&rows, 0, arena);
    return DONE;
}
