/* Orders that people change here for their customers. */
#include "desk/amending.h"
#include "desk/desk.h"
#include "desk/foresee.h"
#include "store/store.h"
#include "store/store_change.h"
#include "store/store_pending.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static enum outcome
amend(struct run *run, const struct change_request *request, struct foresight *foresight,
      struct arena *arena, struct change_answer *answer, struct fault *why)
{
    struct order_standing standing;
    TRY(order_find(run->store, request->partner, request->order_number, &standing, why));
    if (standing.approval == APPROVAL_RECEIVED) {
        return fail_as(why, FAULT_CONFLICT, "order %s/%s has just come: let a run look at it first",
                       request->partner, request->order_number);
    }
    if (config_partner(run->config, request->partner) == NULL) {
        return fail_as(why, FAULT_CONFIG, "partner \"%s\" is not configured any more",
                       request->partner);
    }
    bool is_answered = false;
    TRY(change_is_answered(run->store, standing.id, request->change->number, &is_answered, why));
    if (is_answered) {
        return fail_as(why, FAULT_CONFLICT, "the change %s of order %s/%s was answered before",
                       request->change->number, request->partner, request->order_number);
    }
    struct subject subject = flow_subject(&standing, request->partner);
    const struct cause cause = {request->actor, 0, run->as_of_ms, ""};
    const struct amendment amendment = {.change = request->change, .cause = &cause, .reason = ""};
    if (request->promises != NULL) {
        TRY(foresee_without(foresight, run, subject.id, why));
    }
    return amending(run, &subject, &amendment, arena, answer, why);
}

enum outcome
desk_amend(struct run *run, const struct change_request *request, struct arena *arena,
           struct change_answer *answer, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(foresight) foresight = {0};
    assert(request->promises == NULL || request->is_trial);
    TRY(store_begin(run->store, &tx, why));
    TRY(amend(run, request, &foresight, arena, answer, why));
    if (request->look != NULL) {
        TRY(request->look->see(request->look->of, answer, why));
    }
    if (request->promises != NULL) {
        TRY(foresee_with(&foresight, arena, request->promises, why));
    }
    /* Who asks here is told here: a change of which nothing is taken leaves nothing. */
    return request->is_trial || answer->verdict == CHANGE_REFUSED ? DONE : store_commit(&tx, why);
}

/* By the customer's number, or "#3" by that of the answer. */
static bool
is_named(const struct pending_change *pending, const char *number)
{
    char ours[24];
    snprintf(ours, sizeof ours, "#%" PRId64, pending->number);
    return strcmp(pending->change_number, number) == 0 || strcmp(ours, number) == 0;
}

/* The one that is meant. */
static enum outcome
choose(const struct change_decision *decision, const struct pending_change *items, size_t count,
       const struct pending_change **pending, struct fault *why)
{
    *pending = NULL;
    for (size_t index = 0; index < count; index++) {
        if (*decision->number == '\0' ? count == 1 : is_named(&items[index], decision->number)) {
            *pending = &items[index];
        }
    }
    if (*pending != NULL) {
        return DONE;
    }
    return count > 1 && *decision->number == '\0'
               ? fail_as(why, FAULT_CONFLICT,
                         "several changes of order %s/%s wait: say which with --change",
                         decision->partner, decision->order_number)
               : fail_as(why, FAULT_CONFLICT, "no such change of order %s/%s waits",
                         decision->partner, decision->order_number);
}

static enum outcome
decide(struct run *run, const struct change_decision *decision, struct foresight *foresight,
       struct arena *arena, struct change_answer *answer, struct fault *why)
{
    struct order_standing standing;
    struct pending_change *items = NULL;
    const struct pending_change *pending = NULL;
    size_t count = 0;
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    const struct partner *partner = config_partner(run->config, decision->partner);
    const struct hold_policy *policy = &run->config->holds[ORDER_HOLD_CHANGE];
    TRY(order_find(run->store, decision->partner, decision->order_number, &standing, why));
    TRY(pending_of_order(run->store, standing.id, arena, &items, &count, why));
    TRY(choose(decision, items, count, &pending, why));
    if (standing.approval == APPROVAL_RECEIVED) {
        return fail_as(why, FAULT_CONFLICT, "order %s/%s cannot be changed now", decision->partner,
                       decision->order_number);
    }
    if (partner == NULL && decision->accepts) {
        return fail_as(why, FAULT_CONFIG,
                       "partner \"%s\" is not configured any more: its change can only be rejected",
                       decision->partner);
    }
    if (!hold_policy_lets(policy, decision->actor)) {
        return fail_as(why, FAULT_NOT_PERMITTED, "changes that wait are decided by %s, not by %s",
                       policy->releasers, decision->actor);
    }
    struct subject subject = flow_subject(&standing, decision->partner);
    const struct cause cause = {decision->actor, pending->interchange_id, run->as_of_ms, ""};
    const struct amendment consent = {
        .cause = &cause,
        .is_all_or_nothing = partner != NULL && partner->acceptance == ACCEPT_ALL_OR_NOTHING,
        .consent = decision->accepts ? AMEND_ACCEPTED : AMEND_REJECTED,
        .reason = decision->reason};
    if (decision->promises != NULL) {
        TRY(foresee_without(foresight, run, subject.id, why));
    }
    return amending_decide(run, facts, &subject, pending, &consent, arena, answer, why);
}

enum outcome
desk_decide_change(struct run *run, const struct change_decision *decision, struct arena *arena,
                   struct change_answer *answer, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(foresight) foresight = {0};
    assert(decision->promises == NULL || decision->is_trial);
    TRY(store_begin(run->store, &tx, why));
    TRY(decide(run, decision, &foresight, arena, answer, why));
    if (decision->promises != NULL) {
        TRY(foresee_with(&foresight, arena, decision->promises, why));
    }
    return decision->is_trial ? DONE : store_commit(&tx, why);
}
