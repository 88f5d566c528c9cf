/* store_supply.h -- where products come from, by key: the lists plants, supply, materials and
 * lanes. */
#ifndef PURSER_STORE_SUPPLY_H
#define PURSER_STORE_SUPPLY_H

#include "order/master.h"
#include "store/store.h"

/* NONE when there is no such row; and so of all here that yield one row. */
MUST_USE enum outcome
master_supply(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
              struct supply_row *supply, struct fault *why);
MUST_USE enum outcome master_plant(struct store *store, int64_t version_id, const char *plant,
                                   struct arena *arena, struct plant_row *row, struct fault *why);

/* By material; none when nobody said any.  At most MASTER_MATERIALS_MAX. */
MUST_USE enum outcome
master_materials(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
                 struct master_row **items, size_t *count, struct fault *why);

/* Where goods go, and where from. */
struct lane_key {
    const char *warehouse;
    const char *country;
    const char *region; /* as in the address; "" */
};
/* The row that fits best: those of the warehouse go before those of any, of these the region before
 * the country, and the country before every other. */
MUST_USE enum outcome
master_lane(struct store *store, int64_t version_id, const struct lane_key *key,
            struct arena *arena, struct lane_row *lane, struct fault *why);

#endif
