/* plan.h -- which reports of a schedule wait, and which comes next. */
#ifndef PURSER_PLAN_H
#define PURSER_PLAN_H

#include "base/arena.h"
#include "base/business_calendar.h"
#include "base/fault.h"
#include "config/config.h"
#include "reports/period.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum { PLAN_PERIODS_MAX = 12 }; /* that are made up for at once */

/* Working time is read once, and only where a schedule asks for it.  Life: a zeroed planner with
 * its first three members set, any number of plan_read, report_planner_close. */
struct report_planner {
    struct store *store;
    const struct config *config;
    int64_t as_of_ms;
    bool has_calendar;
    struct business_calendar calendar;
    struct arena arena;
};
void report_planner_close(struct report_planner *planner);

struct plan {
    struct period waiting[PLAN_PERIODS_MAX]; /* they are due; the newest first */
    size_t count;
    struct period next; /* the first one that is not due */
    int32_t next_day;   /* when it is; CALENDAR_DAY_NEVER: never */
};

/* What waits is back to the last reported period, or only the newest one when there is none yet;
 * none that ended before the first file came. */
MUST_USE enum outcome plan_read(struct report_planner *planner, const struct schedule *schedule,
                                struct plan *plan, struct fault *why);

#endif
