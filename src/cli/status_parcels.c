#include "cli/status.h"

#include "base/date.h"
#include "base/text.h"
#include "store/store_view.h"

#include <string.h>

/* Parcels that no carrier has told anything of for long. */
static enum outcome
add_silent(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    const int64_t hours = cli->config.silent_parcel_hours;
    enum outcome outcome;
    if (hours == 0) {
        return DONE;
    }
    TRY(store_query(cli->store, SQL_view_status_silent, &rows, why,
                    INTEGER(cli->as_of_ms - hours * (DAY_MS / 24))));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *carrier = rows_copy(&rows, 0, &cli->arena);
        const int64_t count = rows_integer(&rows, 1);
        const struct item item = {"parcel-silent",
                                  carrier,
                                  count,
                                  rows_integer(&rows, 2),
                                  cli_phrase(cli, M_STATUS_SILENT, cli_integer(cli, count), carrier,
                                             cli_integer(cli, hours)),
                                  status_command(cli, "order list --state shipped")};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}

/* Codes of carriers that the list does not name. */
static enum outcome
add_codes(struct status *status, struct fault *why)
{
    enum { CODE_SHOWN_MAX = 80 };
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_codes, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *carrier = rows_copy(&rows, 0, &cli->arena);
        const char *code = rows_text(&rows, 1);
        const int64_t count = rows_integer(&rows, 2);
        const struct item item = {
            "code-unknown",
            carrier,
            count,
            rows_integer(&rows, 3),
            cli_phrase(cli, M_STATUS_CODE, carrier,
                       text_show(&cli->arena, code, strlen(code), CODE_SHOWN_MAX),
                       cli_integer(cli, count)),
            ""};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
status_parcels(struct status *status, struct fault *why)
{
    TRY(add_silent(status, why));
    return add_codes(status, why);
}
