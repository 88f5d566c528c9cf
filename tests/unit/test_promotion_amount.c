/* How amounts are shared, rounded and bounded; thresholds and what repeats. */
#include "promotion_bench.h"

/* 满300减50 over three lines of 100.00. */
static void
an_order_amount_is_shared_by_largest_remainder(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_order_amount(&bench, "FULL", 30000, 5000);
    for (int line = 0; line < 3; line++) {
        add_line(&bench, "TEA-1", 1, 10000);
    }
    apply(&bench);
    assert_int_equal(total(&bench), 25000);
    static const int64_t shares[] = {1667, 1667, 1666};
    for (size_t index = 0; index < 3; index++) {
        assert_int_equal(bench.result.reductions[index].reduction_minor, shares[index]);
        assert_int_equal(bench.result.reductions[index].before_minor, 10000);
    }
    assert_int_equal(use_of(&bench, "FULL")->uses, 1);
}

static void
shares_foot_to_the_amount(void **state)
{
    static const struct {
        int64_t amount, lines[3], shares[3];
    } cases[] = {{1000, {3333, 3333, 3334}, {333, 333, 334}},
                 {5000, {10000, 10000, 10000}, {1667, 1667, 1666}},
                 {999, {5000, 3000, 2000}, {499, 300, 200}},
                 {1, {100, 100, 100}, {1, 0, 0}}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        add_order_amount(&bench, "OFF", 0, cases[index].amount);
        for (size_t line = 0; line < 3; line++) {
            add_line(&bench, "TEA-1", 1, cases[index].lines[line]);
        }
        apply(&bench);
        for (size_t line = 0; line < 3; line++) {
            assert_int_equal(cases[index].lines[line] - bench.result.net_minor[line],
                             cases[index].shares[line]);
        }
    }
}

static void
hundred_percent_is_exactly_zero(void **state)
{
    static const int64_t amounts[] = {1150, 560, 892, 4491, 21726, 240000, 1};
    (void)state;
    for (int level = 0; level < 2; level++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *all = add_percent(&bench, "ALL", 100);
        all->level = level == 0 ? LEVEL_LINE : LEVEL_ORDER;
        add_percent(&bench, "BEFORE", 7)->priority = 9;
        bench.basket.model = MODEL_ACROSS;
        for (size_t index = 0; index < sizeof amounts / sizeof amounts[0]; index++) {
            add_line(&bench, "TEA-1", 3, amounts[index]);
        }
        apply(&bench);
        for (size_t index = 0; index < sizeof amounts / sizeof amounts[0]; index++) {
            assert_int_equal(bench.result.net_minor[index], 0);
        }
    }
}

static void
a_percentage_of_a_line_is_rounded_half_up(void **state)
{
    static const struct {
        int64_t micros, amount, left;
    } cases[] = {{150000, 10, 8},
                 {150000, 30, 25},
                 {5000, 100, 99},
                 {4999, 100, 100},
                 {333333, INT64_C(900000000000000), INT64_C(600000300000000)}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        add_row(&bench, "OFF", ACTION_PERCENT)->value_micros = cases[index].micros;
        add_line(&bench, "TEA-1", 1, cases[index].amount);
        apply(&bench);
        assert_int_equal(total(&bench), cases[index].left);
        assert_verdict(&bench, "OFF",
                       cases[index].left == cases[index].amount ? PROMOTION_NOTHING
                                                                : PROMOTION_APPLIED);
    }
}

static void
no_line_goes_below_zero(void **state)
{
    static const enum promotion_action actions[] = {ACTION_AMOUNT, ACTION_AMOUNT_UNIT};
    (void)state;
    for (size_t index = 0; index < 4; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *off = add_row(&bench, "OFF", actions[index / 2]);
        off->value_minor = INT64_C(1000000000000000);
        off->together = index % 2 == 1;
        add_line(&bench, "TEA-1", 1000000000, 500);
        add_line(&bench, "TEA-1", 1, 0);
        apply(&bench);
        assert_int_equal(total(&bench), 0);
        assert_int_equal(bench.result.reduction_count, 1);
    }
}

/* 2.5 units at 4.00: 0.30 off each; then a fixed price of 3.33 (8.325). */
static void
parts_of_units_count_for_prices_and_amounts_per_unit(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_row(&bench, "UNIT", ACTION_AMOUNT_UNIT)->value_minor = 30;
    add_line(&bench, "TEA-1", 1, 1000)->quantity_micros = 2500000;
    apply(&bench);
    assert_int_equal(total(&bench), 925);
    bench.rows[0].action = ACTION_FIXED_PRICE;
    bench.rows[0].value_micros = 3330000;
    apply(&bench);
    assert_int_equal(total(&bench), 833);
}

static void
a_fixed_price_that_is_higher_does_nothing(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *row = add_row(&bench, "PRICE", ACTION_FIXED_PRICE);
    row->value_micros = 5 * MICROS;
    row->together = true;
    add_line(&bench, "TEA-1", 2, 1000);
    apply(&bench);
    assert_verdict(&bench, "PRICE", PROMOTION_NOTHING);
    row->value_micros = DECIMAL_MICROS_MAX;
    bench.lines[0].quantity_micros = DECIMAL_MICROS_MAX;
    apply(&bench);
    assert_verdict(&bench, "PRICE", PROMOTION_NOTHING);
    row->value_micros = 0;
    apply(&bench);
    assert_int_equal(total(&bench), 0);
}

static void
currencies_without_cents_are_whole(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    bench.basket.currency = "JPY";
    bench.basket.exponent = 0;
    add_row(&bench, "PRICE", ACTION_FIXED_PRICE)->value_micros = 99500000;
    add_line(&bench, "TEA-1", 3, 400);
    apply(&bench);
    assert_int_equal(total(&bench), 299); /* 298.5 */
}

/* --- thresholds --- */

/* Goods of 400 with 30 % off are 280: is 300 reached? */
static void
a_threshold_is_compared_before_or_after_other_reductions(void **state)
{
    (void)state;
    for (int base = 0; base < BASE_COUNT; base++) {
        OWNED(bench) bench;
        bench_init(&bench);
        add_percent(&bench, "SALE", 30);
        add_order_amount(&bench, "FULL", 30000, 5000)->base = (enum threshold_base)base;
        add_line(&bench, "TEA-1", 2, 40000);
        apply(&bench);
        assert_int_equal(total(&bench), base == BASE_LIST ? 23000 : 28000);
        assert_verdict(&bench, "FULL", base == BASE_LIST ? PROMOTION_APPLIED : PROMOTION_AMOUNT);
        assert_int_equal(told_of(&bench, "FULL", 0)->compared, base == BASE_LIST ? 0 : 28000);
    }
}

/* Its own reduction never counts against it: 300 stays 300, whatever it takes off. */
static void
a_threshold_is_compared_before_its_own_reduction(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *full = add_order_amount(&bench, "FULL", 10000, 5000);
    full->base = BASE_REDUCED;
    full->repeats = true;
    add_line(&bench, "TEA-1", 1, 30000);
    apply(&bench);
    assert_int_equal(total(&bench), 15000);
    assert_int_equal(use_of(&bench, "FULL")->uses, 3);
}

/* 每满300减50 */
static void
what_repeats_is_given_each_time(void **state)
{
    static const struct {
        int64_t list, limit, left, uses;
    } cases[] = {{29999, 0, 29999, 0}, {30000, 0, 25000, 1}, {59999, 0, 54999, 1},
                 {60000, 0, 50000, 2}, {95000, 0, 80000, 3}, {95000, 2, 85000, 2}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *full = add_order_amount(&bench, "FULL", 30000, 5000);
        full->repeats = true;
        full->limit_order = cases[index].limit;
        add_line(&bench, "TEA-1", 1, cases[index].list);
        apply(&bench);
        assert_int_equal(total(&bench), cases[index].left);
        assert_int_equal(bench.result.use_count, cases[index].uses > 0);
        assert_int_equal(told_of(&bench, "FULL", 0)->uses, cases[index].uses);
    }
}

/* 2 for each 6 units worth 50.00 of the category, whichever is reached less often. */
static void
quantity_and_amount_must_both_be_there(void **state)
{
    static const struct {
        int64_t quantity, list, left;
        enum promotion_verdict verdict;
    } cases[] = {{5, 90000, 90000, PROMOTION_QUANTITY},
                 {6, 4999, 4999, PROMOTION_AMOUNT},
                 {6, 90000, 89800, PROMOTION_APPLIED},
                 {18, 10000, 9600, PROMOTION_APPLIED}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_amount(&bench, "BOTH", 200);
        row->categories = "tea";
        row->together = true;
        row->repeats = true;
        row->minimum_quantity_micros = 6 * MICROS;
        row->minimum_amount_minor = 5000;
        add_line(&bench, "TEA-1", cases[index].quantity - 1, cases[index].list - 1000);
        add_line(&bench, "TEA-2", 1, 1000);
        add_line(&bench, "MUG-1", 50, 100000)->category = "mugs";
        apply(&bench);
        assert_verdict(&bench, "BOTH", cases[index].verdict);
        assert_int_equal(total(&bench), cases[index].left + 100000);
    }
}

/* Where every line stands alone, each must reach the threshold. */
static void
lines_alone_reach_thresholds_alone(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_percent(&bench, "MANY", 10)->minimum_quantity_micros = 10 * MICROS;
    add_line(&bench, "TEA-1", 9, 10000);
    add_line(&bench, "TEA-1", 10, 10000);
    apply(&bench);
    assert_int_equal(bench.result.net_minor[0], 10000);
    assert_int_equal(bench.result.net_minor[1], 9000);
    assert_verdict(&bench, "MANY", PROMOTION_QUANTITY);
    assert_int_equal(told_of(&bench, "MANY", 0)->line, 0);
    assert_int_equal(told_of(&bench, "MANY", 0)->compared, 9 * MICROS);
}

/* What is closed to a promotion does not count towards its threshold. */
static void
a_threshold_counts_what_may_be_taken(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *only = add_percent(&bench, "ONLY", 10);
    only->mode = MODE_EXCLUSIVE;
    only->skus = "TEA-1";
    add_order_amount(&bench, "FULL", 20000, 1000);
    add_line(&bench, "TEA-1", 1, 15000);
    add_line(&bench, "TEA-2", 1, 15000);
    apply(&bench);
    assert_verdict(&bench, "FULL", PROMOTION_AMOUNT);
    assert_int_equal(told_of(&bench, "FULL", 0)->compared, 15000);
}

static void
stages_follow_each_other(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_percent(&bench, "C-ORDER", 10)->level = LEVEL_ORDER;
    struct promotion *some = add_percent(&bench, "B-SOME", 20);
    some->minimum_quantity_micros = 1;
    some->priority = -5;
    add_percent(&bench, "Z-LINE", 50)->priority = -9;
    add_line(&bench, "TEA-1", 1, 10000);
    apply(&bench);
    assert_int_equal(total(&bench), 3600);
    assert_string_equal(bench.result.reductions[0].promotion->code, "Z-LINE");
    assert_string_equal(bench.result.reductions[2].promotion->code, "C-ORDER");
}

/* --- how much one line takes --- */

static void
a_line_takes_only_so_many_promotions(void **state)
{
    static char codes[PROMOTION_STACK_MAX + 5][8];
    (void)state;
    for (int model = 0; model < MODEL_COUNT; model++) {
        OWNED(bench) bench;
        bench_init(&bench);
        bench.basket.model = (enum promotion_model)model;
        for (int index = 0; index < PROMOTION_STACK_MAX + 5; index++) {
            snprintf(codes[index], sizeof codes[index], "P%02d", index);
            add_percent(&bench, codes[index], 1)->priority = model == MODEL_WITHIN ? 0 : index;
        }
        add_line(&bench, "TEA-1", 1, 1000000);
        apply(&bench);
        assert_int_equal(bench.result.reduction_count, PROMOTION_STACK_MAX);
        assert_int_equal(bench.result.told_count, PROMOTION_STACK_MAX + 5);
        assert_verdict(&bench, model == MODEL_WITHIN ? "P24" : "P00", PROMOTION_LOST);
    }
}

static void
an_empty_basket_has_no_promotions(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    apply(&bench);
    add_percent(&bench, "TEN", 10);
    add_order_amount(&bench, "FULL", 0, 100);
    apply(&bench);
    assert_int_equal(bench.fact_count, 0);
    assert_int_equal(bench.result.told_count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_amount_is_shared_by_largest_remainder),
        cmocka_unit_test(shares_foot_to_the_amount),
        cmocka_unit_test(hundred_percent_is_exactly_zero),
        cmocka_unit_test(a_percentage_of_a_line_is_rounded_half_up),
        cmocka_unit_test(no_line_goes_below_zero),
        cmocka_unit_test(parts_of_units_count_for_prices_and_amounts_per_unit),
        cmocka_unit_test(a_fixed_price_that_is_higher_does_nothing),
        cmocka_unit_test(currencies_without_cents_are_whole),
        cmocka_unit_test(a_threshold_is_compared_before_or_after_other_reductions),
        cmocka_unit_test(a_threshold_is_compared_before_its_own_reduction),
        cmocka_unit_test(what_repeats_is_given_each_time),
        cmocka_unit_test(quantity_and_amount_must_both_be_there),
        cmocka_unit_test(lines_alone_reach_thresholds_alone),
        cmocka_unit_test(a_threshold_counts_what_may_be_taken),
        cmocka_unit_test(stages_follow_each_other),
        cmocka_unit_test(a_line_takes_only_so_many_promotions),
        cmocka_unit_test(an_empty_basket_has_no_promotions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
