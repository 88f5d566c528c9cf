/* Orders that people change here for their customers. */
#include "desk/amending.h"
#include "desk/desk.h"
#include "store/store.h"

static enum outcome
amend(struct run *run, const struct change_request *request, struct arena *arena,
      struct change_answer *answer, struct fault *why)
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
    struct subject subject = flow_subject(&standing, request->partner);
    const struct cause cause = {request->actor, 0, run->as_of_ms, ""};
    const struct amendment amendment = {request->change, &cause, false};
    return amending(run, &subject, &amendment, arena, answer, why);
}

enum outcome
desk_amend(struct run *run, const struct change_request *request, struct arena *arena,
           struct change_answer *answer, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(run->store, &tx, why));
    TRY(amend(run, request, arena, answer, why));
    /* Who asks here is told here: a change of which nothing is taken leaves nothing. */
    return request->is_trial || answer->verdict == CHANGE_REFUSED ? DONE : store_commit(&tx, why);
}
