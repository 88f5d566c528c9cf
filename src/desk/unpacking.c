#include "desk/unpacking.h"

#include "base/decimal.h"
#include "desk/exchanging.h"
#include "order/order.h"

#include <assert.h>
#include <string.h>

static size_t
part_of(const struct unpacking *unpacking, const char *sku)
{
    size_t index = 0;
    while (index < unpacking->part_count && strcmp(unpacking->parts[index].sku, sku) != 0) {
        index++;
    }
    return index;
}

/* What was refunded before: with earlier receipts, and with earlier lines of this one. */
static enum outcome
read_came(struct unpacking *unpacking, size_t at, struct fault *why)
{
    const struct refunding *refunding = unpacking->refunding;
    struct arena *arena = refunding->arena;
    struct package_claim *claims = NULL;
    size_t count = 0;
    TRY(package_read_claims(refunding->run->store, PACKAGE_REFUNDED, refunding->stored->order_id,
                            unpacking->line->number, arena, &claims, &count, why));
    unpacking->came_micros = arena_array(arena, int64_t, unpacking->part_count + 1);
    memset(unpacking->came_micros, 0, (unpacking->part_count + 1) * sizeof *unpacking->came_micros);
    for (size_t index = 0; index < count; index++) {
        unpacking->came_micros[part_of(unpacking, claims[index].part)] += claims[index].micros;
    }
    for (size_t index = 0; index < at; index++) {
        const struct refund_part *other = &refunding->parts[index];
        if (other->line->package[0] != '\0' &&
            strcmp(other->line->number, unpacking->line->number) == 0) {
            unpacking->came_micros[part_of(unpacking, other->line->sku)] += other->quantity_micros;
        }
    }
    return DONE;
}

enum outcome
unpacking_begin(struct unpacking *unpacking, const struct refunding *refunding, size_t index,
                struct fault *why)
{
    const struct refund_part *part = &refunding->parts[index];
    struct store *store = refunding->run->store;
    const struct stored_return *stored = refunding->stored;
    *unpacking = (struct unpacking){
        .refunding = refunding, .line = part->line, .rest_micros = part->quantity_micros};
    TRY(package_read_parts(store, stored->order_id, stored->version, part->line->order_ordinal,
                           refunding->arena, &unpacking->parts, &unpacking->part_count, why));
    unpacking->part = part_of(unpacking, part->line->sku);
    assert(unpacking->part < unpacking->part_count && "its authorisation named a part");
    TRY(read_came(unpacking, index, why));
    TRY(package_read_units(store, stored->order_id, part->line->order_ordinal, refunding->arena,
                           &unpacking->units, &unpacking->unit_count, why));
    unpacking->unit_capacity = unpacking->unit_count;
    unpacking->scratch = arena_array(refunding->arena, int64_t, 2 * unpacking->part_count);
    return selling_price(refunding->run, stored->order_id, part->line->order_ordinal,
                         &unpacking->sale, why);
}

bool
unpacking_next(struct unpacking *unpacking)
{
    const int64_t per_micros = unpacking->parts[unpacking->part].per_micros;
    int64_t *came_micros = &unpacking->came_micros[unpacking->part];
    *came_micros += unpacking->now_micros;
    unpacking->rest_micros -= unpacking->now_micros;
    unpacking->unit = *came_micros / per_micros + 1;
    unpacking->before_micros = *came_micros % per_micros;
    const int64_t room = per_micros - unpacking->before_micros;
    unpacking->now_micros = unpacking->rest_micros < room ? unpacking->rest_micros : room;
    return unpacking->now_micros > 0;
}

bool
unpacking_is_new(const struct unpacking *unpacking)
{
    return unpacking->unit > (int64_t)unpacking->unit_count;
}

enum outcome
unpacking_open(struct unpacking *unpacking, int64_t invoice_id, const struct invoice_amounts *paid,
               struct fault *why)
{
    const struct refunding *refunding = unpacking->refunding;
    const int64_t order_id = refunding->stored->order_id;
    const int64_t ordinal = unpacking->line->order_ordinal;
    struct sale_part sold = {.ordinal = ordinal};
    const bool is_sold = selling_next(&unpacking->sale, &sold);
    assert(unpacking->unit == (int64_t)unpacking->unit_count + 1 && "units are opened in order");
    const struct package_unit unit = {.unit = unpacking->unit,
                                      .invoice_id = invoice_id,
                                      .net_minor = paid->net_minor,
                                      .tax_minor = paid->tax_minor,
                                      .is_sold = is_sold,
                                      .sold_list_minor = sold.list_minor,
                                      .sold_net_minor = sold.net_minor,
                                      .sold_tax_minor = sold.tax_minor,
                                      .sold_cost_minor = sold.cost_minor};
    TRY(package_open_unit(refunding->run->store, order_id, ordinal, &unit, why));
    unpacking->units = arena_grow(refunding->arena, unpacking->units, sizeof *unpacking->units,
                                  unpacking->unit_count, &unpacking->unit_capacity);
    unpacking->units[unpacking->unit_count++] = unit;
    return DONE;
}

static const struct package_unit *
unit_of(const struct unpacking *unpacking)
{
    return &unpacking->units[unpacking->unit - 1];
}

/* What the pieces at hand have of an amount of their unit. */
static int64_t
share(const struct unpacking *unpacking, int64_t unit_minor)
{
    return package_share(unit_minor, unpacking->parts, unpacking->part_count, unpacking->part,
                         unpacking->before_micros, unpacking->before_micros + unpacking->now_micros,
                         unpacking->scratch);
}

int64_t
unpacking_invoice(const struct unpacking *unpacking)
{
    return unit_of(unpacking)->invoice_id;
}

struct invoice_amounts
unpacking_paid(const struct unpacking *unpacking)
{
    const struct package_unit *unit = unit_of(unpacking);
    return (struct invoice_amounts){share(unpacking, unit->net_minor),
                                    share(unpacking, unit->tax_minor), 0};
}

bool
unpacking_unsell(const struct unpacking *unpacking, struct sale_part *sold)
{
    const struct package_unit *unit = unit_of(unpacking);
    if (!unit->is_sold) {
        return false;
    }
    sold->list_minor -= share(unpacking, unit->sold_list_minor);
    sold->net_minor -= share(unpacking, unit->sold_net_minor);
    sold->tax_minor -= share(unpacking, unit->sold_tax_minor);
    sold->cost_minor = unit->sold_cost_minor == AMOUNT_NONE || sold->cost_minor == AMOUNT_NONE
                           ? AMOUNT_NONE
                           : sold->cost_minor - share(unpacking, unit->sold_cost_minor);
    return true;
}

/* So many units have all their parts back: the first ones, for pieces fill them in order. */
static int64_t
units_back(const struct unpacking *unpacking)
{
    int64_t least = (int64_t)unpacking->unit_count;
    for (size_t index = 0; index < unpacking->part_count; index++) {
        const int64_t units = unpacking->came_micros[index] / unpacking->parts[index].per_micros;
        least = units < least ? units : least;
    }
    return least;
}

/* So many were so before, by the store or by an earlier line of the same receipt. */
static int64_t
units_back_before(const struct unpacking *unpacking, const struct selling_unit_list *list)
{
    int64_t last = 0;
    while (last < (int64_t)unpacking->unit_count && unpacking->units[last].is_back) {
        last++;
    }
    for (size_t index = 0; index < list->count; index++) {
        const struct selling_unit *item = &list->items[index];
        if (item->ordinal == unpacking->line->order_ordinal && item->unit > last) {
            last = item->unit;
        }
    }
    return last;
}

void
unpacking_end(const struct unpacking *unpacking, struct sale_part *sold,
              struct selling_unit_list *back)
{
    const int64_t last = units_back(unpacking);
    for (int64_t unit = units_back_before(unpacking, back) + 1; unit <= last; unit++) {
        back->items = arena_grow(unpacking->refunding->arena, back->items, sizeof *back->items,
                                 back->count, &back->capacity);
        back->items[back->count++] = (struct selling_unit){unpacking->line->order_ordinal, unit};
        sold->quantity_micros -= unpacking->units[unit - 1].is_sold ? MICROS : 0;
    }
}
