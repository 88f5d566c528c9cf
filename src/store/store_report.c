#include "store/store_report.h"

#include <string.h>

enum outcome
report_first_day(struct store *store, int32_t *day, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_report_first_received, &rows, why));
    TRY(rows_next(&rows, why));
    *day = rows_is_null(&rows, 0) ? DAY_NONE : moment_day(rows_integer(&rows, 0));
    return DONE;
}

enum outcome
report_last_day(struct store *store, const char *schedule, int32_t *day, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_report_last_day, &rows, why, TEXT(schedule)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE || outcome == NONE) {
        *day = outcome == NONE ? DAY_NONE : (int32_t)rows_integer(&rows, 0);
        return DONE;
    }
    return outcome;
}

enum outcome
report_add(struct store *store, const struct report_row *row, int64_t *id, struct fault *why)
{
    TRY(store_run(store, SQL_report_insert, why, TEXT(row->schedule), TEXT(row->report),
                  INTEGER(row->first_day), INTEGER(row->last_day), INTEGER(row->made_ms)));
    if (store_changes(store) == 0) {
        return NONE;
    }
    *id = store_last_id(store);
    return DONE;
}

enum outcome
report_of_file(struct store *store, int64_t file_id, struct arena *arena, struct report_row *row,
               struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_report_of_file, &rows, why, INTEGER(file_id)));
    TRY(rows_next(&rows, why));
    row->report = rows_copy(&rows, 0, arena);
    row->first_day = (int32_t)rows_integer(&rows, 1);
    row->last_day = (int32_t)rows_integer(&rows, 2);
    row->made_ms = rows_integer(&rows, 3);
    return DONE;
}
