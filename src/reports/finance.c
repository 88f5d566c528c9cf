#include "reports/finance.h"

#include <string.h>

#define NO_NOTE(heading) (heading), (heading)

static const struct outline_section sections[] = {
    {"reconciliation", M_REPORT_RECONCILIATION, M_REPORT_RECONCILIATION_NOTE,
     SQL_finance_reconciliation, "key amount against difference agrees", "", false, false, true,
     false, 60},
    {"flow", M_REPORT_FLOW, M_REPORT_FLOW_NOTE, SQL_finance_flow,
     "key orders list discount net freight tax gross", "", false, true, true, false, 20},
    {"age", M_REPORT_OPEN_BY_AGE, M_REPORT_OPEN_BY_AGE_NOTE, SQL_finance_age, "key documents open",
     "open", false, false, true, false, 10},
    {"debtor", NO_NOTE(M_REPORT_DEBTORS), SQL_finance_debtor,
     "key documents due open not_due to_30 to_60 to_90 over_90", "", false, false, false, false,
     50},
    {"dso", M_REPORT_DSO, M_REPORT_DSO_NOTE, SQL_finance_dso, "key open invoiced days dso", "",
     false, false, true, false, 1},
    {"beyond", M_REPORT_BEYOND, M_REPORT_BEYOND_CAPTION, SQL_finance_beyond,
     "key paid refunded advance owed", "", false, false, false, false, 50},
    {"tax", M_REPORT_TAX_BY_RATE, M_REPORT_TAX_BY_RATE_NOTE, SQL_finance_tax,
     "key kind tax_class rate net tax", "", false, false, false, false, 100},
    {"fee", M_REPORT_FEES, M_REPORT_FEES_NOTE, SQL_finance_fee,
     "key clause stage documents charged waived given_back gross", "", false, false, true, false,
     50},
    {"adjustment", M_REPORT_ADJUSTMENTS, M_REPORT_ADJUSTMENTS_NOTE, SQL_finance_adjustment,
     "key kind day order_day month customer net freight tax gross", "", false, false, false, false,
     50},
    {"order", NO_NOTE(M_REPORT_REGISTER_ORDERS), SQL_finance_order,
     "key kind day customer list discount net freight tax gross", "", false, false, false, true,
     200},
    {"invoice", NO_NOTE(M_REPORT_REGISTER_INVOICES), SQL_finance_invoice,
     "key kind order customer day due net tax gross open", "", false, false, false, true, 200},
    {"credit", NO_NOTE(M_REPORT_REGISTER_CREDITS), SQL_finance_credit,
     "key invoice reason order customer day net tax gross", "", false, false, false, true, 200},
    {"payment", M_REPORT_REGISTER_MONEY, M_REPORT_REGISTER_MONEY_NOTE, SQL_finance_payment,
     "key kind day known order payer gross unassigned", "", false, false, false, true, 200},
};

enum { NET };
static const struct outline_tile tiles[] = {
    [NET] = {"net", M_REPORT_NET_BOOKED, FIGURE_AMOUNT, false},
    {"orders", M_REPORT_ORDERS_SOLD, FIGURE_COUNT, false},
    {"invoiced", M_REPORT_INVOICED, FIGURE_AMOUNT, false},
    {"credited", M_REPORT_CREDITED, FIGURE_AMOUNT, false},
    {"received", M_REPORT_RECEIVED, FIGURE_AMOUNT, false},
};

static const struct report_word words[] = {
    {M_REPORT_NET_BOOKED, M_REPORT_MEANS_BOOKED},
    {M_REPORT_RECONCILIATION, M_REPORT_MEANS_RECONCILIATION},
    {M_REPORT_TO_INVOICE, M_REPORT_MEANS_TO_INVOICE},
    {M_REPORT_RETURNS, M_REPORT_MEANS_RETURNS},
    {M_REPORT_OPEN_LEFT, M_REPORT_MEANS_OPEN},
    {M_REPORT_OPEN_BY_AGE, M_REPORT_MEANS_AGE},
    {M_REPORT_BEYOND, M_REPORT_MEANS_BEYOND},
    {M_REPORT_DSO, M_REPORT_MEANS_DSO},
    {M_REPORT_TAX_BY_RATE, M_REPORT_MEANS_TAX_BY_RATE},
    {M_REPORT_FEES, M_REPORT_MEANS_FEES},
    {M_REPORT_ADJUSTMENTS, M_REPORT_MEANS_ADJUSTMENTS},
};
static const struct report_words finance_words = {words, sizeof words / sizeof words[0]};

/* What is open, and what is paid beyond, by currency; "" when neither is. */
static const char *
open_words(struct page *page, const struct outline_view *view)
{
    const char *open = "";
    const char *beyond = "";
    for (size_t index = 0; index < view->currency_count; index++) {
        const struct outline_totals *totals = &view->totals[index];
        if (totals->closing_minor > 0) {
            open = frame_add_money(page, open, totals->closing_minor, totals->currency);
        } else if (totals->closing_minor < 0) {
            beyond = frame_add_money(page, beyond, -totals->closing_minor, totals->currency);
        }
    }
    return beyond[0] == '\0' && open[0] == '\0'
               ? ""
               : page_words(page,
                            beyond[0] == '\0' ? M_REPORT_FINANCE_OPEN
                            : open[0] == '\0' ? M_REPORT_FINANCE_BEYOND
                                              : M_REPORT_FINANCE_OPEN_AND_BEYOND,
                            {"open", open}, {"beyond", beyond});
}

/* That something does not agree; else all that is open, or where nothing is, what came of that. */
static const char *
title(struct page *page, const struct outline_view *view)
{
    const char *period = frame_period(page, view->periods[SPAN_NOW]);
    const char *open = open_words(page, view);
    const char *net = "";
    int64_t faults = 0;
    for (size_t index = 0; index < view->currency_count; index++) {
        const struct outline_totals *totals = &view->totals[index];
        faults += totals->faults;
        if (totals->values[SPAN_NOW][NET] != 0) {
            net = frame_add_money(page, net, totals->values[SPAN_NOW][NET], totals->currency);
        }
    }
    const bool is_booked = !view->config->invoices && net[0] != '\0';
    const enum message message = faults == 1                 ? M_REPORT_FINANCE_TITLE_WRONG_ONE
                                 : faults > 1                ? M_REPORT_FINANCE_TITLE_WRONG
                                 : view->currency_count == 0 ? M_REPORT_FINANCE_TITLE_NONE
                                 : open[0] != '\0'           ? M_REPORT_FINANCE_TITLE
                                 : is_booked                 ? M_REPORT_FINANCE_TITLE_BOOKED
                                                             : M_REPORT_FINANCE_TITLE_SETTLED;
    return page_words(page, message, {"period", period}, {"open", open}, {"net", net},
                      {"count", page_count(page, faults)});
}

/* ---- what needs attention ------------------------------------------------------------------- */

/* Lines of the reconciliation that do not agree, and money that counts for no order. */
static void
put_line(struct page *page, const struct outline_cell *cells, size_t count, const char *currency,
         bool *is_begun)
{
    const char *key = outline_cell(cells, count, "key")->text;
    const char *line = message_word(key, page->language);
    const int64_t amount_minor = outline_number(cells, count, "amount");
    if (strcmp(outline_cell(cells, count, "agrees")->text, "no") == 0) {
        frame_item(
            page, is_begun,
            page_words(
                page, M_REPORT_FINANCE_FAULT, {"line", line == NULL ? key : line},
                {"amount", page_money(page, amount_minor, currency)},
                {"against", page_money(page, outline_number(cells, count, "against"), currency)},
                {"difference",
                 page_money(page, outline_number(cells, count, "difference"), currency)}));
    } else if (strcmp(key, "unassigned-end") == 0 && amount_minor != 0) {
        frame_item(page, is_begun,
                   page_words(page, M_REPORT_FINANCE_UNASSIGNED,
                              {"amount", page_money(page, amount_minor, currency)}));
    }
}

static const struct outline_section *
section_named(const char *name)
{
    size_t index = 0;
    while (strcmp(sections[index].name, name) != 0) {
        index++;
    }
    return &sections[index];
}

static enum outcome
put_lines(struct page *page, const struct outline_view *view, const char *currency, bool *is_begun,
          struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome;
    TRY(outline_open(&scan, view, section_named("reconciliation"), currency, why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        put_line(page, cells, scan.count, currency, is_begun);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_adjustments(struct page *page, const struct outline_view *view, const char *currency,
                bool *is_begun, struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome;
    int64_t count = 0;
    int64_t net_minor = 0;
    TRY(outline_open(&scan, view, section_named("adjustment"), currency, why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        count++;
        net_minor += outline_number(cells, scan.count, "net");
    }
    if (count > 0 && outcome == NONE) {
        frame_item(
            page, is_begun,
            page_words(page, count == 1 ? M_REPORT_FINANCE_ADJUSTED_ONE : M_REPORT_FINANCE_ADJUSTED,
                       {"count", page_count(page, count)},
                       {"net", page_money(page, net_minor, currency)}));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
attention(struct page *page, const struct outline_view *view, struct fault *why)
{
    bool is_begun = false;
    for (size_t index = 0; index < view->currency_count; index++) {
        const char *currency = view->totals[index].currency;
        TRY(put_lines(page, view, currency, &is_begun, why));
        TRY(put_adjustments(page, view, currency, &is_begun, why));
    }
    frame_items_end(page, is_begun);
    return DONE;
}

const struct outline finance_outline = {
    .name = "finance",
    .masthead = M_REPORT_FINANCE_MASTHEAD,
    .heading = M_REPORT_FINANCE_IN,
    .words = &finance_words,
    .sections = sections,
    .section_count = sizeof sections / sizeof sections[0],
    .tiles = tiles,
    .tile_count = sizeof tiles / sizeof tiles[0],
    .totals = {SQL_finance_totals, SQL_finance_totals},
    .closing = SQL_finance_closing,
    .has_closing = true,
    .gather = finance_gather,
    .title = title,
    .attention = attention,
};
