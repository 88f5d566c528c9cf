/* Days, weeks, months, quarters and years: which they are, what they are called, how they are told.
 */
#include "reports/period.h"

#include "base/date.h"
#include "base/fault.h"
#include "reports/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
periods_are_whole_days_weeks_and_months(void **state)
{
    static const struct {
        enum report_period kind;
        const char *today, *first, *last, *before_first;
    } cases[] = {
        {PERIOD_DAY, "2026-03-01", "2026-02-28", "2026-02-28", "2026-02-27"},
        {PERIOD_WEEK, "2026-11-24", "2026-11-16", "2026-11-22", "2026-11-09"}, /* a Tuesday */
        {PERIOD_WEEK, "2026-11-23", "2026-11-16", "2026-11-22", "2026-11-09"}, /* a Monday */
        {PERIOD_WEEK, "2026-11-22", "2026-11-09", "2026-11-15", "2026-11-02"}, /* a Sunday */
        {PERIOD_MONTH, "2026-11-01", "2026-10-01", "2026-10-31", "2026-09-01"},
        {PERIOD_MONTH, "2026-11-30", "2026-10-01", "2026-10-31", "2026-09-01"},
        {PERIOD_MONTH, "2026-01-15", "2025-12-01", "2025-12-31", "2025-11-01"},
        {PERIOD_MONTH, "2024-03-31", "2024-02-01", "2024-02-29", "2024-01-01"},
    };
    const struct month_day january = {1, 1};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        int32_t today, first, last, before_first;
        assert_true(day_parse(cases[index].today, &today) && day_parse(cases[index].first, &first));
        assert_true(day_parse(cases[index].last, &last));
        assert_true(day_parse(cases[index].before_first, &before_first));
        const struct period period = period_complete(cases[index].kind, today, january);
        assert_int_equal(period.first_day, first);
        assert_int_equal(period.last_day, last);
        const struct period before = period_before(cases[index].kind, period, january);
        assert_int_equal(before.first_day, before_first);
        assert_int_equal(before.last_day, first - 1);
        assert_int_equal(period_compared(period).first_day, before_first);
    }
}

static void
check_period(struct period period, const char *days)
{
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE], text[2 * DATE_TEXT_SIZE + 2];
    day_format(from, period.first_day);
    day_format(to, period.last_day);
    snprintf(text, sizeof text, "%s..%s", from, to);
    assert_string_equal(text, days);
}

/* Quarters and years of fiscal years, in calendar and leap years. */
static void
fiscal_years_have_quarters(void **state)
{
    static const struct {
        enum report_period kind;
        struct month_day begins;
        const char *day, *lies_in, *before;
    } cases[] = {
        {PERIOD_QUARTER, {1, 1}, "2026-01-01", "2026-01-01..2026-03-31", "2025-10-01..2025-12-31"},
        {PERIOD_QUARTER, {0, 0}, "2024-02-29", "2024-01-01..2024-03-31", "2023-10-01..2023-12-31"},
        {PERIOD_QUARTER, {4, 1}, "2026-03-31", "2026-01-01..2026-03-31", "2025-10-01..2025-12-31"},
        {PERIOD_QUARTER, {4, 6}, "2026-04-05", "2026-01-06..2026-04-05", "2025-10-06..2026-01-05"},
        {PERIOD_QUARTER, {4, 6}, "2026-04-06", "2026-04-06..2026-07-05", "2026-01-06..2026-04-05"},
        {PERIOD_QUARTER,
         {11, 28},
         "2024-02-28",
         "2024-02-28..2024-05-27",
         "2023-11-28..2024-02-27"},
        {PERIOD_YEAR, {1, 1}, "2024-12-31", "2024-01-01..2024-12-31", "2023-01-01..2023-12-31"},
        {PERIOD_YEAR, {4, 1}, "2024-03-31", "2023-04-01..2024-03-31", "2022-04-01..2023-03-31"},
        {PERIOD_YEAR, {4, 1}, "2024-04-01", "2024-04-01..2025-03-31", "2023-04-01..2024-03-31"},
        {PERIOD_YEAR, {2, 28}, "2024-02-27", "2023-02-28..2024-02-27", "2022-02-28..2023-02-27"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        int32_t day;
        assert_true(day_parse(cases[index].day, &day));
        const struct period period = period_of(cases[index].kind, day, cases[index].begins);
        check_period(period, cases[index].lies_in);
        check_period(period_before(cases[index].kind, period, cases[index].begins),
                     cases[index].before);
        check_period(period_compared(period), cases[index].before);
        assert_true(period.last_day - period.first_day < REPORT_DAYS_MAX);
    }
}

/* Each day lies in one period, and the periods follow each other without a gap. */
static void
periods_leave_no_day_out(void **state)
{
    (void)state;
    for (int kind = PERIOD_DAY; kind <= PERIOD_YEAR; kind++) {
        const struct month_day begins = {1 + kind * 2, 1 + kind * 6};
        const int32_t end = day_of(2029, 1, 1);
        struct period last = period_of((enum report_period)kind, day_of(2023, 1, 1), begins);
        for (int32_t day = last.last_day + 1; day < end; day++) {
            const struct period period = period_of((enum report_period)kind, day, begins);
            assert_true(period.first_day <= day && day <= period.last_day);
            assert_true(period.first_day == last.first_day ||
                        period.first_day == last.last_day + 1);
            last = period;
        }
    }
}

static void
periods_have_names(void **state)
{
    static const struct {
        const char *name, *days; /* "": it is none */
    } cases[] = {
        {"2026", "2026-04-01..2027-03-31"},
        {"2027", "2027-04-01..2028-03-31"}, /* with a 29 February */
        {"2026-Q1", "2026-04-01..2026-06-30"},
        {"2026-Q4", "2027-01-01..2027-03-31"},
        {"2024-02", "2024-02-01..2024-02-29"},
        {"2026-12", "2026-12-01..2026-12-31"},
        {"2026-W01", "2025-12-29..2026-01-04"},
        {"2026-W53", "2026-12-28..2027-01-03"},
        {"2027-W01", "2027-01-04..2027-01-10"},
        {"2025-W01", "2024-12-30..2025-01-05"},
        {"2026-10-05", "2026-10-05..2026-10-05"},
        {"2026-10-05..2026-10-11", "2026-10-05..2026-10-11"},
        {"2025-W53", ""},
        {"2026-W00", ""},
        {"2026-W1", ""},
        {"2026-Q0", ""},
        {"2026-Q5", ""},
        {"2026-13", ""},
        {"2026-00", ""},
        {"2026-1", ""},
        {"2026-", ""},
        {"26", ""},
        {"", ""},
        {"2023-02-29", ""},
        {"2026-10-11..2026-10-05", ""},
        {"2026-10-05..", ""},
        {"..2026-10-05", ""},
        {"2026-10-05...2026-10-11", ""},
        {"0000", ""},
        {"2026-q1", ""},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct period period = {0, 0};
        const bool is_known = period_parse(cases[index].name, (struct month_day){4, 1}, &period);
        if (is_known != (cases[index].days[0] != '\0')) {
            fail_msg("%s", cases[index].name);
        }
        if (is_known) {
            check_period(period, cases[index].days);
        }
    }
}

static void
periods_are_told_in_words(void **state)
{
    static const struct {
        const char *name, *en, *zh;
    } cases[] = {
        {"2026", "2026", "2026年"},
        {"2026-Q2", "April to June 2026", "2026年4月至6月"},
        {"2026-04-01..2027-03-31", "April 2026 to March 2027", "2026年4月至2027年3月"},
        {"2026-11", "November 2026", "2026年11月"},
        {"2026-11-24", "24 November 2026", "2026年11月24日"},
        {"2026-01-06..2026-04-05", "2026-01-06 to 2026-04-05", "2026-01-06至2026-04-05"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(buf) text;
        struct period period;
        buf_init(&text, 1000);
        assert_true(period_parse(cases[index].name, (struct month_day){1, 1}, &period));
        period_text(&text, period, LANGUAGE_EN);
        assert_string_equal(text.bytes, cases[index].en);
        buf_clear(&text);
        period_text(&text, period, LANGUAGE_ZH);
        assert_string_equal(text.bytes, cases[index].zh);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_whole_days_weeks_and_months),
        cmocka_unit_test(fiscal_years_have_quarters),
        cmocka_unit_test(periods_leave_no_day_out),
        cmocka_unit_test(periods_have_names),
        cmocka_unit_test(periods_are_told_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
