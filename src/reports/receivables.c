#include "reports/receivables.h"
#include "reports/outline_cells.h"

#include "base/date.h"

#include <string.h>

#define NO_NOTE(heading) (heading), (heading)
#define AGES_SHOWN       "not_due overdue_1_30 overdue_31_60 overdue_61_90 overdue_over_90"
#define MONEY_SHOWN      "number day payer reference order_number not_allocated"

enum { ROWS_MAX = 200 };

static const struct outline_section sections[] = {
    {"total", NO_NOTE(M_REPORT_TOTAL), SQL_receivables_total, "", "", false, false, false, false,
     1},
    {"age", M_REPORT_OPEN_BY_AGE, M_REPORT_OPEN_BY_AGE_NOTE, SQL_receivables_age,
     "key invoices open", "open", false, true, true, false, 5},
    {"customer", M_REPORT_BY_CUSTOMER, M_REPORT_AGES_CAPTION, SQL_receivables_customer,
     "customer open " AGES_SHOWN " days_overdue credit_limit", "", false, true, false, false,
     ROWS_MAX},
    {"invoice", M_REPORT_OPEN_LIST, M_REPORT_OLDEST_CAPTION, SQL_receivables_invoice,
     "number customer order_number due days_overdue invoiced open", "", false, true, false, false,
     ROWS_MAX},
    {"beyond", M_REPORT_BEYOND, M_REPORT_BEYOND_CAPTION, SQL_receivables_beyond,
     "order_number customer paid refunded advance owed", "", false, false, false, false, ROWS_MAX},
    {"payment", M_REPORT_STRAYS, M_REPORT_STRAYS_HINT, SQL_receivables_payment, MONEY_SHOWN, "",
     false, false, false, false, ROWS_MAX},
    {"refund", M_REPORT_STRAY_REFUNDS, M_REPORT_TIME_CAPTION, SQL_receivables_refund, MONEY_SHOWN,
     "", false, false, false, false, ROWS_MAX},
    {"check", M_REPORT_BALANCE, M_REPORT_BALANCE_NOTE, SQL_receivables_check,
     "key amount against difference agrees", "", false, false, true, false, 10},
};

/* As columns of receivables_totals. */
enum { OPEN, INVOICES, OVERDUE, OVER_90, ADVANCE, OWED, NOT_ALLOCATED };
static const struct outline_tile tiles[] = {
    {"open", M_REPORT_OPEN_AMOUNT, FIGURE_AMOUNT, false},
    {"invoices", M_REPORT_OPEN_LIST, FIGURE_COUNT, false},
    {"overdue", M_REPORT_OVERDUE, FIGURE_AMOUNT, false},
    {"overdue_over_90", M_REPORT_OVER_90, FIGURE_AMOUNT, false},
    {"advance", M_REPORT_ADVANCES, FIGURE_AMOUNT, true},
    {"owed", M_REPORT_OWED, FIGURE_AMOUNT, true},
    {"not_allocated", M_REPORT_NOT_ALLOCATED, FIGURE_AMOUNT, true},
};

static const struct report_word words[] = {
    {M_REPORT_OPEN_AMOUNT, M_REPORT_MEANS_OPEN_AMOUNT},
    {M_REPORT_OVERDUE, M_REPORT_MEANS_DAYS_OVERDUE},
    {M_REPORT_ADVANCES, M_REPORT_MEANS_ADVANCES},
    {M_REPORT_OWED, M_REPORT_MEANS_OWED},
    {M_REPORT_NOT_ALLOCATED, M_REPORT_MEANS_NOT_ALLOCATED},
    {M_REPORT_CREDIT_LIMIT, M_REPORT_MEANS_CREDIT_LIMIT},
    {M_REPORT_KNOWN, M_REPORT_MEANS_KNOWN},
    {M_REPORT_CHANGE, M_REPORT_MEANS_OPEN_BEFORE},
    {M_REPORT_BALANCE, M_REPORT_MEANS_BALANCE},
    {M_REPORT_ATTENTION, M_REPORT_MEANS_OWED_ATTENTION},
};
static const struct report_words receivables_words = {words, sizeof words / sizeof words[0]};

/* ---- the title ------------------------------------------------------------------------------- */

/* One of the tiles in each currency that has some of it: "EUR 10.00 and JPY 500"; "": none has. */
static const char *
amounts_of(struct page *page, const struct outline_view *view, size_t tile)
{
    const char *text = "";
    const char *last = "";
    for (size_t index = 0; index < view->currency_count; index++) {
        const struct outline_totals *totals = &view->totals[index];
        const int64_t minor = totals->values[SPAN_NOW][tile];
        if (minor == 0) {
            continue;
        }
        text = text[0] == '\0' ? last : arena_format(page->arena, "%s, %s", text, last);
        last = page_money(page, minor, totals->currency);
    }
    return text[0] == '\0' ? last : page_words(page, M_REPORT_AND, {"some", text}, {"last", last});
}

static const char *
title(struct page *page, const struct outline_view *view)
{
    const int32_t day = moment_day(receivables_cut(view, view->periods[SPAN_NOW]));
    const char *day_words = frame_period(page, (struct period){day, day});
    const char *open = amounts_of(page, view, OPEN);
    const char *overdue = amounts_of(page, view, OVERDUE);
    int64_t faults = 0;
    for (size_t index = 0; index < view->currency_count; index++) {
        faults += view->totals[index].faults;
    }
    return page_words(page,
                      faults > 0                   ? M_REPORT_RECEIVABLES_TITLE_WRONG
                      : open[0] == '\0'            ? M_REPORT_RECEIVABLES_NONE
                      : overdue[0] == '\0'         ? M_REPORT_RECEIVABLES_TITLE_NOT_DUE
                      : strcmp(open, overdue) == 0 ? M_REPORT_RECEIVABLES_TITLE_ALL_DUE
                                                   : M_REPORT_RECEIVABLES_TITLE,
                      {"day", day_words}, {"open", open}, {"overdue", overdue});
}

/* ---- what needs attention -------------------------------------------------------------------- */

/* Customers of whom something is said: how many, and who is told of, as the worst of them. */
struct debtors {
    int64_t count;
    int64_t minor; /* of all of them */
    const char *worst;
    int64_t worst_minor;
    int64_t limit_minor; /* of the worst, where it is about that */
};

static int64_t
number_of(const struct outline_cell *cells, size_t count, const char *name)
{
    const struct outline_cell *cell = outline_cell(cells, count, name);
    return cell->is_null ? AMOUNT_NONE : cell->number;
}

static void
add_debtor(struct page *page, struct debtors *debtors, const struct outline_cell *cells,
           size_t count, int64_t minor, int64_t limit_minor)
{
    const int64_t worst_minor = debtors->worst_minor - debtors->limit_minor;
    if (debtors->count++ == 0 || minor - limit_minor > worst_minor) {
        debtors->worst =
            outline_customer_text(page, cells, count, outline_cell(cells, count, "customer")->text);
        debtors->worst_minor = minor;
        debtors->limit_minor = limit_minor;
    }
    debtors->minor += minor;
}

static void
tell_old(struct page *page, const struct debtors *old, const char *currency, bool *is_begun)
{
    if (old->count > 0) {
        frame_item(page, is_begun,
                   page_words(page, old->count == 1 ? M_REPORT_OWED_LONG_ONE : M_REPORT_OWED_LONG,
                              {"customer", old->worst}, {"count", page_count(page, old->count)},
                              {"all", page_money(page, old->minor, currency)},
                              {"most", page_money(page, old->worst_minor, currency)}));
    }
}

static void
tell_beyond_limit(struct page *page, const struct debtors *over, const char *currency,
                  bool *is_begun)
{
    if (over->count > 0) {
        frame_item(page, is_begun,
                   page_words(page,
                              over->count == 1 ? M_REPORT_OVER_LIMIT_ONE : M_REPORT_OVER_LIMIT,
                              {"customer", over->worst}, {"count", page_count(page, over->count)},
                              {"open", page_money(page, over->worst_minor, currency)},
                              {"limit", page_money(page, over->limit_minor, currency)}));
    }
}

static enum outcome
tell_debtors(struct page *page, const struct outline_view *view, const char *currency,
             bool *is_begun, struct fault *why)
{
    static const struct outline_section customer = {.name = "customer",
                                                    .statement = SQL_receivables_customer};
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    struct debtors old = {0};
    struct debtors over = {0};
    enum outcome outcome;
    TRY(outline_open(&scan, view, &customer, currency, why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        const int64_t open_minor = number_of(cells, scan.count, "open");
        const int64_t old_minor = number_of(cells, scan.count, "overdue_over_90");
        const int64_t limit_minor = number_of(cells, scan.count, "credit_limit");
        if (old_minor > 0) {
            add_debtor(page, &old, cells, scan.count, old_minor, 0);
        }
        if (limit_minor != AMOUNT_NONE && open_minor > limit_minor) {
            add_debtor(page, &over, cells, scan.count, open_minor, limit_minor);
        }
    }
    tell_old(page, &old, currency, is_begun);
    tell_beyond_limit(page, &over, currency, is_begun);
    return outcome == NONE ? DONE : outcome;
}

/* Lines that do not agree. */
static enum outcome
tell_faults(struct page *page, const struct outline_view *view, const char *currency,
            bool *is_begun, struct fault *why)
{
    static const struct outline_section check = {.name = "check",
                                                 .statement = SQL_receivables_check};
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome;
    TRY(outline_open(&scan, view, &check, currency, why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        if (strcmp(outline_cell(cells, scan.count, "agrees")->text, "no") == 0) {
            const char *key = outline_cell(cells, scan.count, "key")->text;
            const int64_t amount_minor = number_of(cells, scan.count, "amount");
            const int64_t against_minor = number_of(cells, scan.count, "against");
            frame_item(page, is_begun,
                       page_words(page, M_REPORT_FINANCE_FAULT,
                                  {"line", message_word(key, page->language)},
                                  {"amount", page_money(page, amount_minor, currency)},
                                  {"against", page_money(page, against_minor, currency)},
                                  {"difference",
                                   page_money(page, amount_minor - against_minor, currency)}));
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
attention(struct page *page, const struct outline_view *view, struct fault *why)
{
    bool is_begun = false;
    for (size_t index = 0; index < view->currency_count; index++) {
        const struct outline_totals *totals = &view->totals[index];
        const char *currency = totals->currency;
        const int64_t *values = totals->values[SPAN_NOW];
        TRY(tell_faults(page, view, currency, &is_begun, why));
        TRY(tell_debtors(page, view, currency, &is_begun, why));
        if (values[OWED] > 0) {
            frame_item(page, &is_begun,
                       page_words(page, M_REPORT_TO_REFUND,
                                  {"amount", page_money(page, values[OWED], currency)}));
        }
        if (values[NOT_ALLOCATED] != 0) {
            frame_item(page, &is_begun,
                       page_words(page, M_REPORT_FINANCE_UNASSIGNED,
                                  {"amount", page_money(page, values[NOT_ALLOCATED], currency)}));
        }
    }
    frame_items_end(page, is_begun);
    return DONE;
}

const struct outline receivables_outline = {
    .name = "receivables",
    .masthead = M_REPORT_RECEIVABLES_MASTHEAD,
    .heading = M_REPORT_RECEIVABLES_IN,
    .words = &receivables_words,
    .sections = sections,
    .section_count = sizeof sections / sizeof sections[0],
    .tiles = tiles,
    .tile_count = sizeof tiles / sizeof tiles[0],
    .totals = {SQL_receivables_totals, SQL_receivables_totals},
    .closing = SQL_receivables_closing,
    .has_closing = true,
    .gathers_spans = true,
    .is_of_moment = true,
    .gather = receivables_gather,
    .title = title,
    .attention = attention,
};
