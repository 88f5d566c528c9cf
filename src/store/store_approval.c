#include "store/store_approval.h"

#include "store/store.h"

#include <assert.h>
#include <string.h>

const char *const approval_step_state_names[STEP_STATE_COUNT] = {
    [STEP_PLANNED] = "planned",   [STEP_OPEN] = "open",         [STEP_APPROVED] = "approved",
    [STEP_REJECTED] = "rejected", [STEP_RETURNED] = "returned", [STEP_WITHDRAWN] = "withdrawn",
    [STEP_KEPT] = "kept",
};
const char *const approval_person_state_names[PERSON_STATE_COUNT] = {
    [PERSON_ASKED] = "asked",         [PERSON_APPROVED] = "approved",
    [PERSON_REJECTED] = "rejected",   [PERSON_RETURNED] = "returned",
    [PERSON_DELEGATED] = "delegated", [PERSON_WITHDRAWN] = "withdrawn",
};

enum outcome
approval_add(struct store *store, struct approval *approval, struct fault *why)
{
    const bool is_kept = approval->state == STEP_KEPT;
    assert(is_kept || approval->state == STEP_PLANNED);
    TRY(store_run(store, SQL_approval_insert, why, INTEGER(approval->order_id),
                  INTEGER(approval->version), INTEGER(approval->step), TEXT(approval->approvers),
                  TEXT(approval->roles), INTEGER(approval->quorum), INTEGER(approval->remind_hours),
                  INTEGER(approval->escalate_hours), INTEGER(approval->decide_hours),
                  TEXT(approval->undecided), TEXT(approval->told), INTEGER(approval->amount_minor),
                  INTEGER_OR_NULL(approval->limit_minor, AMOUNT_NONE),
                  INTEGER(approval->discount_micros), INTEGER((int64_t)approval->wait_reasons),
                  TEXT(approval->currency), TEXT(approval->shown), TEXT(approval->trace),
                  TEXT(approval_step_state_names[approval->state]),
                  is_kept ? INTEGER(approval->decided_ms) : NOTHING,
                  is_kept ? TEXT(approval->decided_by) : NOTHING,
                  is_kept ? TEXT(approval->reason) : NOTHING));
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
approval_reasons(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                 struct approval_why **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct approval_why *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    TRY(store_query(store, SQL_approval_reasons, &rows, why, INTEGER(order_id), INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read++] =
            (struct approval_why){rows_integer(&rows, 0), rows_copy(&rows, 1, arena),
                                  rows_copy(&rows, 2, arena), rows_copy(&rows, 3, arena)};
    }
    *items = list;
    *count = read;
    return outcome == NONE ? DONE : outcome;
}

static struct approval
step_at(const struct rows *rows, struct arena *arena)
{
    const int state = name_index(rows_text(rows, 14), approval_step_state_names, STEP_STATE_COUNT);
    assert(state >= 0);
    return (struct approval){
        .id = rows_integer(rows, 0),
        .step = rows_integer(rows, 1),
        .approvers = rows_copy(rows, 2, arena),
        .roles = rows_copy(rows, 3, arena),
        .quorum = rows_integer(rows, 4),
        .remind_hours = rows_integer(rows, 5),
        .escalate_hours = rows_integer(rows, 6),
        .decide_hours = rows_integer(rows, 7),
        .undecided = rows_copy(rows, 8, arena),
        .told = rows_copy(rows, 9, arena),
        .amount_minor = rows_integer(rows, 10),
        .limit_minor = rows_integer_or(rows, 21, AMOUNT_NONE),
        .discount_micros = rows_integer(rows, 11),
        .currency = rows_copy(rows, 12, arena),
        .shown = rows_copy(rows, 13, arena),
        .trace = "",
        .state = (enum approval_step_state)state,
        .asked_ms = rows_integer_or(rows, 15, 0),
        .decided_ms = rows_integer_or(rows, 16, 0),
        .decided_by = rows_copy(rows, 17, arena),
        .reason = rows_copy(rows, 18, arena),
        .reminders = rows_integer(rows, 19),
        .escalated_ms = rows_integer_or(rows, 20, 0),
    };
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
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read] = step_at(&rows, arena);
        list[read].order_id = order_id;
        list[read++].version = version;
    }
    *items = list;
    *count = read;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
approval_add_person(struct store *store, const struct approval_person *person, int64_t asked_ms,
                    struct fault *why)
{
    return store_run(store, SQL_approval_person_insert, why, INTEGER(person->approval_id),
                     INTEGER(person->ordinal), INTEGER(person->slot), TEXT(person->named),
                     TEXT(person->person), TEXT(person->authority), TEXT(person->chosen),
                     TEXT(person->chain), TEXT(person->trace), INTEGER(asked_ms));
}

enum outcome
approval_persons(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                 struct approval_person **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct approval_person *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    TRY(store_query(store, SQL_approval_persons, &rows, why, INTEGER(order_id), INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int state =
            name_index(rows_text(&rows, 8), approval_person_state_names, PERSON_STATE_COUNT);
        assert(state >= 0);
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read++] = (struct approval_person){
            .approval_id = rows_integer(&rows, 0),
            .ordinal = rows_integer(&rows, 1),
            .slot = rows_integer(&rows, 2),
            .named = rows_copy(&rows, 3, arena),
            .person = rows_copy(&rows, 4, arena),
            .authority = rows_copy(&rows, 5, arena),
            .chosen = rows_copy(&rows, 6, arena),
            .chain = rows_copy(&rows, 7, arena),
            .trace = "",
            .state = (enum approval_person_state)state,
        };
    }
    *items = list;
    *count = read;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
approval_facts(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
               struct approval_facts *facts, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_approval_matter, &rows, why, INTEGER(order_id), INTEGER(version)));
    TRY(rows_next(&rows, why));
    *facts = (struct approval_facts){
        .type = rows_copy(&rows, 0, arena),
        .order_date = (int32_t)rows_integer(&rows, 1),
        .customer = rows_copy(&rows, 2, arena),
        .customer_group = rows_copy(&rows, 3, arena),
        .currency = rows_copy(&rows, 4, arena),
        .gross_minor = rows_integer(&rows, 5),
    };
    return DONE;
}

enum outcome
approval_requesters(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                    const char ***names, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    const char **list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    TRY(store_query(store, SQL_approval_requesters, &rows, why, INTEGER(order_id),
                    INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read++] = rows_copy(&rows, 0, arena);
    }
    *names = list;
    *count = read;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
approval_told(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct approval_reader **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct approval_reader *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    TRY(store_query(store, SQL_approval_told, &rows, why, INTEGER(order_id), INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read++] =
            (struct approval_reader){rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena)};
    }
    *items = list;
    *count = read;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
approval_open_of(struct store *store, const char *partner, const char *number, struct arena *arena,
                 int64_t *step, const char **approvers, struct fault *why)
{
    OWNED(rows) rows = {0};
    const char *list = NULL;
    TRY(store_query(store, SQL_approval_open_of, &rows, why, TEXT(partner), TEXT(number)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *step = rows_integer(&rows, 0);
        list = list == NULL ? rows_copy(&rows, 1, arena)
                            : arena_format(arena, "%s, %s", list, rows_text(&rows, 1));
    }
    *approvers = list;
    return outcome != NONE ? outcome : list == NULL ? NONE : DONE;
}

enum outcome
approval_open(struct store *store, int64_t id, const struct approval_opening *opening,
              struct fault *why)
{
    return store_run(store, SQL_approval_open, why, INTEGER(opening->asked_ms),
                     INTEGER(opening->asked), INTEGER_OR_NULL(opening->due_ms, INT64_MAX),
                     INTEGER_OR_NULL(opening->next_ms, INT64_MAX), INTEGER(id));
}

enum outcome
approval_set_clock(struct store *store, const struct approval *approval, int64_t next_ms,
                   struct fault *why)
{
    return store_run(store, SQL_approval_clock, why, INTEGER(approval->reminders),
                     INTEGER_OR_NULL(approval->escalated_ms, 0),
                     INTEGER_OR_NULL(next_ms, INT64_MAX), INTEGER(approval->id));
}

enum outcome
approval_withdraw(struct store *store, int64_t order_id, int64_t version, int64_t at_ms,
                  struct fault *why)
{
    TRY(store_run(store, SQL_approval_withdraw_persons, why, INTEGER(at_ms), INTEGER(order_id),
                  INTEGER(version)));
    return store_run(store, SQL_approval_withdraw, why, INTEGER(order_id), INTEGER(version));
}

/* NONE: no version before this one was approved, or the order was refused since. */
static enum outcome
find_base(struct store *store, int64_t order_id, int64_t version, int64_t *base, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_approval_base, &rows, why, INTEGER(order_id), INTEGER(version)));
    TRY(rows_next(&rows, why));
    *base = rows_integer(&rows, 0);
    return strcmp(rows_text(&rows, 1), "approved") == 0 ? DONE : NONE;
}

enum outcome
approval_base(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct approval_base *base, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(find_base(store, order_id, version, &base->version, why));
    TRY(store_query(store, SQL_approval_base_facts, &rows, why, INTEGER(order_id),
                    INTEGER(base->version)));
    TRY(rows_next(&rows, why));
    base->currency = rows_copy(&rows, 0, arena);
    base->gross_minor = rows_integer(&rows, 1);
    base->country = rows_copy(&rows, 2, arena);
    return DONE;
}

enum outcome
approval_add_refused(struct store *store, const struct approval_attempt *attempt, int64_t at_ms,
                     struct fault *why)
{
    return store_run(store, SQL_approval_refused_insert, why, TEXT(attempt->partner),
                     TEXT(attempt->order_number), INTEGER(attempt->version), TEXT(attempt->person),
                     TEXT(attempt->verdict), TEXT(attempt->code), INTEGER(at_ms));
}

static enum outcome
read_subjects(struct rows *rows, struct arena *arena, struct approval_subject **items,
              size_t *count, struct fault *why)
{
    struct approval_subject *list = arena_array(arena, struct approval_subject, APPROVAL_BATCH);
    size_t read = 0;
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        assert(read < APPROVAL_BATCH);
        list[read++] = (struct approval_subject){
            .approval_id = rows_integer(rows, 0),
            .order_id = rows_integer(rows, 1),
            .version = rows_integer(rows, 2),
            .partner = rows_copy(rows, 3, arena),
            .number = rows_copy(rows, 4, arena),
            .approval = (enum approval_state)name_index(rows_text(rows, 5), approval_state_names,
                                                        APPROVAL_STATE_COUNT),
            .fulfilment = (enum fulfilment_state)name_index(
                rows_text(rows, 6), fulfilment_state_names, FULFILMENT_STATE_COUNT),
            .payment = (enum payment_state)name_index(rows_text(rows, 7), payment_state_names,
                                                      PAYMENT_STATE_COUNT),
        };
    }
    *items = list;
    *count = read;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
approval_due(struct store *store, int64_t now_ms, struct arena *arena,
             struct approval_subject **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_approval_due, &rows, why, INTEGER(now_ms), INTEGER(APPROVAL_BATCH)));
    return read_subjects(&rows, arena, items, count, why);
}

enum outcome
approval_unasked(struct store *store, int64_t after, struct arena *arena,
                 struct approval_subject **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_approval_unasked, &rows, why, INTEGER(after),
                    INTEGER(APPROVAL_BATCH)));
    return read_subjects(&rows, arena, items, count, why);
}

enum outcome
approval_decide(struct store *store, int64_t id, enum approval_step_state state,
                const struct verdict *verdict, struct fault *why)
{
    return store_run(store, SQL_approval_decide, why, TEXT(approval_step_state_names[state]),
                     INTEGER(verdict->decided_ms), TEXT(verdict->actor), TEXT(verdict->reason),
                     INTEGER(id));
}

enum outcome
approval_person_decide(struct store *store, const struct approval_person *person,
                       enum approval_person_state state, const struct verdict *verdict,
                       struct fault *why)
{
    return store_run(store, SQL_approval_person_decide, why,
                     TEXT(approval_person_state_names[state]), INTEGER(verdict->decided_ms),
                     TEXT(verdict->actor), TEXT(verdict->reason), INTEGER(person->approval_id),
                     INTEGER(person->ordinal));
}

enum outcome
approval_person_withdraw(struct store *store, int64_t id, int64_t slot, int64_t at_ms,
                         struct fault *why)
{
    return store_run(store, SQL_approval_person_withdraw, why, INTEGER(at_ms), INTEGER(id),
                     INTEGER(slot));
}

enum outcome
decision_store(struct store *store, int64_t interchange_id, int64_t ordinal,
               const struct decision *decision, struct fault *why)
{
    return store_run(store, SQL_decision_insert, why, INTEGER(interchange_id), INTEGER(ordinal),
                     TEXT(decision->partner), TEXT(decision->order_number),
                     INTEGER(decision->version), TEXT(decision_verdict_names[decision->verdict]),
                     TEXT(decision->reason), TEXT(decision->delegate), TEXT(decision->shown),
                     TEXT(decision->strike), INTEGER(decision->line));
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
            .verdict = (enum decision_verdict)name_index(
                rows_text(&rows, 4), decision_verdict_names, DECISION_VERDICT_COUNT),
            .reason = rows_copy(&rows, 5, arena),
            .delegate = rows_copy(&rows, 6, arena),
            .shown = rows_copy(&rows, 7, arena),
            .strike = rows_copy(&rows, 8, arena),
            .line = rows_integer(&rows, 9),
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
