/* What the customer is charged for the carriage of the order, as the order states it.
 *
 * It is no supply of its own: what the seller charges for bringing the goods is part of what is
 * paid for them and is taxed as they are (EU: Directive 2006/112/EC, article 78 b; China: charges
 * beyond the price).  Where the lines have several rates it is shared among these by the net of
 * their lines, the largest remainders first; of equal ones the rate that comes first in the order.
 * Where all lines come to nothing, the first rate has it all.
 *
 * Its tax is rounded by rate.  Where tax is rounded per document it is what the tax of the rate
 * grows by, so that goods and freight together are rounded once. */
#include "rules/pricing.h"

/* The lines of one rate. */
struct rated {
    int64_t rate_micros;
    int64_t tax_minor;
};

static size_t
find_rate(const struct rated *rates, size_t count, int64_t rate_micros)
{
    size_t index = 0;
    while (index < count && rates[index].rate_micros != rate_micros) {
        index++;
    }
    return index;
}

static int64_t
tax_of(const struct pricing *pricing, const struct rated *rated, int64_t goods_minor,
       int64_t freight_minor)
{
    const struct price_facts *facts = pricing->facts;
    const bool is_together =
        facts->tax_rounding == TAX_PER_DOCUMENT && !pricing->prices_include_tax;
    return is_together
               ? money_rate(goods_minor + freight_minor, rated->rate_micros, facts->rounding) -
                     rated->tax_minor
               : money_rate(freight_minor, rated->rate_micros, facts->rounding);
}

/* How many rates the lines have, in their order; of each what its lines come to. */
static size_t
gather(const struct pricing *pricing, const struct price_decision *decision, struct rated *rates,
       int64_t *nets_minor)
{
    size_t count = 0;
    for (size_t index = 0; index < pricing->order->line_count; index++) {
        const struct priced_line *line = &decision->lines[index];
        const size_t at = find_rate(rates, count, line->tax_rate_micros);
        if (at == count) {
            rates[count] = (struct rated){.rate_micros = line->tax_rate_micros};
            nets_minor[count++] = 0;
        }
        rates[at].tax_minor += line->tax_minor;
        nets_minor[at] += line->net_minor;
    }
    return count;
}

enum message
price_freight_check(struct pricing *pricing)
{
    if (pricing->order->freight_micros == 0 || pricing->facts->policy.freight == FREIGHT_STATED) {
        return MESSAGE_COUNT;
    }
    pricing_mistake(
        pricing, NULL,
        (struct finding){
            .code = M_PRICE_FREIGHT,
            .field = "freight",
            .value = pricing_micros(pricing, pricing->order->freight_micros, pricing->exponent)});
    return M_PRICE_FREIGHT;
}

void
price_freight(struct pricing *pricing, struct price_decision *decision)
{
    const size_t line_count = pricing->order->line_count;
    struct price_freight *freight = &decision->freight;
    if (pricing->order->freight_micros == 0) {
        return;
    }
    struct rated *rates = arena_array(pricing->arena, struct rated, line_count);
    int64_t *nets_minor = arena_array(pricing->arena, int64_t, line_count);
    int64_t *shares_minor = arena_array(pricing->arena, int64_t, line_count);
    const size_t count = gather(pricing, decision, rates, nets_minor);
    freight->net_minor = money_extend(pricing->order->freight_micros, MICROS, pricing->exponent,
                                      pricing->facts->rounding);
    freight->parts = arena_array(pricing->arena, struct freight_part, count);
    money_share(freight->net_minor, nets_minor, count, shares_minor);
    for (size_t index = 0; index < count; index++) {
        if (shares_minor[index] > 0) {
            const int64_t tax_minor =
                tax_of(pricing, &rates[index], nets_minor[index], shares_minor[index]);
            freight->parts[freight->part_count++] =
                (struct freight_part){rates[index].rate_micros, shares_minor[index], tax_minor};
            freight->tax_minor += tax_minor;
        }
    }
}

void
price_freight_tell(struct json *json, const struct pricing *pricing,
                   const struct price_decision *decision)
{
    const struct price_freight *freight = &decision->freight;
    const int exponent = pricing->exponent;
    if (freight->part_count == 0) {
        return;
    }
    json_decimal(json, "freight", freight->net_minor, exponent, exponent);
    json_array(json, "freight_parts");
    for (size_t index = 0; index < freight->part_count; index++) {
        const struct freight_part *part = &freight->parts[index];
        json_object(json, NULL);
        json_decimal(json, "net", part->net_minor, exponent, exponent);
        json_decimal(json, "tax_rate", part->tax_rate_micros, MICROS_PLACES, 2);
        json_decimal(json, "tax", part->tax_minor, exponent, exponent);
        json_end(json);
    }
    json_end(json);
}
