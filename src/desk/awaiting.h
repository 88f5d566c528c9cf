/* awaiting.h -- orders that our price list gives no price: they wait, and are priced again as soon
 * as other master data are in force; private to src/desk.
 *
 * Nothing is wrong with such an order, so it is not refused; a formula of ours has no result for
 * it.  A person can set the price (desk_set_price) or reject the order (desk_decide). */
#ifndef PURSER_AWAITING_H
#define PURSER_AWAITING_H

#include "config/run.h"
#include "desk/appraise.h"
#include "desk/flow.h"

/* The order, in state 'received', waits from now on; the appraisal is of one that is held. */
MUST_USE enum outcome await_price(struct run *run, struct facts *facts, struct subject *subject,
                                  const struct order *order, const struct appraisal *appraisal,
                                  const struct cause *cause, struct fault *why);

/* Those that were not priced by the master data now in force, each in a transaction of its own. */
MUST_USE enum outcome awaiting_work(struct run *run, struct facts *facts, struct fault *why);

#endif
