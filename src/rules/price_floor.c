/* The least that a line may come to: by its floor price, and by the least margin over its costs.
 *
 * What is compared is what is left after all reductions, without tax, before the tax of the
 * document is shared: so the same line has the same verdict whatever stands beside it.  The least
 * is rounded down: less than a minor unit is no matter. */
#include "rules/pricing.h"

const struct cost_fact *
price_cost_of_day(const struct pricing *pricing, const struct cost_facts *costs)
{
    const int32_t day = pricing->order->order_date;
    const struct cost_fact *found = NULL;
    for (size_t index = 0; index < costs->count; index++) {
        const struct cost_fact *cost = &costs->of_days[index];
        if (day >= cost->valid_from && day <= cost->valid_to &&
            (found == NULL || cost->valid_from > found->valid_from)) {
            found = cost;
        }
    }
    return found == NULL || costs->currency == NULL ? found : price_convert_cost(pricing, found);
}

static const struct cost_fact *
cost_of_line(const struct pricing *pricing, size_t line_index)
{
    return price_cost_of_day(pricing, &pricing->facts->lines[line_index].costs);
}

/* The smaller of a wide amount and the most that one may be. */
static int64_t
within_amounts(int128 minor)
{
    return minor > ORDER_AMOUNT_MAX_MINOR ? ORDER_AMOUNT_MAX_MINOR : (int64_t)minor;
}

static int128
minor_of_picos(const struct pricing *pricing, int128 picos, enum rounding rounding)
{
    return decimal_divide_wide(picos, money_unit_picos(pricing->exponent), rounding);
}

/* The net amount N of which the least margin m is left over the costs C: N - C = m N.  At 100 % no
 * amount is enough, unless it costs nothing. */
static int64_t
least_by_margin(const struct cost_fact *cost, int64_t cost_minor)
{
    const int64_t margin_micros = cost->margin_least_micros;
    if (margin_micros < 0) {
        return AMOUNT_NONE;
    }
    if (margin_micros >= MICROS) {
        return cost_minor > 0 ? ORDER_AMOUNT_MAX_MINOR : 0;
    }
    return within_amounts(
        decimal_divide_wide((int128)cost_minor * MICROS, MICROS - margin_micros, ROUND_DOWN));
}

/* What the line costs us, and the least that it must come to. */
static void
find_least(const struct pricing *pricing, size_t line_index, struct floor_verdict *floor,
           struct priced_line *priced)
{
    const struct cost_fact *cost = floor->cost;
    const int128 quantity_micros = pricing->quantities_micros[line_index];
    const int64_t further_minor = floor->further.freight_minor + floor->further.free_goods_minor;
    const int128 cost_minor =
        minor_of_picos(pricing, cost->cost_micros * quantity_micros, ROUND_HALF_UP);
    const int128 floor_minor =
        minor_of_picos(pricing, cost->floor_micros * quantity_micros, ROUND_DOWN);
    priced->cost_minor = within_amounts(cost_minor + further_minor);
    floor->price_least_minor =
        cost->floor_micros > 0 ? within_amounts(floor_minor + further_minor) : AMOUNT_NONE;
    floor->margin_least_minor = least_by_margin(cost, priced->cost_minor);
    priced->least_minor = floor->price_least_minor > floor->margin_least_minor
                              ? floor->price_least_minor
                              : floor->margin_least_minor; /* AMOUNT_NONE is less than any */
}

/* A package without a cost of its own costs what its parts do, and must come to what they must.
 * False when of one of them nothing is known. */
static bool
find_of_parts(const struct line_verdict *verdict, struct floor_verdict *floor,
              struct priced_line *priced)
{
    const struct package_verdict *package = verdict->package;
    int128 cost_minor = floor->further.freight_minor + floor->further.free_goods_minor;
    int128 least_minor = 0;
    for (size_t index = 0; package != NULL && index < package->order.line_count; index++) {
        struct priced_line part_priced = {0};
        struct floor_verdict part = {.cost = cost_of_line(&package->pricing, index)};
        if (part.cost == NULL) {
            return false;
        }
        find_least(&package->pricing, index, &part, &part_priced);
        cost_minor += part_priced.cost_minor;
        least_minor += part_priced.least_minor == AMOUNT_NONE ? 0 : part_priced.least_minor;
    }
    floor->margin_least_minor = AMOUNT_NONE;
    floor->price_least_minor = priced->least_minor =
        least_minor > 0 ? within_amounts(least_minor) : AMOUNT_NONE;
    priced->cost_minor = within_amounts(cost_minor);
    return package != NULL;
}

/* The amount of a line without tax. */
static int64_t
net_of(const struct pricing *pricing, const struct line_verdict *verdict)
{
    return pricing->prices_include_tax
               ? decimal_divide((int128)verdict->amount_minor * MICROS,
                                MICROS + verdict->tax_rate_micros, ROUND_HALF_UP)
               : verdict->amount_minor;
}

static enum floor_outcome
outcome_below(const struct pricing *pricing, size_t line_index, const struct line_verdict *verdict)
{
    static const enum floor_outcome outcomes[] = {[DIFFERENCE_WARNS] = FLOOR_NOTED,
                                                  [DIFFERENCE_HOLDS] = FLOOR_WAITS,
                                                  [DIFFERENCE_REFUSES] = FLOOR_REFUSED};
    const enum floor_outcome outcome = outcomes[pricing->facts->below_floor];
    if (price_manual_covers_floor(pricing, line_index, verdict)) {
        return FLOOR_ALLOWED;
    }
    return outcome == FLOOR_WAITS && !pricing->facts->has_approver ? FLOOR_REFUSED : outcome;
}

/* The finding tells neither what it costs nor what it must come to: its reader is a customer. */
static enum message
check_line(struct pricing *pricing, size_t line_index, struct line_verdict *verdict,
           struct priced_line *priced)
{
    const struct order_line *line = &pricing->order->lines[line_index];
    struct floor_verdict *floor = &verdict->floor;
    floor->cost = cost_of_line(pricing, line_index);
    floor->cost_currency = pricing->facts->lines[line_index].costs.currency;
    if (floor->cost != NULL) {
        find_least(pricing, line_index, floor, priced);
    } else if (!find_of_parts(verdict, floor, priced)) {
        priced->cost_minor = priced->least_minor = AMOUNT_NONE;
        return MESSAGE_COUNT;
    }
    floor->outcome = FLOOR_KEPT;
    if (pricing->order->type == ORDER_RETURN || priced->least_minor == AMOUNT_NONE ||
        net_of(pricing, verdict) >= priced->least_minor) {
        return MESSAGE_COUNT;
    }
    floor->outcome = outcome_below(pricing, line_index, verdict);
    priced->is_below_floor = floor->outcome != FLOOR_ALLOWED;
    pricing->wait_reasons |= floor->outcome == FLOOR_WAITS ? WAIT_FLOOR : 0U;
    if (floor->outcome != FLOOR_REFUSED) {
        return MESSAGE_COUNT;
    }
    pricing_mistake(pricing, line,
                    (struct finding){.code = M_PRICE_FLOOR,
                                     .field = "sku",
                                     .value = pricing_shown(pricing, line->sku)});
    return M_PRICE_FLOOR;
}

bool
price_floor_check(struct pricing *pricing, struct line_verdict *verdicts,
                  struct price_decision *decision)
{
    bool is_refused = false;
    for (size_t index = 0; index < pricing->order->line_count; index++) {
        struct priced_line *priced = &decision->lines[index];
        priced->cost_minor = priced->least_minor = AMOUNT_NONE;
        if (decision->is_priced) {
            verdicts[index].mistake = check_line(pricing, index, &verdicts[index], priced);
            is_refused |= verdicts[index].mistake != MESSAGE_COUNT;
        }
    }
    return is_refused;
}

void
price_floor_sum(const struct pricing *pricing, struct price_decision *decision)
{
    int128 sum = 0;
    for (size_t index = 0; index < pricing->order->line_count; index++) {
        const int64_t cost_minor = decision->lines[index].cost_minor;
        if (cost_minor == AMOUNT_NONE) {
            decision->cost_minor = AMOUNT_NONE;
            return;
        }
        sum += cost_minor;
    }
    decision->cost_minor = within_amounts(sum);
}

/* -- the trace --------------------------------------------------------------------------------- */

static void
tell_minor(struct json *json, const struct pricing *pricing, const char *key, int64_t minor)
{
    json_decimal(json, key, minor, pricing->exponent, pricing->exponent);
}

/* What is left of a net amount over its costs, and the share of it that this is. */
static void
tell_margin(struct json *json, const struct pricing *pricing, int64_t net_minor, int64_t cost_minor)
{
    const int64_t margin_minor = net_minor - cost_minor;
    tell_minor(json, pricing, "margin", margin_minor);
    if (net_minor > 0) {
        const int128 rate =
            decimal_divide_wide((int128)margin_minor * MICROS, net_minor, ROUND_HALF_UP);
        if (rate > -DECIMAL_MICROS_MAX) {
            json_decimal(json, "margin_rate", (int64_t)rate, MICROS_PLACES, 2);
        }
    }
}

/* The list's own figures, in the order's currency. */
static void
tell_cost(struct json *json, const struct pricing *pricing, const struct floor_verdict *floor)
{
    const struct cost_fact *cost = floor->cost;
    json_decimal(json, "unit_cost", cost->cost_micros, MICROS_PLACES, pricing->exponent);
    json_day(json, "valid_from", cost->valid_from);
    if (cost->floor_micros > 0) {
        json_decimal(json, "floor_price", cost->floor_micros, MICROS_PLACES, pricing->exponent);
    }
    if (cost->margin_least_micros >= 0) {
        json_decimal(json, "minimum_margin", cost->margin_least_micros, MICROS_PLACES, 2);
    }
    if (floor->cost_currency != NULL) {
        json_object(json, "exchange");
        price_rate_tell(json, pricing, floor->cost_currency);
        json_end(json);
    }
}

void
price_floor_tell(struct json *json, const struct pricing *pricing,
                 const struct line_verdict *verdict, const struct priced_line *priced,
                 bool is_priced)
{
    static const char *const outcomes[FLOOR_OUTCOME_COUNT] = {[FLOOR_KEPT] = "kept",
                                                              [FLOOR_ALLOWED] = "allowed",
                                                              [FLOOR_NOTED] = "below",
                                                              [FLOOR_WAITS] = "waits",
                                                              [FLOOR_REFUSED] = "refused"};
    const struct floor_verdict *floor = &verdict->floor;
    const struct {
        const char *key;
        int64_t minor;
        int64_t none;
    } amounts[] = {
        {"freight", floor->further.freight_minor, 0},
        {"free_goods", floor->further.free_goods_minor, 0},
        {"cost", priced->cost_minor, AMOUNT_NONE},
        {"least_by_price", floor->price_least_minor, AMOUNT_NONE},
        {"least_by_margin", floor->margin_least_minor, AMOUNT_NONE},
    };
    if (floor->outcome == FLOOR_NONE) {
        return;
    }
    json_object(json, "floor");
    if (floor->cost != NULL) {
        tell_cost(json, pricing, floor);
    } else {
        json_bool(json, "of_parts", true);
    }
    for (size_t index = 0; index < sizeof amounts / sizeof amounts[0]; index++) {
        if (amounts[index].minor != amounts[index].none) {
            tell_minor(json, pricing, amounts[index].key, amounts[index].minor);
        }
    }
    if (is_priced) {
        tell_margin(json, pricing, priced->net_minor, priced->cost_minor);
    }
    json_text(json, "verdict", outcomes[floor->outcome]);
    json_end(json);
}

void
price_margin_tell(struct json *json, const struct pricing *pricing,
                  const struct price_decision *decision)
{
    if (decision->cost_minor == AMOUNT_NONE) {
        return;
    }
    tell_minor(json, pricing, "cost", decision->cost_minor);
    tell_margin(json, pricing, decision->net_minor, decision->cost_minor);
}
