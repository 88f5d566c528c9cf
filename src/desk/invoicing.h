/* invoicing.h -- invoices get their numbers, lines and messages; private to src/desk.
 *
 * All in the caller's transaction, so that no number is lost or given twice. */
#ifndef PURSER_INVOICING_H
#define PURSER_INVOICING_H

#include "desk/flow.h"
#include "order/invoice.h"

#include <stddef.h>

/* Invoice a shipment of the order that was matched, where it is configured. */
MUST_USE enum outcome invoicing_issue(struct run *run, const struct subject *subject,
                                      int64_t shipment_id, struct fault *why);

/* Add an invoice or a credit note of the run's day: fills number, year, sequence, day and (of an
 * invoice) due day, who issued it and when, and the totals of its lines; `arena` holds the number.
 */
struct invoicing {
    const char *partner; /* of the order: who gets it */
    struct invoice *invoice;
    const struct invoice_line *lines;
    size_t line_count;
    int64_t payment_days; /* agreed with its customer; below 0: the company's */
};
MUST_USE enum outcome invoicing_add(struct run *run, const struct invoicing *document,
                                    struct arena *arena, int64_t *id, struct fault *why);

#endif
