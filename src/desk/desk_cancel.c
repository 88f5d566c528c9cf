/* Orders, and parts of them, that a person cancels. */
#include "desk/cancelling.h"
#include "desk/desk.h"
#include "order/finding.h"
#include "store/store.h"
#include "store/store_payment.h"

enum { CANCEL_BYTES_MAX = 64 * 1024 * 1024 };

/* Why not, in the words that the customer would get. */
static enum outcome
refuse(const struct cancel_order *order, const struct cancel_objection *objection,
       struct arena *arena, struct fault *why)
{
    const struct finding finding = {
        .code = objection->code,
        .order_number = order->order_number,
        .order_line = objection->order_line,
        .value = *objection->value == '\0'
                     ? arena_format(arena, "%s/%s", order->partner, order->order_number)
                     : objection->value,
        .expected = objection->expected};
    return fail_as(why, FAULT_CONFLICT, "%s",
                   finding_text(&finding, FINDING_RULE, LANGUAGE_EN, arena));
}

static enum outcome
cancel(struct run *run, const struct cancel_order *order, struct subject *subject,
       struct arena *arena, struct order_cancelled *done, struct fault *why)
{
    struct cancel_result result;
    struct order_money money;
    const struct cancel_item item = {order->line, order->quantity_micros, 0};
    const struct cancel_request request = {
        .items = &item,
        .item_count = *order->line != '\0',
        .request = "",
        .reason = order->cause,
        .text = order->reason,
        .fault = order->fault,
        .waiver = {.actor = order->actor, .reason = order->reason, .micros = order->waive_micros}};
    const struct cause cause = {order->actor, 0, run->as_of_ms, ""};
    TRY(cancelling_do(run, subject, &request, &cause, arena, &result, why));
    if (result.objection.is_raised) {
        return refuse(order, &result.objection, arena, why);
    }
    TRY(order_money_get(run->store, subject->id, subject->version, &money, why));
    TRY(order_money_owed(run->store, subject->id, &done->owed_minor, why));
    done->number = result.number;
    done->notices = result.notices;
    done->asked = result.asked;
    done->is_whole = result.is_whole;
    done->net_minor = result.net_minor;
    done->tax_minor = result.tax_minor;
    done->charges = result.charges;
    done->rest_minor = result.is_whole ? 0 : money.gross_minor;
    done->currency = arena_copy(arena, money.order_currency);
    done->headline = lifecycle_headline(subject->approval, subject->fulfilment, subject->payment);
    return DONE;
}

enum outcome
desk_cancel(struct run *run, const struct cancel_order *order, struct arena *arena,
            struct order_cancelled *done, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct order_standing standing;
    TRY(store_begin(run->store, &tx, why));
    TRY(order_find(run->store, order->partner, order->order_number, &standing, why));
    if (standing.approval == APPROVAL_RECEIVED) {
        return fail_as(why, FAULT_CONFLICT,
                       "order %s/%s is not priced yet: cancel it when the next run has seen it",
                       order->partner, order->order_number);
    }
    struct subject subject = flow_subject(&standing, order->partner);
    TRY(cancel(run, order, &subject, arena, done, why));
    return order->is_trial ? DONE : store_commit(&tx, why);
}
