#include "reports/sales.h"

#include "reports/movement.h"
#include "reports/sales_gather.h"

#include <string.h>

#define NO_NOTE(heading) (heading), (heading)
#define MONEY_SHOWN      "list discount returned net freight margin"

static const struct outline_section sections[] = {
    {"orders", NO_NOTE(M_REPORT_ORDERS_IN), SQL_sales_orders, "key orders", "orders", true, false,
     true, false, 20},
    {"total", NO_NOTE(M_REPORT_TOTAL), SQL_sales_total, "", "", false, true, false, false, 1},
    {"flow", M_REPORT_FLOW, M_REPORT_FLOW_NOTE, SQL_sales_flow,
     "key orders list discount returned net freight", "", false, true, true, false, 20},
    {"unsold", NO_NOTE(M_REPORT_UNSOLD), SQL_sales_unsold, "key orders net freight gross", "",
     false, false, true, false, 20},
    {"day", NO_NOTE(M_REPORT_BY_DAY), SQL_sales_day,
     "day orders list discount returned net freight gross", "net", false, true, false, true, 400},
    {"week", M_REPORT_BY_WEEK, M_REPORT_WEEK_NOTE, SQL_sales_week,
     "day orders list discount returned net freight gross", "net", false, true, false, true, 60},
    {"month", NO_NOTE(M_REPORT_BY_MONTH), SQL_sales_month,
     "key orders list discount returned net freight gross", "net", false, true, false, true, 60},
    {"category", NO_NOTE(M_REPORT_BY_CATEGORY), SQL_sales_category, "key lines " MONEY_SHOWN, "net",
     false, true, false, false, 50},
    {"product", M_REPORT_BY_PRODUCT, M_REPORT_PRODUCT_NOTE, SQL_sales_product,
     "key class xyz lines quantity " MONEY_SHOWN, "net", false, true, false, false, 50},
    {"movement", M_REPORT_MOVEMENT, M_REPORT_MOVEMENT_NOTE, SQL_sales_movement, "key products net",
     "net", false, true, false, false, 12},
    {"best", M_REPORT_BEST, M_REPORT_BEST_NOTE, SQL_sales_best,
     "key rank_net rank_units rank_orders rank_growth net quantity orders growth", "net", false,
     false, false, false, 40},
    {"slow", M_REPORT_SLOW, M_REPORT_SLOW_NOTE, SQL_sales_slow,
     "key last_sale days_without on_hand stock_value valued_at days_of_supply", "stock_value",
     false, false, false, false, 50},
    {"variant", NO_NOTE(M_REPORT_BY_VARIANT), SQL_sales_variant, "key variant lines quantity net",
     "net", false, false, false, true, 50},
    {"country", NO_NOTE(M_REPORT_BY_COUNTRY), SQL_sales_country, "key orders " MONEY_SHOWN, "net",
     false, true, false, false, 30},
    {"region", NO_NOTE(M_REPORT_BY_REGION), SQL_sales_region, "key orders net", "net", false, true,
     false, true, 50},
    {"customer", NO_NOTE(M_REPORT_BY_CUSTOMER), SQL_sales_customer,
     "key first_order orders " MONEY_SHOWN, "net", false, true, false, false, 50},
    {"partner", M_REPORT_BY_PARTNER, M_REPORT_PARTNER_NOTE, SQL_sales_partner,
     "key orders list discount net freight", "net", false, true, false, true, 50},
    {"salesperson", M_REPORT_BY_SALES_PERSON, M_REPORT_SALES_PERSON_NOTE, SQL_sales_person,
     "key orders list discount returned net", "net", false, true, false, true, 50},
    {"promotion", M_REPORT_BY_PROMOTION, M_REPORT_PROMOTION_NOTE, SQL_sales_promotion,
     "key orders discount", "discount", false, false, false, false, 50},
    {"override", NO_NOTE(M_REPORT_OVERRIDES), SQL_sales_override,
     "key line sku person quantity price rules_price deviation net", "", false, false, false, true,
     50},
};

static const struct outline_tile tiles[] = {
    {"net", M_REPORT_NET, FIGURE_AMOUNT, false},
    {"orders", M_REPORT_ORDERS_SOLD, FIGURE_COUNT, false},
    {"tax", M_REPORT_TAX, FIGURE_AMOUNT, false},
    {"gross", M_REPORT_GROSS, FIGURE_AMOUNT, false},
    {"freight", M_REPORT_FREIGHT, FIGURE_AMOUNT, true},
};

static const struct report_word words[] = {
    {M_REPORT_SOLD, M_REPORT_MEANS_SOLD},         {M_REPORT_WAITING, M_REPORT_MEANS_WAITING},
    {M_REPORT_REFUSED, M_REPORT_MEANS_REFUSED},   {M_REPORT_DAY, M_REPORT_MEANS_DAY},
    {M_REPORT_NET, M_REPORT_MEANS_NET},           {M_REPORT_FLOW, M_REPORT_MEANS_FLOW},
    {M_REPORT_FIRST_ORDER, M_REPORT_MEANS_FIRST}, {M_REPORT_SHARE, M_REPORT_MEANS_SHARE},
    {M_REPORT_MARGIN, M_REPORT_MEANS_MARGIN},     {M_REPORT_MOVEMENT, M_REPORT_MEANS_MOVEMENT},
    {M_REPORT_SLOW, M_REPORT_MEANS_SLOW},
};
static const struct report_words sales_words = {words, sizeof words / sizeof words[0]};

static enum outcome
gather(const struct outline_view *view, struct period period, const struct named_value *values,
       size_t count, struct fault *why)
{
    (void)period; /* the values have it */
    TRY(sales_gather(view, values, count, why));
    return movement_gather(view, why);
}

/* The finding: what a reader who reads nothing else should know. */
static const char *
title(struct page *page, const struct outline_view *view)
{
    const char *period = frame_period(page, view->periods[SPAN_NOW]);
    const char *amounts = "";
    int64_t orders = 0;
    size_t sold = 0;
    const struct outline_totals *only = NULL;
    for (size_t index = 0; index < view->currency_count; index++) {
        const struct outline_totals *totals = &view->totals[index];
        const int64_t net_minor = totals->values[SPAN_NOW][0];
        orders += totals->values[SPAN_NOW][1];
        if (net_minor != 0 || totals->values[SPAN_NOW][1] != 0) {
            amounts = frame_add_money(page, amounts, net_minor, totals->currency);
            only = totals;
            sold++;
        }
    }
    if (sold == 0) {
        return page_words(page, M_REPORT_TITLE_NONE, {"period", period});
    }
    if (sold > 1) {
        return page_words(page, M_REPORT_TITLE_SEVERAL, {"period", period}, {"net", amounts},
                          {"orders", page_orders(page, orders)});
    }
    return page_words(
        page, M_REPORT_TITLE_ONE, {"period", period}, {"net", amounts},
        {"orders", page_orders(page, orders)},
        {"change", page_change(page, only->values[SPAN_NOW][0], only->values[SPAN_BEFORE][0])});
}

/* What waits, was refused or cancelled, as sentences. */
static enum outcome
put_unsold(struct page *page, const struct outline_view *view, const char *currency, bool *is_begun,
           struct fault *why)
{
    static const struct outline_section unsold = {.name = "unsold", .statement = SQL_sales_unsold};
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome;
    TRY(outline_open(&scan, view, &unsold, currency, why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        const enum message message = strcmp(cells[0].text, "waiting") == 0 ? M_REPORT_WAITING_WORTH
                                     : strcmp(cells[0].text, "refused") == 0
                                         ? M_REPORT_REFUSED_WORTH
                                         : M_REPORT_CANCELLED_WORTH;
        frame_item(page, is_begun,
                   page_words(page, message, {"orders", page_orders(page, cells[1].number)},
                              {"net", page_money(page, cells[2].number, currency)}));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
attention(struct page *page, const struct outline_view *view, struct fault *why)
{
    bool is_begun = false;
    for (size_t index = 0; index < view->currency_count; index++) {
        TRY(put_unsold(page, view, view->totals[index].currency, &is_begun, why));
    }
    frame_items_end(page, is_begun);
    return DONE;
}

const struct outline sales_outline = {
    .name = "sales",
    .masthead = M_REPORT_MASTHEAD,
    .heading = M_REPORT_SECTION,
    .words = &sales_words,
    .sections = sections,
    .section_count = sizeof sections / sizeof sections[0],
    .tiles = tiles,
    .tile_count = sizeof tiles / sizeof tiles[0],
    .totals = {SQL_sales_totals_booked, SQL_sales_totals_ordered},
    .days = {SQL_sales_days_booked, SQL_sales_days_ordered},
    .currencies = SQL_sales_currencies,
    .has_currencies = true,
    .has_days = true,
    .has_average = true,
    .unsummed = "best",
    .gather = gather,
    .title = title,
    .attention = attention,
};
