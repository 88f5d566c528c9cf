/* Freight beside the lines: its tax by their rates, rounding, totals, and what may not be. */
#include "price_bench.h"

#include <inttypes.h>

static struct line_facts *
add_priced(struct bench *bench, int64_t quantity, int64_t price_micros, int64_t tax_rate_micros)
{
    struct line_facts *facts = add_line(bench, quantity * MICROS, tax_rate_micros);
    add_price(facts, SCOPE_BASE, 0, price_micros);
    return facts;
}

/* "574@190000+109, 426@70000+30" */
static const char *
parts(struct bench *bench)
{
    const char *text = "";
    for (size_t index = 0; index < bench->decision.freight.part_count; index++) {
        const struct freight_part *part = &bench->decision.freight.parts[index];
        text = arena_format(&bench->arena, "%s%s%" PRId64 "@%" PRId64 "+%" PRId64, text,
                            index == 0 ? "" : ", ", part->net_minor, part->tax_rate_micros,
                            part->tax_minor);
    }
    return text;
}

static void
an_order_without_freight_says_nothing_of_it(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    add_priced(&bench, 3, 9 * MICROS, 190000);
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_string_equal(parts(&bench), "");
    assert_int_equal(bench.decision.gross_minor, 2700 + 513);
    assert_null(strstr(bench.decision.trace, "freight"));
}

static void
it_is_taxed_as_the_goods_are(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    bench.order.freight_micros = 10 * MICROS;
    add_priced(&bench, 3, 9 * MICROS, 190000);
    add_priced(&bench, 1, 20 * MICROS, 70000);
    decide(&bench);
    /* 27.00 and 20.00 of 47.00: 5.7447 and 4.2553, of which the second has the larger rest. */
    assert_string_equal(parts(&bench), "574@190000+109, 426@70000+30");
    assert_int_equal(bench.decision.net_minor, 4700);
    assert_int_equal(bench.decision.freight.net_minor, 1000);
    assert_int_equal(bench.decision.tax_minor, 513 + 140 + 109 + 30);
    assert_int_equal(bench.decision.gross_minor, 4700 + 1000 + 792);
    assert_non_null(strstr(bench.decision.trace,
                           "\"net\":\"47.00\",\"freight\":\"10.00\",\"freight_parts\":[{\"net\":"
                           "\"5.74\",\"tax_rate\":\"0.19\",\"tax\":\"1.09\"},"));
    assert_non_null(strstr(bench.decision.trace, "\"tax\":\"7.92\",\"gross\":\"64.92\""));
}

/* 10.70 and 10.70 freight at 21 %: each rounds 2.247 down, both together come to 4.49. */
static void
per_document_goods_and_freight_are_rounded_once(void **state)
{
    static const struct {
        enum tax_rounding rounding;
        int64_t tax_minor;
    } cases[] = {{TAX_PER_LINE, 225 + 225}, {TAX_PER_DOCUMENT, 449}};
    (void)state;
    for (size_t index = 0; index < 2; index++) {
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        bench.facts.tax_rounding = cases[index].rounding;
        bench.order.freight_micros = 10700000;
        add_priced(&bench, 1, 10700000, 210000);
        decide(&bench);
        assert_int_equal(bench.decision.tax_minor, cases[index].tax_minor);
    }
}

/* Of any order: parts add up to the freight, and all to the total. */
static void
everything_adds_up(void **state)
{
    static const int64_t rates[] = {190000, 70000, 0, 130000};
    unsigned int seed = 11;
    (void)state;
    for (int round = 0; round < 600; round++) {
        OWNED(bench) bench;
        int64_t net_minor = 0;
        int64_t line_tax_minor = 0;
        int64_t freight_minor = 0;
        int64_t freight_tax_minor = 0;
        bench_init(&bench, "EUR");
        bench.facts.tax_rounding = round % 2 == 0 ? TAX_PER_DOCUMENT : TAX_PER_LINE;
        bench.facts.rounding = (enum rounding)(round % ROUNDING_COUNT);
        bench.order.freight_micros = (int64_t)(1 + seed % 5000) * 10000;
        for (int line = 0; line < LINES; line++) {
            seed = seed * 1103515245U + 12345U;
            add_priced(&bench, 1 + seed % 9, seed % 40000000, rates[(seed >> 8) % 4])
                ->candidates[0]
                .includes_tax = round % 3 == 0;
        }
        decide(&bench);
        assert_true(bench.decision.is_priced);
        for (int line = 0; line < LINES; line++) {
            net_minor += bench.decision.lines[line].net_minor;
            line_tax_minor += bench.decision.lines[line].tax_minor;
        }
        for (size_t index = 0; index < bench.decision.freight.part_count; index++) {
            assert_true(bench.decision.freight.parts[index].net_minor > 0);
            freight_minor += bench.decision.freight.parts[index].net_minor;
            freight_tax_minor += bench.decision.freight.parts[index].tax_minor;
        }
        assert_int_equal(freight_minor, bench.order.freight_micros / 10000);
        assert_int_equal(freight_minor, bench.decision.freight.net_minor);
        assert_int_equal(net_minor, bench.decision.net_minor);
        assert_int_equal(line_tax_minor + freight_tax_minor, bench.decision.tax_minor);
        assert_int_equal(bench.decision.gross_minor,
                         net_minor + freight_minor + bench.decision.tax_minor);
    }
}

static void
of_goods_that_come_to_nothing_the_first_rate_has_it(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    bench.order.freight_micros = 5 * MICROS;
    add_priced(&bench, 1, 0, 70000);
    add_priced(&bench, 1, 0, 190000);
    decide(&bench);
    assert_string_equal(parts(&bench), "500@70000+35");
    assert_int_equal(bench.decision.gross_minor, 535);
}

static void
who_is_exempt_pays_it_without_tax(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init(&bench, "EUR");
    bench.facts.tax_exemption = "VAT DE811907980";
    bench.order.freight_micros = 5 * MICROS;
    add_priced(&bench, 1, 10 * MICROS, 70000);
    add_priced(&bench, 1, 10 * MICROS, 190000);
    decide(&bench);
    assert_string_equal(parts(&bench), "500@0+0");
    assert_int_equal(bench.decision.gross_minor, 2500);
}

static void
where_none_is_agreed_it_refuses_the_order(void **state)
{
    static const int64_t freights[] = {0, 5 * MICROS};
    (void)state;
    for (size_t index = 0; index < 2; index++) {
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        bench.facts.policy.freight = FREIGHT_REFUSED;
        bench.order.freight_micros = freights[index];
        add_priced(&bench, 1, 10 * MICROS, 190000);
        decide(&bench);
        assert_true(bench.decision.is_priced == (index == 0));
        assert_false(bench.decision.is_held);
        assert_int_equal(bench.findings.count, index);
        assert_true(index == 0 || bench.findings.items[0].code == M_PRICE_FREIGHT);
    }
}

/* 9,999,999.999 million of goods are the most but a little; the freight is beyond. */
static void
with_it_an_order_may_be_too_large(void **state)
{
    static const int64_t freights[] = {0, 1000000 * MICROS};
    (void)state;
    for (size_t index = 0; index < 2; index++) {
        OWNED(bench) bench;
        bench_init(&bench, "EUR");
        bench.order.freight_micros = freights[index];
        struct line_facts *facts = add_line(&bench, INT64_C(9999999900), 0);
        add_price(facts, SCOPE_BASE, 0, INT64_C(1000000000) * MICROS);
        decide(&bench);
        assert_true(bench.decision.is_priced == (index == 0));
        assert_true(index == 0 || bench.findings.items[0].code == M_PRICE_TOTAL_TOO_LARGE);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_without_freight_says_nothing_of_it),
        cmocka_unit_test(it_is_taxed_as_the_goods_are),
        cmocka_unit_test(per_document_goods_and_freight_are_rounded_once),
        cmocka_unit_test(everything_adds_up),
        cmocka_unit_test(of_goods_that_come_to_nothing_the_first_rate_has_it),
        cmocka_unit_test(who_is_exempt_pays_it_without_tax),
        cmocka_unit_test(where_none_is_agreed_it_refuses_the_order),
        cmocka_unit_test(with_it_an_order_may_be_too_large),
    };
    return cmocka_run_group_tests_name("price_freight", tests, NULL, NULL);
}
