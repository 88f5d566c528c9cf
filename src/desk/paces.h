/* paces.h -- how long stages of orders take, by the company's own history; private to src/desk.
 *
 * When a stage of an order ends, its duration is a sample, under its lane and the broader keys.
 * The narrowest key with enough samples counts, and with none of them the configuration. */
#ifndef PURSER_PACES_H
#define PURSER_PACES_H

#include "config/run.h"
#include "desk/facts.h"
#include "rules/outlook.h"
#include "store/store_delay.h"

enum { PACE_LANES_MAX = 3, PACE_BUCKETS = 1024 };

/* From the narrowest to the broadest, which is "". */
struct pace_lanes {
    const char *of[PACE_LANES_MAX];
    size_t count;
};
struct pace_lanes pace_lane(const char *lane);
struct pace_lanes pace_product(const char *warehouse, const char *sku, struct arena *arena);
struct pace_lanes pace_route(const struct config *config, const char *carrier,
                             const char *warehouse, const char *country, struct arena *arena);

/* What was asked for once, remembered while nothing is learned. */
struct paces {
    struct store *store;
    const struct delay_policy *policy;
    struct arena arena;
    struct pace_entry *buckets[PACE_BUCKETS];
};
void paces_init(struct paces *paces, struct store *store, const struct delay_policy *policy);
void paces_close(struct paces *paces);
void paces_trim(struct paces *paces); /* between orders */

/* It lives until paces_trim. */
MUST_USE enum outcome
paces_find(struct paces *paces, enum pace_stage stage, const struct pace_lanes *lanes,
           const struct outlook_pace **pace, struct fault *why);

/* By the products of an order, and the warehouses that send it: that of the slowest. */
MUST_USE enum outcome
paces_slowest(struct paces *paces, const char *const *warehouses, size_t warehouse_count,
              const char *const *skus, size_t sku_count, const struct outlook_pace **pace,
              struct fault *why);

/* All that has happened since is learned from, and its orders are due. */
MUST_USE enum outcome paces_learn(struct run *run, struct facts *facts, struct fault *why);

#endif
