/* Percentiles by nearest rank, against the definition; and working time worked out beforehand,
 * against the calendar. */
#include "reports/samples.h"

#include "base/date.h"
#include "base/fault.h"
#include "reports/working_time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static uint32_t
draw(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

/* The least sample that at least so many percent do not exceed. */
static int64_t
by_definition(const struct sample_set *set, int percent)
{
    for (size_t place = 1; place <= set->count; place++) {
        if (place * 100 >= set->count * (size_t)percent) {
            return set->values[place - 1];
        }
    }
    return -1;
}

static void
percentiles_are_nearest_ranks(void **state)
{
    uint32_t seed = 7;
    (void)state;
    for (size_t count = 1; count <= 230; count++) {
        struct samples samples = {0};
        int64_t total = 0;
        for (size_t index = 0; index < count; index++) {
            const int64_t value = draw(&seed) % 100;
            samples_add(&samples, 3, "a", value);
            samples_add(&samples, 3, "b", 1);
            total += value;
        }
        samples_sort(&samples);
        const struct sample_set *set = samples_find(&samples, 3, "a");
        assert_int_equal(set->count, count);
        assert_int_equal(set->total, total);
        assert_null(samples_find(&samples, 2, "a"));
        for (int percent = 1; percent <= 100; percent++) {
            assert_int_equal(sample_percentile(set, percent), by_definition(set, percent));
        }
        for (int64_t value = -1; value <= 100; value += 7) {
            size_t above = 0;
            for (size_t index = 0; index < count; index++) {
                above += set->values[index] > value;
            }
            assert_int_equal(sample_count_above(set, value), above);
        }
        samples_close(&samples);
    }
}

static void
totals_beyond_64_bits_stay_at_their_end(void **state)
{
    struct samples samples = {0};
    (void)state;
    samples_add(&samples, 0, "", INT64_MAX - 1);
    samples_add(&samples, 0, "", 5);
    assert_int_equal(samples_find(&samples, 0, "")->total, INT64_MAX);
    samples_close(&samples);
}

/* Berlin has days of 23 and 25 hours; nobody works then at two in the night, or some do. */
static void
working_days_agree_with_the_calendar(void **state)
{
    struct calendar_exception exceptions[] = {{20553, true}, {20560, false}};
    static const struct working_hours hours[] = {
        {9 * DAY_MS / 24, 18 * DAY_MS / 24}, {0, DAY_MS}, {2 * DAY_MS / 24, 3 * DAY_MS / 24}};
    uint32_t seed = 11;
    (void)state;
    assert_true(zone_use("Europe/Berlin"));
    for (size_t index = 0; index < sizeof hours / sizeof hours[0]; index++) {
        OWNED(arena) arena = {0};
        struct business_calendar calendar;
        struct working_days days;
        arena_init(&arena, 1 << 20);
        assert_true(business_calendar_init(&calendar, 31, &hours[index], exceptions, 2));
        working_days_init(&days, &calendar, day_of(2026, 3, 1), day_of(2026, 11, 15), &arena);
        for (int turn = 0; turn < 20000; turn++) {
            const int64_t span_ms = 280 * DAY_MS; /* some lie outside */
            const int64_t first_ms = day_begin(day_of(2026, 2, 20));
            const int64_t from_ms = first_ms + (int64_t)draw(&seed) * 3000 % span_ms;
            const int64_t to_ms = first_ms + (int64_t)draw(&seed) * 3000 % span_ms;
            assert_int_equal(working_days_between(&days, from_ms, to_ms),
                             calendar_between(&calendar, from_ms, to_ms));
            assert_int_equal(working_days_day(&days, from_ms), moment_day(from_ms));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentiles_are_nearest_ranks),
        cmocka_unit_test(totals_beyond_64_bits_stay_at_their_end),
        cmocka_unit_test(working_days_agree_with_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
