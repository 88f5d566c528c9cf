#include "reports/plan.h"

#include "base/date.h"
#include "reports/working_time.h"
#include "store/store_report.h"

enum { CALENDAR_BYTES_MAX = 64 * 1024 * 1024 };

void
report_planner_close(struct report_planner *planner)
{
    arena_close(&planner->arena);
}

static enum outcome
need_calendar(struct report_planner *planner, struct fault *why)
{
    if (!planner->has_calendar) {
        arena_init(&planner->arena, CALENDAR_BYTES_MAX);
        planner->has_calendar = true;
        TRY(working_time_load(planner->store, planner->config, &planner->arena, &planner->calendar,
                              why));
    }
    return DONE;
}

/* From that day on the report of a period may be made. */
static int32_t
day_due(const struct report_planner *planner, const struct schedule *schedule, struct period period)
{
    const int32_t after = period.last_day + 1;
    return schedule->working_day == 0
               ? after
               : calendar_day_after(&planner->calendar, after, schedule->working_day - 1);
}

enum outcome
plan_read(struct report_planner *planner, const struct schedule *schedule, struct plan *plan,
          struct fault *why)
{
    const struct month_day begins = planner->config->year_begins;
    const int32_t today = moment_day(planner->as_of_ms);
    int32_t first_day, reported_day;
    if (schedule->working_day > 0) {
        TRY(need_calendar(planner, why));
    }
    TRY(report_first_day(planner->store, &first_day, why));
    TRY(report_last_day(planner->store, schedule->name, &reported_day, why));
    struct period period = period_of(schedule->period, today, begins);
    *plan = (struct plan){.next = period, .next_day = day_due(planner, schedule, period)};
    if (first_day == DAY_NONE) {
        return DONE;
    }
    const size_t count_max = reported_day == DAY_NONE ? 1 : PLAN_PERIODS_MAX;
    period = period_before(schedule->period, period, begins);
    while (plan->count < count_max && period.last_day >= first_day &&
           period.first_day > reported_day) {
        const int32_t due = day_due(planner, schedule, period);
        if (due <= today) {
            plan->waiting[plan->count++] = period;
        } else {
            plan->next = period;
            plan->next_day = due;
        }
        period = period_before(schedule->period, period, begins);
    }
    return DONE;
}
