/* store_production.h -- what plants were asked to make, what they tell of it, and what it does to
 * the stock.
 *
 * Every function works within the caller's transaction. */
#ifndef PURSER_STORE_PRODUCTION_H
#define PURSER_STORE_PRODUCTION_H

#include "store/store_release.h"

/* One request, and where its order stands. */
struct production {
    int64_t id;
    int64_t order_id;
    const char *partner; /* whose order */
    int64_t order_version;
    const char *approval; /* these three by name */
    const char *fulfilment;
    const char *payment;
    int64_t version; /* of the order when the plant was asked */
    int64_t ordinal;
    int64_t part;
    const char *plant;
    int64_t number;
    const char *warehouse;
    const char *sku;
    int64_t quantity_micros;
    int64_t done_micros;
    int32_t start_day;
    int32_t finish_day;
    int64_t asked_ms;
    struct progress standing; /* its state is an enum production_state */
    struct latest expected;   /* a day */
    struct latest cost;       /* in minor units */
};

/* Add it as asked, with the next number of its plant and the materials by the list in force; fills
 * id and number. */
MUST_USE enum outcome
production_add(struct store *store, struct production *production, struct fault *why);
/* NONE: the plant has no request of this number. */
MUST_USE enum outcome
production_find(struct store *store, const char *plant, int64_t number, struct arena *arena,
                struct production *production, struct fault *why);
/* The next open one (asked, accepted, started or late) of an order line and part after the id;
 * ordinal 0: of any. */
MUST_USE enum outcome production_open_next(struct store *store, int64_t order_id, int64_t ordinal,
                                           int64_t part, int64_t after, struct arena *arena,
                                           struct production *production, struct fault *why);
/* Has a plant begun what is made for an order line and part, and not finished it? */
MUST_USE enum outcome production_has_begun(struct store *store, int64_t order_id, int64_t ordinal,
                                           int64_t part, bool *has_begun, struct fault *why);
MUST_USE enum outcome
production_stand(struct store *store, const struct production *production, struct fault *why);

/* ---- news, as in store_release.h ---- */

MUST_USE enum outcome
production_news_store(struct store *store, const char *plant, int64_t interchange_id,
                      const struct production_status *news, enum news_admission *admission,
                      struct fault *why);
MUST_USE enum outcome production_news_next(struct store *store, int64_t interchange_id,
                                           int64_t after, struct arena *arena, int64_t *id,
                                           struct production_status *news, struct fault *why);
MUST_USE enum outcome production_news_judge(struct store *store, int64_t id, int64_t production_id,
                                            bool is_late, struct fault *why);
MUST_USE enum outcome production_news_discard(struct store *store, int64_t id, struct fault *why);
MUST_USE enum outcome
production_news_is_first(struct store *store, int64_t production_id, const char *status,
                         bool *is_first, struct fault *why);

/* ---- materials ---- */

/* What one unit takes of materials. */
struct production_material {
    const char *sku;
    int64_t quantity_micros; /* for one unit */
};
MUST_USE enum outcome
production_materials(struct store *store, int64_t production_id, struct arena *arena,
                     struct production_material **items, size_t *count, struct fault *why);

#endif
