/* Orders by their events: the stages they went through, what left of them, what was done again. */
#include "reports/efficiency_work.h"

#include "base/date.h"
#include "base/vector.h"
#include "order/order.h"

#include <stdlib.h>
#include <string.h>

/* A version of an order, and a file that told of shipments of it. */
struct head {
    int64_t version;
    int32_t order_day;
    int32_t requested_day;
};
struct telling {
    int64_t interchange_id;
    int64_t known_ms;
};

struct walked {
    int64_t id;
    bool has_events;
    bool is_moved; /* something happened to it in the period */
    int64_t version;
    const struct head *head; /* of that version; NULL: it has none */
    int32_t order_day;       /* of the latest version that has one */
    int64_t left_known_ms;   /* AMOUNT_NONE: not all of it has left */
    int32_t left_day;        /* of its latest shipment; DAY_NONE: none */
    bool is_promised;
    int32_t promised; /* as its customer was told at last and at first */
    int32_t first_promised;
    int32_t expected; /* as it was looked at; DAY_NONE: it was not */
    int32_t first_expected;
    bool is_again[REWORK_COUNT];
    struct stage_walk walk;
};

struct walking {
    struct efficiency_work *work;
    struct stream heads, events, shipments;
    struct head *read_heads; /* of this order, and so the next */
    size_t head_count;
    size_t head_capacity;
    struct telling *tellings;
    size_t telling_count;
    size_t telling_capacity;
    const char *names[ORDER_EVENT_COUNT]; /* sorted */
    enum order_event named[ORDER_EVENT_COUNT];
};

static void
walking_close(struct walking *walking)
{
    stream_close(&walking->heads);
    stream_close(&walking->events);
    stream_close(&walking->shipments);
    free(walking->read_heads);
    free(walking->tellings);
}

static bool
counts(const struct efficiency_work *work, int64_t known_ms)
{
    return known_ms >= work->since_ms && known_ms <= work->moment_ms;
}

/* Working time; ten years of it, where it is more than the calendar knows. */
static int64_t
working_between(const struct efficiency_work *work, int64_t from_ms, int64_t to_ms)
{
    const int64_t between_ms = working_days_between(&work->days, from_ms, to_ms);
    return between_ms == CALENDAR_NEVER ? CALENDAR_DAYS_MAX * DAY_MS : between_ms;
}

/* ---- stages --------------------------------------------------------------------------------- */

static void
remember_oldest(struct stage_counts *counts, int64_t order_id, int64_t begun_ms)
{
    if (counts->oldest_count > 0 && begun_ms > counts->oldest_ms) {
        return;
    }
    if (begun_ms < counts->oldest_ms) {
        counts->oldest_count = 0;
    }
    counts->oldest = vector_room(counts->oldest, sizeof *counts->oldest, counts->oldest_count,
                                 &counts->oldest_capacity);
    counts->oldest[counts->oldest_count++] = order_id;
    counts->oldest_ms = begun_ms;
}

static void
add_pass(struct efficiency_work *work, int64_t order_id, const struct stage_pass *pass)
{
    const char *name = order_stage_names[pass->stage];
    struct stage_counts *stage = &work->stages[pass->stage];
    const bool is_open = pass->end == STAGE_OPEN;
    const bool begins = counts(work, pass->begun_known_ms);
    const bool ends = !is_open && counts(work, pass->ended_known_ms);
    const int64_t clock_ms = stage_duration(pass, work->moment_ms);
    if (work->is_compared) {
        return;
    }
    stage->begun += begins;
    stage->again += begins && pass->turn > 1;
    stage->ended += ends;
    if (is_open) {
        stage->open++;
        remember_oldest(stage, order_id, pass->begun_ms);
        samples_add(&work->samples, TOPIC_OPEN, name, clock_ms);
        samples_add(&work->samples, TOPIC_OPEN_WORKING, name,
                    working_between(work, pass->begun_ms, work->moment_ms));
    }
    if (ends && pass->end == STAGE_FINISHED) {
        samples_add(&work->samples, TOPIC_STAGE, name, clock_ms);
        samples_add(&work->samples, TOPIC_STAGE_WORKING, name,
                    working_between(work, pass->begun_ms, pass->ended_ms));
    }
}

/* The week, by its Monday, or the month in which something counts: of when it became known, or of
 * the order's date. */
static const char *
bucket_of(const struct efficiency_work *work, const struct walked *order, int64_t known_ms,
          char text[DATE_TEXT_SIZE])
{
    const int32_t day = work->view->request->day_view == DAY_BOOKED
                            ? working_days_day(&work->days, known_ms)
                            : order->order_day;
    if (!work->is_by_months) {
        return day_format(text, day - day_weekday(day) + 1);
    }
    day_format(text, day);
    text[sizeof "2026-11" - 1] = '\0';
    return text;
}

static int32_t
first_said(int32_t one, int32_t other, int32_t third)
{
    return one != DAY_NONE ? one : other != DAY_NONE ? other : third;
}

static void
add_done(struct efficiency_work *work, const struct walked *order, size_t gone_first)
{
    const struct stage_walk *walk = &order->walk;
    const struct stage_pass lead = {
        .begun_ms = walk->received_ms, .ended_ms = walk->completed_ms, .end = STAGE_FINISHED};
    const int64_t lead_ms = stage_duration(&lead, 0);
    char bucket[DATE_TEXT_SIZE] = "";
    work->completed++;
    samples_add(&work->samples, TOPIC_LEAD, "", lead_ms);
    if (!work->is_compared) {
        samples_add(&work->samples, TOPIC_LEAD_WORKING, "",
                    working_between(work, lead.begun_ms, lead.ended_ms));
        samples_add(&work->samples, TOPIC_LEAD_TREND,
                    bucket_of(work, order, walk->completed_known_ms, bucket), lead_ms);
    }
    if (order->head == NULL) {
        return;
    }
    const int32_t requested_day = order->head->requested_day;
    work->done =
        vector_room(work->done, sizeof *work->done, work->done_count, &work->done_capacity);
    work->done[work->done_count++] = (struct done_order){
        .order_id = order->id,
        .version = order->version,
        .done_day = working_days_day(&work->days, walk->completed_ms),
        .requested_day = requested_day,
        .promised = first_said(order->expected, order->promised, requested_day),
        .first_promised = first_said(order->first_expected, order->first_promised, requested_day),
        .gone_first = gone_first,
        .gone_count = work->gone_count - gone_first};
}

/* Of an order of which all has left in the period. */
static void
add_days(struct efficiency_work *work, const struct walked *order)
{
    char bucket[DATE_TEXT_SIZE] = "";
    if (order->left_day == DAY_NONE || order->head == NULL) {
        return;
    }
    const int32_t days =
        order->left_day > order->head->order_day ? order->left_day - order->head->order_day : 0;
    bucket_of(work, order, order->left_known_ms, bucket);
    samples_add(&work->samples, TOPIC_DAYS, "", days);
    samples_add(&work->samples, TOPIC_DAYS_TREND, bucket, days);
}

/* ---- what was done again -------------------------------------------------------------------- */

static enum rework_kind
rework_of(enum order_event event, int64_t version, const char *about)
{
    switch (event) {
    case EVENT_CHANGED: return REWORK_CHANGED;
    case EVENT_AMENDED: return REWORK_AMENDED;
    case EVENT_REPRICED: return about[0] == '\0' ? REWORK_REPRICED : REWORK_LINES_STRUCK;
    case EVENT_HOLD_PLACED: return REWORK_PUT_ON_HOLD;
    case EVENT_RECEIVED: return version > 1 ? REWORK_RESUBMITTED : REWORK_COUNT;
    default: return REWORK_COUNT;
    }
}

static void
add_rework(struct efficiency_work *work, struct walked *order, enum rework_kind kind, int64_t times)
{
    work->rework[kind].times += times;
    work->rework[kind].orders += !order->is_again[kind];
    order->is_again[kind] = true;
}

static void
add_versions(struct efficiency_work *work, struct walked *order)
{
    add_rework(work, order,
               order->version == 1   ? REWORK_ONE_VERSION
               : order->version == 2 ? REWORK_TWO_VERSIONS
                                     : REWORK_MORE_VERSIONS,
               order->version);
}

/* ---- an order ------------------------------------------------------------------------------- */

/* As the report of delays judges them. */
static void
add_outlook(struct efficiency_work *work, const struct rows *rows)
{
    enum { PROMISED = 5, CLOSED = 7, WARNED, OUTCOME };
    const int64_t closed_ms = rows_integer_or(rows, CLOSED, AMOUNT_NONE);
    const bool is_late = strcmp(rows_text(rows, OUTCOME), "late") == 0;
    if (!counts(work, closed_ms) ||
        (!is_late && strcmp(rows_text(rows, OUTCOME), "in-time") != 0)) {
        return;
    }
    const int32_t promised = (int32_t)rows_integer(rows, PROMISED);
    const int64_t end_ms = day_begin(promised + 1);
    const int64_t warned_ms = rows_integer_or(rows, WARNED, INT64_MAX);
    const bool is_warned = warned_ms < end_ms;
    struct outlook_counts *outlook = &work->outlook;
    outlook->finished++;
    outlook->late += is_late;
    outlook->warned += is_warned;
    outlook->correct += is_warned && is_late;
    outlook->seen += is_late && warned_ms < day_begin(promised);
    outlook->ahead_ms += is_warned && is_late ? end_ms - warned_ms : 0;
}

static int32_t
day_or_none(const struct rows *rows, int column)
{
    return (int32_t)rows_integer_or(rows, column, DAY_NONE);
}

/* Its versions, and how it was looked at. */
static enum outcome
read_heads(struct walking *walking, struct walked *order, struct fault *why)
{
    enum { VERSION = 1, ORDER_DAY, REQUESTED, HAS_PARCELS, EXPECTED, FIRST_EXPECTED };
    const struct rows *rows = &walking->heads.rows;
    enum outcome outcome;
    walking->head_count = 0;
    while ((outcome = stream_next(&walking->heads, order->id, why)) == DONE) {
        walking->read_heads = vector_room(walking->read_heads, sizeof *walking->read_heads,
                                          walking->head_count, &walking->head_capacity);
        walking->read_heads[walking->head_count++] =
            (struct head){rows_integer(rows, VERSION), day_or_none(rows, ORDER_DAY),
                          day_or_none(rows, REQUESTED)};
        order->walk.has_parcels = rows_integer(rows, HAS_PARCELS) != 0;
        order->expected = day_or_none(rows, EXPECTED);
        order->first_expected = day_or_none(rows, FIRST_EXPECTED);
        if (walking->head_count == 1) {
            add_outlook(walking->work, rows);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static const struct head *
head_of(const struct walking *walking, int64_t version)
{
    for (size_t index = 0; index < walking->head_count; index++) {
        if (walking->read_heads[index].version == version) {
            return &walking->read_heads[index];
        }
    }
    return NULL;
}

static int
compare_names(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void
sort_names(struct walking *walking)
{
    memcpy(walking->names, order_event_names, sizeof walking->names);
    qsort(walking->names, ORDER_EVENT_COUNT, sizeof walking->names[0], compare_names);
    for (int index = 0; index < ORDER_EVENT_COUNT; index++) {
        const char *name = order_event_names[index];
        const char **place = bsearch(&name, walking->names, ORDER_EVENT_COUNT,
                                     sizeof walking->names[0], compare_names);
        walking->named[place - walking->names] = (enum order_event)index;
    }
}

/* ORDER_EVENT_COUNT: it is none of ours. */
static enum order_event
event_named(const struct walking *walking, const char *name)
{
    const char *const *place =
        bsearch(&name, walking->names, ORDER_EVENT_COUNT, sizeof walking->names[0], compare_names);
    return place == NULL ? ORDER_EVENT_COUNT : walking->named[place - walking->names];
}

/* The file that told of it, when for the first time. */
static void
remember_telling(struct walking *walking, int64_t interchange_id, int64_t known_ms)
{
    for (size_t index = 0; index < walking->telling_count; index++) {
        struct telling *telling = &walking->tellings[index];
        if (telling->interchange_id == interchange_id) {
            telling->known_ms = known_ms < telling->known_ms ? known_ms : telling->known_ms;
            return;
        }
    }
    walking->tellings = vector_room(walking->tellings, sizeof *walking->tellings,
                                    walking->telling_count, &walking->telling_capacity);
    walking->tellings[walking->telling_count++] = (struct telling){interchange_id, known_ms};
}

static void
note_promise(struct walked *order, const char *text)
{
    int32_t day = DAY_NONE;
    const bool is_first = !order->is_promised;
    order->promised = day_parse(text, &day) ? day : DAY_NONE;
    order->first_promised = is_first ? order->promised : order->first_promised;
    order->is_promised = true;
}

static void
walk_event(struct walking *walking, struct walked *order)
{
    enum { EVENT = 1, VERSION, HAPPENED, KNOWN, INTERCHANGE, ABOUT };
    struct efficiency_work *work = walking->work;
    const struct rows *rows = &walking->events.rows;
    const int64_t version = rows_integer(rows, VERSION);
    struct stage_event event = {.event = event_named(walking, rows_text(rows, EVENT)),
                                .happened_ms = rows_integer(rows, HAPPENED),
                                .known_ms = rows_integer(rows, KNOWN)};
    struct stage_pass ended;
    if (!order->has_events || version != order->version) {
        order->version = version;
        order->head = head_of(walking, version);
        order->order_day = order->head == NULL ? order->order_day : order->head->order_day;
    }
    order->has_events = true;
    if (counts(work, event.known_ms)) {
        const enum rework_kind kind = rework_of(event.event, version, rows_text(rows, ABOUT));
        order->is_moved = true;
        if (kind != REWORK_COUNT) {
            add_rework(work, order, kind, 1);
        }
    }
    if (event.event == EVENT_SHIPPED || event.event == EVENT_PARTLY_SHIPPED) {
        remember_telling(walking, rows_integer_or(rows, INTERCHANGE, 0), event.known_ms);
    }
    if (event.event == EVENT_PROMISED) {
        note_promise(order, rows_text(rows, ABOUT));
    }
    if (event.event == EVENT_SHIPPED || event.event == EVENT_CLOSED) {
        order->left_known_ms = event.known_ms;
    }
    if (event.event != ORDER_EVENT_COUNT && stage_step(&order->walk, &event, &ended)) {
        add_pass(work, order->id, &ended);
    }
}

static struct carrier_counts *
carrier_named(struct efficiency_work *work, const char *name)
{
    for (size_t index = 0; index < work->carrier_count; index++) {
        if (strcmp(work->carriers[index].name, name) == 0) {
            return &work->carriers[index];
        }
    }
    work->carriers = vector_room(work->carriers, sizeof *work->carriers, work->carrier_count,
                                 &work->carrier_capacity);
    struct carrier_counts *added = &work->carriers[work->carrier_count++];
    *added = (struct carrier_counts){.name = arena_copy(work->view->arena, name)};
    return added;
}

static int64_t
known_of(const struct walking *walking, int64_t interchange_id)
{
    for (size_t index = 0; index < walking->telling_count; index++) {
        if (walking->tellings[index].interchange_id == interchange_id) {
            return walking->tellings[index].known_ms;
        }
    }
    return INT64_MAX;
}

/* What left, when that became known, and what its carrier told of it. */
static void
add_shipment(struct walking *walking, struct walked *order)
{
    enum { ID = 1, CARRIER, SHIPPED, INTERCHANGE, TRACKED, ARRIVED, ARRIVED_KNOWN, ETA };
    enum { HAS_NEWS = ETA + 1, TROUBLED };
    struct efficiency_work *work = walking->work;
    const struct rows *rows = &walking->shipments.rows;
    const int64_t known_ms = known_of(walking, rows_integer(rows, INTERCHANGE));
    const int64_t shipped_ms = rows_integer(rows, SHIPPED);
    const int64_t arrived_ms = rows_integer_or(rows, ARRIVED, AMOUNT_NONE);
    const int64_t arrived_known_ms = rows_integer_or(rows, ARRIVED_KNOWN, INT64_MAX);
    const int64_t eta_ms = rows_integer_or(rows, ETA, AMOUNT_NONE);
    const bool has_arrived = arrived_ms != AMOUNT_NONE && arrived_known_ms <= work->moment_ms;
    if (known_ms > work->moment_ms) {
        return;
    }
    const int32_t left_day = working_days_day(&work->days, shipped_ms);
    const int32_t arrived_day = has_arrived ? working_days_day(&work->days, arrived_ms) : left_day;
    order->left_day = left_day > order->left_day ? left_day : order->left_day;
    work->gone =
        vector_room(work->gone, sizeof *work->gone, work->gone_count, &work->gone_capacity);
    work->gone[work->gone_count++] = (struct gone_shipment){rows_integer(rows, ID), arrived_day};
    if (work->is_compared) {
        return;
    }
    struct carrier_counts *carrier = carrier_named(work, rows_text(rows, CARRIER));
    const bool leaves = counts(work, known_ms);
    const bool arrives = has_arrived && counts(work, arrived_known_ms);
    const int32_t requested_day = order->head->requested_day;
    carrier->shipments += leaves;
    carrier->due += leaves && requested_day != DAY_NONE;
    carrier->late += leaves && requested_day != DAY_NONE && left_day > requested_day;
    carrier->parcels += rows_integer(rows, TRACKED);
    carrier->delivered += arrives;
    carrier->days_said += arrives && eta_ms != AMOUNT_NONE;
    carrier->in_time +=
        arrives && eta_ms != AMOUNT_NONE && arrived_day <= working_days_day(&work->days, eta_ms);
    carrier->news += rows_integer(rows, HAS_NEWS);
    carrier->troubled += rows_integer(rows, TROUBLED);
    if (arrives) {
        samples_add(&work->samples, TOPIC_TRANSIT, carrier->name,
                    arrived_ms > shipped_ms ? arrived_ms - shipped_ms : 0);
    }
}

static enum outcome
read_shipments(struct walking *walking, struct walked *order, struct fault *why)
{
    enum outcome outcome;
    if (order->head == NULL) {
        return DONE;
    }
    while ((outcome = stream_next(&walking->shipments, order->id, why)) == DONE) {
        add_shipment(walking, order);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
walk_order(struct walking *walking, int64_t id, struct fault *why)
{
    struct efficiency_work *work = walking->work;
    struct walked order = {.id = id,
                           .left_known_ms = AMOUNT_NONE,
                           .left_day = DAY_NONE,
                           .promised = DAY_NONE,
                           .first_promised = DAY_NONE,
                           .expected = DAY_NONE,
                           .first_expected = DAY_NONE};
    const size_t gone_first = work->gone_count;
    enum outcome outcome;
    walking->telling_count = 0;
    TRY(read_heads(walking, &order, why));
    while ((outcome = stream_next(&walking->events, id, why)) == DONE) {
        walk_event(walking, &order);
    }
    if (outcome != NONE || !order.has_events) {
        return outcome == NONE ? DONE : outcome;
    }
    TRY(read_shipments(walking, &order, why));
    if (order.walk.is_complete && counts(work, order.walk.completed_known_ms)) {
        add_done(work, &order, gone_first);
    } else {
        work->gone_count = gone_first;
    }
    if (work->is_compared) {
        return DONE;
    }
    if (order.walk.is_under_way) {
        add_pass(work, id, &order.walk.open);
    }
    if (order.left_known_ms != AMOUNT_NONE && counts(work, order.left_known_ms)) {
        add_days(work, &order);
    }
    if (order.is_moved) {
        add_versions(work, &order);
    }
    return DONE;
}

enum outcome
efficiency_walk(struct efficiency_work *work, struct fault *why)
{
    OWNED(walking) walking = {.work = work};
    sort_names(&walking);
    TRY(stream_open(&walking.heads, work, SQL_efficiency_heads, why));
    TRY(stream_open(&walking.events, work, SQL_efficiency_events, why));
    TRY(stream_open(&walking.shipments, work, SQL_efficiency_shipments, why));
    for (size_t index = 0; index < work->asked_count; index++) {
        TRY(walk_order(&walking, work->asked[index], why));
    }
    return DONE;
}
