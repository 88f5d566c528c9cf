/* unpacking.h -- pieces of packages that came back, unit by unit; private to src/desk.
 *
 * The pieces of a part fill the units of its line in order (order/package.h).  With its first piece
 * a unit is opened: what it paid, and what the ledger of sales has of it, is written down then, so
 * that its parts add up to that whatever else comes back or is credited in between.  When all of
 * its parts are back it is sold no more; until then it is, for less. */
#ifndef PURSER_DESK_UNPACKING_H
#define PURSER_DESK_UNPACKING_H

#include "desk/refunding.h"
#include "desk/selling.h"
#include "order/invoice.h"
#include "store/store_package.h"
#include "store/store_sale.h"

struct unpacking {
    const struct refunding *refunding;
    const struct stored_return_line *line;
    struct package_part *parts; /* of the package */
    size_t part_count;
    size_t part;                /* which of them */
    int64_t *came_micros;       /* of each: refunded before, and of this as far as it is told */
    struct package_unit *units; /* that were opened */
    size_t unit_count, unit_capacity;
    struct sale_price sale; /* of the line, in the ledger of sales */
    int64_t *scratch;       /* room for package_share */
    int64_t rest_micros;    /* not told yet */
    /* Pieces at hand, all of one unit: */
    int64_t unit;          /* from 1 */
    int64_t before_micros; /* of the part and the unit, that came before */
    int64_t now_micros;
};

/* A part that is refunded, the index-th of the refunding. */
MUST_USE enum outcome
unpacking_begin(struct unpacking *unpacking, const struct refunding *refunding, size_t index,
                struct fault *why);

/* Brings the next pieces to hand.  False: that was all. */
bool unpacking_next(struct unpacking *unpacking);

/* Must their unit be opened?  Then with who charged it, and what it paid. */
bool unpacking_is_new(const struct unpacking *unpacking);
MUST_USE enum outcome unpacking_open(struct unpacking *unpacking, int64_t invoice_id,
                                     const struct invoice_amounts *paid, struct fault *why);

/* Who charged it, and what the pieces at hand paid of that. */
int64_t unpacking_invoice(const struct unpacking *unpacking);
struct invoice_amounts unpacking_paid(const struct unpacking *unpacking);

/* What they have in the ledger of sales is taken off, into `sold`; false: it knows none of them. */
bool unpacking_unsell(const struct unpacking *unpacking, struct sale_part *sold);

/* All pieces are told.  Units whose parts are all back now, from the first that was not on: they
 * are sold no more, which selling_return writes down. */
void unpacking_end(const struct unpacking *unpacking, struct sale_part *sold,
                   struct selling_unit_list *back);

#endif
