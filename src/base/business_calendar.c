/* Everything walks over spans of working time, one a day.  They never overlap and come in the order
 * of their days, also where clocks change: see day_moment. */
#include "base/business_calendar.h"

#include "base/date.h"

#include <assert.h>
#include <stdlib.h>

struct span {
    int32_t day;
    int32_t day_last; /* where looking for one ends */
    int64_t opens_ms;
    int64_t closes_ms;
};

static int
compare_exceptions(const void *one, const void *other)
{
    const struct calendar_exception *left = one;
    const struct calendar_exception *right = other;
    return (left->day > right->day) - (left->day < right->day);
}

bool
business_calendar_init(struct business_calendar *calendar, unsigned int weekdays,
                       const struct working_hours *hours, struct calendar_exception *exceptions,
                       size_t exception_count)
{
    enum { ALL_WEEKDAYS = 127 };
    assert(hours->opens_ms >= 0 && hours->closes_ms <= DAY_MS);
    if ((weekdays & ALL_WEEKDAYS) == 0 || hours->opens_ms >= hours->closes_ms) {
        return false;
    }
    if (exception_count > 0) {
        qsort(exceptions, exception_count, sizeof *exceptions, compare_exceptions);
    }
    for (size_t index = 1; index < exception_count; index++) {
        assert(exceptions[index].day != exceptions[index - 1].day);
    }
    *calendar = (struct business_calendar){weekdays, *hours, exceptions, exception_count};
    return true;
}

bool
calendar_week_works(const struct business_calendar *calendar, int32_t day)
{
    return (calendar->weekdays & WEEKDAY_BIT(day_weekday(day))) != 0;
}

bool
calendar_works(const struct business_calendar *calendar, int32_t day)
{
    const struct calendar_exception key = {day, false};
    const struct calendar_exception *exception =
        calendar->exception_count == 0
            ? NULL
            : bsearch(&key, calendar->exceptions, calendar->exception_count, sizeof key,
                      compare_exceptions);
    return exception == NULL ? calendar_week_works(calendar, day) : exception->is_worked;
}

int32_t
calendar_day_from(const struct business_calendar *calendar, int32_t day)
{
    return calendar_day_after(calendar, day, 0);
}

int32_t
calendar_day_after(const struct business_calendar *calendar, int32_t day, int64_t working_days)
{
    assert(working_days >= 0);
    if (day > CALENDAR_DAY_NEVER - CALENDAR_DAYS_MAX) {
        return CALENDAR_DAY_NEVER;
    }
    for (int32_t at = day; at < day + CALENDAR_DAYS_MAX; at++) {
        if (calendar_works(calendar, at) && working_days-- == 0) {
            return at;
        }
    }
    return CALENDAR_DAY_NEVER;
}

/* The first span from `span->day` on; false when there is none until `day_last`. */
static bool
span_find(const struct business_calendar *calendar, struct span *span)
{
    for (; span->day <= span->day_last; span->day++) {
        if (calendar_works(calendar, span->day)) {
            span->opens_ms = day_moment(span->day, calendar->hours.opens_ms);
            span->closes_ms = day_moment(span->day, calendar->hours.closes_ms);
            if (span->opens_ms < span->closes_ms) {
                return true;
            }
        }
    }
    return false;
}

static bool
span_next(const struct business_calendar *calendar, struct span *span)
{
    span->day++;
    return span_find(calendar, span);
}

/* The first span that does not end before a moment; false when there is none in reach. */
static bool
span_at(const struct business_calendar *calendar, int64_t moment_ms, struct span *span)
{
    if (moment_ms == CALENDAR_NEVER) {
        return false;
    }
    const int32_t day = moment_day(moment_ms);
    *span = (struct span){.day = day - 1, .day_last = day + CALENDAR_DAYS_MAX};
    bool is_found = span_find(calendar, span);
    while (is_found && span->closes_ms < moment_ms) {
        is_found = span_next(calendar, span);
    }
    return is_found;
}

static int64_t
later(int64_t one_ms, int64_t other_ms)
{
    return one_ms > other_ms ? one_ms : other_ms;
}

int64_t
calendar_next_working(const struct business_calendar *calendar, int64_t moment_ms)
{
    struct span span;
    return span_at(calendar, moment_ms, &span) ? later(moment_ms, span.opens_ms) : CALENDAR_NEVER;
}

bool
calendar_is_working(const struct business_calendar *calendar, int64_t moment_ms)
{
    return moment_ms != CALENDAR_NEVER && calendar_next_working(calendar, moment_ms) == moment_ms;
}

int64_t
calendar_add(const struct business_calendar *calendar, int64_t moment_ms, int64_t working_ms)
{
    struct span span;
    assert(working_ms >= 0);
    bool is_found = span_at(calendar, moment_ms, &span);
    while (is_found) {
        const int64_t from_ms = later(moment_ms, span.opens_ms);
        if (working_ms <= span.closes_ms - from_ms) {
            return from_ms + working_ms;
        }
        working_ms -= span.closes_ms - from_ms;
        is_found = span_next(calendar, &span);
    }
    return CALENDAR_NEVER;
}

/* What clocks show at a moment of a span; at its ends what the calendar says, for the clocks of
 * this day may leave it out. */
static int64_t
time_in(const struct business_calendar *calendar, const struct span *span, int64_t moment_ms)
{
    return moment_ms == span->opens_ms    ? calendar->hours.opens_ms
           : moment_ms == span->closes_ms ? calendar->hours.closes_ms
                                          : moment_time(moment_ms);
}

int64_t
calendar_add_days(const struct business_calendar *calendar, int64_t moment_ms, int64_t days)
{
    struct span span;
    assert(days >= 0);
    bool is_found = span_at(calendar, moment_ms, &span);
    if (!is_found) {
        return CALENDAR_NEVER;
    }
    const int64_t from_ms = later(moment_ms, span.opens_ms);
    const int64_t time_ms = time_in(calendar, &span, from_ms);
    if (days == 0) {
        return from_ms;
    }
    for (; is_found && days > 0; days--) {
        is_found = span_next(calendar, &span);
    }
    return is_found ? day_moment(span.day, time_ms) : CALENDAR_NEVER;
}

int64_t
calendar_between(const struct business_calendar *calendar, int64_t from_ms, int64_t to_ms)
{
    struct span span;
    int64_t working_ms = 0;
    if (from_ms >= to_ms) {
        return 0;
    }
    if (to_ms == CALENDAR_NEVER || moment_day(to_ms) - moment_day(from_ms) > CALENDAR_DAYS_MAX) {
        return CALENDAR_NEVER;
    }
    bool is_found = span_at(calendar, from_ms, &span);
    while (is_found && span.opens_ms < to_ms) {
        const int64_t end_ms = span.closes_ms < to_ms ? span.closes_ms : to_ms;
        working_ms += end_ms - later(from_ms, span.opens_ms);
        is_found = span_next(calendar, &span);
    }
    return working_ms;
}
