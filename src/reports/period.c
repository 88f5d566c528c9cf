#include "reports/period.h"

#include "base/date.h"
#include "writers/page.h"

#include <stdio.h>
#include <string.h>

static int32_t
month_first(int32_t day)
{
    int year, month, day_of_month;
    day_split(day, &year, &month, &day_of_month);
    return day - day_of_month + 1;
}

struct period
period_complete(enum report_period kind, int32_t today)
{
    switch (kind) {
    case PERIOD_DAY: return (struct period){today - 1, today - 1};
    case PERIOD_WEEK: {
        const int32_t monday = today - (day_weekday(today) - 1);
        return (struct period){monday - 7, monday - 1};
    }
    case PERIOD_MONTH: break;
    }
    const int32_t last_day = month_first(today) - 1;
    return (struct period){month_first(last_day), last_day};
}

struct period
period_before(enum report_period kind, struct period period)
{
    return period_complete(kind, period.first_day);
}

static bool
is_month(struct period period)
{
    return month_first(period.first_day) == period.first_day &&
           month_first(period.last_day) == period.first_day &&
           month_first(period.last_day + 1) == period.last_day + 1;
}

struct period
period_compared(struct period period)
{
    if (is_month(period)) {
        return period_before(PERIOD_MONTH, period);
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
    if (is_month(period)) {
        const int32_t after = year_before(period.last_day + 1);
        return (struct period){year_before(period.first_day), after - 1};
    }
    return (struct period){year_before(period.first_day), year_before(period.last_day)};
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
    int year, month, day;
    char year_text[8], day_text[8], month_text[40];
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    day_split(period.first_day, &year, &month, &day);
    snprintf(year_text, sizeof year_text, "%04d", year % 10000);
    snprintf(day_text, sizeof day_text, "%d", day);
    take_word(month_text, sizeof month_text, message_text(M_REPORT_MONTHS, language), month - 1);
    const struct page_value values[] = {{"year", year_text},
                                        {"month", month_text},
                                        {"day", day_text},
                                        {"from", day_format(from, period.first_day)},
                                        {"to", day_format(to, period.last_day)}};
    const enum message message = period.first_day == period.last_day ? M_REPORT_PERIOD_DAY
                                 : is_month(period)                  ? M_REPORT_PERIOD_MONTH
                                                                     : M_REPORT_PERIOD_DAYS;
    page_fill(buf, message_text(message, language), values, sizeof values / sizeof values[0]);
}
