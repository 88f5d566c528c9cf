/* Decisions: of the approver who was asked, about the version in force, one step after the other.
 */
#include "base/text.h"
#include "desk/decide.h"
#include "desk/desk.h"
#include "desk/matter.h"
#include "store/store.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { BATCH_BYTES_MAX = 16 * 1024 * 1024, STRIKE_BYTES_MAX = 64 * 1024 };

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

/* What was refused is on record. */
static enum outcome
note_refused(struct matter *matter, const struct decision *decision, enum message code,
             struct fault *why)
{
    return approval_add_refused(
        matter->run->store,
        &(struct approval_attempt){decision->partner, decision->order_number, decision->version,
                                   matter->interchange->partner,
                                   decision_verdict_names[decision->verdict],
                                   message_entry(code)->id},
        matter->run->as_of_ms, why);
}

/* Which lines cannot be struck, and why. */
static void
complain_of_strike(struct matter *matter, const struct decision *decision,
                   const struct strike *strike)
{
    matter->refused++;
    findings_add(&matter->findings, &(struct finding){.code = M_DECISION_STRIKE,
                                                      .place = {decision->line, 0},
                                                      .order_number = decision->order_number,
                                                      .field = "strike",
                                                      .value = strike->value,
                                                      .expected = strike->mistake,
                                                      .hint = strike->code});
}

static enum outcome
work_standing(struct matter *matter, const struct decision *decision,
              const struct order_standing *standing, struct fault *why)
{
    const char *approver = matter->interchange->partner;
    const struct cause cause = {approver, matter->interchange->id, matter->run->as_of_ms,
                                decision->reason};
    struct strike strike = {.lines = decision->strike,
                            .interchange_id = standing->interchange_id,
                            .arena = &matter->arena};
    const struct deciding deciding = {approver, decision->verdict, decision->delegate,
                                      decision->shown,
                                      decision->strike[0] == '\0' ? NULL : &strike};
    enum decide_answer answer = DECIDE_DONE;
    TRY(decide(matter->run, matter->facts, decision->partner, standing, &deciding, &cause, &answer,
               why));
    if (answer == DECIDE_DONE) {
        return DONE;
    }
    if (answer == DECIDE_STRIKE) {
        complain_of_strike(matter, decision, &strike);
        return note_refused(matter, decision, M_DECISION_STRIKE, why);
    }
    complain(matter, decision, decide_messages[answer],
             answer == DECIDE_DELEGATE ? matter_show(matter, decision->delegate)
                                       : order_name(matter, decision),
             answer == DECIDE_NOT_OPEN
                 ? headline_names[lifecycle_headline(standing->approval, standing->fulfilment,
                                                     standing->payment)]
                 : "");
    return note_refused(matter, decision, decide_messages[answer], why);
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
        return note_refused(matter, decision, M_DECISION_VERSION, why);
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

/* -- from the command line ----------------------------------------------------------------------
 */

/* The approver that a user is: NULL when the company keeps no list of them. */
static enum outcome
find_approver(struct facts *facts, const char *user, const char **approver, struct fault *why)
{
    const struct approver_table *approvers = NULL;
    *approver = NULL;
    TRY(facts_approvers(facts, &approvers, why));
    if (approvers->count == 0) {
        return DONE;
    }
    const struct approver *found = approver_of_user(approvers, user);
    if (found == NULL) {
        return fail_as(why, FAULT_NOT_PERMITTED,
                       "the list of approvers names no user \"%s\": finance puts the name into the "
                       "column user of approvers.csv",
                       user);
    }
    *approver = found->person;
    return DONE;
}

static enum outcome
fail_for_state(const struct desk_decision *decision, const struct order_standing *standing,
               struct fault *why)
{
    const char *partner = decision->partner;
    const char *number = decision->order_number;
    if (standing->approval == APPROVAL_UNPRICED) {
        return fail_as(why, FAULT_CONFLICT,
                       "order %s/%s has no price to approve: purser price set %s/%s/LINE PRICE, or "
                       "send a price list that is mended",
                       partner, number, partner, number);
    }
    if (standing->approval == APPROVAL_WAITING) {
        return fail_as(why, FAULT_CONFLICT,
                       "order %s/%s is held before its approval: nobody decides until purser order "
                       "resume %s/%s",
                       partner, number, partner, number);
    }
    return fail_as(why, FAULT_CONFLICT, "order %s/%s does not wait for a decision, it is %s",
                   partner, number,
                   headline_names[lifecycle_headline(standing->approval, standing->fulfilment,
                                                     standing->payment)]);
}

static enum outcome
fail_for(const struct desk_decision *decision, const struct order_standing *standing,
         const char *approver, enum decide_answer answer, struct fault *why)
{
    const char *partner = decision->partner;
    const char *number = decision->order_number;
    switch (answer) {
    case DECIDE_OWN:
        return fail_as(why, FAULT_NOT_PERMITTED,
                       "%s ordered %s/%s, or asked for its price: somebody else must decide",
                       approver, partner, number);
    case DECIDE_TWICE:
        return fail_as(why, FAULT_NOT_PERMITTED,
                       "%s has decided another step of %s/%s: somebody else must decide this one",
                       approver, partner, number);
    case DECIDE_AUTHORITY:
        return fail_as(why, FAULT_NOT_PERMITTED, "order %s/%s is more than %s may approve", partner,
                       number, approver);
    case DECIDE_NOT_ASKED:
        return fail_as(why, FAULT_NOT_PERMITTED,
                       "order %s/%s waits for somebody else than %s: purser approval show %s/%s",
                       partner, number, approver, partner, number);
    case DECIDE_DELEGATE:
        return fail_as(
            why, FAULT_CONFLICT,
            "\"%s\" cannot decide about %s/%s: it is no approver, was asked already, or may "
            "not decide",
            decision->delegate, partner, number);
    default: return fail_for_state(decision, standing, why);
    }
}

static enum outcome
fail_for_strike(const struct desk_decision *decision, const struct strike *strike,
                struct fault *why)
{
    assert(strike->mistake != NULL);
    return fail_as(
        why, FAULT_CONFLICT, "nothing was decided about %s/%s: \"%s\" cannot be struck: %s%s%s%s",
        decision->partner, decision->order_number, strike->value,
        message_word(strike->mistake, LANGUAGE_EN), strike->code[0] == '\0' ? "" : ": ",
        strike->code, strpbrk(strike->value, ",;") == NULL ? "" : " (several are separated by |)");
}

static enum outcome
refuse_attempt(struct run *run, const struct desk_decision *decision,
               const struct order_standing *standing, const char *person, enum decide_answer answer,
               struct fault *why)
{
    return approval_add_refused(
        run->store,
        &(struct approval_attempt){decision->partner, decision->order_number, standing->version,
                                   person, decision_verdict_names[decision->verdict],
                                   message_entry(decide_messages[answer])->id},
        run->as_of_ms, why);
}

static const char *
user_of(const char *actor)
{
    const char *colon = strchr(actor, ':');
    return colon == NULL ? actor : colon + 1;
}

enum outcome
desk_decide(struct run *run, const struct desk_decision *decision, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct order_standing standing;
    const char *approver = NULL;
    enum decide_answer answer = DECIDE_DONE;
    const struct cause cause = {decision->actor, 0, run->as_of_ms, decision->reason};
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    OWNED(arena) arena;
    struct strike strike = {.lines = decision->strike, .arena = &arena, .value = "", .code = ""};
    arena_init(&arena, STRIKE_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    TRY(order_find(run->store, decision->partner, decision->order_number, &standing, why));
    TRY(find_approver(facts, user_of(decision->actor), &approver, why));
    strike.interchange_id = standing.interchange_id;
    const struct deciding deciding = {approver, decision->verdict, decision->delegate, "",
                                      decision->strike[0] == '\0' ? NULL : &strike};
    TRY(decide(run, facts, decision->partner, &standing, &deciding, &cause, &answer, why));
    if (answer == DECIDE_DONE) {
        return store_commit(&tx, why);
    }
    const char *person = approver == NULL ? decision->actor : approver;
    TRY(refuse_attempt(run, decision, &standing, person, answer, why));
    TRY(store_commit(&tx, why));
    return answer == DECIDE_STRIKE ? fail_for_strike(decision, &strike, why)
                                   : fail_for(decision, &standing, person, answer, why);
}
