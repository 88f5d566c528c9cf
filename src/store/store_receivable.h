/* store_receivable.h -- what the report of receivables reads: invoices and money of orders that
 * were not settled at a moment, as they were known then.  They are gone through order by order, for
 * there may be many; the caller has begun a store_scratch. */
#ifndef PURSER_STORE_RECEIVABLE_H
#define PURSER_STORE_RECEIVABLE_H

#include "base/arena.h"
#include "base/fault.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct receivable_invoice {
    int64_t id;
    const char *number;
    const char *customer;
    int32_t day;
    int32_t due;
    int64_t gross_minor;
    int64_t credited_minor;
    int64_t customers_version; /* that its order was priced with */
};

/* An order in one currency; texts and invoices last until the next. */
struct open_order {
    int64_t order_id;
    const char *currency;
    const char *partner; /* "" where it has no invoices, and so the number */
    const char *number;
    struct receivable_invoice *invoices; /* the oldest first: by the day they are due and number */
    size_t invoice_count;
    int64_t paid_minor;
    int64_t refunded_minor;
};

struct open_orders {
    struct store *store;
    struct rows invoices;
    struct rows money;
    bool has_invoice; /* a row that is not taken yet, and so the next */
    bool has_money;
    size_t capacity;
    struct arena arena;
};
MUST_USE enum outcome open_orders_begin(struct store *store, int64_t cut_ms,
                                        struct open_orders *orders, struct fault *why);
/* NONE: there are no more. */
MUST_USE enum outcome
open_orders_next(struct open_orders *orders, struct open_order *order, struct fault *why);
void open_orders_close(struct open_orders *orders);

/* Where an order stood for which more was paid than its invoices say; texts in the arena. */
struct receivable_standing {
    const char *partner;
    const char *order_number;
    bool is_approved;
    bool is_refused;
    bool is_shipped;
    int64_t gross_minor; /* of what was ordered in the currency, less what was cancelled */
};
MUST_USE enum outcome
receivable_standing(struct store *store, const struct open_order *order, int64_t cut_ms,
                    struct arena *arena, struct receivable_standing *standing, struct fault *why);

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
