/* Decisions: of the approver who was asked, about the version in force, one step after the other.
 */
#include "base/text.h"
#include "desk/asking.h"
#include "desk/decide.h"
#include "desk/desk.h"
#include "desk/matter.h"
#include "store/store.h"

#include <inttypes.h>
#include <string.h>

enum { STEPS_BYTES_MAX = 1024 * 1024, BATCH_BYTES_MAX = 16 * 1024 * 1024 };

/* After a step was approved: ask the next one, or approve the order; both wait while it is held. */
static enum outcome
go_on(struct run *run, struct facts *facts, struct subject *subject, const struct cause *cause,
      const struct approval *next, struct fault *why)
{
    TRY(flow_know_holds(run, subject, why));
    if (subject->holds.approval != 0) {
        return DONE;
    }
    return next == NULL ? flow_approve(run, subject, cause, why)
                        : ask_step(run, facts, subject->partner, next, why);
}

static enum outcome
decide_step(struct run *run, struct facts *facts, struct subject *subject,
            const struct cause *cause, bool approves, const struct approval *open,
            const struct approval *next, struct fault *why)
{
    const struct verdict verdict = {approves, cause->actor, cause->detail, run->as_of_ms};
    TRY(approval_decide(run->store, open->id, &verdict, why));
    run->counts.decisions_taken++;
    return approves ? go_on(run, facts, subject, cause, next, why)
                    : flow_refuse(run, subject, cause, why);
}

/* Who is asked, and whom that one stands in for: who is back early need not wait. */
static bool
may_decide(const struct approval *step, const char *approver)
{
    const size_t size = strlen(approver);
    return strcmp(step->approver, approver) == 0 ||
           (strncmp(step->stand_in, approver, size) == 0 && step->stand_in[size] == ' ');
}

enum outcome
decide(struct run *run, struct facts *facts, const char *partner,
       const struct order_standing *standing, const char *approver, const struct cause *cause,
       bool approves, enum decide_answer *answer, struct fault *why)
{
    OWNED(arena) arena;
    struct approval *steps = NULL;
    size_t count = 0;
    size_t open = 0;
    arena_init(&arena, STEPS_BYTES_MAX);
    TRY(approval_steps(run->store, standing->id, standing->version, &arena, &steps, &count, why));
    while (open < count && steps[open].state != STEP_OPEN) {
        open++;
    }
    const bool has_no_step = standing->approval == APPROVAL_UNPRICED ||
                             (standing->approval == APPROVAL_WAITING && open == count);
    if (has_no_step && approver == NULL && !approves) {
        struct subject refused = flow_subject(standing, partner);
        *answer = DECIDE_DONE;
        return flow_refuse(run, &refused, cause, why);
    }
    if (standing->approval != APPROVAL_WAITING || open == count) {
        *answer = DECIDE_NOT_OPEN;
        return DONE;
    }
    *answer = approver == NULL                      ? DECIDE_DONE
              : !may_decide(&steps[open], approver) ? DECIDE_NOT_ASKED
                                                    : asking_bar(partner, steps, open, approver);
    if (*answer != DECIDE_DONE) {
        return DONE;
    }
    struct subject subject = flow_subject(standing, partner);
    struct approval *next = open + 1 < count ? &steps[open + 1] : NULL;
    TRY(decide_step(run, facts, &subject, cause, approves, &steps[open], next, why));
    *answer = DECIDE_DONE;
    return DONE;
}

static void
complain(struct matter *matter, const struct decision *decision, enum message code,
         const char *value, const char *expected)
{
    matter->refused++;
    findings_add(&matter->findings, &(struct finding){.code = code,
                                                      .place = {decision->line, 0},
                                                      .order_number = decision->order_number,
                                                      .value = value,
                                                      .expected = expected});
}

static const char *
order_name(struct matter *matter, const struct decision *decision)
{
    return matter_show(
        matter, arena_format(&matter->arena, "%s/%s", decision->partner, decision->order_number));
}

static enum outcome
work_standing(struct matter *matter, const struct decision *decision,
              const struct order_standing *standing, struct fault *why)
{
    const char *approver = matter->interchange->partner;
    const struct cause cause = {approver, matter->interchange->id, matter->run->as_of_ms,
                                decision->reason};
    enum decide_answer answer = DECIDE_DONE;
    TRY(decide(matter->run, matter->facts, decision->partner, standing, approver, &cause,
               decision->approves, &answer, why));
    if (answer == DECIDE_NOT_OPEN) {
        complain(matter, decision, M_DECISION_NOT_OPEN, order_name(matter, decision),
                 headline_names[lifecycle_headline(standing->approval, standing->fulfilment)]);
    } else if (answer != DECIDE_DONE) {
        complain(matter, decision,
                 answer == DECIDE_OWN     ? M_DECISION_OWN
                 : answer == DECIDE_TWICE ? M_DECISION_TWICE
                                          : M_DECISION_NOT_ASKED,
                 order_name(matter, decision), "");
    }
    return DONE;
}

static enum outcome
work_decision(struct matter *matter, const struct decision *decision, struct fault *why)
{
    struct order_standing standing;
    arena_reset(&matter->arena);
    const enum outcome found =
        order_find(matter->run->store, decision->partner, decision->order_number, &standing, why);
    if (found == NONE) {
        complain(matter, decision, M_DECISION_ORDER_UNKNOWN, order_name(matter, decision), "");
        return DONE;
    }
    TRY(found);
    if (decision->version != standing.version) {
        complain(matter, decision, M_DECISION_VERSION,
                 arena_format(&matter->arena, "%" PRId64, decision->version),
                 arena_format(&matter->arena, "%" PRId64, standing.version));
        return DONE;
    }
    return work_standing(matter, decision, &standing, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    OWNED(arena) arena;
    int64_t after = 0;
    size_t count = 0;
    arena_init(&arena, BATCH_BYTES_MAX);
    do {
        struct decision *batch = NULL;
        arena_reset(&arena);
        TRY(decision_next(matter->run->store, matter->interchange->id, &after, &arena, &batch,
                          &count, why));
        for (size_t index = 0; index < count; index++) {
            TRY(work_decision(matter, &batch[index], why));
        }
    } while (count == DECISION_BATCH);
    return DONE;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    return decision_discard(matter->run->store, matter->interchange->id, why);
}

const struct applier decision_applier = {apply, discard};

enum outcome
desk_decide(struct run *run, const char *partner, const char *order_number, bool approves,
            const char *actor, const char *reason, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct order_standing standing;
    enum decide_answer answer = DECIDE_DONE;
    const struct cause cause = {actor, 0, run->as_of_ms, reason};
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    TRY(store_begin(run->store, &tx, why));
    TRY(order_find(run->store, partner, order_number, &standing, why));
    TRY(decide(run, facts, partner, &standing, NULL, &cause, approves, &answer, why));
    if (answer != DECIDE_DONE && standing.approval == APPROVAL_UNPRICED) {
        return fail_as(why, FAULT_CONFLICT,
                       "order %s/%s has no price to approve: purser price set %s/%s/LINE PRICE, or "
                       "send a price list that is mended",
                       partner, order_number, partner, order_number);
    }
    if (answer != DECIDE_DONE && standing.approval == APPROVAL_WAITING) {
        return fail_as(why, FAULT_CONFLICT,
                       "order %s/%s is held before its approval: nobody decides until purser order "
                       "resume %s/%s",
                       partner, order_number, partner, order_number);
    }
    if (answer != DECIDE_DONE) {
        return fail_as(why, FAULT_CONFLICT, "order %s/%s does not wait for a decision, it is %s",
                       partner, order_number,
                       headline_names[lifecycle_headline(standing.approval, standing.fulfilment)]);
    }
    return store_commit(&tx, why);
}
