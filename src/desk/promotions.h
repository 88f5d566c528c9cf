/* promotions.h -- the decision table of promotions, from the store to the rule; private to
 * src/desk.
 *
 * A table has at most PROMOTIONS_MAX rows and PROMOTION_TEXT_MAX characters of text, which its
 * check sees to; so it is read whole. */
#ifndef PURSER_PROMOTIONS_H
#define PURSER_PROMOTIONS_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/order.h"
#include "rules/price.h"

#include <stddef.h>
#include <stdint.h>

struct facts;
struct store;

enum {
    PROMOTION_TEXT_MAX = 8 * 1024 * 1024,
    PROMOTION_BYTES_MAX = 256 * 1024 * 1024, /* arena of a table and what is made of it */
    PROMOTION_ORDER_BYTES_MAX =
        64 * 1024 * 1024, /* what is known and comes of them for one order */
};

/* The rows of a version as the rule takes them, by code, into the arena. */
MUST_USE enum outcome
promotions_read(struct store *store, int64_t version_id, struct arena *arena,
                struct promotion **promotions, size_t *count, struct fault *why);

/* The table in force, made once for each version: it lives until the master data change. */
struct promotion_book {
    struct arena arena;
    const struct promotion_table *table; /* NULL: not read yet */
};

/* What promotions need to know about an order whose other facts are there; the customer is known.
 * What others used of a promotion is asked for each order, so the one before counts.  NONE: it is
 * too much for one order. */
MUST_USE enum outcome
promotions_of_order(struct facts *facts, const struct order *order, struct arena *arena,
                    struct price_facts *price_facts, struct fault *why);

#endif
