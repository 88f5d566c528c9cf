/* picos.h -- the numbers that formulas compute with: exact decimals of 12 places, in 128 bits.
 *
 * Millionths are enough for prices and quantities, but not on the way to them: 0.000125 for each
 * square millimetre, or a third.  So everything in between is kept in 10^-12 ("picos").  Sums are
 * exact.  A product and a quotient are rounded once, to the nearest picos, halves away from zero.
 *
 * Failure: what would be above PICOS_MAX is an overflow: the call returns false and sets nothing.
 */
#ifndef PURSER_PICOS_H
#define PURSER_PICOS_H

#include "base/decimal.h"
#include "base/fault.h"

enum { PICOS_PLACES = 12 };
#define PICOS           ((int128)INT64_C(1000000000000))
#define PICOS_PER_MICRO (PICOS / MICROS)

/* The most a number may be, with either sign: 10^24, so that two prices, a quantity and a measure
 * may be multiplied, and still two of the largest can be added in 128 bits. */
#define PICOS_MAX (PICOS * PICOS * PICOS)

MUST_USE bool picos_add(int128 one, int128 other, int128 *sum);
MUST_USE bool picos_multiply(int128 one, int128 other, int128 *product);
MUST_USE bool picos_divide(int128 dividend, int128 divisor, int128 *quotient); /* not by 0 */

/* Rounded to `places` decimals, which may be negative: -1 is to tens. */
enum { PICOS_ROUND_PLACES_MIN = -9, PICOS_ROUND_PLACES_MAX = PICOS_PLACES };
MUST_USE bool picos_round(int128 value, int places, enum rounding rounding, int128 *rounded);

/* The multiple of `step` (above 0) next below or above, or the value itself when it is one. */
MUST_USE bool picos_floor(int128 value, int128 step, int128 *multiple);
MUST_USE bool picos_ceil(int128 value, int128 step, int128 *multiple);

/* Read "12.50", of digits with at most one point between them. */
enum decimal_verdict picos_parse(const char *text, size_t size, int128 *value);

/* Write all decimals that are not zero: "0.000125", "-7.5"; but at least two, unless it is whole
 * and `is_money` is false: "7.50", "7". */
enum { PICOS_TEXT_SIZE = 48 };
char *picos_format(char text[PICOS_TEXT_SIZE], int128 value, bool is_money);

/* As an integer with `places` decimals (6: micros; a currency's exponent: minor units).  False when
 * it is above `limit`, with either sign. */
MUST_USE bool
picos_to(int128 value, int places, enum rounding rounding, int64_t limit, int64_t *result);

#endif
