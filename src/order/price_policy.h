/* price_policy.h -- what was agreed with a partner for lines whose expected price is not ours, and
 * why an order may have to wait for its prices.
 *
 * A difference is within the tolerance when it is no larger than either of its two measures. */
#ifndef PURSER_PRICE_POLICY_H
#define PURSER_PRICE_POLICY_H

#include <stdint.h>

enum price_difference {
    DIFFERENCE_WARNS,
    DIFFERENCE_HOLDS, /* an approver decides */
    DIFFERENCE_REFUSES,
    DIFFERENCE_HOLDS_ORDER /* a hold on the order, whose releasers decide */
};
/* Of the freight that an order states. */
enum freight_policy { FREIGHT_STATED, FREIGHT_REFUSED };
struct price_policy {
    enum price_difference beyond; /* the tolerance; within it, it is told */
    int64_t tolerance_micros;     /* of our price: 10000 is 1 % */
    int64_t tolerance_minor;      /* of the net of the line */
    enum freight_policy freight;
};

/* Why somebody must decide about the prices of an order; stored as these bits. */
enum wait_reason {
    WAIT_EXPECTATION = 1 << 0, /* a line's expected price is too far from ours */
    WAIT_MANUAL = 1 << 1,      /* a manual price is further from ours than its person may go */
    WAIT_FLOOR = 1 << 2,       /* a line comes to less than it may */
};
enum { WAIT_REASON_COUNT = 3 };
extern const char *const wait_reason_names[WAIT_REASON_COUNT]; /* "price-differs": of bit 0, ... */

#endif
