/* gifts.h -- what of the goods that promotions gave to an order is not earned any more by what
 * stays of it (rules/gift.h); private to src/desk.
 *
 * What stays is what was ordered less what came back by lines whose terms count goods that were
 * given, and less what was cancelled by clauses that do not let them be kept; what is cancelled
 * otherwise counts as if it had stayed.  It is priced again as the order was; when it cannot be,
 * all stays earned.
 *
 * One of the goods is worth what its promotion says, or else what the product cost by the lists
 * that the order was priced by; what has no price is worth nothing. */
#ifndef PURSER_DESK_GIFTS_H
#define PURSER_DESK_GIFTS_H

#include "config/run.h"
#include "rules/gift.h"
#include "store/store_gift.h"

struct gift_matter {
    struct run *run;
    int64_t order_id;
    int64_t version;
    const char *partner;
    const struct gone_line *now; /* goes back, beside what the store knows */
    size_t now_count;
    bool with_claims; /* the store's with what may come back, or not yet */
};

/* Those that have left, by ordinal; none of an order that got none.  In the arena. */
MUST_USE enum outcome gifts_gather(const struct gift_matter *matter, struct arena *arena,
                                   struct gift **gifts, size_t *count, struct fault *why);

#endif
