#include "store/store_schedule.h"

/* The first column of the first row, as a text. */
static enum outcome
take_text(struct rows *rows, struct arena *arena, const char **text, struct fault *why)
{
    TRY(rows_next(rows, why));
    *text = rows_copy(rows, 0, arena);
    return DONE;
}

enum outcome
schedule_of_message(struct store *store, const char *partner, int64_t number, struct arena *arena,
                    const char **schedule, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_schedule_of_message, &rows, why, TEXT(partner), INTEGER(number)));
    return take_text(&rows, arena, schedule, why);
}

enum outcome
schedule_of_file(struct store *store, int64_t file_id, struct arena *arena, const char **schedule,
                 struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_schedule_of_file, &rows, why, INTEGER(file_id)));
    return take_text(&rows, arena, schedule, why);
}

enum outcome
schedule_twin(struct store *store, int64_t file_id, struct arena *arena, const char **name,
              struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_schedule_twin, &rows, why, INTEGER(file_id)));
    const enum outcome outcome = take_text(&rows, arena, name, why);
    if (outcome == NONE) {
        *name = "";
        return DONE;
    }
    return outcome;
}

enum outcome
schedule_made(struct store *store, const char *schedule, int32_t first_day, struct arena *arena,
              struct report_row *row, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_schedule_made, &rows, why, TEXT(schedule), INTEGER(first_day)));
    TRY(rows_next(&rows, why));
    *row =
        (struct report_row){schedule, rows_copy(&rows, 0, arena), (int32_t)rows_integer(&rows, 1),
                            (int32_t)rows_integer(&rows, 2), rows_integer(&rows, 3)};
    return DONE;
}

enum outcome
schedule_sent(struct store *store, const char *schedule, int32_t first_day, const char *partner,
              int64_t *file_id, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_schedule_sent, &rows, why, TEXT(partner), TEXT(schedule),
                    INTEGER(first_day)));
    TRY(rows_next(&rows, why));
    *file_id = rows_integer(&rows, 0);
    return DONE;
}
