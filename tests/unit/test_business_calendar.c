#include "base/business_calendar.h"

#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define MINUTES INT64_C(60000)
#define HOURS   (60 * MINUTES)

enum { MONDAY_TO_FRIDAY = 31, EVERY_DAY = 127 };

static const struct working_hours nine_to_six = {9 * HOURS, 18 * HOURS};

/* ---- days that are known by heart ---- */

/* Holidays of Germany in 2026, and of China's National Day with the days that make up for it. */
static struct calendar_exception german[] = {{0, false}, {0, false}, {0, false}};
static struct calendar_exception chinese[] = {
    {0, true},  {0, false}, {0, false}, {0, false}, {0, false},
    {0, false}, {0, false}, {0, false}, {0, true},
};

static int32_t
day(const char *text)
{
    int32_t parsed = DAY_NONE;
    assert_true(day_parse(text, &parsed));
    return parsed;
}

static int64_t
moment(const char *text)
{
    int64_t parsed = 0;
    assert_true(moment_parse(text, &parsed));
    return parsed;
}

/* Handed over in a wrong order, for it must not matter. */
static struct business_calendar
germany(void)
{
    struct business_calendar calendar;
    assert_true(zone_use("Europe/Berlin"));
    german[0] = (struct calendar_exception){day("2026-12-25"), false};
    german[1] = (struct calendar_exception){day("2026-04-06"), false};
    german[2] = (struct calendar_exception){day("2026-04-03"), false};
    assert_true(business_calendar_init(&calendar, MONDAY_TO_FRIDAY, &nine_to_six, german, 3));
    return calendar;
}

static struct business_calendar
china(void)
{
    struct business_calendar calendar;
    assert_true(zone_use("Asia/Shanghai"));
    for (int index = 0; index < 7; index++) {
        chinese[index + 1] = (struct calendar_exception){day("2026-10-01") + index, false};
    }
    chinese[0] = (struct calendar_exception){day("2026-10-10"), true}; /* a Saturday */
    chinese[8] = (struct calendar_exception){day("2026-09-20"), true}; /* a Sunday */
    assert_true(business_calendar_init(&calendar, MONDAY_TO_FRIDAY, &nine_to_six, chinese, 9));
    return calendar;
}

static void
assert_moment(int64_t moment_ms, const char *expected)
{
    char text[TIME_TEXT_SIZE];
    assert_string_equal(moment_format(text, moment_ms), expected);
}

static void
assert_day_after(const struct business_calendar *calendar, const char *from, int64_t days,
                 const char *expected)
{
    char text[DATE_TEXT_SIZE];
    assert_string_equal(day_format(text, calendar_day_after(calendar, day(from), days)), expected);
}

static void
days_alone_are_counted_without_hours(void **state)
{
    (void)state;
    struct business_calendar calendar = germany();
    assert_int_equal(calendar_day_from(&calendar, day("2026-12-23")), day("2026-12-23"));
    assert_int_equal(calendar_day_from(&calendar, day("2026-12-25")), day("2026-12-28"));
    assert_day_after(&calendar, "2026-12-23", 0, "2026-12-23");
    assert_day_after(&calendar, "2026-12-23", 2, "2026-12-28");
    assert_day_after(&calendar, "2026-12-27", 1, "2026-12-29"); /* a Sunday */
    assert_day_after(&calendar, "2026-04-02", 1, "2026-04-07"); /* Easter */
    calendar = china();
    assert_day_after(&calendar, "2026-09-30", 1, "2026-10-08");
    assert_day_after(&calendar, "2026-10-09", 1, "2026-10-10"); /* a Saturday that is worked */
    assert_int_equal(calendar_day_after(&calendar, day("2026-09-30"), 100000), CALENDAR_DAY_NEVER);
    assert_int_equal(calendar_day_after(&calendar, CALENDAR_DAY_NEVER, 0), CALENDAR_DAY_NEVER);
}

static void
working_hours_go_on_after_the_weekend(void **state)
{
    static const struct {
        const char *from;
        int64_t minutes;
        const char *until;
    } cases[] = {
        {"2026-11-27T17:30:00+01:00", 120, "2026-11-30T10:30:00+01:00"}, /* Friday to Monday */
        {"2026-11-27T17:30:00+01:00", 30, "2026-11-27T18:00:00+01:00"},  /* due in the evening */
        {"2026-11-27T17:30:00+01:00", 31, "2026-11-30T09:01:00+01:00"},
        {"2026-11-27T18:00:00+01:00", 0, "2026-11-27T18:00:00+01:00"}, /* when they close */
        {"2026-11-27T18:00:00+01:00", 120, "2026-11-30T11:00:00+01:00"},
        {"2026-11-27T18:00:01+01:00", 0, "2026-11-30T09:00:00+01:00"},
        {"2026-11-27T18:00:01+01:00", 120, "2026-11-30T11:00:00+01:00"},
        {"2026-11-27T06:00:00+01:00", 60, "2026-11-27T10:00:00+01:00"}, /* before they open */
        {"2026-11-27T09:00:00+01:00", 60, "2026-11-27T10:00:00+01:00"},
        {"2026-11-29T12:00:00+01:00", 0, "2026-11-30T09:00:00+01:00"}, /* Sunday */
        {"2026-11-29T12:00:00+01:00", 540, "2026-11-30T18:00:00+01:00"},
        {"2026-11-29T12:00:00+01:00", 541, "2026-12-01T09:01:00+01:00"},
        {"2026-04-02T17:00:00+02:00", 120, "2026-04-07T10:00:00+02:00"}, /* over Easter */
        {"2026-04-06T10:00:00+02:00", 30, "2026-04-07T09:30:00+02:00"},  /* from a holiday */
        {"2026-11-27T17:30:00+01:00", 540 * 200, "2027-09-06T17:30:00+02:00"},
    };
    const struct business_calendar calendar = germany();
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const int64_t from_ms = moment(cases[index].from);
        const int64_t until_ms = calendar_add(&calendar, from_ms, cases[index].minutes * MINUTES);
        assert_moment(until_ms, cases[index].until);
        assert_int_equal(calendar_between(&calendar, from_ms, until_ms),
                         cases[index].minutes * MINUTES);
    }
}

static void
days_that_make_up_for_a_holiday_are_worked(void **state)
{
    const struct business_calendar calendar = china();
    (void)state;
    assert_true(calendar_works(&calendar, day("2026-09-20")));
    assert_false(calendar_week_works(&calendar, day("2026-09-20")));
    assert_false(calendar_works(&calendar, day("2026-10-01")));
    assert_false(calendar_works(&calendar, day("2026-10-07")));
    assert_true(calendar_works(&calendar, day("2026-10-08")));
    assert_false(calendar_works(&calendar, day("2026-10-11")));
    /* Wednesday evening, over seven days off; then Friday evening, into the Saturday. */
    assert_moment(calendar_add(&calendar, moment("2026-09-30T17:30:00+08:00"), 2 * HOURS),
                  "2026-10-08T10:30:00+08:00");
    assert_moment(calendar_add(&calendar, moment("2026-10-09T17:30:00+08:00"), 2 * HOURS),
                  "2026-10-10T10:30:00+08:00");
    assert_moment(calendar_add_days(&calendar, moment("2026-10-08T11:00:00+08:00"), 3),
                  "2026-10-12T11:00:00+08:00");
    assert_int_equal(calendar_between(&calendar, moment("2026-09-28T00:00:00+08:00"),
                                      moment("2026-10-12T00:00:00+08:00")),
                     6 * 9 * HOURS);
}

static void
working_days_are_at_the_same_time_or_from_the_next_opening(void **state)
{
    static const struct {
        const char *from;
        int64_t days;
        const char *until;
    } cases[] = {
        {"2026-11-27T17:30:00+01:00", 0, "2026-11-27T17:30:00+01:00"},
        {"2026-11-27T17:30:00+01:00", 1, "2026-11-30T17:30:00+01:00"},
        {"2026-11-27T18:00:00+01:00", 1, "2026-11-30T18:00:00+01:00"},
        {"2026-11-27T20:00:00+01:00", 1, "2026-12-01T09:00:00+01:00"}, /* as on Monday 09:00 */
        {"2026-11-27T05:00:00+01:00", 1, "2026-11-30T09:00:00+01:00"},
        {"2026-11-29T12:00:00+01:00", 0, "2026-11-30T09:00:00+01:00"},
        {"2026-11-29T12:00:00+01:00", 1, "2026-12-01T09:00:00+01:00"},
        {"2026-04-02T10:15:00+02:00", 1, "2026-04-07T10:15:00+02:00"}, /* over Easter */
        {"2026-03-27T10:15:00+01:00", 1, "2026-03-30T10:15:00+02:00"}, /* clocks change */
        {"2026-10-23T10:15:00+02:00", 1, "2026-10-26T10:15:00+01:00"},
    };
    const struct business_calendar calendar = germany();
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        assert_moment(calendar_add_days(&calendar, moment(cases[index].from), cases[index].days),
                      cases[index].until);
    }
}

/* Hours of the night, on the Sundays on which the clocks of Berlin change at 02:00 and 03:00. */
static void
hours_go_by_local_clocks_where_these_change(void **state)
{
    static const struct working_hours night = {1 * HOURS, 5 * HOURS};
    static const struct working_hours left_out = {2 * HOURS, 3 * HOURS};
    struct business_calendar calendar;
    (void)state;
    assert_true(zone_use("Europe/Berlin"));
    assert_true(business_calendar_init(&calendar, EVERY_DAY, &night, NULL, 0));
    assert_int_equal(calendar_between(&calendar, moment("2026-03-29T00:00:00+01:00"),
                                      moment("2026-03-30T00:00:00+02:00")),
                     3 * HOURS);
    assert_int_equal(calendar_between(&calendar, moment("2026-10-25T00:00:00+02:00"),
                                      moment("2026-10-26T00:00:00+01:00")),
                     5 * HOURS);
    assert_moment(calendar_add(&calendar, moment("2026-03-29T01:30:00+01:00"), HOURS),
                  "2026-03-29T03:30:00+02:00");
    assert_moment(calendar_add(&calendar, moment("2026-10-25T01:30:00+02:00"), 2 * HOURS),
                  "2026-10-25T02:30:00+01:00");
    assert_moment(calendar_add_days(&calendar, moment("2026-03-28T02:30:00+01:00"), 1),
                  "2026-03-29T03:00:00+02:00");
    /* From opening to opening and from closing to closing, also where clocks leave it out. */
    const struct working_hours half_past = {2 * HOURS + 30 * MINUTES, 24 * HOURS};
    assert_true(business_calendar_init(&calendar, EVERY_DAY, &half_past, NULL, 0));
    assert_moment(calendar_add_days(&calendar, moment("2026-03-29T00:30:00+01:00"), 1),
                  "2026-03-30T02:30:00+02:00");
    assert_moment(calendar_add_days(&calendar, moment("2026-03-29T00:00:00+01:00"), 1),
                  "2026-03-30T00:00:00+02:00");
    /* A day whose only hour is left out counts as not worked. */
    assert_true(business_calendar_init(&calendar, EVERY_DAY, &left_out, NULL, 0));
    assert_moment(calendar_add_days(&calendar, moment("2026-03-28T02:30:00+01:00"), 1),
                  "2026-03-30T02:30:00+02:00");
    assert_moment(calendar_next_working(&calendar, moment("2026-03-29T01:00:00+01:00")),
                  "2026-03-30T02:00:00+02:00");
}

static void
the_zone_decides_what_day_it_is(void **state)
{
    struct business_calendar calendar = germany();
    const int64_t friday_evening_ms = moment("2026-11-27T16:30:00Z");
    (void)state;
    assert_moment(calendar_add(&calendar, friday_evening_ms, 2 * HOURS),
                  "2026-11-30T10:30:00+01:00");
    assert_true(zone_use("Asia/Shanghai")); /* there it is half past midnight on Saturday */
    assert_moment(calendar_add(&calendar, friday_evening_ms, 2 * HOURS),
                  "2026-11-30T11:00:00+08:00");
    assert_true(zone_use("America/New_York")); /* and there it is half past eleven */
    assert_moment(calendar_add(&calendar, friday_evening_ms, 2 * HOURS),
                  "2026-11-27T13:30:00-05:00");
}

static void
without_working_time_there_is_no_calendar(void **state)
{
    static const struct working_hours none = {9 * HOURS, 9 * HOURS};
    static const struct working_hours overnight = {22 * HOURS, 6 * HOURS};
    static const struct working_hours whole = {0, 24 * HOURS};
    struct business_calendar calendar = {0};
    (void)state;
    assert_false(business_calendar_init(&calendar, 0, &nine_to_six, chinese, 9));
    assert_false(business_calendar_init(&calendar, 1U << 7, &nine_to_six, NULL, 0));
    assert_false(business_calendar_init(&calendar, EVERY_DAY, &none, NULL, 0));
    assert_false(business_calendar_init(&calendar, EVERY_DAY, &overnight, NULL, 0));
    assert_int_equal(calendar.weekdays, 0);
    assert_true(business_calendar_init(&calendar, 1, &whole, NULL, 0));
}

/* Eleven years of holidays: nothing is found, and nothing runs for ever. */
static void
what_lies_beyond_ten_years_is_never(void **state)
{
    enum { DAYS = 11 * 366 };
    static struct calendar_exception holidays[DAYS];
    struct business_calendar calendar;
    const int64_t from_ms = moment("2026-11-27T17:30:00+01:00");
    (void)state;
    assert_true(zone_use("Europe/Berlin"));
    for (int index = 0; index < DAYS; index++) {
        holidays[index] = (struct calendar_exception){day("2026-11-01") + index, false};
    }
    assert_true(business_calendar_init(&calendar, EVERY_DAY, &nine_to_six, holidays, DAYS));
    assert_true(calendar_next_working(&calendar, from_ms) == CALENDAR_NEVER);
    assert_true(calendar_add(&calendar, from_ms, 0) == CALENDAR_NEVER);
    assert_true(calendar_add_days(&calendar, from_ms, 0) == CALENDAR_NEVER);
    assert_false(calendar_is_working(&calendar, from_ms));
    assert_int_equal(calendar_between(&calendar, from_ms, from_ms + 300 * DAY_MS), 0);
    calendar.exception_count = 0;
    assert_true(calendar_next_working(&calendar, CALENDAR_NEVER) == CALENDAR_NEVER);
    assert_false(calendar_is_working(&calendar, CALENDAR_NEVER));
    assert_true(calendar_add(&calendar, from_ms, INT64_MAX) == CALENDAR_NEVER);
    assert_true(calendar_add_days(&calendar, from_ms, INT64_MAX) == CALENDAR_NEVER);
    assert_true(calendar_add(&calendar, CALENDAR_NEVER, 5) == CALENDAR_NEVER);
    assert_true(calendar_add_days(&calendar, CALENDAR_NEVER, 5) == CALENDAR_NEVER);
    assert_true(calendar_between(&calendar, from_ms, CALENDAR_NEVER) == CALENDAR_NEVER);
    assert_true(calendar_between(&calendar, from_ms, from_ms + 3700 * DAY_MS) == CALENDAR_NEVER);
    assert_int_equal(calendar_between(&calendar, from_ms + 1, from_ms), 0);
}

/* ---- what holds for every calendar ---- */

enum { ROUNDS = 3000, EXCEPTIONS_MAX = 40 };

static uint64_t seed;

static int64_t
below(int64_t end)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)end);
}

struct drawn {
    struct business_calendar calendar;
    struct calendar_exception exceptions[EXCEPTIONS_MAX];
    int64_t from_ms;
};

/* Any hours, also those in which clocks change; the days lie about such a change. */
static void
draw(struct drawn *drawn, uint64_t round, bool by_day)
{
    static const char *const zones[] = {
        "UTC",           "Asia/Shanghai", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe",
        "Asia/Kathmandu"};
    struct working_hours hours;
    seed = round * 0x9E3779B97F4A7C15U + 1;
    assert_true(zone_use(zones[below(6)]));
    const int32_t first = day_of(2020, 2, 20) + (int32_t)below(260);
    hours.opens_ms = by_day ? (4 + below(8)) * HOURS : below(DAY_MS - 1);
    hours.closes_ms = hours.opens_ms + 1 + below(DAY_MS - hours.opens_ms);
    size_t count = 0;
    for (int32_t at = 0; at < EXCEPTIONS_MAX; at++) {
        if (below(3) == 0) {
            drawn->exceptions[count++] = (struct calendar_exception){first + at, below(2) == 0};
        }
    }
    assert_true(business_calendar_init(&drawn->calendar, (unsigned int)(1 + below(127)), &hours,
                                       drawn->exceptions, count));
    drawn->from_ms = day_begin(first) + below(30 * DAY_MS);
}

static void
what_was_added_lies_between(void **state)
{
    struct drawn drawn;
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        draw(&drawn, round, false);
        const struct business_calendar *calendar = &drawn.calendar;
        const int64_t added_ms = below(20 * (calendar->hours.closes_ms - calendar->hours.opens_ms));
        const int64_t more_ms = below(DAY_MS);
        const int64_t until_ms = calendar_add(calendar, drawn.from_ms, added_ms);
        assert_true(until_ms >= drawn.from_ms && until_ms != CALENDAR_NEVER);
        assert_int_equal(calendar_between(calendar, drawn.from_ms, until_ms), added_ms);
        assert_true(calendar_is_working(calendar, until_ms));
        assert_true(calendar_add(calendar, until_ms, 0) == until_ms);
        assert_true(calendar_add(calendar, until_ms, more_ms) ==
                    calendar_add(calendar, drawn.from_ms, added_ms + more_ms));
        /* It is the first such moment. */
        assert_true(until_ms == drawn.from_ms || added_ms == 0 ||
                    calendar_between(calendar, drawn.from_ms, until_ms - 1) == added_ms - 1);
        assert_true(calendar_next_working(calendar, drawn.from_ms) ==
                    calendar_add(calendar, drawn.from_ms, 0));
    }
}

static void
later_is_never_earlier(void **state)
{
    struct drawn drawn;
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        draw(&drawn, round, true);
        const struct business_calendar *calendar = &drawn.calendar;
        const int64_t from_ms = drawn.from_ms;
        const int64_t later_ms = from_ms + below(2 * DAY_MS);
        const int64_t added_ms = below(3 * DAY_MS);
        const int64_t days = below(10);
        const int64_t one_ms = calendar_between(calendar, from_ms, later_ms);
        assert_true(one_ms >= 0 && one_ms <= later_ms - from_ms);
        assert_true(calendar_add(calendar, from_ms, added_ms) <=
                    calendar_add(calendar, later_ms, added_ms));
        assert_true(calendar_add(calendar, from_ms, added_ms) <=
                    calendar_add(calendar, from_ms, added_ms + 1));
        assert_true(calendar_add_days(calendar, from_ms, days) <=
                    calendar_add_days(calendar, later_ms, days));
        assert_true(calendar_add_days(calendar, from_ms, days) <
                    calendar_add_days(calendar, from_ms, days + 1));
        assert_int_equal(one_ms + calendar_between(calendar, later_ms, later_ms + DAY_MS),
                         calendar_between(calendar, from_ms, later_ms + DAY_MS));
    }
}

/* Where clocks do not change within working hours, a working day is as long as they are. */
static void
a_working_day_is_a_day_of_working_hours(void **state)
{
    struct drawn drawn;
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        draw(&drawn, round, true);
        const struct business_calendar *calendar = &drawn.calendar;
        const int64_t length_ms = calendar->hours.closes_ms - calendar->hours.opens_ms;
        const int64_t days = below(12);
        const int64_t until_ms = calendar_add_days(calendar, drawn.from_ms, days);
        assert_true(calendar_is_working(calendar, until_ms));
        assert_int_equal(calendar_between(calendar, drawn.from_ms, until_ms), days * length_ms);
        assert_true(calendar_works(calendar, moment_day(until_ms - 1)));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_alone_are_counted_without_hours),
        cmocka_unit_test(working_hours_go_on_after_the_weekend),
        cmocka_unit_test(days_that_make_up_for_a_holiday_are_worked),
        cmocka_unit_test(working_days_are_at_the_same_time_or_from_the_next_opening),
        cmocka_unit_test(hours_go_by_local_clocks_where_these_change),
        cmocka_unit_test(the_zone_decides_what_day_it_is),
        cmocka_unit_test(without_working_time_there_is_no_calendar),
        cmocka_unit_test(what_lies_beyond_ten_years_is_never),
        cmocka_unit_test(what_was_added_lies_between),
        cmocka_unit_test(later_is_never_earlier),
        cmocka_unit_test(a_working_day_is_a_day_of_working_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
