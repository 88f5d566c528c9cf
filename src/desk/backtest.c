/* The tables of a backtest: stored, judged, and in force until everything is undone. */
#include "desk/backtest.h"

#include "base/text.h"
#include "desk/appraise.h"
#include "desk/backtest_asked.h"
#include "desk/backtest_order.h"
#include "desk/matter.h"
#include "store/store.h"
#include "store/store_backtest.h"
#include "store/store_interchange.h"
#include "store/store_master.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_BYTES_MAX = 1024 * 1024, SHOWN_MAX = 80 };

struct trial_table {
    const char *name; /* of its file; NULL: there is none of the kind */
    struct interchange interchange;
    int64_t version_id;
    int64_t rows;
};

struct backtest {
    struct run *run;
    struct store_tx tx;
    int32_t from, to;
    struct facts facts;
    struct arena arena; /* texts of the files */
    struct trial_table tables[DOCUMENT_KIND_COUNT];
    struct arena rules; /* what the worlds have */
    struct backtest_worlds worlds;
};

enum outcome
backtest_open(struct backtest **backtest, struct run *run, int32_t from, int32_t to,
              struct fault *why)
{
    struct backtest *opened = calloc(1, sizeof *opened);
    assert(opened != NULL);
    opened->run = run;
    opened->from = from;
    opened->to = to;
    arena_init(&opened->arena, BATCH_BYTES_MAX);
    arena_init(&opened->rules, ORDER_BYTES_MAX);
    facts_init(&opened->facts, run->store);
    *backtest = opened;
    return store_begin(run->store, &opened->tx, why);
}

void
backtest_close(struct backtest *backtest)
{
    if (backtest != NULL) {
        store_tx_close(&backtest->tx);
        facts_close(&backtest->facts);
        arena_close(&backtest->arena);
        arena_close(&backtest->rules);
        free(backtest);
    }
}

/* -- the tables ------------------------------------------------------------------------------- */

static bool
is_of_approvals(enum document_kind kind)
{
    return kind == DOCUMENT_APPROVAL_MATRIX || kind == DOCUMENT_APPROVERS;
}

bool
backtest_is_of_approvals(const struct backtest *backtest)
{
    return backtest->tables[DOCUMENT_APPROVAL_MATRIX].name != NULL ||
           backtest->tables[DOCUMENT_APPROVERS].name != NULL;
}

/* Under other prices others are asked: which table's doing that is could not be told. */
static enum outcome
check_company(const struct backtest *backtest, const char *name, enum document_kind kind,
              struct fault *why)
{
    for (int other = 0; other < DOCUMENT_KIND_COUNT; other++) {
        if (backtest->tables[other].name != NULL &&
            is_of_approvals((enum document_kind)other) != is_of_approvals(kind)) {
            return fail_as(why, FAULT_USAGE,
                           "%s and %s are not tried together: who is asked is one question, and "
                           "what orders cost another",
                           backtest->tables[other].name, name);
        }
    }
    return DONE;
}

/* The rules and people in force. */
static enum outcome
read_world(struct backtest *backtest, bool is_after, struct fault *why)
{
    struct approval_trial *trial = &backtest->worlds.of[is_after];
    *trial = (struct approval_trial){.facts = &backtest->facts, .config = backtest->run->config};
    TRY(approval_trial_rules(trial, &backtest->rules, why));
    return approval_trial_people(trial, &backtest->rules, why);
}

static enum outcome
begin_table(struct backtest *backtest, const char *name, enum document_kind kind, struct fault *why)
{
    struct trial_table *table = &backtest->tables[kind];
    TRY(check_company(backtest, name, kind, why));
    if (is_of_approvals(kind) && !backtest_is_of_approvals(backtest)) {
        TRY(read_world(backtest, false, why)); /* nothing has been judged yet */
    }
    const char *key = arena_format(&backtest->arena, "backtest:%s", document_kind_names[kind]);
    table->name = arena_copy(&backtest->arena, name);
    table->interchange = (struct interchange){.partner = "",
                                              .name = key,
                                              .sha256 = key,
                                              .format = "",
                                              .document = kind,
                                              .acceptance = ACCEPT_ALL_OR_NOTHING,
                                              .state = INTERCHANGE_READ,
                                              .place = "",
                                              .received_ms = backtest->run->as_of_ms};
    TRY(backtest_arrive(backtest->run->store, &table->interchange, why));
    return master_begin(backtest->run->store, kind, table->interchange.id, &table->version_id, why);
}

enum outcome
backtest_add_row(struct backtest *backtest, const char *name, const struct document *document,
                 struct findings *findings, struct fault *why)
{
    const enum document_kind kind = document->kind;
    struct trial_table *table = &backtest->tables[kind];
    bool is_new = false;
    assert(master_is_kind(kind));
    if (table->name == NULL) {
        TRY(begin_table(backtest, name, kind, why));
    } else if (strcmp(table->name, name) != 0) {
        return fail_as(why, FAULT_USAGE, "%s and %s are both %s: a file is the whole table",
                       table->name, name, document_kind_names[kind]);
    }
    TRY(master_insert(backtest->run->store, kind, table->version_id, &document->row, &is_new, why));
    table->rows += is_new;
    if (!is_new) {
        const char *key = master_row_key(kind, &document->row, &findings->scratch);
        findings_add(findings, &(struct finding){.code = M_MASTER_ROW_TWICE,
                                                 .place = {document->row.line, 0},
                                                 .value = text_show(&findings->scratch, key,
                                                                    strlen(key), SHOWN_MAX)});
    }
    return DONE;
}

static void
matter_shut(struct matter *matter)
{
    findings_close(&matter->findings);
    arena_close(&matter->arena);
}

/* As the desk judges what a partner sent; where it would wait for a person, it goes on. */
static enum outcome
judge(struct backtest *backtest, struct trial_table *table, struct matter *matter,
      struct fault *why)
{
    struct run *run = backtest->run;
    struct interchange *interchange = &table->interchange;
    interchange->documents = interchange->documents_taken = table->rows;
    TRY(master_set_rows(run->store, table->version_id, table->rows, why));
    TRY(master_applier.apply(matter, why));
    if (!matter->is_held) {
        return DONE;
    }
    TRY(master_put_in_force(run->store, interchange->document, table->version_id, run->as_of_ms,
                            why));
    facts_forget(&backtest->facts);
    return DONE;
}

enum outcome
backtest_judge(struct backtest *backtest, enum document_kind kind, struct findings *findings,
               struct fault *why)
{
    struct trial_table *table = &backtest->tables[kind];
    struct matter matter = {
        .run = backtest->run, .facts = &backtest->facts, .interchange = &table->interchange};
    if (table->name == NULL) {
        return DONE;
    }
    const struct run_counts counts = backtest->run->counts;
    findings_init(&matter.findings);
    arena_init(&matter.arena, APPRAISAL_BYTES_MAX);
    facts_begin_file(&backtest->facts);
    const enum outcome outcome = judge(backtest, table, &matter, why);
    findings_append(findings, &matter.findings);
    matter_shut(&matter);
    backtest->run->counts = counts;
    return outcome;
}

/* -- the orders ------------------------------------------------------------------------------- */

/* The versions that an order is priced by: ours, and beside them those of its booking; who may do
 * what is always as it is now. */
static enum outcome
choose_versions(struct backtest *backtest, const struct booked *booked,
                const struct master_versions *in_force, struct fault *why)
{
    static const enum document_kind powers[] = {DOCUMENT_APPROVAL_MATRIX, DOCUMENT_APPROVERS,
                                                DOCUMENT_PRICE_AUTHORITY};
    struct master_versions versions = {0};
    TRY(master_versions_of_order(backtest->run->store, booked->id, booked->version, &versions,
                                 why));
    for (size_t index = 0; index < sizeof powers / sizeof powers[0]; index++) {
        versions.of[powers[index]] = in_force->of[powers[index]];
    }
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        if (backtest->tables[kind].name != NULL) {
            versions.of[kind] = in_force->of[kind];
        }
    }
    facts_trim(&backtest->facts);
    facts_set_versions(&backtest->facts, &versions);
    return DONE;
}

static enum outcome
work_order(struct backtest *backtest, const struct booked *booked, struct arena *arena,
           struct fault *why)
{
    return backtest_is_of_approvals(backtest)
               ? backtest_asked(backtest->run, &backtest->facts, &backtest->worlds, booked, arena,
                                why)
               : backtest_order(backtest->run, &backtest->facts, booked, arena, why);
}

static enum outcome
price_all(struct backtest *backtest, struct arena *batch, struct arena *arena, struct fault *why)
{
    struct run *run = backtest->run;
    struct master_versions in_force = {0};
    struct booked after = {.order_date = backtest->from};
    size_t count = 0;
    TRY(master_in_force(run->store, &in_force, why));
    do {
        struct booked *booked = NULL;
        const char *none = "";
        arena_reset(batch);
        TRY(backtest_orders(run->store, &after, backtest->to, backtest_is_of_approvals(backtest),
                            batch, &booked, &count, why));
        for (size_t index = 0; index < count; index++) {
            arena_reset(arena);
            TRY(choose_versions(backtest, &booked[index], &in_force, why));
            TRY(work_order(backtest, &booked[index], arena, why));
            after = booked[index];
        }
        after.partner = after.customer = none; /* they are gone with the batch */
    } while (count == BACKTEST_BATCH);
    return DONE;
}

enum outcome
backtest_price(struct backtest *backtest, struct fault *why)
{
    struct arena batch;
    struct arena arena;
    TRY(backtest_release(backtest->run->store, backtest->from, why));
    facts_forget(&backtest->facts);
    facts_begin_file(&backtest->facts);
    if (backtest_is_of_approvals(backtest)) {
        TRY(read_world(backtest, true, why));
    }
    arena_init(&batch, BATCH_BYTES_MAX);
    arena_init(&arena, APPRAISAL_BYTES_MAX);
    const enum outcome outcome = price_all(backtest, &batch, &arena, why);
    arena_close(&batch);
    arena_close(&arena);
    return outcome;
}
