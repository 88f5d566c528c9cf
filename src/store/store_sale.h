/* store_sale.h -- the ledger of what was sold: entries are added and never altered.
 *
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_SALE_H
#define PURSER_STORE_SALE_H

#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum sale_kind {
    SALE_ORDERED,   /* approved */
    SALE_CHANGED,   /* another version takes its place */
    SALE_CANCELLED, /* all of it, or a part */
    SALE_RETURNED,  /* goods came back, and are refunded */
    SALE_KIND_COUNT
};
extern const char *const sale_kind_names[SALE_KIND_COUNT]; /* "ordered", ... */

struct sale {
    int64_t order_id;
    int64_t version;
    enum sale_kind kind;
    int sign; /* 1: all lines of the version, -1: taken back, 0: the lines that are added to it */
    int32_t day;
    int64_t known_ms;
};
/* `sign` other than 0: the entry is whole with this. */
MUST_USE enum outcome
sale_add(struct store *store, const struct sale *sale, int64_t *id, struct fault *why);

/* Of an entry with sign 0: its lines, and then that they are all there. */
struct sale_part {
    int64_t ordinal;
    int64_t quantity_micros; /* below 0: less */
    int64_t list_minor;      /* without tax */
    int64_t net_minor;
    int64_t tax_minor;
    int64_t cost_minor; /* AMOUNT_NONE: not known */
};
MUST_USE enum outcome
sale_add_part(struct store *store, int64_t id, const struct sale_part *part, struct fault *why);
MUST_USE enum outcome sale_end(struct store *store, int64_t id, struct fault *why);

/* All that entries of a kind took off a version, into entry `id`: once more (1), or back (-1). */
MUST_USE enum outcome
sale_carry(struct store *store, int64_t id, int sign, const struct sale *from, struct fault *why);
/* Which kinds took something off it. */
MUST_USE enum outcome
sale_kinds_less(struct store *store, int64_t order_id, int64_t version,
                enum sale_kind kinds[SALE_KIND_COUNT], size_t *count, struct fault *why);

/* What a line was priced at, and how much of its quantity entries of a kind have taken off.  NONE:
 * it has no price (goods that are given). */
struct sale_price {
    int64_t ordered_micros;
    int64_t list_minor;
    int64_t net_minor;
    int64_t tax_minor;
    int64_t cost_minor; /* AMOUNT_NONE: not known */
    int64_t before_micros;
    int64_t all_micros; /* taken off by entries of any kind */
};
MUST_USE enum outcome sale_priced(struct store *store, const struct sale *of, int64_t ordinal,
                                  struct sale_price *price, struct fault *why);

/* Has the ledger anything of the order? */
MUST_USE enum outcome
sale_is_known(struct store *store, int64_t order_id, bool *is_known, struct fault *why);

/* The version of an order in force. */
MUST_USE enum outcome
sale_version(struct store *store, int64_t order_id, int64_t *version, struct fault *why);

#endif
