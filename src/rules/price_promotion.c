/* Promotions on the amounts of the lines: the basket is made of what the lines cost so far, and
 * what the rule leaves is what tax and totals go by. */
#include "rules/pricing.h"

#include <stdlib.h>
#include <string.h>

/* Only an order whose lines all have prices is reduced: else thresholds would be missed, or
 * reached, by mistake. */
static bool
may_be_reduced(const struct pricing *pricing, const struct order_verdict *verdict)
{
    int128 sum = 0;
    bool is_priced = verdict->customer == MESSAGE_COUNT;
    for (size_t index = 0; index < pricing->order->line_count; index++) {
        is_priced = is_priced && verdict->lines[index].mistake == MESSAGE_COUNT;
        sum += verdict->lines[index].amount_minor;
    }
    return is_priced && sum <= PROMOTION_LIST_MAX_MINOR;
}

static void
fill_basket(const struct pricing *pricing, const struct order_verdict *verdict,
            struct basket *basket)
{
    const struct price_facts *facts = pricing->facts;
    const size_t count = pricing->order->line_count;
    struct promotion_line *lines = arena_array(pricing->arena, struct promotion_line, count);
    for (size_t index = 0; index < count; index++) {
        lines[index] = (struct promotion_line){
            .sku = pricing->order->lines[index].sku,
            .category = facts->lines[index].category,
            .quantity_micros = pricing->quantities_micros[index],
            .list_minor = verdict->lines[index].amount_minor,
            .is_closed = manual_price_is_asked(&pricing->order->lines[index].manual),
        };
    }
    *basket = (struct basket){
        .customer = facts->customer,
        .group = facts->customer_group,
        .channel = facts->channel,
        .currency = pricing->order->currency,
        .exponent = pricing->exponent,
        .day = pricing->order->order_date,
        .model = facts->promotions.model,
        .lines = lines,
        .line_count = count,
        .coupons = facts->promotions.coupons,
        .coupon_count = facts->promotions.coupon_count,
    };
}

static size_t
fill_rewards(const struct pricing *pricing, struct reward_fact **rewards)
{
    const struct promotion_facts *facts = &pricing->facts->promotions;
    size_t count = 0;
    *rewards = arena_array(pricing->arena, struct reward_fact, facts->gift_count);
    for (size_t index = 0; index < facts->gift_count; index++) {
        if (facts->gifts[index].is_counted) {
            (*rewards)[count++] =
                (struct reward_fact){facts->gifts[index].sku, facts->gifts[index].available_micros};
        }
    }
    return count;
}

/* Which reductions each line has, without looking through all of them for each. */
static void
index_reductions(const struct pricing *pricing, struct price_promotions *promotions)
{
    const struct promotion_result *result = &promotions->result;
    const size_t count = pricing->order->line_count;
    promotions->from = arena_array(pricing->arena, size_t, count + 2);
    promotions->of_lines = arena_array(pricing->arena, size_t, result->reduction_count);
    size_t *from = promotions->from;
    for (size_t index = 0; index < result->reduction_count; index++) {
        from[result->reductions[index].line + 2]++;
    }
    for (size_t line = 1; line < count + 2; line++) {
        from[line] += from[line - 1];
    }
    for (size_t index = 0; index < result->reduction_count; index++) {
        promotions->of_lines[from[result->reductions[index].line + 1]++] = index;
    }
}

/* Whether an offer of the promotion shares one amount among its lines. */
static bool
is_shared(const struct promotion *promotion)
{
    return (promotion->together || promotion->level == LEVEL_ORDER) &&
           (promotion->action == ACTION_AMOUNT || promotion->action == ACTION_PERCENT);
}

/* What each share was rounded by.  The reductions of one offer stand together. */
static void
find_residues(const struct pricing *pricing, struct price_promotions *promotions)
{
    const struct promotion_result *result = &promotions->result;
    promotions->residues_micros = arena_array(pricing->arena, int64_t, result->reduction_count);
    size_t next = 0;
    for (size_t first = 0; first < result->reduction_count; first = next) {
        const struct promotion *promotion = result->reductions[first].promotion;
        int128 base = 0;
        int128 total = 0;
        for (next = first;
             next < result->reduction_count && result->reductions[next].promotion == promotion;
             next++) {
            base += result->reductions[next].before_minor;
            total += result->reductions[next].reduction_minor;
        }
        for (size_t at = first; at < next && is_shared(promotion); at++) {
            const struct reduction *reduction = &result->reductions[at];
            const int128 over = reduction->reduction_minor * base - total * reduction->before_minor;
            promotions->residues_micros[at] = decimal_divide(over * MICROS, base, ROUND_HALF_UP);
        }
    }
}

/* Letters that no line number of the order begins with: "F", or as many of them as it takes. */
static const char *
free_prefix(const struct pricing *pricing)
{
    const char *prefix = "F";
    for (size_t index = 0; index < pricing->order->line_count; index++) {
        const char *number = pricing->order->lines[index].number;
        if (strncmp(number, prefix, strlen(prefix)) == 0) {
            const size_t letters = strspn(number, "F");
            char *longer = arena_alloc(pricing->arena, letters + 2);
            memset(longer, 'F', letters + 1);
            prefix = longer;
        }
    }
    return prefix;
}

static int
compare_sku(const void *sku, const void *gift)
{
    return strcmp(sku, ((const struct gift_fact *)gift)->sku);
}

static const struct gift_fact *
find_gift(const struct pricing *pricing, const char *sku)
{
    const struct promotion_facts *facts = &pricing->facts->promotions;
    return facts->gift_count == 0
               ? NULL
               : bsearch(sku, facts->gifts, facts->gift_count, sizeof *facts->gifts, compare_sku);
}

static void
list_goods(const struct pricing *pricing, struct price_promotions *promotions)
{
    const struct promotion_result *result = &promotions->result;
    const char *prefix = result->free_goods_count == 0 ? "" : free_prefix(pricing);
    promotions->goods = arena_array(pricing->arena, struct free_good, result->free_goods_count);
    for (size_t index = 0; index < result->free_goods_count; index++) {
        struct free_good *good = &promotions->goods[index];
        good->given = &result->free_goods[index];
        good->number = arena_format(pricing->arena, "%s%zu", prefix, index + 1);
        good->unit = "";
        const struct gift_fact *gift = find_gift(pricing, good->given->sku);
        if (gift != NULL) {
            good->unit = gift->unit;
            good->is_counted = gift->is_counted;
        }
    }
}

/* -- What goods given cost us: a cost of the line that they came with, else of all lines by what
 * they come to. */

static int64_t
cost_of(const struct pricing *pricing, const struct gift_fact *gift, int64_t quantity_micros)
{
    const struct cost_fact *cost = price_cost_of_day(pricing, &gift->costs);
    int128 scale = (int128)MICROS * MICROS;
    for (int place = 0; place < pricing->exponent; place++) {
        scale /= 10;
    }
    const int128 minor = cost == NULL
                             ? 0
                             : decimal_divide_wide((int128)cost->cost_micros * quantity_micros,
                                                   scale, ROUND_HALF_UP);
    return minor > ORDER_AMOUNT_MAX_MINOR ? ORDER_AMOUNT_MAX_MINOR : (int64_t)minor;
}

static void
charge(struct line_verdict *line, int64_t cost_minor)
{
    int64_t *charged_minor = &line->floor.further.free_goods_minor;
    *charged_minor = *charged_minor > ORDER_AMOUNT_MAX_MINOR - cost_minor
                         ? ORDER_AMOUNT_MAX_MINOR
                         : *charged_minor + cost_minor;
}

static void
share_cost(const struct pricing *pricing, struct order_verdict *verdict,
           const struct price_decision *decision, int64_t cost_minor)
{
    const size_t count = pricing->order->line_count;
    int64_t *weights = arena_array(pricing->arena, int64_t, count);
    int64_t *shares = arena_array(pricing->arena, int64_t, count);
    for (size_t line = 0; line < count; line++) {
        weights[line] = decision->lines[line].list_minor;
    }
    money_share(cost_minor, weights, count, shares);
    for (size_t line = 0; line < count; line++) {
        charge(&verdict->lines[line], shares[line]);
    }
}

static void
charge_goods(const struct pricing *pricing, struct order_verdict *verdict,
             const struct price_decision *decision)
{
    const struct price_promotions *promotions = &decision->promotions;
    int128 of_all = 0;
    for (size_t index = 0; index < promotions->result.free_goods_count; index++) {
        const struct free_goods *given = promotions->goods[index].given;
        const struct gift_fact *gift = find_gift(pricing, given->sku);
        const int64_t cost_minor =
            gift == NULL ? 0 : cost_of(pricing, gift, given->quantity_micros);
        if (given->line == SIZE_MAX) {
            of_all += cost_minor;
        } else {
            charge(&verdict->lines[given->line], cost_minor);
        }
    }
    if (of_all > 0) {
        share_cost(pricing, verdict, decision,
                   of_all > ORDER_AMOUNT_MAX_MINOR ? ORDER_AMOUNT_MAX_MINOR : (int64_t)of_all);
    }
}

/* -- Coupons that do not serve: the partner is told, for the order is priced without them. */

/* What became of a promotion that was not applied. */
static const struct promotion_told *
told_of(const struct promotion_result *result, const char *code)
{
    for (size_t index = 0; index < result->told_count; index++) {
        if (strcmp(result->told[index].promotion->code, code) == 0) {
            return &result->told[index];
        }
    }
    return NULL;
}

static const char *
minor_text(struct pricing *pricing, int64_t minor)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(text, minor, pricing->exponent, pricing->exponent);
    return arena_format(&pricing->findings->scratch, "%s %s", text, pricing->order->currency);
}

static const char *
day_text(struct pricing *pricing, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(&pricing->findings->scratch, day_format(text, day));
}

/* The coupon could be used, and its promotion took nothing off. */
static void
explain_unused(struct pricing *pricing, const struct promotion_told *told, struct finding *finding)
{
    static const enum message codes[PROMOTION_VERDICT_COUNT] = {
        [PROMOTION_AMOUNT] = M_PRICE_COUPON_MINIMUM,
        [PROMOTION_QUANTITY] = M_PRICE_COUPON_MINIMUM,
        [PROMOTION_LOST] = M_PRICE_COUPON_NOT_WITH,
        [PROMOTION_REPLACED] = M_PRICE_COUPON_NOT_WITH,
        [PROMOTION_NEVER_WITH] = M_PRICE_COUPON_NOT_WITH,
        [PROMOTION_NO_LINE] = M_PRICE_COUPON_NOT_WITH,
        [PROMOTION_LIMIT_CUSTOMER] = M_PRICE_COUPON_EXHAUSTED,
        [PROMOTION_LIMIT_TOTAL] = M_PRICE_COUPON_EXHAUSTED,
        [PROMOTION_BUDGET] = M_PRICE_COUPON_EXHAUSTED,
        [PROMOTION_NOT_YET] = M_PRICE_COUPON_DATE,
        [PROMOTION_NO_LONGER] = M_PRICE_COUPON_DATE,
    };
    const enum message code = told == NULL ? 0 : codes[told->verdict];
    if (code == 0 || (code == M_PRICE_COUPON_NOT_WITH && told->other == NULL)) {
        return;
    }
    finding->code = code;
    if (code == M_PRICE_COUPON_NOT_WITH) {
        finding->expected = pricing_shown(pricing, told->other->code);
    } else if (told->verdict == PROMOTION_AMOUNT) {
        finding->expected = minor_text(pricing, told->needed);
        finding->hint = minor_text(pricing, told->compared);
    } else if (told->verdict == PROMOTION_QUANTITY) {
        finding->expected = pricing_micros(pricing, told->needed, 0);
        finding->hint = pricing_micros(pricing, told->compared, 0);
    } else if (code == M_PRICE_COUPON_DATE) {
        finding->expected = day_text(pricing, pricing->order->order_date);
    }
}

static void
complain_of_coupon(struct pricing *pricing, const struct coupon_fact *coupon,
                   enum coupon_verdict verdict, const struct promotion_result *result)
{
    static const enum message codes[COUPON_VERDICT_COUNT] = {
        [COUPON_UNUSED] = M_PRICE_COUPON_UNUSED,
        [COUPON_UNKNOWN] = M_PRICE_COUPON_UNKNOWN,
        [COUPON_NOT_YET] = M_PRICE_COUPON_DATE,
        [COUPON_NO_LONGER] = M_PRICE_COUPON_DATE,
        [COUPON_OTHER_CUSTOMER] = M_PRICE_COUPON_CUSTOMER,
        [COUPON_USED_UP] = M_PRICE_COUPON_EXHAUSTED,
        [COUPON_USED_BY_CUSTOMER] = M_PRICE_COUPON_EXHAUSTED,
        [COUPON_TWICE] = M_PRICE_COUPON_TWICE,
    };
    struct finding finding = {.code = codes[verdict], .field = "coupons"};
    if (verdict == COUPON_UNUSED) {
        explain_unused(pricing, told_of(result, coupon->promotion), &finding);
    } else if (finding.code == M_PRICE_COUPON_DATE) {
        finding.expected = day_text(pricing, pricing->order->order_date);
    }
    finding.value = pricing_shown(pricing, coupon->code);
    pricing_mistake(pricing, NULL, finding);
}

static void
judge_coupons(struct pricing *pricing, const struct promotion_result *result)
{
    const struct promotion_facts *facts = &pricing->facts->promotions;
    for (size_t index = 0; index < facts->coupon_count; index++) {
        if (result->coupons[index] != COUPON_USED) {
            complain_of_coupon(pricing, &facts->coupons[index], result->coupons[index], result);
        }
    }
}

int64_t
price_after_promotions(const struct pricing *pricing, size_t line_index,
                       const struct price_decision *decision)
{
    const struct price_promotions *promotions = &decision->promotions;
    const struct priced_line *priced = &decision->lines[line_index];
    int64_t reduction_minor = 0;
    for (size_t at = promotions->from == NULL ? 0 : promotions->from[line_index];
         promotions->from != NULL && at < promotions->from[line_index + 1]; at++) {
        const struct reduction *reduction =
            &promotions->result.reductions[promotions->of_lines[at]];
        reduction_minor +=
            reduction->promotion->level == LEVEL_LINE ? reduction->reduction_minor : 0;
    }
    if (reduction_minor == 0) { /* (who asks for a discount gets no promotion) */
        return price_discount_unit(&pricing->order->lines[line_index], priced->price_micros);
    }
    int128 left_picos = (int128)(priced->list_minor - reduction_minor) * MICROS * MICROS;
    for (int place = 0; place < pricing->exponent; place++) {
        left_picos /= 10;
    }
    return decimal_divide(left_picos, pricing->order->lines[line_index].quantity_micros,
                          ROUND_HALF_UP);
}

enum message
price_promotions(struct pricing *pricing, struct order_verdict *verdict,
                 struct price_decision *decision)
{
    const struct promotion_facts *facts = &pricing->facts->promotions;
    struct price_promotions *promotions = &decision->promotions;
    struct reward_fact *rewards = NULL;
    struct basket basket;
    if (facts->table == NULL || !may_be_reduced(pricing, verdict)) {
        return MESSAGE_COUNT;
    }
    fill_basket(pricing, verdict, &basket);
    const size_t reward_count = fill_rewards(pricing, &rewards);
    promotion_apply(facts->table, &basket, facts->candidates, facts->candidate_count, rewards,
                    reward_count, pricing->arena, &promotions->result);
    if (promotions->result.is_too_much) {
        pricing_mistake(pricing, NULL, (struct finding){.code = M_PRICE_PROMOTIONS_MANY});
        return M_PRICE_PROMOTIONS_MANY;
    }
    for (size_t index = 0; index < basket.line_count; index++) {
        verdict->lines[index].amount_minor = promotions->result.net_minor[index];
    }
    index_reductions(pricing, promotions);
    find_residues(pricing, promotions);
    list_goods(pricing, promotions);
    charge_goods(pricing, verdict, decision);
    judge_coupons(pricing, &promotions->result);
    return MESSAGE_COUNT;
}
