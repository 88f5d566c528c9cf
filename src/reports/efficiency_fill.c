/* Completed orders by their lines: what was wanted and left, whether it was in time and in full,
 * and how much of it was released at first. */
#include "reports/efficiency_work.h"

#include "base/date.h"
#include "base/vector.h"

#include <stdlib.h>
#include <string.h>

enum { TEXTS_BYTES_MAX = 64 * 1024 * 1024, TOLERANCE_COUNT = 3 };

/* By which day, and how many days later than that; from tolerant to strict. */
enum due { DUE_LAST_PROMISE, DUE_FIRST_PROMISE, DUE_REQUESTED_DAY, DUE_COUNT };
static const char *const due_names[DUE_COUNT] = {"last-promise", "first-promise", "requested-day"};
static const int tolerances[TOLERANCE_COUNT] = {3, 1, 0};

struct rung {
    int64_t orders; /* of which it is known when they were due */
    int64_t in_time;
    int64_t in_full;
    int64_t otif;
    int64_t lines; /* likewise */
    int64_t line_otif;
};

/* Of an order that was completed; quantities in the line's unit. */
struct line {
    int64_t ordinal;
    const char *number;
    int64_t quantity_micros;
    int64_t wanted_micros; /* less what its customer cancelled */
    int64_t left_micros;
    int64_t first_micros; /* released in the moment of the first release */
    int32_t left_day;     /* of what arrived last, or left; DAY_NONE: nothing did */
    int32_t requested_day;
    size_t measure;
};

struct measure {
    const char *unit;
    int64_t wanted_micros;
    int64_t filled_micros;
};

struct filling {
    struct efficiency_work *work;
    struct stream lines, left, released, cancelled;
    struct arena texts; /* of an order */
    struct line *items; /* likewise */
    size_t count;
    size_t capacity;
    size_t next; /* where the line is looked for that comes next */
    struct measure *measures;
    size_t measure_count;
    size_t measure_capacity;
    struct rung rungs[DUE_COUNT][TOLERANCE_COUNT];
    int64_t lines_wanted;
    int64_t lines_filled;
    int64_t orders_wanted;
    int64_t orders_filled;
};

static void
filling_close(struct filling *filling)
{
    stream_close(&filling->lines);
    stream_close(&filling->left);
    stream_close(&filling->released);
    stream_close(&filling->cancelled);
    arena_close(&filling->texts);
    free(filling->items);
    free(filling->measures);
}

static int64_t
least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* Files may claim any quantity; together they may be more than 64 bits. */
static void
add_to(int64_t *sum, int64_t value)
{
    if (__builtin_add_overflow(*sum, value, sum)) {
        *sum = INT64_MAX;
    }
}

/* ---- the lines of an order ------------------------------------------------------------------ */

static size_t
measure_of(struct filling *filling, const char *unit)
{
    for (size_t index = 0; index < filling->measure_count; index++) {
        if (strcmp(filling->measures[index].unit, unit) == 0) {
            return index;
        }
    }
    filling->measures = vector_room(filling->measures, sizeof *filling->measures,
                                    filling->measure_count, &filling->measure_capacity);
    filling->measures[filling->measure_count] =
        (struct measure){.unit = arena_copy(filling->work->view->arena, unit)};
    return filling->measure_count++;
}

static enum outcome
read_lines(struct filling *filling, const struct done_order *done, struct fault *why)
{
    enum { VERSION = 1, ORDINAL, NUMBER, QUANTITY, UNIT, REQUESTED };
    const struct rows *rows = &filling->lines.rows;
    enum outcome outcome;
    filling->count = 0;
    filling->next = 0;
    arena_reset(&filling->texts);
    while ((outcome = stream_next(&filling->lines, done->order_id, why)) == DONE) {
        if (rows_integer(rows, VERSION) != done->version) {
            continue;
        }
        filling->items =
            vector_room(filling->items, sizeof *filling->items, filling->count, &filling->capacity);
        filling->items[filling->count++] = (struct line){
            .ordinal = rows_integer(rows, ORDINAL),
            .number = rows_copy(rows, NUMBER, &filling->texts),
            .quantity_micros = rows_integer(rows, QUANTITY),
            .wanted_micros = rows_integer(rows, QUANTITY),
            .left_day = DAY_NONE,
            .requested_day = (int32_t)rows_integer_or(rows, REQUESTED, done->requested_day),
            .measure = measure_of(filling, rows_text(rows, UNIT))};
    }
    return outcome == NONE ? DONE : outcome;
}

/* Files tell of lines mostly in their sequence: the one after the last is tried first. */
static struct line *
line_numbered(struct filling *filling, const char *number)
{
    for (size_t tried = 0; tried < filling->count; tried++) {
        struct line *line = &filling->items[(filling->next + tried) % filling->count];
        if (strcmp(line->number, number) == 0) {
            filling->next = (size_t)(line - filling->items) + 1;
            return line;
        }
    }
    return NULL;
}

static struct line *
line_at(const struct filling *filling, int64_t ordinal)
{
    for (size_t index = 0; index < filling->count; index++) {
        if (filling->items[index].ordinal == ordinal) {
            return &filling->items[index];
        }
    }
    return NULL;
}

/* Of shipments that were known; DAY_NONE: it was not. */
static int32_t
day_gone(const struct efficiency_work *work, const struct done_order *done, int64_t shipment_id)
{
    for (size_t index = 0; index < done->gone_count; index++) {
        const struct gone_shipment *gone = &work->gone[done->gone_first + index];
        if (gone->id == shipment_id) {
            return gone->day;
        }
    }
    return DAY_NONE;
}

static enum outcome
read_left(struct filling *filling, const struct done_order *done, struct fault *why)
{
    enum { SHIPMENT = 1, NUMBER, QUANTITY };
    const struct rows *rows = &filling->left.rows;
    enum outcome outcome;
    while ((outcome = stream_next(&filling->left, done->order_id, why)) == DONE) {
        const int32_t day = day_gone(filling->work, done, rows_integer(rows, SHIPMENT));
        struct line *line =
            day == DAY_NONE ? NULL : line_numbered(filling, rows_text(rows, NUMBER));
        if (line != NULL) {
            add_to(&line->left_micros, rows_integer(rows, QUANTITY));
            line->left_day = day > line->left_day ? day : line->left_day;
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_cancelled(struct filling *filling, const struct done_order *done, struct fault *why)
{
    enum { ORDINAL = 1, QUANTITY };
    const struct rows *rows = &filling->cancelled.rows;
    enum outcome outcome;
    while ((outcome = stream_next(&filling->cancelled, done->order_id, why)) == DONE) {
        struct line *line = line_at(filling, rows_integer(rows, ORDINAL));
        if (line != NULL) {
            line->wanted_micros -= rows_integer(rows, QUANTITY);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static void
add_released(struct filling *filling, const struct rows *rows)
{
    enum { IS_WHOLE = 2, ORDINAL, QUANTITY };
    if (rows_integer(rows, IS_WHOLE) == 0) {
        struct line *line = line_at(filling, rows_integer_or(rows, ORDINAL, 0));
        if (line != NULL) {
            add_to(&line->first_micros, rows_integer(rows, QUANTITY));
        }
        return;
    }
    for (size_t index = 0; index < filling->count; index++) {
        add_to(&filling->items[index].first_micros, filling->items[index].quantity_micros);
    }
}

/* At first is what was released in the moment of the first release. */
static enum outcome
read_released(struct filling *filling, const struct done_order *done, struct fault *why)
{
    enum { RELEASED = 1 };
    const struct rows *rows = &filling->released.rows;
    int64_t first_ms = INT64_MAX;
    enum outcome outcome;
    while ((outcome = stream_next(&filling->released, done->order_id, why)) == DONE) {
        const int64_t released_ms = rows_integer(rows, RELEASED);
        for (size_t index = 0; released_ms < first_ms && index < filling->count; index++) {
            filling->items[index].first_micros = 0;
        }
        first_ms = least(first_ms, released_ms);
        if (released_ms == first_ms) {
            add_released(filling, rows);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- what it comes to ----------------------------------------------------------------------- */

static void
judge_order(struct filling *filling, const struct done_order *done, bool is_full)
{
    const int32_t due[DUE_COUNT] = {done->promised, done->first_promised, done->requested_day};
    for (int basis = 0; basis < DUE_COUNT; basis++) {
        for (int step = 0; step < TOLERANCE_COUNT && due[basis] != DAY_NONE; step++) {
            struct rung *rung = &filling->rungs[basis][step];
            const bool is_in_time = done->done_day <= due[basis] + tolerances[step];
            rung->orders++;
            rung->in_time += is_in_time;
            rung->in_full += is_full;
            rung->otif += is_in_time && is_full;
        }
    }
}

/* A line of an order that was promised is promised with it. */
static void
judge_line(struct filling *filling, const struct done_order *done, const struct line *line)
{
    const int32_t due[DUE_COUNT] = {done->promised, done->first_promised, line->requested_day};
    const bool is_full = line->left_micros >= line->wanted_micros && line->left_day != DAY_NONE;
    for (int basis = 0; basis < DUE_COUNT; basis++) {
        for (int step = 0; step < TOLERANCE_COUNT && due[basis] != DAY_NONE; step++) {
            struct rung *rung = &filling->rungs[basis][step];
            rung->lines++;
            rung->line_otif += is_full && line->left_day <= due[basis] + tolerances[step];
        }
    }
}

static void
judge(struct filling *filling, const struct done_order *done)
{
    bool is_full = true;
    bool is_filled = true;
    bool is_wanted = false;
    for (size_t index = 0; index < filling->count; index++) {
        const struct line *line = &filling->items[index];
        const int64_t filled_micros =
            least(line->wanted_micros, least(line->left_micros, line->first_micros));
        struct measure *measure = &filling->measures[line->measure];
        if (line->wanted_micros <= 0) {
            continue;
        }
        is_wanted = true;
        is_full &= line->left_micros >= line->wanted_micros;
        is_filled &= filled_micros >= line->wanted_micros;
        add_to(&measure->wanted_micros, line->wanted_micros);
        add_to(&measure->filled_micros, filled_micros);
        filling->lines_wanted++;
        filling->lines_filled += filled_micros >= line->wanted_micros;
        judge_line(filling, done, line);
    }
    if (is_wanted) {
        filling->orders_wanted++;
        filling->orders_filled += is_filled;
        judge_order(filling, done, is_full);
    }
}

/* ---- told ----------------------------------------------------------------------------------- */

static enum outcome
tell_rungs(const struct filling *filling, struct fault *why)
{
    for (int basis = 0; basis < DUE_COUNT; basis++) {
        for (int step = 0; step < TOLERANCE_COUNT; step++) {
            const struct rung *rung = &filling->rungs[basis][step];
            if (rung->orders > 0) {
                TRY(store_run(filling->work->view->store, SQL_efficiency_rung_add, why,
                              INTEGER(basis * TOLERANCE_COUNT + step + 1), TEXT(due_names[basis]),
                              INTEGER(tolerances[step]), INTEGER(rung->orders),
                              INTEGER(rung->in_time), INTEGER(rung->in_full), INTEGER(rung->otif),
                              INTEGER_OR_NULL(rung->lines, 0), INTEGER(rung->line_otif)));
            }
        }
    }
    return DONE;
}

static enum outcome
tell_fill(const struct filling *filling, int64_t place, const char *name, const char *unit,
          int64_t wanted, int64_t filled, struct fault *why)
{
    return store_run(filling->work->view->store, SQL_efficiency_fill_add, why, INTEGER(place),
                     TEXT(name), TEXT(unit), INTEGER(wanted), INTEGER(filled));
}

static enum outcome
tell_filled(const struct filling *filling, struct fault *why)
{
    for (size_t index = 0; index < filling->measure_count; index++) {
        const struct measure *measure = &filling->measures[index];
        if (measure->wanted_micros > 0) {
            TRY(tell_fill(filling, 1, "units", measure->unit, measure->wanted_micros,
                          measure->filled_micros, why));
        }
    }
    if (filling->orders_wanted > 0) {
        TRY(tell_fill(filling, 2, "lines", "", filling->lines_wanted * MICROS,
                      filling->lines_filled * MICROS, why));
        TRY(tell_fill(filling, 3, "orders", "", filling->orders_wanted * MICROS,
                      filling->orders_filled * MICROS, why));
    }
    return DONE;
}

static enum outcome
open_streams(struct filling *filling, struct fault *why)
{
    const struct efficiency_work *work = filling->work;
    TRY(stream_open(&filling->lines, work, SQL_efficiency_lines, why));
    TRY(stream_open(&filling->left, work, SQL_efficiency_left, why));
    TRY(stream_open(&filling->cancelled, work, SQL_efficiency_cancelled, why));
    return work->is_compared ? DONE
                             : stream_open(&filling->released, work, SQL_efficiency_released, why);
}

enum outcome
efficiency_fill(struct efficiency_work *work, struct fault *why)
{
    OWNED(filling) filling = {.work = work};
    arena_init(&filling.texts, TEXTS_BYTES_MAX);
    TRY(open_streams(&filling, why));
    for (size_t index = 0; index < work->done_count; index++) {
        const struct done_order *done = &work->done[index];
        TRY(read_lines(&filling, done, why));
        TRY(read_left(&filling, done, why));
        TRY(read_cancelled(&filling, done, why));
        if (!work->is_compared) {
            TRY(read_released(&filling, done, why));
        }
        judge(&filling, done);
    }
    TRY(tell_rungs(&filling, why));
    return work->is_compared ? DONE : tell_filled(&filling, why);
}
