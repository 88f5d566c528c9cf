#include "price_bench.h"

#include <stdio.h>

/* Exactly one finding, and the order is refused. */
static const struct finding *
refused_with(struct bench *bench, enum message code)
{
    decide(bench);
    assert_false(bench->decision.is_priced);
    assert_int_equal(bench->findings.count, 1);
    assert_string_equal(message_entry(bench->findings.items[0].code)->id, message_entry(code)->id);
    assert_int_equal(bench->decision.gross_minor, 0);
    assert_non_null(strstr(bench->decision.trace, message_entry(code)->id));
    return &bench->findings.items[0];
}

/* Quantity, price and rate give known amounts; the rounding cases are where halves and thirds fall.
 */
static void
amounts_are_golden(void **state)
{
    static const struct {
        const char *currency;
        int64_t quantity_micros, price_micros, tax_rate_micros;
        int64_t net_minor, tax_minor;
    } cases[] = {
        {"EUR", 12 * MICROS, 4500000, 190000, 5400, 1026},
        {"EUR", 1 * MICROS, 1005000, 0, 101, 0},      /* 1.005 rounds up */
        {"EUR", 1 * MICROS, 1004999, 0, 100, 0},      /* just below does not */
        {"EUR", 3 * MICROS, 333333, 70000, 100, 7},   /* 0.999999 */
        {"EUR", 15000 * MICROS, 10000, 0, 15000, 0},  /* all units at the reached rate: 150.00 */
        {"EUR", 65000 * MICROS, 600, 0, 3900, 0},     /* 65,000 x 0.0006 = 39.00 */
        {"EUR", 1500000, 9990000, 190000, 1499, 285}, /* 14.985, then 2.8481 */
        {"JPY", 3 * MICROS, 333500000, 100000, 1001, 100}, /* 1000.5 yen; 100.1 tax */
        {"KWD", 7 * MICROS, 142857, 50000, 1000, 50},      /* 0.999999 in thousandths */
        {"CNY", 1, 1000000, 130000, 0, 0},                 /* a millionth of a unit is nothing */
        {"USD", 5 * MICROS, 0, 190000, 0, 0}, /* free of charge stays exactly nothing */
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench, cases[index].currency);
        struct line_facts *facts =
            add_line(&bench, cases[index].quantity_micros, cases[index].tax_rate_micros);
        add_price(facts, SCOPE_BASE, 0, cases[index].price_micros);
        decide(&bench);
        assert_true(bench.decision.is_priced);
        assert_int_equal(bench.findings.count, 0);
        assert_int_equal(bench.decision.net_minor, cases[index].net_minor);
        assert_int_equal(bench.decision.tax_minor, cases[index].tax_minor);
        assert_int_equal(bench.decision.gross_minor,
                         cases[index].net_minor + cases[index].tax_minor);
    }
}

/* 10.70 at 21 %: two lines of one are 25.90, one line of two is 25.89 -- tax is per line. */
static void
tax_is_rounded_per_line(void **state)
{
    OWNED(bench) two;
    OWNED(bench) one;
    (void)state;
    bench_init(&two, "EUR");
    add_price(add_line(&two, MICROS, 210000), SCOPE_BASE, 0, 10700000);
    add_price(add_line(&two, MICROS, 210000), SCOPE_BASE, 0, 10700000);
    decide(&two);
    assert_int_equal(two.decision.gross_minor, 2590);
    bench_init(&one, "EUR");
    add_price(add_line(&one, 2 * MICROS, 210000), SCOPE_BASE, 0, 10700000);
    decide(&one);
    assert_int_equal(one.decision.gross_minor, 2589);
}

static void
the_most_specific_price_that_is_eligible_wins(void **state)
{
    static const struct {
        int64_t quantity;
        int64_t price_micros;
    } cases[] = {
        {1, 10000000},                /* base */
        {9, 10000000},                /* still below the group's break */
        {10, 8000000},                /* group */
        {49, 8000000}, {50, 9000000}, /* the customer's own, though dearer: specific comes first */
        {99, 9000000}, {100, 7000000}, {100000, 7000000},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        struct line_facts *facts = add_line(&bench, cases[index].quantity * MICROS, 0);
        add_price(facts, SCOPE_BASE, 0, 10000000);
        add_price(facts, SCOPE_BASE, 1000 * MICROS, 5000000);
        add_price(facts, SCOPE_CUSTOMER, 100 * MICROS, 7000000);
        add_price(facts, SCOPE_GROUP, 10 * MICROS, 8000000);
        add_price(facts, SCOPE_CUSTOMER, 50 * MICROS, 9000000);
        decide(&bench);
        assert_int_equal(bench.decision.lines[0].price_micros, cases[index].price_micros);
    }
}

static void
validity_includes_both_its_days(void **state)
{
    static const struct {
        int32_t from, to;
        bool valid;
    } cases[] = {{order_day, order_day, true},
                 {order_day + 1, INT32_MAX, false},
                 {0, order_day - 1, false},
                 {order_day - 1, order_day, true}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        struct price_candidate *candidate =
            add_price(add_line(&bench, MICROS, 0), SCOPE_BASE, 0, MICROS);
        candidate->valid_from = cases[index].from;
        candidate->valid_to = cases[index].to;
        decide(&bench);
        assert_int_equal(bench.decision.is_priced, cases[index].valid);
    }
}

static void
of_equal_breaks_the_newest_wins(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_line(&bench, MICROS, 0);
    add_price(facts, SCOPE_BASE, 0, 3000000)->valid_from = 100;
    add_price(facts, SCOPE_BASE, 0, 5000000)->valid_from = 300;
    add_price(facts, SCOPE_BASE, 0, 4000000)->valid_from = 200;
    decide(&bench);
    assert_int_equal(bench.decision.lines[0].price_micros, 5000000);
}

static void
options_add_their_surcharge(void **state)
{
    OWNED(bench) bench;
    struct option_fact offered[] = {
        option_at("colour", "red", 500000), option_at("colour", "white", 0),
        option_at("gift box", "yes", 1250000), option_at("gift box", "no", -250000)};
    struct option asked[] = {{"gift box", "yes"}, {"colour", "red"}};
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_line(&bench, 2 * MICROS, 0);
    add_price(facts, SCOPE_BASE, 0, 10 * MICROS);
    facts->options = offered;
    facts->option_count = 4;
    bench.lines[0].options = asked;
    bench.lines[0].option_count = 2;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.lines[0].price_micros, 11750000);
    assert_int_equal(bench.decision.net_minor, 2350);
    assert_non_null(strstr(bench.decision.trace, "\"surcharge\":\"1.25\""));
}

static void
the_trace_tells_every_candidate(void **state)
{
    static const char expected[] =
        "{\"rule\":\"list-price\",\"rounding\":\"half-up per line\",\"tax_rounding\":\"half-up per "
        "line\",\"customer\":\"NORD\","
        "\"group\":\"shops\",\"currency\":\"EUR\",\"date\":\"2026-11-24\","
        "\"versions\":{\"customers\":1,\"products\":2,\"prices\":3},\"lines\":[{\"line\":\"1\","
        "\"sku\":\"TEA-1\",\"quantity\":\"20\",\"unit\":\"C62\",\"candidates\":["
        "{\"scope\":\"customer\",\"holder\":\"NORD\",\"from\":\"0\",\"valid_from\":\"2026-12-01\","
        "\"valid_to\":null,\"price\":\"1.00\",\"verdict\":\"not-eligible\","
        "\"why\":\"not-yet-valid\",\"compared\":\"2026-11-24\"},"
        "{\"scope\":\"group\",\"holder\":\"shops\",\"from\":\"50\",\"valid_from\":\"1970-01-01\","
        "\"valid_to\":null,\"price\":\"2.00\",\"verdict\":\"not-eligible\","
        "\"why\":\"break-not-reached\",\"compared\":\"20\"},"
        "{\"scope\":\"group\",\"holder\":\"shops\",\"from\":\"10\",\"valid_from\":\"1970-01-01\","
        "\"valid_to\":\"2026-11-24\",\"price\":\"2.50\",\"verdict\":\"applied\"},"
        "{\"scope\":\"group\",\"holder\":\"shops\",\"from\":\"0\",\"valid_from\":\"1970-01-01\","
        "\"valid_to\":null,\"price\":\"2.75\",\"verdict\":\"lost\",\"to\":3,"
        "\"why\":\"smaller-break\"},"
        "{\"scope\":\"base\",\"from\":\"0\",\"valid_from\":\"1970-01-01\",\"valid_to\":null,"
        "\"price\":\"3.00\",\"verdict\":\"lost\",\"to\":3,\"why\":\"less-specific\"}],"
        "\"price\":\"2.50\",\"list\":\"50.00\",\"net\":\"50.00\",\"tax_rate\":\"0.19\",\"tax\":\"9."
        "50\"}],"
        "\"net\":\"50.00\",\"tax\":\"9.50\",\"gross\":\"59.50\"}";
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_line(&bench, 20 * MICROS, 190000);
    add_price(facts, SCOPE_BASE, 0, 3000000);
    add_price(facts, SCOPE_GROUP, 0, 2750000);
    add_price(facts, SCOPE_GROUP, 10 * MICROS, 2500000)->valid_to = order_day;
    add_price(facts, SCOPE_GROUP, 50 * MICROS, 2000000);
    add_price(facts, SCOPE_CUSTOMER, 0, 1000000)->valid_from = order_day + 7;
    decide(&bench);
    assert_string_equal(bench.decision.trace, expected);
}

/* Every rotation and the reversal of the candidates: the same decision, byte for byte. */
static void
the_order_of_the_facts_does_not_matter(void **state)
{
    enum { COUNT = 6 };
    OWNED(bench) bench;
    char *first = NULL;
    (void)state;
    bench_init(&bench, "EUR");
    struct line_facts *facts = add_line(&bench, 20 * MICROS, 190000);
    for (int64_t index = 0; index < COUNT; index++) {
        struct price_candidate *candidate =
            add_price(facts, (enum price_scope)(index % SCOPE_COUNT), index / 3 * 5 * MICROS,
                      (index + 1) * 7);
        candidate->valid_from = index == 5 ? order_day + 1 : 0;
    }
    for (int turn = 0; turn < 2 * COUNT; turn++) {
        const struct price_candidate front = facts->candidates[0];
        memmove(facts->candidates, facts->candidates + 1, (COUNT - 1) * sizeof front);
        facts->candidates[COUNT - 1] = front;
        for (int low = 0; turn == COUNT && low < COUNT / 2; low++) {
            const struct price_candidate swapped = facts->candidates[low];
            facts->candidates[low] = facts->candidates[COUNT - 1 - low];
            facts->candidates[COUNT - 1 - low] = swapped;
        }
        decide(&bench);
        first = first == NULL ? arena_copy(&bench.arena, bench.decision.trace) : first;
        assert_string_equal(bench.decision.trace, first);
    }
}

static void
unknown_things_are_findings_with_help(void **state)
{
    (void)state;
    OWNED(bench) sku;
    bench_init(&sku, "EUR");
    struct line_facts *facts = add_line(&sku, MICROS, 0);
    facts->product_known = false;
    facts->nearest_sku = "TEA-10";
    const struct finding *finding = refused_with(&sku, M_PRICE_SKU_UNKNOWN);
    assert_string_equal(finding->value, "TEA-1");
    assert_string_equal(finding->hint, "TEA-10");
    assert_string_equal(finding->order_number, "PO-1");
    assert_string_equal(finding->order_line, "1");
    assert_int_equal(finding->place.line, 2);

    OWNED(bench) unit;
    bench_init(&unit, "EUR");
    facts = add_line(&unit, MICROS, 0);
    add_price(facts, SCOPE_BASE, 0, MICROS);
    unit.lines[0].unit = "KGM";
    finding = refused_with(&unit, M_PRICE_UNIT_WRONG);
    assert_string_equal(finding->value, "KGM");
    assert_string_equal(finding->expected, "C62");

    OWNED(bench) customer;
    bench_init(&customer, "EUR");
    add_price(add_line(&customer, MICROS, 0), SCOPE_BASE, 0, 0);
    customer.facts.customer_known = false;
    customer.facts.nearest_customer = "NORDEN";
    finding = refused_with(&customer, M_PRICE_CUSTOMER_UNKNOWN);
    assert_string_equal(finding->value, "NORD");
    assert_string_equal(finding->hint, "NORDEN");
    assert_string_equal(finding->order_line, "");
}

static void
wrong_options_are_findings_with_the_list(void **state)
{
    struct option_fact offered[] = {option_at("size", "L", 0), option_at("colour", "white", 0),
                                    option_at("colour", "red", 0)};
    static const struct {
        struct option asked[2];
        size_t count;
        enum message code;
        const char *value, *expected;
    } cases[] = {
        {{{"colour", "blue"}}, 1, M_PRICE_OPTION_VALUE, "blue", "red, white"},
        {{{"color", "red"}}, 1, M_PRICE_OPTION_UNKNOWN, "color", "colour, size"},
        {{{"colour", "red"}, {"colour", "white"}}, 2, M_PRICE_OPTION_TWICE, "white", ""},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        struct option asked[2] = {cases[index].asked[0], cases[index].asked[1]};
        bench_init(&bench, "EUR");
        struct line_facts *facts = add_line(&bench, MICROS, 0);
        add_price(facts, SCOPE_BASE, 0, MICROS);
        facts->options = offered;
        facts->option_count = 3;
        bench.lines[0].options = asked;
        bench.lines[0].option_count = cases[index].count;
        const struct finding *finding = refused_with(&bench, cases[index].code);
        assert_string_equal(finding->value, cases[index].value);
        assert_string_equal(finding->expected, cases[index].expected);
    }
}

static void
no_price_says_what_is_missing(void **state)
{
    (void)state;
    OWNED(bench) none;
    bench_init(&none, "EUR");
    add_line(&none, MICROS, 0);
    const struct finding *finding = refused_with(&none, M_PRICE_NONE);
    assert_string_equal(finding->expected, "EUR");

    OWNED(bench) date;
    bench_init(&date, "EUR");
    struct line_facts *facts = add_line(&date, MICROS, 0);
    struct price_candidate *old = add_price(facts, SCOPE_BASE, 0, MICROS);
    old->valid_to = 30;
    add_price(facts, SCOPE_GROUP, 0, MICROS)->valid_from = order_day + 1;
    finding = refused_with(&date, M_PRICE_DATE);
    assert_string_equal(finding->value, "2026-11-24");
    assert_string_equal(finding->expected, "1970-01-01/1970-01-31, 2026-11-25/..");

    OWNED(bench) few;
    bench_init(&few, "EUR");
    facts = add_line(&few, 4 * MICROS, 0);
    add_price(facts, SCOPE_BASE, 24 * MICROS, MICROS);
    add_price(facts, SCOPE_GROUP, 12 * MICROS, MICROS);
    finding = refused_with(&few, M_PRICE_QUANTITY);
    assert_string_equal(finding->value, "4");
    assert_string_equal(finding->expected, "12");
}

static void
another_expected_price_is_a_warning(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    add_price(add_line(&bench, MICROS, 0), SCOPE_BASE, 0, 2500000);
    add_price(add_line(&bench, MICROS, 0), SCOPE_BASE, 0, 2500000);
    bench.lines[0].expected_price_micros = 2500000;
    bench.lines[1].expected_price_micros = 2499900;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.net_minor, 500);
    assert_int_equal(bench.findings.count, 1);
    const struct finding *finding = &bench.findings.items[0];
    assert_int_equal(finding->code, M_PRICE_DIFFERS);
    assert_string_equal(finding->order_line, "2");
    assert_string_equal(finding->value, "2.4999");
    assert_string_equal(finding->expected, "2.50");
}

/* Ours is 2.50 for 100 pieces; the tolerance is two hundredths of a per cent, or ten cents of the
 * line. */
static void
the_policy_says_what_follows_from_another_price(void **state)
{
    static const struct {
        enum price_difference beyond;
        int64_t expected_micros;
        enum message code;
        bool is_priced;
        unsigned int wait_reasons;
    } cases[] = {
        {DIFFERENCE_HOLDS, 2499500, M_PRICE_DIFFERS, true, 0}, /* 0.02 % */
        {DIFFERENCE_HOLDS, 2499000, M_PRICE_DIFFERS, true, 0}, /* ten cents */
        {DIFFERENCE_HOLDS, 2501000, M_PRICE_DIFFERS, true, 0}, /* in either direction */
        {DIFFERENCE_HOLDS, 2498999, M_PRICE_DIFFERS_WAITS, true, WAIT_EXPECTATION},
        {DIFFERENCE_HOLDS, 2501001, M_PRICE_DIFFERS_WAITS, true, WAIT_EXPECTATION},
        {DIFFERENCE_HOLDS, 0, M_PRICE_DIFFERS_WAITS, true, WAIT_EXPECTATION},
        {DIFFERENCE_HOLDS, DECIMAL_MICROS_MAX, M_PRICE_DIFFERS_WAITS, true, WAIT_EXPECTATION},
        {DIFFERENCE_WARNS, 2498999, M_PRICE_DIFFERS, true, 0},
        {DIFFERENCE_REFUSES, 2499000, M_PRICE_DIFFERS, true, 0},
        {DIFFERENCE_REFUSES, 2498999, M_PRICE_DIFFERS_REFUSED, false, 0},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        bench.facts.policy = (struct price_policy){cases[index].beyond, 200, 10, FREIGHT_STATED};
        add_price(add_line(&bench, 100 * MICROS, 0), SCOPE_BASE, 0, 2500000);
        bench.lines[0].expected_price_micros = cases[index].expected_micros;
        decide(&bench);
        assert_int_equal(bench.findings.count, 1);
        assert_int_equal(bench.findings.items[0].code, cases[index].code);
        assert_int_equal(bench.decision.is_priced, cases[index].is_priced);
        assert_int_equal(bench.decision.wait_reasons, cases[index].wait_reasons);
        assert_int_equal(bench.decision.net_minor, cases[index].is_priced ? 25000 : 0);
    }
}

static void
amounts_beyond_the_limit_are_findings(void **state)
{
    (void)state;
    OWNED(bench) line;
    bench_init(&line, "EUR");
    add_price(add_line(&line, DECIMAL_MICROS_MAX, 0), SCOPE_BASE, 0, DECIMAL_MICROS_MAX);
    const struct finding *finding = refused_with(&line, M_PRICE_LINE_TOO_LARGE);
    assert_string_equal(finding->expected, "10000000000000.00 EUR");

    OWNED(bench) tax;
    bench_init(&tax, "EUR");
    add_price(add_line(&tax, MICROS * 10000, 2000000), SCOPE_BASE, 0, DECIMAL_MICROS_MAX);
    refused_with(&tax, M_PRICE_LINE_TOO_LARGE);

    OWNED(bench) total;
    bench_init(&total, "JPY");
    for (int index = 0; index < 2; index++) {
        add_price(add_line(&total, MICROS * 600000, 0), SCOPE_BASE, 0, DECIMAL_MICROS_MAX);
    }
    refused_with(&total, M_PRICE_TOTAL_TOO_LARGE);

    OWNED(bench) negative;
    bench_init(&negative, "EUR");
    add_price(add_line(&negative, MICROS, 0), SCOPE_BASE, 0, -5000);
    finding = refused_with(&negative, M_PRICE_BELOW_ZERO);
    assert_string_equal(finding->value, "-0.005");
}

static void
all_mistakes_of_an_order_are_told(void **state)
{
    OWNED(bench) bench;
    struct option asked[] = {{"colour", "red"}};
    (void)state;
    bench_init(&bench, "EUR");
    bench.facts.customer_known = false;
    add_line(&bench, MICROS, 0)->product_known = false;
    add_price(add_line(&bench, MICROS, 0), SCOPE_BASE, 0, MICROS);
    add_line(&bench, MICROS, 0);
    bench.lines[2].unit = "KGM";
    bench.lines[2].options = asked;
    bench.lines[2].option_count = 1;
    decide(&bench);
    assert_false(bench.decision.is_priced);
    assert_int_equal(findings_total(&bench.findings), 5);
    assert_int_equal(bench.decision.net_minor, 0);
}

/* 10,000 lines with three candidates each would be some 5 MB; a hundred candidates each are cut at
 * the budget, but every applied price is still there. */
static void
a_trace_stays_in_its_budget(void **state)
{
    enum { COUNT = ORDER_LINES_MAX, EACH = 100 };
    static struct order_line lines[COUNT];
    static struct line_facts facts[COUNT];
    static struct price_candidate candidates[EACH];
    OWNED(bench) bench;
    size_t applied = 0;
    (void)state;
    bench_init(&bench, "EUR");
    for (int64_t index = 0; index < EACH; index++) {
        candidates[index] = (struct price_candidate){.scope = SCOPE_BASE,
                                                     .holder = "",
                                                     .break_group = "",
                                                     .quantity_from_micros = index * MICROS,
                                                     .valid_to = INT32_MAX,
                                                     .price_micros = MICROS};
    }
    for (size_t index = 0; index < COUNT; index++) {
        lines[index] = (struct order_line){.number = "1",
                                           .sku = "TEA-1",
                                           .unit = "C62",
                                           .quantity_micros = 50 * MICROS,
                                           .expected_price_micros = AMOUNT_NONE,
                                           .manual = {AMOUNT_NONE, AMOUNT_NONE, "", "", false}};
        facts[index] = (struct line_facts){.product_known = true,
                                           .nearest_sku = "",
                                           .unit = "C62",
                                           .candidates = candidates,
                                           .candidate_count = EACH};
    }
    bench.order.lines = lines;
    bench.order.line_count = COUNT;
    bench.facts.lines = facts;
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.net_minor, INT64_C(5000) * COUNT);
    for (const char *at = bench.decision.trace; (at = strstr(at, "\"applied\"")) != NULL; at++) {
        applied++;
    }
    assert_int_equal(applied, COUNT);
    assert_true(strlen(bench.decision.trace) < PRICE_TRACE_BYTES_MAX + COUNT * 400);
    assert_non_null(strstr(bench.decision.trace, "\"candidates_left_out\":99"));
}

/* Each line of a large order wrong in whatever has the longest sentence: more mistakes than are
 * kept need no more memory. */
static void
any_number_of_mistakes_is_counted(void **state)
{
    enum { COUNT = ORDER_LINES_MAX, EACH = 130, OPTIONS = LINE_OPTIONS_MAX };
    static struct order_line lines[COUNT];
    static struct line_facts facts[COUNT];
    static struct price_candidate candidates[EACH];
    static struct option ordered[OPTIONS];
    static struct option_fact offered[EACH];
    static char names[OPTIONS][8];
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    for (int32_t index = 0; index < EACH; index++) {
        candidates[index] = (struct price_candidate){.scope = SCOPE_BASE,
                                                     .holder = "",
                                                     .break_group = "",
                                                     .valid_from = order_day + 1 + index,
                                                     .valid_to = order_day + 1 + index,
                                                     .price_micros = MICROS};
        offered[index] = option_at("colour of the leaves", "a long name of a value", 0);
    }
    for (size_t index = 0; index < OPTIONS; index++) {
        snprintf(names[index], sizeof names[index], "n%zu", index);
        ordered[index] = (struct option){names[index], "no such value"};
    }
    for (size_t index = 0; index < COUNT; index++) {
        lines[index] = (struct order_line){.number = "1",
                                           .sku = "TEA-1",
                                           .unit = "C62",
                                           .quantity_micros = MICROS,
                                           .options = ordered,
                                           .option_count = OPTIONS,
                                           .expected_price_micros = AMOUNT_NONE,
                                           .manual = {AMOUNT_NONE, AMOUNT_NONE, "", "", false}};
        facts[index] = (struct line_facts){.product_known = true,
                                           .nearest_sku = "",
                                           .unit = "C62",
                                           .options = offered,
                                           .option_count = EACH,
                                           .candidates = candidates,
                                           .candidate_count = EACH};
    }
    bench.order.lines = lines;
    bench.order.line_count = COUNT;
    bench.facts.lines = facts;
    decide(&bench);
    assert_false(bench.decision.is_priced);
    assert_int_equal(bench.findings.count, FINDINGS_KEPT_MAX);
    assert_int_equal(bench.findings.counts[SEVERITY_ERROR], COUNT * (OPTIONS + 1));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_golden),
        cmocka_unit_test(tax_is_rounded_per_line),
        cmocka_unit_test(the_most_specific_price_that_is_eligible_wins),
        cmocka_unit_test(validity_includes_both_its_days),
        cmocka_unit_test(of_equal_breaks_the_newest_wins),
        cmocka_unit_test(options_add_their_surcharge),
        cmocka_unit_test(the_trace_tells_every_candidate),
        cmocka_unit_test(the_order_of_the_facts_does_not_matter),
        cmocka_unit_test(unknown_things_are_findings_with_help),
        cmocka_unit_test(wrong_options_are_findings_with_the_list),
        cmocka_unit_test(no_price_says_what_is_missing),
        cmocka_unit_test(another_expected_price_is_a_warning),
        cmocka_unit_test(the_policy_says_what_follows_from_another_price),
        cmocka_unit_test(amounts_beyond_the_limit_are_findings),
        cmocka_unit_test(all_mistakes_of_an_order_are_told),
        cmocka_unit_test(a_trace_stays_in_its_budget),
        cmocka_unit_test(any_number_of_mistakes_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
