/* store_credit.h -- what customers may owe us, and what is on its way to them.
 *
 * Open orders are those that wait for approval or are approved, until all of them is shipped; one
 * that is held for credit does not count until it is let go.  Their sums are kept with each move,
 * so that no order adds up history.  Every function works within the caller's transaction. */
#ifndef PURSER_STORE_CREDIT_H
#define PURSER_STORE_CREDIT_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/lifecycle.h"
#include "order/master.h"

#include <stddef.h>
#include <stdint.h>

struct store;

/* The customer's row of the list in force, and the number of its version; NONE: it has none. */
MUST_USE enum outcome credit_find(struct store *store, const char *customer, struct arena *arena,
                                  struct credit_row *row, int64_t *version, struct fault *why);

/* The exchange rates in force, by their id; 0: none are. */
MUST_USE enum outcome
credit_rates_version(struct store *store, int64_t *version_id, struct fault *why);

/* What is open of a customer in one currency. */
struct customer_open {
    const char *currency;
    int64_t orders;
    int64_t gross_minor;
};
/* By currency. */
MUST_USE enum outcome credit_open(struct store *store, const char *customer, struct arena *arena,
                                  struct customer_open **items, size_t *count, struct fault *why);

/* The order version, which has a price, counts from now on (1), or no more (-1). */
MUST_USE enum outcome
credit_count(struct store *store, int64_t order_id, int64_t version, int sign, struct fault *why);

/* An order that is held for credit. */
struct credit_held {
    int64_t order_id;
    int64_t version;
    const char *partner;
    const char *number;
    int64_t received_ms;
    enum approval_state approval;
    const char *customer;
    const char *currency;
    int64_t gross_minor;
    const char *trace; /* as it was told last */
};
enum { CREDIT_HELD_BATCH = 256 };
/* The next ones behind `after`, by (received, number, partner); at most CREDIT_HELD_BATCH. */
MUST_USE enum outcome
credit_held_next(struct store *store, const struct credit_held *after, struct arena *arena,
                 struct credit_held **items, size_t *count, struct fault *why);

/* Why an order is held, or the amounts of it, have changed. */
MUST_USE enum outcome credit_retell(struct store *store, int64_t order_id, const char *reason,
                                    const char *trace, struct fault *why);

#endif
