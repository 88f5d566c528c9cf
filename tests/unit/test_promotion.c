/* Percentages, amounts and prices, thresholds, and how they go together. */
#include "promotion_bench.h"

/* --- the models --- */

/* A 10 % and B 20 % compounded at priority 99, C 15 % compounded at 0. */
static void
add_a_b_c(struct bench *bench, enum promotion_model model)
{
    bench_init(bench);
    bench->basket.model = model;
    add_percent(bench, "A", 10)->priority = 99;
    add_percent(bench, "B", 20)->priority = 99;
    add_percent(bench, "C", 15)->priority = 0;
    add_line(bench, "TEA-1", 1, 10000);
}

static void
within_priority_compounds_a_and_b(void **state)
{
    OWNED(bench) bench;
    (void)state;
    add_a_b_c(&bench, MODEL_WITHIN);
    apply(&bench);
    assert_int_equal(total(&bench), 7200);
    assert_verdict(&bench, "A", PROMOTION_APPLIED);
    assert_verdict(&bench, "B", PROMOTION_APPLIED);
    assert_verdict(&bench, "C", PROMOTION_LOST);
    assert_other(&bench, "C", "A");
    assert_int_equal(bench.result.reductions[1].before_minor, 9000);
}

static void
across_priorities_takes_the_best_of_each(void **state)
{
    OWNED(bench) bench;
    (void)state;
    add_a_b_c(&bench, MODEL_ACROSS);
    apply(&bench);
    assert_int_equal(total(&bench), 6800);
    assert_verdict(&bench, "A", PROMOTION_LOST);
    assert_other(&bench, "A", "B");
    assert_int_equal(told_of(&bench, "A", 0)->reduction_minor, 1000);
    assert_verdict(&bench, "C", PROMOTION_APPLIED);
}

static void
add_d(struct bench *bench)
{
    struct promotion *row = add_percent(bench, "D", 35);
    row->priority = 99;
    row->mode = MODE_BEST_PRICE;
}

static void
within_priority_prefers_d_to_a_and_b(void **state)
{
    OWNED(bench) bench;
    (void)state;
    add_a_b_c(&bench, MODEL_WITHIN);
    add_d(&bench);
    apply(&bench);
    assert_int_equal(total(&bench), 6500);
    assert_verdict(&bench, "A", PROMOTION_LOST);
    assert_verdict(&bench, "B", PROMOTION_LOST);
    assert_verdict(&bench, "C", PROMOTION_LOST);
    assert_other(&bench, "C", "D");
}

static void
across_priorities_c_follows_d(void **state)
{
    OWNED(bench) bench;
    (void)state;
    add_a_b_c(&bench, MODEL_ACROSS);
    add_d(&bench);
    apply(&bench);
    assert_int_equal(total(&bench), 5525);
}

/* -6.00 and -50 % on 10.00 at one priority. */
static void
equal_priorities_are_defined(void **state)
{
    static const struct {
        enum promotion_mode mode;
        enum promotion_model model;
        int64_t left;
    } cases[] = {{MODE_COMPOUNDED, MODEL_WITHIN, 200},
                 {MODE_BEST_PRICE, MODEL_WITHIN, 400},
                 {MODE_BEST_PRICE, MODEL_ACROSS, 400},
                 {MODE_COMPOUNDED, MODEL_ACROSS, 400},
                 {MODE_EXCLUSIVE, MODEL_WITHIN, 400}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        bench.basket.model = cases[index].model;
        add_percent(&bench, "HALF", 50)->mode = cases[index].mode;
        add_amount(&bench, "SIX", 600)->mode = cases[index].mode;
        add_line(&bench, "TEA-1", 1, 1000);
        apply(&bench);
        assert_int_equal(total(&bench), cases[index].left);
    }
}

static void
equal_savings_are_decided_by_code_then_line(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_percent(&bench, "b", 10)->mode = MODE_BEST_PRICE;
    add_percent(&bench, "a", 10)->mode = MODE_BEST_PRICE;
    add_percent(&bench, "B", 10)->mode = MODE_BEST_PRICE;
    add_line(&bench, "TEA-1", 1, 1000);
    add_line(&bench, "TEA-2", 1, 1000);
    apply(&bench);
    assert_verdict(&bench, "B", PROMOTION_APPLIED);
    assert_other(&bench, "a", "B");
    assert_int_equal(told_of(&bench, "B", 0)->line, 0);
    assert_int_equal(told_of(&bench, "B", 1)->line, 1);
}

static void
a_compound_goes_fixed_prices_then_amounts_then_percent(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_percent(&bench, "A", 10);
    add_amount(&bench, "B", 100);
    add_row(&bench, "C", ACTION_AMOUNT_UNIT)->value_minor = 50;
    add_row(&bench, "D", ACTION_FIXED_PRICE)->value_micros = 8 * MICROS;
    add_line(&bench, "TEA-1", 2, 2000);
    apply(&bench);
    assert_int_equal(bench.result.reduction_count, 4);
    static const char *const codes[] = {"D", "C", "B", "A"};
    static const int64_t before[] = {2000, 1600, 1500, 1400};
    for (size_t index = 0; index < 4; index++) {
        assert_string_equal(bench.result.reductions[index].promotion->code, codes[index]);
        assert_int_equal(bench.result.reductions[index].before_minor, before[index]);
    }
    assert_int_equal(total(&bench), 1260);
}

/* One over lines 1 and 2 and one on line 2 alone are one offer; line 3 is another. */
static void
compounds_that_share_a_line_are_one_offer(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *pair = add_amount(&bench, "PAIR", 1000);
    pair->skus = "TEA-1 | TEA-2";
    pair->together = true;
    add_percent(&bench, "TEN", 10);
    struct promotion *rival = add_percent(&bench, "RIVAL", 12);
    rival->mode = MODE_BEST_PRICE;
    rival->skus = "TEA-2|TEA-3";
    add_line(&bench, "TEA-1", 1, 10000);
    add_line(&bench, "TEA-2", 1, 10000);
    add_line(&bench, "TEA-3", 1, 10000);
    apply(&bench);
    assert_int_equal(bench.result.net_minor[0], 8550);
    assert_int_equal(bench.result.net_minor[1], 8550);
    assert_int_equal(bench.result.net_minor[2], 8800);
    assert_int_equal(told_of(&bench, "RIVAL", 0)->line, 1);
    assert_verdict(&bench, "RIVAL", PROMOTION_LOST);
    assert_other(&bench, "RIVAL", "PAIR");
    assert_int_equal(told_of(&bench, "RIVAL", 1)->line, 2);
    assert_int_equal(told_of(&bench, "RIVAL", 1)->verdict, PROMOTION_APPLIED);
}

/* The rival saves more on line 2 than the whole cluster of both lines. */
static void
a_cluster_loses_as_one(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *pair = add_amount(&bench, "PAIR", 1000);
    pair->together = true;
    add_percent(&bench, "TEN", 10)->skus = "TEA-1";
    struct promotion *rival = add_percent(&bench, "RIVAL", 30);
    rival->mode = MODE_BEST_PRICE;
    rival->skus = "TEA-2";
    add_line(&bench, "TEA-1", 1, 10000);
    add_line(&bench, "TEA-2", 1, 10000);
    apply(&bench);
    assert_int_equal(bench.result.net_minor[0], 10000);
    assert_int_equal(bench.result.net_minor[1], 7000);
    assert_other(&bench, "PAIR", "RIVAL");
    assert_int_equal(told_of(&bench, "PAIR", 0)->reduction_minor, 1000);
    assert_other(&bench, "TEN", "RIVAL");
    assert_int_equal(told_of(&bench, "TEN", 0)->reduction_minor, 950);
}

/* --- offers that are worth less when their turn comes --- */

/* FIRST takes two of three caps; SECOND, of the others, has one left to give: 100 instead of 200,
 * and OTHER with 150 goes before it. */
static void
an_offer_goes_back_when_another_is_better_now(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    static const char *const codes[] = {"FIRST", "SECOND"};
    for (size_t index = 0; index < 2; index++) {
        struct promotion *row = add_buy_get(&bench, codes[index], 1, 1);
        row->mode = MODE_BEST_PRICE;
        row->free_count = FREE_EXCLUSIVE;
        row->free_form = FORM_IN_KIND;
        row->out_of_stock = OUT_DROPPED;
        row->get_skus = "CAP";
        row->value_minor = 100;
        row->skus = index == 0 ? "A" : "B";
    }
    struct promotion *other = add_amount(&bench, "OTHER", 150);
    other->mode = MODE_BEST_PRICE;
    other->skus = "B";
    add_line(&bench, "A", 2, 2000);
    add_line(&bench, "B", 2, 2000);
    bench.rewards[bench.reward_count++] = (struct reward_fact){"CAP", 3 * MICROS};
    apply(&bench);
    assert_verdict(&bench, "FIRST", PROMOTION_APPLIED);
    assert_verdict(&bench, "OTHER", PROMOTION_APPLIED);
    assert_verdict(&bench, "SECOND", PROMOTION_LOST);
    assert_int_equal(told_of(&bench, "SECOND", 0)->given_micros, MICROS);
}

/* FOE, once applied, takes BIG out of the cluster on B: its 1900 become 1000, and RIVAL's 1500 go
 * first. */
static void
a_cluster_goes_back_when_another_is_better_now(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_amount(&bench, "SET", 1000)->together = true;
    bench.rows[0].skus = "B";
    add_percent(&bench, "BIG", 10)->skus = "B";
    struct promotion *foe = add_amount(&bench, "FOE", 2000);
    foe->skus = "A";
    foe->never_with = "BIG";
    struct promotion *rival = add_percent(&bench, "RIVAL", 15);
    rival->mode = MODE_BEST_PRICE;
    rival->skus = "B";
    add_line(&bench, "A", 1, 10000);
    add_line(&bench, "B", 1, 10000);
    apply(&bench);
    assert_int_equal(bench.result.net_minor[0], 8000);
    assert_int_equal(bench.result.net_minor[1], 8500);
    assert_verdict(&bench, "BIG", PROMOTION_NEVER_WITH);
    assert_other(&bench, "SET", "RIVAL");
}

/* --- exclusive --- */

static void
exclusive_closes_its_lines_to_all_that_follows(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *only = add_percent(&bench, "ONLY", 5);
    only->mode = MODE_EXCLUSIVE;
    only->skus = "TEA-1";
    add_percent(&bench, "MORE", 50);
    add_order_amount(&bench, "ORDER", 10000, 1000);
    add_line(&bench, "TEA-1", 1, 10000);
    add_line(&bench, "TEA-2", 1, 30000);
    apply(&bench);
    assert_int_equal(bench.result.net_minor[0], 9500);
    assert_int_equal(bench.result.net_minor[1], 14000);
    assert_other(&bench, "MORE", "ONLY"); /* on line 1 */
    assert_verdict(&bench, "ORDER", PROMOTION_APPLIED);
}

static void
exclusive_takes_only_what_nothing_has_taken(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_percent(&bench, "FIRST", 1)->skus = "TEA-1";
    struct promotion *only = add_order_amount(&bench, "ONLY", 10000, 1000);
    only->mode = MODE_EXCLUSIVE;
    struct promotion *large = add_order_amount(&bench, "LARGE", 10001, 1000);
    large->mode = MODE_EXCLUSIVE;
    large->priority = 9;
    add_line(&bench, "TEA-1", 1, 90000);
    add_line(&bench, "TEA-2", 1, 10000);
    apply(&bench);
    assert_int_equal(bench.result.net_minor[0], 89100);
    assert_int_equal(bench.result.net_minor[1], 9000);
    assert_verdict(&bench, "LARGE", PROMOTION_AMOUNT);
    assert_int_equal(told_of(&bench, "LARGE", 0)->compared, 10000);
    assert_int_equal(told_of(&bench, "LARGE", 0)->needed, 10001);
}

static void
closed_lines_are_left_alone(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_percent(&bench, "TEN", 10);
    add_order_amount(&bench, "ORDER", 10000, 1000);
    add_order_amount(&bench, "MORE", 10000, 1000)->skus = "TEA-1";
    add_line(&bench, "TEA-1", 1, 10000)->is_closed = true;
    add_line(&bench, "TEA-2", 1, 20000);
    apply(&bench);
    assert_int_equal(bench.result.net_minor[0], 10000);
    assert_int_equal(bench.result.net_minor[1], 17000);
    assert_int_equal(told_of(&bench, "TEN", 0)->line, 0);
    assert_verdict(&bench, "TEN", PROMOTION_LOST);
    assert_null(told_of(&bench, "TEN", 0)->other);
    assert_verdict(&bench, "MORE", PROMOTION_NO_LINE);
}

/* --- best price in a later stage --- */

static void
a_best_price_replaces_what_it_beats(void **state)
{
    static const struct {
        int64_t percent, left;
        enum promotion_verdict first, last;
    } cases[] = {{25, 7500, PROMOTION_REPLACED, PROMOTION_APPLIED},
                 {19, 8100, PROMOTION_APPLIED, PROMOTION_LOST},
                 {20, 8000, PROMOTION_APPLIED, PROMOTION_LOST}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        add_percent(&bench, "LINE", 20);
        struct promotion *best = add_percent(&bench, "BEST", cases[index].percent);
        best->level = LEVEL_ORDER;
        best->mode = MODE_BEST_PRICE;
        add_line(&bench, "TEA-1", 1, 4000);
        add_line(&bench, "TEA-2", 1, 6000);
        apply(&bench);
        assert_int_equal(total(&bench),
                         cases[index].last == PROMOTION_LOST ? 8000 : cases[index].left);
        assert_verdict(&bench, "LINE", cases[index].first);
        assert_verdict(&bench, "BEST", cases[index].last);
        if (cases[index].first == PROMOTION_REPLACED) {
            assert_other(&bench, "LINE", "BEST");
            assert_null(use_of(&bench, "LINE"));
            assert_int_equal(bench.result.reductions[0].before_minor, 4000);
        } else {
            assert_other(&bench, "BEST", "LINE");
        }
    }
}

/* SET is on both lines, THEN on line 2 builds on it: 2000 and 900.  BEST on line 1 must beat both.
 */
static void
what_was_built_on_a_replaced_offer_goes_with_it(void **state)
{
    static const struct {
        int64_t percent, lines[2];
        enum promotion_verdict then;
    } cases[] = {{29, {9000, 8100}, PROMOTION_APPLIED}, {30, {7000, 10000}, PROMOTION_REPLACED}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        add_amount(&bench, "SET", 2000)->together = true;
        struct promotion *then = add_percent(&bench, "THEN", 10);
        then->skus = "TEA-2";
        then->minimum_amount_minor = 1;
        struct promotion *best = add_percent(&bench, "BEST", cases[index].percent);
        best->level = LEVEL_ORDER;
        best->skus = "TEA-1";
        best->mode = MODE_BEST_PRICE;
        best->minimum_amount_minor = 10000; /* before all reductions */
        best->base = BASE_REDUCED;
        add_line(&bench, "TEA-1", 1, 10000);
        add_line(&bench, "TEA-2", 1, 10000);
        apply(&bench);
        assert_int_equal(bench.result.net_minor[0], cases[index].lines[0]);
        assert_int_equal(bench.result.net_minor[1], cases[index].lines[1]);
        assert_int_equal(told_of(&bench, "THEN", 0)->verdict, cases[index].then);
    }
}

static void
an_exclusive_offer_is_never_replaced(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *only = add_percent(&bench, "ONLY", 1);
    only->mode = MODE_EXCLUSIVE;
    only->skus = "TEA-1";
    struct promotion *best = add_percent(&bench, "BEST", 50);
    best->level = LEVEL_ORDER;
    best->mode = MODE_BEST_PRICE;
    add_line(&bench, "TEA-1", 1, 10000);
    add_line(&bench, "TEA-2", 1, 10000);
    apply(&bench);
    assert_int_equal(bench.result.net_minor[0], 9900);
    assert_int_equal(bench.result.net_minor[1], 5000);
}

static void
across_priorities_a_best_price_reduces_what_is_left(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    bench.basket.model = MODEL_ACROSS;
    add_percent(&bench, "LINE", 20);
    struct promotion *best = add_percent(&bench, "BEST", 50);
    best->level = LEVEL_ORDER;
    best->mode = MODE_BEST_PRICE;
    add_line(&bench, "TEA-1", 1, 10000);
    apply(&bench);
    assert_int_equal(total(&bench), 4000);
}

/* --- never with --- */

static void
whichever_comes_first_stays(void **state)
{
    for (int side = 0; side < 3; side++) {
        OWNED(bench) bench;
        (void)state;
        bench_init(&bench);
        bench.basket.model = MODEL_ACROSS;
        struct promotion *first = add_percent(&bench, "FIRST", 10);
        struct promotion *then = add_percent(&bench, "THEN", 20);
        first->priority = 2;
        first->skus = "TEA-1";
        then->priority = 1;
        first->never_with = side == 0 ? "THEN | X" : side == 2 ? "*" : "";
        then->never_with = side == 1 ? "X | FIRST" : "";
        add_line(&bench, "TEA-1", 1, 10000);
        add_line(&bench, "TEA-2", 1, 10000);
        apply(&bench);
        assert_int_equal(total(&bench), 19000);
        assert_verdict(&bench, "THEN", PROMOTION_NEVER_WITH);
        assert_other(&bench, "THEN", "FIRST");
    }
}

static void
never_with_any_comes_last_and_goes(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_percent(&bench, "FIRST", 10);
    add_order_amount(&bench, "ALONE", 0, 5000)->never_with = "*";
    add_line(&bench, "TEA-1", 1, 10000);
    apply(&bench);
    assert_int_equal(total(&bench), 9000);
    assert_other(&bench, "ALONE", "FIRST");
}

static void
never_with_holds_within_a_compound(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_percent(&bench, "A", 10)->never_with = "B";
    add_percent(&bench, "B", 20);
    add_percent(&bench, "C", 50);
    add_line(&bench, "TEA-1", 1, 10000);
    apply(&bench);
    assert_int_equal(total(&bench), 4500);
    assert_verdict(&bench, "B", PROMOTION_NEVER_WITH);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(within_priority_compounds_a_and_b),
        cmocka_unit_test(across_priorities_takes_the_best_of_each),
        cmocka_unit_test(within_priority_prefers_d_to_a_and_b),
        cmocka_unit_test(across_priorities_c_follows_d),
        cmocka_unit_test(equal_priorities_are_defined),
        cmocka_unit_test(equal_savings_are_decided_by_code_then_line),
        cmocka_unit_test(a_compound_goes_fixed_prices_then_amounts_then_percent),
        cmocka_unit_test(compounds_that_share_a_line_are_one_offer),
        cmocka_unit_test(a_cluster_loses_as_one),
        cmocka_unit_test(an_offer_goes_back_when_another_is_better_now),
        cmocka_unit_test(a_cluster_goes_back_when_another_is_better_now),
        cmocka_unit_test(exclusive_closes_its_lines_to_all_that_follows),
        cmocka_unit_test(exclusive_takes_only_what_nothing_has_taken),
        cmocka_unit_test(closed_lines_are_left_alone),
        cmocka_unit_test(a_best_price_replaces_what_it_beats),
        cmocka_unit_test(what_was_built_on_a_replaced_offer_goes_with_it),
        cmocka_unit_test(an_exclusive_offer_is_never_replaced),
        cmocka_unit_test(across_priorities_a_best_price_reduces_what_is_left),
        cmocka_unit_test(whichever_comes_first_stays),
        cmocka_unit_test(never_with_any_comes_last_and_goes),
        cmocka_unit_test(never_with_holds_within_a_compound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
