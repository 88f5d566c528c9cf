/* Rates by destination, tax per line and per document, prices with and without tax, exemptions. */
#include "price_bench.h"

/* A line of one unit at `price_micros`, taxed at 21 %. */
static struct line_facts *
add_taxed_line(struct bench *bench, int64_t quantity, int64_t price_micros, bool includes_tax)
{
    struct line_facts *facts = add_line(bench, quantity * MICROS, 210000);
    add_price(facts, SCOPE_BASE, 0, price_micros)->includes_tax = includes_tax;
    return facts;
}

static void
bench_init_taxed(struct bench *bench, enum tax_rounding rounding)
{
    bench_init(bench, "EUR");
    bench->facts.tax_rounding = rounding;
    bench->order.parties[PARTY_SHIP_TO].country = "DE";
    bench->order.parties[PARTY_SHIP_TO].region = "BE";
}

/* 10.70 at 21 %: two lines of one come to 25.90 by line; one line of two, or both together,
 * to 25.89. */
static void
tax_per_line_and_per_document_differ_by_a_cent(void **state)
{
    static const struct {
        enum tax_rounding rounding;
        int lines;
        int64_t quantity, gross_minor;
    } cases[] = {{TAX_PER_LINE, 2, 1, 2590},
                 {TAX_PER_LINE, 1, 2, 2589},
                 {TAX_PER_DOCUMENT, 2, 1, 2589},
                 {TAX_PER_DOCUMENT, 1, 2, 2589}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init_taxed(&bench, cases[index].rounding);
        for (int line = 0; line < cases[index].lines; line++) {
            add_taxed_line(&bench, cases[index].quantity, 10700000, false);
        }
        decide(&bench);
        assert_int_equal(bench.decision.gross_minor, cases[index].gross_minor);
    }
}

/* Whatever the rounding, the tax of the lines is the tax of the order. */
static void
lines_foot_to_the_total(void **state)
{
    unsigned int seed = 7;
    (void)state;
    for (int round = 0; round < 500; round++) {
        OWNED(bench) bench;
        int64_t net_minor = 0;
        int64_t tax_minor = 0;
        bench_init_taxed(&bench, round % 2 == 0 ? TAX_PER_DOCUMENT : TAX_PER_LINE);
        bench.facts.rounding = (enum rounding)(round % ROUNDING_COUNT);
        for (int line = 0; line < LINES; line++) {
            seed = seed * 1103515245U + 12345U;
            add_taxed_line(&bench, 1 + seed % 9, seed % 40000000, round % 3 == 0)->tax_rate_micros =
                line % 2 == 0 ? 190000 : 70000;
        }
        decide(&bench);
        assert_true(bench.decision.is_priced);
        for (int line = 0; line < LINES; line++) {
            net_minor += bench.decision.lines[line].net_minor;
            tax_minor += bench.decision.lines[line].tax_minor;
        }
        assert_int_equal(net_minor, bench.decision.net_minor);
        assert_int_equal(tax_minor, bench.decision.tax_minor);
        assert_int_equal(net_minor + tax_minor, bench.decision.gross_minor);
    }
}

/* 119.00 with 19 % in it is 100.00 and 19.00; what the customer pays is what the price says. */
static void
tax_is_taken_out_of_prices_that_include_it(void **state)
{
    OWNED(bench) bench;
    (void)state;
    bench_init_taxed(&bench, TAX_PER_LINE);
    add_taxed_line(&bench, 1, 119 * MICROS, true)->tax_rate_micros = 190000;
    decide(&bench);
    assert_true(bench.decision.prices_include_tax);
    assert_int_equal(bench.decision.net_minor, 10000);
    assert_int_equal(bench.decision.tax_minor, 1900);
    assert_int_equal(bench.decision.lines[0].price_micros, 119 * MICROS);
}

static void
who_is_exempt_pays_no_tax(void **state)
{
    static const struct {
        bool includes_tax;
        int64_t net_minor;
    } cases[] = {{false, 11900}, {true, 10000}};
    (void)state;
    for (size_t index = 0; index < 2; index++) {
        OWNED(bench) bench;
        bench_init_taxed(&bench, TAX_PER_LINE);
        bench.facts.tax_exemption = "VAT DE811907980";
        add_taxed_line(&bench, 1, 119 * MICROS, cases[index].includes_tax)->tax_rate_micros =
            190000;
        decide(&bench);
        assert_int_equal(bench.decision.net_minor, cases[index].net_minor);
        assert_int_equal(bench.decision.tax_minor, 0);
        assert_int_equal(bench.decision.lines[0].tax_rate_micros, 0);
        assert_non_null(strstr(bench.decision.trace, "VAT DE811907980"));
    }
}

/* Region before country before every other; validity includes both its days. */
static void
the_rate_is_that_of_the_destination_on_the_day(void **state)
{
    static struct tax_fact rates[] = {
        {"", "", 0, INT32_MAX, 10000},
        {"DE", "", 0, order_day, 20000},
        {"DE", "BE", order_day, INT32_MAX, 30000},
        {"DE", "", order_day + 1, INT32_MAX, 40000},
        {"AT", "", 0, INT32_MAX, 50000},
    };
    static const struct {
        const char *country, *region;
        int day;
        int64_t rate_micros;
    } cases[] = {{"DE", "BE", 0, 30000}, {"DE", "BE", -1, 20000}, {"DE", "BY", 0, 20000},
                 {"DE", "BY", 1, 40000}, {"AT", "", 0, 50000},    {"FR", "BE", 0, 10000}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        bench_init_taxed(&bench, TAX_PER_LINE);
        struct line_facts *facts = add_taxed_line(&bench, 1, 100 * MICROS, false);
        facts->taxes = rates;
        facts->tax_count = sizeof rates / sizeof rates[0];
        bench.order.parties[PARTY_SHIP_TO].country = cases[index].country;
        bench.order.parties[PARTY_SHIP_TO].region = cases[index].region;
        bench.order.order_date = order_day + cases[index].day;
        decide(&bench);
        assert_int_equal(bench.decision.lines[0].tax_rate_micros, cases[index].rate_micros);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tax_per_line_and_per_document_differ_by_a_cent),
        cmocka_unit_test(lines_foot_to_the_total),
        cmocka_unit_test(tax_is_taken_out_of_prices_that_include_it),
        cmocka_unit_test(who_is_exempt_pays_no_tax),
        cmocka_unit_test(the_rate_is_that_of_the_destination_on_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
