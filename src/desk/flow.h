/* flow.h -- an order moves: state, event and messages together; private to src/desk.
 *
 * Each move is one of lifecycle.h (asserted here, and checked again by the store), adds its event,
 * and leaves the messages that it causes in the outbox, all in the caller's transaction. */
#ifndef PURSER_FLOW_H
#define PURSER_FLOW_H

#include "config/run.h"
#include "order/lifecycle.h"
#include "store/store_approval.h"
#include "store/store_order.h"
#include "store/store_order_hold.h"
#include "store/store_payment.h"
#include "store/store_plan.h"

/* The order that moves; the states follow, and what holds it and what is paid of it, which are
 * asked of the store once. */
struct subject {
    int64_t id;
    int64_t version;
    const char *partner;
    enum approval_state approval;
    enum fulfilment_state fulfilment;
    enum payment_state payment;
    bool knows_holds;
    struct open_holds holds;
    bool knows_money;
    struct order_money money;
};

/* The order as the store says, and as a list of those that are held has it. */
struct subject flow_subject(const struct order_standing *standing, const char *partner);
struct subject flow_held_subject(const struct held_order *order);

/* Why it moves. */
struct cause {
    const char *actor;
    int64_t interchange_id; /* 0: no file told us */
    int64_t happened_ms;
    const char *detail;
};

/* What promotions gave to it counts no more, and its holds end. */
MUST_USE enum outcome
flow_refuse(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why);

/* All of it is cancelled, before anything of it left: nothing hangs on it any more, and its
 * customer is told.  What came for it is owed. */
MUST_USE enum outcome
flow_cancel(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why);

/* A part of it is cancelled; or (`is_last`, some of it has left) all that had not, and it counts as
 * shipped.  Its customer is told. */
MUST_USE enum outcome flow_cancel_part(struct run *run, struct subject *subject,
                                       const struct cause *cause, bool is_last, struct fault *why);

/* Is the order counted among those that its customer has open? */
MUST_USE enum outcome
flow_is_counted(struct run *run, struct subject *subject, bool *is_counted, struct fault *why);

/* Approve, ask for what must be paid before (paying.h), and release (flow_release). */
MUST_USE enum outcome flow_approve(struct run *run, struct subject *subject,
                                   const struct cause *cause, struct fault *why);

/* Release an approved order, if a warehouse is configured and nothing holds it.  Where orders are
 * planned, it is in line from then on, and the next planning releases it. */
MUST_USE enum outcome flow_release(struct run *run, struct subject *subject, struct fault *why);

/* Tell warehouses to send (some of) it, each by a message of its own; its customer is told once. */
MUST_USE enum outcome flow_send(struct run *run, struct subject *subject,
                                const struct release *releases, size_t count, struct fault *why);

/* Its customer is told another day (EVENT_PROMISED), or what will not be sent
 * (EVENT_REST_CANCELLED); it stays where it stands. */
MUST_USE enum outcome flow_tell(struct run *run, struct subject *subject, enum order_event on,
                                const struct cause *cause, struct fault *why);

/* Place a hold on an order that is not released, of a kind that is not open on it. */
MUST_USE enum outcome
flow_hold(struct run *run, struct subject *subject, const struct order_hold *hold,
          const struct cause *cause, struct fault *why);

/* What holds the order, into subject->holds. */
MUST_USE enum outcome flow_know_holds(struct run *run, struct subject *subject, struct fault *why);

/* End the open hold of a kind; the last one's end releases an order that is approved.  (One that
 * waits for its approval goes on by holds_end.) */
MUST_USE enum outcome
flow_end_hold(struct run *run, struct subject *subject, enum order_hold_kind kind,
              const struct order_hold_end *end, const struct cause *cause, struct fault *why);

/* Wait for a price: the customer gets a status, the answer follows. */
MUST_USE enum outcome flow_await_price(struct run *run, struct subject *subject,
                                       const struct cause *cause, struct fault *why);

/* Wait for the approvers of the stored steps, of which the caller asks the first; or for the end of
 * what holds it before that, and then the caller asks nobody. */
MUST_USE enum outcome
flow_wait(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why);

/* Such an order is held no more, and its first approver is asked now; the customer, who knows that
 * it waits, is told nothing. */
MUST_USE enum outcome flow_ask_late(struct run *run, struct subject *subject,
                                    const struct cause *cause, struct fault *why);

/* A request to somebody who is asked in a step, or reminder number `reminder` of it; asking.h opens
 * steps. */
MUST_USE enum outcome flow_ask(struct run *run, const struct approval *approval, const char *person,
                               int64_t reminder, struct fault *why);

/* The next version of an order that waits (also for a price), or is approved and not released,
 * takes its place: nobody decides about the one before any more, what promotions gave to it counts
 * no more, its holds for credit, stock and price end, and it is in state 'received' again. */
MUST_USE enum outcome flow_reprice(struct run *run, struct subject *subject,
                                   const struct cause *cause, struct fault *why);

/* Likewise, because its customer has changed it. */
MUST_USE enum outcome
flow_change(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why);

/* The store has the next version of an order that is released, with its prices: its lines and
 * others that join them.  What it comes to counts, and its customer gets another answer. */
MUST_USE enum outcome
flow_amend(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why);

/* What joined it goes as the rest did: from the line, or to the warehouse at once. */
MUST_USE enum outcome flow_release_more(struct run *run, struct subject *subject,
                                        int64_t interchange_id, struct fault *why);

/* What is asked of an approved order before its release is paid, in part or whole, or not any more;
 * or some of it went back (EVENT_REFUNDED): what is left of it follows, and its customer is told of
 * that. */
MUST_USE enum outcome flow_pay(struct run *run, struct subject *subject, enum order_event on,
                               const struct cause *cause, struct fault *why);

/* A shipment left: the last one of the order, or not.  Where it is configured, it is invoiced. */
MUST_USE enum outcome flow_ship(struct run *run, struct subject *subject, const struct cause *cause,
                                int64_t shipment_id, bool is_complete, struct fault *why);

/* What a warehouse or a plant tells of an order (lifecycle_is_news) leaves it where it is. */
MUST_USE enum outcome
flow_news(struct run *run, const struct subject *subject, enum order_event news,
          const struct cause *cause, struct fault *why);

/* Likewise, and its customer is told. */
MUST_USE enum outcome
flow_news_told(struct run *run, const struct subject *subject, enum order_event news,
               const struct cause *cause, struct fault *why);

/* Parcels of an order that is shipped were delivered: all of them, or some. */
MUST_USE enum outcome flow_deliver(struct run *run, struct subject *subject,
                                   const struct cause *cause, bool is_all, struct fault *why);

#endif
