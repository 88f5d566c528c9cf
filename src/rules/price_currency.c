/* Prices in another currency than the order's. */
#include "rules/pricing.h"

#include <string.h>

static const struct line_facts *
facts_of(const struct pricing *pricing, size_t line_index)
{
    return &pricing->facts->lines[line_index];
}

static const char *
day_text(struct pricing *pricing, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(&pricing->findings->scratch, day_format(text, day));
}

enum message
price_exchange(struct pricing *pricing, size_t line_index)
{
    const struct rate_fact *rate = pricing->facts->rate;
    const char *from = facts_of(pricing, line_index)->list_currency;
    const int32_t day = pricing->order->order_date;
    if (from == NULL) {
        return MESSAGE_COUNT;
    }
    struct finding finding = {.code = M_PRICE_RATE_NONE,
                              .field = "currency",
                              .value = pricing->order->currency,
                              .expected = from,
                              .hint = day_text(pricing, day)};
    if (rate != NULL) {
        const int64_t age_days = (int64_t)day - rate->day;
        if (pricing->facts->rate_days_max == 0 || age_days <= pricing->facts->rate_days_max) {
            return MESSAGE_COUNT;
        }
        finding.code = M_PRICE_RATE_OLD;
        finding.hint = day_text(pricing, rate->day);
    }
    pricing_mistake(pricing, &pricing->order->lines[line_index], finding);
    return finding.code;
}

/* Wide enough for any price at any rate. */
static int128
at_rate(const struct rate_fact *rate, int64_t micros)
{
    return decimal_divide_wide((int128)micros * rate->rate_micros, (int128)MICROS * rate->units,
                               ROUND_HALF_UP);
}

enum message
price_convert(struct pricing *pricing, size_t line_index, int64_t *price_micros)
{
    const struct rate_fact *rate = pricing->facts->rate;
    if (facts_of(pricing, line_index)->list_currency == NULL || rate == NULL) {
        return MESSAGE_COUNT; /* that there is no rate has been told */
    }
    const int128 converted = at_rate(rate, *price_micros);
    if (converted <= DECIMAL_MICROS_MAX && converted >= -DECIMAL_MICROS_MAX) {
        *price_micros = (int64_t)converted;
        return MESSAGE_COUNT;
    }
    pricing_mistake(pricing, &pricing->order->lines[line_index],
                    (struct finding){.code = M_PRICE_LINE_TOO_LARGE,
                                     .field = "sku",
                                     .value = pricing_micros(pricing, *price_micros, 0),
                                     .expected = pricing_limit(pricing)});
    *price_micros = 0;
    return M_PRICE_LINE_TOO_LARGE;
}

static int64_t
cost_at_rate(const struct rate_fact *rate, int64_t micros)
{
    const int128 converted = at_rate(rate, micros);
    return converted > DECIMAL_MICROS_MAX ? DECIMAL_MICROS_MAX : (int64_t)converted;
}

const struct cost_fact *
price_convert_cost(const struct pricing *pricing, const struct cost_fact *cost)
{
    const struct rate_fact *rate = pricing->facts->rate;
    if (rate == NULL) {
        return NULL;
    }
    struct cost_fact *converted = arena_new(pricing->arena, struct cost_fact);
    *converted = *cost;
    converted->cost_micros = cost_at_rate(rate, cost->cost_micros);
    converted->floor_micros = cost_at_rate(rate, cost->floor_micros);
    return converted;
}

void
price_rate_tell(struct json *json, const struct pricing *pricing, const char *from)
{
    const struct rate_fact *rate = pricing->facts->rate;
    json_text(json, "from", from);
    json_text(json, "to", pricing->order->currency);
    json_decimal(json, "rate", rate->rate_micros, MICROS_PLACES, 2);
    json_decimal(json, "units", rate->units, 0, 0);
    json_day(json, "date", rate->day);
    json_text(json, "rounding", "half-up to millionths");
}

void
price_exchange_tell(struct json *json, const struct pricing *pricing, size_t line_index,
                    const struct line_verdict *verdict)
{
    const struct rate_fact *rate = pricing->facts->rate;
    const char *from = facts_of(pricing, line_index)->list_currency;
    const bool is_own = verdict->candidates != NULL; /* else its parts tell theirs */
    const bool has_options = pricing->order->lines[line_index].option_count > 0;
    if (from == NULL || rate == NULL || (!is_own && !has_options)) {
        return;
    }
    json_object(json, "exchange");
    price_rate_tell(json, pricing, from);
    if (verdict->has_list_price && is_own) {
        json_decimal(json, "price", verdict->list_micros, MICROS_PLACES, pricing->exponent);
    }
    json_end(json);
}
