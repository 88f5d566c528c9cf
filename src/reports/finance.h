/* finance.h -- the finance pack: the registers of orders, invoices, credit notes and payments of a
 * period, what is open when it ends, tax, fees, and a reconciliation from orders to cash.
 *
 * What counts in a period is what became known in it, so one that is over does not change: what
 * comes late is booked in a later one, and told there as an adjustment.
 *
 * The reconciliation has parts, whose lines add up to their last.  Each line is told as the
 * registers have it and, where there is one, from another place (lines against heads, sums that are
 * kept against documents, open items against movements).  What differs for a good reason is a line
 * of its own, so that nothing is left, or something is wrong.  No history is read for what was open
 * when the period began: that is what is open now, less all that moved since. */
#ifndef PURSER_FINANCE_H
#define PURSER_FINANCE_H

#include "reports/outline.h"

extern const struct outline finance_outline;

/* Into the scratch tables; see store_finance_gather.sql. */
MUST_USE enum outcome
finance_gather(const struct outline_view *view, struct period period,
               const struct named_value *values, size_t count, struct fault *why);

#endif
