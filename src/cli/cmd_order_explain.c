/* purser order explain: when an order can be there, of what, and why not earlier. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"
#include "store/store_plan.h"

static const struct view_column head_columns[] = {
    {NULL, VIEW_PATH, 0, 1, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 0, 0, VIEW_HIDDEN},
    {"number", VIEW_TEXT, 1, 0, VIEW_HIDDEN},
    {"version", VIEW_INTEGER, 2, 0, VIEW_HIDDEN},
    {"state", VIEW_HEADLINE, 3, 4, M_COLUMN_STATE},
    {"promised", VIEW_DAY, 6, 0, M_COLUMN_PROMISED},
    {"first_promised", VIEW_DAY, 7, 0, M_COLUMN_FIRST_PROMISED},
    {"requested_from", VIEW_DAY, 11, 0, VIEW_HIDDEN},
    {"requested_to", VIEW_DAY, 12, 0, VIEW_HIDDEN},
    {"delivery", VIEW_WORD, 8, 0, M_COLUMN_DELIVERY},
    {"class", VIEW_INTEGER, 9, 0, M_COLUMN_CLASS},
    {"received", VIEW_MOMENT, 13, 0, VIEW_HIDDEN},
    {"planned", VIEW_TEXT, 15, 0, M_COLUMN_PLANNED},
    {"place", VIEW_INTEGER, 14, 0, M_COLUMN_PLACE_IN_LINE},
    {NULL, VIEW_FINDING, 16, 17, M_COLUMN_NEXT},
};
static const struct view head_view = VIEW(SQL_view_plan_head, NULL, VIEW_HIDDEN, head_columns);

static const struct view_column line_columns[] = {
    {"line", VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {"part", VIEW_INTEGER, 1, 0, VIEW_HIDDEN},
    {"sku", VIEW_TEXT, 2, 0, M_COLUMN_SKU},
    {"needed", VIEW_MICROS, 3, 0, M_COLUMN_NEEDED},
    {"released", VIEW_MICROS, 4, 0, M_COLUMN_TOLD},
    {"shipped", VIEW_MICROS, 5, 0, M_COLUMN_GONE},
    {"cancelled", VIEW_MICROS, 6, 0, M_COLUMN_CANCELLED},
    {"ships", VIEW_DAY, 7, 0, M_COLUMN_SHIPS},
    {"promised", VIEW_DAY, 8, 0, M_COLUMN_PROMISED},
    {"first_promised", VIEW_DAY, 9, 0, VIEW_HIDDEN},
    {"reason", VIEW_TEXT, 17, 0, VIEW_HIDDEN},
    {"why", VIEW_FINDING, 10, 11, VIEW_BELOW(M_COLUMN_REASON)},
    {"trace", VIEW_RAW, 18, 0, VIEW_HIDDEN},
};
static const struct view lines_view =
    VIEW(SQL_view_plan_lines, "lines", M_HEADING_LINES, line_columns);

static const struct view_column take_columns[] = {
    {"line", VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {"part", VIEW_INTEGER, 1, 0, VIEW_HIDDEN},
    {"sku", VIEW_TEXT, 2, 0, M_COLUMN_SKU},
    {"quantity", VIEW_MICROS, 3, 0, M_COLUMN_QUANTITY},
    {"from", VIEW_TEXT, 6, 0, VIEW_HIDDEN},
    {"warehouse", VIEW_TEXT, 7, 0, VIEW_HIDDEN},
    {"reference", VIEW_TEXT, 8, 0, VIEW_HIDDEN},
    {"start", VIEW_DAY, 5, 0, VIEW_HIDDEN},
    {"there", VIEW_DAY, 4, 0, M_COLUMN_THERE},
    {"is_firm", VIEW_INTEGER, 9, 0, VIEW_HIDDEN},
    {NULL, VIEW_FINDING, 10, 11, M_COLUMN_FROM_WHAT},
};
static const struct view takes_view =
    VIEW(SQL_view_plan_takes, "takes", M_HEADING_PLAN_TAKES, take_columns);

static const struct view_column before_columns[] = {
    {"line", VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {"sku", VIEW_TEXT, 1, 0, M_COLUMN_SKU},
    {NULL, VIEW_PATH, 2, 3, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 2, 0, VIEW_HIDDEN},
    {"number", VIEW_TEXT, 3, 0, VIEW_HIDDEN},
    {"quantity", VIEW_TEXT, 4, 0, M_COLUMN_QUANTITY},
    {"promised", VIEW_TEXT, 5, 0, M_COLUMN_PROMISED},
    {"class", VIEW_INTEGER, 6, 0, M_COLUMN_CLASS},
};
static const struct view before_view =
    VIEW(SQL_view_plan_before, "before", M_HEADING_PLAN_BEFORE, before_columns);

static enum outcome
show(struct cli *cli, struct json *json, const struct found_order *found, struct fault *why)
{
    TRY(view_one(cli, json, &head_view, INTEGER(found->id), why));
    TRY(view_show(cli, json, &lines_view, NULL, why, INTEGER(found->id)));
    TRY(view_show(cli, json, &takes_view, NULL, why, INTEGER(found->id)));
    return view_show(cli, json, &before_view, NULL, why, INTEGER(found->id));
}

static void
tell(struct cli *cli, struct json *json, const char *key, enum message message)
{
    if (json != NULL) {
        json_text(json, key, cli_text(cli, message));
    } else {
        buf_text(&cli->out, cli_text(cli, message));
        buf_char(&cli->out, '\n');
    }
}

enum outcome
cmd_order_explain(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct json json = {0};
    struct json *into = cli->wants_json ? &json : NULL;
    int64_t version = 0;
    TRY(find_order(cli, false, &found, why));
    TRY(plan_version(cli->store, found.id, &version, why));
    if (into != NULL) {
        cli_json_begin(cli, into, "order.explain");
        json_object(into, "data");
    }
    if (version == 0) {
        tell(cli, into, "nothing", cli->config.planning.is_on ? M_PLAN_NOT_IN_LINE : M_PLAN_IS_OFF);
    } else {
        TRY(show(cli, into, &found, why));
        if (into == NULL) {
            buf_char(&cli->out, '\n');
        }
        tell(cli, into, "order_of_the_line", M_PLAN_RULE);
    }
    if (into != NULL) {
        json_end(into);
        cli_json_end(cli, into);
    }
    return DONE;
}
