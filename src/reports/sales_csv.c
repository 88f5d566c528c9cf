/* The same figures for programs: one flat table, described in schemas/report-sales.csv.json. */
#include "reports/sales_facts.h"

#include "base/date.h"
#include "base/text.h"

#include <inttypes.h>

static void
put_field(struct page *page, const char *text)
{
    text_escape_csv(page->buf, text);
    page_markup(page, ",");
}

static void
put_minor(struct page *page, int64_t minor, const char *currency, const char *end)
{
    char text[DECIMAL_TEXT_SIZE];
    const int exponent = currency_exponent(currency);
    page_markup(page, decimal_format(text, minor, exponent, exponent));
    page_markup(page, end);
}

/* One row; `orders` below 0 leaves the field empty. */
static void
put_row(struct page *page, struct period period, const char *section,
        const struct report_figure *figure)
{
    char text[DECIMAL_TEXT_SIZE];
    put_field(page, day_format(text, period.first_day));
    put_field(page, day_format(text, period.last_day));
    put_field(page, section);
    put_field(page, figure->currency);
    put_field(page, figure->key);
    put_field(page, figure->name);
    if (figure->orders >= 0) {
        buf_format(page->buf, "%" PRId64, figure->orders);
    }
    page_markup(page, ",");
    put_field(page, figure->unit[0] == '\0'
                        ? ""
                        : decimal_format(text, figure->quantity_micros, MICROS_PLACES, 0));
    put_field(page, figure->unit);
    if (figure->currency[0] == '\0') {
        page_markup(page, ",,,");
    } else {
        put_minor(page, figure->net_minor, figure->currency, ",");
        put_minor(page, figure->tax_minor, figure->currency, ",");
        put_minor(page, figure->gross_minor, figure->currency, ",");
    }
    page_markup(page, day_format(text, figure->day));
    page_markup(page, "\r\n");
}

static void
put_sum(struct page *page, struct period period, const char *section, const char *key,
        const struct sales_sum *sum, const char *currency)
{
    put_row(page, period, section,
            &(struct report_figure){.currency = currency,
                                    .key = key,
                                    .name = "",
                                    .unit = "",
                                    .day = DAY_NONE,
                                    .orders = sum->orders,
                                    .net_minor = sum->net_minor,
                                    .tax_minor = sum->tax_minor,
                                    .gross_minor = sum->gross_minor});
}

static void
put_intake(struct page *page, const struct sales_facts *facts)
{
    const struct {
        const char *key;
        int64_t orders;
    } rows[] = {{"received", facts->intake.received},
                {"sold", facts->sold_orders},
                {"waiting", facts->waiting_orders},
                {"refused", facts->refused_orders},
                {"repeated", facts->repeated_orders}};
    for (size_t index = 0; index < sizeof rows / sizeof rows[0]; index++) {
        put_row(page, facts->period, "orders",
                &(struct report_figure){.currency = "",
                                        .key = rows[index].key,
                                        .name = "",
                                        .unit = "",
                                        .day = DAY_NONE,
                                        .orders = rows[index].orders});
    }
    for (size_t index = 0; index < facts->unsold_count; index++) {
        put_row(page, facts->period, "unsold", &facts->unsold[index]);
    }
}

/* All rows of a part, straight from the store: here nothing is left out. */
static enum outcome
put_part(struct page *page, struct store *store, const struct report_span *span,
         const struct sales *sales, enum report_part part, struct fault *why)
{
    OWNED(report_scan) scan = {0};
    struct report_figure figure;
    enum outcome outcome;
    TRY(report_scan_open(&scan, store, part, span, sales->currency, why));
    while ((outcome = report_scan_next(&scan, &figure, why)) == DONE) {
        put_row(page, sales->period, part == REPORT_PRODUCTS ? "product" : "customer", &figure);
        TRY(page_flush(page, why));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_currency(struct page *page, struct store *store, const struct report_span *span,
             const struct sales *sales, struct fault *why)
{
    put_sum(page, sales->period, "total", "ledger", &sales->ledger, sales->currency);
    put_sum(page, sales->compared, "total", "before", &sales->ledger_before, sales->currency);
    for (size_t index = 0; index < sales->day_count; index++) {
        char text[DATE_TEXT_SIZE];
        const int32_t day = sales->days_from + (int32_t)index;
        if (day >= sales->period.first_day) {
            put_sum(page, sales->period, "day", day_format(text, day), &sales->days[index],
                    sales->currency);
        }
    }
    TRY(put_part(page, store, span, sales, REPORT_PRODUCTS, why));
    return put_part(page, store, span, sales, REPORT_CUSTOMERS, why);
}

enum outcome
sales_csv_write(struct page *page, struct store *store, const struct config *config,
                const struct report_request *request, struct fault *why)
{
    const struct report_span span = {request->first_day, request->last_day, request->as_of_ms,
                                     request->language};
    struct sales_facts facts;
    TRY(sales_facts_load(store, config, request, page->arena, &facts, why));
    page_markup(page, "first_day,last_day,section,currency,key,name,orders,quantity,unit,net,tax,"
                      "gross,first_order\r\n");
    put_intake(page, &facts);
    for (size_t index = 0; index < facts.currency_count; index++) {
        TRY(put_currency(page, store, &span, &facts.currencies[index], why));
    }
    return page_flush(page, why);
}
