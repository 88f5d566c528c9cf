/* purser order late: open orders that will come too late, or may, the worst first. */
#include "cli/command.h"
#include "cli/view.h"

static const struct view_column columns[] = {
    {NULL, VIEW_PATH, 0, 1, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 0, 0, VIEW_HIDDEN},
    {"number", VIEW_TEXT, 1, 0, VIEW_HIDDEN},
    {"state", VIEW_HEADLINE, 2, 3, M_COLUMN_STATE},
    {"grade", VIEW_GRADE, 5, 0, M_COLUMN_DELAY},
    {"cause", VIEW_DELAY, 6, 0, M_COLUMN_CAUSE},
    {"promised", VIEW_DAY, 7, 0, M_COLUMN_PROMISED},
    {"first_promised", VIEW_DAY, 8, 0, VIEW_BELOW(M_COLUMN_FIRST_PROMISED)},
    {"expected", VIEW_MOMENT, 9, 0, M_COLUMN_EXPECTED_NOW},
    {"expected_latest", VIEW_MOMENT, 10, 0, M_COLUMN_EXPECTED_LATEST},
    {"since", VIEW_MOMENT, 11, 0, M_COLUMN_SINCE},
};
static const struct view late_view = VIEW(SQL_view_orders_late, "orders", VIEW_HIDDEN, columns);

enum outcome
cmd_order_late(struct cli *cli, struct fault *why)
{
    size_t count = 0;
    int64_t limit = 0;
    struct json json;
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "order.late");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &late_view, &count, why,
                  TEXT(option_text(cli, OPTION_PARTNER, "")), INTEGER(limit)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, cli->config.delay.is_on ? M_ORDER_LATE_NONE : M_ORDER_LATE_OFF);
    }
    return DONE;
}
