/* Floor price and least margin: what a line must come to, what follows when it does not, and that
 * nobody outside is told. */
#include "price_bench.h"

#include <stdio.h>

static struct cost_fact
cost_at(int64_t cost_micros, int64_t floor_micros, int64_t margin_least_micros)
{
    return (struct cost_fact){cost_micros, floor_micros, margin_least_micros, 0, INT32_MAX};
}

/* One line of so many pieces at a price, of a product with this cost. */
static void
set_bench(struct bench *bench, int64_t quantity_micros, int64_t price_micros,
          struct cost_fact *cost)
{
    bench_init(bench, "EUR");
    struct line_facts *facts = add_line(bench, quantity_micros, 190000);
    add_price(facts, SCOPE_BASE, 0, price_micros);
    facts->costs = (struct cost_facts){cost, 1, NULL};
    bench->facts.below_floor = DIFFERENCE_HOLDS;
    bench->facts.has_approver = true;
}

static void
what_a_line_must_come_to(void **state)
{
    static const struct {
        int64_t quantity_micros, price_micros;
        int64_t cost_micros, floor_micros, margin_micros;
        int64_t cost_minor, least_minor;
        bool is_below;
    } cases[] = {
        {10 * MICROS, 10000000, 8000000, 9000000, -1, 8000, 9000, false},
        {10 * MICROS, 9000000, 8000000, 9000000, -1, 8000, 9000, false}, /* equal is enough */
        {10 * MICROS, 8999000, 8000000, 9000000, -1, 8000, 9000, true},
        {10 * MICROS, 10000000, 8000000, 0, 200000, 8000, 10000, false}, /* 20 % of 100.00 */
        {10 * MICROS, 9999000, 8000000, 0, 200000, 8000, 10000, true},
        {10 * MICROS, 9000000, 8000000, 9500000, 100000, 8000, 9500, true}, /* the larger counts */
        {10 * MICROS, 9000000, 8000000, 8500000, 200000, 8000, 10000, true},
        {10 * MICROS, 8000000, 8000000, 0, 0, 8000, 8000, false}, /* 0 %: never below cost */
        {10 * MICROS, 7990000, 8000000, 0, 0, 8000, 8000, true},
        {10 * MICROS, 1000000, 8000000, 0, -1, 8000, AMOUNT_NONE, false}, /* no least at all */
        {3 * MICROS, 333333, 0, 333333, -1, 0, 99, false}, /* 0.999999 rounds to 1.00 */
        {1 * MICROS, 333300, 0, 333300, -1, 0, 33, false}, /* a part of a cent is no matter */
        {1 * MICROS, 0, 0, 0, MICROS, 0, 0, false},
        {1 * MICROS, 9000000, 10000, 0, MICROS, 1, ORDER_AMOUNT_MAX_MINOR, true}, /* 100 % */
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        struct cost_fact cost = cost_at(cases[index].cost_micros, cases[index].floor_micros,
                                        cases[index].margin_micros);
        set_bench(&bench, cases[index].quantity_micros, cases[index].price_micros, &cost);
        decide(&bench);
        const struct priced_line *line = &bench.decision.lines[0];
        assert_true(bench.decision.is_priced);
        assert_int_equal(bench.findings.count, 0);
        assert_int_equal(line->cost_minor, cases[index].cost_minor);
        assert_int_equal(line->least_minor, cases[index].least_minor);
        assert_int_equal(line->is_below_floor, cases[index].is_below);
        assert_int_equal(bench.decision.wait_reasons, cases[index].is_below ? WAIT_FLOOR : 0);
    }
}

/* 11.90 with 19 % tax is 10.00 without: that is what counts, also beside other lines of one
 * document. */
static void
tax_is_no_margin(void **state)
{
    static const struct {
        int64_t price_micros;
        bool is_below;
    } cases[] = {{11900000, false}, {11880000, true}};
    (void)state;
    for (size_t index = 0; index < 2; index++) {
        OWNED(bench) bench;
        struct cost_fact cost = cost_at(8000000, 10000000, -1);
        set_bench(&bench, MICROS, cases[index].price_micros, &cost);
        add_price(add_line(&bench, MICROS, 190000), SCOPE_BASE, 0, 10000);
        bench.candidates[0][0].includes_tax = bench.candidates[1][0].includes_tax = true;
        bench.facts.tax_rounding = TAX_PER_DOCUMENT;
        decide(&bench);
        assert_int_equal(bench.decision.lines[0].is_below_floor, cases[index].is_below);
    }
}

static void
what_follows_is_configured(void **state)
{
    static const struct {
        enum price_difference below_floor;
        bool has_approver;
        bool is_priced;
        unsigned int wait_reasons;
        const char *verdict;
    } cases[] = {
        {DIFFERENCE_HOLDS, true, true, WAIT_FLOOR, "\"verdict\":\"waits\"}"},
        {DIFFERENCE_HOLDS, false, false, 0, "\"verdict\":\"refused\"}"},
        {DIFFERENCE_REFUSES, true, false, 0, "\"verdict\":\"refused\"}"},
        {DIFFERENCE_WARNS, false, true, 0, "\"verdict\":\"below\"}"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        struct cost_fact cost = cost_at(8000000, 9000000, -1);
        set_bench(&bench, MICROS, 8500000, &cost);
        bench.facts.below_floor = cases[index].below_floor;
        bench.facts.has_approver = cases[index].has_approver;
        decide(&bench);
        assert_int_equal(bench.decision.is_priced, cases[index].is_priced);
        assert_int_equal(bench.decision.wait_reasons, cases[index].wait_reasons);
        assert_non_null(strstr(bench.decision.trace, cases[index].verdict));
        assert_int_equal(bench.findings.count, cases[index].is_priced ? 0 : 1);
        if (!cases[index].is_priced) {
            const struct finding *finding = &bench.findings.items[0];
            assert_int_equal(finding->code, M_PRICE_FLOOR);
            assert_string_equal(finding->value, "TEA-1"); /* and no figure anywhere */
            assert_string_equal(finding->expected == NULL ? "" : finding->expected, "");
            assert_string_equal(finding->hint == NULL ? "" : finding->hint, "");
        }
    }
}

static void
a_price_by_hand_may_go_below_when_its_person_may(void **state)
{
    static const struct authority_fact authorities[] = {
        {"clerk", "anna", "", "", 500000, 0, false},
        {"lead", "boris", "", "", 500000, 0, true},
    };
    static const struct {
        const char *person;
        unsigned int wait_reasons;
    } cases[] = {{"anna", WAIT_FLOOR}, {"boris", 0}, {"chen", WAIT_MANUAL | WAIT_FLOOR}};
    (void)state;
    for (size_t index = 0; index < 3; index++) {
        OWNED(bench) bench;
        struct cost_fact cost = cost_at(8000000, 9000000, -1);
        set_bench(&bench, MICROS, 10000000, &cost);
        bench.lines[0].manual =
            (struct manual_price){8500000, AMOUNT_NONE, "fair", cases[index].person, true};
        bench.facts.authorities = authorities;
        bench.facts.authority_count = 2;
        decide(&bench);
        assert_int_equal(bench.decision.wait_reasons, cases[index].wait_reasons);
        assert_int_equal(bench.decision.lines[0].is_below_floor, cases[index].wait_reasons != 0);
    }
}

static void
what_is_returned_may_be_cheap(void **state)
{
    OWNED(bench) bench;
    struct cost_fact cost = cost_at(8000000, 9000000, -1);
    (void)state;
    set_bench(&bench, MICROS, 1000000, &cost);
    bench.order.type = ORDER_RETURN;
    decide(&bench);
    assert_int_equal(bench.decision.wait_reasons, 0);
    assert_false(bench.decision.lines[0].is_below_floor);
}

static void
the_trace_has_the_margin_of_line_and_order(void **state)
{
    OWNED(bench) bench;
    OWNED(bench) unknown;
    struct cost_fact cost = cost_at(8000000, 9000000, 100000);
    (void)state;
    set_bench(&bench, 10 * MICROS, 10000000, &cost);
    decide(&bench);
    assert_int_equal(bench.decision.cost_minor, 8000);
    assert_non_null(strstr(
        bench.decision.trace,
        "\"floor\":{\"unit_cost\":\"8.00\",\"valid_from\":\"1970-01-01\",\"floor_price\":\"9.00\","
        "\"minimum_margin\":\"0.10\",\"cost\":\"80.00\",\"least_by_price\":\"90.00\","
        "\"least_by_margin\":\"88.88\",\"margin\":\"20.00\",\"margin_rate\":\"0.20\","
        "\"verdict\":\"kept\"}"));
    assert_non_null(strstr(bench.decision.trace,
                           "\"gross\":\"119.00\",\"cost\":\"80.00\",\"margin\":\"20.00\","
                           "\"margin_rate\":\"0.20\"}"));
    /* Of an order with a line whose cost nobody knows there is no margin. */
    set_bench(&unknown, 10 * MICROS, 10000000, &cost);
    add_price(add_line(&unknown, MICROS, 190000), SCOPE_BASE, 0, 10000);
    decide(&unknown);
    assert_int_equal(unknown.decision.cost_minor, AMOUNT_NONE);
    assert_null(strstr(unknown.decision.trace, "\"gross\":\"119.01\",\"cost\""));
}

static void
the_cost_is_that_of_the_order_date(void **state)
{
    OWNED(bench) bench;
    struct cost_fact costs[] = {{7000000, 0, 0, order_day + 1, INT32_MAX},
                                {5000000, 0, 0, 0, order_day - 1},
                                {6000000, 0, 0, order_day, order_day}};
    (void)state;
    set_bench(&bench, MICROS, 10000000, costs);
    bench.line_facts[0].costs.count = 3;
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].cost_minor, 600);
    bench.line_facts[0].costs.count = 2;
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].cost_minor, AMOUNT_NONE);
    assert_null(strstr(bench.decision.trace, "\"floor\""));
}

/* A carton of six costs what six pieces do. */
static void
costs_are_per_unit_of_the_product(void **state)
{
    static struct unit_fact carton = {"CT", 6 * MICROS};
    OWNED(bench) bench;
    struct cost_fact cost = cost_at(8000000, 9000000, -1);
    (void)state;
    set_bench(&bench, 2 * MICROS, 10000000, &cost);
    bench.lines[0].unit = "CT";
    bench.line_facts[0].units = &carton;
    bench.line_facts[0].unit_count = 1;
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].cost_minor, 9600);
    assert_int_equal(bench.decision.lines[0].least_minor, 10800);
}

/* Two cups and a lid: together they cost 2 x 2.00 + 1.00, and must come to 2 x 2.50 + 1.25 (20 % of
 * which is left over 1.00).  A cost of its own goes before. */
static void
a_package_costs_what_its_parts_do(void **state)
{
    OWNED(bench) bench;
    struct cost_fact cup_cost = cost_at(2000000, 2500000, -1);
    struct cost_fact lid_cost = cost_at(1000000, 0, 200000);
    struct cost_fact own = cost_at(4000000, 0, -1);
    struct price_candidate prices[2];
    (void)state;
    set_bench(&bench, MICROS, 10000000, &own);
    struct line_facts cup = bench.line_facts[0];
    cup.costs.of_days = &cup_cost;
    cup.candidates = &prices[0];
    cup.candidate_count = 0;
    add_price(&cup, SCOPE_BASE, 0, 2600000);
    struct line_facts lid = cup;
    lid.costs.of_days = &lid_cost;
    lid.candidates = &prices[1];
    lid.candidate_count = 0;
    add_price(&lid, SCOPE_BASE, 0, 1040000);
    const struct part_fact parts[] = {{"CUP", 2 * MICROS, &cup}, {"LID", MICROS, &lid}};
    const struct package_fact package = {.is_sum = true, .parts = parts, .part_count = 2};
    bench.line_facts[0].package = &package;
    bench.line_facts[0].candidate_count = 0;
    bench.line_facts[0].costs.count = 0;
    decide(&bench);
    assert_int_equal(bench.decision.net_minor, 624);
    assert_int_equal(bench.decision.lines[0].cost_minor, 500);
    assert_int_equal(bench.decision.lines[0].least_minor, 625);
    assert_int_equal(bench.decision.wait_reasons, WAIT_FLOOR);
    assert_non_null(strstr(bench.decision.trace, "\"floor\":{\"of_parts\":true,\"cost\":\"5.00\","
                                                 "\"least_by_price\":\"6.25\""));
    bench.line_facts[0].costs.count = 1;
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].cost_minor, 400);
    assert_int_equal(bench.decision.wait_reasons, 0);
    bench.line_facts[0].costs.count = 0;
    lid.costs.count = 0;
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].cost_minor, AMOUNT_NONE);
    assert_null(strstr(bench.decision.trace, "\"floor\""));
}

static void
amounts_beyond_all_limits_do_no_harm(void **state)
{
    OWNED(bench) bench;
    struct cost_fact cost = cost_at(DECIMAL_MICROS_MAX, DECIMAL_MICROS_MAX, 999999);
    (void)state;
    set_bench(&bench, DECIMAL_MICROS_MAX, 1, &cost);
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].cost_minor, ORDER_AMOUNT_MAX_MINOR);
    assert_int_equal(bench.decision.lines[0].least_minor, ORDER_AMOUNT_MAX_MINOR);
    assert_int_equal(bench.decision.wait_reasons, WAIT_FLOOR);
}

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

/* Whatever the figures: what is not below its floor has at least the least margin, to a cent; costs
 * in any order and priced twice give the same bytes. */
static void
the_laws_of_floors_hold(void **state)
{
    enum { ROUNDS = 500, COSTS = 3 };
    uint32_t seed = 11;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        OWNED(bench) bench;
        struct cost_fact costs[COSTS];
        for (int32_t index = 0; index < COSTS; index++) {
            costs[index] = (struct cost_fact){
                next_random(&seed) % 20000000, next_random(&seed) % 3 * 5000000,
                (int64_t)(next_random(&seed) % 11) * 100000 - 100000 * (round % 2), index * 100,
                INT32_MAX};
            if (costs[index].margin_least_micros < 0) {
                costs[index].margin_least_micros = -1;
            }
        }
        set_bench(&bench, 1 + next_random(&seed) % 50000000, next_random(&seed) % 20000000, costs);
        bench.line_facts[0].costs.count = COSTS;
        decide(&bench);
        const char *first = bench.decision.trace;
        const struct priced_line line = bench.decision.lines[0];
        const int64_t margin_micros = costs[COSTS - 1].margin_least_micros;
        if (!line.is_below_floor && margin_micros >= 0) {
            assert_true((int128)(line.net_minor + 1 - line.cost_minor) * MICROS >=
                        (int128)line.net_minor * margin_micros);
        }
        const struct cost_fact cost = costs[0];
        costs[0] = costs[COSTS - 1];
        costs[COSTS - 1] = cost;
        decide(&bench);
        assert_string_equal(bench.decision.trace, first);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_line_must_come_to),
        cmocka_unit_test(tax_is_no_margin),
        cmocka_unit_test(what_follows_is_configured),
        cmocka_unit_test(a_price_by_hand_may_go_below_when_its_person_may),
        cmocka_unit_test(what_is_returned_may_be_cheap),
        cmocka_unit_test(the_trace_has_the_margin_of_line_and_order),
        cmocka_unit_test(the_cost_is_that_of_the_order_date),
        cmocka_unit_test(costs_are_per_unit_of_the_product),
        cmocka_unit_test(a_package_costs_what_its_parts_do),
        cmocka_unit_test(amounts_beyond_all_limits_do_no_harm),
        cmocka_unit_test(the_laws_of_floors_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
