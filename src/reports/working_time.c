#include "reports/working_time.h"

#include "base/date.h"
#include "store/store_master.h"

#include <assert.h>
#include <string.h>

enum outcome
working_time_load(struct store *store, const struct config *config, struct arena *arena,
                  struct business_calendar *calendar, struct fault *why)
{
    struct master_versions versions;
    struct master_row *rows = NULL;
    size_t count = 0;
    TRY(master_in_force(store, &versions, why));
    TRY(master_calendar(store, versions.of[DOCUMENT_CALENDAR].id, arena, &rows, &count, why));
    struct calendar_exception *exceptions = arena_array(arena, struct calendar_exception, count);
    for (size_t index = 0; index < count; index++) {
        exceptions[index] = (struct calendar_exception){
            rows[index].calendar.day, strcmp(rows[index].calendar.kind, CALENDAR_WORKING) == 0};
    }
    const bool is_made = business_calendar_init(calendar, config->working_days,
                                                &config->working_hours, exceptions, count);
    assert(is_made && "the configuration is checked when it is read");
    return DONE;
}

void
working_days_init(struct working_days *days, const struct business_calendar *calendar,
                  int32_t first_day, int32_t last_day, struct arena *arena)
{
    int64_t before_ms = 0;
    assert(first_day <= last_day);
    const size_t count = (size_t)(last_day - first_day) + 1;
    *days = (struct working_days){calendar, first_day, last_day,
                                  arena_array(arena, struct working_day, count)};
    for (size_t index = 0; index < count; index++) {
        const int64_t begin_ms = day_begin(first_day + (int32_t)index);
        const int64_t next_ms = day_begin(first_day + (int32_t)index + 1);
        const int64_t working_ms = calendar_between(calendar, begin_ms, next_ms);
        const int64_t opens_ms =
            working_ms == 0 ? begin_ms : calendar_next_working(calendar, begin_ms);
        days->days[index] =
            (struct working_day){begin_ms, opens_ms, opens_ms + working_ms, before_ms};
        before_ms += working_ms;
    }
}

/* The day of a moment, or NULL outside.  Days of summer time are shorter and longer than others. */
static const struct working_day *
day_at(const struct working_days *days, int64_t moment_ms)
{
    const struct working_day *first = days->days;
    const struct working_day *last = first + (days->last_day - days->first_day);
    if (moment_ms < first->begin_ms || moment_ms >= last->begin_ms) {
        return NULL;
    }
    const struct working_day *day = first + (moment_ms - first->begin_ms) / DAY_MS;
    if (day > last) {
        day = last;
    }
    while (day->begin_ms > moment_ms) {
        day--;
    }
    while (day[1].begin_ms <= moment_ms) {
        day++;
    }
    return day;
}

int32_t
working_days_day(const struct working_days *days, int64_t moment_ms)
{
    const struct working_day *day = day_at(days, moment_ms);
    return day == NULL ? moment_day(moment_ms) : days->first_day + (int32_t)(day - days->days);
}

/* Working time from the first of the days to a moment of one of them. */
static int64_t
until(const struct working_day *day, int64_t moment_ms)
{
    const int64_t end_ms = moment_ms < day->closes_ms ? moment_ms : day->closes_ms;
    return day->before_ms + (end_ms > day->opens_ms ? end_ms - day->opens_ms : 0);
}

int64_t
working_days_between(const struct working_days *days, int64_t from_ms, int64_t to_ms)
{
    const struct working_day *from = day_at(days, from_ms);
    const struct working_day *to = day_at(days, to_ms);
    if (from_ms >= to_ms) {
        return 0;
    }
    return from == NULL || to == NULL ? calendar_between(days->calendar, from_ms, to_ms)
                                      : until(to, to_ms) - until(from, from_ms);
}
