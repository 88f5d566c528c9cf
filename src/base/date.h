/* date.h -- days and moments, without a clock of their own.
 *
 * A day is an int32_t: days since 1970-01-01 in the proleptic Gregorian calendar.  A moment is an
 * int64_t: milliseconds since 1970-01-01T00:00Z.  Only clock_now_ms reads the machine's clock, and
 * only main's command set-up calls it: everything else is handed a run's `as_of_ms`.
 */
#ifndef PURSER_DATE_H
#define PURSER_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define DAY_NONE INT32_MIN
#define DAY_MS   INT64_C(86400000)

enum { DATE_TEXT_SIZE = 16, TIME_TEXT_SIZE = 40 };

/* The years that days are read of; so their texts have one width, and sums of days do not overflow.
 */
enum { YEAR_MIN = 1900, YEAR_MAX = 2999 };

int32_t day_of(int year, int month, int day_of_month); /* the date must exist: see day_is_real */
void day_split(int32_t day, int *year, int *month, int *day_of_month);
bool day_is_real(int year, int month, int day_of_month);
int day_weekday(int32_t day); /* 1 Monday .. 7 Sunday (ISO 8601) */

/* "2026-11-24"; years YEAR_MIN to YEAR_MAX.  False when it is not such a date. */
bool day_parse(const char *text, int32_t *day);
char *day_format(char text[DATE_TEXT_SIZE], int32_t day); /* "" for DAY_NONE */

/* RFC 3339: "2026-11-24T09:30:00Z", also with +08:00, without seconds or with milliseconds; a date
 * alone is its midnight in the local zone (see zone_use).  False when it is not such a time. */
bool moment_parse(const char *text, int64_t *moment_ms);
char *
moment_format(char text[TIME_TEXT_SIZE], int64_t moment_ms); /* local zone, with offset, seconds */

/* Use an IANA zone ("Asia/Shanghai") as the local zone of this process.  False when the machine
 * has no such zone below ZONE_FOLDER, or only one that counts leap seconds. */
#define ZONE_FOLDER "/usr/share/zoneinfo"
bool zone_use(const char *name);

/* The day on which a moment falls in the local zone, and the moment when a day begins there. */
int32_t moment_day(int64_t moment_ms);
int64_t day_begin(int32_t day);

/* Does a day begin at this moment?  Where a date alone may be said, it was. */
bool moment_is_day(int64_t moment_ms);

/* The first moment at which local clocks show this time of a day (milliseconds after 00:00, at most
 * DAY_MS) or a later one: a time that is left out when clocks are put forward is the moment of the
 * change, and of one that comes twice it is the first. */
int64_t day_moment(int32_t day, int64_t time_ms);
int64_t moment_time(int64_t moment_ms); /* what local clocks show: 0 to DAY_MS - 1 */

int64_t clock_now_ms(void);

/* Milliseconds that only go forward, from no particular moment: for timeouts, never for data. */
int64_t clock_ticks_ms(void);

#endif
