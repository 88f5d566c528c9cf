#include "store/store_interchange.h"

#include "store/store.h"

#include <assert.h>

const char *const interchange_state_names[INTERCHANGE_STATE_COUNT] = {
    [INTERCHANGE_READ] = "read",           [INTERCHANGE_TAKEN] = "taken",
    [INTERCHANGE_PARTLY] = "partly",       [INTERCHANGE_REFUSED] = "refused",
    [INTERCHANGE_DUPLICATE] = "duplicate", [INTERCHANGE_HELD] = "held",
};
enum { ACCEPTANCE_COUNT = ACCEPT_TEST_ONLY + 1 };
const char *const acceptance_names[ACCEPTANCE_COUNT] = {
    [ACCEPT_PER_ORDER] = "per-order",
    [ACCEPT_ALL_OR_NOTHING] = "all-or-nothing",
    [ACCEPT_TEST_ONLY] = "test",
};

enum outcome
interchange_landed(struct store *store, int64_t run_id, int64_t skip, struct arena *arena,
                   struct landed **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t read = 0;
    struct landed *list = arena_array(arena, struct landed, INTERCHANGE_BATCH);
    TRY(store_query(store, SQL_interchange_landed, &rows, why, INTEGER(run_id),
                    INTEGER(INTERCHANGE_BATCH), INTEGER(skip)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        assert(read < INTERCHANGE_BATCH);
        struct landed *landed = &list[read++];
        landed->id = rows_integer(&rows, 0);
        landed->partner = rows_copy(&rows, 1, arena);
        landed->mailbox = rows_copy(&rows, 2, arena);
        const void *name = rows_bytes(&rows, 3, &landed->name_size);
        landed->name = arena_copy_bytes(arena, name, landed->name_size);
        landed->spool = rows_copy(&rows, 4, arena);
        landed->size = rows_integer(&rows, 5);
        landed->sha256 = rows_copy(&rows, 6, arena);
        landed->mapping = rows_copy(&rows, 7, arena);
    }
    if (outcome != NONE) {
        return outcome;
    }
    *items = list;
    *count = read;
    return DONE;
}

enum outcome
interchange_arrival_taken(struct store *store, int64_t arrival_id, struct fault *why)
{
    return store_run(store, SQL_interchange_arrival_taken, why, INTEGER(arrival_id));
}

enum outcome
interchange_seen(struct store *store, const struct landed *landed, int64_t *original_id,
                 int64_t *repetition, struct fault *why)
{
    int64_t original = 0;
    int64_t repeated = 0;
    TRY(store_number(store, SQL_interchange_original, 0, &original, why, TEXT(landed->partner),
                     TEXT(landed->sha256), TEXT(landed->mapping)));
    TRY(store_number(store, SQL_interchange_repetition, 0, &repeated, why, TEXT(landed->partner),
                     TEXT(landed->sha256)));
    *original_id = original;
    *repetition = repeated;
    return DONE;
}

enum outcome
interchange_insert(struct store *store, struct interchange *interchange, struct fault *why)
{
    TRY(store_run(store, SQL_interchange_insert, why, INTEGER(interchange->arrival_id),
                  TEXT(interchange->partner), TEXT(interchange->name), TEXT(interchange->sha256),
                  INTEGER(interchange->size), TEXT(interchange->format),
                  TEXT(interchange->mapping == NULL ? "" : interchange->mapping),
                  TEXT(document_kind_names[interchange->document]),
                  TEXT(acceptance_names[interchange->acceptance]),
                  TEXT(interchange_state_names[interchange->state]),
                  INTEGER_OR_NULL(interchange->duplicate_of, 0), INTEGER(interchange->repetition),
                  TEXT(interchange->place), INTEGER(interchange->documents),
                  INTEGER(interchange->documents_taken), INTEGER(interchange->findings),
                  INTEGER(interchange->received_ms)));
    interchange->id = store_last_id(store);
    return DONE;
}

enum outcome
interchange_update(struct store *store, const struct interchange *interchange, struct fault *why)
{
    return store_run(store, SQL_interchange_update, why, TEXT(interchange->format),
                     TEXT(document_kind_names[interchange->document]),
                     TEXT(interchange_state_names[interchange->state]),
                     INTEGER(interchange->documents), INTEGER(interchange->documents_taken),
                     INTEGER(interchange->findings), INTEGER(interchange->id));
}

static void
read_interchange(const struct rows *rows, struct arena *arena, struct interchange *interchange)
{
    const int document = name_index(rows_text(rows, 7), document_kind_names, DOCUMENT_KIND_COUNT);
    const int acceptance = name_index(rows_text(rows, 8), acceptance_names, ACCEPTANCE_COUNT);
    const int state =
        name_index(rows_text(rows, 9), interchange_state_names, INTERCHANGE_STATE_COUNT);
    assert(document >= 0 && acceptance >= 0 && state >= 0);
    interchange->id = rows_integer(rows, 0);
    interchange->arrival_id = rows_integer(rows, 1);
    interchange->partner = rows_copy(rows, 2, arena);
    interchange->name = rows_copy(rows, 3, arena);
    interchange->sha256 = rows_copy(rows, 4, arena);
    interchange->size = rows_integer(rows, 5);
    interchange->format = rows_copy(rows, 6, arena);
    interchange->document = (enum document_kind)document;
    interchange->acceptance = (enum acceptance)acceptance;
    interchange->state = (enum interchange_state)state;
    interchange->duplicate_of = rows_integer_or(rows, 10, 0);
    interchange->repetition = rows_integer(rows, 11);
    interchange->place = rows_copy(rows, 12, arena);
    interchange->documents = rows_integer(rows, 13);
    interchange->documents_taken = rows_integer(rows, 14);
    interchange->findings = rows_integer(rows, 15);
    interchange->received_ms = rows_integer(rows, 16);
}

static enum outcome
read_list(struct store *store, enum statement statement, int64_t skip, struct arena *arena,
          struct interchange **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t read = 0;
    struct interchange *list = arena_array(arena, struct interchange, INTERCHANGE_BATCH);
    TRY(store_query(store, statement, &rows, why, INTEGER(INTERCHANGE_BATCH), INTEGER(skip)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        assert(read < INTERCHANGE_BATCH);
        read_interchange(&rows, arena, &list[read++]);
    }
    if (outcome != NONE) {
        return outcome;
    }
    *items = list;
    *count = read;
    return DONE;
}

enum outcome
interchange_get(struct store *store, int64_t id, struct arena *arena,
                struct interchange *interchange, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_interchange_by_id, &rows, why, INTEGER(id)));
    TRY(rows_next(&rows, why));
    read_interchange(&rows, arena, interchange);
    return DONE;
}

enum outcome
interchange_waiting(struct store *store, int64_t skip, struct arena *arena,
                    struct interchange **items, size_t *count, struct fault *why)
{
    return read_list(store, SQL_interchange_waiting, skip, arena, items, count, why);
}

enum outcome
interchange_unfiled(struct store *store, int64_t skip, struct arena *arena,
                    struct interchange **items, size_t *count, struct fault *why)
{
    return read_list(store, SQL_interchange_unfiled, skip, arena, items, count, why);
}

enum outcome
interchange_filed(struct store *store, int64_t id, const char *place, struct fault *why)
{
    return store_run(store, SQL_interchange_filed, why, TEXT(place), INTEGER(id));
}

static enum outcome
insert_finding(struct store *store, int64_t interchange_id, int64_t ordinal, int64_t version,
               const struct finding *finding, struct fault *why)
{
    return store_run(store, SQL_finding_insert, why, INTEGER(interchange_id), INTEGER(ordinal),
                     TEXT(message_entry(finding->code)->id),
                     TEXT(severity_names[finding_severity(finding->code)]),
                     INTEGER(finding->place.line), INTEGER(finding->place.column),
                     TEXT(finding->order_number), TEXT(finding->order_line), TEXT(finding->field),
                     TEXT(finding->value), TEXT(finding->expected), TEXT(finding->hint),
                     INTEGER(version));
}

enum outcome
interchange_add_findings(struct store *store, struct interchange *interchange,
                         const struct findings *findings, struct fault *why)
{
    int64_t ordinal = 0;
    if (findings_total(findings) == 0) {
        return DONE;
    }
    TRY(store_number(store, SQL_finding_last, 0, &ordinal, why, INTEGER(interchange->id)));
    for (size_t index = 0; index < findings->count && ordinal < FINDINGS_KEPT_MAX; index++) {
        ordinal++;
        TRY(insert_finding(store, interchange->id, ordinal, 0, &findings->items[index], why));
    }
    interchange->findings += (int64_t)findings_total(findings);
    return DONE;
}

enum outcome
interchange_add_version_findings(struct store *store, int64_t interchange_id, int64_t version,
                                 const struct findings *findings, struct fault *why)
{
    int64_t ordinal = 0;
    TRY(store_number(store, SQL_finding_last, 0, &ordinal, why, INTEGER(interchange_id)));
    for (size_t index = 0; index < findings->count; index++) {
        ordinal++;
        TRY(insert_finding(store, interchange_id, ordinal, version, &findings->items[index], why));
    }
    return DONE;
}

enum outcome
savepoint_open(struct store *store, struct savepoint *savepoint, struct fault *why)
{
    TRY(store_run_bare(store, SQL_savepoint_open, why));
    savepoint->store = store;
    return DONE;
}

enum outcome
savepoint_keep(struct savepoint *savepoint, struct fault *why)
{
    TRY(store_run_bare(savepoint->store, SQL_savepoint_keep, why));
    savepoint->store = NULL;
    return DONE;
}

enum outcome
savepoint_undo(struct savepoint *savepoint, struct fault *why)
{
    TRY(store_run_bare(savepoint->store, SQL_savepoint_undo, why));
    TRY(store_run_bare(savepoint->store, SQL_savepoint_keep, why));
    savepoint->store = NULL;
    return DONE;
}
