/* store_plan.h -- orders in line for stock: what they need, what they have been promised of it, and
 * what warehouses were told to send.
 *
 * Every function works within the caller's transaction. */
#ifndef PURSER_STORE_PLAN_H
#define PURSER_STORE_PLAN_H

#include "base/arena.h"
#include "base/fault.h"
#include "config/config.h"
#include "order/lifecycle.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* What the place of an order in line hangs on, when it enters. */
struct plan_facts {
    const char *currency;
    int64_t net_minor;
    int32_t day; /* that it was priced on */
    int64_t class;
    const char *delivery; /* delivery_rule_names; "": the company's */
    int64_t rates_id;     /* of the exchange rates in force; 0: none */
};
MUST_USE enum outcome plan_facts(struct store *store, int64_t order_id, int64_t version,
                                 struct arena *arena, struct plan_facts *facts, struct fault *why);

/* It enters the line with all that its lines take, and is due.  Quantities in the product's unit.
 */
MUST_USE enum outcome
plan_enter(struct store *store, int64_t order_id, int64_t version, const char *delivery,
           int64_t class, int64_t worth_minor, struct fault *why);

/* The next version of one in line: the lines that it has not got enter, and it is due. */
MUST_USE enum outcome
plan_grow(struct store *store, int64_t order_id, int64_t version, struct fault *why);

/* The days that all of it was promised for, as first and as last; DAY_NONE. */
struct plan_promise {
    int32_t first;
    int32_t last;
};
MUST_USE enum outcome plan_promise_get(struct store *store, int64_t order_id,
                                       struct plan_promise *promise, struct fault *why);
MUST_USE enum outcome plan_promise_put(struct store *store, int64_t order_id,
                                       const struct plan_promise *promise, struct fault *why);

/* Is it in line?  0: it never was, or was taken out. */
MUST_USE enum outcome
plan_version(struct store *store, int64_t order_id, int64_t *version, struct fault *why);

/* The next planning looks at it; it has looked; it was taken out of the line, without what it had
 * been promised. */
MUST_USE enum outcome plan_set_due(struct store *store, int64_t order_id, struct fault *why);
MUST_USE enum outcome plan_done(struct store *store, int64_t order_id, struct fault *why);
MUST_USE enum outcome plan_delete(struct store *store, int64_t order_id, struct fault *why);

/* There is more of a product: who waits for it is due. */
MUST_USE enum outcome plan_product_due(struct store *store, const char *sku, struct fault *why);
/* The first product that there is more or less of; NONE: none is left. */
MUST_USE enum outcome
plan_product_next(struct store *store, struct arena *arena, const char **sku, struct fault *why);
/* It has been looked at: the orders that still need it are due. */
MUST_USE enum outcome plan_product_done(struct store *store, const char *sku, struct fault *why);

/* All orders that are due get their places, unless some have one from a planning that was
 * interrupted. */
MUST_USE enum outcome plan_begin(struct store *store, struct fault *why);

struct plan_order {
    int64_t order_id;
    int64_t version;
    const char *partner;
    const char *number;
    enum approval_state approval;
    enum fulfilment_state fulfilment;
    enum payment_state payment;
    enum delivery_rule delivery;
    int32_t promised;    /* DAY_NONE */
    int64_t place;       /* in line, from 1 */
    const char *country; /* where it goes */
    const char *region;
    int64_t class;
    bool was_planned;
};
enum { PLAN_BATCH = 128 };
/* The first PLAN_BATCH of those that have a place. */
MUST_USE enum outcome plan_next(struct store *store, struct arena *arena,
                                struct plan_order **orders, size_t *count, struct fault *why);

struct plan_line {
    int64_t ordinal;
    int64_t part;
    const char *sku;
    int64_t unit_micros; /* one unit of the order line takes so much */
    int64_t needed_micros;
    int64_t cancelled_micros;
    int64_t released_micros;
    int64_t shipped_micros;
    int32_t promised;   /* DAY_NONE */
    const char *number; /* these three of the order line */
    const char *unit;
    int64_t quantity_micros;
};
/* What nobody was told to send yet. */
static inline int64_t
plan_line_open(const struct plan_line *line)
{
    const int64_t gone = line->released_micros + line->cancelled_micros;
    return gone < line->needed_micros ? line->needed_micros - gone : 0;
}
/* By ordinal and part; none of an order that is not in line. */
MUST_USE enum outcome plan_lines(struct store *store, int64_t order_id, struct arena *arena,
                                 struct plan_line **lines, size_t *count, struct fault *why);
/* Its three quantities have changed. */
MUST_USE enum outcome plan_line_moved(struct store *store, int64_t order_id,
                                      const struct plan_line *line, struct fault *why);
MUST_USE enum outcome
plan_line_told(struct store *store, int64_t order_id, const struct plan_line *line,
               int32_t ship_day, const char *trace, struct fault *why);
MUST_USE enum outcome
plan_promised(struct store *store, int64_t order_id, int32_t promised, struct fault *why);

struct allocation {
    int64_t order_id;
    int64_t ordinal;
    int64_t part;
    const char *source; /* promise_source_names of rules/promise.h */
    const char *warehouse;
    const char *reference;
    const char *sku;
    int64_t quantity_micros;
    int32_t day;
    int32_t start_day; /* of what is made; DAY_NONE */
    bool is_firm;
};
#define ALLOCATION_STOCK   "stock"
#define ALLOCATION_RECEIPT "receipt"
#define ALLOCATION_MAKE    "make"

MUST_USE enum outcome plan_allocations(struct store *store, int64_t order_id, struct arena *arena,
                                       struct allocation **items, size_t *count, struct fault *why);
/* All of a product, those of who stands first first. */
MUST_USE enum outcome plan_claims(struct store *store, const char *sku, struct arena *arena,
                                  struct allocation **items, size_t *count, struct fault *why);
/* Take it; give back so much of it.  What is reserved of the stock or the receipt follows. */
MUST_USE enum outcome
plan_allocate(struct store *store, const struct allocation *item, struct fault *why);
MUST_USE enum outcome plan_unallocate(struct store *store, const struct allocation *item,
                                      int64_t quantity_micros, struct fault *why);
/* A soft one, and the days of its plant, are firm from now on. */
MUST_USE enum outcome
plan_make_firm(struct store *store, const struct allocation *item, struct fault *why);
/* What is made for such a need is there on another day. */
MUST_USE enum outcome
plan_made_on(struct store *store, const struct allocation *made, struct fault *why);
/* The firm ones of the stock of a warehouse that a release is of, and how much of each is its own:
 * others may be of the same line. */
MUST_USE enum outcome
plan_released(struct store *store, int64_t release_id, struct arena *arena,
              struct allocation **items, int64_t **own_micros, size_t *count, struct fault *why);
/* Has the warehouse refused a release of the order, and not counted its stock since? */
MUST_USE enum outcome plan_is_refused(struct store *store, int64_t order_id, const char *warehouse,
                                      bool *is_refused, struct fault *why);
/* Has the plant refused, or stopped, what it was asked to make for such a need of this version, so
 * that it is not asked again as things stand? */
MUST_USE enum outcome plan_is_unmade(struct store *store, const struct allocation *need,
                                     int64_t version, bool *is_unmade, struct fault *why);
/* What is reserved of a product at a place is what was allocated of it. */
MUST_USE enum outcome
plan_mend(struct store *store, const char *warehouse, const char *sku, struct fault *why);

/* The first `max` orders that have been promised of a product. */
struct plan_holder {
    int64_t order_id;
    const char *partner;
    const char *number;
    int64_t quantity_micros;
    int32_t promised; /* DAY_NONE */
    int64_t class;
};
MUST_USE enum outcome
plan_holders(struct store *store, const char *sku, size_t max, struct arena *arena,
             struct plan_holder **items, size_t *count, struct fault *why);

struct plan_load {
    int32_t day;
    int64_t load_micros;
};
/* What is taken of a plant's days, from a day on. */
MUST_USE enum outcome
plan_loads(struct store *store, const char *plant, int32_t from, struct arena *arena,
           struct plan_load **items, size_t *count, struct fault *why);
MUST_USE enum outcome plan_load_add(struct store *store, const struct allocation *made,
                                    const struct plan_load *load, struct fault *why);

/* What a warehouse is told to send; `lines` 0: all of the order.  *id is its row. */
struct release_line {
    int64_t ordinal;
    int64_t quantity_micros; /* in the unit of the line */
};
struct release {
    const char *warehouse;
    const struct release_line *lines;
    size_t line_count;
};
MUST_USE enum outcome
release_add(struct store *store, int64_t order_id, int64_t version, const struct release *release,
            int64_t released_ms, int64_t *id, struct fault *why);

#endif
