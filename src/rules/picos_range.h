/* picos_range.h -- between what a number lies: interval arithmetic.
 *
 * Sound: when each operand lies in its range, the result of the operation of picos.h lies in the
 * resulting range, or is an overflow.  That holds to the last decimal, as rounding is monotone.
 * Not exact: an operand that occurs twice is taken for two, so `x - x` lies around 0.
 *
 * An end that would be above PICOS_MAX becomes PICOS_MAX, and *may_overflow is set (it is never
 * cleared): what lies beyond is no result.
 */
#ifndef PURSER_PICOS_RANGE_H
#define PURSER_PICOS_RANGE_H

#include "rules/picos.h"

struct picos_range {
    int128 low, high; /* both are in it */
    bool skips_zero;  /* it leaves out 0 and all that is nearer to it than one millionth */
};

#define PICOS_RANGE_ALL ((struct picos_range){-PICOS_MAX, PICOS_MAX, false})

struct picos_range picos_range_of(int128 low, int128 high);

bool picos_range_holds(struct picos_range range, int128 value);
struct picos_range picos_range_join(struct picos_range one, struct picos_range other);

struct picos_range picos_range_negate(struct picos_range range);
struct picos_range picos_range_abs(struct picos_range range);
struct picos_range picos_range_least(struct picos_range one, struct picos_range other);
struct picos_range picos_range_greatest(struct picos_range one, struct picos_range other);

struct picos_range
picos_range_add(struct picos_range one, struct picos_range other, bool *may_overflow);
struct picos_range
picos_range_multiply(struct picos_range one, struct picos_range other, bool *may_overflow);
/* The divisor must not hold 0. */
struct picos_range
picos_range_divide(struct picos_range dividend, struct picos_range divisor, bool *may_overflow);

struct picos_range
picos_range_round(struct picos_range range, int places, enum rounding rounding, bool *may_overflow);
/* All of `step` must be above 0. */
struct picos_range
picos_range_floor(struct picos_range range, struct picos_range step, bool *may_overflow);
struct picos_range
picos_range_ceil(struct picos_range range, struct picos_range step, bool *may_overflow);

#endif
