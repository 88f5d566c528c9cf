/* receivables.h -- what customers owe at the end of a period, by age: the figures, and the report
 * that tells them.
 *
 * What counts is what was known when the last day of the period ended: invoices and credit notes
 * issued by then, and money that finance had told of, and that counted for its order, by then.
 * What becomes known later counts from the day it becomes known, even when it was paid before: so a
 * period that is over comes out the same whenever it is made again.  Orders whose invoices were
 * paid to the cent, and for which nothing was paid beyond, are in no figure, not even of the
 * check. */
#ifndef PURSER_RECEIVABLES_H
#define PURSER_RECEIVABLES_H

#include "reports/outline.h"
#include "rules/receivable.h"
#include "store/store_receivable.h"

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

struct receivables_total {
    const char *currency;
    int64_t invoices; /* open ones */
    int64_t by_age_minor[RECEIVABLE_AGE_COUNT];
    int64_t open_minor;
    int64_t overdue_minor;
    const struct receivables_line *oldest; /* due first; NULL: nothing is open */
    int64_t invoiced_minor; /* of orders that are not settled, and so the next three */
    int64_t credited_minor;
    int64_t paid_minor;
    int64_t refunded_minor;
    int64_t advance_minor;
    int64_t owed_minor;
    int64_t stray_minor; /* payments that count for no order, less refunds */
};

struct receivables_figures {
    int32_t day;                    /* the ages are of */
    struct receivables_line *lines; /* by currency, the oldest first */
    size_t line_count;
    struct receivables_beyond *beyond; /* by currency, then order */
    size_t beyond_count;
    struct receivable_stray *strays; /* by currency, then day */
    size_t stray_count;
    struct receivables_total *totals; /* by currency */
    size_t total_count;
};

/* As known at that moment: when a period ended, or at that of its report where this is before. */
MUST_USE enum outcome receivables_load(struct store *store, int64_t cut_ms, struct arena *arena,
                                       struct receivables_figures *figures, struct fault *why);

/* Scratch tables (see store_receivables_report.sql): without rows, and filled with all but what
 * only the report of receivables asks for. */
MUST_USE enum outcome receivables_forget(struct store *store, struct fault *why);
MUST_USE enum outcome
receivables_put(struct store *store, const struct receivables_figures *figures, struct fault *why);
MUST_USE enum outcome
receivables_put_strays(struct store *store, const struct receivable_stray *strays, size_t count,
                       bool in_period, struct fault *why);

/* What counts in a period was known then. */
int64_t receivables_cut(const struct outline_view *view, struct period period);

/* The gathering of the report: of a period that is compared, sums alone. */
MUST_USE enum outcome
receivables_gather(const struct outline_view *view, struct period period,
                   const struct named_value *values, size_t count, struct fault *why);

extern const struct outline receivables_outline;

#endif
