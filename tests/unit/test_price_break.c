#include "price_bench.h"

/* Bands of graduated breaks: 0 to 1,000 at 0.10, to 10,000 at 0.05, above at 0.01. */
static struct line_facts *
add_banded_line(struct bench *bench, int64_t quantity)
{
    struct line_facts *facts = add_line(bench, quantity * MICROS, 0);
    add_price(facts, SCOPE_BASE, 0, 100000)->breaks = BREAKS_GRADUATED;
    add_price(facts, SCOPE_BASE, 1000 * MICROS, 50000)->breaks = BREAKS_GRADUATED;
    add_price(facts, SCOPE_BASE, 10000 * MICROS, 10000)->breaks = BREAKS_GRADUATED;
    return facts;
}

static void
graduated_breaks_price_each_unit_in_its_band(void **state)
{
    static const struct {
        int64_t quantity, net_minor;
    } cases[] = {{1, 10}, {1000, 10000}, {1001, 10005}, {10000, 55000}, {15000, 60000}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        add_banded_line(&bench, cases[index].quantity);
        decide(&bench);
        assert_true(bench.decision.is_priced);
        assert_int_equal(bench.decision.net_minor, cases[index].net_minor);
    }
}

static void
the_trace_shows_the_bands(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    add_banded_line(&bench, 15000);
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].price_micros, 40000); /* on average */
    assert_non_null(strstr(bench.decision.trace,
                           "\"bands\":[{\"quantity\":\"1000\",\"price\":\"0.10\"},"
                           "{\"quantity\":\"9000\",\"price\":\"0.05\"},"
                           "{\"quantity\":\"5000\",\"price\":\"0.01\"}]"));
}

/* One unit more never costs less in all, whatever the bands. */
static void
more_never_lowers_a_graduated_total(void **state)
{
    unsigned int seed = 20261125;
    (void)state;
    for (int round = 0; round < 200; round++) {
        int64_t before = 0;
        int64_t prices[CANDIDATES], froms[CANDIDATES];
        for (int band = 0; band < CANDIDATES; band++) {
            seed = seed * 1103515245U + 12345U;
            prices[band] = seed % 3000000;
            froms[band] = band == 0 ? 0 : froms[band - 1] + (seed >> 8) % 7 + 1;
        }
        for (int64_t quantity = 1; quantity < 60; quantity++) {
            OWNED(bench) bench;
            bench_init(&bench, "EUR");
            struct line_facts *facts = add_line(&bench, quantity * MICROS, 0);
            for (int band = 0; band < CANDIDATES; band++) {
                add_price(facts, SCOPE_BASE, froms[band] * MICROS, prices[band])->breaks =
                    BREAKS_GRADUATED;
            }
            decide(&bench);
            assert_true(bench.decision.net_minor >= before);
            before = bench.decision.net_minor;
        }
    }
}

/* 6 and 6 of one group reach the break at 10 together; a line that is not of it does not help. */
static void
lines_of_a_group_reach_a_break_together(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    for (int line = 0; line < 3; line++) {
        struct line_facts *facts = add_line(&bench, 6 * MICROS, 0);
        add_price(facts, SCOPE_BASE, 0, 5 * MICROS)->break_group = line < 2 ? "mugs" : "";
        add_price(facts, SCOPE_BASE, 10 * MICROS, 4 * MICROS)->break_group = line < 2 ? "mugs" : "";
    }
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].net_minor, 2400);
    assert_int_equal(bench.decision.lines[1].net_minor, 2400);
    assert_int_equal(bench.decision.lines[2].net_minor, 3000);
    assert_non_null(strstr(bench.decision.trace, "\"pooled\":\"12\""));
}

/* Graduated bands of a group are filled by the lines in order. */
static void
lines_of_a_group_fill_bands_in_order(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    for (int line = 0; line < 2; line++) {
        struct line_facts *facts = add_banded_line(&bench, 800);
        for (size_t index = 0; index < facts->candidate_count; index++) {
            facts->candidates[index].break_group = "leaf";
        }
    }
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].net_minor, 8000);
    assert_int_equal(bench.decision.lines[1].net_minor, 200 * 10 + 600 * 5);
}

/* Sums of the largest quantities stay in their type, and the deepest break is reached. */
static void
the_largest_group_does_not_overflow(void **state)
{
    enum { COUNT = ORDER_LINES_MAX };
    static struct order_line lines[COUNT];
    static struct line_facts facts[COUNT];
    static struct price_candidate candidates[2];
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *first = add_line(&bench, DECIMAL_MICROS_MAX, 0);
    first->candidates = candidates;
    *add_price(first, SCOPE_BASE, 0, 2) = (struct price_candidate){.scope = SCOPE_BASE,
                                                                   .holder = "",
                                                                   .break_group = "all",
                                                                   .valid_to = INT32_MAX,
                                                                   .price_micros = 2};
    candidates[1] = candidates[0];
    candidates[1].quantity_from_micros = DECIMAL_MICROS_MAX;
    candidates[1].price_micros = 1;
    first->candidate_count = 2;
    for (size_t index = 0; index < COUNT; index++) {
        lines[index] = bench.lines[0];
        facts[index] = *first;
    }
    bench.order.lines = lines;
    bench.order.line_count = COUNT;
    bench.facts.lines = facts;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.net_minor, INT64_C(100000) * COUNT);
}

/* What the candidates of lines take of the arena is known beforehand. */
static void
the_room_for_candidates_is_known(void **state)
{
    enum { COUNT = 500, SMALL = 4096 };
    static struct price_candidate candidates[LINES][COUNT];
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    for (size_t at = 0; at < LINES; at++) {
        struct line_facts *facts = add_line(&bench, 1000 * MICROS, 0);
        for (size_t index = 0; index < COUNT; index++) {
            candidates[at][index] = (struct price_candidate){
                .scope = SCOPE_BASE,
                .holder = "",
                .breaks = at % 2 == 0 ? BREAKS_GRADUATED : BREAKS_ALL_UNITS,
                .break_group = at < 2 ? "tea" : "",
                .quantity_from_micros = (int64_t)index * MICROS,
                .valid_to = INT32_MAX,
                .price_micros = (int64_t)(COUNT - index) * MICROS};
        }
        facts->candidates = candidates[at];
        facts->candidate_count = COUNT;
    }
    const size_t room = price_room(&bench.facts, LINES);
    decide(&bench);
    const size_t taken = bench.arena.bytes_used - strlen(bench.decision.trace);
    assert_true(bench.decision.is_priced);
    assert_in_range(taken, room / 2, room + SMALL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graduated_breaks_price_each_unit_in_its_band),
        cmocka_unit_test(the_trace_shows_the_bands),
        cmocka_unit_test(more_never_lowers_a_graduated_total),
        cmocka_unit_test(lines_of_a_group_reach_a_break_together),
        cmocka_unit_test(lines_of_a_group_fill_bands_in_order),
        cmocka_unit_test(the_largest_group_does_not_overflow),
        cmocka_unit_test(the_room_for_candidates_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
