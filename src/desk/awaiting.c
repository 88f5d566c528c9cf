#include "desk/awaiting.h"

#include "base/buf.h"
#include "desk/settle.h"
#include "store/store.h"
#include "store/store_awaiting.h"
#include "store/store_interchange.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

enum { TRIED_BYTES_MAX = 4096 };

/* The versions in force of every kind, by their ids: "1,2,0,7,...". */
static enum outcome
name_versions(struct facts *facts, struct arena *arena, const char **tried, struct fault *why)
{
    OWNED(buf) text;
    const struct master_versions *versions = NULL;
    TRY(facts_versions(facts, &versions, why));
    buf_init(&text, TRIED_BYTES_MAX);
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        buf_format(&text, kind == 0 ? "%" PRId64 : ",%" PRId64, versions->of[kind].id);
    }
    *tried = arena_copy(arena, text.bytes);
    return DONE;
}

static enum outcome
note_wait(struct run *run, struct facts *facts, int64_t order_id, const struct order *order,
          const struct price_decision *decision, struct fault *why)
{
    OWNED(arena) arena;
    struct awaiting awaiting = {.order_id = order_id,
                                .since_ms = run->as_of_ms,
                                .line = order->lines[decision->held_line].number,
                                .code = decision->held_by};
    arena_init(&arena, TRIED_BYTES_MAX);
    TRY(name_versions(facts, &arena, &awaiting.tried, why));
    return awaiting_put(run->store, &awaiting, why);
}

enum outcome
await_price(struct run *run, struct facts *facts, struct subject *subject,
            const struct order *order, const struct appraisal *appraisal, const struct cause *cause,
            struct fault *why)
{
    const struct price_decision *decision = &appraisal->decision;
    TRY(note_wait(run, facts, subject->id, order, decision, why));
    run_say(run, LOG_WARNING, M_RUN_UNPRICED, subject->partner, order->number,
            order->lines[decision->held_line].number, message_entry(decision->held_by)->id);
    return flow_await_price(run, subject, cause, why);
}

/* -- priced again ------------------------------------------------------------------------------ */

struct again {
    struct run *run;
    struct facts *facts;
    struct arena arena;
    struct findings findings;
    struct unpriced order;
};

static void
again_free(struct again **again)
{
    findings_close(&(*again)->findings);
    arena_close(&(*again)->arena);
    free(*again);
}

/* It has a price, or is refused: either way by its next version. */
static enum outcome
conclude(struct again *again, const struct awaiting_order *waiting,
         const struct appraisal *appraisal, struct fault *why)
{
    struct run *run = again->run;
    const struct cause cause = {"purser", 0, run->as_of_ms, ""};
    struct subject subject = {.id = waiting->id,
                              .version = waiting->version,
                              .partner = waiting->partner,
                              .approval = APPROVAL_UNPRICED};
    TRY(order_revise(run->store, waiting->id, waiting->version, 0, &manual_price_none, why));
    TRY(flow_reprice(run, &subject, &cause, why));
    again->order.version = subject.version;
    again->order.is_ours = true;
    TRY(interchange_add_version_findings(run->store, waiting->interchange_id, subject.version,
                                         &again->findings, why));
    if (!appraisal->is_good) {
        return flow_refuse(run, &subject, &cause, why);
    }
    return settle(&(struct settlement){.run = run,
                                       .facts = again->facts,
                                       .arena = &again->arena,
                                       .order = &again->order,
                                       .appraisal = appraisal,
                                       .received_ms = again->order.received_ms},
                  &subject, why);
}

static enum outcome
price_again(struct again *again, const struct awaiting_order *waiting, struct fault *why)
{
    struct run *run = again->run;
    struct appraisal appraisal = {0};
    const struct appraiser appraiser = {again->facts, run->config,
                                        config_partner(run->config, waiting->partner), NULL};
    TRY(order_read(run->store, waiting->id, waiting->version, &again->arena, &again->order, why));
    TRY(order_read_lines(run->store, &again->order, &again->arena, why));
    TRY(appraise(&appraiser, &again->order.order, &again->arena, &again->findings, &appraisal,
                 why));
    return appraisal.is_held ? note_wait(run, again->facts, waiting->id, &again->order.order,
                                         &appraisal.decision, why)
                             : conclude(again, waiting, &appraisal, why);
}

/* One order; NONE after the last. */
static enum outcome
work_next(struct run *run, struct facts *facts, const char *tried, int64_t *after,
          struct fault *why)
{
    OWNED(store_tx) tx = {0};
    __attribute__((cleanup(again_free))) struct again *again = calloc(1, sizeof *again);
    struct awaiting_order waiting;
    assert(again != NULL);
    again->run = run;
    again->facts = facts;
    arena_init(&again->arena, APPRAISAL_BYTES_MAX);
    findings_init(&again->findings);
    facts_trim(facts);
    TRY(store_begin(run->store, &tx, why));
    TRY(awaiting_next(run->store, *after, tried, &again->arena, &waiting, why));
    *after = waiting.id;
    if (config_partner(run->config, waiting.partner) != NULL) {
        TRY(price_again(again, &waiting, why));
    }
    return store_commit(&tx, why);
}

enum outcome
awaiting_work(struct run *run, struct facts *facts, struct fault *why)
{
    OWNED(arena) arena;
    const char *tried = NULL;
    int64_t after = 0;
    enum outcome outcome = DONE;
    arena_init(&arena, TRIED_BYTES_MAX);
    facts_begin_file(facts);
    TRY(name_versions(facts, &arena, &tried, why));
    while (outcome == DONE && !run_must_stop(run)) {
        outcome = work_next(run, facts, tried, &after, why);
    }
    return outcome == NONE ? DONE : outcome;
}
