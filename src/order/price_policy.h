/* price_policy.h -- what was agreed with a partner for lines whose expected price is not ours.
 *
 * A difference is within the tolerance when it is no larger than either of its two measures. */
#ifndef PURSER_PRICE_POLICY_H
#define PURSER_PRICE_POLICY_H

#include <stdint.h>

enum price_difference { DIFFERENCE_WARNS, DIFFERENCE_HOLDS, DIFFERENCE_REFUSES };
struct price_policy {
    enum price_difference beyond; /* the tolerance; within it, it is told */
    int64_t tolerance_micros;     /* of our price: 10000 is 1 % */
    int64_t tolerance_minor;      /* of the net of the line */
};

#endif
