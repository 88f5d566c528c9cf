/* store_amend.h -- the next version of an order whose goods are under way: as the one before, with
 * all that was priced, reduced and cancelled of it, and with lines that join it.
 *
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_AMEND_H
#define PURSER_STORE_AMEND_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stdint.h>

struct store;

/* How many of each a version has: others come behind them. */
MUST_USE enum outcome amend_sizes(struct store *store, int64_t order_id, int64_t version,
                                  int64_t *reductions, int64_t *free_lines, struct fault *why);

/* Shipments of an order whose parcels have not arrived, by id. */
MUST_USE enum outcome amend_shipments(struct store *store, int64_t order_id, struct arena *arena,
                                      int64_t **items, size_t *count, struct fault *why);

/* Do the prices of its lines include tax? */
MUST_USE enum outcome amend_includes_tax(struct store *store, int64_t order_id, int64_t version,
                                         bool *includes_tax, struct fault *why);

/* What joins it. */
struct amend_sum {
    int64_t net_minor, tax_minor, gross_minor;
    int64_t cost_minor; /* AMOUNT_NONE */
    const char *trace;  /* of its lines, as that of an order */
};

/* The version after this one has its lines, and the prices of those that join (store_order.h): it
 * takes over all else. */
MUST_USE enum outcome amend_carry(struct store *store, int64_t order_id, int64_t version,
                                  const struct amend_sum *sum, struct fault *why);

#endif
