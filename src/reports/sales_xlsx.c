/* The sales report as a workbook: the figures at a glance, then per currency every day, product and
 * customer, what holds against the ledger, and what the words mean. */
#include "reports/csv_sheets.h"
#include "reports/frame.h"
#include "reports/sales_facts.h"
#include "reports/workbook.h"

#include "base/date.h"

#include <string.h>

#define TEXT_CELL(words)    ((struct cell){.text = (words)})
#define NUMBER_CELL(number) ((struct cell){.value = (number)})
#define NO_CELL             ((struct cell){.is_empty = true})

/* What is at hand while the workbook is filled. */
struct filling {
    struct page *page; /* for words and its arena */
    struct book *book;
    struct store *store;
    const struct report_span *span;
    const struct sales *sales; /* of the currency that is told of */
};

static const char *
say(const struct filling *filling, enum message message)
{
    return message_text(message, filling->page->language);
}

static void
begin_sheet(const struct filling *filling, enum message name, enum message about, const char *table,
            const struct book_column *columns, size_t column_count)
{
    const char *currency = filling->sales == NULL ? "" : filling->sales->currency;
    struct arena *arena = filling->page->arena;
    const char *period = frame_period(
        filling->page, (struct period){filling->span->first_day, filling->span->last_day});
    const struct book_sheet sheet = {
        .name = currency[0] == '\0' ? say(filling, name)
                                    : arena_format(arena, "%s %s", say(filling, name), currency),
        .about = arena_format(arena, "%s · %s%s%s", say(filling, about), period,
                              currency[0] == '\0' ? "" : " · ", currency),
        .columns = columns,
        .column_count = column_count,
        .exponent = currency[0] == '\0' ? 0 : currency_exponent(currency),
        .table = currency[0] == '\0' ? table : arena_format(arena, "%s_%s", table, currency),
    };
    book_sheet(filling->book, &sheet);
}

/* ---- at a glance ---- */

/* Amounts of several currencies, and counts, stand in one column. */
static struct cell
amount_cell(int64_t minor, const char *currency)
{
    return (struct cell){.value = minor, .is_money = true, .exponent = currency_exponent(currency)};
}

static void
put_figure(const struct filling *filling, enum message name, const char *currency, int64_t now,
           int64_t before)
{
    const bool is_amount = currency[0] != '\0';
    const int64_t change =
        before <= 0 ? 0 : decimal_divide((int128)(now - before) * MICROS, before, ROUND_HALF_UP);
    const struct cell cells[] = {
        TEXT_CELL(say(filling, name)),
        TEXT_CELL(currency),
        is_amount ? amount_cell(now, currency) : NUMBER_CELL(now),
        is_amount ? amount_cell(before, currency) : NUMBER_CELL(before),
        {.value = change, .is_empty = before <= 0},
    };
    book_row(filling->book, cells);
}

static int64_t
per_order(const struct sales_sum *sum)
{
    return sum->orders == 0 ? 0 : decimal_divide(sum->net_minor, sum->orders, ROUND_HALF_UP);
}

static void
put_summary(struct filling *filling, const struct sales_facts *facts)
{
    const struct book_column columns[] = {
        {say(filling, M_REPORT_FIGURE), CELL_TEXT, false},
        {say(filling, M_REPORT_CURRENCY), CELL_TEXT, false},
        {say(filling, M_REPORT_LEGEND_NOW), CELL_COUNT, false},
        {say(filling, M_REPORT_LEGEND_BEFORE), CELL_COUNT, false},
        {say(filling, M_REPORT_CHANGE), CELL_SHARE, false},
    };
    const struct book_sheet sheet = {.name = say(filling, M_REPORT_SUMMARY),
                                     .about = sales_title(filling->page, facts),
                                     .columns = columns,
                                     .column_count = sizeof columns / sizeof columns[0],
                                     .table = ""};
    book_sheet(filling->book, &sheet);
    for (size_t index = 0; index < facts->currency_count; index++) {
        const struct sales *sales = &facts->currencies[index];
        const struct sales_sum *now = &sales->ledger;
        const struct sales_sum *before = &sales->ledger_before;
        put_figure(filling, M_REPORT_NET, sales->currency, now->net_minor, before->net_minor);
        put_figure(filling, M_REPORT_TAX, sales->currency, now->tax_minor, before->tax_minor);
        put_figure(filling, M_REPORT_GROSS, sales->currency, now->gross_minor, before->gross_minor);
        put_figure(filling, M_REPORT_AVERAGE, sales->currency, per_order(now), per_order(before));
        put_figure(filling, M_REPORT_ORDERS_SOLD, "", now->orders, before->orders);
    }
}

/* What became of the orders that came in. */
static void
put_orders(const struct filling *filling, const struct sales_facts *facts)
{
    const struct book_column columns[] = {
        {say(filling, M_REPORT_FIGURE), CELL_TEXT, false},
        {say(filling, M_REPORT_ORDERS_SOLD), CELL_COUNT, false},
    };
    const struct {
        enum message name;
        int64_t count;
    } rows[] = {
        {M_REPORT_RECEIVED, facts->intake.received}, {M_REPORT_SOLD, facts->sold_orders},
        {M_REPORT_WAITING, facts->waiting_orders},   {M_REPORT_REFUSED, facts->refused_orders},
        {M_REPORT_REPEATED, facts->repeated_orders},
    };
    begin_sheet(filling, M_REPORT_RECEIVED, M_REPORT_RECEIVED, "", columns, 2);
    for (size_t index = 0; index < sizeof rows / sizeof rows[0]; index++) {
        const struct cell cells[] = {TEXT_CELL(say(filling, rows[index].name)),
                                     NUMBER_CELL(rows[index].count)};
        book_row(filling->book, cells);
    }
}

/* ---- one currency ---- */

static void
put_days(const struct filling *filling)
{
    const struct sales *sales = filling->sales;
    const struct book_column columns[] = {
        {say(filling, M_REPORT_DAY), CELL_DAY, false},
        {say(filling, M_REPORT_ORDERS_SOLD), CELL_COUNT, true},
        {say(filling, M_REPORT_NET), CELL_MONEY, true},
        {say(filling, M_REPORT_TAX), CELL_MONEY, true},
        {say(filling, M_REPORT_GROSS), CELL_MONEY, true},
    };
    begin_sheet(filling, M_REPORT_BY_DAY, M_REPORT_DAYS_CAPTION, "days", columns, 5);
    for (size_t index = 0; index < sales->day_count; index++) {
        const int32_t day = sales->days_from + (int32_t)index;
        const struct sales_sum *sum = &sales->days[index];
        const struct cell cells[] = {NUMBER_CELL(day), NUMBER_CELL(sum->orders),
                                     NUMBER_CELL(sum->net_minor), NUMBER_CELL(sum->tax_minor),
                                     NUMBER_CELL(sum->gross_minor)};
        if (day >= sales->period.first_day) {
            book_row(filling->book, cells);
        }
    }
    book_chart(filling->book,
               page_words(filling->page, M_REPORT_CHART_TITLE, {"currency", sales->currency}), 0,
               2);
}

static struct cell
share_cell(const struct filling *filling, int64_t net_minor)
{
    const int64_t all_minor = filling->sales->ledger.net_minor;
    return all_minor <= 0
               ? NO_CELL
               : NUMBER_CELL(decimal_divide((int128)net_minor * MICROS, all_minor, ROUND_HALF_UP));
}

static void
put_product(const struct filling *filling, const struct report_figure *row)
{
    const struct cell cells[] = {TEXT_CELL(row->key),
                                 TEXT_CELL(row->name),
                                 NUMBER_CELL(row->quantity_micros),
                                 TEXT_CELL(row->unit),
                                 NUMBER_CELL(row->orders),
                                 NUMBER_CELL(row->net_minor),
                                 NUMBER_CELL(row->tax_minor),
                                 NUMBER_CELL(row->gross_minor),
                                 share_cell(filling, row->net_minor)};
    book_row(filling->book, cells);
}

static void
put_customer(const struct filling *filling, const struct report_figure *row)
{
    const struct cell cells[] = {TEXT_CELL(row->key),
                                 TEXT_CELL(row->name),
                                 {.value = row->day, .is_empty = row->day == DAY_NONE},
                                 NUMBER_CELL(row->orders),
                                 NUMBER_CELL(row->net_minor),
                                 NUMBER_CELL(row->tax_minor),
                                 NUMBER_CELL(row->gross_minor),
                                 share_cell(filling, row->net_minor)};
    book_row(filling->book, cells);
}

/* All rows of a part, straight from the store: here nothing is left out. */
static enum outcome
put_part(const struct filling *filling, enum report_part part, struct fault *why)
{
    OWNED(report_scan) scan = {0};
    struct report_figure figure;
    enum outcome outcome;
    TRY(report_scan_open(&scan, filling->store, part, filling->span, filling->sales->currency,
                         why));
    while ((outcome = report_scan_next(&scan, &figure, why)) == DONE) {
        if (part == REPORT_PRODUCTS) {
            put_product(filling, &figure);
        } else {
            put_customer(filling, &figure);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_products(const struct filling *filling, struct fault *why)
{
    const struct book_column columns[] = {
        {say(filling, M_REPORT_SKU), CELL_ID, false},
        {say(filling, M_REPORT_PRODUCT), CELL_TEXT, false},
        {say(filling, M_REPORT_QUANTITY), CELL_QUANTITY, false},
        {say(filling, M_REPORT_UNIT), CELL_TEXT, false},
        {say(filling, M_REPORT_ORDERS_SOLD), CELL_COUNT, false},
        {say(filling, M_REPORT_NET), CELL_MONEY, true},
        {say(filling, M_REPORT_TAX), CELL_MONEY, true},
        {say(filling, M_REPORT_GROSS), CELL_MONEY, true},
        {say(filling, M_REPORT_SHARE), CELL_SHARE, false},
    };
    begin_sheet(filling, M_REPORT_BY_PRODUCT, M_REPORT_PRODUCTS_CAPTION, "products", columns, 9);
    return put_part(filling, REPORT_PRODUCTS, why);
}

static enum outcome
put_customers(const struct filling *filling, struct fault *why)
{
    const struct book_column columns[] = {
        {say(filling, M_REPORT_CUSTOMER_CODE), CELL_ID, false},
        {say(filling, M_REPORT_CUSTOMER), CELL_TEXT, false},
        {say(filling, M_REPORT_FIRST_ORDER), CELL_DAY, false},
        {say(filling, M_REPORT_ORDERS_SOLD), CELL_COUNT, true},
        {say(filling, M_REPORT_NET), CELL_MONEY, true},
        {say(filling, M_REPORT_TAX), CELL_MONEY, true},
        {say(filling, M_REPORT_GROSS), CELL_MONEY, true},
        {say(filling, M_REPORT_SHARE), CELL_SHARE, false},
    };
    begin_sheet(filling, M_REPORT_BY_CUSTOMER, M_REPORT_CUSTOMERS_CAPTION, "customers", columns, 8);
    return put_part(filling, REPORT_CUSTOMERS, why);
}

/* ---- what holds ---- */

static void
put_check(const struct filling *filling, const struct sales *sales, enum message way,
          int64_t summed_minor, int64_t ledger_minor)
{
    const struct cell cells[] = {
        TEXT_CELL(sales->currency),
        TEXT_CELL(say(filling, way)),
        amount_cell(summed_minor, sales->currency),
        amount_cell(ledger_minor, sales->currency),
        NUMBER_CELL(summed_minor == ledger_minor),
    };
    book_row(filling->book, cells);
    if (summed_minor == ledger_minor) {
        book_compare(filling->book, 4, 2, 3);
    }
}

static void
put_checks(struct filling *filling, const struct sales_facts *facts)
{
    const struct book_column columns[] = {
        {say(filling, M_REPORT_CURRENCY), CELL_TEXT, false},
        {say(filling, M_REPORT_COUNTED), CELL_TEXT, false},
        {say(filling, M_REPORT_NET), CELL_COUNT, false},
        {say(filling, M_REPORT_LEDGER), CELL_COUNT, false},
        {say(filling, M_REPORT_CHECK), CELL_TRUTH, false},
    };
    filling->sales = NULL;
    begin_sheet(filling, M_REPORT_CHECK, M_REPORT_CHECK_CAPTION, "", columns, 5);
    for (size_t index = 0; index < facts->currency_count; index++) {
        const struct sales *sales = &facts->currencies[index];
        const int64_t ledger_minor = sales->ledger.net_minor;
        put_check(filling, sales, M_REPORT_BY_DAY, sales->days_all.net_minor, ledger_minor);
        put_check(filling, sales, M_REPORT_BY_PRODUCT, sales->products.all.net_minor, ledger_minor);
        put_check(filling, sales, M_REPORT_BY_CUSTOMER, sales->customers.all.net_minor,
                  ledger_minor);
    }
}

static enum outcome
fill(struct filling *filling, const struct sales_facts *facts, const struct config *config,
     struct fault *why)
{
    put_summary(filling, facts);
    put_orders(filling, facts);
    for (size_t index = 0; index < facts->currency_count; index++) {
        filling->sales = &facts->currencies[index];
        put_days(filling);
        TRY(put_products(filling, why));
        TRY(put_customers(filling, why));
    }
    put_checks(filling, facts);
    book_words(filling->book, filling->page, &sales_words, config->time_zone);
    return DONE;
}

enum outcome
sales_xlsx_write(struct page *page, struct store *store, const struct config *config,
                 const struct report_request *request, struct fault *why)
{
    OWNED(book) book = {0};
    const struct report_span span = {request->first_day, request->last_day, request->as_of_ms,
                                     request->language};
    struct sales_facts facts;
    struct filling filling = {.page = page, .book = &book, .store = store, .span = &span};
    TRY(sales_facts_load(store, config, request, page->arena, &facts, why));
    const struct book_about about = {
        .title = sales_title(page, &facts),
        .company = config->company_name,
        .sum_word = message_text(M_REPORT_SUM, page->language),
        .others = message_text(M_REPORT_BOOK_OTHERS, page->language),
        .made_ms = request->as_of_ms,
    };
    TRY(book_begin(&book, &about, page->arena, why));
    TRY(fill(&filling, &facts, config, why));
    TRY(book_end(&book, page, why));
    return page_flush(page, why);
}
