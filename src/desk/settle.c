#include "desk/settle.h"

#include "base/digest.h"
#include "desk/asking.h"
#include "desk/consent.h"
#include "desk/credit.h"
#include "desk/holds.h"
#include "desk/precedent.h"
#include "desk/priced.h"
#include "desk/stock.h"

#include <assert.h>

static enum outcome
store_reasons(struct store *store, int64_t approval_id, const struct approval_step *step,
              struct fault *why)
{
    for (size_t index = 0; index < step->reason_count; index++) {
        const struct approval_reason *reason = &step->reasons[index];
        TRY(approval_add_reason(
            store, approval_id, index + 1,
            &(struct approval_why){approval_id, reason->name, reason->value, reason->limit}, why));
    }
    return DONE;
}

/* What an approval of the order goes by. */
struct grounds {
    const struct approval_decision *decision;
    const char *credit;
    bool has_base;
    struct approval_base base; /* the version that was approved before */
};

/* A digest of the version and of what it comes to, and why: what approvers are shown. */
static enum outcome
digest_shown(const struct settlement *settlement, const struct subject *subject, const char **shown,
             struct fault *why)
{
    enum { SHOWN_DIGITS = 16 };
    char hex[DIGEST_HEX_SIZE];
    struct order_standing standing;
    struct digest digest = {0};
    TRY(order_find(settlement->run->store, subject->partner, settlement->order->order.number,
                   &standing, why));
    digest_init(&digest);
    digest_add_text(&digest, standing.sha256);
    digest_add(&digest, &subject->version, sizeof subject->version);
    digest_add_text(&digest, settlement->appraisal->decision.trace);
    digest_finish(&digest, hex);
    *shown = arena_copy_bytes(settlement->arena, hex, SHOWN_DIGITS);
    return DONE;
}

static struct approval
planned_step(const struct settlement *settlement, const struct subject *subject,
             const struct approval_decision *decision, const struct approval_step *step)
{
    const struct price_decision *price = &settlement->appraisal->decision;
    return (struct approval){
        .order_id = subject->id,
        .version = subject->version,
        .step = step->step,
        .approvers = step->asking.approvers,
        .roles = step->asking.roles,
        .quorum = step->asking.quorum,
        .remind_hours = step->asking.remind_hours,
        .escalate_hours = step->asking.escalate_hours,
        .decide_hours = step->asking.decide_hours,
        .undecided = undecided_names[step->asking.undecided],
        .told = step->asking.told,
        .amount_minor = price->gross_minor,
        .limit_minor = step->limit_minor,
        .discount_micros = decision->discount_micros,
        .wait_reasons = price->wait_reasons,
        .currency = settlement->order->order.currency,
        .trace = decision->trace,
        .state = STEP_PLANNED,
    };
}

/* What was decided before: about the version from which lines were struck, and about the one that
 * was approved. */
struct past {
    struct precedent precedents[2];
    size_t count;
};

static enum outcome
read_past(const struct settlement *settlement, const struct subject *subject,
          const struct grounds *grounds, struct past *past, struct fault *why)
{
    const int64_t versions[] = {settlement->struck_version,
                                grounds->has_base ? grounds->base.version : 0};
    *past = (struct past){.count = 0};
    if (settlement->approval == CHANGE_ALWAYS) {
        return DONE;
    }
    for (size_t index = 0; index < sizeof versions / sizeof versions[0]; index++) {
        if (versions[index] != 0) {
            TRY(precedent_read(settlement->run->store, subject->id, versions[index],
                               settlement->arena, &past->precedents[past->count++], why));
        }
    }
    return DONE;
}

static void
keep_decided(const struct past *past, const struct approval_step *step, struct approval *approval)
{
    for (size_t index = 0; index < past->count && approval->state == STEP_PLANNED; index++) {
        precedent_apply(&past->precedents[index], step, approval);
    }
}

/* The steps, of which those that were decided about a version before, and may be, are kept. */
static enum outcome
store_steps(const struct settlement *settlement, struct subject *subject,
            const struct grounds *grounds, int64_t *first_id, struct fault *why)
{
    struct store *store = settlement->run->store;
    const struct approval_decision *decision = grounds->decision;
    struct past past;
    const char *shown = "";
    assert(decision->step_count > 0);
    TRY(digest_shown(settlement, subject, &shown, why));
    TRY(read_past(settlement, subject, grounds, &past, why));
    for (size_t index = 0; index < decision->step_count; index++) {
        const struct approval_step *step = &decision->steps[index];
        struct approval approval = planned_step(settlement, subject, decision, step);
        approval.shown = shown;
        keep_decided(&past, step, &approval);
        TRY(approval_add(store, &approval, why));
        TRY(store_reasons(store, approval.id, step, why));
        if (*first_id == 0 && approval.state == STEP_PLANNED) {
            *first_id = approval.id;
        }
    }
    return DONE;
}

static enum outcome
approve_at_once(const struct settlement *settlement, struct subject *subject, const char *trace,
                struct fault *why)
{
    const struct cause cause = {"purser", settlement->interchange_id, settlement->run->as_of_ms,
                                trace};
    return subject->holds.approval != 0 ? flow_wait(settlement->run, subject, &cause, why)
                                        : flow_approve(settlement->run, subject, &cause, why);
}

static enum outcome
ask_approvers(const struct settlement *settlement, struct subject *subject,
              const struct grounds *grounds, struct fault *why)
{
    struct run *run = settlement->run;
    int64_t first_id = 0;
    TRY(store_steps(settlement, subject, grounds, &first_id, why));
    if (first_id == 0) {
        return approve_at_once(settlement, subject, grounds->decision->trace, why);
    }
    const struct cause cause = {"purser", settlement->interchange_id, run->as_of_ms, ""};
    TRY(flow_wait(run, subject, &cause, why));
    return subject->holds.approval != 0 ? DONE
                                        : ask_step(run, settlement->facts, subject, first_id, why);
}

/* A first version has no past: the store is not asked. */
static enum outcome
find_base(const struct settlement *settlement, const struct subject *subject,
          struct grounds *grounds, struct fault *why)
{
    if (subject->version == 1) {
        return DONE;
    }
    const enum outcome found = approval_base(settlement->run->store, subject->id, subject->version,
                                             settlement->arena, &grounds->base, why);
    grounds->has_base = found == DONE;
    return found == NONE ? DONE : found;
}

static enum outcome
approve(const struct settlement *settlement, struct subject *subject, const char *credit,
        struct fault *why)
{
    struct run *run = settlement->run;
    struct order_day same_day;
    struct approval_decision decision = {0};
    struct grounds grounds = {.decision = &decision, .credit = credit};
    TRY(find_base(settlement, subject, &grounds, why));
    const struct consent consent = {settlement->facts,
                                    run->config,
                                    &settlement->order->order,
                                    &settlement->appraisal->facts,
                                    grounds.has_base ? &grounds.base : NULL,
                                    credit};
    TRY(order_day_get(run->store, settlement->appraisal->facts.customer,
                      moment_day(settlement->received_ms), settlement->order->order.currency,
                      &same_day, why));
    TRY(flow_know_holds(run, subject, why));
    TRY(consent_decide(&consent, &settlement->appraisal->decision, &same_day,
                       settlement->order->is_ours || grounds.has_base, settlement->arena, &decision,
                       why));
    const bool stays_approved = settlement->approval == CHANGE_NEVER && grounds.has_base;
    if (!decision.is_approved && !stays_approved) {
        return ask_approvers(settlement, subject, &grounds, why);
    }
    TRY(order_day_count(run->store, subject->id, subject->version, why));
    return approve_at_once(settlement, subject, decision.trace, why);
}

/* What only a warning follows from is said where those read it who keep the floors. */
static void
warn_below_floor(const struct settlement *settlement, const struct subject *subject)
{
    const struct order *order = &settlement->order->order;
    if (settlement->appraisal->facts.below_floor != DIFFERENCE_WARNS) {
        return;
    }
    for (size_t index = 0; index < order->line_count; index++) {
        if (settlement->appraisal->decision.lines[index].is_below_floor) {
            run_say(settlement->run, LOG_WARNING, M_RUN_BELOW_FLOOR, subject->partner,
                    order->number, order->lines[index].number);
            return;
        }
    }
}

/* Where a difference of price is no matter of the approvers. */
static enum outcome
hold_difference(const struct settlement *settlement, struct subject *subject, struct fault *why)
{
    const struct held_difference *difference = &settlement->appraisal->decision.difference;
    const struct order *order = &settlement->order->order;
    char expected[DECIMAL_TEXT_SIZE];
    char ours[DECIMAL_TEXT_SIZE];
    bool was_let_go = false;
    if (!difference->is_held) {
        return DONE;
    }
    TRY(holds_was_let_go(settlement->run, subject, ORDER_HOLD_PRICE, &was_let_go, why));
    if (was_let_go) {
        return DONE;
    }
    const struct order_line *line = &order->lines[difference->line];
    const int exponent = currency_exponent(order->currency);
    const struct placing placing = {
        ORDER_HOLD_PRICE,
        arena_format(settlement->arena, "%s: %s/%s", line->number,
                     decimal_format(expected, line->expected_price_micros, MICROS_PLACES, exponent),
                     decimal_format(ours, difference->price_micros, MICROS_PLACES, exponent)),
        "",
        settlement->interchange_id,
        "",
        0};
    run_say(settlement->run, LOG_WARNING, M_RUN_PRICE_HELD, subject->partner, order->number,
            placing.reason);
    return holds_place(settlement->run, subject, &placing, settlement->arena, why);
}

/* Of a new order nothing is paid yet (money that came before it waits for the end of the files), so
 * that the store need not be asked what it must be paid. */
static void
know_money(const struct settlement *settlement, struct subject *subject)
{
    const struct order *order = &settlement->order->order;
    if (subject->version > 1) {
        return;
    }
    subject->money =
        (struct order_money){.terms = settlement->appraisal->facts.terms,
                             .gross_minor = settlement->appraisal->decision.gross_minor};
    money_set_currency(subject->money.order_currency, order->currency);
    subject->knows_money = true;
}

enum outcome
settle(const struct settlement *settlement, struct subject *subject, struct fault *why)
{
    TRY(priced_store(settlement->run->store, settlement->order, settlement->appraisal,
                     moment_day(settlement->received_ms), why));
    warn_below_floor(settlement, subject);
    TRY(hold_difference(settlement, subject, why));
    TRY(holds_check_address(settlement->run, subject, &settlement->order->order,
                            settlement->interchange_id, settlement->arena, why));
    const char *credit = CREDIT_UNKNOWN;
    TRY(credit_check(settlement->run, settlement->facts, subject,
                     &(struct credit_order){
                         settlement->order->order.number, settlement->appraisal->facts.customer,
                         settlement->appraisal->facts.terms.kind, settlement->order->order.currency,
                         settlement->appraisal->decision.gross_minor},
                     settlement->interchange_id, settlement->arena, &credit, why));
    TRY(stock_check(&(struct stock_question){settlement->run, settlement->facts, settlement->arena,
                                             &settlement->order->order, settlement->appraisal,
                                             settlement->interchange_id},
                    subject, why));
    know_money(settlement, subject);
    return approve(settlement, subject, credit, why);
}
