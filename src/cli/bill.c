#include "cli/bill.h"

#include "cli/view.h"

#include <string.h>

static const struct view_column fact_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_CUSTOMER},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_GROUP},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_PRICE_DATE},
    {NULL, VIEW_WORD, 3, 0, M_COLUMN_ROUNDING},
    {NULL, VIEW_INTEGER, 4, 0, M_COLUMN_CUSTOMERS_VERSION},
    {NULL, VIEW_INTEGER, 5, 0, M_COLUMN_PRODUCTS_VERSION},
    {NULL, VIEW_INTEGER, 6, 0, M_COLUMN_PRICES_VERSION},
    {NULL, VIEW_TEXT, 7, 0, M_COLUMN_NET},
    {NULL, VIEW_TEXT, 8, 0, M_COLUMN_TAX},
    {NULL, VIEW_TEXT, 9, 0, M_COLUMN_TOTAL},
    {NULL, VIEW_TEXT, 10, 0, M_COLUMN_COST}, /* these where all costs are known */
    {NULL, VIEW_TEXT, 11, 0, M_COLUMN_MARGIN},
    {NULL, VIEW_TEXT, 12, 0, M_COLUMN_MARGIN_RATE},
};
static const struct view facts_view =
    VIEW(SQL_view_price_facts, "facts", VIEW_HIDDEN, fact_columns);

static const struct view_column candidate_columns[] = {
    {NULL, VIEW_WORD, 0, 0, M_COLUMN_SCOPE},         {NULL, VIEW_TEXT, 1, 0, M_COLUMN_HOLDER},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_FROM_QUANTITY}, {NULL, VIEW_TEXT, 3, 0, M_COLUMN_VALID_FROM},
    {NULL, VIEW_TEXT, 4, 0, M_COLUMN_VALID_TO},      {NULL, VIEW_TEXT, 5, 0, M_COLUMN_PRICE},
    {NULL, VIEW_WORD, 6, 0, M_COLUMN_VERDICT},       {NULL, VIEW_WORD, 7, 0, M_COLUMN_REASON},
};

static const struct view_column option_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_OPTION},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_VALUE},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_SURCHARGE},
    {NULL, VIEW_WORD, 3, 0, M_COLUMN_VERDICT},
};

static const struct view_column manual_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_PRICE_BY_HAND},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_PRICE_BY_RULES},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_DIFFERENCE},
    {NULL, VIEW_TEXT, 3, 0, M_COLUMN_BELOW},
    {NULL, VIEW_TEXT, 4, 0, M_COLUMN_ALLOWED},
    {NULL, VIEW_TEXT, 5, 0, M_COLUMN_PRICE_PERSON},
    {NULL, VIEW_TEXT, 6, 0, M_COLUMN_PRICE_REASON},
    {NULL, VIEW_WORD, 7, 0, M_COLUMN_VERDICT},
};

static const struct view_column authority_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_ROLE},      {NULL, VIEW_TEXT, 1, 0, M_COLUMN_PERSONS},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_PARTNER},   {NULL, VIEW_TEXT, 3, 0, M_COLUMN_GROUP},
    {NULL, VIEW_TEXT, 4, 0, M_COLUMN_MAX_BELOW}, {NULL, VIEW_TEXT, 5, 0, M_COLUMN_MAX_ABOVE},
    {NULL, VIEW_WORD, 6, 0, M_COLUMN_VERDICT},   {NULL, VIEW_WORD, 7, 0, M_COLUMN_REASON},
};

static const struct view_column floor_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_COST},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_LEAST_BY_PRICE},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_LEAST_BY_MARGIN},
    {NULL, VIEW_TEXT, 3, 0, M_COLUMN_MARGIN},
    {NULL, VIEW_TEXT, 4, 0, M_COLUMN_MARGIN_RATE},
    {NULL, VIEW_WORD, 5, 0, M_COLUMN_VERDICT},
};

/* What a line's trace may hold, in the order in which it is shown; each of the line's trace. */
static const struct view line_views[] = {
    VIEW(SQL_view_price_candidates, "candidates", VIEW_HIDDEN, candidate_columns),
    VIEW(SQL_view_price_options, "options", VIEW_HIDDEN, option_columns),
    VIEW(SQL_view_price_manual, "manual", VIEW_HIDDEN, manual_columns),
    VIEW(SQL_view_price_authorities, "authorities", VIEW_HIDDEN, authority_columns),
    VIEW(SQL_view_price_floor, "floor", VIEW_HIDDEN, floor_columns),
};

static const struct view_column part_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_PART},   {NULL, VIEW_TEXT, 1, 0, M_COLUMN_QUANTITY},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_UNIT},   {NULL, VIEW_WORD, 3, 0, M_COLUMN_SCOPE},
    {NULL, VIEW_TEXT, 4, 0, M_COLUMN_HOLDER}, {NULL, VIEW_TEXT, 5, 0, M_COLUMN_PRICE},
    {NULL, VIEW_TEXT, 6, 0, M_COLUMN_AMOUNT}, {NULL, VIEW_TEXT, 7, 0, M_COLUMN_NET},
};
static const struct view parts_view =
    VIEW(SQL_view_price_parts, "parts", VIEW_HIDDEN, part_columns);

/* "length * 12.00: length 2.40 m * 12.00 = 28.80", for each formula that made the price. */
static enum outcome
show_formulas(struct cli *cli, const char *trace, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query(cli->store, SQL_view_price_formulas, &rows, why, TEXT(trace)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        cli_say_with(cli, M_PRICE_FORMULA, rows_copy(&rows, 0, &cli->arena),
                     rows_copy(&rows, 1, &cli->arena), rows_copy(&rows, 2, &cli->arena));
    }
    return outcome == NONE ? DONE : outcome;
}

/* How a package is priced, and what each part has of it. */
static enum outcome
show_package(struct cli *cli, const char *trace, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(cli->store, SQL_view_price_package, &rows, why, TEXT(trace)));
    TRY(rows_next(&rows, why));
    if (rows_is_null(&rows, 0)) {
        return DONE;
    }
    const bool is_sum = strcmp(rows_text(&rows, 0), "sum") == 0;
    cli_say_with(cli,
                 !is_sum                  ? M_PRICE_PACKAGE_FIXED
                 : rows_is_null(&rows, 1) ? M_PRICE_PACKAGE_SUM
                                          : M_PRICE_PACKAGE_LESS,
                 rows_copy(&rows, 1, &cli->arena));
    return view_show(cli, NULL, &parts_view, NULL, why, TEXT(trace));
}

/* "1  TEA-001: 12 C62 x 4.50 = 54.00, tax 0.19 = 10.26" and the candidates below it. */
static enum outcome
show_line(struct cli *cli, const struct rows *rows, struct fault *why)
{
    const char *trace = rows_copy(rows, 9, &cli->arena);
    const char *cells[9];
    for (int column = 0; column < 9; column++) {
        cells[column] = rows_copy(rows, column, &cli->arena);
    }
    buf_char(&cli->out, '\n');
    if (!rows_is_null(rows, 8)) {
        cli_say_with(cli, M_PRICE_LINE_FINDING, cells[0], cells[1], cells[8]);
    } else if (rows_is_null(rows, 7)) { /* another line has no price, so there is no tax */
        cli_say_with(cli, M_PRICE_LINE_AMOUNT, cells[0], cells[1], cells[2], cells[3], cells[4],
                     cells[5]);
    } else {
        cli_say_with(cli, M_PRICE_LINE, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5],
                     cells[6], cells[7]);
    }
    TRY(view_show(cli, NULL, &line_views[0], NULL, why, TEXT(trace)));
    TRY(show_formulas(cli, trace, why));
    TRY(show_package(cli, trace, why));
    for (size_t index = 1; index < sizeof line_views / sizeof line_views[0]; index++) {
        TRY(view_show(cli, NULL, &line_views[index], NULL, why, TEXT(trace)));
    }
    return DONE;
}

enum outcome
bill_show(struct cli *cli, const char *trace, const char *line, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t count = 0;
    enum outcome outcome;
    TRY(store_query(cli->store, SQL_view_price_lines, &rows, why, TEXT(trace), TEXT(line)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        if (count++ == 0) {
            TRY(view_one(cli, NULL, &facts_view, TEXT(trace), why));
        }
        TRY(show_line(cli, &rows, why));
    }
    return outcome == NONE && count > 0 ? DONE : outcome;
}

enum outcome
bill_line_trace(struct cli *cli, const char *trace, const char *line, const char **line_trace,
                struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(cli->store, SQL_view_price_lines, &rows, why, TEXT(trace), TEXT(line)));
    TRY(rows_next(&rows, why));
    *line_trace = rows_copy(&rows, 9, &cli->arena);
    return DONE;
}
