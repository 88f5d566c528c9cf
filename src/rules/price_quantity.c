/* The quantity of a line in the product's own unit, and whether so many are sold. */
#include "rules/pricing.h"

#include <string.h>

static const struct unit_fact *
unit_find(const struct line_facts *facts, const char *unit)
{
    for (size_t index = 0; index < facts->unit_count; index++) {
        if (strcmp(facts->units[index].unit, unit) == 0) {
            return &facts->units[index];
        }
    }
    return NULL;
}

/* Every unit that the product is sold in, for the finding. */
static const char *
unit_names(struct pricing *pricing, const struct line_facts *facts)
{
    const char **names =
        arena_array(&pricing->findings->scratch, const char *, facts->unit_count + 1);
    names[0] = facts->unit;
    for (size_t index = 0; index < facts->unit_count; index++) {
        names[index + 1] = facts->units[index].unit;
    }
    return pricing_list(pricing, names, facts->unit_count + 1);
}

static enum message
convert(struct pricing *pricing, const struct order_line *line, const struct line_facts *facts,
        int64_t *quantity_micros)
{
    if (line->unit[0] == '\0' || strcmp(line->unit, facts->unit) == 0) {
        *quantity_micros = line->quantity_micros;
        return MESSAGE_COUNT;
    }
    const struct unit_fact *unit = unit_find(facts, line->unit);
    if (unit == NULL) {
        pricing_mistake(pricing, line,
                        (struct finding){.code = M_PRICE_UNIT_WRONG,
                                         .field = "unit",
                                         .value = pricing_shown(pricing, line->unit),
                                         .expected = unit_names(pricing, facts)});
        return M_PRICE_UNIT_WRONG;
    }
    const int128 product = (int128)line->quantity_micros * unit->factor_micros;
    if (product % MICROS != 0 || product / MICROS > DECIMAL_MICROS_MAX) {
        pricing_mistake(pricing, line,
                        (struct finding){.code = M_PRICE_UNIT_CONVERSION,
                                         .field = "quantity",
                                         .value = pricing_micros(pricing, line->quantity_micros, 0),
                                         .expected = facts->unit,
                                         .hint = pricing_micros(pricing, unit->factor_micros, 0)});
        return M_PRICE_UNIT_CONVERSION;
    }
    *quantity_micros = (int64_t)(product / MICROS);
    return MESSAGE_COUNT;
}

/* The least legal quantity that is not below `quantity_micros`. */
static int64_t
legal_from(const struct line_facts *facts, int64_t quantity_micros)
{
    const int64_t least =
        quantity_micros > facts->minimum_micros ? quantity_micros : facts->minimum_micros;
    const int64_t multiple = facts->multiple_micros > 0 ? facts->multiple_micros : 1;
    return (least + multiple - 1) / multiple * multiple;
}

/* "48, 72": the legal quantities on both sides, as far as there are any. */
static const char *
legal_text(struct pricing *pricing, const struct line_facts *facts, int64_t quantity_micros)
{
    const int64_t above = legal_from(facts, quantity_micros);
    const int64_t below = facts->multiple_micros > 0
                              ? quantity_micros / facts->multiple_micros * facts->multiple_micros
                              : 0;
    const char *text = pricing_micros(pricing, above, 0);
    return below > 0 && below >= facts->minimum_micros
               ? arena_format(&pricing->findings->scratch, "%s, %s",
                              pricing_micros(pricing, below, 0), text)
               : text;
}

enum message
price_quantity(struct pricing *pricing, size_t line_index, int64_t *quantity_micros)
{
    const struct order_line *line = &pricing->order->lines[line_index];
    const struct line_facts *facts = &pricing->facts->lines[line_index];
    const enum message mistake = convert(pricing, line, facts, quantity_micros);
    if (mistake != MESSAGE_COUNT || legal_from(facts, *quantity_micros) == *quantity_micros) {
        return mistake;
    }
    pricing_mistake(pricing, line,
                    (struct finding){.code = M_PRICE_QUANTITY_STEP,
                                     .field = "quantity",
                                     .value = pricing_micros(pricing, *quantity_micros, 0),
                                     .expected = legal_text(pricing, facts, *quantity_micros),
                                     .hint = facts->unit});
    return M_PRICE_QUANTITY_STEP;
}
