/* store_order_hold.h -- what keeps orders from being approved or released.
 *
 * Of each kind one hold at most is open on an order.  Every function works within the caller's
 * transaction. */
#ifndef PURSER_STORE_ORDER_HOLD_H
#define PURSER_STORE_ORDER_HOLD_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/lifecycle.h"
#include "order/order_hold.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* X(enumerator, "stored name") */
#define ORDER_HOLD_ENDINGS(X)                                                                      \
    X(ORDER_HOLD_RESUMED, "resumed")       /* a person ended it */                                 \
    X(ORDER_HOLD_EXPIRED, "expired")       /* its last day is over */                              \
    X(ORDER_HOLD_CLEARED, "cleared")       /* its reason has gone */                               \
    X(ORDER_HOLD_SUPERSEDED, "superseded") /* another of its kind takes its place */               \
    X(ORDER_HOLD_REPRICED, "repriced")     /* the order gets another price */                      \
    X(ORDER_HOLD_REFUSED, "refused")       /* the order is refused */                              \
    X(ORDER_HOLD_CANCELLED, "cancelled")   /* or cancelled */

enum order_hold_how { ORDER_HOLD_ENDINGS(STATE_AS_ENUM) ORDER_HOLD_HOW_COUNT };
extern const char *const order_hold_how_names[ORDER_HOLD_HOW_COUNT];

struct order_hold {
    int64_t id; /* given by the store */
    int64_t order_id;
    int64_t version;
    enum order_hold_kind kind;
    enum hold_blocks blocks;
    const char *reason;
    const char *trace; /* JSON, "" */
    int64_t since_ms;
    int32_t expires; /* its last day, or DAY_NONE */
    const char *placed_by;
    const char *may_end;  /* who alone may, beside who placed it: "user:A | user:B"; "": anybody */
    const char *customer; /* of 'credit': whose limit it is; "" */
    int64_t seen;         /* of 'stock': the list that it was looked at by; 0 */
};
MUST_USE enum outcome
order_hold_add(struct store *store, const struct order_hold *hold, struct fault *why);

/* Those that are open on an order, by kind. */
MUST_USE enum outcome
order_hold_list(struct store *store, int64_t order_id, struct arena *arena,
                struct order_hold holds[ORDER_HOLD_KIND_COUNT], size_t *count, struct fault *why);

/* Of which kinds one is open. */
struct open_holds {
    unsigned int kinds;    /* bit 1 << kind */
    unsigned int approval; /* those of them that block it */
};
MUST_USE enum outcome order_hold_kinds(struct store *store, int64_t order_id,
                                       struct open_holds *holds, struct fault *why);
void open_holds_add(struct open_holds *holds, enum order_hold_kind kind, enum hold_blocks blocks);
void open_holds_remove(struct open_holds *holds, enum order_hold_kind kind);
bool open_holds_have(const struct open_holds *holds, enum order_hold_kind kind);

/* Has a person ended one of this kind since the partner sent this version? */
MUST_USE enum outcome
order_hold_was_resumed(struct store *store, int64_t order_id, int64_t version,
                       enum order_hold_kind kind, bool *was_resumed, struct fault *why);

/* Why the order version is approved by rule, if it was held before that: as the event tells that
 * says so.  "": somebody must decide. */
MUST_USE enum outcome
order_hold_decision(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                    const char **trace, struct fault *why);

struct order_hold_end {
    enum order_hold_how how;
    const char *by;
    const char *reason;
    int64_t ended_ms;
    const char *trace; /* JSON: why it ended, for the event; "" */
};
MUST_USE enum outcome
order_hold_close(struct store *store, int64_t order_id, enum order_hold_kind kind,
                 const struct order_hold_end *end, struct fault *why);

/* An order that may move on. */
struct held_order {
    int64_t id;
    int64_t version;
    const char *partner;
    enum approval_state approval;
    enum fulfilment_state fulfilment;
    enum payment_state payment;
    enum order_hold_kind kind; /* of the hold that it is about, where it is about one */
};
enum { HELD_ORDER_BATCH = 256 };

/* One of them, by its id. */
MUST_USE enum outcome order_hold_order(struct store *store, int64_t order_id, struct arena *arena,
                                       struct held_order *order, struct fault *why);

/* Open holds whose last day is before `day`, and orders that nothing holds although they are
 * approved and not released (nor, where orders are planned, in line); both by (received, partner,
 * number), HELD_ORDER_BATCH at most: what the caller ends or releases is not found again. */
MUST_USE enum outcome
order_hold_expired(struct store *store, int32_t day, struct arena *arena, struct held_order **items,
                   size_t *count, struct fault *why);
MUST_USE enum outcome order_hold_free(struct store *store, bool is_planned, struct arena *arena,
                                      struct held_order **items, size_t *count, struct fault *why);

#endif
