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

/* Is it one of the names that an amount above its limit has? */
static bool
is_amount(const char *reason)
{
    const char *above = approval_condition_names[CONDITION_ABOVE];
    return strncmp(reason, above, strlen(above)) == 0;
}

/* Without what says that the orders of a day exceed the limit together: who consented to an order
 * that did by itself has to what is left of it beside the others, and the other way round. */
static size_t
size_of_name(const char *reason)
{
    static const char of_day[] = "-day";
    const size_t size = strlen(reason);
    const size_t tail = sizeof of_day - 1;
    return is_amount(reason) && strcmp(reason + size - tail, of_day) == 0 ? size - tail : size;
}

static bool
is_same_name(const char *one, const char *other)
{
    const size_t size = size_of_name(one);
    return size == size_of_name(other) && memcmp(one, other, size) == 0;
}

/* Who consented to an amount above 2,500.00 has to one above 1,500.00. */
static bool
was_above(const struct approval *then, const struct approval *now)
{
    return now->limit_minor != AMOUNT_NONE && then->limit_minor != AMOUNT_NONE &&
           now->limit_minor <= then->limit_minor && strcmp(now->currency, then->currency) == 0;
}

/* `is_below`: what it asks for now is an amount above a lower limit than then, or the same. */
static bool
was_reason(const struct precedent *precedent, const struct approval *then,
           const struct approval_reason *reason, bool is_below)
{
    if (is_below && strcmp(reason->name, approval_condition_names[CONDITION_UP_TO]) == 0) {
        return true; /* the upper end of its band */
    }
    for (size_t index = 0; index < precedent->reason_count; index++) {
        const struct approval_why *was = &precedent->reasons[index];
        if (was->approval_id == then->id && is_same_name(was->name, reason->name) &&
            (strcmp(was->limit, reason->limit) == 0 || (is_below && is_amount(reason->name)))) {
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
       const struct approval_step *step, const struct approval *now)
{
    for (size_t index = 0; index < step->reason_count; index++) {
        if (is_about_the_change(step->reasons[index].name) ||
            !was_reason(precedent, then, &step->reasons[index], was_above(then, now))) {
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
            asks_the_same(then, step) && covers(precedent, then, step, approval)) {
            approval->state = STEP_KEPT;
            approval->decided_ms = then->decided_ms;
            approval->decided_by = then->decided_by;
            approval->reason = then->reason;
        }
    }
}
