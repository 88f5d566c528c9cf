/* store_release.h -- what warehouses were told to send, and what they tell of that.
 *
 * Every function works within the caller's transaction. */
#ifndef PURSER_STORE_RELEASE_H
#define PURSER_STORE_RELEASE_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/progress_state.h"

#include <stdbool.h>
#include <stdint.h>

struct store;

/* What a partner tells of something: of what comes twice, once is enough. */
enum news_admission {
    NEWS_STORED,
    NEWS_KNOWN,    /* the very same was told before */
    NEWS_CONFLICT, /* the same of the same moment was told before, in other words */
};

MUST_USE enum outcome release_news_store(struct store *store, const char *warehouse,
                                         int64_t interchange_id, const struct release_status *news,
                                         enum news_admission *admission, struct fault *why);
/* The next of an interchange after the id; NONE after the last. */
MUST_USE enum outcome
release_news_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                  int64_t *id, struct release_status *news, struct fault *why);
/* It is about this release, and was late or not. */
MUST_USE enum outcome release_news_judge(struct store *store, int64_t id, int64_t release_id,
                                         bool is_late, struct fault *why);
MUST_USE enum outcome release_news_discard(struct store *store, int64_t id, struct fault *why);
/* Has nothing of this status been judged of the release yet? */
MUST_USE enum outcome release_news_is_first(struct store *store, int64_t release_id,
                                            const char *status, bool *is_first, struct fault *why);

struct stored_release {
    int64_t id;
    int64_t order_id;
    int64_t number;
    const char *warehouse;
    struct progress standing; /* its state is an enum release_state; no cause */
    struct latest ship_day;
};
/* NONE: the order has no release of this number. */
MUST_USE enum outcome
release_find(struct store *store, int64_t order_id, int64_t number, struct arena *arena,
             struct stored_release *release, struct fault *why);
/* How much of an order line, by the partner's number of it, the release asks for; NONE: nothing. */
MUST_USE enum outcome
release_line_quantity(struct store *store, int64_t release_id, const char *order_line,
                      int64_t *quantity_micros, struct fault *why);
MUST_USE enum outcome
release_stand(struct store *store, const struct stored_release *release, struct fault *why);

/* A shipment left at the moment: releases of which all has left by now are shipped; when
 * `is_complete`, nothing more of the order will leave. */
MUST_USE enum outcome release_ship(struct store *store, int64_t order_id, int64_t shipped_ms,
                                   bool is_complete, struct fault *why);

#endif
