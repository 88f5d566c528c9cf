#include "reports/efficiency_gather.h"

#include "base/date.h"
#include "order/order.h"
#include "order/stages.h"
#include "reports/working_time.h"

#include <string.h>

enum { WEEKS_DAYS_MAX = 100 }; /* a longer period is told by months */

struct gathering {
    const struct outline_view *view;
    const struct named_value *values;
    size_t value_count;
    struct business_calendar calendar;
    int64_t since_ms; /* what became known from then on counts */
    int64_t moment_ms;
    bool is_by_months;
    bool is_compared; /* of an earlier period: nothing is told of what is open */
};

/* An order as its events are read. */
struct walked {
    int64_t id;
    int64_t version;
    int64_t order_day;
    bool is_moved;
    int64_t left_known_ms; /* AMOUNT_NONE: not all of it has left */
    struct stage_walk walk;
};

static int64_t
value_of(const struct named_value *values, size_t count, const char *name)
{
    for (size_t index = 0; index < count; index++) {
        if (strcmp(values[index].name, name) == 0) {
            return values[index].value.integer;
        }
    }
    return 0;
}

static bool
counts(const struct gathering *gathering, int64_t known_ms)
{
    return known_ms >= gathering->since_ms && known_ms <= gathering->moment_ms;
}

/* Working time; ten years of it, where it is more than the calendar knows. */
static int64_t
working_between(const struct gathering *gathering, int64_t from_ms, int64_t to_ms)
{
    const int64_t between_ms = calendar_between(&gathering->calendar, from_ms, to_ms);
    return between_ms == CALENDAR_NEVER ? CALENDAR_DAYS_MAX * DAY_MS : between_ms;
}

static enum outcome
run(const struct gathering *gathering, enum statement statement, struct fault *why)
{
    return store_run_scratch(gathering->view->store, statement, gathering->values,
                             gathering->value_count, why);
}

/* ---- stages --------------------------------------------------------------------------------- */

static enum outcome
add_pass(const struct gathering *gathering, int64_t order_id, const struct stage_pass *pass,
         struct fault *why)
{
    static const char *const ends[] = {
        [STAGE_OPEN] = "open", [STAGE_FINISHED] = "finished", [STAGE_LEFT] = "left"};
    const bool is_open = pass->end == STAGE_OPEN;
    const int64_t until_ms = is_open ? gathering->moment_ms : pass->ended_ms;
    const bool begins = counts(gathering, pass->begun_known_ms);
    const bool is_ended = !is_open && counts(gathering, pass->ended_known_ms);
    if (!begins && !is_ended && !is_open) {
        return DONE;
    }
    const struct named_value values[] = {
        {":order_id", INTEGER(order_id)},
        {":stage", TEXT(order_stage_names[pass->stage])},
        {":turn", INTEGER(pass->turn)},
        {":begins", INTEGER(begins)},
        {":ends", INTEGER(is_ended)},
        {":how", TEXT(ends[pass->end])},
        {":begun_ms", INTEGER(pass->begun_ms)},
        {":clock_ms", INTEGER(stage_duration(pass, gathering->moment_ms))},
        {":working_ms", INTEGER(working_between(gathering, pass->begun_ms, until_ms))},
    };
    return store_run_scratch(gathering->view->store, SQL_efficiency_pass_add, values,
                             sizeof values / sizeof values[0], why);
}

/* The week, by its Monday, or the month in which something counts: of when it became known, or of
 * the order's date. */
static const char *
bucket_of(const struct gathering *gathering, const struct walked *order, int64_t known_ms,
          char text[DATE_TEXT_SIZE])
{
    const int32_t day = gathering->view->request->day_view == DAY_BOOKED
                            ? moment_day(known_ms)
                            : (int32_t)order->order_day;
    if (!gathering->is_by_months) {
        return day_format(text, day - day_weekday(day) + 1);
    }
    day_format(text, day);
    text[sizeof "2026-11" - 1] = '\0';
    return text;
}

static enum outcome
add_order(const struct gathering *gathering, const struct walked *order, struct fault *why)
{
    const struct stage_walk *walk = &order->walk;
    const bool is_done = walk->is_complete && counts(gathering, walk->completed_known_ms);
    const bool has_left =
        order->left_known_ms != AMOUNT_NONE && counts(gathering, order->left_known_ms);
    const struct stage_pass lead = {
        .begun_ms = walk->received_ms, .ended_ms = walk->completed_ms, .end = STAGE_FINISHED};
    const int64_t working_ms =
        is_done ? working_between(gathering, lead.begun_ms, lead.ended_ms) : 0;
    char done[DATE_TEXT_SIZE] = "";
    char left[DATE_TEXT_SIZE] = "";
    if (is_done) {
        bucket_of(gathering, order, walk->completed_known_ms, done);
    }
    if (has_left) {
        bucket_of(gathering, order, order->left_known_ms, left);
    }
    const struct named_value values[] = {
        {":order_id", INTEGER(order->id)},
        {":version", INTEGER(order->version)},
        {":is_moved", INTEGER(order->is_moved)},
        {":done_day", is_done ? INTEGER(moment_day(walk->completed_ms)) : NOTHING},
        {":lead_ms", is_done ? INTEGER(stage_duration(&lead, 0)) : NOTHING},
        {":lead_working_ms", is_done ? INTEGER(working_ms) : NOTHING},
        {":done_bucket", is_done ? TEXT(done) : NOTHING},
        {":left_bucket", has_left ? TEXT(left) : NOTHING},
    };
    return store_run_scratch(gathering->view->store, SQL_efficiency_order_add, values,
                             sizeof values / sizeof values[0], why);
}

static enum outcome
finish_order(const struct gathering *gathering, const struct walked *order, struct fault *why)
{
    if (order->id == 0) {
        return DONE;
    }
    if (order->walk.is_under_way && !gathering->is_compared) {
        TRY(add_pass(gathering, order->id, &order->walk.open, why));
    }
    return add_order(gathering, order, why);
}

static bool
event_named(const char *name, enum order_event *event)
{
    for (int index = 0; index < ORDER_EVENT_COUNT; index++) {
        if (strcmp(order_event_names[index], name) == 0) {
            *event = (enum order_event)index;
            return true;
        }
    }
    return false;
}

static enum outcome
walk_event(const struct gathering *gathering, struct walked *order, const struct rows *rows,
           struct fault *why)
{
    enum { EVENT = 2, VERSION, HAPPENED, KNOWN, ORDER_DAY };
    struct stage_event event = {.happened_ms = rows_integer(rows, HAPPENED),
                                .known_ms = rows_integer(rows, KNOWN)};
    struct stage_pass ended;
    order->version = rows_integer(rows, VERSION);
    order->order_day = rows_integer_or(rows, ORDER_DAY, order->order_day);
    order->is_moved |= counts(gathering, event.known_ms);
    if (!event_named(rows_text(rows, EVENT), &event.event)) {
        return DONE;
    }
    if (event.event == EVENT_SHIPPED || event.event == EVENT_CLOSED) {
        order->left_known_ms = event.known_ms;
    }
    return stage_step(&order->walk, &event, &ended) ? add_pass(gathering, order->id, &ended, why)
                                                    : DONE;
}

static enum outcome
gather_orders(const struct gathering *gathering, struct fault *why)
{
    enum { ORDER, HAS_PARCELS };
    OWNED(rows) rows = {0};
    struct walked order = {.id = 0};
    enum outcome outcome;
    TRY(store_query_named(gathering->view->store, SQL_efficiency_events, gathering->values,
                          gathering->value_count, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        if (rows_integer(&rows, ORDER) != order.id) {
            TRY(finish_order(gathering, &order, why));
            order = (struct walked){.id = rows_integer(&rows, ORDER),
                                    .left_known_ms = AMOUNT_NONE,
                                    .walk = {.has_parcels = rows_integer(&rows, HAS_PARCELS) != 0}};
        }
        TRY(walk_event(gathering, &order, &rows, why));
    }
    return outcome == NONE ? finish_order(gathering, &order, why) : outcome;
}

/* ---- what left, and what was expected ------------------------------------------------------- */

static enum outcome
add_shipment(const struct gathering *gathering, const struct rows *rows, struct fault *why)
{
    enum { ID, ORDER, CARRIER, SHIPPED, KNOWN, REQUESTED, TRACKED, ARRIVED, ARRIVED_KNOWN, ETA };
    enum { HAS_NEWS = ETA + 1, TROUBLED };
    const int64_t known_ms = rows_integer_or(rows, KNOWN, AMOUNT_NONE);
    const int64_t shipped_ms = rows_integer(rows, SHIPPED);
    const int64_t arrived_ms = rows_integer_or(rows, ARRIVED, AMOUNT_NONE);
    const int64_t arrived_known_ms = rows_integer_or(rows, ARRIVED_KNOWN, INT64_MAX);
    const int64_t eta_ms = rows_integer_or(rows, ETA, AMOUNT_NONE);
    const bool has_arrived = arrived_ms != AMOUNT_NONE && arrived_known_ms <= gathering->moment_ms;
    if (known_ms == AMOUNT_NONE || known_ms > gathering->moment_ms) {
        return DONE;
    }
    const bool is_in_time = has_arrived && moment_day(arrived_ms) <= moment_day(eta_ms);
    const int64_t transit_ms = arrived_ms > shipped_ms ? arrived_ms - shipped_ms : 0;
    const struct named_value values[] = {
        {":shipment_id", INTEGER(rows_integer(rows, ID))},
        {":order_id", INTEGER(rows_integer(rows, ORDER))},
        {":carrier", TEXT(rows_text(rows, CARRIER))},
        {":leaves", INTEGER(counts(gathering, known_ms))},
        {":left_day", INTEGER(moment_day(shipped_ms))},
        {":requested_day",
         INTEGER_OR_NULL(rows_integer_or(rows, REQUESTED, AMOUNT_NONE), AMOUNT_NONE)},
        {":is_tracked", INTEGER(rows_integer(rows, TRACKED))},
        {":has_news", INTEGER(rows_integer(rows, HAS_NEWS))},
        {":is_troubled", INTEGER(rows_integer(rows, TROUBLED))},
        {":arrives", INTEGER(has_arrived && counts(gathering, arrived_known_ms))},
        {":arrived_day", has_arrived ? INTEGER(moment_day(arrived_ms)) : NOTHING},
        {":transit_ms", has_arrived ? INTEGER(transit_ms) : NOTHING},
        {":is_in_time", has_arrived && eta_ms != AMOUNT_NONE ? INTEGER(is_in_time) : NOTHING},
    };
    return store_run_scratch(gathering->view->store, SQL_efficiency_shipment_add, values,
                             sizeof values / sizeof values[0], why);
}

/* As the report of delays judges them. */
static enum outcome
add_outlook(const struct gathering *gathering, const struct rows *rows, struct fault *why)
{
    enum { PROMISED, WARNED, LATE };
    const int32_t promised = (int32_t)rows_integer(rows, PROMISED);
    const int64_t end_ms = day_begin(promised + 1);
    const int64_t warned_ms = rows_integer_or(rows, WARNED, INT64_MAX);
    const bool is_warned = warned_ms < end_ms;
    const struct named_value values[] = {
        {":is_late", INTEGER(rows_integer(rows, LATE))},
        {":is_warned", INTEGER(is_warned)},
        {":is_seen", INTEGER(warned_ms < day_begin(promised))},
        {":ahead_ms", INTEGER(is_warned ? end_ms - warned_ms : 0)},
    };
    return store_run_scratch(gathering->view->store, SQL_efficiency_outlook_add, values,
                             sizeof values / sizeof values[0], why);
}

typedef enum outcome
add_row(const struct gathering *gathering, const struct rows *rows, struct fault *why);

static enum outcome
gather_rows(const struct gathering *gathering, enum statement statement, add_row *add,
            struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_named(gathering->view->store, statement, gathering->values,
                          gathering->value_count, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        TRY(add(gathering, &rows, why));
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static enum outcome
forget(const struct gathering *gathering, struct fault *why)
{
    static const enum statement steps[] = {
        SQL_efficiency_forget_asked,   SQL_efficiency_forget_orders,
        SQL_efficiency_forget_passes,  SQL_efficiency_forget_shipments,
        SQL_efficiency_forget_lines,   SQL_efficiency_forget_done,
        SQL_efficiency_forget_asking,  SQL_efficiency_forget_outlooks,
        SQL_efficiency_forget_samples, SQL_efficiency_forget_figures,
    };
    for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
        TRY(run(gathering, steps[index], why));
    }
    return DONE;
}

static enum outcome
ask(const struct gathering *gathering, struct fault *why)
{
    if (gathering->view->request->day_view == DAY_ORDERED) {
        return run(gathering, SQL_efficiency_ask_ordered, why);
    }
    TRY(run(gathering, SQL_efficiency_ask_booked, why));
    return gathering->is_compared ? DONE : run(gathering, SQL_efficiency_ask_open, why);
}

enum outcome
efficiency_gather(const struct outline_view *view, struct period period,
                  const struct named_value *values, size_t count, struct fault *why)
{
    static const enum statement steps[] = {
        SQL_efficiency_gather_lines,   SQL_efficiency_gather_done,    SQL_efficiency_gather_asking,
        SQL_efficiency_gather_samples, SQL_efficiency_gather_figures,
    };
    struct gathering gathering = {
        .view = view,
        .values = values,
        .value_count = count,
        .since_ms = value_of(values, count, ":since_ms"),
        .moment_ms = value_of(values, count, ":moment_ms"),
        .is_by_months = period.last_day - period.first_day >= WEEKS_DAYS_MAX,
        .is_compared = value_of(values, count, ":is_compared") != 0,
    };
    OWNED(store_scratch) scratch = {0};
    TRY(store_scratch_begin(view->store, &scratch, why));
    TRY(working_time_load(view->store, view->config, view->arena, &gathering.calendar, why));
    TRY(forget(&gathering, why));
    TRY(ask(&gathering, why));
    TRY(gather_orders(&gathering, why));
    TRY(gather_rows(&gathering, SQL_efficiency_shipments, add_shipment, why));
    TRY(gather_rows(&gathering, SQL_efficiency_outlooks, add_outlook, why));
    for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
        TRY(run(&gathering, steps[index], why));
    }
    return DONE;
}
