#include "desk/decide.h"

#include "base/text.h"
#include "desk/asking.h"
#include "rules/approve.h"
#include "store/store_interchange.h"

#include <assert.h>
#include <string.h>

const enum message decide_messages[DECIDE_ANSWER_COUNT] = {
    [DECIDE_DONE] = MESSAGE_COUNT,
    [DECIDE_NOT_OPEN] = M_DECISION_NOT_OPEN,
    [DECIDE_NOT_ASKED] = M_DECISION_NOT_ASKED,
    [DECIDE_OWN] = M_DECISION_OWN,
    [DECIDE_TWICE] = M_DECISION_TWICE,
    [DECIDE_AUTHORITY] = M_DECISION_AUTHORITY,
    [DECIDE_SHOWN] = M_DECISION_SHOWN,
    [DECIDE_STRIKE] = M_DECISION_STRIKE,
    [DECIDE_DELEGATE] = M_DECISION_DELEGATE,
};

/* -- a step is decided ------------------------------------------------------------------------- */

/* After a step was approved: ask the next one, or approve the order; both wait while it is held. */
static enum outcome
go_on(struct docket *docket, const struct cause *cause, struct fault *why)
{
    const struct approval *next = docket_next(docket);
    TRY(flow_know_holds(docket->run, docket->subject, why));
    if (docket->subject->holds.approval != 0) {
        return DONE;
    }
    return next == NULL ? flow_approve(docket->run, docket->subject, cause, why)
                        : ask_step(docket->run, docket->facts, docket->subject, next->id, why);
}

static enum outcome
close_step(struct docket *docket, const struct approval *step, enum approval_step_state state,
           const struct cause *cause, struct fault *why)
{
    const struct verdict verdict = {cause->actor, cause->detail, docket->run->as_of_ms};
    TRY(approval_decide(docket->run->store, step->id, state, &verdict, why));
    return approval_person_withdraw(docket->run->store, step->id, 0, docket->run->as_of_ms, why);
}

enum outcome
decide_step(struct docket *docket, const struct approval *step, enum approval_step_state state,
            const struct cause *cause, struct fault *why)
{
    assert(state == STEP_APPROVED || state == STEP_REJECTED || state == STEP_RETURNED);
    TRY(close_step(docket, step, state, cause, why));
    return state == STEP_APPROVED ? go_on(docket, cause, why)
                                  : flow_refuse(docket->run, docket->subject, cause, why);
}

/* -- votes ------------------------------------------------------------------------------------- */

/* How the slots of a step stand: one is decided when one of its persons has, and is none any more
 * when all of them have handed it on to another. */
struct tally {
    int64_t slots;
    int64_t approved;
    int64_t open;
    const char *approved_by; /* "anna, boris" */
};

static struct tally
count_votes(const struct docket *docket, const struct approval *step)
{
    struct tally tally = {.approved_by = ""};
    int64_t last = 0;
    for (size_t index = 0; index < docket->person_count; index++) {
        const struct approval_person *person = &docket->persons[index];
        if (person->approval_id != step->id) {
            continue;
        }
        last = person->slot > last ? person->slot : last;
        if (person->state == PERSON_APPROVED) {
            tally.approved++;
            tally.approved_by = arena_format(docket->arena, "%s%s%s", tally.approved_by,
                                             tally.approved > 1 ? ", " : "", person->person);
        }
    }
    for (int64_t slot = 1; slot <= last; slot++) {
        bool is_open = false;
        bool is_decided = false;
        for (size_t index = 0; index < docket->person_count; index++) {
            const struct approval_person *person = &docket->persons[index];
            const bool is_of_slot = person->approval_id == step->id && person->slot == slot;
            is_open |= is_of_slot && person->state == PERSON_ASKED;
            is_decided |= is_of_slot &&
                          (person->state == PERSON_APPROVED || person->state == PERSON_REJECTED);
        }
        tally.slots += is_open || is_decided;
        tally.open += is_open;
    }
    return tally;
}

/* How many must approve, of so many. */
static int64_t
needed_of(const struct approval *step, int64_t slots)
{
    return step->quorum == QUORUM_ANY                           ? 1
           : step->quorum == QUORUM_ALL || step->quorum > slots ? slots
                                                                : step->quorum;
}

/* A step of more than one vote is approved by all who did. */
static struct cause
cause_of(const struct tally *tally, int64_t needed, const struct cause *cause)
{
    struct cause together = *cause;
    together.actor = needed > 1 ? tally->approved_by : cause->actor;
    return together;
}

/* After a person has voted: is the step decided? */
static enum outcome
conclude(struct docket *docket, const struct approval *step, bool approves,
         const struct cause *cause, struct fault *why)
{
    const struct tally tally = count_votes(docket, step);
    const int64_t needed = needed_of(step, tally.slots);
    if (approves && tally.approved >= needed) {
        const struct cause together = cause_of(&tally, needed, cause);
        return decide_step(docket, step, STEP_APPROVED, &together, why);
    }
    const bool is_lost = step->quorum == QUORUM_ANY || tally.approved + tally.open < needed;
    return approves || !is_lost ? DONE : decide_step(docket, step, STEP_REJECTED, cause, why);
}

/* One person of the step has voted. */
static enum outcome
vote(struct docket *docket, const struct approval *step, struct approval_person *person,
     enum decision_verdict given, const struct cause *cause, struct fault *why)
{
    static const enum approval_person_state states[DECISION_VERDICT_COUNT] = {
        [DECISION_APPROVE] = PERSON_APPROVED,
        [DECISION_REJECT] = PERSON_REJECTED,
        [DECISION_RETURN] = PERSON_RETURNED,
        [DECISION_DELEGATE] = PERSON_DELEGATED,
    };
    const struct verdict verdict = {cause->actor, cause->detail, docket->run->as_of_ms};
    person->state = states[given];
    TRY(approval_person_decide(docket->run->store, person, person->state, &verdict, why));
    for (size_t index = 0; index < docket->person_count; index++) {
        struct approval_person *other = &docket->persons[index];
        if (other->approval_id == step->id && other->slot == person->slot &&
            other->state == PERSON_ASKED) {
            other->state = PERSON_WITHDRAWN;
        }
    }
    return approval_person_withdraw(docket->run->store, step->id, person->slot,
                                    docket->run->as_of_ms, why);
}

/* -- may the approver -------------------------------------------------------------------------- */

/* Who is asked, and whom a delegate stands in for: who is back early need not wait. */
static bool
may_decide(const struct approval_person *person, const char *approver)
{
    return strcmp(person->person, approver) == 0 ||
           (strcmp(person->chosen, route_way_names[ROUTE_STANDS_IN]) == 0 &&
            (strcmp(person->named, approver) == 0 || strcmp(person->authority, approver) == 0));
}

static struct approval_person *
find_person(const struct docket *docket, const struct approval *step, const char *approver)
{
    for (size_t index = 0; index < docket->person_count; index++) {
        struct approval_person *person = &docket->persons[index];
        if (person->approval_id == step->id && person->state == PERSON_ASKED &&
            may_decide(person, approver)) {
            return person;
        }
    }
    return NULL;
}

static enum decide_answer
bar_of(const struct docket *docket, const struct approval *step,
       const struct approval_person *person, const char *approver)
{
    const struct routing *routing = &docket->routing;
    for (size_t index = 0; index < docket->person_count; index++) {
        const struct approval_person *other = &docket->persons[index];
        if (other->approval_id != step->id && other->state == PERSON_APPROVED &&
            strcmp(other->person, approver) == 0) {
            return DECIDE_TWICE;
        }
    }
    if (text_among(approver, routing->barred, routing->barred_count)) {
        return DECIDE_OWN;
    }
    return authority_of(approver_of(routing->approvers, person->authority), &routing->matter) ==
                   AUTHORITY_ENOUGH
               ? DECIDE_DONE
               : DECIDE_AUTHORITY;
}

/* Whoever decides instead must be an approver of ours, may decide, and was not asked yet. */
static bool
can_delegate_to(const struct docket *docket, const struct approval *step, const char *delegate)
{
    const struct routing *routing = &docket->routing;
    for (size_t index = 0; index < docket->person_count; index++) {
        if (docket->persons[index].approval_id == step->id &&
            strcmp(docket->persons[index].person, delegate) == 0) {
            return false;
        }
    }
    return text_among(delegate, routing->reachable, routing->reachable_count) &&
           !text_among(delegate, routing->barred, routing->barred_count);
}

static enum outcome
hand_on(struct docket *docket, const struct approval *step, const struct approval_person *person,
        const char *delegate, struct fault *why)
{
    const char *chain =
        arena_format(docket->arena, "%s -> %s",
                     person->chain[0] == '\0' ? person->person : person->chain, delegate);
    const struct route route = {
        .named = person->named,
        .person = delegate,
        .authority = person->authority,
        .chosen = ROUTE_DELEGATED,
        .chain = chain,
        .trace = arena_format(docket->arena,
                              "[{\"person\":\"%s\",\"way\":\"%s\",\"why\":\"delegated\"},"
                              "{\"person\":\"%s\",\"way\":\"delegated\"}]",
                              person->person, person->chosen, delegate)};
    return asking_add(docket, step, person->slot, &route, why);
}

/* -- lines are struck -------------------------------------------------------------------------- */

/* The order goes on without them as its next version, whoever of the step has not decided yet. */
static enum outcome
strike_lines(struct docket *docket, const struct deciding *deciding, const struct cause *cause,
             enum decide_answer *answer, struct fault *why)
{
    TRY(strike(docket->run, docket->subject, deciding->strike, cause, why));
    *answer = deciding->strike->mistake == NULL ? DECIDE_DONE : DECIDE_STRIKE;
    return DONE;
}

/* After the one who strikes has voted: the step counts as approved for the next version when that
 * was enough, and is withdrawn with this one when it was not. */
static enum outcome
conclude_struck(struct docket *docket, const struct approval *step, const struct deciding *deciding,
                const struct cause *cause, enum decide_answer *answer, struct fault *why)
{
    const struct tally tally = count_votes(docket, step);
    const int64_t needed = needed_of(step, tally.slots);
    if (tally.approved >= needed) {
        const struct cause together = cause_of(&tally, needed, cause);
        TRY(close_step(docket, step, STEP_APPROVED, &together, why));
    }
    return strike_lines(docket, deciding, cause, answer, why);
}

/* -- a decision -------------------------------------------------------------------------------- */

/* Somebody decides instead of all who are asked, in the slot of the first of them. */
static enum outcome
hand_all_on(struct docket *docket, const struct approval *step, const char *delegate,
            const struct cause *cause, struct fault *why)
{
    const struct verdict verdict = {cause->actor, cause->detail, docket->run->as_of_ms};
    const struct route route = {.named = delegate,
                                .person = delegate,
                                .authority = delegate,
                                .chosen = ROUTE_DELEGATED,
                                .chain = "",
                                .trace = "[]"};
    int64_t slot = 0;
    for (size_t index = 0; index < docket->person_count; index++) {
        const struct approval_person *person = &docket->persons[index];
        if (person->approval_id == step->id && person->state == PERSON_ASKED) {
            slot = slot == 0 ? person->slot : slot;
            TRY(approval_person_decide(docket->run->store, person, PERSON_DELEGATED, &verdict,
                                       why));
        }
    }
    return asking_add(docket, step, slot == 0 ? 1 : slot, &route, why);
}

/* A person at the command line, for all who are asked. */
static enum outcome
decide_for_all(struct docket *docket, const struct approval *step, const struct deciding *deciding,
               const struct cause *cause, enum decide_answer *answer, struct fault *why)
{
    if (deciding->verdict == DECISION_DELEGATE) {
        if (!can_delegate_to(docket, step, deciding->delegate)) {
            *answer = DECIDE_DELEGATE;
            return DONE;
        }
        return hand_all_on(docket, step, deciding->delegate, cause, why);
    }
    docket->run->counts.decisions_taken++;
    if (deciding->strike != NULL) {
        TRY(close_step(docket, step, STEP_APPROVED, cause, why));
        return strike_lines(docket, deciding, cause, answer, why);
    }
    return decide_step(docket, step,
                       deciding->verdict == DECISION_APPROVE  ? STEP_APPROVED
                       : deciding->verdict == DECISION_RETURN ? STEP_RETURNED
                                                              : STEP_REJECTED,
                       cause, why);
}

static enum outcome
decide_as(struct docket *docket, const struct approval *step, const struct deciding *deciding,
          const struct cause *cause, enum decide_answer *answer, struct fault *why)
{
    struct approval_person *person = find_person(docket, step, deciding->approver);
    if (person == NULL) {
        *answer = DECIDE_NOT_ASKED;
        return DONE;
    }
    *answer = bar_of(docket, step, person, deciding->approver);
    if (*answer == DECIDE_AUTHORITY && deciding->verdict != DECISION_APPROVE) {
        *answer = DECIDE_DONE; /* saying no, or handing it on, takes none */
    }
    if (*answer == DECIDE_DONE && deciding->verdict == DECISION_DELEGATE &&
        !can_delegate_to(docket, step, deciding->delegate)) {
        *answer = DECIDE_DELEGATE;
    }
    if (*answer != DECIDE_DONE) {
        return DONE;
    }
    docket->run->counts.decisions_taken++;
    TRY(vote(docket, step, person, deciding->verdict, cause, why));
    if (deciding->strike != NULL) {
        return conclude_struck(docket, step, deciding, cause, answer, why);
    }
    switch (deciding->verdict) {
    case DECISION_DELEGATE: return hand_on(docket, step, person, deciding->delegate, why);
    case DECISION_RETURN: return decide_step(docket, step, STEP_RETURNED, cause, why);
    default: return conclude(docket, step, deciding->verdict == DECISION_APPROVE, cause, why);
    }
}

static enum outcome
decide_open(struct docket *docket, const struct deciding *deciding, const struct cause *cause,
            enum decide_answer *answer, struct fault *why)
{
    const struct approval *step = docket_open(docket);
    TRY(docket_bar(docket, step, why));
    if (deciding->shown[0] != '\0' && strcmp(deciding->shown, step->shown) != 0) {
        *answer = DECIDE_SHOWN;
        return DONE;
    }
    return deciding->approver == NULL ? decide_for_all(docket, step, deciding, cause, answer, why)
                                      : decide_as(docket, step, deciding, cause, answer, why);
}

/* Whether an order can do without lines shows when it is priced without them, and by then somebody
 * has voted: that is undone. */
static enum outcome
decide_striking(struct docket *docket, const struct deciding *deciding, const struct cause *cause,
                enum decide_answer *answer, struct fault *why)
{
    const struct run_counts counts_before = docket->run->counts;
    struct savepoint savepoint = {0};
    TRY(savepoint_open(docket->run->store, &savepoint, why));
    TRY(decide_open(docket, deciding, cause, answer, why));
    if (*answer == DECIDE_DONE) {
        return savepoint_keep(&savepoint, why);
    }
    docket->run->counts = counts_before;
    return savepoint_undo(&savepoint, why);
}

enum outcome
decide(struct run *run, struct facts *facts, const char *partner,
       const struct order_standing *standing, const struct deciding *deciding,
       const struct cause *cause, enum decide_answer *answer, struct fault *why)
{
    OWNED(arena) arena;
    struct docket docket;
    struct subject subject = flow_subject(standing, partner);
    arena_init(&arena, DOCKET_BYTES_MAX);
    TRY(docket_read(&docket, run, facts, &subject, &arena, why));
    const bool has_no_step =
        standing->approval == APPROVAL_UNPRICED ||
        (standing->approval == APPROVAL_WAITING && docket_open(&docket) == NULL);
    *answer = DECIDE_DONE;
    if (has_no_step && deciding->approver == NULL && deciding->verdict == DECISION_REJECT) {
        return flow_refuse(run, &subject, cause, why);
    }
    if (standing->approval != APPROVAL_WAITING || has_no_step) {
        *answer = DECIDE_NOT_OPEN;
        return DONE;
    }
    return deciding->strike == NULL ? decide_open(&docket, deciding, cause, answer, why)
                                    : decide_striking(&docket, deciding, cause, answer, why);
}
