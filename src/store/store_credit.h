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

/* The customer's row of a list; NONE: it has none. */
MUST_USE enum outcome credit_find(struct store *store, int64_t version_id, const char *customer,
                                  struct arena *arena, struct credit_row *row, struct fault *why);

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

/* A customer with orders that are held for credit, and all that decides about them, as text: its
 * open orders, and `basis`, which is the same for all customers. */
struct credit_seen {
    const char *customer;
    const char *seen;
};
enum { CREDIT_CUSTOMER_BATCH = 256 };
/* Those of whom it is not what it was when their orders were looked at last (credit_looked): the
 * next ones behind the customer `after`, CREDIT_CUSTOMER_BATCH at most. */
MUST_USE enum outcome
credit_to_look(struct store *store, const char *basis, const char *after, struct arena *arena,
               struct credit_seen **items, size_t *count, struct fault *why);
MUST_USE enum outcome
credit_looked(struct store *store, const struct credit_seen *seen, struct fault *why);
/* One more order of the customer is held. */
MUST_USE enum outcome
credit_look_forget(struct store *store, const char *customer, struct fault *why);

/* The customer's orders that are held for credit, by (received, number, partner). */
MUST_USE enum outcome credit_held_of(struct store *store, const char *customer, struct arena *arena,
                                     int64_t **order_ids, size_t *count, struct fault *why);
/* One of them. */
struct credit_held {
    int64_t order_id;
    int64_t version;
    const char *partner;
    const char *number;
    enum approval_state approval;
    enum fulfilment_state fulfilment;
    enum payment_state payment;
    const char *currency;
    int64_t gross_minor;
    const char *trace; /* as it was told last */
};
MUST_USE enum outcome credit_held_get(struct store *store, int64_t order_id, struct arena *arena,
                                      struct credit_held *held, struct fault *why);

/* Why an order is held, or the amounts of it, have changed. */
MUST_USE enum outcome credit_retell(struct store *store, int64_t order_id, const char *reason,
                                    const char *trace, struct fault *why);

#endif
