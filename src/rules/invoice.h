/* invoice.h -- what a shipment is invoiced at, and what a credit note takes back: pure, no I/O.
 *
 * An order line was priced as a whole.  Of each of its amounts so much has been invoiced after a
 * shipment as has left of the quantity: amount x left / ordered, rounded half up.  A shipment is
 * invoiced at what that grows by, so that the shares of any number of shipments add up to the
 * priced amounts exactly, line by line, and with them tax and totals.  What leaves beyond the
 * ordered quantity is charged at the unit price before promotions, less the discount that was asked
 * for, or not at all.
 *
 * A credit note takes back a quantity of a line, in the same proportion; or an amount, which is
 * shared among the lines by what is left of them, and in each between net and tax; or all.  Of no
 * line more is taken back than is left of it.
 */
#ifndef PURSER_RULES_INVOICE_H
#define PURSER_RULES_INVOICE_H

#include "base/arena.h"
#include "base/decimal.h"
#include "order/invoice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct invoice_terms {
    bool charges_over;      /* what leaves beyond the order is charged */
    bool includes_tax;      /* the unit prices do */
    int exponent;           /* of the currency */
    enum rounding rounding; /* of tax */
};

struct invoice_share {
    struct invoice_amounts amounts;
    int64_t uncharged_micros; /* of the quantity: beyond the order, and free */
};

struct invoice_share
invoice_share(const struct invoice_item *item, const struct invoice_terms *terms);

/* An invoice is to be paid so many days after its own day. */
int32_t invoice_due_day(int32_t day, int64_t payment_days);

/* What is left of a line.  (Credit notes know no reductions.) */
struct invoice_amounts invoice_left(const struct invoice_credit *line);

/* What a quantity of it, at most what is left, comes to. */
struct invoice_amounts
invoice_credit_quantity(const struct invoice_credit *line, int64_t quantity_micros);

/* A gross amount, at most what is left of all lines, shared among them into `amounts`. */
void invoice_credit_amount(const struct invoice_credit *lines, size_t count, int64_t gross_minor,
                           struct arena *arena, struct invoice_amounts *amounts);

#endif
