#include "desk/asking.h"

#include "desk/flow.h"
#include "rules/delegation.h"

#include <string.h>

enum { TEXTS_BYTES_MAX = 1024 * 1024 };

static bool
is_approver(const struct run *run, const char *name)
{
    const struct partner *partner = config_partner(run->config, name);
    return partner != NULL && (partner->roles & (unsigned int)ROLE_APPROVER) != 0;
}

/* Who is asked in place of the approver: NULL when nobody can be. */
static const char *
stand_in_of(const struct run *run, const struct stand_in *stand_in)
{
    return stand_in->verdict == STAND_IN_FOUND && is_approver(run, stand_in->decides)
               ? stand_in->decides
               : NULL;
}

enum decide_answer
asking_bar(const char *partner, const struct approval *steps, size_t step_count,
           const char *approver)
{
    for (size_t index = 0; index < step_count; index++) {
        if (strcmp(steps[index].decided_by, approver) == 0) {
            return DECIDE_TWICE;
        }
    }
    return strcmp(partner, approver) == 0 ? DECIDE_OWN : DECIDE_DONE;
}

static enum outcome
warn_barred(struct run *run, const char *partner, const struct approval *asked, struct arena *arena,
            struct fault *why)
{
    struct approval *steps = NULL;
    size_t count = 0;
    TRY(approval_steps(run->store, asked->order_id, asked->version, arena, &steps, &count, why));
    if (asking_bar(partner, steps, count, asked->approver) != DECIDE_DONE) {
        run_say(run, LOG_WARNING, M_RUN_APPROVER_BARRED, asked->approver, partner);
    }
    return DONE;
}

enum outcome
ask_step(struct run *run, struct facts *facts, const char *partner, const struct approval *planned,
         struct fault *why)
{
    OWNED(arena) arena;
    const struct delegation_table *delegations = NULL;
    struct stand_in stand_in;
    struct approval asked = *planned;
    arena_init(&arena, TEXTS_BYTES_MAX);
    TRY(facts_delegations(facts, &delegations, why));
    delegation_resolve(delegations, planned->approver, moment_day(run->as_of_ms), &stand_in);
    const char *decides = stand_in_of(run, &stand_in);
    asked.stand_in = "";
    if (decides != NULL) {
        asked.approver = decides;
        asked.stand_in = stand_in_text(&stand_in, &arena);
    } else if (stand_in.verdict != STAND_IN_NOT_NEEDED) {
        run_say(run, LOG_WARNING, M_RUN_APPROVER_ABSENT, planned->approver,
                stand_in_text(&stand_in, &arena));
    }
    TRY(warn_barred(run, partner, &asked, &arena, why));
    TRY(approval_open(run->store, &asked, run->as_of_ms, why));
    return flow_ask(run, &asked, why);
}
