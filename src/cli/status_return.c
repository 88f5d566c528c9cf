#include "cli/status.h"

#include "base/date.h"
#include "store/store.h"
#include "store/store_view.h"

static void
add(struct status *status, const char *what, int64_t count, int64_t since_ms, enum message said,
    const char *command)
{
    struct cli *cli = status->cli;
    if (count > 0) {
        status_add(status, &(struct item){what, "", count, since_ms,
                                          cli_phrase(cli, said, cli_integer(cli, count),
                                                     cli_integer(cli, STATUS_RETURN_DAYS)),
                                          status_command(cli, command)});
    }
}

enum outcome
status_returns(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    TRY(store_query(cli->store, SQL_view_status_returns, &rows, why,
                    INTEGER(moment_day(cli->as_of_ms) + STATUS_RETURN_DAYS)));
    TRY(rows_next(&rows, why));
    add(status, "return-asked", rows_integer(&rows, 0), rows_integer_or(&rows, 1, 0),
        M_STATUS_RETURN_ASKED, "return list --open");
    add(status, "return-waiting", rows_integer(&rows, 3), rows_integer_or(&rows, 4, 0),
        M_STATUS_RETURN_WAITING, "return list --overdue");
    add(status, "return-ending", rows_integer(&rows, 2), 0, M_STATUS_RETURN_ENDING,
        "return list --overdue");
    return DONE;
}
