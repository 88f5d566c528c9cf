/* store_gift.h -- goods that promotions gave, when some of what they were given for goes back, or
 * is cancelled.
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

/* What of a line came back and is refunded; or is cancelled, which counts alone. */
struct gone_line {
    int64_t ordinal;          /* as in struct line_stand */
    struct package_claim all; /* in the unit of the line, or of a part of its packages */
    int64_t counted_micros;   /* of it, for goods that were given: not where these are kept */
};
/* What came back by ordinal and part, then what is cancelled; with what is asked for, or may come
 * back, or not. */
MUST_USE enum outcome
gone_lines(struct store *store, int64_t order_id, int64_t version, bool with_claims,
           struct arena *arena, struct gone_line **lines, size_t *count, struct fault *why);

/* What we have asked back ourselves (return_line.why 'gift'), by ordinal. */
struct asked_gift {
    int64_t ordinal;
    int64_t open_micros;   /* that may still come */
    int64_t lapsed_micros; /* that did not come in time */
};
MUST_USE enum outcome gifts_asked(struct store *store, int64_t order_id, struct arena *arena,
                                  struct asked_gift **items, size_t *count, struct fault *why);

/* What is kept for goods of an order so far, by whose credit notes: by ordinal and invoice. */
struct kept_gift {
    int64_t ordinal;
    int64_t invoice_id; /* 0: the order was never invoiced */
    int64_t net_minor;
    int64_t tax_minor;
};
MUST_USE enum outcome kept_gifts(struct store *store, int64_t order_id, struct arena *arena,
                                 struct kept_gift **items, size_t *count, struct fault *why);

/* What is claimed for them by charges, and not given up: by ordinal, of no invoice. */
MUST_USE enum outcome claimed_gifts(struct store *store, int64_t order_id, struct arena *arena,
                                    struct kept_gift **items, size_t *count, struct fault *why);

/* What of that was waived, likewise. */
MUST_USE enum outcome waived_gifts(struct store *store, int64_t order_id, struct arena *arena,
                                   struct kept_gift **items, size_t *count, struct fault *why);

/* By whose terms they are claimed: of the latest cancellation that counts for them.  NONE: none
 * does. */
struct gift_order_terms {
    int64_t cancellation; /* number of the order's cancellations */
    const char *gifts;    /* gift_terms_names */
    const char *clause;
    const char *waived_by;      /* who may; "": nobody */
    int64_t waive_up_to_micros; /* in the order's currency; -1: all */
};
MUST_USE enum outcome
gift_terms_cancelled(struct store *store, int64_t order_id, struct arena *arena,
                     struct gift_order_terms *terms, struct fault *why);
/* Those of a return are its clause.  NONE: nothing that came counts for them. */
MUST_USE enum outcome
gift_terms_returned(struct store *store, int64_t return_id, struct arena *arena,
                    const char **clause, struct fault *why);

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
