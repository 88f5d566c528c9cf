#include "desk/precedent.h"

#include "base/text.h"

#include <string.h>

enum outcome
precedent_read(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
               struct precedent *precedent, struct fault *why)
{
    TRY(approval_steps(store, order_id, version, arena, &precedent->steps, &precedent->step_count,
                       why));
    return approval_reasons(store, order_id, version, arena, &precedent->reasons,
                            &precedent->reason_count, why);
}

/* Is it asked each time? */
static bool
is_about_the_change(const char *reason)
{
    const char *const names[] = {approval_condition_names[CONDITION_CHANGED],
                                 approval_condition_names[CONDITION_INCREASE],
                                 approval_condition_names[CONDITION_COUNTRY_CHANGED],
                                 approval_condition_names[CONDITION_MANUAL]};
    return text_among(reason, names, sizeof names / sizeof names[0]);
}

static bool
was_reason(const struct precedent *precedent, const struct approval *then,
           const struct approval_reason *reason)
{
    for (size_t index = 0; index < precedent->reason_count; index++) {
        const struct approval_why *was = &precedent->reasons[index];
        if (was->approval_id == then->id && strcmp(was->name, reason->name) == 0 &&
            strcmp(was->limit, reason->limit) == 0) {
            return true;
        }
    }
    return false;
}

/* Whoever decided then is who the matrix asks now. */
static bool
asks_the_same(const struct approval *then, const struct approval_step *step)
{
    return strcmp(then->approvers, step->asking.approvers) == 0 &&
           strcmp(then->roles, step->asking.roles) == 0 && then->quorum == step->asking.quorum;
}

static bool
covers(const struct precedent *precedent, const struct approval *then,
       const struct approval_step *step)
{
    for (size_t index = 0; index < step->reason_count; index++) {
        if (is_about_the_change(step->reasons[index].name) ||
            !was_reason(precedent, then, &step->reasons[index])) {
            return false;
        }
    }
    return true;
}

void
precedent_apply(const struct precedent *precedent, const struct approval_step *step,
                struct approval *approval)
{
    for (size_t index = 0; index < precedent->step_count; index++) {
        const struct approval *then = &precedent->steps[index];
        const bool is_decided = then->state == STEP_APPROVED || then->state == STEP_KEPT;
        if (approval->wait_reasons == 0 && then->step == step->step && is_decided &&
            asks_the_same(then, step) && covers(precedent, then, step)) {
            approval->state = STEP_KEPT;
            approval->decided_ms = then->decided_ms;
            approval->decided_by = then->decided_by;
            approval->reason = then->reason;
        }
    }
}
