/* Who may have a promotion, when, with which coupon, and how often; what is found for a basket. */
#include "promotion_bench.h"

/* --- conditions --- */

static void
conditions_are_told_with_what_was_compared(void **state)
{
    static const struct {
        enum promotion_verdict verdict;
        int64_t compared, needed;
    } wanted[] = {{PROMOTION_NOT_YET, bench_day, bench_day + 1},
                  {PROMOTION_NO_LONGER, bench_day, bench_day - 1},
                  {PROMOTION_OTHER_CHANNEL, 0, 0},
                  {PROMOTION_OTHER_CURRENCY, 0, 0}};
    (void)state;
    for (size_t index = 0; index < sizeof wanted / sizeof wanted[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_percent(&bench, "TEN", 10);
        row->valid_from = index == 0 ? bench_day + 1 : bench_day;
        row->valid_to = index == 1 ? bench_day - 1 : bench_day + 1;
        row->channels = index == 2 ? "shop | fair" : "fair | web";
        row->currency = index == 3 ? "USD" : "EUR";
        row->customers = "ALFA | NORD";
        row->groups = "shops";
        add_line(&bench, "TEA-1", 1, 1000);
        apply(&bench);
        assert_verdict(&bench, "TEN", wanted[index].verdict);
        assert_int_equal(told_of(&bench, "TEN", 0)->compared, wanted[index].compared);
        assert_int_equal(told_of(&bench, "TEN", 0)->needed, wanted[index].needed);
        assert_int_equal(told_of(&bench, "TEN", 0)->line, SIZE_MAX);
        assert_int_equal(total(&bench), 1000);
    }
}

static void
the_first_and_the_last_day_count(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *row = add_percent(&bench, "TEN", 10);
    row->valid_from = row->valid_to = bench_day;
    add_line(&bench, "TEA-1", 1, 1000);
    apply(&bench);
    assert_int_equal(total(&bench), 900);
}

/* Rows that are not found for a basket are judged all the same when they are asked about. */
static void
a_row_of_others_can_be_asked_about(void **state)
{
    static const enum promotion_verdict wanted[] = {PROMOTION_OTHER_CUSTOMER, PROMOTION_OTHER_GROUP,
                                                    PROMOTION_NO_COUPON, PROMOTION_NO_LINE};
    (void)state;
    for (size_t index = 0; index < sizeof wanted / sizeof wanted[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_percent(&bench, "TEN", 10);
        row->customers = index == 0 ? "NORDEN | NOR" : "";
        row->groups = index == 1 ? "restaurants" : "";
        row->needs_coupon = index == 2;
        row->skus = index == 3 ? "TEA-2" : "";
        add_line(&bench, "TEA-1", 1, 1000);
        apply(&bench);
        assert_int_equal(bench.fact_count, 0);
        const struct promotion_table *table = promotion_compile(bench.rows, 1, &bench.arena);
        const struct promotion_fact fact = {.promotion = row};
        promotion_apply(table, &bench.basket, &fact, 1, NULL, 0, &bench.arena, &bench.result);
        assert_verdict(&bench, "TEN", wanted[index]);
        assert_int_equal(bench.result.told_count, 1);
    }
}

static void
lists_are_read_with_their_blanks(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_percent(&bench, "SOME", 10)->skus = "  TEA 2|TEA-1 |TEA-1 | | ";
    add_line(&bench, "TEA-1", 1, 1000);
    add_line(&bench, "TEA 2", 1, 1000);
    add_line(&bench, "TEA", 1, 1000);
    apply(&bench);
    assert_int_equal(total(&bench), 2800);
    assert_int_equal(bench.result.told_count, 2);
}

static void
a_line_is_named_by_its_sku_or_its_category(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *row = add_percent(&bench, "SOME", 10);
    row->skus = "TEA-1 | MUG-1";
    row->categories = "tea";
    add_line(&bench, "TEA-1", 1, 1000);
    add_line(&bench, "TEA-2", 1, 1000);
    add_line(&bench, "MUG-1", 1, 1000)->category = "mugs";
    add_line(&bench, "tea", 1, 1000)->category = "mugs";
    apply(&bench);
    assert_int_equal(total(&bench), 3700);
    assert_int_equal(bench.result.told_count, 3); /* TEA-1 once */
}

/* --- coupons --- */

static struct promotion *
add_coupon_promotion(struct bench *bench)
{
    struct promotion *row = add_percent(bench, "TEN", 10);
    row->needs_coupon = true;
    add_line(bench, "TEA-1", 1, 1000);
    return row;
}

static void
a_coupon_opens_its_promotion(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_coupon_promotion(&bench);
    apply(&bench);
    assert_int_equal(total(&bench), 1000);
    add_coupon(&bench, "X-1", "TEN");
    apply(&bench);
    assert_int_equal(total(&bench), 900);
    assert_int_equal(bench.result.coupons[0], COUPON_USED);
    assert_string_equal(use_of(&bench, "TEN")->coupon, "X-1");
}

static void
coupons_that_cannot_be_used_say_why(void **state)
{
    static const struct {
        struct coupon_fact fact;
        enum coupon_verdict verdict;
    } cases[] = {
        {{.promotion = "", .valid_to = INT32_MAX, .customer = ""}, COUPON_UNKNOWN},
        {{.promotion = "TEN", .valid_from = bench_day + 1, .valid_to = INT32_MAX, .customer = ""},
         COUPON_NOT_YET},
        {{.promotion = "TEN", .valid_to = bench_day - 1, .customer = ""}, COUPON_NO_LONGER},
        {{.promotion = "TEN", .valid_to = bench_day, .customer = "SUD"}, COUPON_OTHER_CUSTOMER},
        {{.promotion = "TEN",
          .valid_to = bench_day,
          .customer = "NORD",
          .limit_total = 1,
          .uses_total = 1},
         COUPON_USED_UP},
        {{.promotion = "TEN",
          .valid_to = bench_day,
          .customer = "",
          .limit_customer = 2,
          .uses_customer = 2},
         COUPON_USED_BY_CUSTOMER},
        {{.promotion = "TEN",
          .valid_to = bench_day,
          .customer = "NORD",
          .limit_total = 2,
          .limit_customer = 2,
          .uses_total = 1,
          .uses_customer = 1},
         COUPON_USED}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        add_coupon_promotion(&bench);
        *add_coupon(&bench, "X", "") = cases[index].fact;
        bench.coupons[0].code = "X";
        apply(&bench);
        assert_string_equal(coupon_verdict_names[bench.result.coupons[0]],
                            coupon_verdict_names[cases[index].verdict]);
        const bool is_used = cases[index].verdict == COUPON_USED;
        assert_int_equal(total(&bench), is_used ? 900 : 1000);
        if (cases[index].fact.promotion[0] != '\0') {
            assert_verdict(&bench, "TEN", is_used ? PROMOTION_APPLIED : PROMOTION_COUPON);
        }
    }
}

static void
the_first_coupon_that_can_be_used_is(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_coupon_promotion(&bench);
    add_coupon(&bench, "OLD", "TEN")->valid_to = bench_day - 1;
    add_coupon(&bench, "NEW", "TEN");
    add_coupon(&bench, "NEWER", "TEN");
    add_coupon(&bench, "NEW", "TEN");
    apply(&bench);
    static const enum coupon_verdict wanted[] = {COUPON_NO_LONGER, COUPON_USED, COUPON_TWICE,
                                                 COUPON_TWICE};
    for (size_t index = 0; index < 4; index++) {
        assert_int_equal(bench.result.coupons[index], wanted[index]);
    }
    assert_string_equal(use_of(&bench, "TEN")->coupon, "NEW");
}

static void
a_coupon_whose_promotion_loses_stays_unused(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    add_coupon_promotion(&bench)->mode = MODE_BEST_PRICE;
    add_percent(&bench, "MORE", 20)->mode = MODE_BEST_PRICE;
    add_coupon(&bench, "X", "TEN");
    apply(&bench);
    assert_int_equal(total(&bench), 800);
    assert_int_equal(bench.result.coupons[0], COUPON_UNUSED);
    assert_verdict(&bench, "TEN", PROMOTION_LOST);
}

/* --- how often, how much --- */

static void
limits_count_what_others_used(void **state)
{
    static const struct {
        int64_t customer, total, uses_customer, uses_total;
        enum promotion_verdict verdict;
    } cases[] = {{2, 0, 1, 9, PROMOTION_APPLIED},
                 {2, 0, 2, 9, PROMOTION_LIMIT_CUSTOMER},
                 {0, 9, 1, 8, PROMOTION_APPLIED},
                 {0, 9, 1, 9, PROMOTION_LIMIT_TOTAL}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_percent(&bench, "TEN", 10);
        row->limit_order = 1;
        row->limit_customer = cases[index].customer;
        row->limit_total = cases[index].total;
        struct promotion_fact *usage = add_usage(&bench, row);
        usage->uses_customer = cases[index].uses_customer;
        usage->uses_total = cases[index].uses_total;
        add_line(&bench, "TEA-1", 1, 1000);
        add_line(&bench, "TEA-1", 1, 1000); /* the order is one use */
        apply(&bench);
        assert_verdict(&bench, "TEN", cases[index].verdict);
        assert_int_equal(total(&bench), cases[index].verdict == PROMOTION_APPLIED ? 1800 : 2000);
    }
}

/* Each 100 on a line gives 10, at most 5 times: the line that saves most has the first turn. */
static void
a_limit_is_shared_by_lines_that_stand_alone(void **state)
{
    (void)state;
    for (int limit = 0; limit < 3; limit++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_amount(&bench, "EACH", 1000);
        row->minimum_amount_minor = 10000;
        row->repeats = true;
        row->limit_order = limit == 0 ? 5 : 0;
        row->limit_customer = limit == 1 ? 7 : 0;
        row->limit_total = limit == 2 ? 7 : 0;
        add_usage(&bench, row)->uses_customer = 2;
        bench.usage[0].uses_total = 2;
        add_line(&bench, "TEA-1", 1, 25000);
        add_line(&bench, "TEA-2", 1, 45000);
        add_line(&bench, "TEA-3", 1, 10000);
        apply(&bench);
        assert_int_equal(bench.result.net_minor[0], 24000);
        assert_int_equal(bench.result.net_minor[1], 41000);
        assert_int_equal(bench.result.net_minor[2], 10000);
        assert_int_equal(use_of(&bench, "EACH")->uses, 5);
        assert_int_equal(told_of(&bench, "EACH", 2)->verdict, PROMOTION_LIMIT_ORDER + limit);
        assert_int_equal(told_of(&bench, "EACH", 2)->compared, limit == 0 ? 5 : 7);
    }
}

/* Lines of 100.00 and 200.00: the dearer has the first turn. */
static void
a_budget_is_the_most_that_it_may_cost(void **state)
{
    static const struct {
        int64_t left, off;
    } cases[] = {{80000, 3000}, {3000, 3000}, {2999, 2000}, {2000, 2000},
                 {1999, 1000},  {999, 0},     {-10000, 0}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench);
        struct promotion *row = add_percent(&bench, "TEN", 10);
        row->budget_minor = 80000;
        add_usage(&bench, row)->spent_minor = 80000 - cases[index].left;
        add_line(&bench, "TEA-1", 1, 10000);
        add_line(&bench, "TEA-1", 1, 20000);
        apply(&bench);
        assert_int_equal(30000 - total(&bench), cases[index].off);
        if (cases[index].off == 0) {
            assert_verdict(&bench, "TEN", PROMOTION_BUDGET);
            assert_int_equal(told_of(&bench, "TEN", 0)->needed, cases[index].left);
        }
    }
}

static void
goods_in_kind_cost_a_budget_their_value(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *row = add_buy_get(&bench, "CAP", 3, 1);
    row->free_count = FREE_EXCLUSIVE;
    row->free_form = FORM_IN_KIND;
    row->get_skus = "CAP";
    row->value_minor = 700;
    row->budget_minor = 1399;
    add_line(&bench, "A", 6, 6000);
    apply(&bench);
    assert_verdict(&bench, "CAP", PROMOTION_BUDGET);
    assert_int_equal(told_of(&bench, "CAP", 0)->compared, 1400);
    row->budget_minor = 1400;
    apply(&bench);
    assert_int_equal(use_of(&bench, "CAP")->spent_minor, 1400);
}

/* A best price that is over its budget replaces nothing. */
static void
what_is_replaced_costs_nothing(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench);
    struct promotion *line = add_percent(&bench, "LINE", 10);
    line->budget_minor = 1000;
    struct promotion *best = add_percent(&bench, "BEST", 20);
    best->level = LEVEL_ORDER;
    best->mode = MODE_BEST_PRICE;
    best->budget_minor = 1999;
    add_line(&bench, "TEA-1", 1, 10000);
    apply(&bench);
    assert_int_equal(use_of(&bench, "LINE")->spent_minor, 1000);
    assert_verdict(&bench, "BEST", PROMOTION_BUDGET);
    best->budget_minor = 2000;
    apply(&bench);
    assert_null(use_of(&bench, "LINE"));
    assert_int_equal(use_of(&bench, "BEST")->spent_minor, 2000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_are_told_with_what_was_compared),
        cmocka_unit_test(the_first_and_the_last_day_count),
        cmocka_unit_test(a_row_of_others_can_be_asked_about),
        cmocka_unit_test(lists_are_read_with_their_blanks),
        cmocka_unit_test(a_line_is_named_by_its_sku_or_its_category),
        cmocka_unit_test(a_coupon_opens_its_promotion),
        cmocka_unit_test(coupons_that_cannot_be_used_say_why),
        cmocka_unit_test(the_first_coupon_that_can_be_used_is),
        cmocka_unit_test(a_coupon_whose_promotion_loses_stays_unused),
        cmocka_unit_test(limits_count_what_others_used),
        cmocka_unit_test(a_limit_is_shared_by_lines_that_stand_alone),
        cmocka_unit_test(a_budget_is_the_most_that_it_may_cost),
        cmocka_unit_test(goods_in_kind_cost_a_budget_their_value),
        cmocka_unit_test(what_is_replaced_costs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
