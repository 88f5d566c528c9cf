#include "desk/selling.h"

#include "base/date.h"
#include "order/order.h"
#include "rules/cancellation.h"
#include "store/store_package.h"

enum { PARTS_BYTES_MAX = 64 * 1024 * 1024 };

static struct sale
entry_of(const struct run *run, int64_t order_id, int64_t version, enum sale_kind kind, int sign)
{
    return (struct sale){order_id, version, kind, sign, moment_day(run->as_of_ms), run->as_of_ms};
}

static enum outcome
add_whole(struct run *run, int64_t order_id, int64_t version, enum sale_kind kind, int sign,
          struct fault *why)
{
    const struct sale sale = entry_of(run, order_id, version, kind, sign);
    int64_t id = 0;
    return sale_add(run->store, &sale, &id, why);
}

/* What was taken off `version` is taken off `to` (0: none) instead. */
static enum outcome
carry(struct run *run, int64_t order_id, int64_t version, int64_t to, struct fault *why)
{
    enum sale_kind kinds[SALE_KIND_COUNT];
    size_t count = 0;
    TRY(sale_kinds_less(run->store, order_id, version, kinds, &count, why));
    for (size_t index = 0; index < count; index++) {
        const struct sale from = entry_of(run, order_id, version, kinds[index], 0);
        int64_t id = 0;
        if (to != 0) {
            const struct sale other = entry_of(run, order_id, to, kinds[index], 0);
            TRY(sale_add(run->store, &other, &id, why));
            TRY(sale_carry(run->store, id, 1, &from, why));
        }
        TRY(sale_add(run->store, &from, &id, why));
        TRY(sale_carry(run->store, id, -1, &from, why));
    }
    return DONE;
}

enum outcome
selling_leave(struct run *run, const struct subject *subject, enum sale_kind kind,
              struct fault *why)
{
    if (subject->approval != APPROVAL_APPROVED) {
        return DONE;
    }
    TRY(carry(run, subject->id, subject->version, 0, why));
    return add_whole(run, subject->id, subject->version, kind, -1, why);
}

enum outcome
selling_amend(struct run *run, const struct subject *subject, struct fault *why)
{
    const int64_t before = subject->version - 1;
    TRY(add_whole(run, subject->id, before, SALE_CHANGED, -1, why));
    TRY(add_whole(run, subject->id, subject->version, SALE_CHANGED, 1, why));
    return carry(run, subject->id, before, subject->version, why);
}

/* ---- parts ---------------------------------------------------------------------------------- */

/* What `now` more of a line comes to. */
typedef int64_t share_of(int64_t amount_minor, const struct sale_price *price, int64_t now_micros);

/* From the other end, as cancellations are. */
static int64_t
cancelled_share(int64_t amount_minor, const struct sale_price *price, int64_t now_micros)
{
    return cancel_share(amount_minor, price->ordered_micros, price->before_micros, now_micros);
}

/* As invoices are. */
static int64_t
returned_share(int64_t amount_minor, const struct sale_price *price, int64_t now_micros)
{
    return line_share(amount_minor, price->before_micros + now_micros, price->ordered_micros) -
           line_share(amount_minor, price->before_micros, price->ordered_micros);
}

/* More may come back than was ordered: what was shipped beyond that was not sold. */
static int64_t
sold_of(const struct sale_price *price, int64_t micros)
{
    const int64_t left = price->ordered_micros - price->all_micros;
    return micros < left ? micros : left;
}

/* One line of entry `id`, which is begun with the first. */
static enum outcome
take_off_line(struct run *run, const struct sale *sale, const struct cancelled_part *part,
              int64_t *id, struct fault *why)
{
    share_of *const share = sale->kind == SALE_RETURNED ? returned_share : cancelled_share;
    struct sale_price price;
    const enum outcome found = sale_priced(run->store, sale, part->ordinal, &price, why);
    if (found == NONE) {
        return DONE; /* goods that were given come to nothing */
    }
    TRY(found);
    const int64_t now = sold_of(&price, part->quantity_micros);
    if (now <= 0) {
        return DONE;
    }
    if (*id == 0) {
        TRY(sale_add(run->store, sale, id, why));
    }
    const struct sale_part taken = {.ordinal = part->ordinal,
                                    .quantity_micros = -now,
                                    .list_minor = -share(price.list_minor, &price, now),
                                    .net_minor = -share(price.net_minor, &price, now),
                                    .tax_minor = -share(price.tax_minor, &price, now),
                                    .cost_minor = price.cost_minor == AMOUNT_NONE
                                                      ? AMOUNT_NONE
                                                      : -share(price.cost_minor, &price, now)};
    return sale_add_part(run->store, *id, &taken, why);
}

static enum outcome
take_off(struct run *run, const struct sale *sale, const struct cancelled_part *parts, size_t count,
         struct fault *why)
{
    int64_t id = 0;
    for (size_t index = 0; index < count; index++) {
        TRY(take_off_line(run, sale, &parts[index], &id, why));
    }
    return id == 0 ? DONE : sale_end(run->store, id, why);
}

enum outcome
selling_cancel(struct run *run, const struct subject *subject, const struct cancelled_part *parts,
               size_t count, struct fault *why)
{
    const struct sale sale = entry_of(run, subject->id, subject->version, SALE_CANCELLED, 0);
    return subject->approval == APPROVAL_APPROVED ? take_off(run, &sale, parts, count, why) : DONE;
}

enum outcome
selling_return(struct run *run, int64_t order_id, const struct selling_back *back,
               struct fault *why)
{
    int64_t version = 0;
    int64_t id = 0;
    TRY(sale_version(run->store, order_id, &version, why));
    const struct sale sale = entry_of(run, order_id, version, SALE_RETURNED, 0);
    if (back->piece_count > 0) {
        TRY(sale_add(run->store, &sale, &id, why));
    }
    for (size_t index = 0; index < back->piece_count; index++) {
        TRY(sale_add_part(run->store, id, &back->pieces[index], why));
    }
    for (size_t index = 0; index < back->units->count; index++) {
        const struct selling_unit *unit = &back->units->items[index];
        TRY(package_unit_came(run->store, order_id, unit->ordinal, unit->unit, why));
    }
    for (size_t index = 0; index < back->count; index++) { /* these count what is above */
        TRY(take_off_line(run, &sale, &back->parts[index], &id, why));
    }
    return id == 0 ? DONE : sale_end(run->store, id, why);
}

enum outcome
selling_price(struct run *run, int64_t order_id, int64_t ordinal, struct sale_price *price,
              struct fault *why)
{
    int64_t version = 0;
    TRY(sale_version(run->store, order_id, &version, why));
    const struct sale sale = entry_of(run, order_id, version, SALE_RETURNED, 0);
    *price = (struct sale_price){.cost_minor = AMOUNT_NONE};
    const enum outcome found = sale_priced(run->store, &sale, ordinal, price, why);
    return found == NONE ? DONE : found;
}

bool
selling_next(struct sale_price *price, struct sale_part *unit)
{
    if (sold_of(price, MICROS) < MICROS) {
        return false;
    }
    unit->quantity_micros = MICROS;
    unit->list_minor = returned_share(price->list_minor, price, MICROS);
    unit->net_minor = returned_share(price->net_minor, price, MICROS);
    unit->tax_minor = returned_share(price->tax_minor, price, MICROS);
    unit->cost_minor = price->cost_minor == AMOUNT_NONE
                           ? AMOUNT_NONE
                           : returned_share(price->cost_minor, price, MICROS);
    price->before_micros += MICROS;
    price->all_micros += MICROS;
    return true;
}

/* ---- approved ------------------------------------------------------------------------------- */

enum outcome
selling_enter(struct run *run, const struct subject *subject, struct fault *why)
{
    OWNED(arena) arena = {0};
    struct cancelled_part *parts = NULL;
    size_t count = 0;
    bool is_cancelled = false;
    bool is_known = false;
    TRY(sale_is_known(run->store, subject->id, &is_known, why));
    TRY(add_whole(run, subject->id, subject->version, is_known ? SALE_CHANGED : SALE_ORDERED, 1,
                  why));
    TRY(order_is_cancelled_in_part(run->store, subject->id, subject->version, &is_cancelled, why));
    if (!is_cancelled) {
        return DONE;
    }
    arena_init(&arena, PARTS_BYTES_MAX);
    TRY(order_cancelled_list(run->store, subject->id, subject->version, &arena, &parts, &count,
                             why));
    return selling_cancel(run, subject, parts, count, why);
}
