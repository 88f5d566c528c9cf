/* Discounts asked for on order lines: amounts, rounding, whose authority covers them, promotions.
 */
#include "price_bench.h"

static const struct authority_fact authorities[] = {
    {"agent", "", "nordlicht", "", 150000, 100000, false},
};

/* One line with a price of our list, and what is asked for. */
static void
set_bench(struct bench *bench, int64_t list_micros, int64_t quantity_micros, int64_t price_micros,
          int64_t discount_micros)
{
    bench_init(bench, "EUR");
    add_price(add_line(bench, quantity_micros, 190000), SCOPE_BASE, 0, list_micros);
    bench->lines[0].manual =
        (struct manual_price){price_micros, discount_micros, "season", "anna", false};
    bench->facts.authorities = authorities;
    bench->facts.authority_count = 1;
    bench->facts.has_approver = true;
}

/* The net is rounded once, half up, from quantity x price x (1 - discount). */
static void
amounts_are_exact(void **state)
{
    static const struct {
        int64_t price_micros, quantity_micros, discount_micros;
        int64_t list_minor, discount_minor, net_minor, list_exact_micros, exact_micros;
    } cases[] = {
        {14000000, 12 * MICROS, 150000, 16800, 2520, 14280, 168000000, 142800000},
        {16800000, 15 * MICROS, 50000, 25200, 1260, 23940, 252000000, 239400000},
        {9800000, 35 * MICROS, 150000, 34300, 5145, 29155, 343000000, 291550000},
        {7700000, 1 * MICROS, 250000, 770, 192, 578, 7700000, 5775000},
        {1000000, 1 * MICROS, 1000000, 100, 100, 0, 1000000, 0},   /* all of it */
        {333333, 3 * MICROS, 123456, 100, 12, 88, 999999, 876543}, /* 0.876543123456 */
        {5000, 1 * MICROS, 100000, 1, 1, 0, 5000, 4500}, /* 0.0045: from 0.01 it were 0.01 */
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        set_bench(&bench, cases[index].price_micros, cases[index].quantity_micros, AMOUNT_NONE,
                  cases[index].discount_micros);
        decide(&bench);
        const struct priced_line *line = &bench.decision.lines[0];
        assert_true(bench.decision.is_priced);
        assert_int_equal(line->price_micros, cases[index].price_micros);
        assert_int_equal(line->list_minor, cases[index].list_minor);
        assert_int_equal(line->discount_minor, cases[index].discount_minor);
        assert_int_equal(line->net_minor, cases[index].net_minor);
        assert_int_equal(line->list_exact_micros, cases[index].list_exact_micros);
        assert_int_equal(line->exact_micros, cases[index].exact_micros);
        assert_int_equal(line->rules_price_micros, cases[index].price_micros);
    }
}

/* What is compared with the authority (15 % below, 10 % above) is the net after the discount. */
static void
the_authority_counts_after_it(void **state)
{
    static const struct {
        int64_t price_micros, discount_micros;
        bool has_approver;
        enum message code;
        int64_t deviation_micros, net_minor;
    } cases[] = {
        {AMOUNT_NONE, 150000, true, M_PRICE_DISCOUNT, 150000, 8500},
        {AMOUNT_NONE, 150001, true, M_PRICE_DISCOUNT_WAITS, 150001, 8500},
        {AMOUNT_NONE, 150001, false, M_PRICE_DISCOUNT_REFUSED, 150001, 0},
        {9000000, 100000, true, M_PRICE_DISCOUNT_WAITS, 190000,
         8100}, /* both, one upon the other */
        {9500000, 100000, true, M_PRICE_DISCOUNT, 145000, 8550},
        {12000000, 100000, true, M_PRICE_DISCOUNT, -80000, 10800}, /* above ours, less 10 % */
        {12000000, 50000, true, M_PRICE_DISCOUNT_WAITS, -140000, 11400},
        {12500000, 200000, true, M_PRICE_DISCOUNT, 0, 10000}, /* comes to ours */
        {8500000, 0, true, M_PRICE_MANUAL, 150000, 8500},     /* 0 asks for nothing */
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        set_bench(&bench, 10000000, 10 * MICROS, cases[index].price_micros,
                  cases[index].discount_micros);
        bench.facts.has_approver = cases[index].has_approver;
        decide(&bench);
        const bool waits = cases[index].code == M_PRICE_DISCOUNT_WAITS;
        assert_int_equal(bench.findings.count, 1);
        assert_string_equal(message_entry(bench.findings.items[0].code)->id,
                            message_entry(cases[index].code)->id);
        assert_int_equal(bench.decision.wait_reasons, waits ? WAIT_MANUAL : 0);
        assert_int_equal(bench.decision.is_priced, cases[index].code != M_PRICE_DISCOUNT_REFUSED);
        assert_int_equal(bench.decision.lines[0].deviation_micros, cases[index].deviation_micros);
        assert_int_equal(bench.decision.lines[0].net_minor, cases[index].net_minor);
    }
}

/* Without a discount, or with one of 0, there is nothing to say, and the amounts stand. */
static void
nothing_is_nothing(void **state)
{
    static const int64_t discounts[] = {AMOUNT_NONE, 0};
    (void)state;
    for (size_t index = 0; index < 2; index++) {
        OWNED(bench) bench;
        set_bench(&bench, 10000000, 10 * MICROS, AMOUNT_NONE, discounts[index]);
        decide(&bench);
        assert_int_equal(bench.findings.count, 0);
        assert_int_equal(bench.decision.lines[0].discount_minor, 0);
        assert_int_equal(bench.decision.lines[0].net_minor, 10000);
        assert_int_equal(bench.decision.lines[0].exact_micros, 100000000);
        assert_null(strstr(bench.decision.trace, "\"discount\""));
    }
}

/* Prices that include tax: the discount is off the amount with tax, and so is what is exact. */
static void
it_is_off_the_amount_as_priced(void **state)
{
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, 11900000, 10 * MICROS, AMOUNT_NONE, 100000);
    bench.line_facts[0].candidates[0].includes_tax = true;
    decide(&bench);
    const struct priced_line *line = &bench.decision.lines[0];
    assert_int_equal(line->list_minor, 11900);
    assert_int_equal(line->discount_minor, 1190);
    assert_int_equal(line->net_minor, 9000);
    assert_int_equal(line->tax_minor, 1710);
    assert_int_equal(line->exact_micros, 107100000);
}

/* Who expects the price before or after the discount gets what is expected. */
static void
both_prices_are_expected(void **state)
{
    static const struct {
        int64_t expected_micros;
        bool is_as_expected;
    } cases[] = {{7700000, true}, {5775000, true}, {5780000, false}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        set_bench(&bench, 7700000, 1 * MICROS, AMOUNT_NONE, 250000);
        bench.lines[0].expected_price_micros = cases[index].expected_micros;
        decide(&bench);
        assert_int_equal(bench.decision.lines[0].is_as_expected, cases[index].is_as_expected);
    }
}

static void
the_trace_tells_the_step(void **state)
{
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, 14000000, 12 * MICROS, AMOUNT_NONE, 125000);
    bench.lines[0].manual.person = "";
    decide(&bench);
    assert_non_null(strstr(
        bench.decision.trace,
        "\"discount\":{\"percent\":\"12.5\",\"off\":\"14.00\",\"price\":\"by-rules\","
        "\"before\":\"168.00\",\"exact\":\"147.00\",\"amount\":\"21.00\",\"after\":\"147.00\","
        "\"person\":\"nordlicht\"}"));
    assert_non_null(strstr(bench.decision.trace, "\"manual\":{\"price\":\"12.25\""));
    assert_non_null(strstr(bench.decision.trace, "\"list\":\"168.00\""));
    assert_string_equal(bench.findings.items[0].value, "12.5");
    assert_string_equal(bench.findings.items[0].expected, "14.00");
    assert_string_equal(bench.findings.items[0].hint, "14.00");
    assert_string_equal(bench.findings.items[0].field, "requested_discount");
}

/* An amount whose millionths are more than 64 bits hold is priced all the same. */
static void
what_cannot_be_held_is_not_said(void **state)
{
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, INT64_C(9900000) * MICROS, INT64_C(1000000) * MICROS, AMOUNT_NONE, 100000);
    bench.line_facts[0].tax_rate_micros = 0;
    decide(&bench);
    const struct priced_line *line = &bench.decision.lines[0];
    assert_true(bench.decision.is_priced);
    assert_int_equal(line->list_exact_micros, AMOUNT_NONE);
    assert_int_equal(line->exact_micros, INT64_C(8910000000000) * MICROS);
    assert_int_equal(line->net_minor, INT64_C(891000000000000));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_exact),
        cmocka_unit_test(the_authority_counts_after_it),
        cmocka_unit_test(nothing_is_nothing),
        cmocka_unit_test(it_is_off_the_amount_as_priced),
        cmocka_unit_test(both_prices_are_expected),
        cmocka_unit_test(the_trace_tells_the_step),
        cmocka_unit_test(what_cannot_be_held_is_not_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
