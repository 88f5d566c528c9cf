#include "reports/period.h"

#include "base/date.h"
#include "writers/page.h"

#include <stdio.h>
#include <string.h>

enum { MONTHS = 12, QUARTER_MONTHS = 3, WEEK_DAYS = 7 };

/* So many months later, on the same day of the month, which is at most the 28th. */
static int32_t
months_after(int32_t day, int count)
{
    int year, month, day_of_month;
    day_split(day, &year, &month, &day_of_month);
    const int months = year * MONTHS + month - 1 + count;
    return day_of(months / MONTHS, months % MONTHS + 1, day_of_month);
}

static int32_t
year_first(int year, struct month_day begins)
{
    return begins.month == 0 ? day_of(year, 1, 1) : day_of(year, begins.month, begins.day);
}

static struct period
months_from(int32_t first_day, int count)
{
    return (struct period){first_day, months_after(first_day, count) - 1};
}

static struct period
fiscal_year_of(int32_t day, struct month_day begins)
{
    int year, month, day_of_month;
    day_split(day, &year, &month, &day_of_month);
    const int32_t first = year_first(year, begins);
    return months_from(first <= day ? first : year_first(year - 1, begins), MONTHS);
}

static struct period
quarter_of(int32_t day, struct month_day begins)
{
    const int32_t year = fiscal_year_of(day, begins).first_day;
    struct period quarter = months_from(year, QUARTER_MONTHS);
    for (int number = 1; quarter.last_day < day; number++) {
        quarter = months_from(months_after(year, number * QUARTER_MONTHS), QUARTER_MONTHS);
    }
    return quarter;
}

struct period
period_of(enum report_period kind, int32_t day, struct month_day begins)
{
    const int32_t monday = day - (day_weekday(day) - 1);
    int year, month, day_of_month;
    day_split(day, &year, &month, &day_of_month);
    switch (kind) {
    case PERIOD_DAY: return (struct period){day, day};
    case PERIOD_WEEK: return (struct period){monday, monday + WEEK_DAYS - 1};
    case PERIOD_MONTH: break;
    case PERIOD_QUARTER: return quarter_of(day, begins);
    case PERIOD_YEAR: return fiscal_year_of(day, begins);
    }
    return months_from(day - day_of_month + 1, 1);
}

struct period
period_complete(enum report_period kind, int32_t today, struct month_day begins)
{
    return period_before(kind, period_of(kind, today, begins), begins);
}

struct period
period_before(enum report_period kind, struct period period, struct month_day begins)
{
    return period_of(kind, period.first_day - 1, begins);
}

/* -- what a person calls it -------------------------------------------------------------------- */

/* The number that ends the text after a word of so many digits; -1 when it is none. */
static int
number_of(const char *text, size_t digits)
{
    int number = 0;
    if (strlen(text) != digits || strspn(text, "0123456789") != digits) {
        return -1;
    }
    for (; *text != '\0'; text++) {
        number = number * 10 + (*text - '0');
    }
    return number;
}

/* The first week of a year is the one that its 4 January lies in (ISO 8601). */
static bool
take_week(int year, int number, struct period *period)
{
    const int32_t first =
        period_of(PERIOD_WEEK, day_of(year, 1, 4), (struct month_day){0}).first_day;
    const int32_t monday = first + (number - 1) * WEEK_DAYS;
    const int32_t after =
        period_of(PERIOD_WEEK, day_of(year + 1, 1, 4), (struct month_day){0}).first_day;
    *period = (struct period){monday, monday + WEEK_DAYS - 1};
    return number >= 1 && monday < after;
}

/* What stands behind the year. */
static bool
take_rest(int year, const char *rest, struct month_day begins, struct period *period)
{
    int number;
    if (*rest == '\0') {
        *period = months_from(year_first(year, begins), MONTHS);
        return true;
    }
    if (rest[0] == '-' && rest[1] == 'Q') {
        number = number_of(rest + 2, 1);
        *period = months_from(months_after(year_first(year, begins), (number - 1) * QUARTER_MONTHS),
                              QUARTER_MONTHS);
        return number >= 1 && number <= MONTHS / QUARTER_MONTHS;
    }
    if (rest[0] == '-' && rest[1] == 'W') {
        return take_week(year, number_of(rest + 2, 2), period);
    }
    number = rest[0] == '-' ? number_of(rest + 1, 2) : -1;
    if (number < 1 || number > MONTHS) {
        return false;
    }
    *period = months_from(day_of(year, number, 1), 1);
    return true;
}

bool
period_parse(const char *text, struct month_day begins, struct period *period)
{
    char word[DATE_TEXT_SIZE];
    const char *dots = strstr(text, "..");
    if (dots != NULL || day_parse(text, &period->first_day)) {
        const size_t size = dots == NULL ? 0 : (size_t)(dots - text);
        if (dots == NULL) {
            period->last_day = period->first_day;
            return true;
        }
        snprintf(word, sizeof word, "%.*s", (int)size, text);
        return size < sizeof word && day_parse(word, &period->first_day) &&
               day_parse(dots + 2, &period->last_day) && period->first_day <= period->last_day;
    }
    if (strlen(text) < 4) {
        return false;
    }
    snprintf(word, sizeof word, "%.4s", text);
    const int year = number_of(word, 4);
    return year >= YEAR_MIN && year < YEAR_MAX && take_rest(year, text + 4, begins, period);
}

/* -- its words ----------------------------------------------------------------------------------
 */

/* So many whole months it is, from some day of a month to the day before that one of another; 0:
 * it is not. */
static int
count_months(struct period period)
{
    int year, month, day, end_year, end_month, end_day;
    day_split(period.first_day, &year, &month, &day);
    day_split(period.last_day + 1, &end_year, &end_month, &end_day);
    return day == end_day && day <= 28 ? (end_year - year) * MONTHS + end_month - month : 0;
}

struct period
period_compared(struct period period)
{
    const int months = count_months(period);
    if (months > 0) {
        return (struct period){months_after(period.first_day, -months), period.first_day - 1};
    }
    const int32_t length = period.last_day - period.first_day + 1;
    return (struct period){period.first_day - length, period.first_day - 1};
}

static int32_t
year_before(int32_t day)
{
    int year, month, day_of_month;
    day_split(day, &year, &month, &day_of_month);
    return day_is_real(year - 1, month, day_of_month) ? day_of(year - 1, month, day_of_month)
                                                      : year_before(day - 1);
}

struct period
period_year_before(struct period period)
{
    if (count_months(period) > 0) {
        const int32_t after = year_before(period.last_day + 1);
        return (struct period){year_before(period.first_day), after - 1};
    }
    return (struct period){year_before(period.first_day), year_before(period.last_day)};
}

/* In which words a period is told. */
static enum message
message_of(struct period period)
{
    int year, month, day, last_year, last_month, last_day;
    day_split(period.first_day, &year, &month, &day);
    day_split(period.last_day, &last_year, &last_month, &last_day);
    const int months = day == 1 ? count_months(period) : 0;
    return period.first_day == period.last_day ? M_REPORT_PERIOD_DAY
           : months == 0                       ? M_REPORT_PERIOD_DAYS
           : months == 1                       ? M_REPORT_PERIOD_MONTH
           : months == MONTHS && month == 1    ? M_REPORT_PERIOD_YEAR
           : year == last_year                 ? M_REPORT_PERIOD_MONTHS
                                               : M_REPORT_PERIOD_MONTHS_YEARS;
}

/* The word at `index` (from 0) of words parted by blanks. */
static void
take_word(char *word, size_t size, const char *words, int index)
{
    for (; index > 0; index--) {
        words += strcspn(words, " ") + 1;
    }
    snprintf(word, size, "%.*s", (int)strcspn(words, " "), words);
}

void
period_text(struct buf *buf, struct period period, enum language language)
{
    int year, month, day, last_year, last_month, last_day;
    char year_text[8], last_year_text[8], day_text[8], month_text[40], last_month_text[40];
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    const char *months = message_text(M_REPORT_MONTHS, language);
    day_split(period.first_day, &year, &month, &day);
    day_split(period.last_day, &last_year, &last_month, &last_day);
    snprintf(year_text, sizeof year_text, "%04d", year % 10000);
    snprintf(last_year_text, sizeof last_year_text, "%04d", last_year % 10000);
    snprintf(day_text, sizeof day_text, "%d", day);
    take_word(month_text, sizeof month_text, months, month - 1);
    take_word(last_month_text, sizeof last_month_text, months, last_month - 1);
    const struct page_value values[] = {{"year", year_text},
                                        {"last_year", last_year_text},
                                        {"month", month_text},
                                        {"last_month", last_month_text},
                                        {"day", day_text},
                                        {"from", day_format(from, period.first_day)},
                                        {"to", day_format(to, period.last_day)}};
    page_fill(buf, message_text(message_of(period), language), values,
              sizeof values / sizeof values[0]);
}
