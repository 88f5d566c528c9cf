/* lifecycle.h -- the states of an order and the moves between them, as one table.
 *
 * An order stands on separate axes; the headline that a person reads is derived.  The table has
 * four users: the program (lifecycle_next), the store (a trigger refuses any other move), `purser
 * order list --graph`, and a test that proves each state reachable and each non-final one left.
 */
#ifndef PURSER_LIFECYCLE_H
#define PURSER_LIFECYCLE_H

#include "order/message.h"

#include <stdbool.h>
#include <stddef.h>

enum axis { AXIS_APPROVAL, AXIS_FULFILMENT, AXIS_PAYMENT, AXIS_COUNT };
extern const char *const axis_names[AXIS_COUNT]; /* "approval", "fulfilment", "payment" */

/* X(enumerator, "stored name") -- what each means stands beside it. */
#define APPROVAL_STATES(X)                                                                         \
    X(APPROVAL_RECEIVED, "received")   /* in the store, not yet priced */                          \
    X(APPROVAL_UNPRICED, "unpriced")   /* it has no price for a mistake in our price list */       \
    X(APPROVAL_WAITING, "waiting")     /* priced; somebody must decide */                          \
    X(APPROVAL_APPROVED, "approved")   /* by rule or by a person */                                \
    X(APPROVAL_REFUSED, "refused")     /* by check, rule or person, until it is sent again */      \
    X(APPROVAL_CANCELLED, "cancelled") /* all of it, before anything left; final */

#define FULFILMENT_STATES(X)                                                                       \
    X(FULFILMENT_NONE, "none")                         /* nothing sent to a warehouse */           \
    X(FULFILMENT_RELEASED, "released")                 /* the warehouse was told to ship */        \
    X(FULFILMENT_PARTLY, "partly")                     /* some of it left the warehouse */         \
    X(FULFILMENT_SHIPPED, "shipped")                   /* all of it left the warehouse */          \
    X(FULFILMENT_PARTLY_DELIVERED, "partly-delivered") /* and some of its parcels arrived */       \
    X(FULFILMENT_DELIVERED, "delivered")               /* all of them did; final so far */

/* What an approved order must be paid before it is released.  Money that comes for an order of
 * which nothing is asked leaves it in `none`. */
#define PAYMENT_STATES(X)                                                                          \
    X(PAYMENT_NONE, "none") /* nothing is asked: on account, or not approved yet */                \
    X(PAYMENT_DUE, "due")   /* nothing of it is paid */                                            \
    X(PAYMENT_PART, "part") /* some of it is */                                                    \
    X(PAYMENT_PAID, "paid") /* all that is asked */

#define STATE_AS_ENUM(enumerator, name) enumerator,
enum approval_state { APPROVAL_STATES(STATE_AS_ENUM) APPROVAL_STATE_COUNT };
enum fulfilment_state { FULFILMENT_STATES(STATE_AS_ENUM) FULFILMENT_STATE_COUNT };
enum payment_state { PAYMENT_STATES(STATE_AS_ENUM) PAYMENT_STATE_COUNT };
extern const char *const approval_state_names[APPROVAL_STATE_COUNT];
extern const char *const fulfilment_state_names[FULFILMENT_STATE_COUNT];
extern const char *const payment_state_names[PAYMENT_STATE_COUNT];

/* What warehouses and plants tell of an order leaves it where it is, wherever that is; so does what
 * becomes of changes, cancellations of a part, and returns. */
#define ORDER_NEWS(X)                                                                              \
    X(EVENT_WAREHOUSE_RECEIVED, "warehouse-received")                                              \
    X(EVENT_PICKING, "picking")                                                                    \
    X(EVENT_PACKED, "packed")                                                                      \
    X(EVENT_RELEASE_SHORT, "release-short")                                                        \
    X(EVENT_RELEASE_REFUSED, "release-refused")                                                    \
    X(EVENT_PRODUCTION_ASKED, "production-asked")                                                  \
    X(EVENT_PRODUCTION_ACCEPTED, "production-accepted")                                            \
    X(EVENT_PRODUCTION_STARTED, "production-started")                                              \
    X(EVENT_PRODUCTION_LATE, "production-late")                                                    \
    X(EVENT_PRODUCTION_DONE, "production-done")                                                    \
    X(EVENT_PRODUCTION_REFUSED, "production-refused")                                              \
    X(EVENT_PRODUCTION_STOPPED, "production-stopped")                                              \
    X(EVENT_CHANGE_ASKED, "change-asked") /* a person must decide about a change */                \
    X(EVENT_CHANGE_REFUSED, "change-refused")                                                      \
    X(EVENT_CANCEL_ASKED,                                                                          \
      "cancel-asked") /* some of it is under way: those who have it are asked */                   \
    X(EVENT_CANCEL_REFUSED, "cancel-refused")                                                      \
    X(EVENT_PART_CANCELLED, "part-cancelled") /* the rest of the order goes on */                  \
    X(EVENT_STOP_ASKED, "stop-asked")                                                              \
    X(EVENT_STOPPED, "stopped")                                                                    \
    X(EVENT_STOP_TOO_LATE, "stop-too-late")                                                        \
    X(EVENT_REDIRECT_ASKED, "redirect-asked") /* to send it elsewhere */                           \
    X(EVENT_REDIRECTED, "redirected")                                                              \
    X(EVENT_REDIRECT_REFUSED, "redirect-refused")                                                  \
    X(EVENT_CHARGED, "charged")       /* a fee, or what a promotion had given for more */          \
    X(EVENT_FEE_WAIVED, "fee-waived") /* some of it is not claimed any more */                     \
    X(EVENT_RETURN_AUTHORISED, "return-authorised")                                                \
    X(EVENT_RETURN_REFUSED, "return-refused")                                                      \
    X(EVENT_RETURN_RECEIVED, "return-received")                                                    \
    X(EVENT_RETURN_EXPIRED, "return-expired")                                                      \
    X(EVENT_RETURN_SETTLED, "return-settled")                                                      \
    X(EVENT_EXCHANGED, "exchanged")

#define ORDER_EVENTS(X)                                                                            \
    X(EVENT_RECEIVED, "received")                                                                  \
    X(EVENT_REFUSED, "refused")                                                                    \
    X(EVENT_PRICE_AWAITED, "price-awaited")                                                        \
    X(EVENT_APPROVAL_HELD, "approval-held") /* it waits, and nobody is asked yet */                \
    X(EVENT_APPROVAL_ASKED, "approval-asked")                                                      \
    X(EVENT_APPROVED, "approved")                                                                  \
    X(EVENT_REPRICED, "repriced")                                                                  \
    X(EVENT_HOLD_PLACED, "hold-placed") /* these two leave it where it is: table order_hold */     \
    X(EVENT_HOLD_ENDED, "hold-ended")                                                              \
    X(EVENT_PROMISED, "promised") /* a day, or another one, or none; it leaves it where it is */   \
    X(EVENT_REST_CANCELLED, "rest-cancelled") /* what is not there is not sent; likewise */        \
    X(EVENT_CHANGED, "changed") /* the next version, of an order that is not released */           \
    X(EVENT_AMENDED, "amended") /* likewise, of one that is: its lines stay, others join them */   \
    X(EVENT_CANCELLED, "cancelled") /* all of it */                                                \
    X(EVENT_CLOSED, "closed")       /* what had not left is cancelled: nothing more is to come */  \
    X(EVENT_RELEASED, "released")                                                                  \
    X(EVENT_PARTLY_SHIPPED, "partly-shipped")                                                      \
    X(EVENT_SHIPPED, "shipped")                                                                    \
    X(EVENT_PARTLY_DELIVERED, "partly-delivered")                                                  \
    X(EVENT_DELIVERED, "delivered")                                                                \
    X(EVENT_PAYMENT_DUE, "payment-due")                                                            \
    X(EVENT_PART_PAID, "part-paid")                                                                \
    X(EVENT_PAID, "paid")                                                                          \
    X(EVENT_REFUNDED, "refunded") /* what is left of it follows as an event of its own */          \
    ORDER_NEWS(X)
enum order_event { ORDER_EVENTS(STATE_AS_ENUM) ORDER_EVENT_COUNT };
extern const char *const order_event_names[ORDER_EVENT_COUNT];

struct edge {
    enum axis axis;
    int from;
    enum order_event on;
    int to;
};
extern const struct edge lifecycle_edges[];
extern const size_t lifecycle_edge_count;

/* The state that `on` leads to from `state` on `axis`, or -1 when the move is not allowed. */
int lifecycle_next(enum axis axis, int state, enum order_event on);

/* Is it one of ORDER_NEWS? */
bool lifecycle_is_news(enum order_event event);

/* What a person reads. */
enum headline {
    HEADLINE_SUBMITTED,
    HEADLINE_UNPRICED,
    HEADLINE_WAITING,
    HEADLINE_REFUSED,
    HEADLINE_CANCELLED,
    HEADLINE_APPROVED,
    HEADLINE_WAITING_FOR_PAYMENT,
    HEADLINE_PAID,
    HEADLINE_RELEASED,
    HEADLINE_PARTLY_SHIPPED,
    HEADLINE_SHIPPED,
    HEADLINE_PARTLY_DELIVERED,
    HEADLINE_DELIVERED,
    HEADLINE_COUNT
};
extern const char *const headline_names[HEADLINE_COUNT];     /* stable, for files and --json */
extern const enum message headline_messages[HEADLINE_COUNT]; /* the same in words */

/* The headline with this name in words; the name itself when it is not known. */
const char *lifecycle_headline_text(const char *name, enum language language);
enum headline lifecycle_headline(enum approval_state approval, enum fulfilment_state fulfilment,
                                 enum payment_state payment);

#endif
