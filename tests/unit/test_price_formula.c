/* Prices by formula, through price_order: the names and their values, the result as a price, the
 * trace, and what is told when there is none. */
#include "price_bench.h"

#include "rules/price_formula.h"

#include <stdio.h>
#include <stdlib.h>

static struct option_fact
number_at(const char *name, int64_t minimum_micros, int64_t maximum_micros, const char *unit)
{
    struct option_fact fact = option_at(name, OPTION_ANY_NUMBER, 0);
    fact.minimum_micros = minimum_micros;
    fact.maximum_micros = maximum_micros;
    fact.unit = unit;
    return fact;
}

/* A candidate whose price is a formula; the options of the line must be set before. */
static void
add_formula(struct bench *bench, struct line_facts *facts, int64_t from_micros, int64_t base_micros,
            const char *text)
{
    struct formula_mistakes mistakes;
    struct price_candidate *candidate = add_price(facts, SCOPE_BASE, from_micros, base_micros);
    candidate->formula = price_formula_compile(text, base_micros, bench->order.currency, facts,
                                               &bench->arena, &mistakes);
}

/* A line of panes of 2.40 m x 1.10 m in red. */
static struct line_facts *
add_pane(struct bench *bench, int64_t quantity_micros)
{
    static struct option_fact offered[4];
    static struct option ordered[] = {{"length", "2.40"}, {"width", "1.10"}, {"colour", "red"}};
    offered[0] = option_at("colour", "red", 250000);
    offered[1] = option_at("colour", "white", 0);
    offered[2] = number_at("width", 100000, 3 * MICROS, "m");
    offered[3] = number_at("length", 100000, 6 * MICROS, "m");
    struct line_facts *facts = add_line(bench, quantity_micros, 0);
    facts->options = offered;
    facts->option_count = 4;
    bench->lines[bench->order.line_count - 1].options = ordered;
    bench->lines[bench->order.line_count - 1].option_count = 3;
    return facts;
}

/* Each name has its value; the surcharge for red comes on top. */
static void
a_formula_is_the_price(void **state)
{
    static const struct {
        const char *formula;
        int64_t base_micros;
        int64_t price_micros; /* without the surcharge */
    } cases[] = {
        {"length * width * 12.00 + 5.00", AMOUNT_NONE, 36680000},
        {"base * 1.15", 10 * MICROS, 11500000},
        {"base + length", 0, 2400000},
        {"quantity * 2", AMOUNT_NONE, 6 * MICROS},
        {"max(length * width, 3) * 10", AMOUNT_NONE, 30 * MICROS},
        {"if(group = \"shops\" and customer = 'NORD', 1.5, 2.5)", AMOUNT_NONE, 1500000},
        {"if(country in (\"DE\", \"AT\"), 1, 2)", AMOUNT_NONE, MICROS},
        {"if(channel = \"\", 4, 5)", AMOUNT_NONE, 4 * MICROS},
        {"if(given(colour) and colour = \"red\", 7, 8)", AMOUNT_NONE, 7 * MICROS},
        {"order_year + order_month / 100 + order_day / 10000", AMOUNT_NONE, 2026112400},
        {"tier(quantity, 0: 9, 3: 8, 10: 7)", AMOUNT_NONE, 8 * MICROS},
        {"1 / 3", AMOUNT_NONE, 333333},
        {"0.0000005", AMOUNT_NONE, 1}, /* half a millionth rounds up */
        {"0.00000049", AMOUNT_NONE, 0},
        {"0", AMOUNT_NONE, 0}, /* it says so itself */
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        struct line_facts *facts = add_pane(&bench, 3 * MICROS);
        add_formula(&bench, facts, 0, cases[index].base_micros, cases[index].formula);
        decide(&bench);
        assert_true(bench.decision.is_priced);
        assert_int_equal(bench.decision.lines[0].price_micros, cases[index].price_micros + 250000);
    }
}

static void
the_trace_tells_how_it_came_about(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_pane(&bench, 2 * MICROS);
    add_formula(&bench, facts, 0, 5 * MICROS, "base + length * width * 12.00");
    add_formula(&bench, facts, 10 * MICROS, AMOUNT_NONE, "length");
    decide(&bench);
    assert_int_equal(bench.decision.net_minor, 7386);
    assert_non_null(strstr(
        bench.decision.trace,
        "\"formula\":\"length\",\"verdict\":\"not-eligible\",\"why\":\"break-not-reached\""));
    assert_non_null(strstr(bench.decision.trace,
                           "\"formula\":\"base + length * width * 12.00\",\"base\":\"5.00\","
                           "\"price\":\"36.68\",\"verdict\":\"applied\""));
    assert_non_null(strstr(
        bench.decision.trace,
        "\"formulas\":[{\"formula\":\"base + length * width * 12.00\",\"told\":\"length 2.40 m * "
        "width 1.10 m * 12.00 = 31.68; base 5 EUR + 31.68 = 36.68\",\"price\":\"36.68\"}]"));
}

/* Three of four units at the first band, one at the second; each band tells its own. */
static void
each_graduated_band_has_its_formula(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_pane(&bench, 4 * MICROS);
    add_formula(&bench, facts, 3 * MICROS, AMOUNT_NONE, "length * 5");
    add_formula(&bench, facts, 0, AMOUNT_NONE, "length * 10");
    facts->candidates[0].breaks = facts->candidates[1].breaks = BREAKS_GRADUATED;
    bench.lines[0].option_count = 2;
    decide(&bench);
    assert_int_equal(bench.decision.net_minor, 3 * 2400 + 1200);
    assert_non_null(strstr(bench.decision.trace,
                           "length 2.40 m * 10 = 24.00\",\"price\":\"24.00\"},"
                           "{\"formula\":\"length * 5\""));
}

/* Exactly this finding, the order refused, nothing priced. */
static const struct finding *
refused_with(struct bench *bench, enum message code)
{
    decide(bench);
    assert_false(bench->decision.is_priced);
    assert_int_equal(bench->findings.count, 1);
    assert_string_equal(message_entry(bench->findings.items[0].code)->id, message_entry(code)->id);
    assert_int_equal(bench->decision.gross_minor, 0);
    assert_int_equal(bench->decision.lines[0].price_micros, 0);
    return &bench->findings.items[0];
}

static void
no_result_says_why_with_the_values(void **state)
{
    static const struct {
        const char *formula;
        enum message code;
        const char *field, *value, *expected;
    } cases[] = {
        {"length * depth", M_PRICE_FORMULA_OPTION, "options", "depth",
         "0.5\xE2\x80\x93"
         "2 cm"},
        {"length * width - 5.00", M_PRICE_FORMULA_NEGATIVE, "sku", "-2.36",
         "length 2.40 m, width 1.10 m"},
        {"tier(length, 3: 9)", M_PRICE_FORMULA_BREAKS, "sku", "length", "length 2.40 m"},
        {"length * 1000000000", M_PRICE_FORMULA_TOO_LARGE, "sku", "2400000000.00", "length 2.40 m"},
        {"quantity * 1000000000000000 * 1000000000", M_PRICE_FORMULA_TOO_LARGE, "sku",
         "quantity * 1000000000000000 * 1000000000", "quantity 2 C62"},
        {"gone * 2", M_PRICE_FORMULA_BROKEN, "sku", "gone", "FORMULA-UNKNOWN-NAME"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        struct option_fact offered[5];
        bench_init(&bench, "EUR");
        struct line_facts *facts = add_pane(&bench, 2 * MICROS);
        memcpy(offered, facts->options, 4 * sizeof offered[0]);
        offered[4] = number_at("depth", 500000, 2 * MICROS, "cm");
        facts->options = offered;
        facts->option_count = 5;
        add_formula(&bench, facts, 0, AMOUNT_NONE, cases[index].formula);
        const struct finding *finding = refused_with(&bench, cases[index].code);
        assert_string_equal(finding->field, cases[index].field);
        assert_string_equal(finding->value, cases[index].value);
        assert_string_equal(finding->expected, cases[index].expected);
    }
}

/* Numbers within bounds, options that must be there; the formula then says nothing of its own. */
static void
options_of_a_formula_are_judged_first(void **state)
{
    static const struct {
        struct option ordered;
        enum message code;
        const char *field, *value;
    } cases[] = {
        {{"length", "6.01"}, M_PRICE_OPTION_NUMBER, "length", "6.01"},
        {{"length", "0.09"}, M_PRICE_OPTION_NUMBER, "length", "0.09"},
        {{"length", "long"}, M_PRICE_OPTION_NUMBER, "length", "long"},
        {{"length", "2.4 m"}, M_PRICE_OPTION_NUMBER, "length", "2.4 m"},
        {{"length", "2.1234567"}, M_PRICE_OPTION_NUMBER, "length", "2.1234567"},
        {{"length", "*"}, M_PRICE_OPTION_NUMBER, "length", "*"},
        {{"length", ""}, M_PRICE_OPTION_NUMBER, "length", ""},
        {{"colour", "red"}, M_PRICE_OPTION_REQUIRED, "options", "length"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        struct option ordered = cases[index].ordered;
        bench_init(&bench, "EUR");
        struct line_facts *facts = add_pane(&bench, 2 * MICROS);
        facts->options[3].is_required = true;
        add_formula(&bench, facts, 0, AMOUNT_NONE, "length * 12.00");
        bench.lines[0].options = &ordered;
        bench.lines[0].option_count = 1;
        const struct finding *finding = refused_with(&bench, cases[index].code);
        assert_string_equal(finding->field, cases[index].field);
        assert_string_equal(finding->value, cases[index].value);
        assert_string_equal(finding->expected, "0.1\xE2\x80\x93"
                                               "6 m");
    }
}

/* Our names go before options that are called like them. */
static void
our_names_go_before_options(void **state)
{
    OWNED(bench) bench;
    struct option_fact offered = option_at("country", "IT", 0);
    struct option ordered = {"country", "IT"};
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_line(&bench, MICROS, 0);
    facts->options = &offered;
    facts->option_count = 1;
    bench.lines[0].options = &ordered;
    bench.lines[0].option_count = 1;
    add_formula(&bench, facts, 0, AMOUNT_NONE, "if(country = \"DE\", 3, 4)");
    decide(&bench);
    assert_int_equal(bench.decision.net_minor, 300);
}

static uint32_t
draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 8) % below;
}

/* For random sizes the price is that of the same arithmetic in integers; the order of the facts and
 * pricing twice change no byte. */
static void
any_size_has_the_exact_price(void **state)
{
    uint32_t seed = 7;
    (void)state;
    for (int turn = 0; turn < 2000; turn++) {
        OWNED(bench) bench;
        char length[16], width[16];
        const int64_t length_mm = 100 + (int64_t)draw(&seed, 5901);
        const int64_t width_mm = 100 + (int64_t)draw(&seed, 2901);
        snprintf(length, sizeof length, "%d.%03d", (int)length_mm / 1000, (int)length_mm % 1000);
        snprintf(width, sizeof width, "%d.%03d", (int)width_mm / 1000, (int)width_mm % 1000);
        bench_init(&bench, "EUR");
        struct line_facts *facts = add_pane(&bench, MICROS);
        struct option ordered[] = {{"width", width}, {"length", length}};
        struct option_fact turned[4] = {facts->options[3], facts->options[1], facts->options[2],
                                        facts->options[0]};
        bench.lines[0].options = ordered;
        bench.lines[0].option_count = 2;
        add_formula(&bench, facts, 0, AMOUNT_NONE, "length * width * 12.34 + 5.00");
        decide(&bench);
        /* square millimetres are millionths of a square metre; 12.34 in hundredths */
        const int64_t hundredths_micros = length_mm * width_mm * 1234;
        assert_int_equal(bench.decision.lines[0].price_micros,
                         (hundredths_micros + 50) / 100 + 5 * MICROS);
        const char *trace = bench.decision.trace;
        facts->options = turned;
        facts->candidate_count = 0;
        add_formula(&bench, facts, 0, AMOUNT_NONE, "length * width * 12.34 + 5.00");
        decide(&bench);
        assert_string_equal(bench.decision.trace, trace);
    }
}

/* An order of 10,000 lines, each with many bands by long formulas, is priced in bounded memory, and
 * told as far as there is room. */
static void
the_largest_order_of_formulas_fits(void **state)
{
    enum { COUNT = ORDER_LINES_MAX, EACH = 10 };
    static struct order_line lines[COUNT];
    static struct line_facts facts[COUNT];
    static struct price_candidate candidates[EACH];
    static char text[2000];
    OWNED(bench) bench;
    OWNED(bench) source;
    struct formula_mistakes mistakes;
    (void)state;
    size_t size = (size_t)snprintf(text, sizeof text, "quantity");
    for (int term = 0; term < 200; term++) {
        size += (size_t)snprintf(text + size, sizeof text - size, " + 0.001");
    }
    bench_init(&bench, "EUR");
    bench_init(&source, "EUR");
    struct line_facts *product = add_line(&source, MICROS, 0);
    for (int64_t index = 0; index < EACH; index++) {
        candidates[index] = (struct price_candidate){
            .scope = SCOPE_BASE,
            .holder = "",
            .breaks = BREAKS_GRADUATED,
            .break_group = "",
            .quantity_from_micros = index * MICROS,
            .valid_to = INT32_MAX,
            .price_micros = AMOUNT_NONE,
            .formula =
                price_formula_compile(text, AMOUNT_NONE, "EUR", product, &source.arena, &mistakes)};
    }
    for (size_t index = 0; index < COUNT; index++) {
        lines[index] = (struct order_line){.number = "1",
                                           .sku = "TEA-1",
                                           .unit = "C62",
                                           .quantity_micros = EACH * MICROS,
                                           .expected_price_micros = AMOUNT_NONE,
                                           .manual = {AMOUNT_NONE, AMOUNT_NONE, "", "", false}};
        facts[index] = *product;
        facts[index].candidates = candidates;
        facts[index].candidate_count = EACH;
    }
    bench.order.lines = lines;
    bench.order.line_count = COUNT;
    bench.facts.lines = facts;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.net_minor, INT64_C(10200) * COUNT);
    assert_true(strlen(bench.decision.trace) < PRICE_TRACE_BYTES_MAX + COUNT * 1000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_formula_is_the_price),
        cmocka_unit_test(the_trace_tells_how_it_came_about),
        cmocka_unit_test(each_graduated_band_has_its_formula),
        cmocka_unit_test(no_result_says_why_with_the_values),
        cmocka_unit_test(options_of_a_formula_are_judged_first),
        cmocka_unit_test(our_names_go_before_options),
        cmocka_unit_test(any_size_has_the_exact_price),
        cmocka_unit_test(the_largest_order_of_formulas_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
