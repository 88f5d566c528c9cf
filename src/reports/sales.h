/* sales.h -- the figures of one currency in one period, ready to be shown: bounded, whatever the
 * period holds.
 *
 * Days are all there, empty ones too; of products and customers the largest SALES_ROWS_MAX, the
 * others summed up.  Each table brings its own sums, so that they can be compared with the ledger.
 */
#ifndef PURSER_SALES_H
#define PURSER_SALES_H

#include "base/arena.h"
#include "reports/period.h"
#include "store/store_report.h"

enum { SALES_ROWS_MAX = 100, SALES_CONTEXT_DAYS = 14 };

struct sales_sum {
    int64_t count;  /* of rows */
    int64_t orders; /* means nothing over products: an order has many */
    int64_t net_minor, tax_minor, gross_minor;
};

struct sales_table {
    struct report_figure *rows;
    size_t count;
    struct sales_sum rest; /* beyond SALES_ROWS_MAX */
    struct sales_sum all;
};

struct sales {
    const char *currency;
    struct period period;
    struct period compared;
    struct sales_sum ledger;
    struct sales_sum ledger_before;
    /* Every day from days_from to the period's end; days_from is earlier than the period when that
     * is a single day, so that it is seen among its neighbours. */
    int32_t days_from;
    size_t day_count;
    struct sales_sum *days;
    struct sales_sum *days_before; /* of the period compared, as many; NULL with neighbours */
    struct sales_sum days_all;     /* within the period */
    struct sales_table products;
    struct sales_table customers;
    int64_t customers_new; /* whose first order ever lies in the period */
};

void sales_add(struct sales_sum *sum, const struct report_figure *figure);

MUST_USE enum outcome
sales_load(struct store *store, const struct report_span *span, const char *currency,
           struct arena *arena, struct sales *sales, struct fault *why);

/* The currencies with sales in the period or the one compared, the company's first, then by code.
 */
MUST_USE enum outcome
sales_currencies(struct store *store, const struct report_span *span, const char *company_currency,
                 struct arena *arena, const char ***currencies, size_t *count, struct fault *why);

#endif
