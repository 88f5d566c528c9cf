/* Buy and get: 买三送一 in all its meanings. */
#include "promotion_bench.h"

static void
inclusive_every_fourth_is_free(void **state)
{
    static const struct {
        int64_t quantity, limit, left, uses;
    } cases[] = {
        {3, 0, 3000, 0}, {4, 0, 3000, 1}, {7, 0, 6000, 1}, {8, 0, 6000, 2}, {8, 1, 7000, 1}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        add_buy_get(&bench, "3+1", 3, 1)->limit_order = cases[index].limit;
        add_line(&bench, "TEA-1", cases[index].quantity, cases[index].quantity * 1000);
        apply(&bench);
        assert_int_equal(total(&bench), cases[index].left);
        assert_int_equal(told_of(&bench, "3+1", 0)->uses, cases[index].uses);
        assert_verdict(&bench, "3+1",
                       cases[index].uses == 0 ? PROMOTION_QUANTITY : PROMOTION_APPLIED);
    }
}

static void
exclusive_a_unit_more_is_shipped(void **state)
{
    static const struct {
        int64_t quantity, shipped;
    } cases[] = {{2, 2}, {3, 4}, {7, 9}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_buy_get(&bench, "3+1", 3, 1);
        row->free_count = FREE_EXCLUSIVE;
        row->free_form = FORM_IN_KIND;
        const int64_t quantity = cases[index].quantity;
        add_line(&bench, "TEA-1", quantity, quantity * 1000);
        apply(&bench);
        assert_int_equal(total(&bench), quantity * 1000);
        const int64_t free_units = cases[index].shipped - quantity;
        assert_int_equal(bench.result.free_goods_count, free_units > 0);
        assert_int_equal(told_of(&bench, "3+1", 0)->given_micros, free_units * MICROS);
        if (free_units > 0) {
            const struct free_goods *goods = &bench.result.free_goods[0];
            assert_int_equal(goods->quantity_micros, free_units * MICROS);
            assert_string_equal(goods->sku, "TEA-1");
            assert_int_equal(goods->line, 0);
            assert_int_equal(use_of(&bench, "3+1")->spent_minor, free_units * 1000);
            assert_int_equal(use_of(&bench, "3+1")->reduction_minor, 0);
        }
    }
}

static void
add_mixed_basket(struct bench *bench, int64_t times)
{
    static const char *const skus[] = {"A", "B", "C", "D"};
    static const int64_t prices[] = {1000, 3000, 500, 2000};
    for (size_t index = 0; index < 4; index++) {
        add_line(bench, skus[index], times, prices[index] * times);
    }
}

/* 30, 20, 10 and 5. */
static void
the_choice_and_the_grouping_are_named(void **state)
{
    static const struct {
        int64_t times;
        enum choice choice;
        enum grouping grouping;
        int64_t left;
    } cases[] = {
        {1, CHOOSE_CHEAPEST, GROUPS_ALL, 6000},  {1, CHOOSE_CHEAPEST, GROUPS_BY_PRICE, 6000},
        {1, CHOOSE_DEAREST, GROUPS_ALL, 3500},   {1, CHOOSE_DEAREST, GROUPS_BY_PRICE, 3500},
        {2, CHOOSE_CHEAPEST, GROUPS_ALL, 12000}, {2, CHOOSE_CHEAPEST, GROUPS_BY_PRICE, 10500},
        {2, CHOOSE_DEAREST, GROUPS_ALL, 7000},   {2, CHOOSE_DEAREST, GROUPS_BY_PRICE, 9000}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_buy_get(&bench, "3+1", 3, 1);
        row->choice = cases[index].choice;
        row->grouping = cases[index].grouping;
        add_mixed_basket(&bench, cases[index].times);
        apply(&bench);
        assert_int_equal(total(&bench), cases[index].left);
    }
}

/* The second at half price. */
static void
units_may_be_given_in_part(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_buy_get(&bench, "1+1", 1, 1)->get_micros = 500000;
    add_line(&bench, "TEA-1", 5, 4995);
    apply(&bench);
    assert_int_equal(total(&bench), 4995 - 999);
}

/* More is given than bought. */
static void
y_may_be_more_than_x(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_buy_get(&bench, "1+2", 1, 2);
    add_line(&bench, "TEA-1", 7, 7000);
    apply(&bench);
    assert_int_equal(total(&bench), 3000);
}

static void
only_whole_units_count(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_buy_get(&bench, "3+1", 3, 1);
    add_line(&bench, "TEA-1", 1, 3999)->quantity_micros = 3999999;
    apply(&bench);
    assert_int_equal(total(&bench), 3999);
    assert_int_equal(told_of(&bench, "3+1", 0)->compared, 3 * MICROS);
    assert_int_equal(told_of(&bench, "3+1", 0)->needed, 4 * MICROS);
    bench.lines[0].quantity_micros = 4500000;
    bench.lines[0].list_minor = 4500;
    apply(&bench);
    assert_int_equal(total(&bench), 3500);
}

/* Two mugs bought give one spoon, as far as spoons are ordered; a spoon is never bought. */
static void
other_products_are_given_among_those_ordered(void **state)
{
    static const struct {
        int64_t mugs, spoons, off, uses;
        enum promotion_verdict verdict;
    } cases[] = {{1, 1, 0, 0, PROMOTION_QUANTITY},
                 {2, 0, 0, 0, PROMOTION_NOTHING},
                 {2, 3, 300, 1, PROMOTION_APPLIED},
                 {5, 3, 600, 2, PROMOTION_APPLIED},
                 {9, 3, 900, 3, PROMOTION_APPLIED}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        add_buy_get(&bench, "SPOON", 2, 1)->get_skus = "FORK | SPOON";
        add_line(&bench, "MUG", cases[index].mugs, 10000);
        if (cases[index].spoons > 0) {
            add_line(&bench, "SPOON", cases[index].spoons, cases[index].spoons * 300);
        }
        apply(&bench);
        assert_verdict(&bench, "SPOON", cases[index].verdict);
        assert_int_equal(told_of(&bench, "SPOON", 0)->reduction_minor, cases[index].off);
        assert_int_equal(told_of(&bench, "SPOON", 0)->uses, cases[index].uses);
        assert_int_equal(bench.result.net_minor[0], 10000);
    }
}

static void
beyond_the_order_as_a_reduction(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *row = add_buy_get(&bench, "3+1", 3, 1);
    row->free_count = FREE_EXCLUSIVE;
    add_line(&bench, "TEA-1", 7, 7000);
    apply(&bench);
    assert_int_equal(total(&bench), 5000);
    row->value_minor = 150;
    row->get_micros = 500000;
    apply(&bench);
    assert_int_equal(total(&bench), 6850);
    row->value_minor = 1000000;
    apply(&bench);
    assert_int_equal(total(&bench), 0);
}

/* Each product counts alone, over all of its lines. */
static void
several_products_give_each_their_own(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *row = add_buy_get(&bench, "3+1", 3, 1);
    row->free_count = FREE_EXCLUSIVE;
    row->free_form = FORM_IN_KIND;
    add_line(&bench, "B", 2, 2000);
    add_line(&bench, "A", 4, 4000);
    add_line(&bench, "B", 4, 4000);
    add_line(&bench, "C", 2, 2000);
    apply(&bench);
    assert_int_equal(bench.result.free_goods_count, 2);
    assert_string_equal(bench.result.free_goods[0].sku, "B");
    assert_int_equal(bench.result.free_goods[0].quantity_micros, 2 * MICROS);
    assert_int_equal(bench.result.free_goods[0].line, SIZE_MAX);
    assert_string_equal(bench.result.free_goods[1].sku, "A");
    assert_int_equal(bench.result.free_goods[1].line, 1);
    assert_int_equal(use_of(&bench, "3+1")->uses, 3);
    row->limit_order = 2; /* cut off in the order of the lines */
    apply(&bench);
    assert_int_equal(bench.result.free_goods_count, 1);
    assert_string_equal(bench.result.free_goods[0].sku, "B");
}

/* 6 units of the range bought give two caps, of which one is there. */
static void
out_of_stock_has_a_policy(void **state)
{
    static const struct {
        enum out_of_stock out;
        int64_t given, owed, dropped, off, uses, spent;
    } cases[] = {{OUT_OWED, 2, 1, 0, 0, 2, 1400},
                 {OUT_DROPPED, 1, 0, 1, 0, 1, 700},
                 {OUT_REDUCTION, 1, 0, 0, 700, 2, 1400}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_buy_get(&bench, "CAP", 3, 1);
        row->free_count = FREE_EXCLUSIVE;
        row->free_form = FORM_IN_KIND;
        row->get_skus = "CAP | ANY";
        row->value_minor = 700;
        row->out_of_stock = cases[index].out;
        add_line(&bench, "A", 2, 2000);
        add_line(&bench, "B", 4, 4000);
        bench.rewards[bench.reward_count++] = (struct reward_fact){"OTHER", 0};
        bench.rewards[bench.reward_count++] = (struct reward_fact){"CAP", 1999999};
        apply(&bench);
        const struct promotion_told *told = told_of(&bench, "CAP", 0);
        assert_int_equal(told->given_micros, cases[index].given * MICROS);
        assert_int_equal(told->owed_micros, cases[index].owed * MICROS);
        assert_int_equal(told->dropped_micros, cases[index].dropped * MICROS);
        assert_int_equal(6000 - total(&bench), cases[index].off);
        assert_int_equal(told->uses, cases[index].uses);
        assert_int_equal(use_of(&bench, "CAP")->spent_minor, cases[index].spent);
        assert_int_equal(bench.result.free_goods[0].owed_micros, cases[index].owed * MICROS);
    }
}

static void
nothing_in_stock_gives_nothing(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *row = add_buy_get(&bench, "CAP", 1, 1);
    row->free_count = FREE_EXCLUSIVE;
    row->free_form = FORM_IN_KIND;
    row->get_skus = "CAP";
    row->out_of_stock = OUT_DROPPED;
    add_line(&bench, "A", 2, 2000);
    bench.rewards[bench.reward_count++] = (struct reward_fact){"CAP", 0};
    apply(&bench);
    assert_verdict(&bench, "CAP", PROMOTION_NOTHING);
    assert_int_equal(told_of(&bench, "CAP", 0)->dropped_micros, 2 * MICROS);
    assert_int_equal(bench.result.use_count, 0);
}

/* Two promotions give of one stock: the second finds what the first left. */
static void
stock_is_given_once(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    static const char *const codes[] = {"ONE", "TWO"};
    for (size_t index = 0; index < 2; index++) {
        struct promotion *row = add_buy_get(&bench, codes[index], 1, 1);
        row->free_count = FREE_EXCLUSIVE;
        row->free_form = FORM_IN_KIND;
        row->get_skus = "CAP";
        row->out_of_stock = OUT_DROPPED;
        row->skus = index == 0 ? "A" : "B";
    }
    add_line(&bench, "A", 2, 2000);
    add_line(&bench, "B", 2, 2000);
    bench.rewards[bench.reward_count++] = (struct reward_fact){"CAP", 3 * MICROS};
    apply(&bench);
    assert_int_equal(told_of(&bench, "ONE", 0)->given_micros, 2 * MICROS);
    assert_int_equal(told_of(&bench, "TWO", 0)->given_micros, 1 * MICROS);
    assert_int_equal(told_of(&bench, "TWO", 0)->dropped_micros, 1 * MICROS);
}

/* 满300送一: a gift with the order, once. */
static void
an_order_may_earn_a_gift(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *row = add_buy_get(&bench, "GIFT", 1, 1);
    row->level = LEVEL_ORDER;
    row->minimum_amount_minor = 30000;
    row->free_count = FREE_EXCLUSIVE;
    row->free_form = FORM_IN_KIND;
    row->get_skus = "CAP";
    row->limit_order = 1;
    add_line(&bench, "A", 5, 20000);
    add_line(&bench, "B", 5, 9999);
    apply(&bench);
    assert_verdict(&bench, "GIFT", PROMOTION_AMOUNT);
    bench.lines[1].list_minor++;
    apply(&bench);
    assert_int_equal(bench.result.free_goods[0].quantity_micros, MICROS);
    assert_int_equal(bench.result.free_goods[0].line, SIZE_MAX);
}

/* A threshold is a condition; where it repeats it bounds how often: 每满300送一. */
static void
a_threshold_may_bound_how_often(void **state)
{
    static const struct {
        bool repeats;
        int64_t list, given;
    } cases[] = {{false, 30000, 3}, {true, 30000, 1}, {true, 59999, 1}, {true, 60000, 2},
                 {true, 900000, 3}, {true, 29999, 0}, {false, 29999, 0}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_buy_get(&bench, "GIFT", 2, 1);
        row->minimum_amount_minor = 30000;
        row->repeats = cases[index].repeats;
        row->free_count = FREE_EXCLUSIVE;
        row->free_form = FORM_IN_KIND;
        add_line(&bench, "A", 7, cases[index].list);
        apply(&bench);
        assert_int_equal(told_of(&bench, "GIFT", 0)->given_micros, cases[index].given * MICROS);
    }
}

/* Prices per unit, not amounts of lines, say what is cheapest; ties go by line. */
static void
the_heap_is_sorted_by_price_per_unit(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_buy_get(&bench, "2+1", 2, 1);
    add_line(&bench, "A", 1, 900);
    add_line(&bench, "B", 10, 5000);
    add_line(&bench, "C", 1, 500);
    apply(&bench);
    assert_int_equal(bench.result.net_minor[0], 900);
    assert_int_equal(bench.result.net_minor[1], 3500); /* three more than the last one, C */
    assert_int_equal(bench.result.net_minor[2], 0);
}

static void
the_largest_quantities_stay_in_their_type(void **state)
{
    (void)state;
    for (int form = 0; form < 3; form++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_buy_get(&bench, "X", 1, PROMOTION_UNITS_MAX);
        row->free_count = form == 0 ? FREE_INCLUSIVE : FREE_EXCLUSIVE;
        row->free_form = form == 1 ? FORM_REDUCTION : FORM_IN_KIND;
        for (int line = 0; line < BENCH_LINES; line++) {
            add_line(&bench, "A", 1000000000, PROMOTION_LIST_MAX_MINOR / BENCH_LINES);
        }
        apply(&bench);
        assert_verdict(&bench, "X", PROMOTION_APPLIED);
        assert_true(total(&bench) >= 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inclusive_every_fourth_is_free),
        cmocka_unit_test(exclusive_a_unit_more_is_shipped),
        cmocka_unit_test(the_choice_and_the_grouping_are_named),
        cmocka_unit_test(units_may_be_given_in_part),
        cmocka_unit_test(y_may_be_more_than_x),
        cmocka_unit_test(only_whole_units_count),
        cmocka_unit_test(other_products_are_given_among_those_ordered),
        cmocka_unit_test(beyond_the_order_as_a_reduction),
        cmocka_unit_test(several_products_give_each_their_own),
        cmocka_unit_test(out_of_stock_has_a_policy),
        cmocka_unit_test(nothing_in_stock_gives_nothing),
        cmocka_unit_test(stock_is_given_once),
        cmocka_unit_test(an_order_may_earn_a_gift),
        cmocka_unit_test(a_threshold_may_bound_how_often),
        cmocka_unit_test(the_heap_is_sorted_by_price_per_unit),
        cmocka_unit_test(the_largest_quantities_stay_in_their_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
