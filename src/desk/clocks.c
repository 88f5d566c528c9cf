#include "desk/clocks.h"

#include "base/decimal.h"
#include "desk/asking.h"
#include "desk/decide.h"
#include "rules/approve.h"
#include "store/store.h"

#include <assert.h>
#include <string.h>

enum { BATCH_BYTES_MAX = 4 * 1024 * 1024 };

/* -- time is up -------------------------------------------------------------------------------- */

static bool
is_up(const struct docket *docket, const struct business_calendar *calendar,
      const struct approval *step)
{
    return strcmp(step->undecided, undecided_names[UNDECIDED_WAITS]) != 0 &&
           asking_moment(calendar, step, step->decide_hours) <= docket->run->as_of_ms;
}

static enum outcome
end_step(struct docket *docket, const struct approval *step, struct fault *why)
{
    const struct run *run = docket->run;
    const bool approves = strcmp(step->undecided, undecided_names[UNDECIDED_APPROVES]) == 0;
    const enum language language = run->config->language;
    char hours[DECIMAL_TEXT_SIZE];
    const char *text =
        message_text(approves ? M_APPROVAL_TIME_APPROVES : M_APPROVAL_TIME_REFUSES, language);
    const char *mark = strstr(text, "{hours}");
    assert(mark != NULL && "the sentence says how many hours");
    const struct cause cause = {"purser", 0, run->as_of_ms,
                                arena_format(docket->arena, "%.*s%s%s", (int)(mark - text), text,
                                             decimal_format(hours, step->decide_hours, 0, 0),
                                             mark + strlen("{hours}"))};
    docket->run->counts.approvals_timed_out++;
    return decide_step(docket, step, approves ? STEP_APPROVED : STEP_REJECTED, &cause, why);
}

/* -- superiors --------------------------------------------------------------------------------- */

/* The last person who is asked in the slot; NULL: it is decided. */
static const struct approval_person *
last_in_slot(const struct docket *docket, const struct approval *step, int64_t slot)
{
    const struct approval_person *last = NULL;
    for (size_t index = 0; index < docket->person_count; index++) {
        const struct approval_person *person = &docket->persons[index];
        if (person->approval_id == step->id && person->slot == slot &&
            person->state == PERSON_ASKED) {
            last = person;
        }
    }
    return last;
}

static bool
is_asked(const struct docket *docket, const struct approval *step, const char *person)
{
    for (size_t index = 0; index < docket->person_count; index++) {
        if (docket->persons[index].approval_id == step->id &&
            strcmp(docket->persons[index].person, person) == 0) {
            return true;
        }
    }
    return false;
}

/* One more of a slot; what was read is brought up to it, so that nobody is asked twice. */
static enum outcome
escalate_slot(struct docket *docket, const struct approval *step,
              const struct approval_person *person, bool *is_done, struct fault *why)
{
    struct route route;
    if (!routing_escalate(&docket->routing, person->named, person->authority, docket->arena,
                          &route) ||
        is_asked(docket, step, route.person)) {
        return DONE;
    }
    *is_done = true;
    TRY(asking_add(docket, step, person->slot, &route, why));
    return approval_persons(docket->run->store, docket->subject->id, docket->subject->version,
                            docket->arena, &docket->persons, &docket->person_count, why);
}

static enum outcome
escalate(struct docket *docket, struct approval *step, struct fault *why)
{
    bool is_done = false;
    TRY(docket_bar(docket, step, why));
    int64_t slots = 0;
    for (size_t index = 0; index < docket->person_count; index++) {
        const struct approval_person *person = &docket->persons[index];
        slots = person->approval_id == step->id && person->slot > slots ? person->slot : slots;
    }
    for (int64_t slot = 1; slot <= slots; slot++) {
        const struct approval_person *last = last_in_slot(docket, step, slot);
        if (last != NULL) {
            TRY(escalate_slot(docket, step, last, &is_done, why));
        }
    }
    if (!is_done) {
        run_say(docket->run, LOG_WARNING, M_RUN_NO_SUPERIOR, docket->subject->partner,
                step->approvers[0] != '\0' ? step->approvers : step->roles);
    }
    docket->run->counts.approvals_escalated += is_done;
    step->escalated_ms = docket->run->as_of_ms;
    return DONE;
}

/* -- reminders --------------------------------------------------------------------------------- */

static enum outcome
remind(struct docket *docket, const struct business_calendar *calendar, struct approval *step,
       struct fault *why)
{
    int64_t due = step->reminders;
    while (asking_moment(calendar, step, step->remind_hours * (due + 1)) <= docket->run->as_of_ms) {
        due++;
    }
    if (due == step->reminders) {
        return DONE;
    }
    step->reminders = due;
    for (size_t index = 0; index < docket->person_count; index++) {
        const struct approval_person *person = &docket->persons[index];
        if (person->approval_id == step->id && person->state == PERSON_ASKED) {
            docket->run->counts.reminders_sent++;
            TRY(flow_ask(docket->run, step, person->person, due, why));
        }
    }
    return DONE;
}

/* -- the steps whose clocks ring --------------------------------------------------------------- */

static enum outcome
ring(struct docket *docket, struct approval *step, struct fault *why)
{
    const struct business_calendar *calendar = NULL;
    int64_t next_ms = INT64_MAX;
    TRY(facts_calendar(docket->facts, docket->run->config, &calendar, why));
    if (is_up(docket, calendar, step)) {
        return end_step(docket, step, why);
    }
    if (step->remind_hours > 0) { /* before superiors are asked, who need no reminder yet */
        TRY(remind(docket, calendar, step, why));
    }
    if (step->escalated_ms == 0 &&
        asking_moment(calendar, step, step->escalate_hours) <= docket->run->as_of_ms) {
        TRY(escalate(docket, step, why));
    }
    TRY(asking_next(docket, step, &next_ms, why));
    return approval_set_clock(docket->run->store, step, next_ms, why);
}

static enum outcome
work_one(struct run *run, struct facts *facts, const struct approval_subject *item, bool is_unasked,
         struct fault *why)
{
    OWNED(arena) arena;
    struct docket docket;
    struct subject subject = {.id = item->order_id,
                              .version = item->version,
                              .partner = item->partner,
                              .approval = item->approval,
                              .fulfilment = item->fulfilment,
                              .payment = item->payment};
    arena_init(&arena, DOCKET_BYTES_MAX);
    TRY(docket_read(&docket, run, facts, &subject, &arena, why));
    for (size_t index = 0; index < docket.step_count; index++) {
        struct approval *step = &docket.steps[index];
        if (step->id == item->approval_id && step->state == STEP_OPEN) {
            return is_unasked ? asking_retry(&docket, step, why) : ring(&docket, step, why);
        }
    }
    return DONE;
}

static enum outcome
work_due(struct run *run, struct facts *facts, size_t *count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct approval_subject *items = NULL;
    arena_init(&arena, BATCH_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    TRY(approval_due(run->store, run->as_of_ms, &arena, &items, count, why));
    for (size_t index = 0; index < *count; index++) {
        TRY(work_one(run, facts, &items[index], false, why));
    }
    return store_commit(&tx, why);
}

static enum outcome
work_unasked(struct run *run, struct facts *facts, int64_t *after, size_t *count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct approval_subject *items = NULL;
    arena_init(&arena, BATCH_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    TRY(approval_unasked(run->store, *after, &arena, &items, count, why));
    for (size_t index = 0; index < *count; index++) {
        *after = items[index].approval_id;
        TRY(work_one(run, facts, &items[index], true, why));
    }
    return store_commit(&tx, why);
}

enum outcome
clocks_work(struct run *run, struct facts *facts, struct fault *why)
{
    size_t count = APPROVAL_BATCH;
    int64_t after = 0;
    while (count == APPROVAL_BATCH && !run_must_stop(run)) {
        TRY(work_unasked(run, facts, &after, &count, why));
    }
    count = APPROVAL_BATCH;
    while (count == APPROVAL_BATCH && !run_must_stop(run)) {
        TRY(work_due(run, facts, &count, why));
    }
    return DONE;
}
