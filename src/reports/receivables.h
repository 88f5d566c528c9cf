/* receivables.h -- what customers owe at the end of a period, by age: the figures of the report of
 * receivables, and its shapes.
 *
 * What counts is what was known when the last day of the period ended: invoices and credit notes
 * issued by then, and money that finance had told of, and that counted for its order, by then.
 * What becomes known later counts from the day it becomes known, even when it was paid before: so a
 * period that is over comes out the same whenever it is made again.  Orders whose invoices were
 * paid to the cent, and for which nothing was paid beyond, are in no figure, not even of the
 * check. */
#ifndef PURSER_RECEIVABLES_H
#define PURSER_RECEIVABLES_H

#include "reports/frame.h"
#include "reports/period.h"
#include "reports/report.h"
#include "rules/receivable.h"
#include "store/store_receivable.h"
#include "writers/page.h"

enum { RECEIVABLE_ROWS_MAX = 200 }; /* in a table of the page; the CSV has all */

/* An invoice that is not wholly paid. */
struct receivables_line {
    const struct receivable_invoice *invoice;
    int64_t open_minor;
    int32_t days_overdue; /* 0: not due */
    enum receivable_age age;
};

/* An order that is paid beyond its invoices. */
struct receivables_beyond {
    const struct receivable_money *money;
    struct receivable_rest rest;
};

/* Of a currency, or of a customer in it. */
struct receivables_sum {
    const char *currency;
    const char *customer; /* NULL: of all */
    int64_t invoices;     /* open ones */
    int64_t overdue_invoices;
    int64_t by_age_minor[RECEIVABLE_AGE_COUNT];
    int64_t open_minor;
    int64_t overdue_minor;
    const struct receivables_line *oldest; /* due first; NULL: nothing is open */
};

struct receivables_total {
    struct receivables_sum sum;
    int64_t invoiced_minor; /* of orders that are not settled, and so the next three */
    int64_t credited_minor;
    int64_t paid_minor;
    int64_t refunded_minor;
    int64_t advance_minor;
    int64_t owed_minor;
    int64_t stray_minor;    /* payments that count for no order, less refunds */
    int64_t balance_minor;  /* invoiced - credited - paid + refunded */
    int64_t opposite_minor; /* open - advances - owed: the same, or something is wrong */
};

struct receivables_figures {
    struct period period;
    int32_t day; /* the ages are of: the last of the period, or as far as is known */
    struct receivables_line *lines; /* by currency, the oldest first */
    size_t line_count;
    struct receivables_sum *customers; /* by currency, whoever owes most first */
    size_t customer_count;
    struct receivables_beyond *beyond; /* by currency, then order */
    size_t beyond_count;
    struct receivable_stray *strays; /* by currency, then day */
    size_t stray_count;
    struct receivables_total *totals; /* by currency */
    size_t total_count;
};

MUST_USE enum outcome
receivables_load(struct store *store, const struct report_request *request, struct arena *arena,
                 struct receivables_figures *figures, struct fault *why);

extern const struct report_words receivables_words;

MUST_USE enum outcome
receivables_html_write(struct page *page, struct store *store, const struct config *config,
                       const struct report_request *request, struct fault *why);
MUST_USE enum outcome
receivables_csv_write(struct page *page, struct store *store, const struct config *config,
                      const struct report_request *request, struct fault *why);

#endif
