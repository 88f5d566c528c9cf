/* gift_claims.h -- goods that promotions gave, that have left, and that what stays of an order does
 * not earn any more: what they are worth is claimed, or they are asked back first; private to
 * src/desk.
 *
 * By the terms of the latest cancellation that counts for them (rules/cancellation_fee.h), or of a
 * return whose refund does not cover it (rules/gift.h).  Of those asked back customer and warehouse
 * get an authorisation; what has not come when it expires is claimed then.  What comes after all is
 * given up again, by whatever way it comes. */
#ifndef PURSER_GIFT_CLAIMS_H
#define PURSER_GIFT_CLAIMS_H

#include "desk/cancel_claim.h"
#include "rules/gift.h"
#include "store/store_gift.h"

/* What is to be done of the order as the store knows it; count 0: nothing was given that has left,
 * or nothing says that it is claimed. */
struct gift_claims {
    bool has_terms;                /* else claims are given up alone */
    struct gift_order_terms terms; /* of a return cancellation is 0 */
    int64_t return_id;
    struct gift *gifts;
    size_t count;
};
/* `return_id` 0: of cancellations.  Everything lies in the arena. */
MUST_USE enum outcome
gift_claims_gather(struct run *run, const struct subject *subject, int64_t return_id,
                   struct arena *arena, struct gift_claims *claims, struct fault *why);

/* Ask back what is to be, and add a charge for each that is claimed, or asked back (of 0.00) to
 * those of a cancellation, which have room for as many. */
MUST_USE enum outcome gift_claims_add(const struct claim *claim, const struct gift_claims *claims,
                                      struct cancel_charges *charges, struct fault *why);

/* What was claimed too much is given up. */
struct gift_cut {
    bool is_any;
    int64_t gross_minor;
    int64_t cancellation; /* number of one whose claims became less; 0: of returns alone */
};
MUST_USE enum outcome gift_claims_cut(const struct claim *claim, const struct gift_claims *claims,
                                      struct gift_cut *cut, struct fault *why);

/* Something has left, or come back (by `return_id`), or has not come in time: claims follow, and
 * the customer is told.  In the caller's transaction. */
MUST_USE enum outcome gift_claims_follow(struct run *run, const struct subject *subject,
                                         int64_t return_id, struct fault *why);

#endif
