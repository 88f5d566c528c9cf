#include "store/store_delay.h"

#include "base/date.h"
#include "order/order.h"
#include "store/store.h"

#include <string.h>

enum { EVENTS_AT_A_TIME = 500, EVENTS_OF_THE_PAST = 200000 };

/* -- history ---------------------------------------------------------------------------------- */

enum outcome
stage_sample_add(struct store *store, const char *stage, const char *lane, int64_t duration_ms,
                 int64_t ended_ms, struct fault *why)
{
    int64_t samples = 0;
    TRY(store_number(store, SQL_stage_count_get, 0, &samples, why, TEXT(stage), TEXT(lane)));
    TRY(store_run(store, SQL_stage_sample_put, why, TEXT(stage), TEXT(lane),
                  INTEGER(samples % STAGE_SAMPLES_MAX), INTEGER(duration_ms), INTEGER(ended_ms)));
    return store_run(store, SQL_stage_count_put, why, TEXT(stage), TEXT(lane),
                     INTEGER(samples + 1));
}

enum outcome
stage_samples(struct store *store, const char *stage, const char *lane,
              int64_t durations_ms[STAGE_SAMPLES_MAX], size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_stage_samples, &rows, why, TEXT(stage), TEXT(lane)));
    while ((outcome = rows_next(&rows, why)) == DONE && *count < STAGE_SAMPLES_MAX) {
        durations_ms[(*count)++] = rows_integer(&rows, 0);
    }
    return outcome == NONE ? DONE : outcome;
}

/* -- which orders are looked at ---------------------------------------------------------------- */

enum outcome
delay_forget(struct store *store, struct fault *why)
{
    TRY(store_run_bare(store, SQL_delay_forget_due, why));
    return store_run_bare(store, SQL_delay_forget_seen, why);
}

static enum outcome
find_seen(struct store *store, int64_t *event_id, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_delay_seen_get, &rows, why));
    TRY(rows_next(&rows, why));
    *event_id = rows_integer(&rows, 0);
    return DONE;
}

static enum outcome
find_last(struct store *store, int64_t *event_id, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_delay_event_last, &rows, why));
    TRY(rows_next(&rows, why));
    *event_id = rows_integer_or(&rows, 0, 0);
    return DONE;
}

enum outcome
delay_begin(struct store *store, struct fault *why)
{
    int64_t seen = 0;
    int64_t last = 0;
    const enum outcome found = find_seen(store, &seen, why);
    if (found != NONE) {
        return found;
    }
    TRY(find_last(store, &last, why));
    TRY(store_run_bare(store, SQL_delay_begin, why));
    return store_run(store, SQL_delay_seen_put, why,
                     INTEGER(last > EVENTS_OF_THE_PAST ? last - EVENTS_OF_THE_PAST : 0));
}

static enum outcome
read_events(struct store *store, int64_t seen, struct arena *arena, struct delay_event **events,
            size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *events = NULL;
    *count = 0;
    TRY(store_query(store, SQL_delay_events, &rows, why, INTEGER(seen), INTEGER(EVENTS_AT_A_TIME)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *events = arena_grow(arena, *events, sizeof **events, *count, &capacity);
        (*events)[(*count)++] = (struct delay_event){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                                     rows_copy(&rows, 2, arena)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
delay_events(struct store *store, struct arena *arena, struct delay_event **events, size_t *count,
             struct fault *why)
{
    int64_t seen = 0;
    TRY(find_seen(store, &seen, why));
    TRY(read_events(store, seen, arena, events, count, why));
    for (size_t index = 0; index < *count; index++) {
        TRY(store_run(store, SQL_delay_due_add, why, INTEGER((*events)[index].order_id)));
        seen = (*events)[index].id;
    }
    return *count == 0 ? DONE : store_run(store, SQL_delay_seen_put, why, INTEGER(seen));
}

enum outcome
delay_due(struct store *store, int64_t as_of_ms, struct arena *arena, struct delay_due **items,
          size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_delay_due_list, &rows, why, INTEGER(as_of_ms)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] =
            (struct delay_due){rows_integer(&rows, 0), rows_integer(&rows, 1) != 0};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
delay_looked(struct store *store, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_delay_due_done, why, INTEGER(order_id));
}

/* -- an order --------------------------------------------------------------------------------- */

enum outcome
delay_order(struct store *store, int64_t order_id, struct arena *arena, struct delay_order *order,
            struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_delay_order, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *order = (struct delay_order){
        .partner = rows_copy(&rows, 0, arena),
        .number = rows_copy(&rows, 1, arena),
        .version = rows_integer(&rows, 2),
        .approval = rows_copy(&rows, 3, arena),
        .fulfilment = rows_copy(&rows, 4, arena),
        .payment = rows_copy(&rows, 5, arena),
        .promised = (int32_t)rows_integer_or(&rows, 6, DAY_NONE),
        .country = rows_copy(&rows, 7, arena),
        .customer_group = rows_copy(&rows, 8, arena),
        .is_prepaid = rows_integer(&rows, 9) != 0,
    };
    return DONE;
}

enum outcome
delay_steps(struct store *store, int64_t order_id, int64_t upto_event_id, struct arena *arena,
            struct delay_step **steps, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *steps = NULL;
    *count = 0;
    TRY(store_query(store, SQL_delay_steps, &rows, why, INTEGER(order_id), INTEGER(upto_event_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *steps = arena_grow(arena, *steps, sizeof **steps, *count, &capacity);
        (*steps)[(*count)++] =
            (struct delay_step){rows_copy(&rows, 0, arena), rows_integer(&rows, 1)};
    }
    return outcome == NONE ? DONE : outcome;
}

/* A date alone is the end of its day. */
static int64_t
window_end(const struct rows *rows, int column)
{
    const int64_t end_ms = rows_integer_or(rows, column, AMOUNT_NONE);
    return end_ms != AMOUNT_NONE && moment_is_day(end_ms) ? day_begin(moment_day(end_ms) + 1)
                                                          : end_ms;
}

enum outcome
delay_parcels(struct store *store, int64_t order_id, struct arena *arena,
              struct delay_parcel **parcels, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *parcels = NULL;
    *count = 0;
    TRY(store_query(store, SQL_delay_parcels, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *parcels = arena_grow(arena, *parcels, sizeof **parcels, *count, &capacity);
        (*parcels)[(*count)++] = (struct delay_parcel){
            .number = rows_copy(&rows, 0, arena),
            .warehouse = rows_copy(&rows, 1, arena),
            .shipped_ms = rows_integer(&rows, 2),
            .is_tracked = rows_integer(&rows, 3) != 0,
            .carrier = rows_copy(&rows, 4, arena),
            .state = rows_copy(&rows, 5, arena),
            .cause = rows_copy(&rows, 6, arena),
            .eta_ms = window_end(&rows, 7),
            .delivered_ms = rows_integer_or(&rows, 8, AMOUNT_NONE),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
find_day(struct store *store, enum statement statement, int64_t order_id, int32_t *day,
         struct fault *why)
{
    int64_t found = 0;
    OWNED(rows) rows = {0};
    TRY(store_query(store, statement, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    found = rows_integer_or(&rows, 0, DAY_NONE);
    *day = (int32_t)found;
    return DONE;
}

static enum outcome
read_lines(struct store *store, int64_t order_id, struct delay_plan *plan, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_delay_plan_lines, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    plan->awaits_stock = rows_integer(&rows, 0) > 0;
    plan->leave_day =
        rows_integer_or(&rows, 1, 0) > 0 ? DAY_NONE : (int32_t)rows_integer_or(&rows, 2, DAY_NONE);
    return DONE;
}

/* What a plant has refused, or was told to stop, nobody makes: it is not there on any day. */
static enum outcome
read_production(struct store *store, int64_t order_id, int64_t version, struct delay_plan *plan,
                struct fault *why)
{
    OWNED(rows) rows = {0};
    bool is_said = true;
    enum outcome outcome;
    TRY(store_query(store, SQL_delay_plan_production, &rows, why, INTEGER(order_id),
                    INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *state = rows_text(&rows, 0);
        const int32_t day = (int32_t)rows_integer(&rows, 1);
        is_said &= strcmp(state, "refused") != 0 && strcmp(state, "stopped") != 0;
        plan->lacks_material |= strcmp(rows_text(&rows, 2), "material") == 0;
        plan->awaits_production = true;
        plan->production_day = day > plan->production_day ? day : plan->production_day;
    }
    if (!is_said) {
        plan->production_day = DAY_NONE;
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_names(struct rows *rows, struct arena *arena, const char *names[DELAY_NAMES_MAX],
           size_t *count, struct fault *why)
{
    enum outcome outcome;
    *count = 0;
    while ((outcome = rows_next(rows, why)) == DONE) {
        names[(*count)++] = rows_copy(rows, 0, arena);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
delay_products(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
               const char *names[DELAY_NAMES_MAX], size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_delay_products, &rows, why, INTEGER(order_id), INTEGER(version),
                    INTEGER(DELAY_NAMES_MAX)));
    return read_names(&rows, arena, names, count, why);
}

enum outcome
delay_warehouses(struct store *store, int64_t order_id, struct arena *arena,
                 const char *names[DELAY_NAMES_MAX], size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_delay_warehouses, &rows, why, INTEGER(order_id),
                    INTEGER(DELAY_NAMES_MAX)));
    return read_names(&rows, arena, names, count, why);
}

enum outcome
delay_plan(struct store *store, int64_t order_id, int64_t version, struct delay_plan *plan,
           struct fault *why)
{
    int32_t told_day = DAY_NONE;
    *plan = (struct delay_plan){
        .stock_day = DAY_NONE, .leave_day = DAY_NONE, .production_day = DAY_NONE};
    TRY(read_lines(store, order_id, plan, why));
    TRY(find_day(store, SQL_delay_plan_goods, order_id, &plan->stock_day, why));
    TRY(find_day(store, SQL_delay_plan_leaves, order_id, &told_day, why));
    TRY(read_production(store, order_id, version, plan, why));
    if (plan->awaits_stock && plan->leave_day == DAY_NONE) {
        plan->stock_day = DAY_NONE;
    } else if (plan->stock_day == DAY_NONE) {
        plan->stock_day = plan->leave_day;
    }
    plan->leave_day = told_day > plan->leave_day ? told_day : plan->leave_day;
    return DONE;
}

/* -- outlooks --------------------------------------------------------------------------------- */

enum outcome
order_outlook_find(struct store *store, int64_t order_id, struct arena *arena,
                   struct order_outlook *outlook, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_outlook_get, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *outlook = (struct order_outlook){
        .order_id = rows_integer(&rows, 0),
        .version = rows_integer(&rows, 1),
        .promised = (int32_t)rows_integer(&rows, 2),
        .first_promised = (int32_t)rows_integer(&rows, 3),
        .grade = rows_copy(&rows, 4, arena),
        .cause = rows_copy(&rows, 5, arena),
        .expected_p50_ms = rows_integer_or(&rows, 6, AMOUNT_NONE),
        .expected_p90_ms = rows_integer_or(&rows, 7, AMOUNT_NONE),
        .since_ms = rows_integer(&rows, 8),
        .next_ms = rows_integer_or(&rows, 9, AMOUNT_NONE),
        .warnings = rows_integer(&rows, 10),
        .warned_ms = rows_integer_or(&rows, 11, AMOUNT_NONE),
        .trace = rows_copy(&rows, 12, arena),
        .outcome = rows_copy(&rows, 13, arena),
        .finished_ms = rows_integer_or(&rows, 14, AMOUNT_NONE),
        .closed_ms = rows_integer_or(&rows, 15, AMOUNT_NONE),
    };
    return DONE;
}

enum outcome
order_outlook_put(struct store *store, const struct order_outlook *outlook, struct fault *why)
{
    return store_run(
        store, SQL_order_outlook_put, why, INTEGER(outlook->order_id), INTEGER(outlook->version),
        INTEGER(outlook->promised), INTEGER(outlook->first_promised), TEXT(outlook->grade),
        TEXT(outlook->cause), INTEGER_OR_NULL(outlook->expected_p50_ms, AMOUNT_NONE),
        INTEGER_OR_NULL(outlook->expected_p90_ms, AMOUNT_NONE), INTEGER(outlook->since_ms),
        INTEGER_OR_NULL(outlook->next_ms, AMOUNT_NONE), INTEGER(outlook->warnings),
        INTEGER_OR_NULL(outlook->warned_ms, AMOUNT_NONE), TEXT(outlook->trace),
        outlook->outcome[0] == '\0' ? NOTHING : TEXT(outlook->outcome),
        INTEGER_OR_NULL(outlook->finished_ms, AMOUNT_NONE),
        INTEGER_OR_NULL(outlook->closed_ms, AMOUNT_NONE));
}

enum outcome
delay_warning_add(struct store *store, const struct order_outlook *outlook, int64_t at_ms,
                  const char *grade_before, int32_t promised_before, struct fault *why)
{
    return store_run(store, SQL_delay_warning_add, why, INTEGER(outlook->order_id),
                     INTEGER(outlook->warnings), INTEGER(outlook->version), INTEGER(at_ms),
                     TEXT(outlook->grade), TEXT(grade_before), TEXT(outlook->cause),
                     INTEGER(outlook->promised), INTEGER(promised_before),
                     INTEGER_OR_NULL(outlook->expected_p50_ms, AMOUNT_NONE),
                     INTEGER_OR_NULL(outlook->expected_p90_ms, AMOUNT_NONE), TEXT(outlook->trace));
}

enum outcome
delay_page_due(struct store *store, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_delay_page_due, why, INTEGER(order_id));
}
