/* Packages, through price_order: what they cost, and what each part has of it. */
#include "price_bench.h"

#include <stdio.h>

enum { PARTS = 4 };

/* A package with parts whose unit prices are given; `add_package` makes it of a line. */
struct package {
    struct package_fact fact;
    struct part_fact parts[PARTS];
    struct line_facts facts[PARTS];
    struct price_candidate candidates[PARTS][CANDIDATES];
};

static void
package_init(struct package *package, bool is_sum, int64_t less_micros)
{
    memset(package, 0, sizeof *package);
    package->fact.is_sum = is_sum;
    package->fact.less_micros = less_micros;
    package->fact.parts = package->parts;
}

static struct line_facts *
add_part(struct package *package, int64_t quantity_micros, int64_t price_micros)
{
    static const char *const skus[PARTS] = {"CAN", "CUP", "POT", "TEA"};
    const size_t at = package->fact.part_count++;
    package->facts[at] = (struct line_facts){.product_known = true,
                                             .nearest_sku = "",
                                             .tax_class = "std",
                                             .unit = "C62",
                                             .candidates = package->candidates[at]};
    package->parts[at] = (struct part_fact){skus[at], quantity_micros, &package->facts[at]};
    if (price_micros != AMOUNT_NONE) {
        add_price(&package->facts[at], SCOPE_BASE, 0, price_micros);
    }
    return &package->facts[at];
}

static struct line_facts *
add_package(struct bench *bench, struct package *package, int64_t quantity_micros,
            int64_t price_micros)
{
    struct line_facts *facts = add_line(bench, quantity_micros, 0);
    facts->package = &package->fact;
    bench->lines[bench->order.line_count - 1].sku = "SET";
    if (price_micros != AMOUNT_NONE) {
        add_price(facts, SCOPE_BASE, 0, price_micros);
    }
    return facts;
}

/* The golden vectors of largest remainder: parts cost by the list what stands there, the package
 * costs the total. */
static void
a_fixed_price_is_shared_by_largest_remainder(void **state)
{
    static const struct {
        int64_t total_micros;
        int64_t list_micros[3];
        int64_t net_minor[3];
    } cases[] = {
        {10 * MICROS, {33330000, 33330000, 33340000}, {333, 333, 334}},
        {50 * MICROS, {100 * MICROS, 100 * MICROS, 100 * MICROS}, {1667, 1667, 1666}},
        {9990000, {50 * MICROS, 30 * MICROS, 20 * MICROS}, {499, 300, 200}},
        {10000, {MICROS, MICROS, MICROS}, {1, 0, 0}},
        {0, {MICROS, MICROS, MICROS}, {0, 0, 0}},
        {10 * MICROS, {0, 0, 5 * MICROS}, {0, 0, 1000}},
        {10 * MICROS, {0, 0, 0}, {1000, 0, 0}}, /* nothing tells them apart */
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        struct package package;
        bench_init(&bench, "EUR");
        package_init(&package, false, 0);
        for (size_t part = 0; part < 3; part++) {
            add_part(&package, MICROS, cases[index].list_micros[part]);
        }
        add_package(&bench, &package, MICROS, cases[index].total_micros);
        decide(&bench);
        assert_true(bench.decision.is_priced);
        const struct priced_line *line = &bench.decision.lines[0];
        assert_int_equal(line->net_minor, cases[index].total_micros / 10000);
        assert_int_equal(line->part_count, 3);
        for (size_t part = 0; part < 3; part++) {
            assert_int_equal(line->parts[part].net_minor, cases[index].net_minor[part]);
            assert_int_equal(line->parts[part].list_minor, cases[index].list_micros[part] / 10000);
        }
    }
}

/* Two sets of 2 cups at 3.10, 1 pot at 19.99 and 0.25 kg of tea at 80.00: 46.19 each. */
static void
a_sum_costs_what_its_parts_do(void **state)
{
    static const struct {
        int64_t less_micros, price_micros, net_minor;
        int64_t parts_minor[3];
    } cases[] = {
        {0, 46190000, 9238, {1240, 3998, 4000}},
        {100000, 41571000, 8314, {1116, 3598, 3600}}, /* 83.142 */
        {333333, 30793349, 6159, {827, 2665, 2667}},
        {1000000, 0, 0, {0, 0, 0}}, /* 100 % off is nothing */
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(bench) bench;
        struct package package;
        bench_init(&bench, "EUR");
        package_init(&package, true, cases[index].less_micros);
        add_part(&package, 2 * MICROS, 3100000);
        add_part(&package, MICROS, 19990000);
        add_part(&package, 250000, 80 * MICROS)->unit = "KGM";
        add_package(&bench, &package, 2 * MICROS, AMOUNT_NONE);
        decide(&bench);
        assert_true(bench.decision.is_priced);
        const struct priced_line *line = &bench.decision.lines[0];
        assert_int_equal(line->price_micros, cases[index].price_micros);
        assert_int_equal(line->net_minor, cases[index].net_minor);
        assert_int_equal(line->parts[0].quantity_micros, 4 * MICROS);
        assert_int_equal(line->parts[2].quantity_micros, 500000);
        assert_string_equal(line->parts[2].unit, "KGM");
        for (size_t part = 0; part < 3; part++) {
            assert_int_equal(line->parts[part].net_minor, cases[index].parts_minor[part]);
        }
    }
}

/* Parts have the customer's own prices, and reach breaks with all that are in the packages, but not
 * with other lines; the package's options and tax are its own. */
static void
parts_have_the_list_prices_of_so_many(void **state)
{
    OWNED(bench) bench;
    struct package package;
    struct option_fact wrapped = option_at("wrapping", "gift", 1500000);
    struct option ordered = {"wrapping", "gift"};
    (void)state;
    bench_init(&bench, "EUR");
    package_init(&package, true, 0);
    struct line_facts *cups = add_part(&package, 6 * MICROS, 4 * MICROS);
    add_price(cups, SCOPE_CUSTOMER, 10 * MICROS, 3 * MICROS);
    add_price(cups, SCOPE_BASE, 0, MICROS)->break_group = "ware";
    add_price(cups, SCOPE_CUSTOMER, 50 * MICROS, 2 * MICROS)->break_group = "ware";
    struct line_facts *facts = add_package(&bench, &package, 2 * MICROS, AMOUNT_NONE);
    facts->options = &wrapped;
    facts->option_count = 1;
    facts->tax_rate_micros = 190000;
    bench.lines[0].options = &ordered;
    bench.lines[0].option_count = 1;
    add_price(add_line(&bench, 100 * MICROS, 0), SCOPE_CUSTOMER, 0, MICROS)->break_group = "ware";
    decide(&bench);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.lines[0].net_minor, 12 * 300 + 2 * 150);
    assert_int_equal(bench.decision.lines[0].tax_minor, 741);
    assert_int_equal(bench.decision.lines[0].parts[0].net_minor, 3900);
    assert_int_equal(bench.decision.lines[0].parts[0].list_minor, 3600);
}

static void
the_trace_tells_the_parts(void **state)
{
    OWNED(bench) bench;
    struct package package;
    (void)state;
    bench_init(&bench, "EUR");
    package_init(&package, true, 100000);
    add_part(&package, 2 * MICROS, 3 * MICROS);
    add_part(&package, MICROS, 4 * MICROS);
    add_package(&bench, &package, MICROS, AMOUNT_NONE);
    decide(&bench);
    assert_non_null(strstr(
        bench.decision.trace,
        "\"package\":{\"pricing\":\"sum\",\"less\":\"0.10\",\"parts\":[{\"sku\":\"CAN\","
        "\"quantity\":\"2\",\"unit\":\"C62\",\"candidates\":[{\"scope\":\"base\","
        "\"from\":\"0\",\"valid_from\":\"1970-01-01\",\"valid_to\":null,\"price\":\"3.00\","
        "\"verdict\":\"applied\"}],\"price\":\"3.00\",\"list\":\"6.00\",\"net\":\"5.40\"},"));
    assert_non_null(strstr(bench.decision.trace, "\"net\":\"3.60\"}]},\"price\":\"9.00\","));
}

/* Exactly this finding about the package; the order is refused. */
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
a_part_without_price_refuses_the_line(void **state)
{
    (void)state;
    for (int is_sum = 0; is_sum < 2; is_sum++) {
        OWNED(bench) none;
        struct package package;
        bench_init(&none, "EUR");
        package_init(&package, is_sum != 0, 0);
        add_part(&package, MICROS, MICROS);
        add_part(&package, MICROS, AMOUNT_NONE);
        add_package(&none, &package, MICROS, is_sum ? AMOUNT_NONE : MICROS);
        const struct finding *finding = refused_with(&none, M_PRICE_PACKAGE_PART);
        assert_string_equal(finding->value, "CUP");
        assert_string_equal(finding->expected, "EUR");
        assert_string_equal(finding->hint, "PRICE-NONE");
        assert_string_equal(finding->order_line, "1");

        OWNED(bench) late;
        bench_init(&late, "EUR");
        package_init(&package, is_sum != 0, 0);
        add_part(&package, MICROS, MICROS)->candidates[0].valid_to = order_day - 1;
        add_package(&late, &package, MICROS, is_sum ? AMOUNT_NONE : MICROS);
        assert_string_equal(refused_with(&late, M_PRICE_PACKAGE_PART)->hint, "PRICE-DATE");

        OWNED(bench) gone;
        bench_init(&gone, "EUR");
        package_init(&package, is_sum != 0, 0);
        add_part(&package, MICROS, MICROS)->product_known = false;
        add_package(&gone, &package, MICROS, is_sum ? AMOUNT_NONE : MICROS);
        assert_string_equal(refused_with(&gone, M_PRICE_PACKAGE_PART)->hint, "PRICE-SKU-UNKNOWN");

        OWNED(bench) odd;
        bench_init(&odd, "EUR");
        package_init(&package, is_sum != 0, 0);
        add_part(&package, 333333, MICROS);
        add_package(&odd, &package, 1500000, is_sum ? AMOUNT_NONE : MICROS);
        assert_string_equal(refused_with(&odd, M_PRICE_PACKAGE_PART)->hint,
                            "PRICE-UNIT-CONVERSION");

        OWNED(bench) below;
        bench_init(&below, "EUR");
        package_init(&package, is_sum != 0, 0);
        add_part(&package, MICROS, -MICROS);
        add_package(&below, &package, MICROS, is_sum ? AMOUNT_NONE : MICROS);
        assert_string_equal(refused_with(&below, M_PRICE_PACKAGE_PART)->hint, "PRICE-BELOW-ZERO");
    }
}

static void
what_does_not_go_together_is_told(void **state)
{
    struct package package;
    (void)state;
    OWNED(bench) basis;
    bench_init(&basis, "EUR");
    package_init(&package, true, 0);
    add_part(&package, MICROS, MICROS);
    add_part(&package, MICROS, MICROS)->candidates[0].includes_tax = true;
    add_package(&basis, &package, MICROS, AMOUNT_NONE);
    assert_string_equal(refused_with(&basis, M_PRICE_PACKAGE_PART)->hint, "PRICE-TAX-BASIS");

    OWNED(bench) large;
    bench_init(&large, "EUR");
    package_init(&package, true, 0);
    for (int part = 0; part < 3; part++) {
        add_part(&package, DECIMAL_MICROS_MAX, MICROS * 500000);
    }
    add_package(&large, &package, MICROS, AMOUNT_NONE);
    refused_with(&large, M_PRICE_LINE_TOO_LARGE);

    OWNED(bench) part;
    bench_init(&part, "EUR");
    package_init(&package, false, 0);
    add_part(&package, DECIMAL_MICROS_MAX, DECIMAL_MICROS_MAX);
    add_package(&part, &package, MICROS, MICROS);
    assert_string_equal(refused_with(&part, M_PRICE_PACKAGE_PART)->hint, "PRICE-LINE-TOO-LARGE");

    OWNED(bench) many;
    bench_init(&many, "EUR");
    package_init(&package, true, 0);
    add_package(&many, &package, MICROS, AMOUNT_NONE);
    package.fact.part_count = ORDER_PARTS_MAX + 1;
    package.fact.parts = NULL;
    assert_string_equal(refused_with(&many, M_PRICE_PACKAGE_PARTS)->expected, "10000");
}

static uint32_t
draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 8) % below;
}

/* Whatever they cost, with tax in the prices or on top, per line or per document: the parts have
 * together what the line has, none has less than its share rounded down or more than rounded up. */
static void
parts_always_add_up(void **state)
{
    static const char *const currencies[] = {"JPY", "EUR", "KWD"};
    uint32_t seed = 11;
    (void)state;
    for (int turn = 0; turn < 3000; turn++) {
        OWNED(bench) bench;
        struct package packages[2];
        bench_init(&bench, currencies[turn % 3]);
        bench.facts.tax_rounding = turn % 2 == 0 ? TAX_PER_LINE : TAX_PER_DOCUMENT;
        for (size_t line = 0; line < 2; line++) {
            struct package *package = &packages[line];
            package_init(package, draw(&seed, 2) == 0, draw(&seed, 1000001));
            const uint32_t count = 1 + draw(&seed, PARTS);
            for (uint32_t part = 0; part < count; part++) {
                add_part(package, (1 + draw(&seed, 4)) * MICROS, draw(&seed, 30000000));
            }
            struct line_facts *facts =
                add_package(&bench, package, (1 + draw(&seed, 9)) * MICROS,
                            package->fact.is_sum ? AMOUNT_NONE : draw(&seed, 90000000));
            facts->tax_rate_micros = draw(&seed, 250000);
        }
        for (size_t line = 0; line < 2 && turn % 5 == 0; line++) {
            bench.line_facts[line].candidates[0].includes_tax = true;
            for (size_t part = 0; part < packages[line].fact.part_count; part++) {
                packages[line].candidates[part][0].includes_tax = true;
            }
        }
        decide(&bench);
        assert_true(bench.decision.is_priced);
        for (size_t line = 0; line < 2; line++) {
            const struct priced_line *priced = &bench.decision.lines[line];
            int64_t net = 0, weights = 0;
            for (size_t part = 0; part < priced->part_count; part++) {
                net += priced->parts[part].net_minor;
                weights += priced->parts[part].list_minor;
            }
            assert_int_equal(net, priced->net_minor);
            for (size_t part = 0; part < priced->part_count && weights > 0; part++) {
                const int128 product = (int128)priced->net_minor * priced->parts[part].list_minor;
                assert_true(priced->parts[part].net_minor >= (int64_t)(product / weights));
                assert_true(priced->parts[part].net_minor <= (int64_t)(product / weights) + 1);
            }
        }
    }
}

/* What an order of packages takes is known before: not more, and not much less. */
static void
the_room_for_parts_is_known(void **state)
{
    enum { COUNT = 500, EACH = 40, SMALL = 8192 };
    static struct part_fact parts[COUNT];
    static struct line_facts facts[COUNT];
    static struct price_candidate candidates[EACH];
    OWNED(bench) bench;
    struct package_fact package = {.is_sum = true, .parts = parts, .part_count = COUNT};
    (void)state;
    for (size_t index = 0; index < EACH; index++) {
        candidates[index] = (struct price_candidate){.scope = SCOPE_BASE,
                                                     .holder = "",
                                                     .break_group = "",
                                                     .valid_from = (int32_t)index,
                                                     .valid_to = INT32_MAX,
                                                     .price_micros = MICROS};
    }
    for (size_t index = 0; index < COUNT; index++) {
        facts[index] = (struct line_facts){.product_known = true,
                                           .nearest_sku = "",
                                           .unit = "C62",
                                           .candidates = candidates,
                                           .candidate_count = EACH};
        parts[index] = (struct part_fact){"TEA", MICROS, &facts[index]};
    }
    bench_init(&bench, "EUR");
    add_line(&bench, MICROS, 0)->package = &package;
    const size_t room = price_room(&bench.facts, 1);
    decide(&bench);
    const size_t taken = bench.arena.bytes_used - strlen(bench.decision.trace);
    assert_true(bench.decision.is_priced);
    assert_int_equal(bench.decision.net_minor, COUNT * 100);
    assert_in_range(taken, room / 2, room + SMALL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fixed_price_is_shared_by_largest_remainder),
        cmocka_unit_test(a_sum_costs_what_its_parts_do),
        cmocka_unit_test(parts_have_the_list_prices_of_so_many),
        cmocka_unit_test(the_trace_tells_the_parts),
        cmocka_unit_test(a_part_without_price_refuses_the_line),
        cmocka_unit_test(what_does_not_go_together_is_told),
        cmocka_unit_test(parts_always_add_up),
        cmocka_unit_test(the_room_for_parts_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
