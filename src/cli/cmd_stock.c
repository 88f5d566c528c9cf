/* purser stock list, show. */
#include "cli/command.h"
#include "cli/view.h"

static const struct view_column list_columns[] = {
    {"warehouse", VIEW_TEXT, 0, 0, M_COLUMN_WAREHOUSE},
    {"sku", VIEW_TEXT, 1, 0, M_COLUMN_SKU},
    {"on_hand", VIEW_MICROS, 2, 0, M_COLUMN_ON_HAND},
    {"reserved", VIEW_MICROS, 3, 0, M_COLUMN_RESERVED},
    {"free", VIEW_MICROS, 4, 0, M_COLUMN_FREE},
    {"unit", VIEW_TEXT, 8, 0, M_COLUMN_UNIT},
    {"counted", VIEW_MOMENT, 5, 0, M_COLUMN_COUNTED},
    {"next_receipt", VIEW_DAY, 6, 0, M_COLUMN_NEXT_RECEIPT},
    {"next_quantity", VIEW_MICROS, 7, 0, M_COLUMN_NEXT_QUANTITY},
};
static const struct view list_view = VIEW(SQL_view_stock, "items", VIEW_HIDDEN, list_columns);

static const struct view_column head_columns[] = {
    {"sku", VIEW_TEXT, 0, 0, M_COLUMN_SKU},
    {"name", VIEW_TEXT, 1, 0, M_COLUMN_NAME},
    {"unit", VIEW_TEXT, 2, 0, M_COLUMN_UNIT},
};
static const struct view head_view = VIEW(SQL_view_stock_head, "stock", VIEW_HIDDEN, head_columns);

static const struct view_column place_columns[] = {
    {"warehouse", VIEW_TEXT, 0, 0, M_COLUMN_WAREHOUSE},
    {"on_hand", VIEW_MICROS, 1, 0, M_COLUMN_ON_HAND},
    {"reserved", VIEW_MICROS, 2, 0, M_COLUMN_RESERVED},
    {"free", VIEW_MICROS, 3, 0, M_COLUMN_FREE},
    {"counted", VIEW_MOMENT, 4, 0, M_COLUMN_COUNTED},
};
static const struct view places_view =
    VIEW(SQL_view_stock_places, "places", M_HEADING_PLACES, place_columns);

static const struct view_column receipt_columns[] = {
    {"warehouse", VIEW_TEXT, 0, 0, M_COLUMN_WAREHOUSE},
    {"reference", VIEW_TEXT, 1, 0, M_COLUMN_PURCHASE},
    {"expected_on", VIEW_DAY, 2, 0, M_COLUMN_EXPECTED_ON},
    {"quantity", VIEW_MICROS, 3, 0, M_COLUMN_QUANTITY},
    {"reserved", VIEW_MICROS, 4, 0, M_COLUMN_RESERVED},
};
static const struct view receipts_view =
    VIEW(SQL_view_stock_receipts, "receipts", M_HEADING_RECEIPTS, receipt_columns);

static const struct view_column move_columns[] = {
    {"happened", VIEW_MOMENT, 0, 0, M_COLUMN_TIME},
    {"warehouse", VIEW_TEXT, 1, 0, M_COLUMN_WAREHOUSE},
    {"kind", VIEW_WORD, 2, 0, M_COLUMN_KIND},
    {"number", VIEW_TEXT, 3, 0, M_COLUMN_NUMBER},
    {"quantity", VIEW_MICROS, 4, 0, M_COLUMN_QUANTITY},
    {"effect", VIEW_MICROS, 5, 0, M_COLUMN_EFFECT},
    {"reference", VIEW_TEXT, 6, 0, M_COLUMN_PURCHASE},
    {"known", VIEW_MOMENT, 7, 0, VIEW_HIDDEN},
    {"reason", VIEW_TEXT, 8, 0, VIEW_BELOW(M_COLUMN_REASON)},
};
static const struct view moves_view =
    VIEW(SQL_view_stock_moves, "moves", M_HEADING_MOVES, move_columns);

enum outcome
cmd_stock_list(struct cli *cli, struct fault *why)
{
    int64_t limit = 0;
    size_t count = 0;
    struct json json;
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "stock.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &list_view, &count, why,
                  TEXT(option_text(cli, OPTION_WAREHOUSE, "")),
                  TEXT(option_text(cli, OPTION_SKU, "")), INTEGER(limit)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_STOCK_NONE);
    }
    return DONE;
}

static enum outcome
show_all(struct cli *cli, struct json *json, int64_t limit, struct fault *why)
{
    const struct value sku = TEXT(cli->operands[0]);
    if (cli->store == NULL) {
        return NONE;
    }
    TRY(view_one(cli, json, &head_view, sku, why));
    TRY(view_show(cli, json, &places_view, NULL, why, sku));
    TRY(view_show(cli, json, &receipts_view, NULL, why, sku));
    return view_show(cli, json, &moves_view, NULL, why, sku, INTEGER(limit));
}

enum outcome
cmd_stock_show(struct cli *cli, struct fault *why)
{
    int64_t limit = 0;
    struct json json = {0};
    struct json *into = cli->wants_json ? &json : NULL;
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (into != NULL) {
        cli_json_begin(cli, into, "stock.show");
        json_object(into, "data");
    }
    const enum outcome shown = show_all(cli, into, limit, why);
    if (shown == NONE) {
        return fail_as(why, FAULT_NOT_FOUND,
                       "there is no product %s, and nobody has told of its stock; `purser stock "
                       "list` shows what there is",
                       cli->operands[0]);
    }
    TRY(shown);
    if (into != NULL) {
        json_end(into);
        cli_json_end(cli, into);
    }
    return DONE;
}
