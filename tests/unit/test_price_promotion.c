/* Promotions within pricing: what is left is taxed and booked, and all of it is told. */
#include "price_bench.h"
#include "promotion_row.h"

enum { PROMOTIONS_FEW = 4, COUPONS_FEW = 2 };

/* A table of a few promotions for the order of a bench, each of which can touch it. */
struct offers {
    struct promotion rows[PROMOTIONS_FEW];
    size_t count;
    struct coupon_fact coupons[COUPONS_FEW];
    struct gift_fact gifts[1];
};

static struct promotion *
offer(struct offers *offers, const char *code, enum promotion_action action)
{
    struct promotion *row = &offers->rows[offers->count++];
    *row = promotion_row(code, "", action);
    return row;
}

static struct promotion *
offer_percent(struct offers *offers, const char *code, int64_t percent)
{
    struct promotion *row = offer(offers, code, ACTION_PERCENT);
    row->value_micros = percent * 10000;
    return row;
}

/* So much off an order that comes to so much. */
static struct promotion *
offer_order(struct offers *offers, const char *code, int64_t minimum_minor, int64_t value_minor)
{
    struct promotion *row = offer(offers, code, ACTION_AMOUNT);
    row->level = LEVEL_ORDER;
    row->currency = "EUR";
    row->minimum_amount_minor = minimum_minor;
    row->value_minor = value_minor;
    return row;
}

static struct coupon_fact *
bring_coupon(struct bench *bench, struct offers *offers, const char *code, const char *promotion)
{
    struct promotion_facts *facts = &bench->facts.promotions;
    struct coupon_fact *coupon = &offers->coupons[facts->coupon_count++];
    *coupon = (struct coupon_fact){
        .code = code, .promotion = promotion, .valid_to = INT32_MAX, .customer = ""};
    facts->coupons = offers->coupons;
    return coupon;
}

static void
decide_with(struct bench *bench, const struct offers *offers)
{
    struct promotion_facts *facts = &bench->facts.promotions;
    facts->table = promotion_compile(offers->rows, offers->count, &bench->arena);
    struct promotion_line lines[LINES];
    for (size_t index = 0; index < bench->order.line_count; index++) {
        bench->line_facts[index].category = "tea";
        lines[index] = (struct promotion_line){.sku = bench->lines[index].sku, .category = "tea"};
    }
    const struct basket basket = {.customer = bench->facts.customer,
                                  .group = bench->facts.customer_group,
                                  .lines = lines,
                                  .line_count = bench->order.line_count,
                                  .coupons = facts->coupons,
                                  .coupon_count = facts->coupon_count};
    facts->candidate_count =
        promotion_candidates(facts->table, &basket, &bench->arena, &facts->candidates);
    decide(bench);
}

static void
add_amount(struct bench *bench, int64_t quantity, int64_t price_micros, int64_t tax_rate_micros)
{
    add_price(add_line(bench, quantity * MICROS, tax_rate_micros), SCOPE_BASE, 0, price_micros);
}

static void
expect_told(const struct bench *bench, const char *part)
{
    if (strstr(bench->decision.trace, part) == NULL) {
        fail_msg("%s is not in %s", part, bench->decision.trace);
    }
}

static const char *
only_finding(const struct bench *bench)
{
    assert_int_equal(findings_total(&bench->findings), 1);
    return message_entry(bench->findings.items[0].code)->id;
}

static void
what_is_left_is_taxed_and_added_up(void **state)
{
    OWNED(bench) bench;
    struct offers offers = {.count = 0};
    (void)state;
    bench_init(&bench, "EUR");
    add_amount(&bench, 12, 4500000, 190000);
    add_amount(&bench, 1, 10000000, 190000);
    offer_percent(&offers, "SPRING", 10)->name = "Spring sale";
    decide_with(&bench, &offers);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.lines[0].price_micros, 4500000);
    assert_int_equal(bench.decision.lines[0].list_minor, 5400);
    assert_int_equal(bench.decision.lines[0].net_minor, 4860);
    assert_int_equal(bench.decision.lines[0].tax_minor, 923);
    assert_int_equal(bench.decision.net_minor, 5760);
    assert_int_equal(bench.decision.gross_minor, 5760 + 923 + 171);
    expect_told(&bench, "\"price\":\"4.50\",\"list\":\"54.00\",\"reductions\":[{\"promotion\":"
                        "\"SPRING\",\"name\":\"Spring sale\",\"before\":\"54.00\",\"reduction\":"
                        "\"5.40\",\"after\":\"48.60\"}],\"net\":\"48.60\"");
    expect_told(&bench, "\"promotions\":{\"model\":\"within-priority\",\"told\":[{\"promotion\":"
                        "\"SPRING\"");
    assert_int_equal(findings_total(&bench.findings), 0);
}

/* The cases in which other systems leave a cent of a line that is free. */
static void
all_off_is_exactly_nothing(void **state)
{
    static const int64_t cases[][2] = {{11500000, 11500000}, {5600000, 0},   {8920000, 0},
                                       {44910000, 0},        {217260000, 0}, {2400000000, 0}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0] * ROUNDING_COUNT * 4; index++) {
        OWNED(bench) bench;
        struct offers offers = {.count = 0};
        const int64_t *prices = cases[index / ((size_t)ROUNDING_COUNT * 4)];
        bench_init(&bench, "EUR");
        bench.facts.rounding = (enum rounding)(index % ROUNDING_COUNT);
        bench.facts.tax_rounding =
            index / ROUNDING_COUNT % 2 == 0 ? TAX_PER_LINE : TAX_PER_DOCUMENT;
        for (int line = 0; line < 2 && prices[line] > 0; line++) {
            add_amount(&bench, 1, prices[line], 150000);
            bench.candidates[line][0].includes_tax = index / ROUNDING_COUNT / 2 % 2 == 1;
        }
        offer_percent(&offers, "FREE", 100);
        decide_with(&bench, &offers);
        for (size_t line = 0; line < bench.order.line_count; line++) {
            assert_int_equal(bench.decision.lines[line].net_minor, 0);
            assert_int_equal(bench.decision.lines[line].tax_minor, 0);
        }
        assert_int_equal(bench.decision.gross_minor, 0);
        assert_true(bench.decision.is_priced);
    }
}

/* 满300减50 over three lines of 100.00: the shares foot, and what they were rounded by is told. */
static void
an_amount_off_the_order_is_shared_to_the_cent(void **state)
{
    static const int64_t left_minor[] = {8333, 8333, 8334};
    OWNED(bench) bench;
    struct offers offers = {.count = 0};
    (void)state;
    bench_init(&bench, "EUR");
    for (int line = 0; line < 3; line++) {
        add_amount(&bench, 1, 100000000, 0);
    }
    offer_order(&offers, "M300", 30000, 5000);
    decide_with(&bench, &offers);
    for (int line = 0; line < 3; line++) {
        assert_int_equal(bench.decision.lines[line].net_minor, left_minor[line]);
    }
    assert_int_equal(bench.decision.net_minor, 25000);
    expect_told(&bench, "\"reduction\":\"16.67\",\"after\":\"83.33\",\"residue\":\"0.00333333\"");
    expect_told(&bench, "\"reduction\":\"16.66\",\"after\":\"83.34\",\"residue\":\"-0.00666667\"");
}

/* Reductions are on the amounts as the prices are: with tax, when those have it. */
static void
prices_with_tax_are_reduced_with_tax(void **state)
{
    OWNED(bench) bench;
    struct offers offers = {.count = 0};
    (void)state;
    bench_init(&bench, "EUR");
    add_amount(&bench, 1, 119000000, 190000);
    bench.candidates[0][0].includes_tax = true;
    offer_order(&offers, "TEN", 11900, 1190);
    decide_with(&bench, &offers);
    assert_int_equal(bench.decision.lines[0].list_minor, 11900);
    assert_int_equal(bench.decision.net_minor, 9000);
    assert_int_equal(bench.decision.gross_minor, 10710);
}

static void
an_order_with_a_mistake_gets_no_promotion(void **state)
{
    OWNED(bench) bench;
    struct offers offers = {.count = 0};
    (void)state;
    bench_init(&bench, "EUR");
    add_amount(&bench, 1, 100000000, 0);
    add_line(&bench, MICROS, 0);
    offer_percent(&offers, "SPRING", 10);
    decide_with(&bench, &offers);
    assert_false(bench.decision.is_priced);
    assert_null(bench.decision.promotions.from);
    assert_null(strstr(bench.decision.trace, "promotions"));
}

/* Who expects the price of the list, or that after the promotions on the line, is right; what comes
 * off the whole order is nobody's unit price. */
static void
the_price_expected_is_before_or_after_promotions_on_lines(void **state)
{
    static const struct {
        int64_t expected_micros;
        const char *finding;
    } cases[] = {
        {10000000, ""}, {9000000, ""}, {8500000, "PRICE-DIFFERS"}, {9500000, "PRICE-DIFFERS"}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        struct offers offers = {.count = 0};
        bench_init(&bench, "EUR");
        add_amount(&bench, 10, 10000000, 0);
        bench.lines[0].expected_price_micros = cases[index].expected_micros;
        offer_percent(&offers, "SPRING", 10);
        offer_order(&offers, "FIVE", 0, 500);
        decide_with(&bench, &offers);
        assert_int_equal(bench.decision.net_minor, 8500);
        assert_int_equal(bench.decision.lines[0].is_as_expected, cases[index].finding[0] == '\0');
        if (cases[index].finding[0] == '\0') {
            assert_int_equal(findings_total(&bench.findings), 0);
        } else {
            assert_string_equal(only_finding(&bench), cases[index].finding);
            assert_string_equal(bench.findings.items[0].expected, "9.00");
        }
    }
}

static void
goods_that_are_given_have_a_line_of_their_own(void **state)
{
    OWNED(bench) bench;
    struct offers offers = {.count = 0};
    (void)state;
    bench_init(&bench, "EUR");
    add_amount(&bench, 6, 10000000, 0);
    bench.lines[0].number = "FF2"; /* so the lines of goods begin with FFF */
    struct promotion *row = offer(&offers, "B3G1", ACTION_BUY_GET);
    row->buy = 3;
    row->get = 1;
    row->get_skus = "CUP | TEA-1";
    row->free_count = FREE_EXCLUSIVE;
    row->free_form = FORM_IN_KIND;
    row->out_of_stock = OUT_OWED;
    struct cost_fact costs[] = {{.cost_micros = 1500000,
                                 .margin_least_micros = -1,
                                 .valid_from = 0,
                                 .valid_to = INT32_MAX}};
    offers.gifts[0] = (struct gift_fact){"CUP", "SET", true, MICROS, {costs, 1, NULL}};
    bench.line_facts[0].costs = (struct cost_facts){costs, 1, NULL};
    bench.facts.promotions.gifts = offers.gifts;
    bench.facts.promotions.gift_count = 1;
    decide_with(&bench, &offers);
    const struct price_promotions *promotions = &bench.decision.promotions;
    assert_int_equal(bench.decision.net_minor, 6000);
    assert_int_equal(promotions->result.free_goods_count, 1);
    assert_string_equal(promotions->goods[0].number, "FFF1");
    assert_string_equal(promotions->goods[0].unit, "SET");
    assert_true(promotions->goods[0].is_counted);
    assert_int_equal(promotions->goods[0].given->quantity_micros, 2 * MICROS);
    /* Six at 1.50, and the two that are given. */
    assert_int_equal(bench.decision.lines[0].cost_minor, 900 + 300);
    expect_told(&bench, "\"free_goods\":[{\"number\":\"FFF1\",\"promotion\":\"B3G1\"");
    expect_told(&bench, "\"sku\":\"CUP\",\"quantity\":\"2\",\"unit\":\"SET\",\"owed\":\"1\"");
}

/* A line exchanged from francs comes to 72.56 euro; the promotions of orders in euro reduce that,
 * and what a cup that is given costs is exchanged too. */
static void
promotions_reduce_what_was_exchanged(void **state)
{
    OWNED(bench) bench;
    struct offers offers = {.count = 0};
    const struct rate_fact rate = {order_day, 1612500, 1};
    struct cost_fact cost = {2 * MICROS, 0, -1, 0, INT32_MAX};
    (void)state;
    bench_init(&bench, "EUR");
    add_amount(&bench, 10, 4500000, 0);
    bench.line_facts[0].list_currency = "CHF";
    bench.line_facts[0].costs = (struct cost_facts){&cost, 1, "CHF"};
    bench.facts.rate = &rate;
    offer_order(&offers, "FIVE", 7256, 500);
    offer_order(&offers, "SIX", 7257, 600);
    struct promotion *row = offer(&offers, "CUP", ACTION_BUY_GET);
    row->buy = 10;
    row->get = 1;
    row->get_skus = "CUP";
    row->free_count = FREE_EXCLUSIVE;
    row->free_form = FORM_IN_KIND;
    offers.gifts[0] = (struct gift_fact){"CUP", "C62", false, 0, {&cost, 1, "CHF"}};
    bench.facts.promotions.gifts = offers.gifts;
    bench.facts.promotions.gift_count = 1;
    decide_with(&bench, &offers);
    assert_int_equal(bench.decision.net_minor, 7256 - 500);
    assert_int_equal(bench.decision.lines[0].cost_minor, 3225 + 323); /* 3.225 for the cup */
    expect_told(&bench, "\"promotion\":\"FIVE\",\"before\":\"72.56\"");
    expect_told(&bench, "\"compared\":\"72.56\",\"needed\":\"72.57\"");
}

/* Each way in which a coupon does not serve, as its customer reads it. */
static void
a_coupon_that_does_not_serve_is_told(void **state)
{
    enum trouble {
        SERVES,
        UNKNOWN,
        EARLY,
        LATE,
        ANOTHERS,
        USED_UP,
        USED_BY_CUSTOMER,
        OF_ANOTHER_PRODUCT,
        BELOW_MINIMUM,
        NOT_WITH,
        WITHOUT_BUDGET,
        TROUBLES
    };
    static const char *const codes[TROUBLES] = {
        "",
        "PRICE-COUPON-UNKNOWN",
        "PRICE-COUPON-DATE",
        "PRICE-COUPON-DATE",
        "PRICE-COUPON-CUSTOMER",
        "PRICE-COUPON-EXHAUSTED",
        "PRICE-COUPON-EXHAUSTED",
        "PRICE-COUPON-UNUSED",
        "PRICE-COUPON-MINIMUM",
        "PRICE-COUPON-NOT-WITH",
        "PRICE-COUPON-EXHAUSTED",
    };
    (void)state;
    for (int trouble = SERVES; trouble < TROUBLES; trouble++) {
        OWNED(bench) bench;
        struct offers offers = {.count = 0};
        bench_init(&bench, "EUR");
        add_amount(&bench, 1, 100000000, 0);
        struct promotion *row = offer_order(&offers, "TEN", 5000, 1000);
        struct coupon_fact *coupon =
            bring_coupon(&bench, &offers, "TEN-7", trouble == UNKNOWN ? "" : "TEN");
        row->needs_coupon = true;
        coupon->valid_from = trouble == EARLY ? order_day + 1 : 0;
        coupon->valid_to = trouble == LATE ? order_day - 1 : INT32_MAX;
        coupon->customer = trouble == ANOTHERS ? "BLUE" : "NORD";
        coupon->limit_total = coupon->uses_total = trouble == USED_UP;
        coupon->limit_customer = coupon->uses_customer = trouble == USED_BY_CUSTOMER;
        row->skus = trouble == OF_ANOTHER_PRODUCT ? "CUP" : "";
        row->minimum_amount_minor = trouble == BELOW_MINIMUM ? 20000 : 5000;
        row->budget_minor = trouble == WITHOUT_BUDGET ? 500 : 0;
        if (trouble == NOT_WITH) {
            offer_percent(&offers, "SPRING", 10);
            row->never_with = "SPRING";
        }
        decide_with(&bench, &offers);
        assert_true(bench.decision.is_priced);
        if (trouble == SERVES) {
            assert_int_equal(bench.decision.net_minor, 9000);
            assert_int_equal(findings_total(&bench.findings), 0);
            expect_told(&bench, "\"coupons\":[{\"coupon\":\"TEN-7\",\"promotion\":\"TEN\","
                                "\"verdict\":\"used\"}]");
            continue;
        }
        assert_int_equal(bench.decision.net_minor, trouble == NOT_WITH ? 9000 : 10000);
        assert_string_equal(only_finding(&bench), codes[trouble]);
        assert_string_equal(bench.findings.items[0].value, "TEN-7");
        if (trouble == BELOW_MINIMUM) {
            assert_string_equal(bench.findings.items[0].expected, "200.00 EUR");
            assert_string_equal(bench.findings.items[0].hint, "100.00 EUR");
        } else if (trouble == NOT_WITH) {
            assert_string_equal(bench.findings.items[0].expected, "SPRING");
        }
    }
}

static void
a_second_coupon_for_the_same_is_kept(void **state)
{
    OWNED(bench) bench;
    struct offers offers = {.count = 0};
    (void)state;
    bench_init(&bench, "EUR");
    add_amount(&bench, 1, 100000000, 0);
    offer_order(&offers, "TEN", 0, 1000)->needs_coupon = true;
    bring_coupon(&bench, &offers, "TEN-7", "TEN");
    bring_coupon(&bench, &offers, "TEN-8", "TEN");
    decide_with(&bench, &offers);
    assert_int_equal(bench.decision.net_minor, 9000);
    assert_string_equal(only_finding(&bench), "PRICE-COUPON-TWICE");
    assert_string_equal(bench.findings.items[0].value, "TEN-8");
}

/* Under random rules: what is left and what was taken off come to the list amount, each line and
 * all of them, and pricing twice gives the same bytes. */
static void
lines_foot_under_random_rules(void **state)
{
    unsigned int seed = 11;
    (void)state;
    for (int round = 0; round < 300; round++) {
        OWNED(bench) bench;
        struct offers offers = {.count = 0};
        static const char *const codes[] = {"A", "B", "C", "D"};
        bench_init(&bench, "EUR");
        for (int line = 0; line < LINES; line++) {
            seed = seed * 1103515245U + 12345U;
            add_amount(&bench, 1 + seed / 7 % 9, (int64_t)(seed / 65536U) * 1000, 190000);
        }
        for (int row = 0; row < PROMOTIONS_FEW; row++) {
            seed = seed * 1103515245U + 12345U;
            struct promotion *promotion =
                seed / 1024 % 2 == 0
                    ? offer_percent(&offers, codes[row], seed / 65536U % 40)
                    : offer_order(&offers, codes[row], seed / 65536U % 5000, seed / 512U % 3000);
            promotion->priority = seed / 4096 % 2;
            promotion->mode = (enum promotion_mode)(seed / 8192 % MODE_COUNT);
        }
        bench.facts.promotions.model = round % 2 == 0 ? MODEL_WITHIN : MODEL_ACROSS;
        decide_with(&bench, &offers);
        const char *first = bench.decision.trace;
        const struct price_promotions *promotions = &bench.decision.promotions;
        int64_t net_minor = 0;
        for (size_t line = 0; line < LINES; line++) {
            int64_t left_minor = bench.decision.lines[line].list_minor;
            for (size_t at = promotions->from[line]; at < promotions->from[line + 1]; at++) {
                const struct reduction *reduction =
                    &promotions->result.reductions[promotions->of_lines[at]];
                assert_int_equal(reduction->line, line);
                assert_int_equal(reduction->before_minor, left_minor);
                left_minor -= reduction->reduction_minor;
            }
            assert_true(left_minor >= 0);
            assert_int_equal(bench.decision.lines[line].net_minor, left_minor);
            net_minor += left_minor;
        }
        assert_int_equal(bench.decision.net_minor, net_minor);
        decide(&bench);
        assert_string_equal(first, bench.decision.trace);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_is_taxed_and_added_up),
        cmocka_unit_test(all_off_is_exactly_nothing),
        cmocka_unit_test(an_amount_off_the_order_is_shared_to_the_cent),
        cmocka_unit_test(prices_with_tax_are_reduced_with_tax),
        cmocka_unit_test(an_order_with_a_mistake_gets_no_promotion),
        cmocka_unit_test(the_price_expected_is_before_or_after_promotions_on_lines),
        cmocka_unit_test(promotions_reduce_what_was_exchanged),
        cmocka_unit_test(goods_that_are_given_have_a_line_of_their_own),
        cmocka_unit_test(a_coupon_that_does_not_serve_is_told),
        cmocka_unit_test(a_second_coupon_for_the_same_is_kept),
        cmocka_unit_test(lines_foot_under_random_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
