/* holds.h -- holds of orders end by themselves: private to src/desk.
 *
 * Each in one transaction with what follows from it; many share one. */
#ifndef PURSER_HOLDS_H
#define PURSER_HOLDS_H

#include "config/run.h"
#include "desk/facts.h"
#include "desk/flow.h"
#include "order/order.h"

/* What the event of a hold says: {"hold":"by-hand","reason":"...","until":"2026-11-30"}; of one
 * that ended {"hold":"by-hand","how":"resumed","reason":"..."}. */
MUST_USE const char *holds_detail(struct arena *arena, const struct order_hold *hold);
MUST_USE const char *
holds_end_detail(struct arena *arena, enum order_hold_kind kind, const struct order_hold_end *end);

/* A hold that we place ourselves; what it blocks and when it ends is configured. */
struct placing {
    enum order_hold_kind kind;
    const char *reason;
    const char *trace;
    int64_t interchange_id; /* that it follows from; 0: none */
    const char *customer;   /* of 'credit': whose limit it is; "" */
    int64_t seen;           /* of 'stock': the list that was asked; 0 */
};
MUST_USE enum outcome
holds_place(struct run *run, struct subject *subject, const struct placing *placing,
            struct arena *arena, struct fault *why);

/* End the open hold of a kind.  An order that waits, and that nothing keeps from its approval any
 * more, goes on: who is next is asked, or it is approved. */
MUST_USE enum outcome
holds_end(struct run *run, struct facts *facts, struct subject *subject, enum order_hold_kind kind,
          const struct order_hold_end *end, const struct cause *cause, struct fault *why);

/* The same after a hold that another one replaced. */
MUST_USE enum outcome
holds_go_on(struct run *run, struct facts *facts, struct subject *subject, struct fault *why);

/* Has a person let go of a hold of this kind since the partner sent this version? */
MUST_USE enum outcome
holds_was_let_go(struct run *run, const struct subject *subject, enum order_hold_kind kind,
                 bool *was_let_go, struct fault *why);

/* The order, in state 'received', is about to wait or to be approved: hold it when its delivery
 * address is doubtful and the configuration says so, unless it is held for that, or a person has
 * let go of it. */
MUST_USE enum outcome
holds_check_address(struct run *run, struct subject *subject, const struct order *order,
                    int64_t interchange_id, struct arena *arena, struct fault *why);

/* Those whose last day is over end, those for credit when there is room again, and those for stock
 * when another list has enough.  Approved orders that nothing holds are released: a warehouse may
 * have been configured since. */
MUST_USE enum outcome holds_work(struct run *run, struct facts *facts, struct fault *why);

#endif
