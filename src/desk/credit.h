/* credit.h -- orders beyond what their customers may owe are held; private to src/desk.  (The rule
 * is rules/credit.h.) */
#ifndef PURSER_DESK_CREDIT_H
#define PURSER_DESK_CREDIT_H

#include "config/run.h"
#include "desk/facts.h"
#include "desk/flow.h"

/* An order with its price. */
struct credit_order {
    const char *number;
    const char *customer;
    enum payment_kind terms; /* who pays before needs no credit, whatever the list says */
    const char *currency;
    int64_t gross_minor;
};

/* The order, in state 'received', is about to wait or to be approved: hold it when it goes beyond
 * what its customer may owe, unless a person has let go of an earlier version of it.  In the
 * caller's transaction.  *verdict is left alone where no limit of the customer is known. */
MUST_USE enum outcome credit_check(struct run *run, struct facts *facts, struct subject *subject,
                                   const struct credit_order *order, int64_t interchange_id,
                                   struct arena *arena, const char **verdict, struct fault *why);

/* What would be decided of it, with nothing stored: *goes_beyond says whether it would be held. */
MUST_USE enum outcome
credit_ask(struct run *run, struct facts *facts, const struct credit_order *order,
           struct arena *arena, const char **verdict, bool *goes_beyond, struct fault *why);

/* Those that are held are looked at again, a customer's first that came first, when something has
 * changed for the customer: other orders have left, or finance has sent another list. */
MUST_USE enum outcome credit_work(struct run *run, struct facts *facts, struct fault *why);

#endif
