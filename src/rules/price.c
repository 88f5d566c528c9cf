/* 1. For each line: the list price (price_list.c), the surcharges of its options (price_option.c);
 * before that, all quantities in the units of the products (price_quantity.c), and which lines
 * reach breaks together (price_break.c).
 * 2. Extend by the quantity; promotions reduce the amounts (price_promotion.c).
 * 3. Compare with what the partner expects, take the tax, add up.  Lines with a mistake add
 * nothing, and the order is not priced. The trace is written at the end, by price_trace.c. */
#include "rules/price.h"

#include "base/fault.h"
#include "rules/pricing.h"

#include <assert.h>
#include <string.h>

static bool
is_too_large(int128 minor)
{
    return minor > ORDER_AMOUNT_MAX_MINOR || minor < -ORDER_AMOUNT_MAX_MINOR;
}

/* Product, unit and quantity; MESSAGE_COUNT when all are right. */
static enum message
check_product(struct pricing *pricing, size_t line_index)
{
    const struct order_line *line = &pricing->order->lines[line_index];
    const struct line_facts *facts = &pricing->facts->lines[line_index];
    if (facts->product_known) {
        return price_quantity(pricing, line_index, &pricing->quantities_micros[line_index]);
    }
    pricing_mistake(pricing, line,
                    (struct finding){.code = M_PRICE_SKU_UNKNOWN,
                                     .field = "sku",
                                     .value = pricing_shown(pricing, line->sku),
                                     .hint = pricing_shown(pricing, facts->nearest_sku)});
    return M_PRICE_SKU_UNKNOWN;
}

static int128
magnitude(int128 value)
{
    return value < 0 ? -value : value;
}

/* 128 bits hold it all: `extend` has bounded price x quantity. */
static bool
is_tolerable(const struct pricing *pricing, const struct order_line *line, int64_t price_micros)
{
    const struct price_policy *policy = &pricing->facts->policy;
    const int128 difference = magnitude((int128)line->expected_price_micros - price_micros);
    return difference * MICROS <= (int128)price_micros * policy->tolerance_micros ||
           difference * line->quantity_micros <=
               policy->tolerance_minor * money_unit_picos(pricing->exponent);
}

/* An approver decides, or releasers of a hold. */
static void
wait_for(struct pricing *pricing, size_t line_index, int64_t price_micros,
         struct price_decision *decision)
{
    if (pricing->facts->policy.beyond != DIFFERENCE_HOLDS_ORDER) {
        pricing->wait_reasons |= WAIT_EXPECTATION;
    } else if (!decision->difference.is_held) {
        decision->difference = (struct held_difference){true, line_index, price_micros};
    }
}

/* The partner's own price, when it gave one, against ours: both are kept, ours is booked.  The
 * finding when it refuses the line. */
static enum message
check_expectation(struct pricing *pricing, size_t line_index, struct price_decision *decision)
{
    static const enum message codes[] = {[DIFFERENCE_WARNS] = M_PRICE_DIFFERS,
                                         [DIFFERENCE_HOLDS] = M_PRICE_DIFFERS_WAITS,
                                         [DIFFERENCE_REFUSES] = M_PRICE_DIFFERS_REFUSED,
                                         [DIFFERENCE_HOLDS_ORDER] = M_PRICE_DIFFERS_WAITS};
    const struct order_line *line = &pricing->order->lines[line_index];
    struct priced_line *priced = &decision->lines[line_index];
    const int64_t price_micros = price_after_promotions(pricing, line_index, decision);
    priced->is_as_expected = line->expected_price_micros == AMOUNT_NONE ||
                             line->expected_price_micros == priced->price_micros ||
                             line->expected_price_micros == price_micros;
    if (priced->is_as_expected) {
        return MESSAGE_COUNT;
    }
    const enum message code = is_tolerable(pricing, line, price_micros)
                                  ? M_PRICE_DIFFERS
                                  : codes[pricing->facts->policy.beyond];
    pricing_mistake(
        pricing, line,
        (struct finding){
            .code = code,
            .field = "expected_price",
            .value = pricing_micros(pricing, line->expected_price_micros, pricing->exponent),
            .expected = pricing_micros(pricing, price_micros, pricing->exponent)});
    if (code == M_PRICE_DIFFERS_WAITS) {
        wait_for(pricing, line_index, price_micros, decision);
    }
    return code == M_PRICE_DIFFERS_REFUSED ? code : MESSAGE_COUNT;
}

static int128
with_surcharges(const struct line_verdict *verdict, int64_t quantity_micros)
{
    const int128 percent = verdict->list_picos * verdict->surcharge_percent_micros;
    return verdict->list_picos + (int128)verdict->surcharge_micros * quantity_micros +
           percent / MICROS;
}

/* The amount of all units and the price of one; the finding when that cannot be. */
static enum message
extend(struct pricing *pricing, size_t line_index, struct line_verdict *verdict,
       struct priced_line *priced)
{
    const struct order_line *line = &pricing->order->lines[line_index];
    const int128 amount_picos =
        price_manual_amount(pricing, line_index, verdict,
                            with_surcharges(verdict, pricing->quantities_micros[line_index]));
    /* At most four decimals in a currency: these bounds, a little wide, keep the divisions in their
     * range. */
    const bool fits = !is_too_large(amount_picos / ((int128)MICROS * MICROS)) &&
                      amount_picos / line->quantity_micros < INT64_MAX;
    const int64_t amount_minor =
        fits ? money_of_picos(amount_picos, pricing->exponent, ROUND_HALF_UP) : 0;
    if (!fits || is_too_large(amount_minor) ||
        is_too_large((int128)amount_minor * verdict->tax_rate_micros / MICROS)) {
        pricing_mistake(pricing, line,
                        (struct finding){.code = M_PRICE_LINE_TOO_LARGE,
                                         .field = "quantity",
                                         .value = pricing_micros(pricing, line->quantity_micros, 0),
                                         .expected = pricing_limit(pricing)});
        return M_PRICE_LINE_TOO_LARGE;
    }
    priced->price_micros = decimal_divide(amount_picos, line->quantity_micros, ROUND_HALF_UP);
    verdict->amount_minor =
        amount_minor - price_discount_take(pricing, line_index, amount_picos, verdict, priced);
    if (amount_picos >= 0) {
        return MESSAGE_COUNT;
    }
    pricing_mistake(pricing, line,
                    (struct finding){
                        .code = M_PRICE_BELOW_ZERO,
                        .field = "sku",
                        .value = pricing_micros(pricing, priced->price_micros, pricing->exponent)});
    return M_PRICE_BELOW_ZERO;
}

/* Prices of one order all include tax, or none does: the first line says which. */
static enum message
check_tax_basis(struct pricing *pricing, const struct order_line *line,
                const struct line_verdict *verdict)
{
    if (!verdict->has_list_price) {
        return MESSAGE_COUNT; /* a manual price alone: it is as the others are */
    }
    if (!pricing->has_tax_basis) {
        pricing->has_tax_basis = true;
        pricing->prices_include_tax = verdict->includes_tax;
    }
    if (pricing->prices_include_tax == verdict->includes_tax) {
        return MESSAGE_COUNT;
    }
    pricing_mistake(pricing, line,
                    (struct finding){.code = M_PRICE_TAX_BASIS,
                                     .field = "sku",
                                     .value = pricing_shown(pricing, line->sku)});
    return M_PRICE_TAX_BASIS;
}

/* The first mistake of a line is the one that its trace names. */
static void
note_mistake(struct line_verdict *verdict, enum message mistake)
{
    verdict->mistake = pricing_first(verdict->mistake, mistake);
}

/* A manual price needs no list price beside it; that ours has no result is told all the same. */
static void
choose_list_price(struct pricing *pricing, size_t line_index, struct line_verdict *verdict)
{
    const enum message mistake = price_list_choose(pricing, line_index, verdict);
    if (price_is_manual(&pricing->order->lines[line_index]) && price_is_held_by(mistake)) {
        verdict->list_mistake = mistake;
        verdict->has_list_price = false;
        verdict->list_picos = 0;
        return;
    }
    note_mistake(verdict, mistake);
}

static void
price_line(struct pricing *pricing, size_t line_index, struct line_verdict *verdict,
           struct priced_line *priced)
{
    const struct order_line *line = &pricing->order->lines[line_index];
    const struct line_facts *facts = &pricing->facts->lines[line_index];
    if (!facts->product_known) {
        return;
    }
    note_mistake(verdict, price_options(pricing, line, facts, verdict));
    if (facts->package == NULL || !facts->package->is_sum) {
        choose_list_price(pricing, line_index, verdict);
    }
    if (facts->package != NULL) {
        note_mistake(verdict, price_package(pricing, line_index, verdict));
    }
    note_mistake(verdict, price_convert(pricing, line_index, &verdict->surcharge_micros));
    note_mistake(verdict, price_tax_rate(pricing, line_index, verdict));
    if (verdict->mistake == MESSAGE_COUNT) {
        verdict->mistake = check_tax_basis(pricing, line, verdict);
    }
    if (verdict->mistake != MESSAGE_COUNT) {
        return;
    }
    verdict->mistake = extend(pricing, line_index, verdict, priced);
    if (verdict->mistake == MESSAGE_COUNT) {
        verdict->mistake = price_manual_check(pricing, line_index, verdict, priced);
    }
}

/* What is judged when all lines have amounts. */
static void
finish_lines(struct pricing *pricing, struct order_verdict *verdict,
             struct price_decision *decision)
{
    for (size_t index = 0; index < pricing->order->line_count; index++) {
        struct line_verdict *line = &verdict->lines[index];
        struct priced_line *priced = &decision->lines[index];
        priced->list_minor = line->amount_minor + priced->discount_minor;
    }
    verdict->promotions = price_promotions(pricing, verdict, decision);
    decision->is_priced &= verdict->promotions == MESSAGE_COUNT;
    for (size_t index = 0; index < pricing->order->line_count; index++) {
        struct line_verdict *line = &verdict->lines[index];
        if (line->mistake == MESSAGE_COUNT) {
            line->mistake = check_expectation(pricing, index, decision);
        }
        decision->is_priced &= line->mistake == MESSAGE_COUNT;
    }
}

/* Are the amounts of all lines together too large?  128 bits hold any sum of lines. */
static bool
is_total_too_large(const struct order *order, const struct line_verdict *verdicts)
{
    int128 sum = 0;
    for (size_t index = 0; index < order->line_count; index++) {
        sum += verdicts[index].amount_minor;
    }
    return is_too_large(sum);
}

/* Net, tax and gross of all lines, and of the freight; false when one of them is too large. */
static bool
add_up(const struct order *order, struct price_decision *decision)
{
    const int128 freight = decision->freight.net_minor;
    int128 net = 0;
    int128 tax = decision->freight.tax_minor;
    for (size_t index = 0; index < order->line_count; index++) {
        net += decision->lines[index].net_minor;
        tax += decision->lines[index].tax_minor;
    }
    if (is_too_large(net) || is_too_large(tax) || is_too_large(net + freight + tax)) {
        return false;
    }
    decision->net_minor = (int64_t)net;
    decision->tax_minor = (int64_t)tax;
    decision->gross_minor = (int64_t)(net + freight + tax);
    return true;
}

/* Taxes and totals; the finding when the order comes to too much. */
static enum message
total(struct pricing *pricing, const struct line_verdict *verdicts, struct price_decision *decision)
{
    bool fits = !is_total_too_large(pricing->order, verdicts);
    if (fits && decision->is_priced) {
        price_taxes(pricing, verdicts, decision);
        price_freight(pricing, decision);
        fits = add_up(pricing->order, decision);
    }
    if (fits) {
        return MESSAGE_COUNT;
    }
    pricing_mistake(pricing, NULL,
                    (struct finding){.code = M_PRICE_TOTAL_TOO_LARGE,
                                     .field = "total",
                                     .expected = pricing_limit(pricing)});
    decision->is_priced = false;
    return M_PRICE_TOTAL_TOO_LARGE;
}

/* Has it no price for nothing but mistakes of our own list? */
static void
check_held(const struct order *order, const struct order_verdict *verdict,
           struct price_decision *decision)
{
    bool is_refused = verdict->customer != MESSAGE_COUNT || verdict->promotions != MESSAGE_COUNT ||
                      verdict->freight != MESSAGE_COUNT || verdict->total != MESSAGE_COUNT;
    for (size_t index = order->line_count; index-- > 0;) {
        const enum message mistake = verdict->lines[index].mistake;
        if (mistake != MESSAGE_COUNT) {
            is_refused |= !price_is_held_by(mistake);
            decision->held_line = index;
            decision->held_by = mistake;
        }
    }
    decision->is_held = !decision->is_priced && !is_refused;
}

void
price_order(const struct order *order, const struct price_facts *facts, struct arena *arena,
            struct findings *findings, struct price_decision *decision)
{
    struct pricing pricing = {.order = order,
                              .facts = facts,
                              .arena = arena,
                              .findings = findings,
                              .exponent = currency_exponent(order->currency),
                              .quantities_micros = arena_array(arena, int64_t, order->line_count)};
    assert(order->order_date != DAY_NONE && pricing.exponent >= 0);
    *decision = (struct price_decision){
        .is_priced = true, .lines = arena_array(arena, struct priced_line, order->line_count)};
    struct order_verdict verdict = {
        .lines = arena_array(arena, struct line_verdict, order->line_count),
        .customer = facts->customer_known ? MESSAGE_COUNT : M_PRICE_CUSTOMER_UNKNOWN,
        .promotions = MESSAGE_COUNT,
        .total = MESSAGE_COUNT};
    if (verdict.customer != MESSAGE_COUNT) {
        pricing_mistake(&pricing, NULL,
                        (struct finding){.code = verdict.customer,
                                         .field = "customer",
                                         .value = pricing_shown(&pricing, facts->customer),
                                         .hint = pricing_shown(&pricing, facts->nearest_customer)});
    }
    verdict.freight = price_freight_check(&pricing);
    for (size_t index = 0; index < order->line_count; index++) {
        verdict.lines[index].mistake = check_product(&pricing, index);
        verdict.lines[index].list_mistake = MESSAGE_COUNT;
    }
    price_break_pool(&pricing);
    for (size_t index = 0; index < order->line_count; index++) {
        price_line(&pricing, index, &verdict.lines[index], &decision->lines[index]);
    }
    finish_lines(&pricing, &verdict, decision);
    decision->is_priced &= facts->customer_known && verdict.freight == MESSAGE_COUNT;
    decision->is_priced &= !price_floor_check(&pricing, verdict.lines, decision);
    decision->wait_reasons = pricing.wait_reasons;
    verdict.total = total(&pricing, verdict.lines, decision);
    check_held(order, &verdict, decision);
    for (size_t index = 0; index < order->line_count && decision->is_priced; index++) {
        price_package_share(&pricing, &verdict.lines[index], &decision->lines[index]);
    }
    price_floor_sum(&pricing, decision);
    decision->prices_include_tax = pricing.prices_include_tax;
    decision->trace = price_trace(&pricing, &verdict, decision);
}
