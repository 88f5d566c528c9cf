/* What needs attention in the report of customers, by the rules that its definitions state. */
#include "reports/customers.h"

#include <string.h>

enum {
    LAPSED_DAYS = 90,
    CONCENTRATED_CUSTOMERS = 5, /* of fewer the largest is always large */
    RISK_PERCENT = 10,
    LARGEST_PERCENT = 25,
    FEWER_PERCENT = 80,
    FEWER_CUSTOMERS = 5
};

/* Customers of whom the same is said, and the largest of them. */
struct buyers {
    int64_t count;
    int64_t net_minor;
    const char *largest;
    int64_t largest_minor;
    int64_t largest_days;
};
struct year {
    int64_t customers;
    int64_t net_minor;
    const char *largest;
    int64_t largest_minor;
    struct buyers lapsed;
    struct buyers risk;
};

static const char *
name_of(struct page *page, const struct outline_cell *cells, size_t count)
{
    return frame_named(page, outline_cell(cells, count, "name")->text,
                       outline_cell(cells, count, "key")->text);
}

static void
add_buyer(struct page *page, struct buyers *buyers, const struct outline_cell *cells, size_t count)
{
    const int64_t net_minor = outline_cell(cells, count, "net")->number;
    if (buyers->count++ == 0) {
        buyers->largest = name_of(page, cells, count);
        buyers->largest_minor = net_minor;
        buyers->largest_days = outline_cell(cells, count, "days_since")->number;
    }
    buyers->net_minor += net_minor;
}

/* They come with the largest first. */
static enum outcome
read_year(struct page *page, const struct outline_view *view, const char *currency,
          struct year *year, struct fault *why)
{
    static const struct outline_section customer = {.name = "customer",
                                                    .statement = SQL_customers_customer};
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome;
    TRY(outline_open(&scan, view, &customer, currency, why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        const char *class = outline_cell(cells, scan.count, "class")->text;
        if (year->customers++ == 0) {
            year->largest = name_of(page, cells, scan.count);
            year->largest_minor = outline_cell(cells, scan.count, "net")->number;
        }
        year->net_minor += outline_cell(cells, scan.count, "net")->number;
        if (strncmp(class, "important-", strlen("important-")) != 0) {
            continue;
        }
        if (outline_cell(cells, scan.count, "days_since")->number >= LAPSED_DAYS) {
            add_buyer(page, &year->lapsed, cells, scan.count);
        } else if (strcmp(class, "important-keep") == 0) {
            add_buyer(page, &year->risk, cells, scan.count);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

/* At least so many of a hundred? */
static bool
is_share(int64_t part, int64_t whole, int64_t percent)
{
    return whole > 0 && (int128)part * 100 >= (int128)whole * percent;
}

static void
tell_lapsed(struct page *page, const struct buyers *lapsed, const char *currency, bool *is_begun)
{
    if (lapsed->count > 0) {
        frame_item(
            page, is_begun,
            page_words(page, lapsed->count == 1 ? M_REPORT_LARGE_LAPSED_ONE : M_REPORT_LARGE_LAPSED,
                       {"customer", lapsed->largest}, {"count", page_count(page, lapsed->count)},
                       {"net", page_money(page, lapsed->largest_minor, currency)},
                       {"days", page_count(page, lapsed->largest_days)}));
    }
}

static void
tell_year(struct page *page, const struct year *year, const char *currency, bool *is_begun)
{
    const struct buyers *risk = &year->risk;
    tell_lapsed(page, &year->lapsed, currency, is_begun);
    if (risk->count > 0 && is_share(risk->net_minor, year->net_minor, RISK_PERCENT)) {
        frame_item(
            page, is_begun,
            page_words(page, risk->count == 1 ? M_REPORT_LARGE_AT_RISK_ONE : M_REPORT_LARGE_AT_RISK,
                       {"customer", risk->largest}, {"count", page_count(page, risk->count)},
                       {"days", page_count(page, risk->largest_days)},
                       {"net", page_money(page, risk->net_minor, currency)},
                       {"share", page_share(page, risk->net_minor, year->net_minor)}));
    }
    if (year->customers >= CONCENTRATED_CUSTOMERS &&
        is_share(year->largest_minor, year->net_minor, LARGEST_PERCENT)) {
        frame_item(page, is_begun,
                   page_words(page, M_REPORT_CONCENTRATED, {"customer", year->largest},
                              {"currency", currency},
                              {"share", page_share(page, year->largest_minor, year->net_minor)}));
    }
}

/* A fifth fewer bought than in the period before, or still fewer. */
static void
tell_fewer(struct page *page, const struct outline_view *view, const struct outline_totals *totals,
           bool *is_begun)
{
    const int64_t now = outline_total(view, totals, SPAN_NOW, "customers");
    const int64_t before = outline_total(view, totals, SPAN_BEFORE, "customers");
    if (before >= FEWER_CUSTOMERS && now * 100 <= before * FEWER_PERCENT) {
        frame_item(page, is_begun,
                   page_words(page, M_REPORT_FEWER_BOUGHT, {"currency", totals->currency},
                              {"now", page_count(page, now)},
                              {"before", page_count(page, before)}));
    }
}

enum outcome
customers_attention(struct page *page, const struct outline_view *view, struct fault *why)
{
    bool is_begun = false;
    for (size_t index = 0; index < view->currency_count; index++) {
        const struct outline_totals *totals = &view->totals[index];
        struct year year = {0};
        TRY(read_year(page, view, totals->currency, &year, why));
        tell_fewer(page, view, totals, &is_begun);
        tell_year(page, &year, totals->currency, &is_begun);
    }
    frame_items_end(page, is_begun);
    return DONE;
}
