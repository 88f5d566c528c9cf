/* order_hold.h -- what may keep an order from the next step of its way. */
#ifndef PURSER_ORDER_HOLD_H
#define PURSER_ORDER_HOLD_H

#include "order/lifecycle.h"

/* X(enumerator, "stored name"): all but the first are our own. */
#define ORDER_HOLD_KINDS(X)                                                                        \
    X(ORDER_HOLD_BY_HAND, "by-hand")        /* a person placed it */                               \
    X(ORDER_HOLD_CREDIT, "credit")          /* the customer is above its limit */                  \
    X(ORDER_HOLD_ADDRESS, "address")        /* where it goes is doubtful */                        \
    X(ORDER_HOLD_STOCK, "stock")            /* there is less than was ordered */                   \
    X(ORDER_HOLD_PRICE, "price-difference") /* the partner expects another price */                \
    X(ORDER_HOLD_PAYMENT, "payment")        /* what must be paid before its release is not */      \
    X(ORDER_HOLD_CHANGE, "change")          /* a person must decide about a change of it */

/* The step that waits until the hold has ended.  (An order is not released before it is approved,
 * so that `both` says more than `approval` only where the order is approved already, or once was.)
 */
#define HOLD_BLOCKS(X)                                                                             \
    X(HOLD_BLOCKS_RELEASE, "release")   /* nothing goes to the warehouse */                        \
    X(HOLD_BLOCKS_APPROVAL, "approval") /* nobody is asked, and it is not approved */              \
    X(HOLD_BLOCKS_BOTH, "both")

enum order_hold_kind { ORDER_HOLD_KINDS(STATE_AS_ENUM) ORDER_HOLD_KIND_COUNT };
enum hold_blocks { HOLD_BLOCKS(STATE_AS_ENUM) HOLD_BLOCKS_COUNT };
extern const char *const order_hold_kind_names[ORDER_HOLD_KIND_COUNT];
extern const char *const hold_blocks_names[HOLD_BLOCKS_COUNT + 1]; /* ends with NULL */

#endif
