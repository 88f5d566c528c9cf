/* store_pending.h -- changes of orders that wait for a person.
 *
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_PENDING_H
#define PURSER_STORE_PENDING_H

#include "base/arena.h"
#include "base/fault.h"

#include <stddef.h>
#include <stdint.h>

struct store;

enum pending_state {
    PENDING_OPEN,
    PENDING_ACCEPTED,
    PENDING_REJECTED,
    PENDING_EXPIRED,
    PENDING_STATE_COUNT
};
extern const char *const pending_state_names[PENDING_STATE_COUNT];

struct pending_change {
    int64_t order_id;
    int64_t number; /* of the answer that said so */
    int64_t request_id;
    int64_t interchange_id;    /* that brought it; 0: a person here */
    const char *change_number; /* the customer's; "" */
    const char *name;          /* that, or "#3" by our answer */
    const char *partner;       /* of the order */
    const char *order_number;
    int32_t expires; /* its last day; DAY_NONE */
};

MUST_USE enum outcome pending_add(struct store *store, const struct pending_change *pending,
                                  int64_t at_ms, struct fault *why);

/* The open ones of an order, in the order of their answers; those of all orders. */
MUST_USE enum outcome
pending_of_order(struct store *store, int64_t order_id, struct arena *arena,
                 struct pending_change **items, size_t *count, struct fault *why);
MUST_USE enum outcome pending_list(struct store *store, struct arena *arena,
                                   struct pending_change **items, size_t *count, struct fault *why);

struct pending_end {
    enum pending_state state;
    const char *actor;
    const char *reason;
    int64_t at_ms;
};
MUST_USE enum outcome pending_close(struct store *store, const struct pending_change *pending,
                                    const struct pending_end *end, struct fault *why);

#endif
