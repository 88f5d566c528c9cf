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

/* Scratch tables (see store_receivables_report.sql): without rows; */
MUST_USE enum outcome receivables_forget(struct store *store, struct fault *why);
/* filled with what was open at that moment, when a period ended, or at that of its report where
 * this is before.  Order by order, so that however many there are little is remembered; `is_told`:
 * with a row for each invoice and order, too, else with totals alone. */
MUST_USE enum outcome
receivables_open(struct store *store, int64_t cut_ms, bool is_told, struct fault *why);
/* And with the money that counted for no order at another moment, when the period began. */
MUST_USE enum outcome
receivables_strays_begin(struct store *store, int32_t first_day, struct fault *why);

/* What counts in a period was known then. */
int64_t receivables_cut(const struct outline_view *view, struct period period);

/* The gathering of the report: of a period that is compared, sums alone. */
MUST_USE enum outcome
receivables_gather(const struct outline_view *view, struct period period,
                   const struct named_value *values, size_t count, struct fault *why);

extern const struct outline receivables_outline;

#endif
