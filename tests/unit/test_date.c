#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
days_go_to_and_fro_for_a_thousand_years(void **state)
{
    int32_t expected = day_of(1900, 1, 1);
    (void)state;
    assert_int_equal(expected, -25567);
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(2026, 11, 24), 20781);
    for (int year = 1900; year < 2999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= 31 && day_is_real(year, month, day); day++) {
                int split_year, split_month, split_day;
                assert_int_equal(day_of(year, month, day), expected);
                day_split(expected, &split_year, &split_month, &split_day);
                assert_true(split_year == year && split_month == month && split_day == day);
                expected++;
            }
        }
    }
}

static void
only_real_dates_are_taken(void **state)
{
    static const char *const good[] = {"2026-11-24", "2024-02-29", "2000-02-29", "1900-01-01",
                                       "2999-12-31"};
    static const char *const bad[] = {
        "",           "2026-02-29",  "1900-02-29", "2026-13-01", "2026-00-10",  "2026-04-31",
        "2026-11-00", "26-11-24",    "2026-1-2",   "2026/11/24", "2026-11-24 ", " 2026-11-24",
        "2026-11-2x", "20261-11-24", "1899-12-31", "3000-01-01", "2026-11",
    };
    char text[DATE_TEXT_SIZE];
    (void)state;
    for (size_t index = 0; index < sizeof good / sizeof good[0]; index++) {
        int32_t day = DAY_NONE;
        assert_true(day_parse(good[index], &day));
        assert_string_equal(day_format(text, day), good[index]);
    }
    for (size_t index = 0; index < sizeof bad / sizeof bad[0]; index++) {
        int32_t day = 77;
        assert_false(day_parse(bad[index], &day));
        assert_int_equal(day, 77);
    }
    assert_string_equal(day_format(text, DAY_NONE), "");
}

static void
weekdays_are_those_of_iso_8601(void **state)
{
    (void)state;
    assert_int_equal(day_weekday(day_of(2026, 11, 24)), 2);
    assert_int_equal(day_weekday(day_of(1969, 12, 28)), 7);
    for (int32_t day = -10; day < 10; day++) {
        assert_int_equal(day_weekday(day + 1), day_weekday(day) % 7 + 1);
    }
}

static void
moments_are_those_of_rfc_3339(void **state)
{
    static const struct {
        const char *text;
        int64_t moment_ms;
    } good[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2026-11-24T09:30:00Z", INT64_C(1795512600000)},
        {"2026-11-24T17:30:00+08:00", INT64_C(1795512600000)},
        {"2026-11-24T04:30-05:00", INT64_C(1795512600000)},
        {"2026-11-24 09:30:00.25Z", INT64_C(1795512600250)},
        {"2026-11-24T09:30:00.1239Z", INT64_C(1795512600123)},
        {"1969-12-31T23:59:59.999Z", -1},
        {"2026-11-24", INT64_C(1795478400000)}, /* midnight of the local zone, here UTC */
    };
    static const char *const bad[] = {
        "2026-11-24T09:30:00",
        "2026-11-24T24:00:00Z",
        "2026-11-24T09:60:00Z",
        "2026-11-24T09:30:61Z",
        "2026-11-24T9:30Z",
        "2026-11-24T09:30:00+8:00",
        "2026-11-24T09:30:00.Z",
        "2026-02-30T00:00:00Z",
        "2026-11-24T09:30:00+15:00",
        "2026-11-24T09:30:00Z ",
        "",
        "2026-11-24T",
        "2026-11-24t09:30:00zulu",
        "2026-11-24T09:30:00+0800",
    };
    (void)state;
    assert_true(zone_use("UTC"));
    for (size_t index = 0; index < sizeof good / sizeof good[0]; index++) {
        int64_t moment_ms = 5;
        assert_true(moment_parse(good[index].text, &moment_ms));
        assert_int_equal(moment_ms, good[index].moment_ms);
    }
    for (size_t index = 0; index < sizeof bad / sizeof bad[0]; index++) {
        int64_t moment_ms = 5;
        assert_false(moment_parse(bad[index], &moment_ms));
        assert_int_equal(moment_ms, 5);
    }
}

static void
moments_are_shown_in_the_local_zone(void **state)
{
    char text[TIME_TEXT_SIZE];
    (void)state;
    assert_true(zone_use("Asia/Shanghai"));
    assert_string_equal(moment_format(text, INT64_C(1795512600999)), "2026-11-24T17:30:00+08:00");
    assert_true(zone_use("Europe/London"));
    assert_string_equal(moment_format(text, INT64_C(1795512600000)), "2026-11-24T09:30:00Z");
    assert_true(zone_use("America/St_Johns"));
    assert_string_equal(moment_format(text, INT64_C(1795512600000)), "2026-11-24T06:00:00-03:30");
    assert_string_equal(moment_format(text, -1), "1969-12-31T20:29:59-03:30");
}

/* The same moment lies on different days; clocks that change make days of 23, 25 and 23.5 hours,
 * and midnights that do not exist (Sao Paulo 2018-11-04, Beirut) or exist twice (Havana). */
static void
days_begin_at_their_first_moment(void **state)
{
    static const struct {
        const char *zone;
        int year, month, day;
        const char *begins;
        int hours;
    } cases[] = {
        {"UTC", 2026, 3, 29, "2026-03-29T00:00:00Z", 24},
        {"Europe/Berlin", 2026, 3, 29, "2026-03-28T23:00:00Z", 23},
        {"Europe/Berlin", 2026, 10, 25, "2026-10-24T22:00:00Z", 25},
        {"Asia/Shanghai", 2026, 11, 24, "2026-11-23T16:00:00Z", 24},
        {"America/Sao_Paulo", 2018, 11, 4, "2018-11-04T03:00:00Z", 23},
        {"Asia/Beirut", 2019, 3, 31, "2019-03-30T22:00:00Z", 23},
        {"America/Havana", 2020, 11, 1, "2020-11-01T04:00:00Z", 25},
        {"America/New_York", 1969, 12, 31, "1969-12-31T05:00:00Z", 24},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const int32_t day = day_of(cases[index].year, cases[index].month, cases[index].day);
        int64_t begins_ms;
        assert_true(moment_parse(cases[index].begins, &begins_ms));
        assert_true(zone_use(cases[index].zone));
        assert_int_equal(day_begin(day), begins_ms);
        assert_int_equal(day_begin(day + 1) - begins_ms, cases[index].hours * INT64_C(3600000));
        assert_int_equal(moment_day(begins_ms), day);
        assert_int_equal(moment_day(begins_ms - 1), day - 1);
    }
}

static void
every_day_of_ten_years_begins_on_itself(void **state)
{
    static const char *const zones[] = {"America/Sao_Paulo",   "Asia/Beirut",
                                        "America/Havana",      "Europe/Berlin",
                                        "Australia/Lord_Howe", "Asia/Tehran"};
    (void)state;
    for (size_t zone = 0; zone < sizeof zones / sizeof zones[0]; zone++) {
        assert_true(zone_use(zones[zone]));
        for (int32_t day = day_of(2014, 1, 1); day < day_of(2024, 1, 1); day++) {
            assert_int_equal(moment_day(day_begin(day)), day);
            assert_int_equal(moment_day(day_begin(day) - 1), day - 1);
        }
    }
}

static void
times_of_a_day_are_found_also_where_clocks_change(void **state)
{
    static const struct {
        const char *zone;
        const char *day;
        int minutes;
        const char *moment;
    } cases[] = {
        {"Asia/Shanghai", "2026-11-24", 9 * 60, "2026-11-24T09:00:00+08:00"},
        {"Asia/Shanghai", "2026-11-24", 24 * 60, "2026-11-25T00:00:00+08:00"},
        {"Europe/Berlin", "2026-03-29", 60, "2026-03-29T01:00:00+01:00"},
        {"Europe/Berlin", "2026-03-29", 2 * 60 + 37, "2026-03-29T03:00:00+02:00"}, /* left out */
        {"Europe/Berlin", "2026-03-29", 3 * 60 + 7, "2026-03-29T03:07:00+02:00"},
        {"Europe/Berlin", "2026-03-29", 18 * 60, "2026-03-29T18:00:00+02:00"},
        {"Europe/Berlin", "2026-10-25", 2 * 60 + 37, "2026-10-25T02:37:00+02:00"}, /* the first */
        {"Europe/Berlin", "2026-10-25", 9 * 60 + 1, "2026-10-25T09:01:00+01:00"},
        {"Australia/Lord_Howe", "2026-10-04", 2 * 60 + 10, "2026-10-04T02:30:00+11:00"},
        {"America/Sao_Paulo", "2018-11-04", 30, "2018-11-04T01:00:00-02:00"},
        {"Pacific/Apia", "2011-12-30", 9 * 60, "2011-12-31T00:00:00+14:00"}, /* no such day */
    };
    char text[TIME_TEXT_SIZE];
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        int32_t day;
        assert_true(zone_use(cases[index].zone));
        assert_true(day_parse(cases[index].day, &day));
        const int64_t moment_ms = day_moment(day, cases[index].minutes * INT64_C(60000));
        assert_string_equal(moment_format(text, moment_ms), cases[index].moment);
    }
    assert_true(zone_use("Asia/Shanghai"));
    assert_int_equal(moment_time(-1), 8 * 3600000 - 1);
    assert_true(zone_use("America/New_York"));
    assert_int_equal(moment_time(0), 19 * 3600000);
}

static void
only_known_zones_are_used(void **state)
{
    static const char *const bad[] = {
        "", "Mars/Olympus", "/etc/passwd", "../../etc/passwd", "Asia/../UTC", ".hidden",
        /* there, but no zones */
        "Europe", "Asia/", "zone.tab", "tzdata.zi", "right/Europe/Berlin"};
    (void)state;
    for (size_t index = 0; index < sizeof bad / sizeof bad[0]; index++) {
        assert_false(zone_use(bad[index]));
    }
    assert_true(zone_use("UTC"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_go_to_and_fro_for_a_thousand_years),
        cmocka_unit_test(only_real_dates_are_taken),
        cmocka_unit_test(weekdays_are_those_of_iso_8601),
        cmocka_unit_test(moments_are_those_of_rfc_3339),
        cmocka_unit_test(moments_are_shown_in_the_local_zone),
        cmocka_unit_test(days_begin_at_their_first_moment),
        cmocka_unit_test(every_day_of_ten_years_begins_on_itself),
        cmocka_unit_test(times_of_a_day_are_found_also_where_clocks_change),
        cmocka_unit_test(only_known_zones_are_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
