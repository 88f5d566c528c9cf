/* tracking_read.h -- what may be seen of an order, out of the store; private to src/tracking. */
#ifndef PURSER_TRACKING_READ_H
#define PURSER_TRACKING_READ_H

#include "config/config.h"
#include "store/store_tracking.h"
#include "tracking/gazetteer.h"
#include "tracking/tracking.h"

struct tracking_source {
    struct store *store;
    const struct config *config;
    const struct gazetteer *places;
};

/* All of it in the arena. */
MUST_USE enum outcome tracking_read(const struct tracking_source *source, int64_t order_id,
                                    const struct tracked_order *order, struct arena *arena,
                                    struct tracking *tracking, struct fault *why);

#endif
