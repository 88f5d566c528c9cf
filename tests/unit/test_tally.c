#include "base/tally.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void
rows_of_a_key_are_added_up(void **state)
{
    OWNED(tally) tally = {0};
    (void)state;
    tally_init(&tally, 2, 3);
    for (int round = 0; round < 3; round++) {
        for (int64_t number = 0; number < 5000; number++) {
            char name[24];
            snprintf(name, sizeof name, "P-%d", (int)number);
            const size_t group = tally_at(&tally, (const char *const[]){"EUR", name});
            assert_int_equal(group, number);
            tally_add(&tally, group, 0, number);
            tally_add(&tally, group, 2, -1);
        }
    }
    assert_int_equal(tally.count, 5000);
    for (size_t group = 0; group < tally.count; group++) {
        assert_int_equal(tally_sums(&tally, group)[0], 3 * group);
        assert_int_equal(tally_sums(&tally, group)[1], 0);
        assert_int_equal(tally_sums(&tally, group)[2], -3);
    }
    assert_string_equal(tally_part(&tally, 4999, 0), "EUR");
    assert_string_equal(tally_part(&tally, 4999, 1), "P-4999");
    assert_false(tally.is_beyond);
}

static void
keys_are_apart_where_their_texts_are(void **state)
{
    OWNED(tally) tally = {0};
    (void)state;
    tally_init(&tally, 3, 1);
    assert_int_equal(tally_at(&tally, (const char *const[]){"a", "bc", ""}), 0);
    assert_int_equal(tally_at(&tally, (const char *const[]){"ab", "c", ""}), 1);
    assert_int_equal(tally_at(&tally, (const char *const[]){"", "abc", ""}), 2);
    assert_int_equal(tally_at(&tally, (const char *const[]){"a", "bc", ""}), 0);
    assert_int_equal(tally_find(&tally, (const char *const[]){"ab", "c", ""}), 1);
    assert_true(tally_find(&tally, (const char *const[]){"abc", "", ""}) == SIZE_MAX);
    assert_int_equal(tally.count, 3);
}

/* Part by part, as SQLite would: what is shorter goes before. */
static void
groups_are_put_in_the_order_of_their_keys(void **state)
{
    static const char *const keys[][2] = {
        {"USD", "A"}, {"EUR", "B-10"}, {"EUR", "B"}, {"EUR", "\xE8\x8C\xB6"}, {"EUR", ""}};
    static const size_t expected[] = {4, 2, 1, 3, 0};
    OWNED(tally) tally = {0};
    (void)state;
    tally_init(&tally, 2, 1);
    for (size_t index = 0; index < 5; index++) {
        tally_at(&tally, keys[index]);
    }
    size_t *order = tally_order(&tally);
    for (size_t index = 0; index < 5; index++) {
        assert_int_equal(order[index], expected[index]);
    }
    free(order);
}

static void
a_sum_beyond_64_bits_is_told(void **state)
{
    OWNED(tally) tally = {0};
    (void)state;
    tally_init(&tally, 1, 1);
    const size_t group = tally_at(&tally, (const char *const[]){"x"});
    tally_add(&tally, group, 0, INT64_MAX);
    assert_false(tally.is_beyond);
    tally_add(&tally, group, 0, 1);
    assert_true(tally.is_beyond);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_key_are_added_up),
        cmocka_unit_test(keys_are_apart_where_their_texts_are),
        cmocka_unit_test(groups_are_put_in_the_order_of_their_keys),
        cmocka_unit_test(a_sum_beyond_64_bits_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
