/* purser production list, production show -- what plants were asked to make. */
#include "cli/command.h"
#include "cli/view.h"

#include "base/decimal.h"
#include "order/order.h"

static const struct view_column list_columns[] = {
    {"plant", VIEW_TEXT, 0, 0, M_COLUMN_PLANT},
    {"number", VIEW_INTEGER, 1, 0, M_COLUMN_NUMBER},
    {"order", VIEW_PATH, 2, 3, M_COLUMN_ORDER},
    {"line", VIEW_TEXT, 17, 0, M_COLUMN_LINE},
    {"sku", VIEW_TEXT, 4, 0, M_COLUMN_SKU},
    {"quantity", VIEW_MICROS, 5, 0, M_COLUMN_QUANTITY},
    {"done", VIEW_MICROS, 6, 0, M_COLUMN_DONE},
    {"finish_on", VIEW_DAY, 8, 0, M_COLUMN_FINISH},
    {"expected_on", VIEW_DAY, 9, 0, M_COLUMN_EXPECTED_NOW},
    {"state", VIEW_WORD, 10, 0, M_COLUMN_STATE},
    {"since", VIEW_MOMENT, 11, 0, VIEW_HIDDEN},
    {"cause", VIEW_WORD, 12, 0, VIEW_BELOW(M_COLUMN_CAUSE)},
    {"reason", VIEW_TEXT, 14, 0, VIEW_BELOW(M_COLUMN_REASON)},
};
static const struct view list_view =
    VIEW(SQL_view_production, "production", VIEW_HIDDEN, list_columns);
static const struct view open_view =
    VIEW(SQL_view_production_open, "production", VIEW_HIDDEN, list_columns);

static const struct view_column head_columns[] = {
    {"plant", VIEW_TEXT, 0, 0, M_COLUMN_PLANT},
    {"number", VIEW_INTEGER, 1, 0, M_COLUMN_NUMBER},
    {"order", VIEW_PATH, 2, 3, M_COLUMN_ORDER},
    {"version", VIEW_INTEGER, 16, 0, M_COLUMN_VERSION},
    {"line", VIEW_TEXT, 17, 0, M_COLUMN_LINE},
    {"sku", VIEW_TEXT, 4, 0, M_COLUMN_SKU},
    {"quantity", VIEW_MICROS, 5, 0, M_COLUMN_QUANTITY},
    {"done", VIEW_MICROS, 6, 0, M_COLUMN_DONE},
    {"warehouse", VIEW_TEXT, 15, 0, M_COLUMN_WAREHOUSE},
    {"start_on", VIEW_DAY, 7, 0, M_COLUMN_START},
    {"finish_on", VIEW_DAY, 8, 0, M_COLUMN_FINISH},
    {"expected_on", VIEW_DAY, 9, 0, M_COLUMN_EXPECTED_NOW},
    {"state", VIEW_WORD, 10, 0, M_COLUMN_STATE},
    {"since", VIEW_MOMENT, 11, 0, M_COLUMN_SINCE},
    {"cause", VIEW_WORD, 12, 0, M_COLUMN_CAUSE},
    {"cost", VIEW_MONEY, 13, 18, M_COLUMN_COST},
    {"currency", VIEW_TEXT, 18, 0, VIEW_HIDDEN},
    {"reason", VIEW_TEXT, 14, 0, M_COLUMN_REASON},
};
static const struct view head_view =
    VIEW(SQL_view_production_one, "production", VIEW_HIDDEN, head_columns);

static const struct view_column material_columns[] = {
    {"sku", VIEW_TEXT, 0, 0, M_COLUMN_MATERIAL},
    {"for_a_unit", VIEW_MICROS, 1, 0, M_COLUMN_FOR_A_UNIT},
};
static const struct view materials_view =
    VIEW(SQL_view_production_materials, "materials", M_HEADING_MATERIALS, material_columns);

static const struct view_column news_columns[] = {
    {"at", VIEW_MOMENT, 0, 0, M_COLUMN_AT},
    {"status", VIEW_WORD, 1, 0, M_COLUMN_STATE},
    {"done", VIEW_MICROS, 2, 0, M_COLUMN_DONE},
    {"expected_on", VIEW_DAY, 3, 0, M_COLUMN_EXPECTED_NOW},
    {"cause", VIEW_WORD, 4, 0, M_COLUMN_CAUSE},
    {"cost", VIEW_MICROS, 5, 0, M_COLUMN_COST},
    {"currency", VIEW_TEXT, 6, 0, VIEW_HIDDEN},
    {"received", VIEW_MOMENT, 8, 0, M_COLUMN_RECEIVED},
    {"late", VIEW_INTEGER, 9, 0, VIEW_HIDDEN},
    {"reason", VIEW_TEXT, 7, 0, VIEW_BELOW(M_COLUMN_REASON)},
};
static const struct view news_view =
    VIEW(SQL_view_production_news, "news", M_HEADING_PRODUCTION_NEWS, news_columns);

enum outcome
cmd_production_list(struct cli *cli, struct fault *why)
{
    int64_t limit = 0;
    size_t count = 0;
    struct json json;
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "production.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL,
                  option_given(cli, OPTION_OPEN) ? &open_view : &list_view, &count, why,
                  TEXT(cli->config.company_currency), TEXT(option_text(cli, OPTION_PARTNER, "")),
                  INTEGER(limit)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_PRODUCTION_NONE);
    }
    return DONE;
}

static enum outcome
no_production(const struct cli *cli, struct fault *why)
{
    return fail_as(why, FAULT_NOT_FOUND,
                   "the plant %s has no production request %s; `purser production list` shows them",
                   cli->operands[0], cli->operands[1]);
}

static enum outcome
show_head(struct cli *cli, struct json *into, int64_t number, struct fault *why)
{
    const struct value values[] = {TEXT(cli->config.company_currency), TEXT(cli->operands[0]),
                                   INTEGER(number)};
    if (into != NULL) {
        cli_json_begin(cli, into, "production.show");
        json_object(into, "data");
    }
    return view_one_of(cli, into, &head_view, values, sizeof values / sizeof values[0], why);
}

static enum outcome
show_parts(struct cli *cli, struct json *into, int64_t number, struct fault *why)
{
    const struct value plant = TEXT(cli->operands[0]);
    TRY(view_show(cli, into, &materials_view, NULL, why, plant, INTEGER(number)));
    return view_show(cli, into, &news_view, NULL, why, plant, INTEGER(number));
}

enum outcome
cmd_production_show(struct cli *cli, struct fault *why)
{
    struct json json = {0};
    struct json *into = cli->wants_json ? &json : NULL;
    int64_t number = 0;
    if (decimal_parse(cli->operands[1], 0, &number) != DECIMAL_FINE || number < 1) {
        return fail_as(why, FAULT_USAGE, "NUMBER is that of a production request, not \"%s\"",
                       cli->operands[1]);
    }
    const enum outcome found = cli->store == NULL ? NONE : show_head(cli, into, number, why);
    if (found == NONE) {
        buf_clear(&cli->out); /* of the JSON that was begun */
        return no_production(cli, why);
    }
    TRY(found);
    TRY(show_parts(cli, into, number, why));
    if (into != NULL) {
        json_end(into);
        cli_json_end(cli, into);
    }
    return DONE;
}
