/* business_calendar.h -- working time: which days are worked, and the hours of a working day; the
 * clock of deadlines and reminders.
 *
 * Pure: days and hours are those of the local zone (zone_use), on local clocks.  So on a day on
 * which clocks change within its working hours, these last an hour less or more.
 *
 * A week has working days; exceptions come before it, as holidays, or as days that are worked
 * though the week says otherwise (in China, a Saturday that makes up for a holiday).  All working
 * days have the same hours, in one span.  Both its ends are moments of working time: what is due
 * when working time ends is due that evening, not the next morning.  A day on which clocks leave
 * out all the hours has no working time, and counts as not worked.
 *
 * Nothing looks further than CALENDAR_DAYS_MAX days from the moment it begins with.  What lies
 * beyond is CALENDAR_NEVER, which is later than every moment, and longer than any time.
 */
#ifndef PURSER_BUSINESS_CALENDAR_H
#define PURSER_BUSINESS_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALENDAR_DAYS_MAX = 3660 }; /* ten years */
#define CALENDAR_NEVER INT64_MAX

/* Bits of weekdays: Monday is 1, Sunday 64. */
#define WEEKDAY_BIT(weekday) (1U << ((unsigned int)(weekday)-1)) /* of day_weekday */

/* One span of a day, on local clocks; milliseconds after 00:00. */
struct working_hours {
    int64_t opens_ms;
    int64_t closes_ms; /* at most DAY_MS */
};

struct calendar_exception {
    int32_t day;
    bool is_worked; /* or a holiday */
};

struct business_calendar {
    unsigned int weekdays; /* WEEKDAY_BITs of those that are worked */
    struct working_hours hours;
    const struct calendar_exception *exceptions; /* by day, each day once */
    size_t exception_count;
};

/* A calendar of these; sorts `exceptions`, which must outlive it and name each day once.  False,
 * and nothing is made, where there would be no working time: no weekday is worked, or no hours. */
bool business_calendar_init(struct business_calendar *calendar, unsigned int weekdays,
                            const struct working_hours *hours,
                            struct calendar_exception *exceptions, size_t exception_count);

/* Is this day worked?  By its weekday alone, then with the exceptions. */
bool calendar_week_works(const struct business_calendar *calendar, int32_t day);
bool calendar_works(const struct business_calendar *calendar, int32_t day);

/* Days alone, without hours: the first working day that is not before this one, and so many working
 * days (at least 0) after that; from a Sunday on, a working day later is Tuesday.  Beyond reach is
 * CALENDAR_DAY_NEVER, which is later than every day, and from which on every day is. */
#define CALENDAR_DAY_NEVER INT32_MAX
int32_t calendar_day_from(const struct business_calendar *calendar, int32_t day);
int32_t
calendar_day_after(const struct business_calendar *calendar, int32_t day, int64_t working_days);

/* Is it a moment of working time?  When it begins and ends, it is. */
bool calendar_is_working(const struct business_calendar *calendar, int64_t moment_ms);

/* The first moment of working time that is not before this one. */
int64_t calendar_next_working(const struct business_calendar *calendar, int64_t moment_ms);

/* The first moment of working time by which so much of it (at least 0) has passed since this
 * moment: Friday 17:30 and two hours are Monday 10:30; any time outside working hours counts as the
 * next opening.  Adding one time after another gives the same as adding their sum. */
int64_t
calendar_add(const struct business_calendar *calendar, int64_t moment_ms, int64_t working_ms);

/* So many working days (at least 0) after this moment, at the same local time.  A moment outside
 * working time counts as the next opening: a working day from Sunday on is Tuesday at 09:00. */
int64_t
calendar_add_days(const struct business_calendar *calendar, int64_t moment_ms, int64_t days);

/* How much working time lies between two moments; 0 when `to_ms` is not the later one. */
int64_t calendar_between(const struct business_calendar *calendar, int64_t from_ms, int64_t to_ms);

#endif
