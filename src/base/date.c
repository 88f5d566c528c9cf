/* Civil dates by the era algorithm (400-year eras that begin on 1 March). */
#include "base/date.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int32_t
day_of(int year, int month, int day_of_month)
{
    const int shifted = year - (month <= 2);
    const int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    const int year_of_era = shifted - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void
day_split(int32_t day, int *year, int *month, int *day_of_month)
{
    const int shifted = day + 719468;
    const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int day_of_era = shifted - era * 146097;
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month = month_from_march + (month_from_march < 10 ? 3 : -9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

bool
day_is_real(int year, int month, int day_of_month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day_of_month < 1) {
        return false;
    }
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day_of_month <= lengths[month - 1] + (month == 2 && leap);
}

int
day_weekday(int32_t day)
{
    const int from_monday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

/* Exactly `width` digits; moves *at past them. */
static bool
take_digits(const char **at, int width, int *number)
{
    int value = 0;
    for (int index = 0; index < width; index++) {
        const char digit = (*at)[index];
        if (digit < '0' || digit > '9') {
            return false;
        }
        value = value * 10 + (digit - '0');
    }
    *at += width;
    *number = value;
    return true;
}

static bool
take_char(const char **at, char wanted)
{
    if (**at != wanted) {
        return false;
    }
    (*at)++;
    return true;
}

static bool
take_day(const char **at, int32_t *day)
{
    int year, month, day_of_month;
    if (!take_digits(at, 4, &year) || !take_char(at, '-') || !take_digits(at, 2, &month) ||
        !take_char(at, '-') || !take_digits(at, 2, &day_of_month)) {
        return false;
    }
    if (year < YEAR_MIN || year > YEAR_MAX || !day_is_real(year, month, day_of_month)) {
        return false;
    }
    *day = day_of(year, month, day_of_month);
    return true;
}

bool
day_parse(const char *text, int32_t *day)
{
    int32_t parsed;
    const char *at = text;
    if (!take_day(&at, &parsed) || *at != '\0') {
        return false;
    }
    *day = parsed;
    return true;
}

/* Digits by hand: every order of a file has its days written several times, and printf is ten times
 * as slow. */
static char *
put_digits(char *at, int count, int number)
{
    for (int place = count - 1; place >= 0; place--) {
        at[place] = (char)('0' + number % 10);
        number /= 10;
    }
    return at + count;
}

char *
day_format(char text[DATE_TEXT_SIZE], int32_t day)
{
    text[0] = '\0';
    if (day != DAY_NONE) {
        int year, month, day_of_month;
        day_split(day, &year, &month, &day_of_month);
        char *at = put_digits(text, 4, year < 0 ? 0 : year % 10000);
        *at++ = '-';
        at = put_digits(at, 2, month);
        *at++ = '-';
        at = put_digits(at, 2, day_of_month);
        *at = '\0';
    }
    return text;
}

/* "Z" or "+08:00" as minutes east of Greenwich. */
static bool
take_offset(const char **at, int *offset_minutes)
{
    int hours, minutes;
    if (take_char(at, 'Z')) {
        *offset_minutes = 0;
        return true;
    }
    const int sign = **at == '-' ? -1 : 1;
    if ((!take_char(at, '+') && !take_char(at, '-')) || !take_digits(at, 2, &hours) ||
        !take_char(at, ':') || !take_digits(at, 2, &minutes) || hours > 14 || minutes > 59) {
        return false;
    }
    *offset_minutes = sign * (hours * 60 + minutes);
    return true;
}

static bool
take_fraction(const char **at, int *milliseconds)
{
    *milliseconds = 0;
    if (!take_char(at, '.')) {
        return true;
    }
    int scale = 100;
    int digit;
    int count = 0;
    while (take_digits(at, 1, &digit)) {
        *milliseconds += digit * scale;
        scale /= 10;
        count++;
    }
    return count > 0;
}

bool
moment_parse(const char *text, int64_t *moment_ms)
{
    int32_t day;
    int hour, minute, second = 0, milliseconds = 0, offset_minutes;
    const char *at = text;
    if (!take_day(&at, &day)) {
        return false;
    }
    if (*at == '\0') {
        *moment_ms = day_begin(day);
        return true;
    }
    if (!(take_char(&at, 'T') || take_char(&at, ' ')) || !take_digits(&at, 2, &hour) ||
        !take_char(&at, ':') || !take_digits(&at, 2, &minute)) {
        return false;
    }
    if (take_char(&at, ':') &&
        (!take_digits(&at, 2, &second) || !take_fraction(&at, &milliseconds))) {
        return false;
    }
    if (!take_offset(&at, &offset_minutes) || *at != '\0' || hour > 23 || minute > 59 ||
        second > 59) {
        return false;
    }
    const int64_t minutes = (int64_t)hour * 60 + minute - offset_minutes;
    *moment_ms = day * DAY_MS + (minutes * 60 + second) * 1000 + milliseconds;
    return true;
}

static int64_t
floor_divide(int64_t value, int64_t divisor)
{
    return value / divisor - (value % divisor < 0);
}

char *
moment_format(char text[TIME_TEXT_SIZE], int64_t moment_ms)
{
    const time_t seconds = (time_t)floor_divide(moment_ms, 1000);
    struct tm local;
    localtime_r(&seconds, &local);
    const long offset_minutes = local.tm_gmtoff / 60;
    const long magnitude = labs(offset_minutes);
    const size_t length = strftime(text, TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &local);
    assert(length > 0);
    if (offset_minutes == 0) {
        snprintf(text + length, TIME_TEXT_SIZE - length, "Z");
    } else {
        snprintf(text + length, TIME_TEXT_SIZE - length, "%c%02ld:%02ld",
                 offset_minutes < 0 ? '-' : '+', magnitude / 60, magnitude % 60);
    }
    return text;
}

/* Folders ("Europe") and lists ("zone.tab") lie there too: glibc takes such a name for UTC without
 * a word. */
static bool
is_zone_file(const char *path)
{
    static const char magic[] = "TZif";
    char begin[sizeof magic - 1];
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        return false;
    }
    const bool is_zone = read(file, begin, sizeof begin) == (ssize_t)sizeof begin &&
                         memcmp(begin, magic, sizeof begin) == 0;
    close(file);
    return is_zone;
}

bool
zone_use(const char *name)
{
    char path[256];
    assert(name != NULL);
    if (name[0] == '\0' || name[0] == '/' || name[0] == '.' || strstr(name, "..") != NULL ||
        strncmp(name, "right/", 6) == 0 ||
        snprintf(path, sizeof path, ZONE_FOLDER "/%s", name) >= (int)sizeof path) {
        return false;
    }
    if (strcmp(name, "UTC") != 0 && !is_zone_file(path)) {
        return false;
    }
    setenv("TZ", name, 1);
    tzset();
    return true;
}

int32_t
moment_day(int64_t moment_ms)
{
    const time_t seconds = (time_t)floor_divide(moment_ms, 1000);
    struct tm local;
    localtime_r(&seconds, &local);
    return day_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

/* What local clocks show, as if they were those of UTC. */
static int64_t
local_ms(int64_t moment_ms)
{
    const time_t seconds = (time_t)floor_divide(moment_ms, 1000);
    struct tm local;
    localtime_r(&seconds, &local);
    return moment_ms + (int64_t)local.tm_gmtoff * 1000;
}

int64_t
moment_time(int64_t moment_ms)
{
    const int64_t shown_ms = local_ms(moment_ms);
    return shown_ms - floor_divide(shown_ms, DAY_MS) * DAY_MS;
}

enum { QUARTER_MS = 15 * 60 * 1000 };

/* Where clocks jump at midnight, mktime may answer with the evening before (00:00 does not exist)
 * or with the second of two midnights: walk to the first moment that lies on the day.  Offsets are
 * multiples of a quarter hour. */
int64_t
day_begin(int32_t day)
{
    int year, month, day_of_month;
    day_split(day, &year, &month, &day_of_month);
    struct tm local = {
        .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day_of_month, .tm_isdst = -1};
    int64_t moment_ms = (int64_t)mktime(&local) * 1000;
    while (moment_day(moment_ms) < day) {
        moment_ms += QUARTER_MS;
    }
    while (moment_day(moment_ms - 1) >= day) {
        moment_ms -= QUARTER_MS;
    }
    return moment_ms;
}

/* On nearly all days clocks do not change before the time that is asked for.  On the others, walk
 * to the quarter of an hour in which they first show it: within one they never change. */
bool
moment_is_day(int64_t moment_ms)
{
    return moment_ms == day_begin(moment_day(moment_ms));
}

int64_t
day_moment(int32_t day, int64_t time_ms)
{
    assert(time_ms >= 0 && time_ms <= DAY_MS);
    const int64_t wanted_ms = day * DAY_MS + time_ms;
    int64_t moment_ms = day_begin(day);
    const int64_t begun_ms = local_ms(moment_ms);
    if (begun_ms >= wanted_ms) {
        return moment_ms;
    }
    const int64_t usual_ms = moment_ms + (wanted_ms - begun_ms);
    if (local_ms(usual_ms) == wanted_ms) {
        return usual_ms;
    }
    while (local_ms(moment_ms + QUARTER_MS) < wanted_ms) {
        moment_ms += QUARTER_MS;
    }
    const int64_t left_ms = wanted_ms - local_ms(moment_ms);
    return moment_ms + (left_ms < QUARTER_MS ? left_ms : QUARTER_MS);
}

int64_t
clock_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
clock_ticks_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
