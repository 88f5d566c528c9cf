/* purser price explain ORDER[/LINE] -- the stored reasons, as they were found when the order was
 * priced. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

static const struct view_column fact_columns[] = {
    {"customer", VIEW_TEXT, 0, 0, M_COLUMN_CUSTOMER},
    {"group", VIEW_TEXT, 1, 0, M_COLUMN_GROUP},
    {NULL, VIEW_TEXT, 9, 0, M_COLUMN_PRICE_DATE},
    {NULL, VIEW_WORD, 10, 0, M_COLUMN_ROUNDING},
    {NULL, VIEW_INTEGER, 6, 0, M_COLUMN_CUSTOMERS_VERSION},
    {NULL, VIEW_INTEGER, 7, 0, M_COLUMN_PRODUCTS_VERSION},
    {NULL, VIEW_INTEGER, 8, 0, M_COLUMN_PRICES_VERSION},
    {"net", VIEW_MONEY, 3, 2, M_COLUMN_NET},
    {"tax", VIEW_MONEY, 4, 2, M_COLUMN_TAX},
    {"gross", VIEW_MONEY, 5, 2, M_COLUMN_TOTAL},
};
static const struct view facts_view =
    VIEW(SQL_view_price_facts, "facts", VIEW_HIDDEN, fact_columns);

static const struct view_column candidate_columns[] = {
    {NULL, VIEW_WORD, 0, 0, M_COLUMN_SCOPE},         {NULL, VIEW_TEXT, 1, 0, M_COLUMN_HOLDER},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_FROM_QUANTITY}, {NULL, VIEW_TEXT, 3, 0, M_COLUMN_VALID_FROM},
    {NULL, VIEW_TEXT, 4, 0, M_COLUMN_VALID_TO},      {NULL, VIEW_TEXT, 5, 0, M_COLUMN_PRICE},
    {NULL, VIEW_WORD, 6, 0, M_COLUMN_VERDICT},       {NULL, VIEW_WORD, 7, 0, M_COLUMN_REASON},
};
static const struct view candidates_view =
    VIEW(SQL_view_price_candidates, "candidates", VIEW_HIDDEN, candidate_columns);

static const struct view_column option_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_OPTION},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_VALUE},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_SURCHARGE},
    {NULL, VIEW_WORD, 3, 0, M_COLUMN_VERDICT},
};
static const struct view options_view =
    VIEW(SQL_view_price_options, "options", VIEW_HIDDEN, option_columns);

/* "1  TEA-001: 12 C62 x 4.50 = 54.00, tax 0.19 = 10.26" and the candidates below it. */
static enum outcome
explain_line(struct cli *cli, const struct rows *rows, struct fault *why)
{
    const char *trace = rows_copy(rows, 9, &cli->arena);
    buf_char(&cli->out, '\n');
    if (rows_is_null(rows, 8)) {
        cli_say_with(cli, M_PRICE_LINE, rows_copy(rows, 0, &cli->arena),
                     rows_copy(rows, 1, &cli->arena), rows_copy(rows, 2, &cli->arena),
                     rows_copy(rows, 3, &cli->arena), rows_copy(rows, 4, &cli->arena),
                     rows_copy(rows, 5, &cli->arena), rows_copy(rows, 6, &cli->arena),
                     rows_copy(rows, 7, &cli->arena));
    } else {
        cli_say_with(cli, M_PRICE_LINE_FINDING, rows_copy(rows, 0, &cli->arena),
                     rows_copy(rows, 1, &cli->arena), rows_copy(rows, 8, &cli->arena));
    }
    TRY(view_show(cli, NULL, &candidates_view, NULL, why, TEXT(trace)));
    return view_show(cli, NULL, &options_view, NULL, why, TEXT(trace));
}

static enum outcome
explain_lines(struct cli *cli, const struct found_order *found, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t count = 0;
    enum outcome outcome;
    TRY(store_query(cli->store, SQL_view_price_lines, &rows, why, INTEGER(found->id),
                    TEXT(found->line)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        count++;
        TRY(explain_line(cli, &rows, why));
    }
    if (outcome == NONE && count == 0 && found->line[0] != '\0') {
        return fail_as(why, FAULT_NOT_FOUND, "order %s/%s has no line \"%s\"", found->partner,
                       found->number, found->line);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
explain_json(struct cli *cli, const struct found_order *found, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct json json;
    const enum statement statement =
        found->line[0] == '\0' ? SQL_view_price_trace : SQL_view_price_lines;
    cli_json_begin(cli, &json, "price.explain");
    json_object(&json, "data");
    json_text(&json, "partner", found->partner);
    json_text(&json, "number", found->number);
    if (statement == SQL_view_price_trace) {
        TRY(store_query(cli->store, statement, &rows, why, INTEGER(found->id)));
    } else {
        TRY(store_query(cli->store, statement, &rows, why, INTEGER(found->id), TEXT(found->line)));
    }
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == NONE) {
        buf_clear(&cli->out);
        return fail_as(why, FAULT_NOT_FOUND, "order %s/%s has no such price", found->partner,
                       found->number);
    }
    TRY(outcome);
    json_raw(&json, "trace", rows_text(&rows, statement == SQL_view_price_trace ? 0 : 9));
    json_end(&json);
    cli_json_end(cli, &json);
    return DONE;
}

enum outcome
cmd_price_explain(struct cli *cli, struct fault *why)
{
    struct found_order found;
    TRY(find_order(cli, true, &found, why));
    if (cli->wants_json) {
        return explain_json(cli, &found, why);
    }
    const enum outcome outcome = view_one(cli, NULL, &facts_view, found.id, why);
    if (outcome == NONE) {
        return fail_as(why, FAULT_CONFLICT,
                       "order %s/%s has no price (yet); `purser order show %s/%s` says why",
                       found.partner, found.number, found.partner, found.number);
    }
    TRY(outcome);
    return explain_lines(cli, &found, why);
}
