#include "desk/ledger.h"

#include "store/store_ledger.h"

#include <stdlib.h>
#include <string.h>

enum { LEFT_BYTES_MAX = 16 * 1024 * 1024 };

/* One shipment. */
struct leaving {
    struct run *run;
    int64_t shipment_id;
    const char *warehouse;
    int64_t shipped_ms;
    struct ledger_left *items;
    size_t count;
};

static int
compare_skus(const void *one, const void *other)
{
    return strcmp(((const struct ledger_left *)one)->sku, ((const struct ledger_left *)other)->sku);
}

static enum outcome
post(const struct leaving *leaving, const char *sku, int64_t quantity_micros, struct fault *why)
{
    /* What is beyond all counting has left all the same: then it stays as it is. */
    enum ledger_admission admission;
    const struct ledger_move move = {
        .warehouse = leaving->warehouse,
        .sku = sku,
        .kind = LEDGER_SHIPMENT,
        .number = "",
        .quantity_micros = -quantity_micros,
        .happened_ms = leaving->shipped_ms,
        .known_ms = leaving->run->as_of_ms,
        .reference = "",
        .reason = "",
        .shipment_id = leaving->shipment_id,
    };
    return ledger_post(leaving->run->store, &move, &admission, why);
}

/* Each product once, however many lines it is of. */
static enum outcome
post_all(struct leaving *leaving, struct fault *why)
{
    struct ledger_left *items = leaving->items;
    size_t next = 0;
    if (leaving->count > 1) {
        qsort(items, leaving->count, sizeof *items, compare_skus);
    }
    for (size_t index = 0; index < leaving->count; index = next) {
        int64_t sum_micros = 0;
        for (next = index;
             next < leaving->count && strcmp(items[next].sku, items[index].sku) == 0 &&
             sum_micros < LEDGER_MICROS_MAX;
             next++) {
            sum_micros += items[next].quantity_micros;
        }
        if (sum_micros != 0) {
            TRY(post(leaving, items[index].sku, sum_micros, why));
        }
    }
    return DONE;
}

static enum outcome
ship(struct run *run, int64_t shipment_id, struct fault *why)
{
    OWNED(arena) arena;
    struct leaving leaving = {.run = run, .shipment_id = shipment_id};
    arena_init(&arena, LEFT_BYTES_MAX);
    TRY(ledger_shipment(run->store, shipment_id, &arena, &leaving.warehouse, &leaving.shipped_ms,
                        why));
    TRY(ledger_left(run->store, shipment_id, &arena, &leaving.items, &leaving.count, why));
    return post_all(&leaving, why);
}

enum outcome
ledger_ship(struct run *run, int64_t shipment_id, struct fault *why)
{
    return run->config->planning.is_on ? ship(run, shipment_id, why) : DONE;
}
