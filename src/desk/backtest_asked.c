#include "desk/backtest_asked.h"

#include "desk/backtest_order.h"
#include "desk/consent.h"
#include "rules/approve_steps.h"

#include <inttypes.h>
#include <string.h>

/* One order in one of the worlds. */
struct asking_again {
    struct run *run;
    struct facts *facts;
    const struct backtest_worlds *worlds;
    const struct booked *booked;
    const struct repriced *repriced;
    const struct approval_base *base; /* the version that was approved before; NULL: none */
    struct arena *arena;
    bool is_after;
};

static enum outcome
decide(const struct asking_again *again, struct approval_decision *decision, struct fault *why)
{
    struct store *store = again->run->store;
    const struct unpriced *unpriced = &again->repriced->order;
    const struct appraisal *appraisal = &again->repriced->appraisal;
    const struct approval_trial *trial = &again->worlds->of[again->is_after];
    const struct consent consent = {again->facts,      again->run->config, &unpriced->order,
                                    &appraisal->facts, again->base,        NULL};
    const struct backtest_day day = {again->is_after, again->booked->customer,
                                     moment_day(unpriced->received_ms), unpriced->order.currency};
    struct order_day same_day;
    struct approval_matter matter;
    TRY(backtest_day_get(store, &day, &same_day, why));
    TRY(consent_matter(&consent, &appraisal->decision, &same_day,
                       unpriced->is_ours || again->base != NULL, again->arena, &matter, why));
    approve_order(&matter, trial->rules, trial->rule_count, again->arena, decision);
    return decision->is_approved
               ? backtest_day_count(store, &day, matter.net_minor, matter.gross_minor, why)
               : DONE;
}

static enum outcome
add_count(const struct asking_again *again, enum backtest_kind kind, const char *step,
          const char *person, struct fault *why)
{
    return backtest_add(again->run->store,
                        &(struct backtest_sum){.kind = kind,
                                               .rule = {step, person},
                                               .currency = "",
                                               .before_count = !again->is_after,
                                               .after_count = again->is_after},
                        why);
}

/* Who is asked, in sequence; each of them has one order more to decide on. */
static enum outcome
ask(const struct asking_again *again, const char **steps, struct fault *why)
{
    const struct approval_people *people = &again->worlds->of[again->is_after].people;
    struct approval_decision decision;
    TRY(decide(again, &decision, why));
    *steps = approval_steps_asked(people, &decision, again->arena);
    if (decision.is_approved) {
        return DONE;
    }
    TRY(add_count(again, BACKTEST_ASKED, "", "", why));
    for (size_t index = 0; index < decision.step_count; index++) {
        const struct approval_step *step = &decision.steps[index];
        const char *number = arena_format(again->arena, "%" PRId64, step->step);
        struct approval_persons persons;
        approval_step_persons(people, &step->asking, again->arena, &persons);
        for (size_t person = 0; person < persons.count; person++) {
            TRY(add_count(again, BACKTEST_APPROVER, number, persons.ids[person], why));
        }
    }
    return DONE;
}

static enum outcome
compare(struct asking_again *again, struct fault *why)
{
    const struct order *order = &again->repriced->order.order;
    struct backtest_asked asked = {.number = order->number,
                                   .currency = order->currency,
                                   .gross_minor = again->repriced->appraisal.decision.gross_minor};
    TRY(backtest_add(again->run->store,
                     &(struct backtest_sum){.kind = BACKTEST_TOTAL,
                                            .rule = {"", ""},
                                            .currency = order->currency,
                                            .before_count = 1,
                                            .after_count = 1},
                     why));
    TRY(ask(again, &asked.before, why));
    again->is_after = true;
    TRY(ask(again, &asked.after, why));
    return strcmp(asked.before, asked.after) == 0
               ? DONE
               : backtest_add_asked(again->run->store, again->booked, &asked, why);
}

enum outcome
backtest_asked(struct run *run, struct facts *facts, const struct backtest_worlds *worlds,
               const struct booked *booked, struct arena *arena, struct fault *why)
{
    OWNED(findings) mistakes;
    struct repriced repriced;
    struct asking_again again = {.run = run,
                                 .facts = facts,
                                 .worlds = worlds,
                                 .booked = booked,
                                 .repriced = &repriced,
                                 .arena = arena};
    findings_init(&mistakes);
    TRY(backtest_reprice(run, facts, booked, arena, &mistakes, &repriced, why));
    if (!repriced.appraisal.is_good) {
        return backtest_tell_unpriced(run, booked, &repriced.order.order, &mistakes, why);
    }
    struct approval_base base;
    const enum outcome found =
        approval_base(run->store, booked->id, booked->version, arena, &base, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    again.base = found == DONE ? &base : NULL;
    TRY(compare(&again, why));
    return backtest_count_uses(run, &repriced.appraisal, why);
}
