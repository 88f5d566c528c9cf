/* Master data that wait for a person: confirmed, rejected, or replaced by a later file. */
#include "desk/held.h"

#include "desk/cases.h"
#include "desk/desk.h"
#include "desk/facts.h"
#include "desk/inspect.h"
#include "store/store.h"
#include "store/store_hold.h"
#include "store/store_outbox.h"

#include <assert.h>
#include <stdlib.h>

enum { TEXTS_BYTES_MAX = 1024 * 1024 };

/* A file that waits, and its version. */
struct held {
    struct arena arena;
    struct interchange interchange;
    int64_t version_id;
};

static void
held_close(struct held *held)
{
    arena_close(&held->arena);
}

static enum outcome
held_load(struct run *run, int64_t interchange_id, struct held *held, struct fault *why)
{
    arena_init(&held->arena, TEXTS_BYTES_MAX);
    TRY(interchange_get(run->store, interchange_id, &held->arena, &held->interchange, why));
    if (held->interchange.state != INTERCHANGE_HELD) {
        return fail_as(why, FAULT_CONFLICT, "%s/%s does not wait for confirmation, it is %s",
                       held->interchange.partner, held->interchange.name,
                       interchange_state_names[held->interchange.state]);
    }
    return master_of_interchange(run->store, interchange_id, &held->version_id, why);
}

/* What became of it, told by its last finding and a second acknowledgement. */
static enum outcome
conclude(struct run *run, struct held *held, enum hold_verdict verdict, const char *by,
         const struct finding *finding, struct fault *why)
{
    struct interchange *interchange = &held->interchange;
    OWNED(findings) findings;
    findings_init(&findings);
    findings_add(&findings, finding);
    interchange->state = verdict == HOLD_CONFIRMED ? INTERCHANGE_TAKEN : INTERCHANGE_REFUSED;
    interchange->documents_taken = verdict == HOLD_CONFIRMED ? interchange->documents : 0;
    TRY(hold_decide(run->store, interchange->id, verdict, run->as_of_ms, by, why));
    TRY(interchange_add_findings(run->store, interchange, &findings, why));
    TRY(interchange_update(run->store, interchange, why));
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = interchange->partner,
                                                       .kind = KIND_ACKNOWLEDGEMENT,
                                                       .version = 1,
                                                       .interchange_id = interchange->id},
                              why);
}

static enum outcome
refuse(struct run *run, struct held *held, enum hold_verdict verdict, const char *by,
       const struct finding *finding, struct fault *why)
{
    TRY(master_discard(run->store, held->interchange.document, held->version_id, why));
    return conclude(run, held, verdict, by, finding, why);
}

enum outcome
held_give_way(struct run *run, const struct interchange *later, struct fault *why)
{
    OWNED(held) held = {0};
    int64_t interchange_id = 0;
    const enum outcome found = hold_find(run->store, later->document, &interchange_id, why);
    if (found == NONE) {
        return DONE;
    }
    TRY(found);
    TRY(held_load(run, interchange_id, &held, why));
    return refuse(run, &held, HOLD_REPLACED, later->partner,
                  &(struct finding){.code = M_MASTER_REPLACED, .value = later->name}, why);
}

/* Other master data may have changed since it was judged. */
static enum outcome
judge_again(struct run *run, const struct held *held, struct findings *findings, struct fault *why)
{
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    facts_begin_file(facts);
    TRY(inspect(run, facts, held->interchange.document, held->version_id, findings, why));
    return findings_has(findings, SEVERITY_ERROR)
               ? DONE
               : cases_check(run, held->interchange.document, held->version_id, findings, why);
}

static enum outcome
confirm(struct run *run, struct held *held, const char *actor, const char *reason,
        struct findings *findings, struct fault *why)
{
    TRY(judge_again(run, held, findings, why));
    if (findings_has(findings, SEVERITY_ERROR)) {
        return NONE;
    }
    TRY(master_put_in_force(run->store, held->interchange.document, held->version_id, run->as_of_ms,
                            why));
    return conclude(run, held, HOLD_CONFIRMED, actor,
                    &(struct finding){.code = M_MASTER_CONFIRMED, .hint = reason}, why);
}

enum outcome
desk_confirm(struct run *run, int64_t interchange_id, bool confirms, const char *actor,
             const char *reason, struct findings *findings, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(held) held = {0};
    TRY(store_begin(run->store, &tx, why));
    TRY(held_load(run, interchange_id, &held, why));
    TRY(confirms ? confirm(run, &held, actor, reason, findings, why)
                 : refuse(run, &held, HOLD_REJECTED, actor,
                          &(struct finding){.code = M_MASTER_REJECTED, .hint = reason}, why));
    return store_commit(&tx, why);
}
