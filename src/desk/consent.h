/* consent.h -- an order against the approval matrix in force: the facts that the rule needs;
 * private to src/desk.
 *
 * Nothing is stored.  An order that is settled and one that is only tried go this way alike. */
#ifndef PURSER_CONSENT_H
#define PURSER_CONSENT_H

#include "config/config.h"
#include "desk/facts.h"
#include "rules/approve.h"
#include "store/store_approval.h"
#include "store/store_order.h"

struct consent {
    struct facts *facts;
    const struct config *config;
    const struct order *order;
    const struct price_facts *price_facts; /* that it is priced by */
    const struct approval_base *base;      /* the version that was approved before; NULL: none */
    const char *credit;                    /* verdict of rules/credit.h; NULL: not known */
};

/* The rate from the company's currency on the order's date; NULL: none is needed, or there is none
 * that is not too old. */
MUST_USE enum outcome
consent_rate(const struct consent *consent, const struct rate_fact **rate, struct fault *why);

/* Can anybody be asked about its prices?  Before it is priced; with room in `arena`. */
MUST_USE enum outcome
consent_can_ask(const struct consent *consent, struct arena *arena, bool *can, struct fault *why);

/* What the matrix looks at of an order that was priced, as consent_decide does. */
MUST_USE enum outcome
consent_matter(const struct consent *consent, const struct price_decision *price,
               const struct order_day *same_day, bool is_changed, struct arena *arena,
               struct approval_matter *matter, struct fault *why);

/* Who must consent to an order that was priced.  `same_day` is what the customer's orders that came
 * before it on its day come to.  Everything lies in `arena`. */
MUST_USE enum outcome
consent_decide(const struct consent *consent, const struct price_decision *price,
               const struct order_day *same_day, bool is_changed, struct arena *arena,
               struct approval_decision *decision, struct fault *why);

#endif
