#include "base/decimal.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const rounding_names[ROUNDING_COUNT] = {"half-up", "half-even", "down", "up"};

const char *const tax_rounding_names[TAX_ROUNDING_COUNT] = {"line", "document"};

/* Digits are gathered into a signed 128-bit number that stops growing past int64_t, so that any
 * length of input is judged without overflow. */
enum decimal_verdict
decimal_parse(const char *text, int places, int64_t *value)
{
    const bool negative = *text == '-';
    const char *at = text + (*text == '-' || *text == '+');
    const int128 limit = (int128)INT64_MAX;
    int128 number = 0;
    int digits = 0;
    int decimals = -1; /* -1: before the point */
    bool too_precise = false;
    for (; *at != '\0'; at++) {
        if (*at == '.' && decimals < 0) {
            decimals = 0;
        } else if (*at >= '0' && *at <= '9') {
            digits++;
            if (decimals >= places) {
                too_precise |= *at != '0';
                continue;
            }
            decimals += decimals >= 0;
            number = number > limit ? number : number * 10 + (*at - '0');
        } else {
            return DECIMAL_NOT_A_NUMBER;
        }
    }
    if (digits == 0) {
        return DECIMAL_NOT_A_NUMBER;
    }
    if (too_precise) {
        return DECIMAL_TOO_PRECISE;
    }
    for (int place = decimals < 0 ? 0 : decimals; place < places; place++) {
        number = number > limit ? number : number * 10;
    }
    if (number > limit) {
        return DECIMAL_TOO_LARGE;
    }
    *value = (int64_t)(negative ? -number : number);
    return DECIMAL_FINE;
}

char *
decimal_format(char text[DECIMAL_TEXT_SIZE], int64_t value, int places, int places_min)
{
    char reversed[DECIMAL_TEXT_SIZE] = {0};
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int count = 0;
    assert(places >= 0 && places <= 9 && places_min <= places);
    while (rest > 0 || count <= places) {
        reversed[count++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    int kept = places;
    while (kept > places_min && reversed[places - kept] == '0') {
        kept--;
    }
    char *at = text;
    if (value < 0) {
        *at++ = '-';
    }
    for (int index = count - 1; index >= places - kept; index--) {
        if (index == places - 1) {
            *at++ = '.';
        }
        *at++ = reversed[index];
    }
    *at = '\0';
    return text;
}

int128
decimal_divide_wide(int128 numerator, int128 denominator, enum rounding rounding)
{
    assert(denominator > 0);
    int128 quotient = numerator / denominator;
    const int128 remainder = numerator % denominator;
    const int128 magnitude = remainder < 0 ? -remainder : remainder;
    const int128 away = numerator < 0 ? -1 : 1;
    const int128 rest = denominator - magnitude; /* compared instead of doubling: no overflow */
    bool up = false;
    switch (rounding) {
    case ROUND_HALF_UP: up = magnitude >= rest; break;
    case ROUND_HALF_EVEN: up = magnitude > rest || (magnitude == rest && quotient % 2 != 0); break;
    case ROUND_DOWN: break;
    case ROUND_UP: up = magnitude != 0; break;
    case ROUNDING_COUNT: assert(!"no rule of rounding"); break;
    }
    return quotient + (up ? away : 0);
}

int64_t
decimal_divide(int128 numerator, int128 denominator, enum rounding rounding)
{
    const int128 quotient = decimal_divide_wide(numerator, denominator, rounding);
    assert(quotient >= INT64_MIN && quotient <= INT64_MAX);
    return (int64_t)quotient;
}

static int64_t
power_of_ten(int exponent)
{
    int64_t power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

int64_t
money_extend(int64_t price_micros, int64_t quantity_micros, int exponent, enum rounding rounding)
{
    return money_of_picos((int128)price_micros * quantity_micros, exponent, rounding);
}

int128
money_unit_picos(int exponent)
{
    assert(exponent >= 0 && exponent <= 4);
    return (int128)MICROS * MICROS / power_of_ten(exponent);
}

int64_t
money_of_picos(int128 amount_picos, int exponent, enum rounding rounding)
{
    return decimal_divide(amount_picos, money_unit_picos(exponent), rounding);
}

int64_t
money_discounted(int128 amount_picos, int64_t discount_micros, int exponent)
{
    return decimal_divide(amount_picos * (MICROS - discount_micros),
                          money_unit_picos(exponent) * MICROS, ROUND_HALF_UP);
}

bool
money_exact_micros(int128 amount_picos, int64_t discount_micros, int64_t *micros)
{
    const int128 exact = decimal_divide_wide(amount_picos * (MICROS - discount_micros),
                                             (int128)MICROS * MICROS, ROUND_HALF_UP);
    const bool fits = exact > INT64_MIN && exact < INT64_MAX;
    *micros = fits ? (int64_t)exact : 0;
    return fits;
}

int64_t
money_rate(int64_t amount_minor, int64_t rate_micros, enum rounding rounding)
{
    return decimal_divide((int128)amount_minor * rate_micros, MICROS, rounding);
}

/* Every share is rounded down; the units left over, fewer than `count`, go one each to the largest
 * remainders: what one share was short of by rounding it down. */
struct shortfall {
    int128 remainder;
    size_t index;
};

static int
compare_shortfalls(const void *one_pointer, const void *other_pointer)
{
    const struct shortfall *one = one_pointer;
    const struct shortfall *other = other_pointer;
    return one->remainder != other->remainder
               ? (one->remainder < other->remainder ? 1 : -1)
               : number_compare((int64_t)one->index, (int64_t)other->index);
}

/* One unit each to the `left` shares that are most short. */
static void
hand_out(struct shortfall *shortfalls, size_t count, int64_t left, int64_t *shares_minor)
{
    assert(left >= 0 && (uint64_t)left < count);
    if (left > 0) {
        qsort(shortfalls, count, sizeof *shortfalls, compare_shortfalls);
    }
    for (int64_t index = 0; index < left; index++) {
        shares_minor[shortfalls[index].index]++;
    }
}

void
money_share(int64_t total_minor, const int64_t *weights, size_t count, int64_t *shares_minor)
{
    int128 sum = 0;
    for (size_t index = 0; index < count; index++) {
        assert(weights[index] >= 0);
        sum += weights[index];
        shares_minor[index] = 0;
    }
    assert(count > 0);
    if (sum == 0) {
        shares_minor[0] = total_minor;
        return;
    }
    const int64_t sign = total_minor < 0 ? -1 : 1;
    int64_t left = total_minor * sign;
    struct shortfall *shortfalls = calloc(count, sizeof *shortfalls);
    assert(shortfalls != NULL);
    for (size_t index = 0; index < count; index++) {
        const int128 product = (int128)(total_minor * sign) * weights[index];
        shares_minor[index] = (int64_t)(product / sum);
        shortfalls[index] = (struct shortfall){product % sum, index};
        left -= shares_minor[index];
    }
    hand_out(shortfalls, count, left, shares_minor);
    free(shortfalls);
    for (size_t index = 0; index < count; index++) {
        shares_minor[index] *= sign;
    }
}

/* ISO 4217 (2024-06) list one, active codes: only those whose exponent is not 2 are told apart. */
int
currency_exponent(const char *code)
{
    static const char two[] = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL "
                              "BSD BTN BWP BYN BZD CAD CDF "
                              "CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
                              "GEL GHS GIP GMD GTQ GYD HKD "
                              "HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR "
                              "LRD LSL MAD MDL MGA MKD MMK "
                              "MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN "
                              "PGK PHP PKR PLN QAR RON RSD "
                              "RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB "
                              "TJS TMT TOP TRY TTD TWD TZS "
                              "UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG ";
    static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
    static const char three[] = "BHD IQD JOD KWD LYD OMR TND ";
    if (strlen(code) != 3 || strchr(code, ' ') != NULL) {
        return -1;
    }
    const char key[5] = {code[0], code[1], code[2], ' ', '\0'};
    return strstr(two, key) != NULL     ? 2
           : strstr(none, key) != NULL  ? 0
           : strstr(three, key) != NULL ? 3
                                        : -1;
}
