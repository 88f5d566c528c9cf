/* Prices in another currency than the order's, and orders in currencies of no, two and three
 * decimals, through price_order. */
#include "price_bench.h"

#include "rules/price_formula.h"

#include <stdio.h>
#include <stdlib.h>

/* The order's prices are in another currency; so much of the order's for so many of that. */
static void
set_rate(struct bench *bench, const char *list_currency, int64_t rate_micros, int64_t units)
{
    static struct rate_fact rate;
    rate = (struct rate_fact){order_day, rate_micros, units};
    bench->facts.rate = &rate;
    for (size_t line = 0; line < bench->order.line_count; line++) {
        bench->line_facts[line].list_currency = list_currency;
    }
}

static void
a_price_is_exchanged_and_rounded_once(void **state)
{
    static const struct {
        const char *currency;
        int64_t price_micros, rate_micros, units, quantity_micros;
        int64_t unit_micros, net_minor;
    } cases[] = {
        {"JPY", 4500000, 161250000, 1, 2 * MICROS, 725625000, 1451},   /* 4.50 EUR: 1451.25 */
        {"EUR", 725 * MICROS, 620150, 100, 3 * MICROS, 4496088, 1349}, /* 4.4960875 rounds up */
        {"KWD", 10 * MICROS, 333333, 1, MICROS, 3333330, 3333},
        {"EUR", 1, 500000, 1, 1000 * MICROS, 1, 0}, /* half a millionth rounds up */
        {"EUR", 1, 499999, 1, 1000 * MICROS, 0, 0}, /* just below does not */
        {"USD", 0, 1080000, 1, 7 * MICROS, 0, 0},   /* nothing stays nothing */
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench, cases[index].currency);
        add_price(add_line(&bench, cases[index].quantity_micros, 0), SCOPE_BASE, 0,
                  cases[index].price_micros);
        set_rate(&bench, "CHF", cases[index].rate_micros, cases[index].units);
        decide(&bench);
        assert_true(bench.decision.is_priced);
        assert_int_equal(bench.decision.lines[0].price_micros, cases[index].unit_micros);
        assert_int_equal(bench.decision.net_minor, cases[index].net_minor);
    }
}

/* Bands, surcharges and results of formulas, each for itself; percentages of what was exchanged. */
static void
all_that_stands_in_the_list_is_exchanged(void **state)
{
    (void)state;
    OWNED(bench) bands;
    bench_init(&bands, "JPY");
    struct line_facts *facts = add_line(&bands, 4 * MICROS, 0);
    add_price(facts, SCOPE_BASE, 0, 1000333)->breaks = BREAKS_GRADUATED;
    add_price(facts, SCOPE_BASE, 3 * MICROS, 500000)->breaks = BREAKS_GRADUATED;
    set_rate(&bands, "EUR", 150 * MICROS, 1);
    decide(&bands);
    assert_int_equal(bands.decision.net_minor, 525); /* 3 x 150.04995 + 75 = 525.14985 */
    assert_non_null(strstr(bands.decision.trace,
                           "\"bands\":[{\"quantity\":\"3\",\"price\":\"150.04995\"},"
                           "{\"quantity\":\"1\",\"price\":\"75\"}]"));

    OWNED(bench) options;
    struct option_fact offered[] = {option_at("colour", "red", 1500000),
                                    option_at("gift", "yes", -250000)};
    struct option ordered[] = {{"colour", "red"}, {"gift", "yes"}};
    offered[0].surcharge_percent_micros = 100000;
    bench_init(&options, "JPY");
    facts = add_line(&options, MICROS, 0);
    add_price(facts, SCOPE_BASE, 0, 10 * MICROS);
    facts->options = offered;
    facts->option_count = 2;
    options.lines[0].options = ordered;
    options.lines[0].option_count = 2;
    set_rate(&options, "EUR", 150 * MICROS, 1);
    decide(&options);
    assert_int_equal(options.decision.net_minor, 1500 + 150 + 188); /* 1.25 EUR are 187.5 yen */
    assert_non_null(strstr(options.decision.trace, "\"surcharge\":\"-0.25\""));

    OWNED(bench) formula;
    struct formula_mistakes mistakes;
    bench_init(&formula, "JPY");
    facts = add_line(&formula, 3 * MICROS, 0);
    struct price_candidate *candidate = add_price(facts, SCOPE_BASE, 0, 2 * MICROS);
    candidate->formula = price_formula_compile("base * quantity", 2 * MICROS, "EUR", facts,
                                               &formula.arena, &mistakes);
    set_rate(&formula, "EUR", 150 * MICROS, 1);
    decide(&formula);
    assert_int_equal(formula.decision.net_minor, 3 * 900);
    assert_non_null(strstr(formula.decision.trace,
                           "\"told\":\"base 2 EUR * quantity 3 C62 = 6.00\",\"price\":\"6.00\""));
}

static void
the_trace_tells_the_rate(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "JPY");
    add_price(add_line(&bench, 2 * MICROS, 0), SCOPE_BASE, 0, 4500000);
    set_rate(&bench, "EUR", 161250000, 1);
    decide(&bench);
    assert_non_null(
        strstr(bench.decision.trace,
               "\"price\":\"4.50\",\"verdict\":\"applied\"}],\"exchange\":{\"from\":\"EUR\",\"to\":"
               "\"JPY\",\"rate\":\"161.25\",\"units\":\"1\",\"date\":\"2026-11-24\",\"rounding\":"
               "\"half-up to millionths\",\"price\":\"725.625\"},"
               "\"price\":\"725.625\",\"list\":\"1451\""));
}

/* Exactly this finding; the order is refused. */
static const struct finding *
refused_with(struct bench *bench, enum message code)
{
    decide(bench);
    assert_false(bench->decision.is_priced);
    assert_int_equal(bench->findings.count, 1);
    assert_string_equal(message_entry(bench->findings.items[0].code)->id, message_entry(code)->id);
    assert_int_equal(bench->decision.gross_minor, 0);
    return &bench->findings.items[0];
}

static void
a_rate_that_is_missing_or_old_refuses_the_line(void **state)
{
    struct rate_fact rate = {order_day - 7, MICROS, 1};
    (void)state;
    OWNED(bench) none;
    bench_init(&none, "JPY");
    add_price(add_line(&none, MICROS, 0), SCOPE_BASE, 0, MICROS);
    none.line_facts[0].list_currency = "EUR";
    const struct finding *finding = refused_with(&none, M_PRICE_RATE_NONE);
    assert_string_equal(finding->value, "JPY");
    assert_string_equal(finding->expected, "EUR");
    assert_string_equal(finding->hint, "2026-11-24");

    OWNED(bench) old;
    bench_init(&old, "JPY");
    add_price(add_line(&old, MICROS, 0), SCOPE_BASE, 0, MICROS);
    old.line_facts[0].list_currency = "EUR";
    old.facts.rate = &rate;
    old.facts.rate_days_max = 6;
    assert_string_equal(refused_with(&old, M_PRICE_RATE_OLD)->hint, "2026-11-17");
    old.facts.rate_days_max = 7;
    decide(&old);
    assert_true(old.decision.is_priced);
    old.facts.rate_days_max = 0;
    rate.day = 0;
    decide(&old);
    assert_true(old.decision.is_priced);

    OWNED(bench) large;
    bench_init(&large, "JPY");
    add_price(add_line(&large, MICROS, 0), SCOPE_BASE, 0, 10 * MICROS);
    set_rate(&large, "EUR", DECIMAL_MICROS_MAX, 1);
    refused_with(&large, M_PRICE_LINE_TOO_LARGE);
}

/* A line without a price in any currency, or whose prices are not valid, says so as ever; no rate
 * is asked for. */
static void
what_has_no_price_needs_no_rate(void **state)
{
    OWNED(bench) late;
    (void)state;
    bench_init(&late, "JPY");
    add_price(add_line(&late, MICROS, 0), SCOPE_BASE, 0, MICROS)->valid_to = order_day - 1;
    late.line_facts[0].list_currency = "EUR";
    refused_with(&late, M_PRICE_DATE);
}

/* The parts of a package may have prices in either currency. */
static void
parts_of_packages_are_exchanged_too(void **state)
{
    OWNED(bench) bench;
    struct price_candidate candidates[2][CANDIDATES];
    struct line_facts facts[2];
    struct part_fact parts[2] = {{"CUP", 2 * MICROS, &facts[0]}, {"POT", MICROS, &facts[1]}};
    struct package_fact package = {.is_sum = true, .parts = parts, .part_count = 2};
    (void)state;
    for (size_t part = 0; part < 2; part++) {
        facts[part] = (struct line_facts){.product_known = true,
                                          .nearest_sku = "",
                                          .unit = "C62",
                                          .candidates = candidates[part]};
        add_price(&facts[part], SCOPE_BASE, 0, part == 0 ? 2 * MICROS : 700 * MICROS);
    }
    facts[0].list_currency = "EUR";
    bench_init(&bench, "JPY");
    add_line(&bench, MICROS, 0)->package = &package;
    set_rate(&bench, "EUR", 161250000, 1);
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.net_minor, 1345); /* 645 + 700 */
    assert_int_equal(bench.decision.lines[0].parts[0].net_minor, 645);

    bench.facts.rate = NULL;
    decide(&bench);
    assert_int_equal(bench.findings.count, 1);
    assert_string_equal(bench.findings.items[0].hint, "PRICE-RATE-NONE");
}

/* What a product costs, known in euro alone, is compared in yen; an old rate serves, none does not.
 */
static void
costs_are_exchanged_as_prices_are(void **state)
{
    OWNED(bench) bench;
    struct cost_fact cost = {5 * MICROS, 6000333, 100000, 0, INT32_MAX};
    (void)state;
    bench_init(&bench, "JPY");
    bench.facts.below_floor = DIFFERENCE_REFUSES;
    bench.facts.rate_days_max = 1;
    struct line_facts *facts = add_line(&bench, 2 * MICROS, 0);
    facts->costs = (struct cost_facts){&cost, 1, "EUR"};
    add_price(facts, SCOPE_BASE, 0, 901 * MICROS); /* in yen: the list is not asked */
    struct rate_fact rate = {order_day - 30, 150 * MICROS, 1};
    bench.facts.rate = &rate;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.lines[0].cost_minor, 1500);
    assert_int_equal(bench.decision.lines[0].least_minor, 1800); /* 900.04995 each */
    assert_non_null(
        strstr(bench.decision.trace,
               "\"floor\":{\"unit_cost\":\"750\",\"valid_from\":\"1970-01-01\",\"floor_price\":"
               "\"900.04995\",\"minimum_margin\":\"0.10\",\"exchange\":{\"from\":\"EUR\",\"to\":"
               "\"JPY\",\"rate\":\"150.00\",\"units\":\"1\",\"date\":\"2026-10-25\""));
    bench.candidates[0][0].price_micros = 899 * MICROS;
    refused_with(&bench, M_PRICE_FLOOR);
    bench.facts.rate = NULL;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.lines[0].cost_minor, AMOUNT_NONE);
    rate.rate_micros = DECIMAL_MICROS_MAX;
    bench.facts.rate = &rate;
    decide(&bench);
    assert_false(bench.decision.is_priced); /* whatever it costs, it is more */
}

static uint32_t
draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 8) % below;
}

static int64_t
power_of_ten(int exponent)
{
    int64_t power = 1;
    for (int place = 0; place < exponent; place++) {
        power *= 10;
    }
    return power;
}

/* Half up to the currency, by its definition: no other whole number is nearer to the amount. */
static void
assert_nearest(int64_t minor, int128 picos, int exponent)
{
    const int128 unit = (int128)MICROS * MICROS / power_of_ten(exponent);
    const int128 away = picos - minor * unit;
    assert_true(2 * away < unit && -2 * away <= unit);
}

/* Orders of up to four lines in yen, euro and dinar, exchanged or not, with tax in the prices or on
 * top, per line or per document: every amount is the nearest of its currency, lines add up to the
 * totals, the trace tells as many decimals as the currency has, and pricing twice gives the same
 * bytes. */
static void
amounts_are_whole_in_any_currency(void **state)
{
    static const char *const currencies[] = {"JPY", "EUR", "KWD"};
    static const char *const decimals[] = {"", ".00", ".000"};
    static const int exponents[] = {0, 2, 3};
    uint32_t seed = 5;
    (void)state;
    for (int turn = 0; turn < 3000; turn++) {
        OWNED(bench) bench;
        const int which = turn % 3;
        const bool is_exchanged = draw(&seed, 2) == 0;
        const bool includes_tax = draw(&seed, 2) == 0;
        const int64_t rate_micros = 1 + draw(&seed, 200000000), units = 1 + draw(&seed, 2) * 99;
        int64_t net = 0, tax = 0;
        bench_init(&bench, currencies[which]);
        bench.facts.tax_rounding = draw(&seed, 2) == 0 ? TAX_PER_LINE : TAX_PER_DOCUMENT;
        const uint32_t count = 1 + draw(&seed, LINES);
        for (uint32_t line = 0; line < count; line++) {
            struct line_facts *facts =
                add_line(&bench, 1 + draw(&seed, 9000000), draw(&seed, 4) * 50000);
            add_price(facts, SCOPE_BASE, 0, draw(&seed, 90000000))->includes_tax = includes_tax;
        }
        if (is_exchanged) {
            set_rate(&bench, "CHF", rate_micros, units);
        }
        decide(&bench);
        assert_true(bench.decision.is_priced);
        for (uint32_t line = 0; line < count; line++) {
            const struct priced_line *priced = &bench.decision.lines[line];
            const int64_t list_micros = bench.candidates[line][0].price_micros;
            const int128 exact = (int128)list_micros * rate_micros;
            const int128 scale = (int128)MICROS * units;
            const int64_t unit_micros =
                is_exchanged ? (int64_t)((2 * exact + scale) / (2 * scale)) : list_micros;
            assert_int_equal(priced->price_micros, unit_micros);
            assert_nearest(priced->net_minor + (includes_tax ? priced->tax_minor : 0),
                           (int128)unit_micros * bench.lines[line].quantity_micros,
                           exponents[which]);
            net += priced->net_minor;
            tax += priced->tax_minor;
        }
        assert_int_equal(bench.decision.net_minor, net);
        assert_int_equal(bench.decision.tax_minor, tax);
        assert_int_equal(bench.decision.gross_minor, net + tax);
        char gross[80];
        snprintf(gross, sizeof gross, "\"gross\":\"%lld",
                 (long long)(net + tax) / (long long)power_of_ten(exponents[which]));
        const char *told = strstr(bench.decision.trace, gross);
        assert_non_null(told);
        assert_int_equal(strcspn(told + strlen(gross), "\""), strlen(decimals[which]));
        const char *first = arena_copy(&bench.arena, bench.decision.trace);
        decide(&bench);
        assert_string_equal(bench.decision.trace, first);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_is_exchanged_and_rounded_once),
        cmocka_unit_test(all_that_stands_in_the_list_is_exchanged),
        cmocka_unit_test(the_trace_tells_the_rate),
        cmocka_unit_test(a_rate_that_is_missing_or_old_refuses_the_line),
        cmocka_unit_test(what_has_no_price_needs_no_rate),
        cmocka_unit_test(parts_of_packages_are_exchanged_too),
        cmocka_unit_test(costs_are_exchanged_as_prices_are),
        cmocka_unit_test(amounts_are_whole_in_any_currency),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
