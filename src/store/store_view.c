#include "store/store_view.h"

enum outcome
view_find_order(struct store *store, const char *partner, const char *number, int64_t *order_id,
                struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_view_order_find, &rows, why, TEXT(partner), TEXT(number)));
    TRY(rows_next(&rows, why));
    const int64_t id = rows_integer(&rows, 0);
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        return fail_as(why, FAULT_USAGE,
                       "several partners have an order %s: say PARTNER/%s, for instance %s/%s",
                       number, number, rows_text(&rows, 1), number);
    }
    if (outcome != NONE) {
        return outcome;
    }
    *order_id = id;
    return DONE;
}

enum outcome
view_find_file(struct store *store, const char *partner, const char *name, int64_t *interchange_id,
               struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_view_file_find, &rows, why, TEXT(partner), TEXT(name)));
    TRY(rows_next(&rows, why));
    *interchange_id = rows_integer(&rows, 0);
    return DONE;
}

enum outcome
view_file_again(struct store *store, const struct arrival_again *arrival, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(store, &tx, why));
    TRY(store_run(store, SQL_view_file_again, why, TEXT(arrival->partner), TEXT(arrival->mailbox),
                  BYTES(arrival->name, arrival->name_size), INTEGER(arrival->remote_size),
                  INTEGER(arrival->remote_mtime_s), TEXT(arrival->spool), INTEGER(arrival->size),
                  TEXT(arrival->sha256), INTEGER(arrival->arrived_ms),
                  arrival->mapping[0] == '\0' ? NOTHING : TEXT(arrival->mapping),
                  INTEGER(arrival->turn)));
    const int64_t changes = store_changes(store);
    TRY(store_commit(&tx, why));
    return changes == 0 ? NONE : DONE;
}
