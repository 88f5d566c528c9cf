/* Each operation is computed so that nothing on the way leaves 128 bits (1.7 x 10^38), and judged
 * against PICOS_MAX (10^36 as an integer) at the end. */
#include "rules/picos.h"

#include <assert.h>

static int128
magnitude(int128 value)
{
    return value < 0 ? -value : value;
}

static bool
keep(int128 value, int128 *result)
{
    if (magnitude(value) > PICOS_MAX) {
        return false;
    }
    *result = value;
    return true;
}

static int128
power_of_ten(int exponent)
{
    int128 power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

bool
picos_add(int128 one, int128 other, int128 *sum)
{
    return keep(one + other, sum);
}

/* (whole + part) x (whole + part), where only part x part has to be rounded. */
bool
picos_multiply(int128 one, int128 other, int128 *product)
{
    const int128 one_whole = magnitude(one) / PICOS, one_part = magnitude(one) % PICOS;
    const int128 other_whole = magnitude(other) / PICOS, other_part = magnitude(other) % PICOS;
    if (other_whole > 0 && one_whole > PICOS_MAX / PICOS / other_whole) {
        return false;
    }
    const int128 value = one_whole * other_whole * PICOS + one_whole * other_part +
                         one_part * other_whole +
                         decimal_divide_wide(one_part * other_part, PICOS, ROUND_HALF_UP);
    return keep((one < 0) != (other < 0) ? -value : value, product);
}

/* Long division, a decimal a step. */
bool
picos_divide(int128 dividend, int128 divisor, int128 *quotient)
{
    const int128 by = magnitude(divisor);
    assert(by > 0);
    int128 value = magnitude(dividend) / by;
    int128 rest = magnitude(dividend) % by;
    for (int place = 0; place < PICOS_PLACES; place++) {
        value = value * 10 + rest * 10 / by;
        rest = rest * 10 % by;
        if (value > PICOS_MAX) {
            return false;
        }
    }
    value += rest >= by - rest;
    return keep((dividend < 0) != (divisor < 0) ? -value : value, quotient);
}

bool
picos_round(int128 value, int places, enum rounding rounding, int128 *rounded)
{
    assert(places >= PICOS_ROUND_PLACES_MIN && places <= PICOS_ROUND_PLACES_MAX);
    const int128 step = power_of_ten(PICOS_PLACES - places);
    return keep(decimal_divide_wide(value, step, rounding) * step, rounded);
}

bool
picos_floor(int128 value, int128 step, int128 *multiple)
{
    assert(step > 0);
    const int128 over = value % step;
    return keep(value - over - (over < 0 ? step : 0), multiple);
}

bool
picos_ceil(int128 value, int128 step, int128 *multiple)
{
    assert(step > 0);
    const int128 over = value % step;
    return keep(value - over + (over > 0 ? step : 0), multiple);
}

enum decimal_verdict
picos_parse(const char *text, size_t size, int128 *value)
{
    int128 number = 0;
    int decimals = -1;
    for (size_t at = 0; at < size; at++) {
        if (text[at] == '.' && decimals < 0) {
            decimals = 0;
        } else if (text[at] < '0' || text[at] > '9') {
            return DECIMAL_NOT_A_NUMBER;
        } else if (decimals < PICOS_PLACES) {
            number = number * 10 + (text[at] - '0');
            decimals += decimals >= 0;
        } else if (text[at] != '0') {
            return DECIMAL_TOO_PRECISE;
        }
        if (number > PICOS_MAX) {
            return DECIMAL_TOO_LARGE;
        }
    }
    if (size == 0 || text[0] == '.' || text[size - 1] == '.') {
        return DECIMAL_NOT_A_NUMBER;
    }
    const int128 scale = power_of_ten(PICOS_PLACES - (decimals < 0 ? 0 : decimals));
    if (number > PICOS_MAX / scale) {
        return DECIMAL_TOO_LARGE;
    }
    *value = number * scale;
    return DECIMAL_FINE;
}

char *
picos_format(char text[PICOS_TEXT_SIZE], int128 value, bool is_money)
{
    char reversed[PICOS_TEXT_SIZE] = {0};
    int128 rest = magnitude(value);
    const int places_min = is_money || rest % PICOS != 0 ? 2 : 0;
    int places = PICOS_PLACES;
    while (places > places_min && rest % 10 == 0) {
        rest /= 10;
        places--;
    }
    int count = 0;
    while (rest > 0 || count <= places) {
        reversed[count++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    char *at = text;
    if (value < 0) {
        *at++ = '-';
    }
    while (count-- > 0) {
        *at++ = reversed[count];
        if (count == places && places > 0) {
            *at++ = '.';
        }
    }
    *at = '\0';
    return text;
}

bool
picos_to(int128 value, int places, enum rounding rounding, int64_t limit, int64_t *result)
{
    assert(places >= 0 && places <= PICOS_PLACES && limit >= 0);
    const int128 whole = decimal_divide_wide(value, power_of_ten(PICOS_PLACES - places), rounding);
    if (magnitude(whole) > limit) {
        return false;
    }
    *result = (int64_t)whole;
    return true;
}
