#include "desk/asking.h"

#include "base/date.h"
#include "rules/approve.h"

#include <assert.h>
#include <string.h>

enum { HOUR_MS = 3600 * 1000 };

int64_t
asking_moment(const struct business_calendar *calendar, const struct approval *step, int64_t hours)
{
    return hours <= 0 ? INT64_MAX : calendar_add(calendar, step->asked_ms, hours * HOUR_MS);
}

static int64_t
sooner(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

enum outcome
asking_next(struct docket *docket, const struct approval *step, int64_t *next_ms, struct fault *why)
{
    const struct business_calendar *calendar = NULL;
    const int64_t reminder = step->reminders + 1;
    TRY(facts_calendar(docket->facts, docket->run->config, &calendar, why));
    *next_ms = step->remind_hours <= 0
                   ? INT64_MAX
                   : asking_moment(calendar, step, step->remind_hours * reminder);
    if (step->escalated_ms == 0) {
        *next_ms = sooner(*next_ms, asking_moment(calendar, step, step->escalate_hours));
    }
    if (strcmp(step->undecided, undecided_names[UNDECIDED_WAITS]) != 0) {
        *next_ms = sooner(*next_ms, asking_moment(calendar, step, step->decide_hours));
    }
    return DONE;
}

static void
say(const struct docket *docket, const struct route *route)
{
    static const enum message messages[ROUTE_VERDICT_COUNT] = {
        [ROUTE_CLEAR] = MESSAGE_COUNT,
        [ROUTE_NO_AUTHORITY] = M_RUN_APPROVER_AUTHORITY,
        [ROUTE_BARRED] = M_RUN_APPROVER_BARRED,
        [ROUTE_ABSENT] = M_RUN_APPROVER_ABSENT,
    };
    if (messages[route->verdict] != MESSAGE_COUNT) {
        run_say(docket->run, LOG_WARNING, messages[route->verdict],
                route->chain[0] == '\0' ? route->person : route->chain, docket->subject->partner);
    }
}

static int64_t
persons_of(const struct docket *docket, const struct approval *step)
{
    int64_t count = 0;
    for (size_t index = 0; index < docket->person_count; index++) {
        count += docket->persons[index].approval_id == step->id;
    }
    return count;
}

static enum outcome
add_person(struct docket *docket, const struct approval *step, int64_t ordinal, int64_t slot,
           const struct route *route, struct fault *why)
{
    const struct approval_person person = {.approval_id = step->id,
                                           .ordinal = ordinal,
                                           .slot = slot,
                                           .named = route->named,
                                           .person = route->person,
                                           .authority = route->authority,
                                           .chosen = route_way_names[route->chosen],
                                           .chain = route->chain,
                                           .trace = route->trace};
    say(docket, route);
    TRY(approval_add_person(docket->run->store, &person, docket->run->as_of_ms, why));
    return flow_ask(docket->run, step, route->person, 0, why);
}

enum outcome
asking_add(struct docket *docket, const struct approval *step, int64_t slot,
           const struct route *route, struct fault *why)
{
    return add_person(docket, step, persons_of(docket, step) + 1, slot, route, why);
}

static enum outcome
open_step(struct docket *docket, struct approval *step, int64_t asked, struct fault *why)
{
    const struct business_calendar *calendar = NULL;
    struct approval_opening opening = {.asked_ms = docket->run->as_of_ms, .asked = asked};
    step->asked_ms = opening.asked_ms;
    TRY(facts_calendar(docket->facts, docket->run->config, &calendar, why));
    opening.due_ms = asking_moment(calendar, step, step->decide_hours);
    TRY(asking_next(docket, step, &opening.next_ms, why));
    return approval_open(docket->run->store, step->id, &opening, why);
}

/* Nobody: nothing of it is stored. */
static enum outcome
ask_everybody(struct docket *docket, const struct approval *step, int64_t *asked, struct fault *why)
{
    TRY(docket_bar(docket, step, why));
    struct route *routes = arena_array(docket->arena, struct route,
                                       routing_count_max(&docket->routing, step->approvers));
    const size_t count =
        routing_resolve(&docket->routing, step->approvers, step->roles, docket->arena, routes);
    for (size_t index = 0; index < count; index++) {
        TRY(add_person(docket, step, (int64_t)index + 1, (int64_t)index + 1, &routes[index], why));
    }
    *asked = (int64_t)count;
    return DONE;
}

enum outcome
ask_step(struct run *run, struct facts *facts, struct subject *subject, int64_t approval_id,
         struct fault *why)
{
    OWNED(arena) arena;
    struct docket docket;
    size_t at = 0;
    int64_t asked = 0;
    arena_init(&arena, DOCKET_BYTES_MAX);
    TRY(docket_read(&docket, run, facts, subject, &arena, why));
    while (at < docket.step_count && docket.steps[at].id != approval_id) {
        at++;
    }
    assert(at < docket.step_count && docket.steps[at].state == STEP_PLANNED);
    TRY(ask_everybody(&docket, &docket.steps[at], &asked, why));
    if (asked == 0) {
        run_say(run, LOG_WARNING, M_RUN_NOBODY_ASKED, subject->partner, docket.steps[at].roles);
    }
    return open_step(&docket, &docket.steps[at], asked, why);
}

enum outcome
asking_retry(struct docket *docket, const struct approval *step, struct fault *why)
{
    struct approval again = *step;
    int64_t asked = 0;
    TRY(ask_everybody(docket, step, &asked, why));
    return asked == 0 ? DONE : open_step(docket, &again, asked, why);
}
