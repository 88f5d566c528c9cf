#include "desk/flow.h"

#include "desk/invoicing.h"
#include "desk/paying.h"
#include "desk/planning.h"
#include "desk/production.h"
#include "desk/selling.h"
#include "desk/told.h"
#include "order/document.h"
#include "store/store_awaiting.h"
#include "store/store_cancellation.h"
#include "store/store_credit.h"
#include "store/store_outbox.h"
#include "store/store_promotion.h"
#include "store/store_stand.h"
#include "store/store_stock.h"

#include <assert.h>

enum { RELEASE_BYTES_MAX = 64 * 1024 * 1024 };

static int
state_of(const struct subject *subject, enum axis axis)
{
    return axis == AXIS_APPROVAL     ? (int)subject->approval
           : axis == AXIS_FULFILMENT ? (int)subject->fulfilment
                                     : (int)subject->payment;
}

static void
set_state(struct subject *subject, enum axis axis, int state)
{
    switch (axis) {
    case AXIS_APPROVAL: subject->approval = (enum approval_state)state; break;
    case AXIS_FULFILMENT: subject->fulfilment = (enum fulfilment_state)state; break;
    default: subject->payment = (enum payment_state)state; break;
    }
}

static enum outcome
add_event(struct run *run, const struct subject *subject, enum order_event on,
          const struct cause *cause, int64_t *event_id, struct fault *why)
{
    return order_add_event(
        run->store,
        &(struct event){.order_id = subject->id,
                        .version = subject->version,
                        .event = on,
                        .headline = lifecycle_headline(subject->approval, subject->fulfilment,
                                                       subject->payment),
                        .happened_ms = cause->happened_ms,
                        .known_ms = run->as_of_ms,
                        .actor = cause->actor,
                        .interchange_id = cause->interchange_id,
                        .detail = cause->detail},
        event_id, why);
}

/* Take the order to the state that the event leads to, and note the event. */
static enum outcome
note(struct run *run, struct subject *subject, enum axis axis, enum order_event on,
     const struct cause *cause, int64_t *event_id, struct fault *why)
{
    const int to = lifecycle_next(axis, state_of(subject, axis), on);
    assert(to >= 0 && "the caller moves an order only where the life cycle lets it");
    set_state(subject, axis, to);
    return add_event(run, subject, on, cause, event_id, why);
}

enum outcome
flow_news(struct run *run, const struct subject *subject, enum order_event news,
          const struct cause *cause, struct fault *why)
{
    int64_t event_id = 0;
    assert(lifecycle_is_news(news) && "whatever moves an order is one of its moves");
    return add_event(run, subject, news, cause, &event_id, why);
}

static enum outcome
store_state(struct run *run, const struct subject *subject, struct fault *why)
{
    return order_move(run->store, subject->id, subject->approval, subject->fulfilment,
                      subject->payment, why);
}

/* A message about an event of the order, to its customer. */
static enum outcome
tell_customer(struct run *run, const struct subject *subject, const char *kind, int64_t event_id,
              struct fault *why)
{
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = subject->partner,
                                                       .kind = kind,
                                                       .order_id = subject->id,
                                                       .version = subject->version,
                                                       .event_id = event_id},
                              why);
}

enum outcome
flow_news_told(struct run *run, const struct subject *subject, enum order_event news,
               const struct cause *cause, struct fault *why)
{
    int64_t event_id = 0;
    assert(lifecycle_is_news(news) && "whatever moves an order is one of its moves");
    TRY(add_event(run, subject, news, cause, &event_id, why));
    return tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why);
}

/* Of an order that waited for its approval: that is over.  Others, which are most, ask nothing of
 * the store. */
static enum outcome
tell_result(struct run *run, const struct subject *subject, bool waited, int64_t version,
            int64_t event_id, struct fault *why)
{
    return waited ? told_result(run, subject->id, version, event_id, why) : DONE;
}

/* An order that waited for a price waits no more. */
static enum outcome
end_awaiting(struct run *run, const struct subject *subject, struct fault *why)
{
    return subject->approval == APPROVAL_UNPRICED ? awaiting_end(run->store, subject->id, why)
                                                  : DONE;
}

static bool
is_open(const struct subject *subject)
{
    return subject->approval == APPROVAL_WAITING || subject->approval == APPROVAL_APPROVED;
}

/* The store is not asked about a new order, which most are (nobody has seen it to hold it), nor
 * about one that is released. */
enum outcome
flow_know_holds(struct run *run, struct subject *subject, struct fault *why)
{
    const bool is_new = subject->version == 1 && subject->approval == APPROVAL_RECEIVED;
    if (!subject->knows_holds && !is_new && subject->fulfilment == FULFILMENT_NONE) {
        TRY(order_hold_kinds(run->store, subject->id, &subject->holds, why));
    }
    subject->knows_holds = true;
    return DONE;
}

static enum outcome
close_hold(struct run *run, struct subject *subject, enum order_hold_kind kind,
           const struct order_hold_end *end, struct fault *why)
{
    TRY(flow_know_holds(run, subject, why));
    if (!open_holds_have(&subject->holds, kind)) {
        return DONE;
    }
    open_holds_remove(&subject->holds, kind);
    return order_hold_close(run->store, subject->id, kind, end, why);
}

/* The order begins (1) or ceases (-1) to be open, before its holds end: what it comes to is counted
 * for its customer, but while it is held for credit. */
static enum outcome
count_open(struct run *run, struct subject *subject, int sign, struct fault *why)
{
    TRY(flow_know_holds(run, subject, why));
    return open_holds_have(&subject->holds, ORDER_HOLD_CREDIT)
               ? DONE
               : credit_count(run->store, subject->id, subject->version, sign, why);
}

/* It is not open any more, nor waits for a price. */
static enum outcome
count_out(struct run *run, struct subject *subject, struct fault *why)
{
    TRY(end_awaiting(run, subject, why));
    return is_open(subject) ? count_open(run, subject, -1, why) : DONE;
}

/* Holds that have lost their sense, with no word of their own: what happens to the order tells. */
static enum outcome
drop_holds(struct run *run, struct subject *subject, enum order_hold_how how, struct fault *why)
{
    const struct order_hold_end end = {how, "purser", "", run->as_of_ms, ""};
    for (int kind = 0; kind < ORDER_HOLD_KIND_COUNT; kind++) {
        TRY(close_hold(run, subject, (enum order_hold_kind)kind, &end, why));
    }
    return DONE;
}

/* Plants make nothing more for it.  (Where nothing is planned they were asked for nothing.) */
static enum outcome
stop_production(struct run *run, const struct subject *subject, struct fault *why)
{
    return run->config->planning.is_on ? production_take_back(run, subject, 0, 0, why) : DONE;
}

enum outcome
flow_refuse(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why)
{
    int64_t event_id = 0;
    const bool waited = subject->approval == APPROVAL_WAITING;
    TRY(count_out(run, subject, why)); /* it was not sold: what is approved is never refused */
    TRY(drop_holds(run, subject, ORDER_HOLD_REFUSED, why));
    TRY(stop_production(run, subject, why));
    TRY(planning_leave(run, subject->id, why));
    TRY(paying_give_back(run, subject, why));
    TRY(note(run, subject, AXIS_APPROVAL, EVENT_REFUSED, cause, &event_id, why));
    TRY(store_state(run, subject, why));
    TRY(promotion_release(run->store, subject->id, subject->version, why));
    TRY(order_day_release(run->store, subject->id, subject->version, why));
    TRY(stock_give_back(run->store, subject->id, subject->version, why));
    TRY(tell_result(run, subject, waited, subject->version, event_id, why));
    run->counts.orders_refused++;
    return tell_customer(run, subject, KIND_ORDER_RESPONSE, event_id, why);
}

enum outcome
flow_is_counted(struct run *run, struct subject *subject, bool *is_counted, struct fault *why)
{
    TRY(flow_know_holds(run, subject, why));
    *is_counted = is_open(subject) && subject->fulfilment < FULFILMENT_SHIPPED &&
                  !open_holds_have(&subject->holds, ORDER_HOLD_CREDIT);
    return DONE;
}

enum outcome
flow_cancel(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why)
{
    int64_t event_id = 0;
    const bool waited = subject->approval == APPROVAL_WAITING;
    TRY(selling_leave(run, subject, SALE_CANCELLED, why));
    TRY(count_out(run, subject, why));
    TRY(drop_holds(run, subject, ORDER_HOLD_CANCELLED, why));
    TRY(stop_production(run, subject, why));
    TRY(planning_leave(run, subject->id, why));
    TRY(approval_withdraw(run->store, subject->id, subject->version, run->as_of_ms, why));
    TRY(order_money_give_back(run->store, subject->id, why));
    subject->payment = PAYMENT_NONE; /* the same move */
    TRY(note(run, subject, AXIS_APPROVAL, EVENT_CANCELLED, cause, &event_id, why));
    TRY(store_state(run, subject, why));
    TRY(promotion_release(run->store, subject->id, subject->version, why));
    TRY(order_day_release(run->store, subject->id, subject->version, why));
    TRY(stock_give_back(run->store, subject->id, subject->version, why));
    TRY(tell_result(run, subject, waited, subject->version, event_id, why));
    run->counts.orders_cancelled++;
    return tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why);
}

enum outcome
flow_cancel_part(struct run *run, struct subject *subject, const struct cause *cause, bool is_last,
                 struct fault *why)
{
    int64_t event_id = 0;
    if (!is_last) {
        TRY(add_event(run, subject, EVENT_PART_CANCELLED, cause, &event_id, why));
        return tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why);
    }
    TRY(count_open(run, subject, -1, why));
    TRY(stop_production(run, subject, why));
    TRY(note(run, subject, AXIS_FULFILMENT, EVENT_CLOSED, cause, &event_id, why));
    TRY(store_state(run, subject, why));
    run->counts.orders_shipped++;
    return tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why);
}

static enum outcome
send_to(struct run *run, const struct subject *subject, const struct release *release,
        struct fault *why)
{
    int64_t release_id = 0;
    TRY(release_add(run->store, subject->id, subject->version, release, run->as_of_ms, &release_id,
                    why));
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = release->warehouse,
                                                       .kind = KIND_RELEASE,
                                                       .order_id = subject->id,
                                                       .version = subject->version,
                                                       .release_id = release_id},
                              why);
}

static enum outcome
send_all(struct run *run, struct subject *subject, const struct release *releases, size_t count,
         int64_t interchange_id, struct fault *why)
{
    int64_t event_id = 0;
    const struct cause ours = {"purser", interchange_id, run->as_of_ms, ""};
    TRY(note(run, subject, AXIS_FULFILMENT, EVENT_RELEASED, &ours, &event_id, why));
    for (size_t index = 0; index < count; index++) {
        TRY(send_to(run, subject, &releases[index], why));
    }
    return tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why);
}

enum outcome
flow_send(struct run *run, struct subject *subject, const struct release *releases, size_t count,
          struct fault *why)
{
    TRY(send_all(run, subject, releases, count, 0, why));
    return store_state(run, subject, why);
}

enum outcome
flow_tell(struct run *run, struct subject *subject, enum order_event on, const struct cause *cause,
          struct fault *why)
{
    int64_t event_id = 0;
    TRY(note(run, subject, AXIS_FULFILMENT, on, cause, &event_id, why));
    return tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why);
}

/* All of it; where some of that was cancelled, or went before, the lines that are left, and what is
 * left of them. */
static enum outcome
release_rest(struct run *run, struct subject *subject, int64_t interchange_id, struct fault *why)
{
    OWNED(arena) arena;
    struct release release = {run->config->warehouse, NULL, 0};
    struct cancelled_part *parts = NULL;
    struct line_stand *lines = NULL;
    size_t part_count = 0;
    size_t count = 0;
    arena_init(&arena, RELEASE_BYTES_MAX);
    TRY(order_cancelled_list(run->store, subject->id, subject->version, &arena, &parts, &part_count,
                             why));
    if (part_count == 0 && subject->fulfilment == FULFILMENT_NONE) {
        return send_all(run, subject, &release, 1, interchange_id, why);
    }
    TRY(stand_lines(run->store, subject->id, subject->version, &arena, &lines, &count, why));
    struct release_line *rest = arena_array(&arena, struct release_line, count + 1);
    for (size_t index = 0; index < count; index++) {
        if (stand_free(&lines[index]) > 0) {
            rest[release.line_count++] =
                (struct release_line){lines[index].ordinal, stand_free(&lines[index])};
        }
    }
    release.lines = rest;
    return release.line_count == 0 ? DONE
                                   : send_all(run, subject, &release, 1, interchange_id, why);
}

/* A version that took the place of another one in line, and is not approved, is not in line. */
static enum outcome
leave_line(struct run *run, const struct subject *subject, struct fault *why)
{
    return subject->version > 1 ? planning_leave(run, subject->id, why) : DONE;
}

/* To the warehouse, when one is configured, the order is approved and nothing holds it. */
static enum outcome
release(struct run *run, struct subject *subject, int64_t interchange_id, struct fault *why)
{
    const bool has_warehouse = *run->config->warehouse != '\0';
    if (!has_warehouse || !run->config->planning.is_on) {
        TRY(leave_line(run, subject, why)); /* orders were planned, and are not any more */
    }
    if (!has_warehouse || subject->approval != APPROVAL_APPROVED) {
        return DONE;
    }
    if (run->config->planning.is_on) {
        return planning_enter(run, subject, why);
    }
    TRY(flow_know_holds(run, subject, why));
    if (subject->holds.kinds != 0) {
        return DONE;
    }
    TRY(planning_leave(run, subject->id, why)); /* orders were planned, and are not any more */
    return release_rest(run, subject, interchange_id, why);
}

enum outcome
flow_approve(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why)
{
    int64_t event_id = 0;
    const bool waited = subject->approval == APPROVAL_WAITING;
    if (!is_open(subject)) {
        TRY(count_open(run, subject, 1, why));
    }
    TRY(note(run, subject, AXIS_APPROVAL, EVENT_APPROVED, cause, &event_id, why));
    TRY(selling_enter(run, subject, why));
    TRY(tell_customer(run, subject, KIND_ORDER_RESPONSE, event_id, why));
    TRY(tell_result(run, subject, waited, subject->version, event_id, why));
    TRY(paying_ask(run, subject, cause->interchange_id, why));
    TRY(release(run, subject, cause->interchange_id, why));
    run->counts.orders_approved++;
    return store_state(run, subject, why);
}

enum outcome
flow_release(struct run *run, struct subject *subject, struct fault *why)
{
    TRY(release(run, subject, 0, why));
    return store_state(run, subject, why);
}

enum outcome
flow_pay(struct run *run, struct subject *subject, enum order_event on, const struct cause *cause,
         struct fault *why)
{
    int64_t event_id = 0;
    TRY(note(run, subject, AXIS_PAYMENT, on, cause, &event_id, why));
    TRY(store_state(run, subject, why));
    return on == EVENT_REFUNDED ? DONE
                                : tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why);
}

/* A hold leaves the order where it stands, on the axis on which it may move next. */
static enum outcome
note_hold(struct run *run, struct subject *subject, enum order_event on, const struct cause *cause,
          struct fault *why)
{
    int64_t event_id = 0;
    const enum axis axis = subject->approval == APPROVAL_APPROVED ? AXIS_FULFILMENT : AXIS_APPROVAL;
    return note(run, subject, axis, on, cause, &event_id, why);
}

enum outcome
flow_hold(struct run *run, struct subject *subject, const struct order_hold *hold,
          const struct cause *cause, struct fault *why)
{
    assert((hold->kind != ORDER_HOLD_CREDIT || !is_open(subject)) && "an open order is counted");
    TRY(flow_know_holds(run, subject, why));
    TRY(order_hold_add(run->store, hold, why));
    open_holds_add(&subject->holds, hold->kind, hold->blocks);
    run->counts.orders_held++;
    return note_hold(run, subject, EVENT_HOLD_PLACED, cause, why);
}

enum outcome
flow_end_hold(struct run *run, struct subject *subject, enum order_hold_kind kind,
              const struct order_hold_end *end, const struct cause *cause, struct fault *why)
{
    TRY(close_hold(run, subject, kind, end, why));
    if (kind == ORDER_HOLD_CREDIT && is_open(subject)) {
        TRY(count_open(run, subject, 1, why));
    }
    if (kind == ORDER_HOLD_STOCK) {
        TRY(stock_promise(run->store, subject->id, subject->version, why));
    }
    TRY(note_hold(run, subject, EVENT_HOLD_ENDED, cause, why));
    run->counts.holds_ended++;
    return flow_release(run, subject, why);
}

enum outcome
flow_ask(struct run *run, const struct approval *approval, const char *person, int64_t reminder,
         struct fault *why)
{
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = person,
                                                       .reminder = reminder,
                                                       .kind = KIND_APPROVAL_REQUEST,
                                                       .order_id = approval->order_id,
                                                       .version = approval->version,
                                                       .approval_id = approval->id},
                              why);
}

enum outcome
flow_await_price(struct run *run, struct subject *subject, const struct cause *cause,
                 struct fault *why)
{
    int64_t event_id = 0;
    TRY(leave_line(run, subject, why));
    TRY(note(run, subject, AXIS_APPROVAL, EVENT_PRICE_AWAITED, cause, &event_id, why));
    TRY(store_state(run, subject, why));
    run->counts.orders_unpriced++;
    return tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why);
}

enum outcome
flow_wait(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why)
{
    int64_t event_id = 0;
    TRY(leave_line(run, subject, why));
    TRY(count_open(run, subject, 1, why));
    TRY(note(run, subject, AXIS_APPROVAL,
             subject->holds.approval != 0 ? EVENT_APPROVAL_HELD : EVENT_APPROVAL_ASKED, cause,
             &event_id, why));
    TRY(store_state(run, subject, why));
    TRY(tell_customer(run, subject, KIND_ORDER_RESPONSE, event_id, why));
    run->counts.orders_waiting++;
    return DONE;
}

enum outcome
flow_ask_late(struct run *run, struct subject *subject, const struct cause *cause,
              struct fault *why)
{
    return note(run, subject, AXIS_APPROVAL, EVENT_APPROVAL_ASKED, cause, &(int64_t){0}, why);
}

/* What hung on the version in force comes back, and the next one is in state 'received'.  (It stays
 * in line until it is known what becomes of that one: approved, it keeps what it was promised.) */
static enum outcome
begin_version(struct run *run, struct subject *subject, enum order_event on,
              const struct cause *cause, struct fault *why)
{
    int64_t event_id = 0;
    const bool waited = subject->approval == APPROVAL_WAITING;
    const struct order_hold_end end = {ORDER_HOLD_REPRICED, "purser", "", run->as_of_ms, ""};
    TRY(selling_leave(run, subject, SALE_CHANGED, why));
    TRY(count_out(run, subject, why));
    TRY(close_hold(run, subject, ORDER_HOLD_CREDIT, &end, why));
    TRY(close_hold(run, subject, ORDER_HOLD_STOCK, &end, why));
    TRY(close_hold(run, subject, ORDER_HOLD_PRICE, &end, why));
    TRY(close_hold(run, subject, ORDER_HOLD_PAYMENT, &end, why));
    TRY(stop_production(run, subject, why));
    TRY(approval_withdraw(run->store, subject->id, subject->version, run->as_of_ms, why));
    TRY(promotion_release(run->store, subject->id, subject->version, why));
    TRY(order_day_release(run->store, subject->id, subject->version, why));
    TRY(stock_give_back(run->store, subject->id, subject->version, why));
    subject->version++;
    subject->knows_money = false;
    subject->payment = PAYMENT_NONE; /* the same move */
    TRY(note(run, subject, AXIS_APPROVAL, on, cause, &event_id, why));
    TRY(tell_result(run, subject, waited, subject->version - 1, event_id, why));
    return store_state(run, subject, why);
}

enum outcome
flow_reprice(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why)
{
    return begin_version(run, subject, EVENT_REPRICED, cause, why);
}

enum outcome
flow_change(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why)
{
    return begin_version(run, subject, EVENT_CHANGED, cause, why);
}

enum outcome
flow_amend(struct run *run, struct subject *subject, const struct cause *cause, struct fault *why)
{
    int64_t event_id = 0;
    const bool is_counted = subject->fulfilment < FULFILMENT_SHIPPED;
    if (is_counted) {
        TRY(count_open(run, subject, -1, why));
    }
    TRY(order_day_release(run->store, subject->id, subject->version, why));
    subject->version++;
    subject->knows_money = false;
    TRY(order_day_count(run->store, subject->id, subject->version, why));
    TRY(selling_amend(run, subject, why));
    if (is_counted) {
        TRY(count_open(run, subject, 1, why));
    }
    TRY(note(run, subject, AXIS_FULFILMENT, EVENT_AMENDED, cause, &event_id, why));
    TRY(tell_customer(run, subject, KIND_ORDER_RESPONSE, event_id, why));
    return store_state(run, subject, why);
}

enum outcome
flow_release_more(struct run *run, struct subject *subject, int64_t interchange_id,
                  struct fault *why)
{
    bool is_planned = false;
    TRY(planning_grow(run, subject, &is_planned, why));
    if (is_planned || *run->config->warehouse == '\0') {
        return DONE;
    }
    TRY(release_rest(run, subject, interchange_id, why));
    return store_state(run, subject, why);
}

enum outcome
flow_ship(struct run *run, struct subject *subject, const struct cause *cause, int64_t shipment_id,
          bool is_complete, struct fault *why)
{
    int64_t event_id = 0;
    const enum order_event on = is_complete ? EVENT_SHIPPED : EVENT_PARTLY_SHIPPED;
    if (is_complete) {
        TRY(count_open(run, subject, -1, why));
        TRY(stop_production(run, subject, why));
    }
    TRY(note(run, subject, AXIS_FULFILMENT, on, cause, &event_id, why));
    TRY(store_state(run, subject, why));
    TRY(outbox_message_add(run->store,
                           &(struct outbox_message){.partner = subject->partner,
                                                    .kind = KIND_SHIPMENT_NOTICE,
                                                    .order_id = subject->id,
                                                    .version = subject->version,
                                                    .shipment_id = shipment_id},
                           why));
    run->counts.orders_shipped += is_complete;
    TRY(tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why));
    return invoicing_issue(run, subject, shipment_id, why);
}

enum outcome
flow_deliver(struct run *run, struct subject *subject, const struct cause *cause, bool is_all,
             struct fault *why)
{
    int64_t event_id = 0;
    TRY(note(run, subject, AXIS_FULFILMENT, is_all ? EVENT_DELIVERED : EVENT_PARTLY_DELIVERED,
             cause, &event_id, why));
    TRY(store_state(run, subject, why));
    run->counts.orders_delivered += is_all;
    return tell_customer(run, subject, KIND_ORDER_STATUS, event_id, why);
}
