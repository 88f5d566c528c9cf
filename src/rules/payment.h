/* payment.h -- what an order must be paid before it is released, and what the money that came makes
 * of it: pure, no I/O.
 *
 * What is asked is all of the gross, or the deposit's part of it, rounded half up.  A payment that
 * falls short of that by no more than the tolerance counts as all of it: the larger of a rate of
 * what is asked and an amount.
 */
#ifndef PURSER_PAYMENT_H
#define PURSER_PAYMENT_H

#include "order/lifecycle.h"
#include "order/payment_terms.h"

#include <stdbool.h>
#include <stdint.h>

struct payment_tolerance {
    int64_t rate_micros; /* of what is asked; 10000 is 1 % */
    int64_t minor;
};

struct payment_demand {
    int64_t required_minor; /* 0: nothing is asked */
    int64_t enough_minor;   /* so much counts as all of it; at least 1 where something is asked */
};

struct payment_demand payment_demand(const struct payment_terms *terms, int64_t gross_minor,
                                     const struct payment_tolerance *tolerance);

/* The terms of a customer, but of the kind that a change of an order asked for ("": theirs): who
 * has no deposit of its own is asked for `deposit_micros`. */
struct payment_terms
payment_terms_as(const struct payment_terms *customers, const char *asked, int64_t deposit_micros);

/* Do we get the money later, or less of it before the release? */
bool payment_is_worse(enum payment_kind kind, enum payment_kind than);

/* `net_minor` is what came, without what went back. */
enum payment_state payment_state(const struct payment_demand *demand, int64_t net_minor);

/* What is to go back to the customer, of an order that is approved. */
int64_t payment_owed(int64_t gross_minor, int64_t net_minor);

/* What is missing of `asked_minor`; 0: nothing. */
int64_t payment_open(int64_t asked_minor, int64_t net_minor);

/* The event that says so. */
enum order_event payment_event(enum payment_state state);

#endif
