/* What promotions did, as JSON: how each line came down from its list amount, and why the others
 * did not touch the order. */
#include "rules/pricing.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { SHOWN_MAX = 80 };

struct telling {
    struct json *json;
    const struct pricing *pricing;
};

static void
tell_text(const struct telling *telling, const char *key, const char *text)
{
    const size_t size = strlen(text);
    json_text(telling->json, key,
              size <= SHOWN_MAX ? text : text_show(telling->pricing->arena, text, size, SHOWN_MAX));
}

static void
tell_minor(const struct telling *telling, const char *key, int64_t minor)
{
    const int exponent = telling->pricing->exponent;
    json_decimal(telling->json, key, minor, exponent, exponent);
}

static void
tell_micros(const struct telling *telling, const char *key, int64_t micros)
{
    if (micros != 0) {
        json_decimal(telling->json, key, micros, MICROS_PLACES, 0);
    }
}

static bool
is_over_budget(const struct telling *telling)
{
    return telling->json->buf->size > PRICE_TRACE_BYTES_MAX;
}

static void
tell_promotion(const struct telling *telling, const struct promotion *promotion)
{
    tell_text(telling, "promotion", promotion->code);
    if (promotion->name[0] != '\0') {
        tell_text(telling, "name", promotion->name);
    }
    if (promotion->name_zh[0] != '\0') {
        tell_text(telling, "name_zh", promotion->name_zh);
    }
}

/* -- One line --------------------------------------------------------------------------------- */

static void
tell_reduction(const struct telling *telling, const struct price_promotions *promotions, size_t at)
{
    const struct reduction *reduction = &promotions->result.reductions[at];
    const int exponent = telling->pricing->exponent;
    const int64_t residue = promotions->residues_micros[at];
    json_object(telling->json, NULL);
    tell_promotion(telling, reduction->promotion);
    tell_minor(telling, "before", reduction->before_minor);
    tell_minor(telling, "reduction", reduction->reduction_minor);
    tell_minor(telling, "after", reduction->before_minor - reduction->reduction_minor);
    if (residue != 0) {
        json_decimal(telling->json, "residue", residue, exponent + MICROS_PLACES, exponent);
    }
    json_end(telling->json);
}

void
price_promotion_tell_line(struct json *json, const struct pricing *pricing, size_t line_index,
                          const struct price_decision *decision)
{
    const struct telling telling = {json, pricing};
    const struct price_promotions *promotions = &decision->promotions;
    if (promotions->from == NULL ||
        promotions->from[line_index] == promotions->from[line_index + 1]) {
        return;
    }
    if (is_over_budget(&telling)) {
        json_integer(json, "reductions_left_out",
                     (int64_t)(promotions->from[line_index + 1] - promotions->from[line_index]));
        return;
    }
    json_array(json, "reductions");
    for (size_t at = promotions->from[line_index]; at < promotions->from[line_index + 1]; at++) {
        tell_reduction(&telling, promotions, promotions->of_lines[at]);
    }
    json_end(json);
}

/* -- The order -------------------------------------------------------------------------------- */

/* What the verdict compared, in its unit. */
static void
tell_compared(const struct telling *telling, const struct promotion_told *told)
{
    switch (told->verdict) {
    case PROMOTION_NOT_YET:
    case PROMOTION_NO_LONGER:
        json_day(telling->json, "compared", telling->pricing->order->order_date);
        json_day(telling->json, "needed",
                 told->verdict == PROMOTION_NOT_YET ? told->promotion->valid_from
                                                    : told->promotion->valid_to);
        break;
    case PROMOTION_QUANTITY:
        json_decimal(telling->json, "compared", told->compared, MICROS_PLACES, 0);
        json_decimal(telling->json, "needed", told->needed, MICROS_PLACES, 0);
        break;
    case PROMOTION_AMOUNT:
    case PROMOTION_BUDGET:
        tell_minor(telling, "compared", told->compared);
        tell_minor(telling, "needed", told->needed);
        break;
    case PROMOTION_LIMIT_CUSTOMER:
    case PROMOTION_LIMIT_TOTAL:
        json_integer(telling->json, "compared", told->compared);
        json_integer(telling->json, "needed", told->needed);
        break;
    default: break;
    }
}

static void
tell_told(const struct telling *telling, const struct promotion_told *told)
{
    json_object(telling->json, NULL);
    tell_promotion(telling, told->promotion);
    if (told->line != SIZE_MAX) {
        tell_text(telling, "line", telling->pricing->order->lines[told->line].number);
    }
    json_text(telling->json, "verdict", promotion_verdict_names[told->verdict]);
    if (told->other != NULL) {
        tell_text(telling, "other", told->other->code);
    }
    tell_compared(telling, told);
    if (told->reduction_minor != 0) {
        tell_minor(telling, "reduction", told->reduction_minor);
    }
    if (told->uses != 0) {
        json_integer(telling->json, "uses", told->uses);
    }
    tell_micros(telling, "given", told->given_micros);
    tell_micros(telling, "owed", told->owed_micros);
    tell_micros(telling, "dropped", told->dropped_micros);
    json_end(telling->json);
}

static void
tell_all(const struct telling *telling, const struct promotion_result *result)
{
    int64_t left_out = 0;
    json_object(telling->json, "promotions");
    json_text(telling->json, "model",
              promotion_model_names[telling->pricing->facts->promotions.model]);
    json_array(telling->json, "told");
    for (size_t index = 0; index < result->told_count; index++) {
        if (is_over_budget(telling)) {
            left_out++;
        } else {
            tell_told(telling, &result->told[index]);
        }
    }
    json_end(telling->json);
    if (left_out > 0) {
        json_integer(telling->json, "left_out", left_out);
    }
    json_end(telling->json);
}

static void
tell_coupons(const struct telling *telling, const struct promotion_result *result)
{
    const struct promotion_facts *facts = &telling->pricing->facts->promotions;
    json_array(telling->json, "coupons");
    for (size_t index = 0; index < facts->coupon_count; index++) {
        json_object(telling->json, NULL);
        tell_text(telling, "coupon", facts->coupons[index].code);
        if (facts->coupons[index].promotion[0] != '\0') {
            tell_text(telling, "promotion", facts->coupons[index].promotion);
        }
        json_text(telling->json, "verdict", coupon_verdict_names[result->coupons[index]]);
        json_end(telling->json);
    }
    json_end(telling->json);
}

static void
tell_goods(const struct telling *telling, const struct price_promotions *promotions)
{
    json_array(telling->json, "free_goods");
    for (size_t index = 0; index < promotions->result.free_goods_count; index++) {
        const struct free_good *good = &promotions->goods[index];
        if (is_over_budget(telling)) {
            break; /* told with the order's lines all the same */
        }
        json_object(telling->json, NULL);
        json_text(telling->json, "number", good->number);
        tell_promotion(telling, good->given->promotion);
        if (good->given->line != SIZE_MAX) {
            tell_text(telling, "line", telling->pricing->order->lines[good->given->line].number);
        }
        tell_text(telling, "sku", good->given->sku);
        tell_micros(telling, "quantity", good->given->quantity_micros);
        tell_text(telling, "unit", good->unit);
        tell_micros(telling, "owed", good->given->owed_micros);
        json_end(telling->json);
    }
    json_end(telling->json);
}

void
price_promotion_tell_order(struct json *json, const struct pricing *pricing,
                           const struct price_decision *decision)
{
    const struct telling telling = {json, pricing};
    const struct price_promotions *promotions = &decision->promotions;
    if (promotions->from == NULL) {
        return;
    }
    if (promotions->result.told_count > 0) {
        tell_all(&telling, &promotions->result);
    }
    if (pricing->facts->promotions.coupon_count > 0) {
        tell_coupons(&telling, &promotions->result);
    }
    if (promotions->result.free_goods_count > 0) {
        tell_goods(&telling, promotions);
    }
}
