/* store_receivable.h -- what the report of receivables reads: invoices and money of orders that
 * were not settled at a moment, as they were known then. */
#ifndef PURSER_STORE_RECEIVABLE_H
#define PURSER_STORE_RECEIVABLE_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stdint.h>

struct store;

struct receivable_invoice {
    const char *partner;
    const char *order_number;
    const char *currency;
    const char *number;
    const char *customer;
    int32_t day;
    int32_t due;
    int64_t gross_minor;
    int64_t credited_minor;
};
/* By partner, order, currency, then the day they are due and their number. */
MUST_USE enum outcome
receivable_invoices(struct store *store, int64_t cut_ms, struct arena *arena,
                    struct receivable_invoice **items, size_t *count, struct fault *why);

/* What was paid for an order, and where it stood. */
struct receivable_money {
    const char *partner;
    const char *order_number;
    const char *currency;
    int64_t paid_minor;
    int64_t refunded_minor;
    bool is_approved;
    bool is_refused;
    bool is_shipped;
    int64_t gross_minor;
};
/* In the same order. */
MUST_USE enum outcome
receivable_money(struct store *store, int64_t cut_ms, struct arena *arena,
                 struct receivable_money **items, size_t *count, struct fault *why);

/* A payment that counted for no order. */
struct receivable_stray {
    const char *finance;
    const char *number;
    bool is_refund;
    const char *partner;
    const char *order_number; /* that it names; "" */
    const char *payer;
    const char *reference;
    const char *currency;
    int64_t amount_minor;
    int32_t paid_on;
};
/* By currency, then day; paid on `day` at the latest. */
MUST_USE enum outcome
receivable_strays(struct store *store, int64_t cut_ms, int32_t day, struct arena *arena,
                  struct receivable_stray **items, size_t *count, struct fault *why);

#endif
