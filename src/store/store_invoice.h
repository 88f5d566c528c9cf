/* store_invoice.h -- invoices of shipments, and the credit notes that correct them.
 *
 * Neither is ever altered.  Numbers count from 1 for each kind and year, without gaps: a number
 * that was handed out in a transaction that is undone is handed out again. */
#ifndef PURSER_STORE_INVOICE_H
#define PURSER_STORE_INVOICE_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/invoice.h"

#include <stddef.h>
#include <stdint.h>

struct store;

/* Whom and how the order version is invoiced; NONE: it has no price. */
struct invoice_order {
    const char *customer;
    const char *currency;
    bool includes_tax;
    int64_t payment_days; /* below 0: not agreed with its customer */
};
MUST_USE enum outcome
invoice_read_order(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                   struct invoice_order *order, struct fault *why);

/* What a matched shipment has of an order version, by line: free goods come after the lines. */
struct invoice_shipped {
    int64_t ordinal; /* as in struct invoice_line */
    const char *number;
    const char *sku;
    const char *unit;
    struct invoice_item item; /* what leaves before it is in other matched shipments */
};
MUST_USE enum outcome
invoice_read_shipped(struct store *store, int64_t shipment_id, int64_t version, struct arena *arena,
                     struct invoice_shipped **lines, size_t *count, struct fault *why);

/* What of the order's freight no invoice has charged: all of it, or nothing. */
struct invoice_freight {
    int64_t part; /* from 1 */
    int64_t tax_rate_micros;
    int64_t net_minor;
    int64_t tax_minor;
};
MUST_USE enum outcome
invoice_read_freight(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                     struct invoice_freight **parts, size_t *count, struct fault *why);

MUST_USE enum outcome invoice_next(struct store *store, enum invoice_kind kind, int64_t year,
                                   int64_t *sequence, struct fault *why);
/* FAULT_CONFIG: its number is in use, as another prefix was configured before. */
MUST_USE enum outcome
invoice_add(struct store *store, const struct invoice *invoice, int64_t *id, struct fault *why);

MUST_USE enum outcome invoice_add_line(struct store *store, int64_t invoice_id,
                                       const struct invoice_line *line, struct fault *why);

/* The invoice or credit note of this number, with the partner of its order; NONE: there is none. */
MUST_USE enum outcome
invoice_find(struct store *store, const char *number, struct arena *arena, int64_t *id,
             struct invoice *invoice, const char **partner, struct fault *why);

/* Lines of an invoice with what credit notes have taken back of each. */
struct invoice_creditable {
    struct invoice_line line;
    struct invoice_credit credit;
};
MUST_USE enum outcome
invoice_read_creditable(struct store *store, int64_t invoice_id, struct arena *arena,
                        struct invoice_creditable **lines, size_t *count, struct fault *why);

#endif
