/* What becomes of a notice: in a file, by a person's word, or as follows from what happened. */
#include "desk/stopping.h"

#include "desk/amending.h"
#include "desk/cancelling.h"
#include "desk/planning.h"
#include "order/order.h"
#include "rules/progress.h"

#include <string.h>

enum { WORK_BYTES_MAX = 64 * 1024 * 1024 };

/* ---- what was stopped comes back ---- */

/* By plan, what a warehouse had of it is free; a release of which nothing is left is over. */
static enum outcome
end_release(struct run *run, const struct stop_notice *notice, struct fault *why)
{
    int64_t open_micros = 0;
    for (size_t index = 0; index < notice->line_count; index++) {
        const struct stop_notice_line *line = &notice->lines[index];
        if (line->stopped_micros > 0) {
            TRY(planning_unrelease(run, notice->order_id, notice->partner, line->ordinal,
                                   line->stopped_micros, why));
        }
    }
    TRY(stop_release_open(run->store, notice->release_id, 0, 0, &open_micros, why));
    return open_micros > 0 ? DONE
                           : stop_release_end(run->store, notice->release_id, run->as_of_ms, why);
}

/* A plant that makes no more of it is done with it; else it was asked for so much less. */
static enum outcome
end_production(struct run *run, const struct stop_notice *notice, struct arena *arena,
               struct fault *why)
{
    struct production production;
    const struct stop_notice_line *line = &notice->lines[0];
    const struct progress stopped = {PRODUCTION_STOPPED, run->as_of_ms, run->as_of_ms, "",
                                     notice->reason};
    int64_t less_micros = 0;
    TRY(stop_production_find(run->store, notice->partner, notice->production_id, arena, &production,
                             why));
    TRY(planning_made_of(run, &production, line->stopped_micros, &less_micros, why));
    const int64_t rest_micros = production.quantity_micros - production.done_micros;
    if (less_micros < rest_micros) {
        struct production part = production;
        part.quantity_micros = production.done_micros + less_micros; /* of which this is the rest */
        TRY(stop_production_less(run->store, production.id, less_micros, why));
        return planning_unmade(run, &part, why);
    }
    (void)progress_take(&production.standing, &stopped);
    if (notice->cost_minor != AMOUNT_NONE) {
        latest_take(&production.cost, notice->cost_minor, run->as_of_ms);
    }
    TRY(production_stand(run->store, &production, why));
    return planning_unmade(run, &production, why);
}

static enum outcome
cancel(struct run *run, struct subject *subject, const struct stop_notice *notice,
       const struct cause *cause, struct arena *arena, struct fault *why)
{
    struct stop_item *items = arena_array(arena, struct stop_item, notice->line_count + 1);
    size_t count = 0;
    for (size_t index = 0; index < notice->line_count; index++) {
        if (notice->lines[index].stopped_micros > 0) {
            items[count++] = (struct stop_item){notice->lines[index].ordinal,
                                                notice->lines[index].stopped_micros};
        }
    }
    return count == 0 ? DONE
                      : cancelling_stopped(run, subject, notice, items, count, cause, arena, why);
}

/* ---- answered ---- */

/* What had left, or belongs to another version by now, cannot have been stopped. */
static void
bound(const struct subject *subject, struct stop_notice *notice)
{
    bool is_all = true;
    bool is_any = false;
    for (size_t index = 0; index < notice->line_count; index++) {
        struct stop_notice_line *line = &notice->lines[index];
        const int64_t most =
            notice->version == subject->version ? line->quantity_micros - line->gone_micros : 0;
        if (line->stopped_micros > most) {
            line->stopped_micros = most;
        }
        is_all &= line->stopped_micros == line->quantity_micros;
        is_any |= line->stopped_micros > 0;
    }
    notice->state = stop_status_names[is_all ? STOP_STOPPED : is_any ? STOP_PARTLY : STOP_TOO_LATE];
}

static enum outcome
answer_redirect(struct run *run, const struct subject *subject, const struct stop_notice *notice,
                const struct cause *cause, struct arena *arena, struct fault *why)
{
    const bool is_done = strcmp(notice->state, stop_status_names[STOP_DONE]) == 0;
    struct cause told = *cause;
    told.detail = stopping_detail(notice, arena);
    TRY(stop_answered(run->store, notice, run->as_of_ms, why));
    TRY(flow_news_told(run, subject, is_done ? EVENT_REDIRECTED : EVENT_REDIRECT_REFUSED, &told,
                       why));
    return amending_redirected(run, subject, notice, cause, arena, why);
}

/* `is_over`: the release was refused, or the production has ended, and the plan knows of it. */
static enum outcome
take(struct run *run, struct subject *subject, struct stop_notice *notice, bool is_over,
     const struct cause *cause, struct arena *arena, struct fault *why)
{
    struct cause told = *cause;
    bound(subject, notice);
    told.detail = stopping_detail(notice, arena);
    TRY(stop_answered(run->store, notice, run->as_of_ms, why));
    if (strcmp(notice->state, stop_status_names[STOP_TOO_LATE]) == 0) {
        return flow_news_told(run, subject, EVENT_STOP_TOO_LATE, &told, why);
    }
    TRY(flow_news(run, subject, EVENT_STOPPED, &told, why)); /* what is cancelled is told */
    if (!is_over) {
        TRY(notice->release_id != 0 ? end_release(run, notice, why)
                                    : end_production(run, notice, arena, why));
    }
    return cancel(run, subject, notice, cause, arena, why);
}

enum outcome
stopping_answer(struct run *run, struct subject *subject, struct stop_notice *notice,
                const struct cause *cause, struct arena *arena, struct fault *why)
{
    return strcmp(notice->action, STOP_ACTION_REDIRECT) == 0
               ? answer_redirect(run, subject, notice, cause, arena, why)
               : take(run, subject, notice, false, cause, arena, why);
}

/* ---- as follows from what happened ---- */

static void
stop_all(struct stop_notice *notice, bool is_stopped)
{
    for (size_t index = 0; index < notice->line_count; index++) {
        notice->lines[index].stopped_micros = is_stopped ? notice->lines[index].quantity_micros : 0;
    }
}

/* Of what is asked of a line, so much is not there to be stopped any more. */
static enum outcome
note_gone(struct run *run, struct stop_notice *notice, struct stop_notice_line *line,
          struct fault *why)
{
    int64_t open_micros = 0;
    TRY(stop_release_open(run->store, notice->release_id, line->ordinal, notice->id, &open_micros,
                          why));
    const int64_t waiting_micros = line->quantity_micros - line->gone_micros;
    const int64_t gone_micros = open_micros < 0                ? waiting_micros
                                : waiting_micros > open_micros ? waiting_micros - open_micros
                                                               : 0;
    line->gone_micros += gone_micros;
    return gone_micros == 0 ? DONE
                            : stop_gone(run->store, notice->id, line->ordinal, gone_micros, why);
}

enum outcome
stopping_shipped(struct run *run, const struct subject *subject, const char *warehouse,
                 bool is_complete, const struct cause *cause, struct fault *why)
{
    OWNED(arena) arena;
    struct stop_notice notice = {.id = 0};
    struct subject own = *subject;
    enum outcome outcome;
    arena_init(&arena, WORK_BYTES_MAX);
    while ((outcome = stop_next_of_order(run->store, subject->id, is_complete ? "" : warehouse,
                                         notice.id, &arena, &notice, why)) == DONE) {
        bool is_any_left = false;
        for (size_t index = 0; index < notice.line_count; index++) {
            TRY(note_gone(run, &notice, &notice.lines[index], why));
            is_any_left |= notice.lines[index].gone_micros < notice.lines[index].quantity_micros;
        }
        if (!is_any_left || is_complete) {
            stop_all(&notice, false);
            TRY(take(run, &own, &notice, true, cause, &arena, why));
        }
        arena_reset(&arena);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
stopping_release_refused(struct run *run, struct subject *subject, int64_t release_id,
                         const struct cause *cause, struct fault *why)
{
    OWNED(arena) arena;
    struct stop_notice notice = {.id = 0};
    enum outcome outcome;
    arena_init(&arena, WORK_BYTES_MAX);
    while ((outcome = stop_next_of_release(run->store, release_id, notice.id, &arena, &notice,
                                           why)) == DONE) {
        stop_all(&notice, true);
        TRY(take(run, subject, &notice, true, cause, &arena, why));
        arena_reset(&arena);
    }
    return outcome == NONE ? DONE : outcome;
}

/* What it cost so far is the plant's word; what is done is too late. */
enum outcome
stopping_production_ended(struct run *run, struct subject *subject,
                          const struct production *production, const struct cause *cause,
                          struct fault *why)
{
    OWNED(arena) arena;
    struct stop_notice notice = {.id = 0};
    enum outcome outcome;
    const bool is_stopped = production->standing.state != PRODUCTION_DONE;
    arena_init(&arena, WORK_BYTES_MAX);
    while ((outcome = stop_next_of_production(run->store, production->id, notice.id, &arena,
                                              &notice, why)) == DONE) {
        stop_all(&notice, is_stopped);
        if (is_stopped && production->cost.told_ms != PROGRESS_MOMENT_NONE) {
            notice.cost_minor = production->cost.value;
        }
        TRY(take(run, subject, &notice, true, cause, &arena, why));
        arena_reset(&arena);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
stopping_production_lapsed(struct run *run, int64_t production_id, struct fault *why)
{
    OWNED(arena) arena;
    struct stop_notice notice = {.id = 0};
    enum outcome outcome;
    arena_init(&arena, WORK_BYTES_MAX);
    while ((outcome = stop_next_of_production(run->store, production_id, notice.id, &arena, &notice,
                                              why)) == DONE) {
        stop_all(&notice, false);
        notice.state = stop_status_names[STOP_TOO_LATE];
        TRY(stop_answered(run->store, &notice, run->as_of_ms, why));
        arena_reset(&arena);
    }
    return outcome == NONE ? DONE : outcome;
}
