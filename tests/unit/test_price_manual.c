/* Prices set by hand: what they do to a line, how far who may go, and what the trace says. */
#include "price_bench.h"

#include <stdio.h>
#include <stdlib.h>

static const struct authority_fact authorities[] = {
    {"clerk", "anna | boris", "", "", 100000, 50000, false},
    {"lead", "boris|chen", "", "", 200000, 100000, false},
    {"lead", "anna", "", "friends", 500000, 500000, true},
    {"sales office", "", "nordlicht", "", 50000, 0, false},
    {"agent", "dora", "bluebird", "", 900000, 900000, true},
};
enum { AUTHORITIES = sizeof authorities / sizeof authorities[0] };

/* One line of ten pieces at 10.00 with a price by hand. */
static void
set_bench(struct bench *bench, int64_t price_micros, const char *person, bool is_ours)
{
    bench_init(bench, "EUR");
    add_price(add_line(bench, 10 * MICROS, 190000), SCOPE_BASE, 0, 10000000);
    bench->lines[0].manual =
        (struct manual_price){price_micros, AMOUNT_NONE, "fair", person, is_ours};
    bench->facts.authorities = authorities;
    bench->facts.authority_count = AUTHORITIES;
    bench->facts.has_approver = true;
}

static void
it_stands_in_place_of_list_and_options(void **state)
{
    static struct option_fact offered;
    static struct option ordered = {"colour", "red"};
    OWNED(bench) bench;
    (void)state;
    offered = option_at("colour", "red", 500000);
    set_bench(&bench, 8400000, "boris", true);
    bench.line_facts[0].options = &offered;
    bench.line_facts[0].option_count = 1;
    bench.lines[0].options = &ordered;
    bench.lines[0].option_count = 1;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.net_minor, 8400);
    assert_int_equal(bench.decision.tax_minor, 1596);
    assert_int_equal(bench.decision.lines[0].price_micros, 8400000);
    assert_int_equal(bench.decision.lines[0].rules_price_micros, 10500000);
    assert_int_equal(bench.decision.lines[0].deviation_micros, 200000); /* of 10.50 */
    assert_int_equal(bench.decision.lines[0].allowed_micros, 200000);
    assert_int_equal(bench.decision.wait_reasons, 0);
    assert_int_equal(bench.findings.count, 1);
    assert_int_equal(bench.findings.items[0].code, M_PRICE_SET);
    assert_string_equal(bench.findings.items[0].value, "8.40");
    assert_string_equal(bench.findings.items[0].expected, "10.50");
}

/* A carton of six at 54.00 is 9.00 a piece, 10 % below: the price is per unit ordered. */
static void
it_is_per_unit_ordered(void **state)
{
    static struct unit_fact carton = {"CT", 6 * MICROS};
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, 54000000, "anna", true);
    bench.lines[0].unit = "CT";
    bench.line_facts[0].units = &carton;
    bench.line_facts[0].unit_count = 1;
    decide(&bench);
    assert_int_equal(bench.decision.net_minor, 54000);
    assert_int_equal(bench.decision.lines[0].rules_price_micros, 60000000);
    assert_int_equal(bench.decision.lines[0].deviation_micros, 100000);
    assert_int_equal(bench.decision.wait_reasons, 0);
}

static void
who_may_go_how_far(void **state)
{
    static const struct {
        int64_t price_micros;
        const char *person;
        bool is_ours;
        const char *group;
        bool has_approver;
        enum message code;
    } cases[] = {
        {9000000, "anna", true, "", true, M_PRICE_SET}, /* exactly 10 % */
        {8999999, "anna", true, "", true, M_PRICE_SET_WAITS},
        {10500000, "anna", true, "", true, M_PRICE_SET}, /* and 5 % above */
        {10500001, "anna", true, "", true, M_PRICE_SET_WAITS},
        {8000000, "boris", true, "", true, M_PRICE_SET}, /* he is also lead */
        {8000000, "chen", true, "", true, M_PRICE_SET},
        {8000000, "bori", true, "", true, M_PRICE_SET_WAITS},
        {8000000, "", true, "", true, M_PRICE_SET_WAITS},
        {5000000, "anna", true, "friends", true, M_PRICE_SET},
        {10000000, "nobody", true, "", true, M_PRICE_SET}, /* no difference, no question */
        {9500000, "", false, "", true, M_PRICE_MANUAL},    /* whoever, in this partner's orders */
        {9400000, "anna", false, "", true, M_PRICE_MANUAL_WAITS}, /* anyone can write a name */
        {1000000, "dora", false, "", true, M_PRICE_MANUAL_WAITS}, /* another partner's */
        {10000001, "", false, "", true, M_PRICE_MANUAL_WAITS},
        {8000000, "anna", true, "", false, M_PRICE_MANUAL_REFUSED},
        {9000000, "anna", true, "", false, M_PRICE_SET},
        {0, "boris", true, "", true, M_PRICE_SET_WAITS},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        set_bench(&bench, cases[index].price_micros, cases[index].person, cases[index].is_ours);
        bench.facts.customer_group = cases[index].group;
        bench.facts.has_approver = cases[index].has_approver;
        decide(&bench);
        assert_int_equal(bench.findings.count, 1);
        assert_string_equal(message_entry(bench.findings.items[0].code)->id,
                            message_entry(cases[index].code)->id);
        assert_int_equal(bench.decision.is_priced, cases[index].code != M_PRICE_MANUAL_REFUSED);
        assert_int_equal(bench.decision.wait_reasons, cases[index].code == M_PRICE_MANUAL_WAITS ||
                                                              cases[index].code == M_PRICE_SET_WAITS
                                                          ? WAIT_MANUAL
                                                          : 0);
        if (bench.decision.is_priced) {
            assert_int_equal(bench.decision.net_minor, (cases[index].price_micros + 500) / 1000);
        }
    }
}

static void
without_a_list_price_it_waits(void **state)
{
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, 9900000, "boris", true);
    bench.line_facts[0].candidate_count = 0;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.findings.count, 1);
    assert_int_equal(bench.findings.items[0].code, M_PRICE_SET_WAITS);
    assert_int_equal(bench.decision.wait_reasons, WAIT_MANUAL);
    assert_int_equal(bench.decision.net_minor, 9900);
    assert_int_equal(bench.decision.lines[0].rules_price_micros, AMOUNT_NONE);
    assert_int_equal(bench.decision.lines[0].deviation_micros, AMOUNT_NONE);
    assert_non_null(strstr(bench.decision.trace, "\"authorities\":[],\"verdict\":\"waits\""));
}

/* A package that costs the sum of its parts has no list price of its own, but one by the rules. */
static void
a_package_is_compared_with_what_its_parts_cost(void **state)
{
    OWNED(bench) bench;
    struct price_candidate price;
    (void)state;
    set_bench(&bench, 9000000, "anna", true);
    struct line_facts cup = bench.line_facts[0];
    cup.candidates = &price;
    cup.candidate_count = 0;
    add_price(&cup, SCOPE_BASE, 0, 5000000);
    const struct part_fact parts[] = {{"CUP", 2 * MICROS, &cup}};
    const struct package_fact package = {.is_sum = true, .parts = parts, .part_count = 1};
    bench.line_facts[0].package = &package;
    bench.line_facts[0].candidate_count = 0;
    decide(&bench);
    assert_int_equal(bench.findings.items[0].code, M_PRICE_SET);
    assert_int_equal(bench.decision.lines[0].rules_price_micros, 10000000);
    assert_int_equal(bench.decision.net_minor, 9000);
    assert_int_equal(bench.decision.lines[0].parts[0].net_minor, 9000);
}

static void
without_any_authority_it_waits(void **state)
{
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, 9990000, "anna", true);
    bench.facts.authorities = NULL;
    bench.facts.authority_count = 0;
    decide(&bench);
    assert_int_equal(bench.findings.items[0].code, M_PRICE_SET_WAITS);
    assert_int_equal(bench.decision.lines[0].allowed_micros, AMOUNT_NONE);
}

/* A price by hand in an order whose prices include tax includes it too. */
static void
it_includes_tax_as_our_prices_do(void **state)
{
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, 9520000, "anna", true);
    bench.candidates[0][0].includes_tax = true;
    decide(&bench);
    assert_int_equal(bench.decision.net_minor, 8000);
    assert_int_equal(bench.decision.gross_minor, 9520);
}

static void
mistakes_of_the_line_stay_mistakes(void **state)
{
    static struct option ordered = {"colour", "red"};
    OWNED(bench) bench;
    OWNED(bench) large;
    (void)state;
    set_bench(&bench, 9000000, "anna", true);
    bench.lines[0].options = &ordered;
    bench.lines[0].option_count = 1;
    decide(&bench);
    assert_false(bench.decision.is_priced);
    assert_int_equal(bench.findings.items[0].code, M_PRICE_OPTION_UNKNOWN);
    set_bench(&large, DECIMAL_MICROS_MAX, "anna", true);
    large.lines[0].quantity_micros = DECIMAL_MICROS_MAX;
    decide(&large);
    assert_false(large.decision.is_priced);
    assert_int_equal(large.findings.items[0].code, M_PRICE_LINE_TOO_LARGE);
}

static void
what_the_partner_expects_is_compared_with_it(void **state)
{
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, 9000000, "anna", true);
    bench.lines[0].expected_price_micros = 9000000;
    decide(&bench);
    assert_int_equal(bench.findings.count, 1);
    assert_int_equal(bench.findings.items[0].code, M_PRICE_SET);
}

static void
the_trace_stands_it_beside_what_the_rules_give(void **state)
{
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, 8000000, "anna", true);
    decide(&bench);
    assert_non_null(strstr(
        bench.decision.trace,
        "\"manual\":{\"price\":\"8.00\",\"reason\":\"fair\",\"person\":\"anna\",\"set\":\"here\","
        "\"rules_price\":\"10.00\",\"rules_amount\":\"100.00\",\"difference\":\"-20.00\","
        "\"below\":\"0.20\",\"allowed\":\"0.10\",\"authorities\":["
        "{\"role\":\"agent\",\"persons\":\"dora\",\"partner\":\"bluebird\","
        "\"max_below\":\"0.90\",\"max_above\":\"0.90\",\"verdict\":\"not-eligible\","
        "\"why\":\"other-partner\"},"
        "{\"role\":\"lead\",\"persons\":\"anna\",\"group\":\"friends\",\"max_below\":\"0.50\","
        "\"max_above\":\"0.50\",\"verdict\":\"not-eligible\",\"why\":\"other-group\"},"
        "{\"role\":\"lead\",\"persons\":\"boris|chen\",\"max_below\":\"0.20\","
        "\"max_above\":\"0.10\",\"verdict\":\"not-eligible\",\"why\":\"other-person\"},"
        "{\"role\":\"clerk\",\"persons\":\"anna | boris\",\"max_below\":\"0.10\","
        "\"max_above\":\"0.05\",\"verdict\":\"exceeded\"},"
        "{\"role\":\"sales office\",\"partner\":\"nordlicht\",\"max_below\":\"0.05\","
        "\"max_above\":\"0.00\",\"verdict\":\"not-eligible\",\"why\":\"other-partner\"}],"
        "\"verdict\":\"waits\"}"));
    assert_non_null(strstr(bench.decision.trace, "\"price\":\"10.00\",\"verdict\":\"applied\""));
}

/* A third below 10.00 for three pieces: what is shown is rounded away from what is allowed. */
static void
a_deviation_beyond_a_limit_also_looks_so(void **state)
{
    static const struct authority_fact third = {"third", "", "", "", 333333, 0, false};
    OWNED(bench) bench;
    (void)state;
    set_bench(&bench, 2000000, "anna", true);
    bench.candidates[0][0].price_micros = 3000000;
    bench.facts.authorities = &third;
    bench.facts.authority_count = 1;
    decide(&bench);
    assert_int_equal(bench.findings.items[0].code, M_PRICE_SET_WAITS);
    assert_int_equal(bench.decision.lines[0].deviation_micros, 333334);
}

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

/* Any authorities, any price: shuffled, and priced again, the same bytes. */
static void
the_order_of_the_rows_never_matters(void **state)
{
    static const char *const persons[] = {"", "anna", "anna | boris", "chen"};
    static const char *const partners[] = {"", "nordlicht", "bluebird"};
    static const char *const groups[] = {"", "shops", "friends"};
    enum { ROUNDS = 300, ROWS = 8 };
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        OWNED(bench) bench;
        struct authority_fact rows[ROWS];
        const char *first = NULL;
        set_bench(&bench, next_random(&seed) % 20000000, persons[next_random(&seed) % 2],
                  next_random(&seed) % 2 == 0);
        for (size_t index = 0; index < ROWS; index++) {
            rows[index] = (struct authority_fact){.role = "role",
                                                  .persons = persons[next_random(&seed) % 4],
                                                  .partner = partners[next_random(&seed) % 3],
                                                  .customer_group = groups[next_random(&seed) % 3],
                                                  .below_micros = next_random(&seed) % 4 * 100000,
                                                  .above_micros = next_random(&seed) % 4 * 100000};
        }
        bench.facts.authorities = rows;
        bench.facts.authority_count = ROWS;
        for (size_t turn = 0; turn < 4; turn++) {
            const size_t one = next_random(&seed) % ROWS;
            const struct authority_fact row = rows[one];
            rows[one] = rows[turn];
            rows[turn] = row;
            decide(&bench);
            first = first == NULL ? bench.decision.trace : first;
            assert_string_equal(bench.decision.trace, first);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_stands_in_place_of_list_and_options),
        cmocka_unit_test(it_is_per_unit_ordered),
        cmocka_unit_test(who_may_go_how_far),
        cmocka_unit_test(without_a_list_price_it_waits),
        cmocka_unit_test(a_package_is_compared_with_what_its_parts_cost),
        cmocka_unit_test(without_any_authority_it_waits),
        cmocka_unit_test(it_includes_tax_as_our_prices_do),
        cmocka_unit_test(mistakes_of_the_line_stay_mistakes),
        cmocka_unit_test(what_the_partner_expects_is_compared_with_it),
        cmocka_unit_test(the_trace_stands_it_beside_what_the_rules_give),
        cmocka_unit_test(a_deviation_beyond_a_limit_also_looks_so),
        cmocka_unit_test(the_order_of_the_rows_never_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
