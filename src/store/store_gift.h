/* store_gift.h -- goods that promotions gave, when some of what they were given for goes back.
 *
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_GIFT_H
#define PURSER_STORE_GIFT_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/package.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* What of a line came back and is refunded. */
struct gone_line {
    int64_t ordinal;          /* as in struct line_stand */
    struct package_claim all; /* in the unit of the line, or of a part of its packages */
    int64_t counted_micros;   /* of it, for goods that were given: not where these are kept */
};
/* By ordinal and part; with what is asked for, or may come back, or not. */
MUST_USE enum outcome
gone_lines(struct store *store, int64_t order_id, bool with_claims, struct arena *arena,
           struct gone_line **lines, size_t *count, struct fault *why);

/* What is kept for goods of an order so far, by whose credit notes: by ordinal and invoice. */
struct kept_gift {
    int64_t ordinal;
    int64_t invoice_id; /* 0: the order was never invoiced */
    int64_t net_minor;
    int64_t tax_minor;
};
MUST_USE enum outcome kept_gifts(struct store *store, int64_t order_id, struct arena *arena,
                                 struct kept_gift **items, size_t *count, struct fault *why);

struct gift_keeping {
    int64_t return_id;
    struct kept_gift now; /* amounts below 0: given back */
    int64_t stay_micros;
    const char *clause;
    int64_t known_ms;
    const char *text[2]; /* by language */
};
MUST_USE enum outcome
gift_keep(struct store *store, const struct gift_keeping *keeping, struct fault *why);

/* What a promotion says that one of the goods is worth, in the currency's unit; 0: nothing. */
MUST_USE enum outcome gift_worth_said(struct store *store, int64_t order_id, int64_t version,
                                      int64_t ordinal, int64_t *worth_micros, struct fault *why);

#endif
