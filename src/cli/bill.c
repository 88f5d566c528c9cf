#include "cli/bill.h"

#include "cli/view.h"

#include <string.h>

static const struct view_column fact_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_CUSTOMER},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_GROUP},
    {NULL, VIEW_TEXT, 14, 0, M_COLUMN_CHANNEL},
    {NULL, VIEW_TEXT, 15, 0, M_COLUMN_TAX_EXEMPTION},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_PRICE_DATE},
    {NULL, VIEW_WORD, 3, 0, M_COLUMN_ROUNDING},
    {NULL, VIEW_WORD, 16, 0, M_COLUMN_TAX_ROUNDING}, /* where it is another */
    {NULL, VIEW_INTEGER, 4, 0, M_COLUMN_CUSTOMERS_VERSION},
    {NULL, VIEW_INTEGER, 5, 0, M_COLUMN_PRODUCTS_VERSION},
    {NULL, VIEW_INTEGER, 6, 0, M_COLUMN_PRICES_VERSION},
    {NULL, VIEW_INTEGER, 7, 0, M_COLUMN_PROMOTIONS_VERSION},
    {NULL, VIEW_TEXT, 8, 0, M_COLUMN_NET},
    {NULL, VIEW_TEXT, 17, 0, M_COLUMN_FREIGHT},
    {NULL, VIEW_TEXT, 9, 0, M_COLUMN_TAX},
    {NULL, VIEW_TEXT, 10, 0, M_COLUMN_TOTAL},
    {NULL, VIEW_TEXT, 11, 0, M_COLUMN_COST}, /* these where all costs are known */
    {NULL, VIEW_TEXT, 12, 0, M_COLUMN_MARGIN},
    {NULL, VIEW_TEXT, 13, 0, M_COLUMN_MARGIN_RATE},
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

static const struct view_column reduction_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_PROMOTION}, {NULL, VIEW_TEXT, 1, 0, M_COLUMN_NAME},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_BEFORE},    {NULL, VIEW_TEXT, 3, 0, M_COLUMN_REDUCTION},
    {NULL, VIEW_TEXT, 4, 0, M_COLUMN_AFTER},     {NULL, VIEW_TEXT, 5, 0, M_COLUMN_ROUNDED_BY},
};
static const struct view reductions_view =
    VIEW(SQL_view_price_reductions, "reductions", VIEW_HIDDEN, reduction_columns);

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

static const struct view_column promotion_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_PROMOTION},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_NAME},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_LINE},
    {NULL, VIEW_WORD, 3, 0, M_COLUMN_VERDICT},
    {NULL, VIEW_TEXT, 4, 0, M_COLUMN_AGAINST},
    {NULL, VIEW_TEXT, 5, 0, M_COLUMN_THERE_IS},
    {NULL, VIEW_TEXT, 6, 0, M_COLUMN_LIMIT},
    {NULL, VIEW_TEXT, 7, 0, M_COLUMN_REDUCTION},
    {NULL, VIEW_TEXT, 8, 0, M_COLUMN_TIMES},
    {NULL, VIEW_TEXT, 9, 0, VIEW_BELOW(M_COLUMN_OUT_OF_STOCK)},
};
static const struct view promotions_view =
    VIEW(SQL_view_price_promotions, "promotions", M_HEADING_PROMOTIONS, promotion_columns);

static const struct view_column coupon_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_COUPON},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_PROMOTION},
    {NULL, VIEW_WORD, 2, 0, M_COLUMN_VERDICT},
};
static const struct view coupons_view =
    VIEW(SQL_view_price_coupons, "coupons", M_HEADING_COUPONS, coupon_columns);

static const struct view_column freight_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_FREIGHT},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_TAX_RATE},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_TAX},
};
static const struct view freight_view =
    VIEW(SQL_view_price_freight, "freight", M_HEADING_FREIGHT, freight_columns);

static const struct view_column free_good_columns[] = {
    {NULL, VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {NULL, VIEW_TEXT, 1, 0, M_COLUMN_SKU},
    {NULL, VIEW_TEXT, 2, 0, M_COLUMN_QUANTITY},
    {NULL, VIEW_TEXT, 3, 0, M_COLUMN_UNIT},
    {NULL, VIEW_TEXT, 4, 0, M_COLUMN_PROMOTION},
    {NULL, VIEW_TEXT, 5, 0, M_COLUMN_FOR_LINE},
    {NULL, VIEW_TEXT, 6, 0, VIEW_BELOW(M_COLUMN_OWED)},
};
static const struct view free_goods_view =
    VIEW(SQL_view_price_free_goods, "free_goods", M_HEADING_FREE_GOODS, free_good_columns);

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

/* "Prices in EUR, exchanged at 161.25 JPY for 1 EUR, the rate of 2026-11-23". */
static enum outcome
show_exchange(struct cli *cli, const char *trace, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(cli->store, SQL_view_price_exchange, &rows, why, TEXT(trace)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == NONE) {
        return DONE;
    }
    TRY(outcome);
    cli_say_with(cli, M_PRICE_EXCHANGE, rows_copy(&rows, 0, &cli->arena),
                 rows_copy(&rows, 1, &cli->arena), rows_copy(&rows, 2, &cli->arena),
                 rows_copy(&rows, 3, &cli->arena), rows_copy(&rows, 4, &cli->arena),
                 rows_copy(&rows, 5, &cli->arena));
    return DONE;
}

/* "12.5 % off 14.00 as asked by anna: 168.00 - 21.00 = 147.00". */
static enum outcome
show_discount(struct cli *cli, const char *trace, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum { PERCENT, OFF, PERSON, BEFORE, AMOUNT, AFTER, EXACT, COLUMNS };
    const char *cells[COLUMNS];
    TRY(store_query(cli->store, SQL_view_price_discount, &rows, why, TEXT(trace)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == NONE) {
        return DONE;
    }
    TRY(outcome);
    for (int column = 0; column < COLUMNS; column++) {
        cells[column] = rows_copy(&rows, column, &cli->arena);
    }
    cli_say_with(cli, rows_is_null(&rows, EXACT) ? M_PRICE_DISCOUNT_LINE : M_PRICE_DISCOUNT_EXACT,
                 cells[PERCENT], cells[OFF], cells[PERSON], cells[BEFORE], cells[AMOUNT],
                 cells[AFTER], cells[EXACT]);
    return DONE;
}

/* How graduated breaks came about, and with how many of other lines a break was reached. */
static enum outcome
show_bands(struct cli *cli, const char *trace, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(cli->store, SQL_view_price_bands, &rows, why, TEXT(trace)));
    TRY(rows_next(&rows, why));
    if (!rows_is_null(&rows, 0)) {
        cli_say_with(cli, M_PRICE_BANDS, rows_copy(&rows, 0, &cli->arena));
    }
    if (!rows_is_null(&rows, 1)) {
        cli_say_with(cli, M_PRICE_POOLED, rows_copy(&rows, 1, &cli->arena));
    }
    return DONE;
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

/* "Line 1: TEA-001, 12 C62 x 4.50 = 54.00; tax 0.19 of it = 10.26": prices without tax or with it,
 * reduced by promotions, by a discount that was asked for, or not. */
static void
say_line(struct cli *cli, const struct rows *rows)
{
    static const enum message sentences[2][3] = {
        {M_PRICE_LINE, M_PRICE_LINE_REDUCED, M_PRICE_LINE_DISCOUNTED},
        {M_PRICE_LINE_TAXED, M_PRICE_LINE_TAXED_REDUCED, M_PRICE_LINE_TAXED_DISCOUNTED},
    };
    enum {
        NUMBER,
        SKU,
        QUANTITY,
        UNIT,
        PRICE,
        NET,
        RATE,
        TAX,
        FINDING,
        WHOLE,
        LIST,
        TAXED,
        REDUCED
    };
    const char *cells[LIST + 1];
    for (int column = 0; column <= LIST; column++) {
        cells[column] = column == WHOLE ? NULL : rows_copy(rows, column, &cli->arena);
    }
    if (!rows_is_null(rows, FINDING)) {
        cli_say_with(cli, M_PRICE_LINE_FINDING, cells[NUMBER], cells[SKU], cells[FINDING]);
    } else if (rows_is_null(rows, TAX)) { /* another line has no price, so there is no tax */
        cli_say_with(cli, M_PRICE_LINE_AMOUNT, cells[NUMBER], cells[SKU], cells[QUANTITY],
                     cells[UNIT], cells[PRICE], cells[LIST]);
    } else {
        cli_say_with(cli, sentences[rows_integer(rows, TAXED) != 0][rows_integer(rows, REDUCED)],
                     cells[NUMBER], cells[SKU], cells[QUANTITY], cells[UNIT], cells[PRICE],
                     cells[LIST], cells[RATE], cells[TAX], cells[NET]);
    }
}

/* The line, and below it the candidates and whatever else made its price. */
static enum outcome
show_line(struct cli *cli, const struct rows *rows, struct fault *why)
{
    const char *trace = rows_copy(rows, 9, &cli->arena);
    buf_char(&cli->out, '\n');
    say_line(cli, rows);
    TRY(view_show(cli, NULL, &line_views[0], NULL, why, TEXT(trace)));
    TRY(show_bands(cli, trace, why));
    TRY(show_formulas(cli, trace, why));
    TRY(show_exchange(cli, trace, why));
    TRY(show_package(cli, trace, why));
    TRY(show_discount(cli, trace, why));
    for (size_t index = 1; index < sizeof line_views / sizeof line_views[0]; index++) {
        TRY(view_show(cli, NULL, &line_views[index], NULL, why, TEXT(trace)));
    }
    return view_show(cli, NULL, &reductions_view, NULL, why, TEXT(language_names[cli->language]),
                     TEXT(trace));
}

/* What concerns more than one line: which promotions there were, coupons, goods that are given,
 * freight by tax rates. */
static enum outcome
show_order(struct cli *cli, const char *trace, struct fault *why)
{
    TRY(view_show(cli, NULL, &promotions_view, NULL, why, TEXT(language_names[cli->language]),
                  TEXT(trace)));
    TRY(view_show(cli, NULL, &coupons_view, NULL, why, TEXT(trace)));
    TRY(view_show(cli, NULL, &free_goods_view, NULL, why, TEXT(trace)));
    return view_show(cli, NULL, &freight_view, NULL, why, TEXT(trace));
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
    if (outcome != NONE || count == 0) {
        return outcome;
    }
    return *line == '\0' ? show_order(cli, trace, why) : DONE;
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
