/* store_payment.h -- money that came for orders, or went back, and what each order has of it.
 *
 * A payment counts for the order that it is allocated to; one that fits no order is kept as it is
 * until it does.  Every function works within the caller's transaction. */
#ifndef PURSER_STORE_PAYMENT_H
#define PURSER_STORE_PAYMENT_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document.h"
#include "order/payment_terms.h"

#include <stdbool.h>
#include <stdint.h>

struct store;

enum payment_admission {
    PAYMENT_STORED,
    PAYMENT_KNOWN,    /* finance has sent this very payment before */
    PAYMENT_CONFLICT, /* finance has used the number for another one */
};

/* Store it, allocated to nothing. */
MUST_USE enum outcome
payment_store(struct store *store, const char *finance, int64_t interchange_id,
              const struct payment *payment, enum payment_admission *admission, struct fault *why);

/* One of them with what only the store knows. */
struct stored_payment {
    int64_t id;
    struct payment payment;
    const char *finance; /* who sent it */
    int64_t interchange_id;
    int64_t order_id; /* 0: allocated to none */
};

/* The next payment of an interchange after the id; NONE after the last. */
MUST_USE enum outcome
payment_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
             struct stored_payment *payment, struct fault *why);

MUST_USE enum outcome payment_get(struct store *store, int64_t id, struct arena *arena,
                                  struct stored_payment *payment, struct fault *why);

/* The ids of those that may be allocated by now, for their orders are there and were priced: in the
 * order in which the money moved. */
MUST_USE enum outcome payment_ready(struct store *store, struct arena *arena, int64_t **ids,
                                    size_t *count, struct fault *why);

/* By its number, of this sender or ("") of whoever has used it; *is_single: nobody else has. */
MUST_USE enum outcome
payment_named(struct store *store, const char *finance, const char *number, struct arena *arena,
              struct stored_payment *payment, bool *is_single, struct fault *why);

/* X(enumerator, "stored name"): why a payment is not allocated. */
#define PAYMENT_TROUBLES(X)                                                                        \
    X(PAYMENT_ORDER_UNKNOWN, "order-unknown")                                                      \
    X(PAYMENT_NO_ORDER, "no-order")                                                                \
    X(PAYMENT_OTHER_CURRENCY, "currency")                                                          \
    X(PAYMENT_REFUND_TOO_MUCH, "refund")
#define TROUBLE_AS_ENUM(enumerator, name) enumerator,
enum payment_trouble { PAYMENT_TROUBLES(TROUBLE_AS_ENUM) PAYMENT_TROUBLE_COUNT };
extern const char *const payment_trouble_names[PAYMENT_TROUBLE_COUNT];

/* `by` is who did so by hand; NULL: we.  It counts from `at_ms` on, and not before the day it was
 * paid on. */
MUST_USE enum outcome
payment_allocate(struct store *store, const struct stored_payment *stored, int64_t order_id,
                 const char *by, int64_t at_ms, struct fault *why);
MUST_USE enum outcome
payment_put_off(struct store *store, int64_t id, enum payment_trouble trouble, struct fault *why);
MUST_USE enum outcome payment_discard(struct store *store, int64_t id, struct fault *why);

/* Nothing of what is allocated to the order counts for it from `at_ms` on: it is in another
 * currency. */
MUST_USE enum outcome
payment_unfit(struct store *store, int64_t order_id, int64_t at_ms, struct fault *why);

/* What an order must be paid, and what was. */
enum { CURRENCY_SIZE = 4 };
struct order_money {
    struct payment_terms terms;         /* these three of the order version */
    int64_t gross_minor;                /* 0: it has no price */
    char order_currency[CURRENCY_SIZE]; /* what it is paid in */
    bool is_stored;                     /* something was asked, or came; else the rest is 0 */
    char currency[CURRENCY_SIZE];       /* of that */
    int64_t required_minor;
    int64_t enough_minor;
    int64_t paid_minor;
    int64_t refunded_minor;
    int64_t owed_minor; /* not read */
};
void money_set_currency(char currency[CURRENCY_SIZE], const char *code);

MUST_USE enum outcome order_money_get(struct store *store, int64_t order_id, int64_t version,
                                      struct order_money *money, struct fault *why);
MUST_USE enum outcome order_money_put(struct store *store, int64_t order_id,
                                      const struct order_money *money, struct fault *why);

/* What is owed to its customer; 0 of an order for which nothing came. */
MUST_USE enum outcome
order_money_owed(struct store *store, int64_t order_id, int64_t *owed_minor, struct fault *why);

/* The order is refused, or cancelled: what came for it is owed to its customer. */
MUST_USE enum outcome
order_money_give_back(struct store *store, int64_t order_id, struct fault *why);

#endif
