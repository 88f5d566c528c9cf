/* store_promotion.h -- promotions: the table, coupons and stock that the rule is asked with, and
 * what it gave to orders.
 *
 * Sums of uses are kept with each use, so that no limit adds up history. */
#ifndef PURSER_STORE_PROMOTION_H
#define PURSER_STORE_PROMOTION_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/master.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* How large the promotions of a version are: rows, and characters of their texts. */
MUST_USE enum outcome promotion_size(struct store *store, int64_t version_id, int64_t *rows,
                                     int64_t *characters, struct fault *why);

/* All of a version, by code; each row has its line. */
MUST_USE enum outcome promotion_rows(struct store *store, int64_t version_id, struct arena *arena,
                                     struct master_row **items, size_t *count, struct fault *why);

/* NONE: there is no such coupon. */
MUST_USE enum outcome
promotion_coupon(struct store *store, int64_t version_id, const char *code, struct arena *arena,
                 struct coupon_row *coupon, struct fault *why);

/* What is left of a product by the version of stock; NONE: it is not counted there. */
MUST_USE enum outcome promotion_stock(struct store *store, int64_t version_id, const char *sku,
                                      int64_t *available_micros, struct fault *why);

/* What orders that stand have used: of all customers ("") or of one. */
enum usage_kind { USAGE_PROMOTION, USAGE_COUPON };
struct usage {
    int64_t uses;
    int64_t spent_minor;
};
MUST_USE enum outcome promotion_usage(struct store *store, enum usage_kind kind, const char *code,
                                      const char *customer, struct usage *usage, struct fault *why);

/* Which order version it is about. */
struct promotion_order {
    int64_t order_id;
    int64_t version;
    const char *customer;
};

struct promotion_used {
    const char *promotion;
    const char *coupon; /* "" when it needed none */
    int64_t uses;
    int64_t reduction_minor;
    int64_t spent_minor;
};
MUST_USE enum outcome promotion_add_use(struct store *store, const struct promotion_order *order,
                                        const struct promotion_used *used, struct fault *why);

/* Uses that count, of an order that is not stored. */
MUST_USE enum outcome promotion_count_use(struct store *store, const char *customer,
                                          const struct promotion_used *used, struct fault *why);
/* Goods given in kind, of the stock version of that number. */
MUST_USE enum outcome promotion_give(struct store *store, const char *sku, int64_t given_micros,
                                     int64_t stock_version, struct fault *why);

/* All that an order version used counts no more: it was refused.  Nothing happens twice. */
MUST_USE enum outcome
promotion_release(struct store *store, int64_t order_id, int64_t version, struct fault *why);

/* What an order version has used, and counts, into the arena. */
MUST_USE enum outcome
promotion_used_by(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                  struct promotion_used **items, size_t *count, struct fault *why);
/* One of them counts no more: what is left of the order does not use it.  (Goods that were given
 * stay given.) */
MUST_USE enum outcome
promotion_release_one(struct store *store, const struct promotion_order *order,
                      const struct promotion_used *used, struct fault *why);

MUST_USE enum outcome
promotion_add_reduction(struct store *store, const struct promotion_order *order, size_t ordinal,
                        size_t sequence, const char *promotion, int64_t reduction_minor,
                        struct fault *why);

/* A line of the warehouse that no one ordered. */
struct free_line {
    size_t ordinal; /* from 1 */
    const char *number;
    size_t order_line; /* ordinal, 0: of several */
    const char *promotion;
    const char *sku;
    int64_t quantity_micros;
    const char *unit;
    int64_t owed_micros;
    int64_t stock_version; /* number; 0: it was not counted */
};
MUST_USE enum outcome
promotion_add_free_line(struct store *store, const struct promotion_order *order,
                        const struct free_line *line, struct fault *why);

#endif
