/* store_stock.h -- what orders take of the stock that was counted, beside what promotions give of
 * it (store_promotion.h): both count against one list, as long as that is in force.
 *
 * Every function works within the caller's transaction. */
#ifndef PURSER_STORE_STOCK_H
#define PURSER_STORE_STOCK_H

#include "base/arena.h"
#include "base/fault.h"

#include <stddef.h>
#include <stdint.h>

struct store;

/* What an order version takes of one product, in the product's unit. */
struct stock_need {
    const char *sku;
    int64_t quantity_micros;
    int64_t stock_version; /* number of the list that it was promised by; 0: it was not */
};
MUST_USE enum outcome stock_need_add(struct store *store, int64_t order_id, int64_t version,
                                     const struct stock_need *need, struct fault *why);
/* By SKU. */
MUST_USE enum outcome
stock_needs(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
            struct stock_need **items, size_t *count, struct fault *why);

/* All that it takes is promised to it, by the list in force, if it was not; and what was promised
 * is free again, and it takes nothing any more. */
MUST_USE enum outcome
stock_promise(struct store *store, int64_t order_id, int64_t version, struct fault *why);
MUST_USE enum outcome
stock_give_back(struct store *store, int64_t order_id, int64_t version, struct fault *why);

/* The orders held for stock that were looked at by another list (master_version.id) than this one,
 * by (received, number, partner). */
MUST_USE enum outcome stock_held(struct store *store, int64_t list_id, struct arena *arena,
                                 int64_t **order_ids, size_t *count, struct fault *why);

/* Such an order was looked at by the list, and there is not enough still. */
MUST_USE enum outcome stock_looked(struct store *store, int64_t order_id, const char *reason,
                                   const char *trace, int64_t list_id, struct fault *why);

#endif
