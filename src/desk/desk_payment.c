/* Payments: each counts for the order that it names; what names none, or does not fit, is kept as
 * it is and told, for money is never sent back for a slip of the pen. */
#include "base/decimal.h"
#include "desk/desk.h"
#include "desk/matter.h"
#include "desk/paying.h"
#include "rules/payment.h"
#include "store/store.h"
#include "store/store_order.h"

#include <string.h>

static const char *
money_text(struct arena *arena, int64_t minor, const char *currency)
{
    char text[DECIMAL_TEXT_SIZE];
    const int places = currency_exponent(currency);
    return arena_format(arena, "%s %s", decimal_format(text, minor, places, places), currency);
}

static void
tell(struct matter *matter, const struct payment *payment, struct finding finding)
{
    finding.place.line = payment->line;
    finding.order_number = payment->order_number;
    findings_add(&matter->findings, &finding);
}

static const char *
order_name(struct matter *matter, const struct payment *payment)
{
    return matter_show(
        matter, arena_format(&matter->arena, "%s/%s", payment->partner, payment->order_number));
}

/* It stays, and counts for nobody. */
static enum outcome
put_off(struct matter *matter, const struct stored_payment *stored, enum payment_trouble trouble,
        struct finding finding, struct fault *why)
{
    const struct payment *payment = &stored->payment;
    finding.value = finding.value != NULL ? finding.value : matter_show(matter, payment->number);
    tell(matter, payment, finding);
    return payment_put_off(matter->run->store, stored->id, trouble, why);
}

/* More than the order costs, or less than was asked and yet enough. */
static void
tell_difference(struct matter *matter, const struct payment *payment, const struct subject *subject)
{
    const struct order_money *money = &subject->money;
    const int64_t net = money->paid_minor - money->refunded_minor;
    struct arena *arena = &matter->arena;
    if (subject->approval != APPROVAL_APPROVED || payment->is_refund) {
        return;
    }
    if (money->owed_minor > 0) {
        tell(matter, payment,
             (struct finding){.code = M_PAYMENT_OVER,
                              .field = "amount",
                              .value = money_text(arena, money->owed_minor, money->currency),
                              .expected = money_text(arena, money->gross_minor, money->currency)});
    } else if (net < money->required_minor && net >= money->enough_minor) {
        tell(matter, payment,
             (struct finding){
                 .code = M_PAYMENT_SHORT,
                 .field = "amount",
                 .value = money_text(arena, money->required_minor - net, money->currency),
                 .expected = money_text(arena, money->required_minor, money->currency)});
    }
}

/* Nothing of it is taken: finance has written more than there was. */
static enum outcome
refuse_refund(struct matter *matter, const struct stored_payment *stored,
              const struct subject *subject, struct fault *why)
{
    const struct payment *payment = &stored->payment;
    const struct order_money *money = &subject->money;
    tell(matter, payment,
         (struct finding){
             .code = M_PAYMENT_REFUND,
             .field = "amount",
             .value = money_text(&matter->arena, payment->amount_minor, payment->currency),
             .expected = money_text(&matter->arena, money->paid_minor - money->refunded_minor,
                                    payment->currency)});
    matter->refused++;
    return payment_discard(matter->run->store, stored->id, why);
}

static enum outcome
count_for(struct matter *matter, const struct stored_payment *stored,
          const struct order_standing *standing, struct fault *why)
{
    const struct payment *payment = &stored->payment;
    struct subject subject = flow_subject(standing, payment->partner);
    enum paying_verdict verdict = PAYING_TAKEN;
    TRY(paying_take(matter->run, &subject, stored, NULL, &verdict, why));
    switch (verdict) {
    case PAYING_OTHER_CURRENCY:
        return put_off(
            matter, stored, PAYMENT_OTHER_CURRENCY,
            (struct finding){.code = M_PAYMENT_CURRENCY,
                             .field = "currency",
                             .value = payment->currency,
                             .expected = arena_copy(&matter->arena, subject.money.order_currency)},
            why);
    case PAYING_REFUND_TOO_MUCH: return refuse_refund(matter, stored, &subject, why);
    default: tell_difference(matter, payment, &subject); return DONE;
    }
}

static enum outcome
work_payment(struct matter *matter, const struct stored_payment *stored, struct fault *why)
{
    const struct payment *payment = &stored->payment;
    struct order_standing standing;
    if (payment->order_number[0] == '\0') {
        return put_off(matter, stored, PAYMENT_NO_ORDER,
                       (struct finding){.code = M_PAYMENT_NO_ORDER, .field = "order_number"}, why);
    }
    const enum outcome found =
        order_find(matter->run->store, payment->partner, payment->order_number, &standing, why);
    if (found == NONE) {
        return put_off(matter, stored, PAYMENT_ORDER_UNKNOWN,
                       (struct finding){.code = M_PAYMENT_ORDER_UNKNOWN,
                                        .field = "order_number",
                                        .value = order_name(matter, payment)},
                       why);
    }
    TRY(found);
    /* An order whose file waits for its turn: paying_work comes after it. */
    return standing.approval == APPROVAL_RECEIVED ? DONE
                                                  : count_for(matter, stored, &standing, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct stored_payment stored = {0};
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = payment_next(matter->run->store, matter->interchange->id, stored.id,
                                   &matter->arena, &stored, why)) == DONE) {
        TRY(work_payment(matter, &stored, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    struct stored_payment stored = {0};
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = payment_next(matter->run->store, matter->interchange->id, stored.id,
                                   &matter->arena, &stored, why)) == DONE) {
        TRY(payment_discard(matter->run->store, stored.id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

const struct applier payment_applier = {apply, discard};

/* -- a person knows better ------------------------------------------------------------------------
 */

static enum outcome
fail_to_fit(const struct payment_assignment *assignment, const struct stored_payment *stored,
            const struct subject *subject, enum paying_verdict verdict, struct arena *arena,
            struct fault *why)
{
    const struct payment *payment = &stored->payment;
    const struct order_money *money = &subject->money;
    if (verdict == PAYING_OTHER_CURRENCY) {
        return fail_as(why, FAULT_CONFLICT, "the order %s/%s is in %s, and the payment %s in %s",
                       assignment->partner, assignment->order_number, money->order_currency,
                       payment->number, payment->currency);
    }
    return fail_as(why, FAULT_CONFLICT,
                   "the refund %s is %s, and no more than %s was paid for %s/%s", payment->number,
                   money_text(arena, payment->amount_minor, payment->currency),
                   money_text(arena, money->paid_minor - money->refunded_minor, payment->currency),
                   assignment->partner, assignment->order_number);
}

/* NONE: there is no such payment. */
static enum outcome
find_payment(struct run *run, const struct payment_assignment *assignment, struct arena *arena,
             struct stored_payment *stored, struct fault *why)
{
    bool is_single = true;
    TRY(payment_named(run->store, assignment->finance, assignment->number, arena, stored,
                      &is_single, why));
    if (!is_single) {
        return fail_as(why, FAULT_USAGE,
                       "several partners have a payment %s: name the one who sent it with "
                       "--partner",
                       assignment->number);
    }
    return stored->order_id == 0
               ? DONE
               : fail_as(why, FAULT_CONFLICT, "the payment %s counts for an order already",
                         assignment->number);
}

static enum outcome
assign(struct run *run, const struct payment_assignment *assignment,
       const struct stored_payment *stored, struct subject *subject, struct arena *arena,
       struct fault *why)
{
    struct order_standing standing;
    enum paying_verdict verdict = PAYING_TAKEN;
    const enum outcome found =
        order_find(run->store, assignment->partner, assignment->order_number, &standing, why);
    if (found == NONE) {
        return fail_as(why, FAULT_NOT_FOUND, "there is no order %s/%s", assignment->partner,
                       assignment->order_number);
    }
    TRY(found);
    if (standing.approval == APPROVAL_RECEIVED) {
        return fail_as(why, FAULT_CONFLICT,
                       "order %s/%s is submitted: assign the payment when the next run has priced "
                       "it",
                       assignment->partner, assignment->order_number);
    }
    *subject = flow_subject(&standing, assignment->partner);
    TRY(paying_take(run, subject, stored, assignment->actor, &verdict, why));
    return verdict == PAYING_TAKEN ? DONE
                                   : fail_to_fit(assignment, stored, subject, verdict, arena, why);
}

enum outcome
desk_assign_payment(struct run *run, const struct payment_assignment *assignment,
                    struct arena *arena, struct payment_assigned *assigned, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct stored_payment stored;
    struct subject subject = {0};
    TRY(store_begin(run->store, &tx, why));
    TRY(find_payment(run, assignment, arena, &stored, why));
    TRY(assign(run, assignment, &stored, &subject, arena, why));
    const struct order_money *money = &subject.money;
    const int64_t net = money->paid_minor - money->refunded_minor;
    *assigned = (struct payment_assigned){
        .amount_minor = stored.payment.amount_minor,
        .is_refund = stored.payment.is_refund,
        .currency = stored.payment.currency,
        .finance = stored.finance,
        .paid_minor = net,
        .open_minor = payment_open(money->gross_minor, net),
        .owed_minor = money->owed_minor,
        .headline = lifecycle_headline(subject.approval, subject.fulfilment, subject.payment),
    };
    return assignment->is_trial ? DONE : store_commit(&tx, why);
}
