#include "base/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void
parse_judges_every_notation(void **state)
{
    static const struct {
        const char *text;
        int places;
        enum decimal_verdict verdict;
        int64_t value;
    } cases[] = {
        {"12.50", 2, DECIMAL_FINE, 1250},
        {"-0.01", 2, DECIMAL_FINE, -1},
        {"+7", 0, DECIMAL_FINE, 7},
        {".5", 1, DECIMAL_FINE, 5},
        {"1.", 2, DECIMAL_FINE, 100},
        {"1.2300", 2, DECIMAL_FINE, 123},
        {"1.234", 2, DECIMAL_TOO_PRECISE, 0},
        {"", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"-", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"1,5", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"1e3", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"1.2.3", 2, DECIMAL_NOT_A_NUMBER, 0},
        {" 1", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"9223372036854775807", 0, DECIMAL_FINE, INT64_MAX},
        {"9223372036854775808", 0, DECIMAL_TOO_LARGE, 0},
        {"99999999999999999999999999999999999999999999", 2, DECIMAL_TOO_LARGE, 0},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        int64_t value = 0;
        assert_int_equal(decimal_parse(cases[index].text, cases[index].places, &value),
                         cases[index].verdict);
        assert_int_equal(value, cases[index].value);
    }
}

static void
format_shows_what_was_parsed(void **state)
{
    char text[DECIMAL_TEXT_SIZE];
    (void)state;
    assert_string_equal(decimal_format(text, 12500000, 6, 2), "12.50");
    assert_string_equal(decimal_format(text, -1, 2, 2), "-0.01");
    assert_string_equal(decimal_format(text, 0, 2, 2), "0.00");
    assert_string_equal(decimal_format(text, 1234567, 6, 0), "1.234567");
    assert_string_equal(decimal_format(text, 3000000, 6, 0), "3");
    assert_string_equal(decimal_format(text, INT64_MIN, 0, 0), "-9223372036854775808");
}

static void
rounding_is_by_the_named_rule(void **state)
{
    (void)state;
    assert_int_equal(decimal_divide(5, 2, ROUND_HALF_UP), 3);
    assert_int_equal(decimal_divide(-5, 2, ROUND_HALF_UP), -3);
    assert_int_equal(decimal_divide(5, 2, ROUND_HALF_EVEN), 2);
    assert_int_equal(decimal_divide(7, 2, ROUND_HALF_EVEN), 4);
    assert_int_equal(decimal_divide(-5, 2, ROUND_HALF_EVEN), -2);
    assert_int_equal(decimal_divide(9, 10, ROUND_DOWN), 0);
    assert_int_equal(decimal_divide(-1, 10, ROUND_UP), -1);
    /* Tax 21 % of 21.40 is 4.494: one line of two rounds to 4.49, two lines of one to 2 x 2.25. */
    assert_int_equal(money_rate(2140, 210000, ROUND_HALF_UP), 449);
    assert_int_equal(money_rate(1070, 210000, ROUND_HALF_UP), 225);
    assert_int_equal(money_extend(1150000, 100 * MICROS, 2, ROUND_HALF_UP), 11500);
    assert_int_equal(money_extend(333333, 3 * MICROS, 2, ROUND_HALF_UP), 100);
}

static void
shares_add_up_by_largest_remainder(void **state)
{
    static const struct {
        int64_t total;
        int64_t weights[3];
        int64_t shares[3];
    } cases[] = {
        {1000, {3333, 3333, 3334}, {333, 333, 334}},
        {5000, {100, 100, 100}, {1667, 1667, 1666}},
        {999, {50, 30, 20}, {499, 300, 200}},
        {1, {1, 1, 1}, {1, 0, 0}},
        {-1, {1, 1, 1}, {-1, 0, 0}},
        {7, {0, 0, 0}, {7, 0, 0}},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        int64_t shares[3];
        money_share(cases[index].total, cases[index].weights, 3, shares);
        assert_memory_equal(shares, cases[index].shares, sizeof shares);
    }
}

/* Nearly every share is short of a unit; were each unit to look at every share, this would take
 * hours. */
static void
many_shares_are_handed_out_at_once(void **state)
{
    enum { COUNT = 1000000 };
    int64_t *weights = calloc(COUNT, sizeof *weights);
    int64_t *shares = calloc(COUNT, sizeof *shares);
    int64_t sum = 0;
    (void)state;
    for (size_t index = 0; index < COUNT; index++) {
        weights[index] = 1;
    }
    money_share(COUNT - 1, weights, COUNT, shares);
    for (size_t index = 0; index < COUNT; index++) {
        assert_int_equal(shares[index], index < COUNT - 1); /* ties go to the lower index */
        sum += shares[index];
    }
    assert_int_equal(sum, COUNT - 1);
    free(weights);
    free(shares);
}

static void
a_minor_unit_is_so_many_picos(void **state)
{
    (void)state;
    assert_true(money_unit_picos(0) == (int128)MICROS * MICROS);
    assert_true(money_unit_picos(2) == (int128)MICROS * 10000);
    assert_true(money_unit_picos(3) == (int128)MICROS * 1000);
    assert_int_equal(money_of_picos(money_unit_picos(2) * 7, 2, ROUND_DOWN), 7);
}

static void
numbers_are_compared_without_overflow(void **state)
{
    (void)state;
    assert_true(number_compare(INT64_MIN, INT64_MAX) < 0);
    assert_true(number_compare(INT64_MAX, INT64_MIN) > 0);
    assert_int_equal(number_compare(INT64_MIN, INT64_MIN), 0);
}

static void
currencies_have_their_exponent(void **state)
{
    (void)state;
    assert_int_equal(currency_exponent("EUR"), 2);
    assert_int_equal(currency_exponent("JPY"), 0);
    assert_int_equal(currency_exponent("KWD"), 3);
    assert_int_equal(currency_exponent("eur"), -1);
    assert_int_equal(currency_exponent("EU "), -1);
    assert_int_equal(currency_exponent(""), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_judges_every_notation),
        cmocka_unit_test(format_shows_what_was_parsed),
        cmocka_unit_test(rounding_is_by_the_named_rule),
        cmocka_unit_test(shares_add_up_by_largest_remainder),
        cmocka_unit_test(many_shares_are_handed_out_at_once),
        cmocka_unit_test(a_minor_unit_is_so_many_picos),
        cmocka_unit_test(numbers_are_compared_without_overflow),
        cmocka_unit_test(currencies_have_their_exponent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
