/* store_awaiting.h -- orders that wait for a price, because our price list gives them none.
 *
 * There are few at any time, each with its row; it goes when the order leaves the state.  Every
 * function works within the caller's transaction. */
#ifndef PURSER_STORE_AWAITING_H
#define PURSER_STORE_AWAITING_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/message.h"

#include <stdint.h>

struct store;

struct awaiting {
    int64_t order_id;
    int64_t since_ms;
    const char *line;  /* the first that has no price */
    enum message code; /* why */
    const char *tried; /* the master data in force when it was priced last, as the caller writes
                          that */
};

/* From now on, or still: since when stays. */
MUST_USE enum outcome
awaiting_put(struct store *store, const struct awaiting *awaiting, struct fault *why);

/* It waits no more. */
MUST_USE enum outcome awaiting_end(struct store *store, int64_t order_id, struct fault *why);

struct awaiting_order {
    int64_t id;
    int64_t version;
    int64_t interchange_id; /* that brought it */
    const char *partner;
    int64_t since_ms;
};

/* The next one, by ids above `after`, that was not priced by the master data `tried`; NONE after
 * the last. */
MUST_USE enum outcome
awaiting_next(struct store *store, int64_t after, const char *tried, struct arena *arena,
              struct awaiting_order *order, struct fault *why);

#endif
