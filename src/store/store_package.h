/* store_package.h -- packages of which parts come back (order/package.h).
 *
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_PACKAGE_H
#define PURSER_STORE_PACKAGE_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/package.h"

#include <stdbool.h>

struct store;

/* Of an order line; none: it is no package. */
MUST_USE enum outcome
package_read_parts(struct store *store, int64_t order_id, int64_t version, int64_t ordinal,
                   struct arena *arena, struct package_part **parts, size_t *count,
                   struct fault *why);

/* Of a part its category, and is it made as ordered. */
MUST_USE enum outcome
package_part_product(struct store *store, const char *part, struct arena *arena,
                     const char **category, bool *is_made, struct fault *why);

/* What came back of an order line, by part: with what may; but for what waits; and of parts what is
 * refunded alone. */
enum package_claims { PACKAGE_CLAIMED, PACKAGE_TAKEN, PACKAGE_REFUNDED };
MUST_USE enum outcome
package_read_claims(struct store *store, enum package_claims which, int64_t order_id,
                    const char *number, struct arena *arena, struct package_claim **claims,
                    size_t *count, struct fault *why);

/* So much of an order line has left. */
MUST_USE enum outcome package_shipped(struct store *store, int64_t order_id, const char *number,
                                      int64_t *shipped_micros, struct fault *why);

/* A unit that was opened, and what it paid: see table return_unit. */
struct package_unit {
    int64_t unit;       /* from 1 */
    int64_t invoice_id; /* 0: none charged it */
    int64_t net_minor, tax_minor;
    bool is_sold;
    int64_t sold_list_minor, sold_net_minor, sold_tax_minor;
    int64_t sold_cost_minor; /* AMOUNT_NONE: not known */
    bool is_back;
};
MUST_USE enum outcome
package_read_units(struct store *store, int64_t order_id, int64_t ordinal, struct arena *arena,
                   struct package_unit **units, size_t *count, struct fault *why);
MUST_USE enum outcome package_open_unit(struct store *store, int64_t order_id, int64_t ordinal,
                                        const struct package_unit *unit, struct fault *why);
/* All parts of it came back. */
MUST_USE enum outcome package_unit_came(struct store *store, int64_t order_id, int64_t ordinal,
                                        int64_t unit, struct fault *why);

#endif
