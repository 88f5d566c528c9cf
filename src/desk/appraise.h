/* appraise.h -- an order is priced as the desk prices it, whoever asks: an order of a file, one
 * that a person asks about, or one of the past that is priced again.
 *
 * Nothing is stored.  All orders go this way, so that an answer given beforehand and the booking
 * cannot differ. */
#ifndef PURSER_APPRAISE_H
#define PURSER_APPRAISE_H

#include "config/config.h"
#include "desk/facts.h"
#include "order/finding.h"
#include "rules/price.h"

/* The arena of an order that is appraised: the order itself (ORDER_BYTES_MAX), as much again for
 * its trace and what else is decided, its promotions, and the rest for the prices of its lines. */
enum {
    APPRAISAL_PRICES_MAX = 256 * 1024 * 1024,
    APPRAISAL_BYTES_MAX = 2 * ORDER_BYTES_MAX + PROMOTION_ORDER_BYTES_MAX + APPRAISAL_PRICES_MAX
};

/* Lines from this one on are priced as if they had been ordered on another day. */
struct appraise_since {
    size_t line;         /* its index */
    struct facts *facts; /* of that day */
    int32_t day;
};

struct appraiser {
    struct facts *facts;
    const struct config *config;
    const struct partner *partner;      /* whose order it is */
    const struct appraise_since *since; /* NULL: all lines alike */
};

struct appraisal {
    bool is_good; /* priced, and for a customer that is named; else findings say why not, */
    bool is_held; /* and it is our price list that must be mended, not the order */
    struct price_facts facts;
    struct price_decision decision;
};

/* Who orders when nobody has: the partner of the order's customer.  Of a customer that is not
 * known, or whose partner is not configured, it is `stranger`, filled for it.  Sets
 * appraiser->partner. */
MUST_USE enum outcome appraise_partner(struct appraiser *appraiser, const struct order *order,
                                       struct partner *stranger, struct fault *why);

/* Facts, policy and price of an order that has a date and a currency; an order that names no
 * customer gets the partner's.  One whose lines have more prices than there is room for is not
 * priced.  Everything lies in `arena`, or in the facts. */
MUST_USE enum outcome
appraise(const struct appraiser *appraiser, struct order *order, struct arena *arena,
         struct findings *findings, struct appraisal *appraisal, struct fault *why);

/* Why the order of an appraisal that is not good has no price: the first finding that refuses it,
 * or else that holds it. */
const struct finding *appraisal_reason(const struct findings *findings);

#endif
