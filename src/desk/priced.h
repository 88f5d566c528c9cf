/* priced.h -- what an order was priced at is stored; private to src/desk. */
#ifndef PURSER_PRICED_H
#define PURSER_PRICED_H

#include "desk/appraise.h"
#include "store/store_order.h"

/* An order version that was appraised (well), booked on a day. */
MUST_USE enum outcome
priced_store(struct store *store, const struct unpriced *order, const struct appraisal *appraisal,
             int32_t day, struct fault *why);

/* Behind how many of a version others come. */
struct priced_after {
    size_t lines;
    size_t reductions;
    size_t free_lines;
};

/* Lines that join those of an order version: `order` has them alone.  What they come to is added to
 * that of the others by the caller. */
MUST_USE enum outcome
priced_store_more(struct store *store, const struct unpriced *order,
                  const struct appraisal *appraisal, const struct priced_after *after,
                  struct arena *arena, struct fault *why);

#endif
