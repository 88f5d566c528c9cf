#include "cli/status.h"

#include "base/date.h"
#include "base/text.h"
#include "store/store_view.h"

#include <string.h>

enum { REASON_SHOWN_MAX = 200 };

/* Statements over releases and over production have the same columns: who, number, whose order,
 * its number, state, since when, and at the end the reason. */
struct stuck {
    enum statement statement;
    enum statement counted;
    const char *late;    /* the first of the two states that there are */
    const char *what[2]; /* of that one, and of 'refused' */
    enum message said[2];
    const char *more;
    enum message said_more;
    int reason;          /* column */
    const char *command; /* and who, and the number; NULL: the order is shown */
};

static const char *
reason_of(struct cli *cli, const char *text)
{
    return text[0] == '\0'
               ? ""
               : arena_format(&cli->arena, ": %s",
                              text_show(&cli->arena, text, strlen(text), REASON_SHOWN_MAX));
}

static void
add_stuck(struct status *status, const struct stuck *stuck, const struct rows *rows)
{
    struct cli *cli = status->cli;
    struct arena *arena = &cli->arena;
    const bool is_refused = strcmp(rows_text(rows, 4), stuck->late) != 0;
    const char *who = rows_copy(rows, 0, arena);
    const char *number = cli_integer(cli, rows_integer(rows, 1));
    const char *order = arena_format(arena, "%s/%s", rows_text(rows, 2), rows_text(rows, 3));
    const struct item item = {
        stuck->what[is_refused],
        who,
        1,
        rows_integer(rows, 5),
        cli_phrase(cli, stuck->said[is_refused], who, number, order,
                   reason_of(cli, rows_text(rows, stuck->reason))),
        status_command(cli, stuck->command == NULL
                                ? arena_format(arena, "order show '%s'", order)
                                : arena_format(arena, "%s %s %s", stuck->command, who, number))};
    status_add(status, &item);
}

/* The oldest are shown, and how many more there are. */
static enum outcome
add_all_stuck(struct status *status, const struct stuck *stuck, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    int64_t shown = 0;
    int64_t all = 0;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, stuck->statement, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        add_stuck(status, stuck, &rows);
        shown++;
    }
    if (outcome != NONE) {
        return outcome;
    }
    TRY(store_number_values(cli->store, stuck->counted, NULL, 0, 0, &all, why));
    const struct item item = {stuck->more,
                              "",
                              all - shown,
                              0,
                              cli_phrase(cli, stuck->said_more, cli_integer(cli, all - shown), ""),
                              ""};
    if (all > shown) {
        status_add(status, &item);
    }
    return DONE;
}

/* Releases that their warehouse has not said a word about for long, though it uses to (or orders
 * are planned). */
static enum outcome
add_silent(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    const int64_t hours = cli->config.silent_release_hours;
    enum outcome outcome;
    if (hours == 0) {
        return DONE;
    }
    TRY(store_query(cli->store, SQL_view_status_release_silent, &rows, why,
                    INTEGER(cli->as_of_ms - hours * (DAY_MS / 24)),
                    INTEGER(cli->config.planning.is_on)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *warehouse = rows_copy(&rows, 0, &cli->arena);
        const int64_t count = rows_integer(&rows, 1);
        const struct item item = {"release-silent",
                                  warehouse,
                                  count,
                                  rows_integer(&rows, 2),
                                  cli_phrase(cli, M_STATUS_RELEASE_SILENT, cli_integer(cli, count),
                                             warehouse, cli_integer(cli, hours)),
                                  status_command(cli, "order list --state released")};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}

/* Notices that wait for their answer, the oldest first. */
static enum outcome
add_stops(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    int64_t shown = 0;
    int64_t all = 0;
    enum outcome outcome;
    TRY(store_query(cli->store, SQL_view_status_stops, &rows, why, INTEGER(cli->as_of_ms)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *who = rows_copy(&rows, 0, &cli->arena);
        const bool is_overdue =
            rows_integer(&rows, 6) != 0 && rows_integer(&rows, 5) >= cli->config.stop_reminders;
        const struct item item = {
            is_overdue ? "stop-overdue" : "stop-asked",
            who,
            1,
            rows_integer(&rows, 4),
            cli_phrase(cli, is_overdue ? M_STATUS_STOP_OVERDUE : M_STATUS_STOP_ASKED, who,
                       cli_integer(cli, rows_integer(&rows, 1)),
                       arena_format(&cli->arena, "%s/%s", rows_text(&rows, 2), rows_text(&rows, 3)),
                       cli_integer(cli, rows_integer(&rows, 5))),
            status_command(cli, "stop list --open")};
        status_add(status, &item);
        shown++;
    }
    if (outcome != NONE) {
        return outcome;
    }
    TRY(store_number_values(cli->store, SQL_view_status_stops_count, NULL, 0, 0, &all, why));
    const struct item more = {
        "stop-more",
        "",
        all - shown,
        0,
        cli_phrase(cli, M_STATUS_STOPS_MORE, cli_integer(cli, all - shown), ""),
        status_command(cli, "stop list --open")};
    if (all > shown) {
        status_add(status, &more);
    }
    return DONE;
}

enum outcome
status_progress(struct status *status, struct fault *why)
{
    static const struct stuck releases = {SQL_view_status_releases,
                                          SQL_view_status_releases_count,
                                          "short",
                                          {"release-short", "release-refused"},
                                          {M_STATUS_RELEASE_SHORT, M_STATUS_RELEASE_REFUSED},
                                          "release-more",
                                          M_STATUS_RELEASES_MORE,
                                          6,
                                          NULL};
    static const struct stuck production = {SQL_view_status_production,
                                            SQL_view_status_production_count,
                                            "late",
                                            {"production-late", "production-refused"},
                                            {M_STATUS_PRODUCTION_LATE, M_STATUS_PRODUCTION_REFUSED},
                                            "production-more",
                                            M_STATUS_PRODUCTION_MORE,
                                            7,
                                            "production show"};
    TRY(add_all_stuck(status, &releases, why));
    TRY(add_silent(status, why));
    TRY(add_all_stuck(status, &production, why));
    return add_stops(status, why);
}
