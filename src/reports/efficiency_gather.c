#include "reports/efficiency_gather.h"

#include "base/date.h"
#include "base/vector.h"
#include "reports/efficiency_work.h"

#include <stdlib.h>
#include <string.h>

enum {
    WEEKS_DAYS_MAX = 100,  /* a longer period is told by months */
    DAYS_WORKED_OUT = 400, /* before the period: few orders take longer */
};

/* ---- streams -------------------------------------------------------------------------------- */

enum outcome
stream_open(struct stream *stream, const struct efficiency_work *work, enum statement statement,
            struct fault *why)
{
    return store_query_named(work->view->store, statement, work->values, work->value_count,
                             &stream->rows, why);
}

enum outcome
stream_next(struct stream *stream, int64_t order_id, struct fault *why)
{
    while (!stream->is_over) {
        if (!stream->is_ahead) {
            const enum outcome outcome = rows_next(&stream->rows, why);
            stream->is_over = outcome == NONE;
            if (outcome != DONE) {
                return outcome;
            }
        }
        const int64_t id = rows_integer(&stream->rows, 0);
        stream->is_ahead = id > order_id;
        if (id >= order_id) {
            return id == order_id ? DONE : NONE;
        }
    }
    return NONE;
}

void
stream_close(struct stream *stream)
{
    rows_close(&stream->rows);
}

void
efficiency_work_close(struct efficiency_work *work)
{
    samples_close(&work->samples);
    for (size_t index = 0; index < STAGE_COUNT; index++) {
        free(work->stages[index].oldest);
    }
    free(work->asked);
    free(work->carriers);
    free(work->done);
    free(work->gone);
}

/* ---- which orders --------------------------------------------------------------------------- */

static enum outcome
run(const struct efficiency_work *work, enum statement statement, struct fault *why)
{
    return store_run_scratch(work->view->store, statement, work->values, work->value_count, why);
}

/* By id, as streams go along them. */
static enum outcome
read_asked(struct efficiency_work *work, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_bare(work->view->store, SQL_efficiency_asked_for, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        work->asked =
            vector_room(work->asked, sizeof *work->asked, work->asked_count, &work->asked_capacity);
        work->asked[work->asked_count++] = rows_integer(&rows, 0);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
ask_all(struct efficiency_work *work, struct fault *why)
{
    if (work->view->request->day_view == DAY_ORDERED) {
        TRY(run(work, SQL_efficiency_ordered, why));
    } else if (work->is_compared) {
        TRY(run(work, SQL_efficiency_completed, why));
    } else {
        TRY(run(work, SQL_efficiency_moved, why));
        TRY(run(work, SQL_efficiency_looked_at, why));
        TRY(run(work, SQL_efficiency_tracked, why));
        TRY(run(work, SQL_efficiency_not_over, why));
    }
    return read_asked(work, why);
}

/* ---- approvals ------------------------------------------------------------------------------ */

static enum outcome
sample_asking(struct efficiency_work *work, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_bare(work->view->store, SQL_efficiency_asked_over, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const bool is_step = rows_integer(&rows, 0) != 0;
        samples_add(&work->samples, is_step ? TOPIC_STEP : TOPIC_PERSON, rows_text(&rows, 1),
                    rows_integer(&rows, 2));
    }
    return outcome == NONE ? DONE : outcome;
}

/* Of approvals that sent orders back or turned them down. */
static enum outcome
count_decided(struct efficiency_work *work, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_named(work->view->store, SQL_efficiency_decided, work->values,
                          work->value_count, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const bool is_back = strcmp(rows_text(&rows, 0), "returned") == 0;
        work->rework[is_back ? REWORK_SENT_BACK : REWORK_TURNED_DOWN] =
            (struct rework_counts){rows_integer(&rows, 1), rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- told ----------------------------------------------------------------------------------- */

static enum outcome
tell_figures(const struct efficiency_work *work, struct fault *why)
{
#define TOPIC_AS_NAME(enumerator, name) [enumerator] = name,
    static const char *const topics[TOPIC_COUNT] = {SAMPLE_TOPICS(TOPIC_AS_NAME)};
    for (size_t index = 0; index < work->samples.count; index++) {
        const struct sample_set *set = &work->samples.sets[index];
        TRY(store_run(work->view->store, SQL_efficiency_figure_add, why, TEXT(topics[set->topic]),
                      TEXT(set->name), INTEGER(set->count), INTEGER(set->total),
                      INTEGER(sample_percentile(set, 50)), INTEGER(sample_percentile(set, 80)),
                      INTEGER(sample_percentile(set, 90)), INTEGER(sample_percentile(set, 95)),
                      INTEGER(sample_percentile(set, 99)), INTEGER(sample_percentile(set, 100))));
    }
    return DONE;
}

/* Beyond: open for longer than nine of ten took that were finished. */
static enum outcome
tell_stage(const struct efficiency_work *work, enum order_stage stage, struct fault *why)
{
    const struct stage_counts *counts = &work->stages[stage];
    const char *name = order_stage_names[stage];
    const struct sample_set *finished = samples_find(&work->samples, TOPIC_STAGE, name);
    const struct sample_set *open = samples_find(&work->samples, TOPIC_OPEN, name);
    const int64_t beyond = open == NULL || finished == NULL
                               ? -1
                               : (int64_t)sample_count_above(open, sample_percentile(finished, 90));
    for (size_t index = 0; index < counts->oldest_count; index++) {
        TRY(store_run(work->view->store, SQL_efficiency_oldest_add, why, TEXT(name),
                      INTEGER(counts->oldest[index])));
    }
    return store_run(work->view->store, SQL_efficiency_stage_add, why, INTEGER(stage + 1),
                     TEXT(name), INTEGER(counts->begun), INTEGER(counts->ended),
                     INTEGER(counts->again), INTEGER(counts->open), INTEGER_OR_NULL(beyond, -1));
}

static enum outcome
tell_carrier(const struct efficiency_work *work, const struct carrier_counts *carrier,
             struct fault *why)
{
    return store_run(work->view->store, SQL_efficiency_carrier_add, why, TEXT(carrier->name),
                     INTEGER(carrier->shipments), INTEGER(carrier->due), INTEGER(carrier->late),
                     INTEGER(carrier->parcels), INTEGER(carrier->delivered),
                     INTEGER(carrier->days_said), INTEGER(carrier->in_time), INTEGER(carrier->news),
                     INTEGER(carrier->troubled));
}

static enum outcome
tell_rework(const struct efficiency_work *work, struct fault *why)
{
#define REWORK_AS_NAME(enumerator, name) [enumerator] = name,
    static const char *const names[REWORK_COUNT] = {REWORK_KINDS(REWORK_AS_NAME)};
    for (int kind = 0; kind < REWORK_COUNT; kind++) {
        if (work->rework[kind].times > 0) {
            TRY(store_run(work->view->store, SQL_efficiency_rework_add, why, INTEGER(kind + 1),
                          TEXT(names[kind]), INTEGER(work->rework[kind].times),
                          INTEGER(work->rework[kind].orders)));
        }
    }
    return DONE;
}

static enum outcome
tell(const struct efficiency_work *work, struct fault *why)
{
    const struct outlook_counts *outlook = &work->outlook;
    int64_t open = 0;
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        TRY(tell_stage(work, (enum order_stage)stage, why));
        open += work->stages[stage].open;
    }
    for (size_t index = 0; index < work->carrier_count; index++) {
        TRY(tell_carrier(work, &work->carriers[index], why));
    }
    TRY(tell_figures(work, why));
    TRY(tell_rework(work, why));
    return store_run(work->view->store, SQL_efficiency_whole_add, why, INTEGER(work->completed),
                     INTEGER(open), INTEGER(outlook->finished), INTEGER(outlook->late),
                     INTEGER(outlook->warned), INTEGER(outlook->correct), INTEGER(outlook->seen),
                     INTEGER(outlook->ahead_ms));
}

/* ---- all of it ------------------------------------------------------------------------------ */

static enum outcome
forget(const struct efficiency_work *work, struct fault *why)
{
    static const enum statement steps[] = {
        SQL_efficiency_forget_asked,   SQL_efficiency_forget_asking,   SQL_efficiency_forget_stages,
        SQL_efficiency_forget_oldest,  SQL_efficiency_forget_carriers, SQL_efficiency_forget_rework,
        SQL_efficiency_forget_rungs,   SQL_efficiency_forget_fill,     SQL_efficiency_forget_whole,
        SQL_efficiency_forget_figures,
    };
    for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
        TRY(run(work, steps[index], why));
    }
    return DONE;
}

static int64_t
value_of(const struct efficiency_work *work, const char *name)
{
    for (size_t index = 0; index < work->value_count; index++) {
        if (strcmp(work->values[index].name, name) == 0) {
            return work->values[index].value.integer;
        }
    }
    return 0;
}

enum outcome
efficiency_gather(const struct outline_view *view, struct period period,
                  const struct named_value *values, size_t count, struct fault *why)
{
    OWNED(efficiency_work) work = {.view = view, .values = values, .value_count = count};
    OWNED(store_scratch) scratch = {0};
    struct business_calendar calendar;
    work.since_ms = value_of(&work, ":since_ms");
    work.moment_ms = value_of(&work, ":moment_ms");
    work.is_compared = value_of(&work, ":is_compared") != 0;
    work.is_by_months = period.last_day - period.first_day >= WEEKS_DAYS_MAX;
    TRY(store_scratch_begin(view->store, &scratch, why));
    TRY(working_time_load(view->store, view->config, view->arena, &calendar, why));
    const int32_t today = moment_day(work.moment_ms);
    const int32_t first_day = period.first_day < today ? period.first_day : today;
    working_days_init(&work.days, &calendar, first_day - DAYS_WORKED_OUT, today + 1, view->arena);
    TRY(forget(&work, why));
    TRY(ask_all(&work, why));
    TRY(efficiency_walk(&work, why));
    TRY(efficiency_fill(&work, why));
    if (!work.is_compared) {
        TRY(run(&work, SQL_efficiency_gather_asking, why));
        TRY(sample_asking(&work, why));
        TRY(count_decided(&work, why));
    }
    samples_sort(&work.samples);
    return tell(&work, why);
}
