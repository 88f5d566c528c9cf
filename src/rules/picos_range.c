#include "rules/picos_range.h"

#include <assert.h>

static int128
least(int128 one, int128 other)
{
    return one < other ? one : other;
}

static int128
greatest(int128 one, int128 other)
{
    return one > other ? one : other;
}

struct picos_range
picos_range_of(int128 low, int128 high)
{
    assert(low <= high);
    return (struct picos_range){.low = low, .high = high};
}

bool
picos_range_holds(struct picos_range range, int128 value)
{
    return range.low <= value && value <= range.high &&
           (!range.skips_zero || value <= -PICOS_PER_MICRO || value >= PICOS_PER_MICRO);
}

struct picos_range
picos_range_join(struct picos_range one, struct picos_range other)
{
    return picos_range_of(least(one.low, other.low), greatest(one.high, other.high));
}

struct picos_range
picos_range_negate(struct picos_range range)
{
    return (struct picos_range){-range.high, -range.low, range.skips_zero};
}

struct picos_range
picos_range_abs(struct picos_range range)
{
    if (range.low >= 0) {
        return range;
    }
    const int128 low = range.high < 0 ? -range.high : 0;
    return (struct picos_range){low, greatest(-range.low, range.high), range.skips_zero};
}

struct picos_range
picos_range_least(struct picos_range one, struct picos_range other)
{
    return picos_range_of(least(one.low, other.low), least(one.high, other.high));
}

struct picos_range
picos_range_greatest(struct picos_range one, struct picos_range other)
{
    return picos_range_of(greatest(one.low, other.low), greatest(one.high, other.high));
}

struct picos_range
picos_range_add(struct picos_range one, struct picos_range other, bool *may_overflow)
{
    struct picos_range sum = PICOS_RANGE_ALL;
    if (!picos_add(one.low, other.low, &sum.low)) {
        sum.low = one.low < 0 ? -PICOS_MAX : PICOS_MAX;
        *may_overflow = true;
    }
    if (!picos_add(one.high, other.high, &sum.high)) {
        sum.high = one.high < 0 ? -PICOS_MAX : PICOS_MAX;
        *may_overflow = true;
    }
    return sum;
}

/* For an operation whose extremes are at the ends of its operands. */
static struct picos_range
corners(bool operation(int128 one, int128 other, int128 *result), struct picos_range one,
        struct picos_range other, bool *may_overflow)
{
    const int128 ones[] = {one.low, one.high};
    const int128 others[] = {other.low, other.high};
    struct picos_range range = {PICOS_MAX, -PICOS_MAX, false};
    for (int corner = 0; corner < 4; corner++) {
        const int128 left = ones[corner / 2], right = others[corner % 2];
        int128 value = (left < 0) != (right < 0) ? -PICOS_MAX : PICOS_MAX;
        *may_overflow |= !operation(left, right, &value);
        range.low = least(range.low, value);
        range.high = greatest(range.high, value);
    }
    return range;
}

struct picos_range
picos_range_multiply(struct picos_range one, struct picos_range other, bool *may_overflow)
{
    return corners(picos_multiply, one, other, may_overflow);
}

/* A divisor on both sides of 0 is two. */
struct picos_range
picos_range_divide(struct picos_range dividend, struct picos_range divisor, bool *may_overflow)
{
    assert(!picos_range_holds(divisor, 0));
    const bool is_around = divisor.low <= 0 && divisor.high >= 0;
    if (!is_around) {
        return corners(picos_divide, dividend, divisor, may_overflow);
    }
    struct picos_range quotient = {PICOS_MAX, -PICOS_MAX, false};
    if (divisor.low < 0) {
        const struct picos_range below = picos_range_of(divisor.low, -PICOS_PER_MICRO);
        quotient = corners(picos_divide, dividend, below, may_overflow);
    }
    if (divisor.high > 0) {
        const struct picos_range above = picos_range_of(PICOS_PER_MICRO, divisor.high);
        const struct picos_range other = corners(picos_divide, dividend, above, may_overflow);
        quotient = divisor.low < 0 ? picos_range_join(quotient, other) : other;
    }
    return quotient;
}

struct picos_range
picos_range_round(struct picos_range range, int places, enum rounding rounding, bool *may_overflow)
{
    struct picos_range rounded = PICOS_RANGE_ALL;
    *may_overflow |= !picos_round(range.low, places, rounding, &rounded.low);
    *may_overflow |= !picos_round(range.high, places, rounding, &rounded.high);
    return rounded;
}

/* With one step it is monotone; with several the multiple is less than the largest step away, and
 * never on the other side of 0. */
struct picos_range
picos_range_floor(struct picos_range range, struct picos_range step, bool *may_overflow)
{
    struct picos_range multiple = PICOS_RANGE_ALL;
    assert(step.low > 0);
    if (step.low == step.high) {
        *may_overflow |= !picos_floor(range.low, step.low, &multiple.low);
        *may_overflow |= !picos_floor(range.high, step.low, &multiple.high);
        return multiple;
    }
    *may_overflow |= !picos_add(range.low, -step.high, &multiple.low);
    multiple.low = range.low >= 0 ? greatest(multiple.low, 0) : multiple.low;
    multiple.high = range.high;
    return multiple;
}

struct picos_range
picos_range_ceil(struct picos_range range, struct picos_range step, bool *may_overflow)
{
    return picos_range_negate(picos_range_floor(picos_range_negate(range), step, may_overflow));
}
