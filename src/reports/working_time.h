/* working_time.h -- the business calendar by which reports count working time and working days. */
#ifndef PURSER_WORKING_TIME_H
#define PURSER_WORKING_TIME_H

#include "base/arena.h"
#include "base/business_calendar.h"
#include "config/config.h"
#include "store/store.h"

/* The week of the configuration, with the exceptions of the calendar in force, which live in the
 * arena. */
MUST_USE enum outcome
working_time_load(struct store *store, const struct config *config, struct arena *arena,
                  struct business_calendar *calendar, struct fault *why);

/* The same for very many moments: days are worked out once, those outside of them when asked for.
 * All of it lives in the arena. */
struct working_day {
    int64_t begin_ms;
    int64_t opens_ms;
    int64_t closes_ms; /* as it opens: nobody works */
    int64_t before_ms; /* working time of the days before it */
};
struct working_days {
    const struct business_calendar *calendar;
    int32_t first_day;
    int32_t last_day;
    struct working_day *days;
};
void working_days_init(struct working_days *days, const struct business_calendar *calendar,
                       int32_t first_day, int32_t last_day, struct arena *arena);
int32_t working_days_day(const struct working_days *days, int64_t moment_ms); /* as moment_day */
/* As calendar_between; CALENDAR_NEVER likewise. */
int64_t working_days_between(const struct working_days *days, int64_t from_ms, int64_t to_ms);

#endif
