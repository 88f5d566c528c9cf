#include "rules/pricing.h"

#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"
#include "rules/price_formula.h"

#include <string.h>

/* The budget, and room for what lines beyond it still tell. */
enum { SHOWN_MAX = 80, TRACE_ROOM_MAX = PRICE_TRACE_BYTES_MAX + ORDER_LINES_MAX * 2048 };

struct telling {
    struct json json;
    struct arena *arena;
    const struct order *order;
    const struct pricing *pricing;
    int exponent;
};

static bool
is_over_budget(const struct telling *telling)
{
    return telling->json.buf->size > PRICE_TRACE_BYTES_MAX;
}

/* A text of the partner's, cut so that the trace stays in its bounds. */
static void
tell_text(struct telling *telling, const char *key, const char *text)
{
    const size_t size = strlen(text);
    json_text(&telling->json, key,
              size <= SHOWN_MAX ? text : text_show(telling->arena, text, size, SHOWN_MAX));
}

static void
tell_micros(struct telling *telling, const char *key, int64_t micros, int places_min)
{
    json_decimal(&telling->json, key, micros, MICROS_PLACES, places_min);
}

static void
tell_minor(struct telling *telling, const char *key, int64_t minor)
{
    json_decimal(&telling->json, key, minor, telling->exponent, telling->exponent);
}

static void
tell_not_eligible(struct telling *telling, enum eligibility eligibility, int64_t quantity_micros)
{
    static const char *const reasons[ELIGIBILITY_COUNT] = {
        [NOT_YET_VALID] = "not-yet-valid",
        [NO_LONGER_VALID] = "no-longer-valid",
        [BREAK_NOT_REACHED] = "break-not-reached",
    };
    json_text(&telling->json, "verdict", "not-eligible");
    json_text(&telling->json, "why", reasons[eligibility]);
    if (eligibility == BREAK_NOT_REACHED) {
        tell_micros(telling, "compared", quantity_micros, 0);
    } else {
        json_day(&telling->json, "compared", telling->order->order_date);
    }
}

static void
tell_lost(struct telling *telling, const struct price_candidate *loser,
          const struct price_candidate *winner, size_t position)
{
    json_text(&telling->json, "verdict", "lost");
    json_integer(&telling->json, "to", (int64_t)position);
    json_text(&telling->json, "why",
              loser->scope != winner->scope                                 ? "less-specific"
              : loser->quantity_from_micros != winner->quantity_from_micros ? "smaller-break"
                                                                            : "older");
}

/* The decimals, at least, of prices as the list has them: those of its currency. */
static int
list_places(const struct telling *telling, size_t line_index)
{
    const char *currency = telling->pricing->facts->lines[line_index].list_currency;
    return currency == NULL ? telling->exponent : currency_exponent(currency);
}

/* A formula has its result only where it was applied. */
static void
tell_candidate_price(struct telling *telling, size_t line_index, const struct line_verdict *verdict,
                     const struct price_candidate *candidate)
{
    const int places = list_places(telling, line_index);
    if (candidate->formula == NULL) {
        tell_micros(telling, "price", candidate->price_micros, places);
        return;
    }
    tell_text(telling, "formula", candidate->formula->text);
    if (candidate->price_micros != AMOUNT_NONE) {
        tell_micros(telling, "base", candidate->price_micros, places);
    }
    for (size_t index = 0; index < verdict->formula_count; index++) {
        if (verdict->formulas[index].candidate == candidate) {
            tell_micros(telling, "price", verdict->formulas[index].price_micros, places);
        }
    }
}

/* Of graduated breaks every band in which some units fell was applied. */
static bool
is_applied(const struct line_verdict *verdict, size_t at)
{
    for (size_t index = 0; index < verdict->band_count; index++) {
        if (verdict->bands[index].candidate == verdict->candidates[at]) {
            return true;
        }
    }
    return at == verdict->applied;
}

static void
tell_candidate(struct telling *telling, size_t line_index, const struct line_verdict *verdict,
               size_t at)
{
    const struct price_candidate *candidate = verdict->candidates[at];
    const int64_t quantity_micros =
        price_break_standing(telling->pricing, line_index, candidate).total_micros;
    const enum eligibility eligibility =
        price_eligibility(candidate, telling->order->order_date, quantity_micros);
    json_object(&telling->json, NULL);
    json_text(&telling->json, "scope", price_scope_names[candidate->scope]);
    if (candidate->scope != SCOPE_BASE) {
        tell_text(telling, "holder", candidate->holder);
    }
    if (candidate->breaks != BREAKS_ALL_UNITS) {
        json_text(&telling->json, "breaks", price_breaks_names[candidate->breaks]);
    }
    if (candidate->break_group[0] != '\0') {
        tell_text(telling, "break_group", candidate->break_group);
    }
    tell_micros(telling, "from", candidate->quantity_from_micros, 0);
    json_day(&telling->json, "valid_from", candidate->valid_from);
    json_day(&telling->json, "valid_to",
             candidate->valid_to == INT32_MAX ? DAY_NONE : candidate->valid_to);
    tell_candidate_price(telling, line_index, verdict, candidate);
    if (is_applied(verdict, at)) {
        json_text(&telling->json, "verdict", "applied");
    } else if (eligibility == ELIGIBLE) {
        tell_lost(telling, candidate, verdict->candidates[verdict->applied], verdict->applied + 1);
    } else {
        tell_not_eligible(telling, eligibility, quantity_micros);
    }
    json_end(&telling->json);
}

static void
tell_candidates(struct telling *telling, size_t line_index, const struct line_verdict *verdict)
{
    int64_t left_out = 0;
    json_array(&telling->json, "candidates");
    for (size_t index = 0; index < verdict->candidate_count; index++) {
        if (index == verdict->applied || !is_over_budget(telling)) {
            tell_candidate(telling, line_index, verdict, index);
        } else {
            left_out++;
        }
    }
    json_end(&telling->json);
    if (left_out > 0) {
        json_integer(&telling->json, "candidates_left_out", left_out);
    }
}

/* How the units fall into the bands of graduated breaks. */
static void
tell_bands(struct telling *telling, const struct line_verdict *verdict)
{
    json_array(&telling->json, "bands");
    for (size_t index = 0; index < verdict->band_count; index++) {
        json_object(&telling->json, NULL);
        tell_micros(telling, "quantity", verdict->bands[index].quantity_micros, 0);
        tell_micros(telling, "price", verdict->bands[index].price_micros, telling->exponent);
        json_end(&telling->json);
    }
    json_end(&telling->json);
}

/* The formulas that made the price, in full, and how. */
static void
tell_formulas(struct telling *telling, size_t line_index, const struct line_verdict *verdict)
{
    if (verdict->formula_count == 0 || is_over_budget(telling)) {
        return;
    }
    json_array(&telling->json, "formulas");
    for (size_t index = 0; index < verdict->formula_count && !is_over_budget(telling); index++) {
        const struct formula_result *result = &verdict->formulas[index];
        json_object(&telling->json, NULL);
        json_text(&telling->json, "formula", result->candidate->formula->text);
        json_text(&telling->json, "told", result->told);
        tell_micros(telling, "price", result->price_micros, list_places(telling, line_index));
        json_end(&telling->json);
    }
    json_end(&telling->json);
}

static void
tell_options(struct telling *telling, size_t line_index, const struct line_verdict *verdict)
{
    const struct order_line *line = &telling->order->lines[line_index];
    json_array(&telling->json, "options");
    for (size_t index = 0; index < line->option_count && !is_over_budget(telling); index++) {
        json_object(&telling->json, NULL);
        tell_text(telling, "name", line->options[index].name);
        tell_text(telling, "value", line->options[index].value);
        if (verdict->options[index] == NULL) {
            json_text(&telling->json, "verdict", "not-offered");
        } else {
            tell_micros(telling, "surcharge", verdict->options[index]->surcharge_micros,
                        list_places(telling, line_index));
            if (verdict->options[index]->surcharge_percent_micros != 0) {
                tell_micros(telling, "surcharge_rate",
                            verdict->options[index]->surcharge_percent_micros, 2);
            }
        }
        json_end(&telling->json);
    }
    json_end(&telling->json);
}

static void
tell_mistake(struct telling *telling, const char *key, enum message mistake)
{
    if (mistake != MESSAGE_COUNT) {
        json_text(&telling->json, key, message_entry(mistake)->id);
    }
}

/* The rate and where it comes from; amounts only when the whole order has a price. */
static void
tell_tax(struct telling *telling, const struct line_verdict *verdict,
         const struct priced_line *priced, bool is_priced)
{
    if (!is_priced) {
        tell_minor(telling, "amount", verdict->amount_minor);
        return;
    }
    tell_minor(telling, "net", priced->net_minor);
    tell_micros(telling, "tax_rate", priced->tax_rate_micros, 2);
    if (verdict->tax != NULL) {
        json_text(&telling->json, "tax_country", verdict->tax->country);
        json_text(&telling->json, "tax_region",
                  verdict->tax->region[0] == '\0' ? NULL : verdict->tax->region);
        json_day(&telling->json, "tax_from", verdict->tax->valid_from);
    }
    tell_minor(telling, "tax", priced->tax_minor);
}

/* How the price of a line or part was found. */
static void
tell_price(struct telling *telling, size_t line_index, const struct line_verdict *verdict)
{
    if (verdict->candidates != NULL) {
        tell_candidates(telling, line_index, verdict);
    }
    if (verdict->standing.total_micros != 0 &&
        verdict->standing.total_micros != telling->pricing->quantities_micros[line_index]) {
        tell_micros(telling, "pooled", verdict->standing.total_micros, 0);
    }
    if (verdict->band_count > 0) {
        tell_bands(telling, verdict);
    }
    tell_formulas(telling, line_index, verdict);
    price_exchange_tell(&telling->json, telling->pricing, line_index, verdict);
}

static void
tell_part(struct telling *telling, const struct package_verdict *package, size_t part_index,
          bool is_priced)
{
    const struct order_line *part = &package->order.lines[part_index];
    const struct line_verdict *verdict = &package->parts[part_index];
    json_object(&telling->json, NULL);
    tell_text(telling, "sku", part->sku);
    tell_micros(telling, "quantity", part->quantity_micros, 0);
    tell_text(telling, "unit", part->unit);
    tell_price(telling, part_index, verdict);
    tell_mistake(telling, "finding", verdict->mistake);
    if (verdict->mistake == MESSAGE_COUNT) {
        tell_micros(telling, "price", verdict->list_micros, telling->exponent);
        tell_minor(telling, "list", package->list_minor[part_index]);
    }
    if (is_priced) {
        tell_minor(telling, "net", package->net_minor[part_index]);
    }
    json_end(&telling->json);
}

/* Parts are told as what they were priced as: lines of an order of their own. */
static void
tell_package(struct telling *telling, const struct package_verdict *package,
             const struct package_fact *fact, bool is_priced)
{
    const struct telling outer = *telling;
    json_object(&telling->json, "package");
    json_text(&telling->json, "pricing", fact->is_sum ? "sum" : "fixed");
    if (fact->less_micros != 0) {
        tell_micros(telling, "less", fact->less_micros, 2);
    }
    telling->order = &package->order;
    telling->pricing = &package->pricing;
    json_array(&telling->json, "parts");
    for (size_t index = 0; index < package->order.line_count; index++) {
        tell_part(telling, package, index, is_priced);
    }
    json_end(&telling->json);
    json_end(&telling->json);
    telling->order = outer.order;
    telling->pricing = outer.pricing;
}

static void
tell_line(struct telling *telling, size_t line_index, const struct line_verdict *verdict,
          const struct price_decision *decision)
{
    const struct priced_line *priced = &decision->lines[line_index];
    const struct order_line *line = &telling->order->lines[line_index];
    json_object(&telling->json, NULL);
    tell_text(telling, "line", line->number);
    tell_text(telling, "sku", line->sku);
    tell_micros(telling, "quantity", line->quantity_micros, 0);
    tell_text(telling, "unit", line->unit);
    if (telling->pricing->quantities_micros[line_index] != line->quantity_micros) {
        tell_micros(telling, "units_of_product", telling->pricing->quantities_micros[line_index],
                    0);
    }
    tell_price(telling, line_index, verdict);
    if (verdict->options != NULL && line->option_count > 0) {
        tell_options(telling, line_index, verdict);
    }
    if (verdict->package != NULL) {
        tell_package(telling, verdict->package, telling->pricing->facts->lines[line_index].package,
                     decision->is_priced);
    }
    tell_mistake(telling, "list_finding", verdict->list_mistake);
    price_discount_tell(&telling->json, telling->pricing, line_index, priced);
    price_manual_tell(&telling->json, telling->pricing, line_index, verdict, priced);
    price_floor_tell(&telling->json, telling->pricing, verdict, priced, decision->is_priced);
    tell_mistake(telling, "finding", verdict->mistake);
    if (verdict->mistake == MESSAGE_COUNT) {
        tell_micros(telling, "price", priced->price_micros, telling->exponent);
        tell_minor(telling, "list", priced->list_minor);
        price_promotion_tell_line(&telling->json, telling->pricing, line_index, decision);
        tell_tax(telling, verdict, priced, decision->is_priced);
    }
    json_end(&telling->json);
}

/* Does a price, or what may be ordered, follow from lists of this kind? */
static bool
is_of_prices(enum document_kind kind)
{
    switch (kind) {
    case DOCUMENT_APPROVAL_MATRIX:
    case DOCUMENT_CREDIT_LIMITS:
    case DOCUMENT_CARRIER_CODES:
    case DOCUMENT_PLACES:
    case DOCUMENT_PLANTS:
    case DOCUMENT_SUPPLY:
    case DOCUMENT_MATERIALS:
    case DOCUMENT_LANES:
    case DOCUMENT_RETURN_POLICY:
    case DOCUMENT_MODIFICATION_RULES:
    case DOCUMENT_CANCELLATION_POLICY: return false;
    default: return true;
    }
}

static void
tell_head(struct telling *telling, const struct price_facts *facts)
{
    json_text(&telling->json, "rule", "list-price");
    json_text(&telling->json, "rounding", "half-up per line");
    json_text(&telling->json, "tax_rounding",
              arena_format(telling->arena, "%s per %s", rounding_names[facts->rounding],
                           tax_rounding_names[facts->tax_rounding]));
    if (telling->pricing->prices_include_tax) {
        json_text(&telling->json, "prices", "tax-included");
    }
    if (facts->tax_exemption[0] != '\0') {
        tell_text(telling, "tax_exemption", facts->tax_exemption);
    }
    tell_text(telling, "customer", facts->customer);
    tell_text(telling, "group", facts->customer_group);
    if (facts->channel[0] != '\0') {
        tell_text(telling, "channel", facts->channel);
    }
    json_text(&telling->json, "currency", telling->order->currency);
    json_day(&telling->json, "date", telling->order->order_date);
    json_object(&telling->json, "versions");
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        if (facts->versions[kind] != 0 && is_of_prices((enum document_kind)kind)) {
            json_integer(&telling->json, document_kind_names[kind], facts->versions[kind]);
        }
    }
    json_end(&telling->json);
}

const char *
price_trace(const struct pricing *pricing, const struct order_verdict *verdict,
            const struct price_decision *decision)
{
    OWNED(buf) buf;
    const struct order *order = pricing->order;
    struct telling telling = {
        .arena = pricing->arena, .order = order, .pricing = pricing, .exponent = pricing->exponent};
    buf_init(&buf, TRACE_ROOM_MAX);
    json_begin(&telling.json, &buf);
    json_object(&telling.json, NULL);
    tell_head(&telling, pricing->facts);
    tell_mistake(&telling, "customer_finding", verdict->customer);
    json_array(&telling.json, "lines");
    for (size_t index = 0; index < order->line_count; index++) {
        tell_line(&telling, index, &verdict->lines[index], decision);
    }
    json_end(&telling.json);
    price_promotion_tell_order(&telling.json, pricing, decision);
    tell_mistake(&telling, "promotions_finding", verdict->promotions);
    tell_mistake(&telling, "freight_finding", verdict->freight);
    tell_mistake(&telling, "total_finding", verdict->total);
    if (decision->is_priced) {
        tell_minor(&telling, "net", decision->net_minor);
        price_freight_tell(&telling.json, pricing, decision);
        tell_minor(&telling, "tax", decision->tax_minor);
        tell_minor(&telling, "gross", decision->gross_minor);
        price_margin_tell(&telling.json, pricing, decision);
    }
    json_end(&telling.json);
    return arena_copy_bytes(pricing->arena, buf.bytes, buf.size);
}
