#include "desk/planning_turn.h"
#include "order/order.h"
#include "store/store.h"
#include "store/store_ledger.h"

#include <string.h>

enum { CLAIMS_BYTES_MAX = 256 * 1024 * 1024 };

struct settling {
    struct store *store;
    const char *sku;
    struct allocation *claims; /* those of who stands first first */
    size_t claim_count;
};

static bool
is_of(const struct allocation *claim, const char *source, const char *warehouse,
      const char *reference)
{
    return claim->quantity_micros > 0 && strcmp(claim->source, source) == 0 &&
           strcmp(claim->warehouse, warehouse) == 0 &&
           (reference == NULL || strcmp(claim->reference, reference) == 0);
}

/* So much of a claim is given up; its order is due. */
static enum outcome
cut(struct settling *settling, struct allocation *claim, int64_t quantity_micros, struct fault *why)
{
    TRY(plan_unallocate(settling->store, claim, quantity_micros, why));
    claim->quantity_micros -= quantity_micros;
    return plan_set_due(settling->store, claim->order_id, why);
}

/* What was to come of a receipt and is in stock now. */
static enum outcome
move(struct settling *settling, struct allocation *claim, int64_t quantity_micros,
     struct fault *why)
{
    struct allocation moved = *claim;
    moved.source = ALLOCATION_STOCK;
    moved.reference = "";
    moved.quantity_micros = quantity_micros;
    TRY(cut(settling, claim, quantity_micros, why));
    return plan_allocate(settling->store, &moved, why);
}

static int64_t
least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* Beyond what a receipt still has: who stands first has it in stock by now, as far as that goes;
 * who stands last has lost it. */
static enum outcome
settle_receipt(struct settling *settling, const char *warehouse, const char *reference,
               int64_t quantity_micros, int64_t *free_micros, struct fault *why)
{
    int64_t beyond_micros = -quantity_micros;
    for (size_t index = 0; index < settling->claim_count; index++) {
        const struct allocation *claim = &settling->claims[index];
        beyond_micros +=
            is_of(claim, ALLOCATION_RECEIPT, warehouse, reference) ? claim->quantity_micros : 0;
    }
    for (size_t index = 0; index < settling->claim_count && beyond_micros > 0 && *free_micros > 0;
         index++) {
        struct allocation *claim = &settling->claims[index];
        if (is_of(claim, ALLOCATION_RECEIPT, warehouse, reference)) {
            const int64_t come = least(claim->quantity_micros, least(beyond_micros, *free_micros));
            TRY(move(settling, claim, come, why));
            beyond_micros -= come;
            *free_micros -= come;
        }
    }
    for (size_t index = settling->claim_count; index > 0 && beyond_micros > 0; index--) {
        struct allocation *claim = &settling->claims[index - 1];
        if (is_of(claim, ALLOCATION_RECEIPT, warehouse, reference)) {
            const int64_t lost = least(claim->quantity_micros, beyond_micros);
            TRY(cut(settling, claim, lost, why));
            beyond_micros -= lost;
        }
    }
    return DONE;
}

/* What a receipt still has; those that are gone have nothing any more.  AMOUNT_NONE: it has all
 * that is promised of it. */
static int64_t
receipt_has(struct ledger_receipt *receipts, size_t count, const char *reference)
{
    for (size_t at = 0; at < count; at++) {
        if (strcmp(receipts[at].reference, reference) == 0) {
            return receipts[at].reserved_micros <= receipts[at].quantity_micros
                       ? AMOUNT_NONE
                       : receipts[at].quantity_micros;
        }
    }
    return 0;
}

static enum outcome
settle_receipts(struct settling *settling, const char *warehouse, struct arena *arena,
                int64_t *free_micros, struct fault *why)
{
    struct ledger_receipt *receipts = NULL;
    const char *settled = NULL;
    size_t count = 0;
    TRY(ledger_receipts(settling->store, warehouse, settling->sku, arena, &receipts, &count, why));
    for (size_t index = 0; index < settling->claim_count; index++) {
        const struct allocation *claim = &settling->claims[index];
        if (!is_of(claim, ALLOCATION_RECEIPT, warehouse, NULL) ||
            (settled != NULL && strcmp(claim->reference, settled) == 0)) {
            continue;
        }
        const int64_t quantity_micros = receipt_has(receipts, count, claim->reference);
        if (quantity_micros != AMOUNT_NONE) {
            settled = claim->reference;
            TRY(settle_receipt(settling, warehouse, settled, quantity_micros, free_micros, why));
        }
    }
    return DONE;
}

/* Of what is reserved beyond what is there, who stands last loses first; what is released stays. */
static enum outcome
settle_stock(struct settling *settling, const char *warehouse, int64_t beyond_micros,
             struct fault *why)
{
    for (size_t index = settling->claim_count; index > 0 && beyond_micros > 0; index--) {
        struct allocation *claim = &settling->claims[index - 1];
        if (is_of(claim, ALLOCATION_STOCK, warehouse, NULL) && !claim->is_firm) {
            const int64_t lost = least(claim->quantity_micros, beyond_micros);
            TRY(cut(settling, claim, lost, why));
            beyond_micros -= lost;
        }
    }
    return DONE;
}

static enum outcome
settle_place(struct settling *settling, const char *warehouse, struct arena *arena,
             struct fault *why)
{
    struct ledger_item stock = {0, 0, AMOUNT_NONE};
    TRY(plan_mend(settling->store, warehouse, settling->sku, why));
    const enum outcome counted =
        ledger_item(settling->store, warehouse, settling->sku, &stock, why);
    if (counted == FAILED) {
        return FAILED;
    }
    int64_t free_micros = stock.on_hand_micros - stock.reserved_micros;
    if (counted == DONE && free_micros < 0) {
        TRY(settle_stock(settling, warehouse, -free_micros, why));
    }
    return settle_receipts(settling, warehouse, arena, &free_micros, why);
}

static enum outcome
settle(struct planner *planner, const char *sku, struct arena *arena, struct fault *why)
{
    struct settling settling = {.store = planner->run->store, .sku = sku};
    TRY(plan_claims(settling.store, sku, arena, &settling.claims, &settling.claim_count, why));
    for (size_t index = 0; index < planner->warehouse_count; index++) {
        TRY(settle_place(&settling, planner->warehouses[index], arena, why));
    }
    return plan_product_done(settling.store, sku, why);
}

enum outcome
settle_products(struct planner *planner, struct fault *why)
{
    OWNED(arena) arena;
    const char *sku = "";
    enum outcome outcome;
    arena_init(&arena, CLAIMS_BYTES_MAX);
    while ((outcome = plan_product_next(planner->run->store, &arena, &sku, why)) == DONE) {
        TRY(settle(planner, sku, &arena, why));
        arena_reset(&arena);
    }
    return outcome == NONE ? DONE : outcome;
}
