/* store_shipment.h -- what left a warehouse, as its files said. */
#ifndef PURSER_STORE_SHIPMENT_H
#define PURSER_STORE_SHIPMENT_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document.h"

#include <stddef.h>
#include <stdint.h>

struct store;

enum shipment_admission {
    SHIPMENT_STORED,
    SHIPMENT_KNOWN,    /* the warehouse has sent this very shipment before */
    SHIPMENT_CONFLICT, /* the warehouse has used the number for another shipment */
};

/* Store it unmatched. */
MUST_USE enum outcome shipment_store(struct store *store, const char *warehouse,
                                     int64_t interchange_id, const struct shipment *shipment,
                                     enum shipment_admission *admission, struct fault *why);

/* The next shipment of an interchange after the id, whole; NONE after the last. */
MUST_USE enum outcome
shipment_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
              int64_t *id, struct shipment *shipment, struct fault *why);

/* A line of the order version and how much of it has left in matched shipments. */
struct shippable {
    const char *number;
    const char *sku;
    const char *unit;
    int64_t ordered_micros;
    int64_t shipped_micros;
    bool is_closed; /* it counts as complete, though it is short */
};
/* Sorted by number (bytewise). */
MUST_USE enum outcome
shipment_order_lines(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                     struct shippable **items, size_t *count, struct fault *why);
/* It is of this order; so much more than ordered, of it, was let through. */
MUST_USE enum outcome shipment_match(struct store *store, int64_t id, int64_t order_id,
                                     int64_t over_micros, struct fault *why);
/* Nothing more comes of an order line, as the shipment says, and that is enough. */
MUST_USE enum outcome
shipment_close_line(struct store *store, int64_t id, const char *order_line, struct fault *why);
/* False: the serial number of this product has left already. */
MUST_USE enum outcome shipment_add_serial(struct store *store, int64_t id, const char *sku,
                                          const char *serial, bool *is_new, struct fault *why);
/* It was never here; its serial numbers may come again. */
MUST_USE enum outcome shipment_discard(struct store *store, int64_t id, struct fault *why);

#endif
