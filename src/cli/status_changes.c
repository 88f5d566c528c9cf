#include "cli/status.h"

#include "base/date.h"
#include "store/store_view.h"

/* Changes of orders that somebody must decide about; the first ones. */
enum outcome
status_changes(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    struct arena *arena = &cli->arena;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_changes, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        char day[DATE_TEXT_SIZE];
        const char *partner = rows_copy(&rows, 0, arena);
        const char *order = arena_format(arena, "%s/%s", partner, rows_text(&rows, 1));
        const char *change = rows_copy(&rows, 2, arena);
        const struct item item = {
            "change",
            partner,
            1,
            rows_integer(&rows, 3),
            rows_is_null(&rows, 4) ? cli_phrase(cli, M_STATUS_CHANGE, order, change)
                                   : cli_phrase(cli, M_STATUS_CHANGE_UNTIL, order, change,
                                                day_format(day, (int32_t)rows_integer(&rows, 4))),
            status_command(cli,
                           arena_format(arena, "order amend '%s' --change '%s' --decide accept",
                                        order, change))};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}
