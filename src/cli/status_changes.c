#include "cli/status.h"

#include "base/date.h"
#include "store/store_view.h"

static const char *
text_of(struct cli *cli, const struct rows *rows, const char *order, const char *change,
        bool is_gone)
{
    char day[DATE_TEXT_SIZE];
    return is_gone                 ? cli_phrase(cli, M_STATUS_CHANGE_GONE, order, change)
           : rows_is_null(rows, 4) ? cli_phrase(cli, M_STATUS_CHANGE, order, change)
                                   : cli_phrase(cli, M_STATUS_CHANGE_UNTIL, order, change,
                                                day_format(day, (int32_t)rows_integer(rows, 4)));
}

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
        const char *partner = rows_copy(&rows, 0, arena);
        const char *order = arena_format(arena, "%s/%s", partner, rows_text(&rows, 1));
        const char *change = rows_copy(&rows, 2, arena);
        const bool is_gone = config_partner(&cli->config, partner) == NULL;
        const char *command =
            arena_format(arena, "order amend '%s' --change '%s' --decide %s", order, change,
                         is_gone ? "reject --reason TEXT" : "accept");
        const struct item item = {.what = "change",
                                  .who = partner,
                                  .count = 1,
                                  .since_ms = rows_integer(&rows, 3),
                                  .text = text_of(cli, &rows, order, change, is_gone),
                                  .command = status_command(cli, command)};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}
