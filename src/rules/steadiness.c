#include "rules/steadiness.h"

#include "base/decimal.h"

const char *const steadiness_names[STEADINESS_COUNT] = {"", "X", "Y", "Z"};

/* Up to here squares of twelve months, multiplied as below, stay within 128 bits. */
#define EXACT_MAX INT64_C(100000000000000000)

/* By how much to divide all of them: 1 but for quantities beyond a hundred thousand million. */
static int64_t
divisor_of(const int64_t months_micros[STEADINESS_MONTHS])
{
    int64_t divisor = 1;
    for (size_t index = 0; index < STEADINESS_MONTHS; index++) {
        while (months_micros[index] / divisor > EXACT_MAX ||
               months_micros[index] / divisor < -EXACT_MAX) {
            divisor *= 10;
        }
    }
    return divisor;
}

static bool
is_within(int128 variation, int128 square, int64_t most_micros)
{
    const int128 one = (int128)MICROS * MICROS;
    const int128 most = (int128)most_micros * most_micros;
    return variation <= square / one * most + square % one * most / one;
}

enum steadiness
steadiness_of(const int64_t months_micros[STEADINESS_MONTHS], int64_t x_most_micros,
              int64_t y_most_micros)
{
    const int64_t divisor = divisor_of(months_micros);
    int128 sum = 0;
    int128 squares = 0;
    for (size_t index = 0; index < STEADINESS_MONTHS; index++) {
        const int128 quantity = months_micros[index] / divisor;
        sum += quantity;
        squares += quantity * quantity;
    }
    if (sum <= 0) {
        return STEADINESS_UNKNOWN;
    }
    const int128 variation = STEADINESS_MONTHS * squares - sum * sum;
    return is_within(variation, sum * sum, x_most_micros)   ? STEADINESS_X
           : is_within(variation, sum * sum, y_most_micros) ? STEADINESS_Y
                                                            : STEADINESS_Z;
}
