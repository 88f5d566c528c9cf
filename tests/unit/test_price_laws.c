/* What must hold for any order priced as a whole: graduated prices, surcharges, packages, manual
 * prices, exchange, taxes, costs and promotions together, thousands of times, by a fixed seed. */
#include "price_bench.h"

#include <stdlib.h>

enum { CASES = 3000, PROMOTIONS = 6, PARTS = 3, TAXES = 3, COSTS = 2, AUTHORITIES = 2 };

/* An order with its facts, drawn at random; the lists of the facts lie where they can be shuffled.
 */
struct drawn {
    struct bench bench;
    struct promotion rows[PROMOTIONS];
    struct option_fact options[2];
    struct option ordered[1];
    struct tax_fact taxes[TAXES];
    struct cost_fact costs[COSTS];
    struct authority_fact authorities[AUTHORITIES];
    struct rate_fact rate;
    struct price_candidate part_prices[PARTS][2];
    struct line_facts part_facts[PARTS];
    struct part_fact parts[PARTS];
    struct package_fact package;
};

static uint64_t seed;

static int64_t
draw(int64_t count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)count);
}

static void
drawn_close(struct drawn *drawn)
{
    bench_close(&drawn->bench);
}

/* Graduated prices stay graduated on a line: of one list, as its check demands. */
static void
draw_prices(struct line_facts *facts, bool includes_tax, int64_t count)
{
    const bool is_graduated = draw(2) == 0;
    for (int64_t step = 0; step < count; step++) {
        struct price_candidate *candidate =
            add_price(facts, SCOPE_BASE, step * 3 * MICROS, 1 + draw(90 * MICROS));
        candidate->breaks = is_graduated ? BREAKS_GRADUATED : BREAKS_ALL_UNITS;
        candidate->includes_tax = includes_tax;
    }
    if (draw(2) == 0) {
        struct price_candidate *candidate = add_price(facts, SCOPE_CUSTOMER, 5 * MICROS, MICROS);
        candidate->includes_tax = includes_tax;
        candidate->valid_to = draw(2) == 0 ? order_day - 1 : INT32_MAX;
    }
}

static void
draw_package(struct drawn *drawn, struct line_facts *facts, bool includes_tax)
{
    static const char *const skus[PARTS] = {"CUP", "LID", "POT"};
    drawn->package = (struct package_fact){.is_sum = draw(2) == 0,
                                           .less_micros = draw(3) * 50000,
                                           .parts = drawn->parts,
                                           .part_count = PARTS};
    for (size_t part = 0; part < PARTS; part++) {
        drawn->part_facts[part] = (struct line_facts){.product_known = true,
                                                      .nearest_sku = "",
                                                      .category = "",
                                                      .unit = "C62",
                                                      .list_currency = facts->list_currency,
                                                      .candidates = drawn->part_prices[part]};
        add_price(&drawn->part_facts[part], SCOPE_BASE, 0, draw(9 * MICROS))->includes_tax =
            includes_tax;
        drawn->parts[part] =
            (struct part_fact){skus[part], (1 + draw(3)) * MICROS, &drawn->part_facts[part]};
    }
    facts->package = &drawn->package;
    facts->candidate_count = drawn->package.is_sum ? 0 : facts->candidate_count;
}

static void
draw_line(struct drawn *drawn, bool includes_tax)
{
    static const char *const skus[] = {"TEA-1", "TEA-2", "CUP"};
    static const char *const categories[] = {"tea", "ware", ""};
    struct bench *bench = &drawn->bench;
    const size_t at = bench->order.line_count;
    struct line_facts *facts = add_line(bench, (1 + draw(12)) * MICROS, 0);
    struct order_line *line = &bench->lines[at];
    line->sku = skus[draw(3)];
    facts->category = categories[draw(3)];
    facts->taxes = drawn->taxes;
    facts->tax_count = TAXES;
    facts->list_currency = draw(3) == 0 ? "CHF" : NULL;
    draw_prices(facts, includes_tax, 1 + draw(3));
    if (draw(3) == 0) {
        facts->costs = (struct cost_facts){drawn->costs, COSTS, draw(2) == 0 ? "CHF" : NULL};
    }
    if (at == 0 && draw(2) == 0) {
        draw_package(drawn, facts, includes_tax);
    } else if (draw(3) == 0) {
        facts->options = drawn->options;
        facts->option_count = 2;
        line->options = drawn->ordered;
        line->option_count = 1;
    }
    if (draw(5) == 0) {
        line->manual.price_micros = draw(80 * MICROS);
        line->manual.reason = "as agreed";
        line->manual.person = "anna";
    }
}

static void
draw_facts(struct drawn *drawn)
{
    static const char *const currencies[] = {"EUR", "JPY", "KWD"};
    bench_init(&drawn->bench, currencies[draw(3)]);
    struct price_facts *facts = &drawn->bench.facts;
    const struct tax_fact taxes[TAXES] = {{"", "", 0, INT32_MAX, 70000},
                                          {"DE", "", 0, order_day, 190000},
                                          {"DE", "BY", order_day + 1, INT32_MAX, 160000}};
    const struct cost_fact costs[COSTS] = {{draw(20 * MICROS), 0, 100000, 0, INT32_MAX},
                                           {draw(20 * MICROS), draw(9 * MICROS), -1, 7, INT32_MAX}};
    const struct authority_fact authorities[AUTHORITIES] = {
        {"sales", "anna", "", "", 100000, 50000, false},
        {"head", "", "", "shops", 300000, 300000, true}};
    memcpy(drawn->taxes, taxes, sizeof taxes);
    memcpy(drawn->costs, costs, sizeof costs);
    memcpy(drawn->authorities, authorities, sizeof authorities);
    drawn->options[0] = option_at("colour", "red", draw(3 * MICROS));
    drawn->options[1] = option_at("colour", "blue", draw(3 * MICROS));
    drawn->options[0].surcharge_percent_micros = draw(2) * 30000;
    drawn->ordered[0] = (struct option){"colour", "red"};
    drawn->rate = (struct rate_fact){order_day - 1, 1 + draw(200 * MICROS), 1 + draw(2) * 99};
    facts->rate = &drawn->rate;
    facts->authorities = drawn->authorities;
    facts->authority_count = AUTHORITIES;
    facts->has_approver = draw(2) == 0;
    facts->below_floor = DIFFERENCE_WARNS;
    facts->tax_rounding = draw(2) == 0 ? TAX_PER_LINE : TAX_PER_DOCUMENT;
    facts->tax_exemption = draw(8) == 0 ? "DE 1" : "";
    facts->promotions.model = (enum promotion_model)draw(MODEL_COUNT);
    drawn->bench.order.parties[PARTY_SHIP_TO].country = "DE";
    drawn->bench.order.parties[PARTY_SHIP_TO].region = "";
}

static void
draw_promotions(struct drawn *drawn)
{
    static const char *const codes[PROMOTIONS] = {"A", "B", "C", "D", "E", "F"};
    static const char *const skus[] = {"", "", "TEA-1", "CUP | TEA-2"};
    for (size_t index = 0; index < PROMOTIONS; index++) {
        const enum promotion_action action = (enum promotion_action)draw(ACTION_COUNT);
        drawn->rows[index] = (struct promotion){
            .code = codes[index],
            .name = "",
            .name_zh = "",
            .priority = draw(2),
            .mode = (enum promotion_mode)draw(MODE_COUNT),
            .valid_to = draw(8) == 0 ? order_day - 1 : INT32_MAX,
            .customers = "",
            .groups = "",
            .channels = "",
            .currency = "",
            .never_with = draw(8) == 0 ? "A" : "",
            .level = draw(3) == 0 ? LEVEL_ORDER : LEVEL_LINE,
            .skus = skus[draw(4)],
            .categories = draw(3) == 0 ? "tea" : "",
            .together = draw(3) == 0,
            .minimum_amount_minor = draw(3) == 0 ? draw(9000) : 0,
            .repeats = draw(2) == 0,
            .action = action,
            .value_micros = action == ACTION_PERCENT ? draw(21) * 50000 : draw(40 * MICROS),
            .value_minor = draw(3000),
            .buy = 1 + draw(3),
            .get = 1,
            .get_micros = MICROS,
            .get_skus = draw(2) == 0 ? "CUP" : "",
            .free_count = (enum free_count)draw(FREE_COUNT),
            .free_form = (enum free_form)draw(FORM_COUNT)};
    }
}

static void
drawn_init(struct drawn *drawn, int round)
{
    memset(drawn, 0, sizeof *drawn);
    seed = UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)(round + 1);
    draw_facts(drawn);
    draw_promotions(drawn);
    const bool includes_tax = draw(2) == 0;
    for (int64_t count = 1 + draw(LINES); count > 0; count--) {
        draw_line(drawn, includes_tax);
    }
}

/* As the desk does it: the table is compiled, and the rows that can touch the order are found. */
static void
price(struct drawn *drawn)
{
    struct bench *bench = &drawn->bench;
    struct promotion_facts *facts = &bench->facts.promotions;
    struct promotion_line lines[LINES];
    for (size_t index = 0; index < bench->order.line_count; index++) {
        lines[index] = (struct promotion_line){.sku = bench->lines[index].sku,
                                               .category = bench->line_facts[index].category};
    }
    const struct basket basket = {.customer = bench->facts.customer,
                                  .group = bench->facts.customer_group,
                                  .lines = lines,
                                  .line_count = bench->order.line_count};
    facts->table = promotion_compile(drawn->rows, PROMOTIONS, &bench->arena);
    facts->candidate_count =
        promotion_candidates(facts->table, &basket, &bench->arena, &facts->candidates);
    findings_close(&bench->findings);
    findings_init(&bench->findings);
    decide(bench);
}

static void
shuffle(void *list, size_t size, size_t count)
{
    unsigned char kept[sizeof(struct promotion)];
    unsigned char *bytes = list;
    assert_true(size <= sizeof kept);
    for (size_t index = count; index-- > 1;) {
        const size_t other = (size_t)draw((int64_t)index + 1);
        memcpy(kept, bytes + index * size, size);
        memmove(bytes + index * size, bytes + other * size, size);
        memcpy(bytes + other * size, kept, size);
    }
}

#define SHUFFLE(list, count) shuffle((list), sizeof *(list), (count))

static void
shuffle_facts(struct drawn *drawn)
{
    struct bench *bench = &drawn->bench;
    SHUFFLE(drawn->rows, PROMOTIONS);
    SHUFFLE(drawn->taxes, TAXES);
    SHUFFLE(drawn->costs, COSTS);
    SHUFFLE(drawn->authorities, AUTHORITIES);
    SHUFFLE(drawn->options, 2);
    for (size_t line = 0; line < bench->order.line_count; line++) {
        SHUFFLE(bench->candidates[line], bench->line_facts[line].candidate_count);
    }
}

/* The number of orders that were priced, so that nothing is shown of refused ones alone. */
static int
price_all(void (*check)(struct drawn *drawn))
{
    int priced = 0;
    for (int round = 0; round < CASES; round++) {
        OWNED(drawn) drawn;
        drawn_init(&drawn, round);
        price(&drawn);
        priced += drawn.bench.decision.is_priced;
        check(&drawn);
    }
    return priced;
}

static void
check_bytes(struct drawn *drawn)
{
    const char *first = drawn->bench.decision.trace;
    const size_t found = findings_total(&drawn->bench.findings);
    price(drawn);
    assert_string_equal(drawn->bench.decision.trace, first);
    shuffle_facts(drawn);
    price(drawn);
    assert_string_equal(drawn->bench.decision.trace, first);
    assert_int_equal(findings_total(&drawn->bench.findings), found);
}

static void
pricing_again_or_in_another_order_gives_the_same_bytes(void **state)
{
    (void)state;
    assert_true(price_all(check_bytes) > CASES / 2);
}

/* From what a line costs by the list to what is left of it, each step where the one before ended.
 */
static int64_t
left_of_line(const struct price_decision *decision, size_t line)
{
    const struct price_promotions *promotions = &decision->promotions;
    int64_t left_minor = decision->lines[line].list_minor;
    for (size_t at = promotions->from[line]; at < promotions->from[line + 1]; at++) {
        const struct reduction *reduction =
            &promotions->result.reductions[promotions->of_lines[at]];
        assert_int_equal(reduction->before_minor, left_minor);
        left_minor -= reduction->reduction_minor;
    }
    assert_true(left_minor >= 0);
    return left_minor;
}

static void
check_sums(struct drawn *drawn)
{
    const struct bench *bench = &drawn->bench;
    const struct price_decision *decision = &bench->decision;
    int64_t net_minor = 0, tax_minor = 0;
    for (size_t line = 0; decision->is_priced && line < bench->order.line_count; line++) {
        const struct priced_line *priced = &decision->lines[line];
        const bool has_tax_within =
            decision->prices_include_tax && bench->facts.tax_exemption[0] == '\0';
        if (has_tax_within || !decision->prices_include_tax) {
            assert_int_equal(priced->net_minor + (has_tax_within ? priced->tax_minor : 0),
                             left_of_line(decision, line));
        }
        int64_t parts_minor = priced->part_count == 0 ? priced->net_minor : 0;
        for (size_t part = 0; part < priced->part_count; part++) {
            assert_true(priced->parts[part].net_minor >= 0);
            parts_minor += priced->parts[part].net_minor;
        }
        assert_int_equal(parts_minor, priced->net_minor);
        net_minor += priced->net_minor;
        tax_minor += priced->tax_minor;
    }
    assert_int_equal(decision->net_minor, net_minor);
    assert_int_equal(decision->tax_minor, tax_minor);
    assert_int_equal(decision->gross_minor, net_minor + tax_minor);
}

static void
lines_and_shares_add_up_to_the_cent(void **state)
{
    (void)state;
    assert_true(price_all(check_sums) > CASES / 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pricing_again_or_in_another_order_gives_the_same_bytes),
        cmocka_unit_test(lines_and_shares_add_up_to_the_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
