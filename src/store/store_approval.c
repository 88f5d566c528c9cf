#include "store/store_approval.h"

#include "store/store.h"

#include <assert.h>
#include <string.h>

const char *const approval_step_state_names[STEP_STATE_COUNT] = {
    [STEP_PLANNED] = "planned",   [STEP_OPEN] = "open",           [STEP_APPROVED] = "approved",
    [STEP_REJECTED] = "rejected", [STEP_WITHDRAWN] = "withdrawn",
};

enum outcome
approval_add(struct store *store, struct approval *approval, struct fault *why)
{
    TRY(store_run(
        store, SQL_approval_insert, why, INTEGER(approval->order_id), INTEGER(approval->version),
        INTEGER(approval->step), TEXT(approval->approver), INTEGER(approval->amount_minor),
        INTEGER_OR_NULL(approval->limit_minor, AMOUNT_NONE),
        INTEGER((int64_t)approval->wait_reasons), TEXT(approval->currency), TEXT(approval->trace)));
    approval->id = store_last_id(store);
    return DONE;
}

enum outcome
approval_add_reason(struct store *store, int64_t approval_id, size_t ordinal,
                    const struct approval_why *reason, struct fault *why)
{
    return store_run(store, SQL_approval_reason_insert, why, INTEGER(approval_id), INTEGER(ordinal),
                     TEXT(reason->name), TEXT(reason->value), TEXT(reason->limit));
}

enum outcome
approval_steps(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
               struct approval **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct approval *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    TRY(store_query(store, SQL_approval_of_order, &rows, why, INTEGER(order_id), INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int state =
            name_index(rows_text(&rows, 3), approval_step_state_names, STEP_STATE_COUNT);
        assert(state >= 0);
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read++] = (struct approval){
            .id = rows_integer(&rows, 0),
            .order_id = order_id,
            .version = version,
            .step = rows_integer(&rows, 1),
            .approver = rows_copy(&rows, 2, arena),
            .state = (enum approval_step_state)state,
            .stand_in = rows_copy(&rows, 4, arena),
            .decided_by = rows_copy(&rows, 5, arena),
        };
    }
    if (outcome != NONE) {
        return outcome;
    }
    *items = list;
    *count = read;
    return DONE;
}

enum outcome
approval_open_of(struct store *store, const char *partner, const char *number, struct arena *arena,
                 const char **approver, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_approval_open_of, &rows, why, TEXT(partner), TEXT(number)));
    TRY(rows_next(&rows, why));
    *approver = rows_copy(&rows, 0, arena);
    return DONE;
}

enum outcome
approval_open(struct store *store, const struct approval *approval, int64_t asked_ms,
              struct fault *why)
{
    return store_run(store, SQL_approval_open, why, INTEGER(asked_ms), TEXT(approval->approver),
                     TEXT(approval->stand_in), INTEGER(approval->id));
}

enum outcome
approval_withdraw(struct store *store, int64_t order_id, int64_t version, struct fault *why)
{
    return store_run(store, SQL_approval_withdraw, why, INTEGER(order_id), INTEGER(version));
}

enum outcome
approval_decide(struct store *store, int64_t id, const struct verdict *verdict, struct fault *why)
{
    const enum approval_step_state state = verdict->approves ? STEP_APPROVED : STEP_REJECTED;
    return store_run(store, SQL_approval_decide, why, TEXT(approval_step_state_names[state]),
                     INTEGER(verdict->decided_ms), TEXT(verdict->actor), TEXT(verdict->reason),
                     INTEGER(id));
}

enum outcome
decision_store(struct store *store, int64_t interchange_id, int64_t ordinal,
               const struct decision *decision, struct fault *why)
{
    return store_run(store, SQL_decision_insert, why, INTEGER(interchange_id), INTEGER(ordinal),
                     TEXT(decision->partner), TEXT(decision->order_number),
                     INTEGER(decision->version), TEXT(decision->approves ? "approve" : "reject"),
                     TEXT(decision->reason), INTEGER(decision->line));
}

enum outcome
decision_next(struct store *store, int64_t interchange_id, int64_t *after, struct arena *arena,
              struct decision **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct decision *list = arena_array(arena, struct decision, DECISION_BATCH);
    size_t read = 0;
    int64_t last = *after;
    TRY(store_query(store, SQL_decision_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(*after), INTEGER(DECISION_BATCH)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        assert(read < DECISION_BATCH);
        last = rows_integer(&rows, 0);
        list[read++] = (struct decision){
            .partner = rows_copy(&rows, 1, arena),
            .order_number = rows_copy(&rows, 2, arena),
            .version = rows_integer(&rows, 3),
            .approves = strcmp(rows_text(&rows, 4), "approve") == 0,
            .reason = rows_copy(&rows, 5, arena),
            .line = rows_integer(&rows, 6),
        };
    }
    if (outcome != NONE) {
        return outcome;
    }
    *after = last;
    *items = list;
    *count = read;
    return DONE;
}

enum outcome
decision_discard(struct store *store, int64_t interchange_id, struct fault *why)
{
    return store_run(store, SQL_decision_discard, why, INTEGER(interchange_id));
}
