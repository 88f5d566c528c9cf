/* The receivables for programs: described in schemas/report-receivables.csv.json. */
#include "reports/receivables.h"

#include "base/date.h"
#include "base/text.h"

#include <inttypes.h>

/* What a row has; texts that are NULL, days that are DAY_NONE and amounts that are AMOUNT_NONE are
 * left empty. */
struct cells {
    const char *section;
    const char *currency;
    const char *customer;
    const char *partner;
    const char *order_number;
    const char *number;
    int32_t day;
    int32_t due;
    int64_t days_overdue;
    int64_t invoices;
    int64_t invoiced_minor;
    int64_t credited_minor;
    int64_t paid_minor;
    int64_t refunded_minor;
    int64_t open_minor;
    int64_t by_age_minor[RECEIVABLE_AGE_COUNT];
    int64_t advance_minor;
    int64_t owed_minor;
    int64_t stray_minor;
    const char *payer;
    const char *reference;
};

static struct cells
blank(const char *section, const char *currency)
{
    struct cells cells = {.section = section,
                          .currency = currency,
                          .day = DAY_NONE,
                          .due = DAY_NONE,
                          .days_overdue = AMOUNT_NONE,
                          .invoices = AMOUNT_NONE,
                          .invoiced_minor = AMOUNT_NONE,
                          .credited_minor = AMOUNT_NONE,
                          .paid_minor = AMOUNT_NONE,
                          .refunded_minor = AMOUNT_NONE,
                          .open_minor = AMOUNT_NONE,
                          .advance_minor = AMOUNT_NONE,
                          .owed_minor = AMOUNT_NONE,
                          .stray_minor = AMOUNT_NONE};
    for (int age = 0; age < RECEIVABLE_AGE_COUNT; age++) {
        cells.by_age_minor[age] = AMOUNT_NONE;
    }
    return cells;
}

static void
put_text(struct page *page, const char *text)
{
    text_escape_csv(page->buf, text == NULL ? "" : text);
    page_markup(page, ",");
}

static void
put_day(struct page *page, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    put_text(page, day == DAY_NONE ? "" : day_format(text, day));
}

static void
put_count(struct page *page, int64_t count)
{
    if (count != AMOUNT_NONE) {
        buf_format(page->buf, "%" PRId64, count);
    }
    page_markup(page, ",");
}

static void
put_minor(struct page *page, int64_t minor, const char *currency)
{
    char text[DECIMAL_TEXT_SIZE];
    const int exponent = currency_exponent(currency);
    put_text(page, minor == AMOUNT_NONE ? "" : decimal_format(text, minor, exponent, exponent));
}

static void
put_row(struct page *page, struct period period, const struct cells *cells)
{
    put_day(page, period.first_day);
    put_day(page, period.last_day);
    put_text(page, cells->section);
    put_text(page, cells->currency);
    put_text(page, cells->customer);
    put_text(page, cells->partner);
    put_text(page, cells->order_number);
    put_text(page, cells->number);
    put_day(page, cells->day);
    put_day(page, cells->due);
    put_count(page, cells->days_overdue);
    put_count(page, cells->invoices);
    put_minor(page, cells->invoiced_minor, cells->currency);
    put_minor(page, cells->credited_minor, cells->currency);
    put_minor(page, cells->paid_minor, cells->currency);
    put_minor(page, cells->refunded_minor, cells->currency);
    put_minor(page, cells->open_minor, cells->currency);
    for (int age = 0; age < RECEIVABLE_AGE_COUNT; age++) {
        put_minor(page, cells->by_age_minor[age], cells->currency);
    }
    put_minor(page, cells->advance_minor, cells->currency);
    put_minor(page, cells->owed_minor, cells->currency);
    put_minor(page, cells->stray_minor, cells->currency);
    put_text(page, cells->payer);
    text_escape_csv(page->buf, cells->reference == NULL ? "" : cells->reference);
    page_markup(page, "\r\n");
}

static struct cells
cells_of_sum(const char *section, const struct receivables_sum *sum)
{
    struct cells cells = blank(section, sum->currency);
    cells.customer = sum->customer;
    cells.invoices = sum->invoices;
    cells.open_minor = sum->open_minor;
    for (int age = 0; age < RECEIVABLE_AGE_COUNT; age++) {
        cells.by_age_minor[age] = sum->by_age_minor[age];
    }
    if (sum->oldest != NULL) {
        cells.number = sum->oldest->invoice->number;
        cells.due = sum->oldest->invoice->due;
        cells.days_overdue = sum->oldest->days_overdue;
    }
    return cells;
}

static void
put_total(struct page *page, struct period period, const struct receivables_total *total)
{
    struct cells cells = cells_of_sum("total", &total->sum);
    cells.invoiced_minor = total->invoiced_minor;
    cells.credited_minor = total->credited_minor;
    cells.paid_minor = total->paid_minor;
    cells.refunded_minor = total->refunded_minor;
    cells.advance_minor = total->advance_minor;
    cells.owed_minor = total->owed_minor;
    cells.stray_minor = total->stray_minor;
    put_row(page, period, &cells);
}

static void
put_line(struct page *page, struct period period, const struct receivables_line *line)
{
    const struct receivable_invoice *invoice = line->invoice;
    struct cells cells = blank("invoice", invoice->currency);
    cells.customer = invoice->customer;
    cells.partner = invoice->partner;
    cells.order_number = invoice->order_number;
    cells.number = invoice->number;
    cells.day = invoice->day;
    cells.due = invoice->due;
    cells.days_overdue = line->days_overdue;
    cells.invoiced_minor = invoice->gross_minor;
    cells.credited_minor = invoice->credited_minor;
    cells.paid_minor = invoice->gross_minor - invoice->credited_minor - line->open_minor;
    cells.open_minor = line->open_minor;
    cells.by_age_minor[line->age] = line->open_minor;
    put_row(page, period, &cells);
}

static void
put_beyond(struct page *page, struct period period, const struct receivables_beyond *beyond)
{
    const struct receivable_money *money = beyond->money;
    struct cells cells = blank("beyond", money->currency);
    cells.partner = money->partner;
    cells.order_number = money->order_number;
    cells.paid_minor = money->paid_minor;
    cells.refunded_minor = money->refunded_minor;
    cells.advance_minor = beyond->rest.advance_minor;
    cells.owed_minor = beyond->rest.owed_minor;
    put_row(page, period, &cells);
}

static void
put_stray(struct page *page, struct period period, const struct receivable_stray *stray)
{
    struct cells cells = blank(stray->is_refund ? "refund" : "payment", stray->currency);
    cells.partner = stray->partner;
    cells.order_number = stray->order_number;
    cells.number = stray->number;
    cells.day = stray->paid_on;
    cells.stray_minor = stray->is_refund ? -stray->amount_minor : stray->amount_minor;
    cells.payer = stray->payer;
    cells.reference = stray->reference;
    put_row(page, period, &cells);
}

static void
put_customer(struct page *page, struct period period, const struct receivables_sum *sum)
{
    const struct cells cells = cells_of_sum("customer", sum);
    put_row(page, period, &cells);
}

/* A row for each item of a list. */
#define PUT_EACH(page, figures, list, count, put)                                                  \
    for (size_t index = 0; index < (figures)->count; index++) {                                    \
        put((page), (figures)->period, &(figures)->list[index]);                                   \
        TRY(page_flush((page), why));                                                              \
    }

enum outcome
receivables_csv_write(struct page *page, struct store *store, const struct config *config,
                      const struct report_request *request, struct fault *why)
{
    struct receivables_figures figures;
    (void)config;
    TRY(receivables_load(store, request, page->arena, &figures, why));
    page_markup(page,
                "first_day,last_day,section,currency,customer,partner,order_number,number,day,due,"
                "days_overdue,invoices,invoiced,credited,paid,refunded,open,not_due,overdue_1_30,"
                "overdue_31_60,overdue_61_90,overdue_over_90,advance,owed,not_allocated,payer,"
                "reference\r\n");
    PUT_EACH(page, &figures, totals, total_count, put_total)
    PUT_EACH(page, &figures, customers, customer_count, put_customer)
    PUT_EACH(page, &figures, lines, line_count, put_line)
    PUT_EACH(page, &figures, beyond, beyond_count, put_beyond)
    PUT_EACH(page, &figures, strays, stray_count, put_stray)
    return page_flush(page, why);
}
