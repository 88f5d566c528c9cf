#include "cli/status.h"

#include "base/decimal.h"
#include "order/order.h"
#include "store/store_view.h"

/* Products of which more has left than anybody told of. */
enum outcome
status_stock(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    enum outcome outcome;
    int64_t left = 0;
    TRY(store_query_bare(cli->store, SQL_view_status_stock, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        char text[DECIMAL_TEXT_SIZE];
        const char *warehouse = rows_copy(&rows, 0, &cli->arena);
        const char *sku = rows_copy(&rows, 1, &cli->arena);
        const struct item item = {
            "stock-below",
            warehouse,
            1,
            0,
            cli_phrase(cli, M_STATUS_STOCK_BELOW, warehouse, sku,
                       decimal_format(text, rows_integer(&rows, 2), MICROS_PLACES, 0)),
            status_command(cli, arena_format(&cli->arena, "stock show '%s'", sku))};
        left = (left == 0 ? rows_integer(&rows, 3) : left) - 1;
        status_add(status, &item);
    }
    if (outcome == NONE && left > 0) {
        const struct item rest = {
            "stock-below-more",
            "",
            left,
            0,
            cli_phrase(cli, M_STATUS_STOCK_BELOW_MORE, cli_integer(cli, left)),
            ""};
        status_add(status, &rest);
    }
    return outcome == NONE ? DONE : outcome;
}
