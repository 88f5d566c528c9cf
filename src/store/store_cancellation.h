/* store_cancellation.h -- what of orders was cancelled, by whom and why.
 *
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_CANCELLATION_H
#define PURSER_STORE_CANCELLATION_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* Ordinal of the freight of an order that is cancelled wholly: one of it. */
enum { CANCELLED_FREIGHT = 400000 };

struct cancelled_part {
    int64_t ordinal; /* of the order line; 100000 + that of goods that are given; CANCELLED_FREIGHT
                      */
    int64_t quantity_micros; /* in its unit, above 0 */
    int64_t net_minor;
    int64_t tax_minor;
    int64_t counted_micros; /* of it, for goods that promotions gave */
};

struct cancellation {
    int64_t order_id;
    int64_t version;
    bool is_whole;
    int64_t interchange_id; /* 0: no file asked for it */
    const char *request;
    const char *actor;
    const char *reason; /* cancel_reason_names, or "rest" */
    const char *text;
    const char *fault; /* cancel_fault_names */
    int64_t at_ms;
    const struct cancelled_part *parts;
    size_t part_count;
    int64_t net_minor; /* of all of them */
    int64_t tax_minor;
    int64_t policy_id;  /* version in force when it was asked for; 0: none */
    int64_t notice_id;  /* whose answer led to it; 0: it was free */
    int64_t cost_minor; /* spent on it, as that said; AMOUNT_NONE */
    /* Paid as a deposit when it was asked for, and for how much of the order's goods, with tax. */
    int64_t deposit_minor;
    int64_t deposit_for_minor;
    const char *gifts;       /* gift_terms_names: of those that what is cancelled counts for */
    const char *gift_clause; /* that says so; "" */
};

/* With its lines, which count as cancelled from now on.  *number is that of the order's
 * cancellations. */
MUST_USE enum outcome cancellation_add(struct store *store, const struct cancellation *cancellation,
                                       int64_t *number, struct fault *why);

/* What an order version is charged for its carriage; amounts 0 where nothing is. */
MUST_USE enum outcome cancel_freight(struct store *store, int64_t order_id, int64_t version,
                                     struct cancelled_part *freight, struct fault *why);

/* What of a version is cancelled, by ordinal; amounts are left out. */
MUST_USE enum outcome
order_cancelled_list(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                     struct cancelled_part **parts, size_t *count, struct fault *why);

MUST_USE enum outcome
order_is_cancelled_in_part(struct store *store, int64_t order_id, int64_t version,
                           bool *is_cancelled, struct fault *why);

/* Has the customer's request been taken?  NONE: no. */
MUST_USE enum outcome
cancellation_of_request(struct store *store, int64_t order_id, const char *request, int64_t *number,
                        struct fault *why);

/* What a line takes of a product that is promised by the list of stock. */
struct stock_weight {
    const char *sku;
    int64_t taken_micros;  /* by the whole order, in the product's unit */
    int64_t stock_version; /* 0: no list was asked */
    int64_t ordinal;
    int64_t micros;         /* of the line, all that was ordered */
    int64_t ordered_micros; /* of the line in its unit, and what is cancelled of it */
    int64_t cancelled_micros;
};
/* By product and line. */
MUST_USE enum outcome
cancel_stock_weights(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                     struct stock_weight **items, size_t *count, struct fault *why);
/* So much less is taken of a product. */
MUST_USE enum outcome
cancel_stock_reduce(struct store *store, int64_t order_id, int64_t version,
                    const struct stock_weight *weight, int64_t micros, struct fault *why);

/* What the customer has open is so much less, with tax. */
MUST_USE enum outcome credit_less(struct store *store, int64_t order_id, int64_t version,
                                  int64_t gross_minor, struct fault *why);

#endif
