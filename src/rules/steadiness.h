/* steadiness.h -- how evenly something is sold from month to month: XYZ, pure.
 *
 * By the coefficient of variation of the months' quantities, their standard deviation (of exactly
 * these months) by their mean.  Whole numbers alone: with n months, sum S and sum of squares Q it
 * is at most t exactly when n*Q - S*S <= t*t * S*S. */
#ifndef PURSER_STEADINESS_H
#define PURSER_STEADINESS_H

#include <stddef.h>
#include <stdint.h>

enum steadiness {
    STEADINESS_UNKNOWN, /* nothing was sold, or as much came back */
    STEADINESS_X,       /* at most x_most_micros */
    STEADINESS_Y,       /* at most y_most_micros */
    STEADINESS_Z,
    STEADINESS_COUNT
};
extern const char *const steadiness_names[STEADINESS_COUNT]; /* "", "X", "Y", "Z" */

enum { STEADINESS_MONTHS = 12 };

/* Coefficients in millionths, at most ten millions. */
enum steadiness steadiness_of(const int64_t months_micros[STEADINESS_MONTHS], int64_t x_most_micros,
                              int64_t y_most_micros);

#endif
