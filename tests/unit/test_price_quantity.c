/* Units, minimum quantities and multiples; options that go together or do not. */
#include "price_bench.h"

static struct line_facts *
add_simple_line(struct bench *bench, int64_t quantity_micros)
{
    struct line_facts *facts = add_line(bench, quantity_micros, 0);
    add_price(facts, SCOPE_BASE, 0, MICROS);
    return facts;
}

/* Minimum 48, multiple 24. */
static void
the_nearest_legal_quantities_are_named(void **state)
{
    static const struct {
        int64_t quantity;
        const char *expected; /* NULL: it is legal */
    } cases[] = {{48, NULL}, {72, NULL},     {96, NULL},     {24, "48"},
                 {47, "48"}, {50, "48, 72"}, {60, "48, 72"}, {1, "48"}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        struct line_facts *facts = add_simple_line(&bench, cases[index].quantity * MICROS);
        facts->minimum_micros = 48 * MICROS;
        facts->multiple_micros = 24 * MICROS;
        decide(&bench);
        assert_int_equal(bench.decision.is_priced, cases[index].expected == NULL);
        if (cases[index].expected != NULL) {
            assert_int_equal(bench.findings.count, 1);
            assert_int_equal(bench.findings.items[0].code, M_PRICE_QUANTITY_STEP);
            assert_string_equal(bench.findings.items[0].expected, cases[index].expected);
        }
    }
}

/* A minimum that is no multiple: the least multiple above it. */
static void
a_minimum_between_multiples_is_rounded_up(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_simple_line(&bench, 10 * MICROS);
    facts->minimum_micros = 10 * MICROS;
    facts->multiple_micros = 6 * MICROS;
    decide(&bench);
    assert_string_equal(bench.findings.items[0].expected, "12");
}

/* Three cartons of 24: 72 pieces reach the break at 72, and the price is told per carton. */
static void
a_line_in_another_unit_is_priced_in_the_units_of_the_product(void **state)
{
    struct unit_fact units[] = {{"CT", 24 * MICROS}};
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_simple_line(&bench, 3 * MICROS);
    add_price(facts, SCOPE_BASE, 72 * MICROS, 900000);
    bench.lines[0].unit = "CT";
    facts->units = units;
    facts->unit_count = 1;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.net_minor, 6480);
    assert_int_equal(bench.decision.lines[0].price_micros, 21600000);
    assert_non_null(strstr(bench.decision.trace, "\"units_of_product\":\"72\""));
}

/* 5 % of the list price of 20.00, and 0.50 a piece: 4 pieces come to 86.00. */
static void
surcharges_are_absolute_and_in_percent(void **state)
{
    struct option_fact offered[] = {option_at("colour", "red", 500000)};
    struct option asked[] = {{"colour", "red"}};
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_line(&bench, 4 * MICROS, 0);
    add_price(facts, SCOPE_BASE, 0, 20 * MICROS);
    offered[0].surcharge_percent_micros = 50000;
    facts->options = offered;
    facts->option_count = 1;
    bench.lines[0].options = asked;
    bench.lines[0].option_count = 1;
    decide(&bench);
    assert_int_equal(bench.decision.net_minor, 8600);
    assert_int_equal(bench.decision.lines[0].price_micros, 21500000);
}

static void
options_exclude_and_need_each_other(void **state)
{
    static const struct {
        const char *excludes, *needs;
        enum message code;
        const char *expected;
    } cases[] = {
        {"box | colour=red |lid=none", "", M_PRICE_OPTION_EXCLUDED, "lid=none"},
        {"lid", "", M_PRICE_OPTION_EXCLUDED, "lid"},
        {"lid=gold|li|lidd", "", MESSAGE_COUNT, NULL},
        {"", "lid", MESSAGE_COUNT, NULL},
        {"", "lid=none", MESSAGE_COUNT, NULL},
        {"", "lid | box", M_PRICE_OPTION_NEEDED, "box"},
        {"", "lid=gold", M_PRICE_OPTION_NEEDED, "lid=gold"},
    };
    struct option asked[] = {{"colour", "blue"}, {"lid", "none"}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct option_fact offered[] = {option_at("colour", "blue", 0),
                                        option_at("lid", "none", 0)};
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        struct line_facts *facts = add_simple_line(&bench, MICROS);
        offered[0].excludes = cases[index].excludes;
        offered[0].needs = cases[index].needs;
        facts->options = offered;
        facts->option_count = 2;
        bench.lines[0].options = asked;
        bench.lines[0].option_count = 2;
        decide(&bench);
        assert_int_equal(bench.findings.count, cases[index].expected != NULL);
        if (cases[index].expected != NULL) {
            assert_int_equal(bench.findings.items[0].code, cases[index].code);
            assert_string_equal(bench.findings.items[0].expected, cases[index].expected);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_legal_quantities_are_named),
        cmocka_unit_test(a_minimum_between_multiples_is_rounded_up),
        cmocka_unit_test(a_line_in_another_unit_is_priced_in_the_units_of_the_product),
        cmocka_unit_test(surcharges_are_absolute_and_in_percent),
        cmocka_unit_test(options_exclude_and_need_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
