#include "reports/sales.h"

#include <stdlib.h>
#include <string.h>

void
sales_add(struct sales_sum *sum, const struct report_figure *figure)
{
    sum->count++;
    sum->orders += figure->orders;
    sum->net_minor += figure->net_minor;
    sum->tax_minor += figure->tax_minor;
    sum->gross_minor += figure->gross_minor;
}

static struct report_span
span_of(const struct report_span *span, struct period period)
{
    struct report_span other = *span;
    other.first_day = period.first_day;
    other.last_day = period.last_day;
    return other;
}

static enum outcome
load_ledger(struct store *store, const struct report_span *span, const char *currency,
            struct sales_sum *ledger, struct fault *why)
{
    OWNED(report_scan) scan = {0};
    struct report_figure figure;
    enum outcome outcome;
    TRY(report_scan_open(&scan, store, REPORT_TOTALS, span, currency, why));
    while ((outcome = report_scan_next(&scan, &figure, why)) == DONE) {
        sales_add(ledger, &figure);
    }
    return outcome == NONE ? DONE : outcome;
}

/* Days of `span` into days[0..], by their distance from its first day. */
static enum outcome
load_days(struct store *store, const struct report_span *span, const struct sales *sales,
          struct sales_sum *days, struct sales_sum *all, struct fault *why)
{
    OWNED(report_scan) scan = {0};
    struct report_figure figure;
    enum outcome outcome;
    TRY(report_scan_open(&scan, store, REPORT_DAYS, span, sales->currency, why));
    while ((outcome = report_scan_next(&scan, &figure, why)) == DONE) {
        const size_t at = (size_t)(figure.day - span->first_day);
        if (at < sales->day_count) {
            sales_add(&days[at], &figure);
        }
        if (figure.day >= sales->period.first_day && all != NULL) {
            sales_add(all, &figure);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
load_all_days(struct store *store, const struct report_span *span, struct arena *arena,
              struct sales *sales, struct fault *why)
{
    const bool is_day = sales->period.first_day == sales->period.last_day;
    sales->days_from =
        is_day ? sales->period.first_day - (SALES_CONTEXT_DAYS - 1) : sales->period.first_day;
    sales->day_count = (size_t)(sales->period.last_day - sales->days_from) + 1;
    sales->days = arena_array(arena, struct sales_sum, sales->day_count);
    const struct report_span seen =
        span_of(span, (struct period){sales->days_from, sales->period.last_day});
    TRY(load_days(store, &seen, sales, sales->days, &sales->days_all, why));
    if (is_day) {
        return DONE;
    }
    const struct report_span before = span_of(span, sales->compared);
    sales->days_before = arena_array(arena, struct sales_sum, sales->day_count);
    return load_days(store, &before, sales, sales->days_before, NULL, why);
}

static void
keep_row(struct sales_table *table, const struct report_figure *figure, struct arena *arena)
{
    if (table->count == SALES_ROWS_MAX) {
        sales_add(&table->rest, figure);
        return;
    }
    struct report_figure *row = &table->rows[table->count++];
    *row = *figure;
    row->currency = arena_copy(arena, figure->currency);
    row->key = arena_copy(arena, figure->key);
    row->name = arena_copy(arena, figure->name);
    row->unit = arena_copy(arena, figure->unit);
}

static enum outcome
load_table(struct store *store, const struct report_span *span, enum report_part part,
           struct arena *arena, struct sales *sales, struct fault *why)
{
    OWNED(report_scan) scan = {0};
    struct report_figure figure;
    enum outcome outcome;
    struct sales_table *table = part == REPORT_PRODUCTS ? &sales->products : &sales->customers;
    table->rows = arena_array(arena, struct report_figure, SALES_ROWS_MAX);
    TRY(report_scan_open(&scan, store, part, span, sales->currency, why));
    while ((outcome = report_scan_next(&scan, &figure, why)) == DONE) {
        sales_add(&table->all, &figure);
        keep_row(table, &figure, arena);
        if (part == REPORT_CUSTOMERS && figure.day >= span->first_day) {
            sales->customers_new++;
        }
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
sales_load(struct store *store, const struct report_span *span, const char *currency,
           struct arena *arena, struct sales *sales, struct fault *why)
{
    const struct period period = {span->first_day, span->last_day};
    *sales =
        (struct sales){.currency = currency, .period = period, .compared = period_compared(period)};
    const struct report_span before = span_of(span, sales->compared);
    TRY(load_ledger(store, span, currency, &sales->ledger, why));
    TRY(load_ledger(store, &before, currency, &sales->ledger_before, why));
    TRY(load_all_days(store, span, arena, sales, why));
    TRY(load_table(store, span, REPORT_PRODUCTS, arena, sales, why));
    return load_table(store, span, REPORT_CUSTOMERS, arena, sales, why);
}

static enum outcome
add_currencies(struct store *store, const struct report_span *span, struct arena *arena,
               const char **currencies, size_t *count, struct fault *why)
{
    OWNED(report_scan) scan = {0};
    struct report_figure figure;
    enum outcome outcome;
    TRY(report_scan_open(&scan, store, REPORT_TOTALS, span, "", why));
    while ((outcome = report_scan_next(&scan, &figure, why)) == DONE) {
        size_t at = 0;
        while (at < *count && strcmp(currencies[at], figure.currency) != 0) {
            at++;
        }
        if (at == *count) {
            currencies[(*count)++] = arena_copy(arena, figure.currency);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static int
compare_currencies(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

enum outcome
sales_currencies(struct store *store, const struct report_span *span, const char *company_currency,
                 struct arena *arena, const char ***currencies, size_t *count, struct fault *why)
{
    enum { CURRENCIES_MAX = 1000 }; /* ISO 4217 has fewer than two hundred */
    const char **found = arena_array(arena, const char *, CURRENCIES_MAX);
    const struct report_span before =
        span_of(span, period_compared((struct period){span->first_day, span->last_day}));
    *count = 0;
    TRY(add_currencies(store, span, arena, found, count, why));
    TRY(add_currencies(store, &before, arena, found, count, why));
    if (*count > 1) {
        qsort(found, *count, sizeof *found, compare_currencies);
    }
    for (size_t index = 1; index < *count; index++) {
        if (strcmp(found[index], company_currency) == 0) {
            memmove(&found[1], &found[0], index * sizeof *found);
            found[0] = company_currency;
        }
    }
    *currencies = found;
    return DONE;
}
