/* Packages: their parts are priced like the lines of an order of their own, silently; what is found
 * about them is told of the package.  Once all is reckoned its net is shared among them. */
#include "rules/pricing.h"

#include "base/fault.h"

#include <assert.h>
#include <string.h>

/* What all units of a line or part may cost by the list: beyond it is too large for an order, and
 * below it 128 bits hold every product with a percentage. */
#define LIST_PICOS_MAX ((int128)ORDER_AMOUNT_MAX_MINOR * MICROS * MICROS)

/* The finding about a part, with the code of what is wrong with it. */
static enum message
tell_part(struct pricing *pricing, size_t line_index, const char *sku, enum message what)
{
    const enum message code =
        price_is_held_by(what) ? M_PRICE_PACKAGE_FORMULA : M_PRICE_PACKAGE_PART;
    pricing_mistake(pricing, &pricing->order->lines[line_index],
                    (struct finding){.code = code,
                                     .field = "sku",
                                     .value = pricing_shown(pricing, sku),
                                     .expected = pricing->order->currency,
                                     .hint = message_entry(what)->id});
    return code;
}

/* Parts as lines; what they need beside is the order's and the customer's. */
static struct package_verdict *
open_package(struct pricing *pricing, size_t line_index, const struct package_fact *package)
{
    struct arena *arena = pricing->arena;
    const struct order_line *line = &pricing->order->lines[line_index];
    struct package_verdict *verdict = arena_new(arena, struct package_verdict);
    verdict->order = *pricing->order;
    verdict->order.lines = arena_array(arena, struct order_line, package->part_count);
    verdict->order.line_count = package->part_count;
    verdict->facts = *pricing->facts;
    verdict->facts.lines = arena_array(arena, struct line_facts, package->part_count);
    verdict->pricing = (struct pricing){
        .order = &verdict->order,
        .facts = &verdict->facts,
        .arena = arena,
        .findings = pricing->findings,
        .exponent = pricing->exponent,
        .quantities_micros = arena_array(arena, int64_t, package->part_count),
        .is_silent = true,
    };
    verdict->parts = arena_array(arena, struct line_verdict, package->part_count);
    verdict->list_minor = arena_array(arena, int64_t, package->part_count);
    verdict->net_minor = arena_array(arena, int64_t, package->part_count);
    for (size_t index = 0; index < package->part_count; index++) {
        order_line_init(&verdict->order.lines[index]);
        verdict->order.lines[index].number = line->number;
        verdict->order.lines[index].sku = package->parts[index].sku;
        verdict->order.lines[index].unit = package->parts[index].facts->unit;
        verdict->facts.lines[index] = *package->parts[index].facts;
        verdict->parts[index].mistake = MESSAGE_COUNT;
        verdict->parts[index].list_mistake = MESSAGE_COUNT;
    }
    return verdict;
}

/* So many of the part are in so many packages; it must come out even. */
static enum message
multiply(const struct part_fact *part, int64_t packages_micros, int64_t *quantity_micros)
{
    const int128 product = (int128)part->quantity_micros * packages_micros;
    if (product % MICROS != 0 || product / MICROS > DECIMAL_MICROS_MAX) {
        return M_PRICE_UNIT_CONVERSION;
    }
    *quantity_micros = (int64_t)(product / MICROS);
    return MESSAGE_COUNT;
}

/* What is wrong with one part, or MESSAGE_COUNT. */
static enum message
price_part(struct package_verdict *package, size_t part_index, const struct part_fact *part,
           int64_t packages_micros)
{
    struct pricing *pricing = &package->pricing;
    struct line_verdict *verdict = &package->parts[part_index];
    if (!pricing->facts->lines[part_index].product_known) {
        return M_PRICE_SKU_UNKNOWN;
    }
    verdict->mistake = multiply(part, packages_micros, &pricing->quantities_micros[part_index]);
    if (verdict->mistake == MESSAGE_COUNT) {
        package->order.lines[part_index].quantity_micros = pricing->quantities_micros[part_index];
        verdict->mistake = price_list_choose(pricing, part_index, verdict);
    }
    if (verdict->mistake != MESSAGE_COUNT) {
        return verdict->mistake;
    }
    if (verdict->list_picos < 0) {
        return M_PRICE_BELOW_ZERO;
    }
    if (verdict->list_picos > LIST_PICOS_MAX) {
        return M_PRICE_LINE_TOO_LARGE;
    }
    package->list_minor[part_index] =
        money_of_picos(verdict->list_picos, pricing->exponent, ROUND_HALF_UP);
    return MESSAGE_COUNT;
}

/* The price of a package that costs the sum of its parts, less a percentage. */
static enum message
add_up_parts(struct pricing *pricing, size_t line_index, const struct package_fact *fact,
             struct line_verdict *verdict)
{
    const struct package_verdict *package = verdict->package;
    const int64_t quantity_micros = pricing->quantities_micros[line_index];
    int128 sum = 0;
    verdict->has_list_price = true;
    verdict->includes_tax = package->parts[0].includes_tax;
    for (size_t index = 0; index < fact->part_count; index++) {
        sum += package->parts[index].list_picos;
        if (package->parts[index].includes_tax != verdict->includes_tax) {
            return tell_part(pricing, line_index, fact->parts[index].sku, M_PRICE_TAX_BASIS);
        }
    }
    if (sum > LIST_PICOS_MAX) {
        pricing_mistake(pricing, &pricing->order->lines[line_index],
                        (struct finding){.code = M_PRICE_LINE_TOO_LARGE,
                                         .field = "quantity",
                                         .value = pricing_micros(pricing, quantity_micros, 0),
                                         .expected = pricing_limit(pricing)});
        return M_PRICE_LINE_TOO_LARGE;
    }
    verdict->list_picos = sum - decimal_divide_wide(sum * fact->less_micros, MICROS, ROUND_HALF_UP);
    const int128 price = decimal_divide_wide(verdict->list_picos, quantity_micros, ROUND_HALF_UP);
    verdict->list_micros = price > INT64_MAX ? INT64_MAX : (int64_t)price;
    return MESSAGE_COUNT;
}

static bool
has_too_many_parts(struct pricing *pricing, size_t line_index, size_t count)
{
    pricing->part_count += count;
    if (pricing->part_count <= ORDER_PARTS_MAX) {
        return false;
    }
    pricing_mistake(
        pricing, &pricing->order->lines[line_index],
        (struct finding){.code = M_PRICE_PACKAGE_PARTS,
                         .field = "sku",
                         .value = pricing_shown(pricing, pricing->order->lines[line_index].sku),
                         .expected = pricing_micros(pricing, ORDER_PARTS_MAX * MICROS, 0)});
    return true;
}

enum message
price_package(struct pricing *pricing, size_t line_index, struct line_verdict *verdict)
{
    const struct package_fact *fact = pricing->facts->lines[line_index].package;
    enum message first = MESSAGE_COUNT;
    assert(fact->part_count > 0);
    if (has_too_many_parts(pricing, line_index, fact->part_count)) {
        return M_PRICE_PACKAGE_PARTS;
    }
    if (pricing->quantities_micros[line_index] == 0) {
        return MESSAGE_COUNT; /* that it is not known has been told */
    }
    verdict->package = open_package(pricing, line_index, fact);
    verdict->package->pricing.told_bytes = pricing->told_bytes;
    for (size_t index = 0; index < fact->part_count; index++) {
        const enum message what = price_part(verdict->package, index, &fact->parts[index],
                                             pricing->quantities_micros[line_index]);
        if (what != MESSAGE_COUNT) {
            first =
                pricing_first(first, tell_part(pricing, line_index, fact->parts[index].sku, what));
        }
    }
    pricing->told_bytes = verdict->package->pricing.told_bytes;
    return first != MESSAGE_COUNT || !fact->is_sum
               ? first
               : add_up_parts(pricing, line_index, fact, verdict);
}

size_t
price_package_room(void)
{
    enum { MINORS = 3 }; /* quantity, list, net */
    return sizeof(struct order_line) + sizeof(struct line_facts) + sizeof(struct line_verdict) +
           sizeof(struct priced_part) + sizeof(struct cost_fact) + MINORS * sizeof(int64_t);
}

void
price_package_share(struct pricing *pricing, struct line_verdict *verdict,
                    struct priced_line *priced)
{
    struct package_verdict *package = verdict->package;
    if (package == NULL) {
        return;
    }
    const size_t count = package->order.line_count;
    money_share(priced->net_minor, package->list_minor, count, package->net_minor);
    priced->parts = arena_array(pricing->arena, struct priced_part, count);
    priced->part_count = count;
    for (size_t index = 0; index < count; index++) {
        priced->parts[index] =
            (struct priced_part){.sku = package->order.lines[index].sku,
                                 .unit = package->order.lines[index].unit,
                                 .quantity_micros = package->pricing.quantities_micros[index],
                                 .list_minor = package->list_minor[index],
                                 .net_minor = package->net_minor[index]};
    }
}
