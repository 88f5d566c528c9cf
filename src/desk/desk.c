#include "desk/desk.h"

#include "base/text.h"
#include "config/suspect.h"
#include "desk/amending.h"
#include "desk/appraise.h"
#include "desk/awaiting.h"
#include "desk/clocks.h"
#include "desk/delays.h"
#include "desk/filing.h"
#include "desk/holds.h"
#include "desk/matter.h"
#include "desk/paying.h"
#include "desk/planning.h"
#include "desk/returning.h"
#include "desk/stopping.h"
#include "store/store.h"
#include "store/store_death.h"
#include "store/store_outbox.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIST_BYTES_MAX = 16 * 1024 * 1024,
    SHOWN_MAX = 80,
    TRANSACTION_DOCUMENTS_MAX =
        2000, /* a transaction ends when its files have this many together */
};

static const struct applier *
applier_of(enum document_kind kind)
{
    static const struct applier *const appliers[DOCUMENT_KIND_COUNT] = {
        [DOCUMENT_ORDER] = &order_applier,
        [DOCUMENT_SHIPMENT] = &shipment_applier,
        [DOCUMENT_DECISION] = &decision_applier,
        [DOCUMENT_TRANSPORT_EVENT] = &transport_applier,
        [DOCUMENT_PAYMENT] = &payment_applier,
        [DOCUMENT_STOCK_REPORT] = &stock_applier,
        [DOCUMENT_RELEASE_STATUS] = &release_status_applier,
        [DOCUMENT_PRODUCTION_STATUS] = &production_status_applier,
        [DOCUMENT_ORDER_CHANGE] = &order_change_applier,
        [DOCUMENT_ORDER_CANCELLATION] = &order_cancellation_applier,
        [DOCUMENT_STOP_STATUS] = &stop_status_applier,
        [DOCUMENT_RETURN_REQUEST] = &return_request_applier,
        [DOCUMENT_RETURN_RECEIPT] = &return_receipt_applier,
    };
    return master_is_kind(kind) ? &master_applier : appliers[kind];
}

static void
matter_close(struct matter *matter)
{
    findings_close(&matter->findings);
    arena_close(&matter->arena);
}

const char *
matter_show(struct matter *matter, const char *text)
{
    return text_show(&matter->arena, text, strlen(text), SHOWN_MAX);
}

enum outcome
matter_each(struct matter *matter,
            enum outcome (*step)(struct matter *matter, int64_t *id, struct fault *why),
            struct fault *why)
{
    int64_t id = 0;
    enum outcome outcome;
    do {
        arena_reset(&matter->arena);
        outcome = step(matter, &id, why);
    } while (outcome == DONE);
    return outcome == NONE ? DONE : outcome;
}

/* The file's last state, by how many of its documents are taken. */
static enum interchange_state
judge(const struct interchange *interchange)
{
    return interchange->documents_taken == 0                       ? INTERCHANGE_REFUSED
           : interchange->documents_taken < interchange->documents ? INTERCHANGE_PARTLY
                                                                   : INTERCHANGE_TAKEN;
}

static enum outcome
conclude(struct matter *matter, struct fault *why)
{
    struct run *run = matter->run;
    struct interchange *interchange = matter->interchange;
    interchange->documents_taken -= matter->refused;
    interchange->state = judge(interchange);
    if (matter->is_held) {
        interchange->state = INTERCHANGE_HELD;
        interchange->documents_taken = 0; /* until they are in force */
        run_say(run, LOG_WARNING, M_RUN_MASTER_HELD, interchange->partner, interchange->name);
    }
    TRY(interchange_add_findings(run->store, interchange, &matter->findings, why));
    TRY(interchange_update(run->store, interchange, why));
    if (interchange->state == INTERCHANGE_HELD) {
        run->counts.files_held++;
    } else if (interchange->state == INTERCHANGE_REFUSED) {
        run->counts.files_refused++;
    } else {
        run->counts.files_taken++;
    }
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = interchange->partner,
                                                       .kind = KIND_ACKNOWLEDGEMENT,
                                                       .interchange_id = interchange->id},
                              why);
}

/* Nothing of the file stays: what was applied has been undone, and its documents go. */
static enum outcome
discard(struct matter *matter, const struct applier *applier, struct fault *why)
{
    TRY(applier->discard(matter, why));
    matter->is_held = false;
    if (matter->interchange->acceptance != ACCEPT_TEST_ONLY) {
        matter->refused = matter->interchange->documents_taken;
        findings_add(&matter->findings, &(struct finding){.code = M_FILE_WHOLE});
    }
    return DONE;
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    const struct applier *applier = applier_of(matter->interchange->document);
    const struct run_counts counts_before = matter->run->counts;
    const enum acceptance acceptance = matter->interchange->acceptance;
    struct savepoint savepoint = {0};
    assert(applier != NULL && "intake stores only documents that somebody applies");
    if (acceptance == ACCEPT_PER_ORDER) {
        /* Nothing of it can be undone alone, so the store need not remember how it was. */
        TRY(applier->apply(matter, why));
        return conclude(matter, why);
    }
    TRY(savepoint_open(matter->run->store, &savepoint, why));
    TRY(applier->apply(matter, why));
    if (acceptance == ACCEPT_TEST_ONLY ||
        (acceptance == ACCEPT_ALL_OR_NOTHING && findings_has(&matter->findings, SEVERITY_ERROR))) {
        TRY(savepoint_undo(&savepoint, why));
        matter->run->counts = counts_before;
        TRY(discard(matter, applier, why));
    } else {
        TRY(savepoint_keep(&savepoint, why));
    }
    return conclude(matter, why);
}

/* A file that ended run after run is not applied again. */
static enum outcome
set_aside(struct matter *matter, int64_t deaths, struct fault *why)
{
    struct interchange *interchange = matter->interchange;
    TRY(applier_of(interchange->document)->discard(matter, why)); /* the arena begins anew */
    const char *text = arena_format(&matter->arena, "%" PRId64, deaths);
    matter->refused = interchange->documents_taken;
    findings_add(&matter->findings, &(struct finding){.code = M_FILE_SET_ASIDE, .value = text});
    run_say(matter->run, LOG_TROUBLE, M_RUN_SET_ASIDE, interchange->name, interchange->partner,
            text);
    return conclude(matter, why);
}

static enum outcome
apply_or_set_aside(struct matter *matter, struct fault *why)
{
    const int64_t arrival_id = matter->interchange->arrival_id;
    const int64_t deaths = suspect_deaths(matter->run, arrival_id);
    if (deaths >= DEATHS_MAX) {
        return set_aside(matter, deaths, why);
    }
    TRY(apply(matter, why));
    return deaths > 0 ? death_forget(matter->run->store, arrival_id, why) : DONE;
}

/* NONE: the file cannot be worked now, and waits. */
static enum outcome
work(struct run *run, struct facts *facts, struct interchange *interchange, struct fault *why)
{
    if (suspect_waits(run, interchange->partner)) {
        return NONE;
    }
    if (config_partner(run->config, interchange->partner) == NULL) {
        run_say(run, LOG_WARNING, M_RUN_DESK_WAITS, interchange->name, interchange->partner);
        return NONE;
    }
    OWNED(matter) matter = {.run = run, .facts = facts, .interchange = interchange};
    findings_init(&matter.findings);
    arena_init(&matter.arena, APPRAISAL_BYTES_MAX);
    facts_begin_file(facts);
    log_progress(run->log, "working on %s of %s", interchange->name, interchange->partner);
    TRY(suspect_begin(run, interchange->arrival_id, why));
    return apply_or_set_aside(&matter, why);
}

/* Interchanges from `*at` on in one transaction, until it is large or all are done; one that ended
 * an earlier run has its own. */
static enum outcome
work_some(struct run *run, struct facts *facts, struct interchange *items, size_t count, size_t *at,
          int64_t *skipped, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    const struct run_counts counts_before = run->counts;
    int64_t documents = 0;
    int64_t waiting = 0;
    size_t next = *at;
    enum outcome outcome = store_begin(run->store, &tx, why);
    while (outcome == DONE && next < count && documents < TRANSACTION_DOCUMENTS_MAX &&
           !run_must_stop(run)) {
        const bool is_alone = suspect_deaths(run, items[next].arrival_id) > 0;
        if (is_alone && next > *at) {
            break;
        }
        documents += is_alone ? TRANSACTION_DOCUMENTS_MAX : items[next].documents;
        outcome = work(run, facts, &items[next], why);
        next++;
        if (outcome == NONE) {
            waiting++;
            outcome = DONE;
        }
    }
    if (outcome == DONE) {
        outcome = store_commit(&tx, why);
    }
    if (outcome != DONE) {
        run->counts = counts_before;
        return outcome;
    }
    *at = next;
    *skipped += waiting;
    return DONE;
}

static enum outcome
work_all(struct run *run, struct facts *facts, struct fault *why)
{
    OWNED(arena) arena;
    int64_t skipped = 0;
    struct interchange *items = NULL;
    size_t count = 0;
    arena_init(&arena, LIST_BYTES_MAX);
    do {
        arena_reset(&arena);
        TRY(interchange_waiting(run->store, skipped, &arena, &items, &count, why));
        for (size_t at = 0; at < count && !run_must_stop(run);) {
            TRY(work_some(run, facts, items, count, &at, &skipped, why));
        }
    } while (count == INTERCHANGE_BATCH && !run_must_stop(run));
    log_progress(run->log, "%s", "");
    return DONE;
}

enum outcome
desk_work(struct run *run, struct fault *why)
{
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    TRY(suspect_end(run, work_all(run, facts, why), why));
    TRY(awaiting_work(run, facts, why));
    TRY(paying_work(run, why));
    TRY(amending_work(run, facts, why));
    TRY(holds_work(run, facts, why));
    TRY(clocks_work(run, facts, why));
    TRY(returning_work(run, why));
    TRY(stopping_work(run, facts, why));
    TRY(planning_work(run, facts, why));
    TRY(delays_work(run, facts, why)); /* after what promises a day and releases */
    return filing_work(run, why);
}
