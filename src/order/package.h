/* package.h -- packages of which parts come back: pure.
 *
 * The pieces of a part fill the units of an order line in order: the k-th that comes back is of the
 * unit that k pieces fill.  A unit of which a piece came back, or may, is opened: it does not come
 * back as a whole any more, but all that is left of it may.  Whole units and opened ones together
 * are never more than have left. */
#ifndef PURSER_PACKAGE_H
#define PURSER_PACKAGE_H

#include <stddef.h>
#include <stdint.h>

/* Of one order line: a part of its packages. */
struct package_part {
    const char *sku;
    const char *unit;
    int64_t per_micros; /* in one unit of the line */
    int64_t all_micros; /* in all of the line */
    int64_t list_minor; /* what all of it costs by the list: the weight of its share */
};

/* Of one order line so much came back, or may. */
struct package_claim {
    const char *part;   /* SKU; "": whole units */
    int64_t per_micros; /* of a part; 0 */
    int64_t micros;
};

/* So many units do so many pieces fill, or begin. */
int64_t package_units(int64_t micros, int64_t per_micros);

/* Of whole units what was claimed; and so much of units that were opened, by the part of which most
 * came.  Claims of the same part count together. */
int64_t package_whole(const struct package_claim *claims, size_t count);
int64_t package_opened(const struct package_claim *claims, size_t count);

/* What may still come back of what has left: of a part ("": whole units) of so much per unit. */
int64_t package_left(const struct package_claim *claims, size_t count, int64_t shipped_micros,
                     const char *part, int64_t per_micros);

/* Of an amount of one unit: what its parts have of it is their share by the list, and of that the
 * pieces from `before_micros` up to `after_micros` of the part have theirs.  All pieces of all
 * parts add up to the amount exactly.  `scratch` has room for two of each part. */
int64_t package_share(int64_t unit_minor, const struct package_part *parts, size_t count,
                      size_t part, int64_t before_micros, int64_t after_micros, int64_t *scratch);

#endif
