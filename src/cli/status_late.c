#include "cli/status.h"

#include "base/date.h"
#include "order/delay_words.h"
#include "store/store_view.h"

enum { LATE_SHOWN_MAX = 5 };

/* How many there are of each grade. */
static enum outcome
add_counts(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_late_count, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *grade = rows_copy(&rows, 0, &cli->arena);
        const int64_t count = rows_integer(&rows, 1);
        const struct item item = {arena_format(&cli->arena, "order-%s", grade),
                                  "",
                                  count,
                                  rows_integer(&rows, 2),
                                  cli_phrase(cli, M_STATUS_LATE,
                                             delay_grade_words(grade, cli->language),
                                             cli_integer(cli, count)),
                                  status_command(cli, "order late")};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}

static void
add_order(struct status *status, const struct rows *rows)
{
    struct cli *cli = status->cli;
    char day[DATE_TEXT_SIZE];
    const char *partner = rows_copy(rows, 0, &cli->arena);
    const char *order = arena_format(&cli->arena, "%s/%s", partner, rows_text(rows, 1));
    const char *cause = rows_copy(rows, 6, &cli->arena);
    const struct item item = {
        "order-late-worst",
        partner,
        1,
        rows_integer(rows, 11),
        cli_phrase(cli, M_STATUS_LATE_ORDER, order,
                   delay_grade_words(rows_text(rows, 5), cli->language),
                   delay_cause_words(cause, cli->language),
                   day_format(day, (int32_t)rows_integer(rows, 7))),
        status_command(cli, arena_format(&cli->arena, "order track '%s'", order))};
    status_add(status, &item);
}

enum outcome
status_late(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    enum outcome outcome;
    if (!cli->config.delay.is_on) {
        return DONE;
    }
    TRY(add_counts(status, why));
    TRY(store_query(cli->store, SQL_view_orders_late, &rows, why, TEXT(""),
                    INTEGER(LATE_SHOWN_MAX)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        add_order(status, &rows);
    }
    return outcome == NONE ? DONE : outcome;
}
