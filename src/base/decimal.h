/* decimal.h -- exact decimals and money.  No double ever holds an amount.
 *
 * Amounts of money are int64_t minor units (cents) by the currency's ISO 4217 exponent.  Unit
 * prices, quantities and rates are int64_t millionths ("micros").  Products are computed in 128
 * bits and rounded once, by a named rule.
 */
#ifndef PURSER_DECIMAL_H
#define PURSER_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ISO C 17 has no 128-bit integer; gcc and clang do. */
__extension__ typedef __int128 int128;

enum { MICROS_PLACES = 6 };
#define MICROS INT64_C(1000000)

/* The most a price or quantity may be, in micros (one thousand million), so that no product of two
 * and no sum over a document of a million lines leaves its type. */
#define DECIMAL_MICROS_MAX (INT64_C(1000000000) * MICROS)

enum decimal_verdict {
    DECIMAL_FINE,
    DECIMAL_NOT_A_NUMBER,
    DECIMAL_TOO_PRECISE, /* more non-zero decimals than `places` */
    DECIMAL_TOO_LARGE,   /* does not fit int64_t at that scale */
};

/* Read "-12.50" at `places` decimals (2 gives -1250).  The mark is a point; no grouping, no
 * exponent, no blanks: whoever takes other notations rewrites them first.  *value is set only when
 * FINE. */
enum decimal_verdict decimal_parse(const char *text, int places, int64_t *value);

enum { DECIMAL_TEXT_SIZE = 32 };

/* Write with at least `places_min` and at most `places` decimals: (12500000, 6, 2) gives "12.50".
 */
char *decimal_format(char text[DECIMAL_TEXT_SIZE], int64_t value, int places, int places_min);

enum rounding {
    ROUND_HALF_UP,   /* halves away from zero: what invoices commonly use */
    ROUND_HALF_EVEN, /* halves to the even neighbour: IEEE 754, banker's rounding */
    ROUND_DOWN,      /* towards zero */
    ROUND_UP,        /* away from zero */
    ROUNDING_COUNT
};
extern const char *const rounding_names[ROUNDING_COUNT]; /* "half-up", ... */

/* Of what amounts the tax is rounded. */
enum tax_rounding { TAX_PER_LINE, TAX_PER_DOCUMENT, TAX_ROUNDING_COUNT };
extern const char *const tax_rounding_names[TAX_ROUNDING_COUNT]; /* "line", "document" */

/* numerator / denominator, rounded.  denominator > 0; the result must fit (asserted). */
int64_t decimal_divide(int128 numerator, int128 denominator, enum rounding rounding);

/* The same where the result may be wide. */
int128 decimal_divide_wide(int128 numerator, int128 denominator, enum rounding rounding);

/* For sorting: below 0, 0, above 0. */
static inline int
number_compare(int64_t one, int64_t other)
{
    return (one > other) - (one < other);
}

/* price_micros x quantity_micros as minor units of a currency with `exponent` decimals. */
int64_t
money_extend(int64_t price_micros, int64_t quantity_micros, int exponent, enum rounding rounding);

/* How many millionths of millionths a minor unit is: of price_micros x quantity_micros. */
int128 money_unit_picos(int exponent);

/* A sum of such products as minor units. */
int64_t money_of_picos(int128 amount_picos, int exponent, enum rounding rounding);

/* What a discount (125000 is 12.5 %, 0 to 1) leaves of an amount in millionths of millionths (at
 * most 10^31): in minor units, and in millionths of the currency unit, each rounded half up once.
 * False when so many millionths are more than 64 bits hold. */
int64_t money_discounted(int128 amount_picos, int64_t discount_micros, int exponent);
bool money_exact_micros(int128 amount_picos, int64_t discount_micros, int64_t *micros);

/* rate_micros (190000 is 19 %) of an amount in minor units. */
int64_t money_rate(int64_t amount_minor, int64_t rate_micros, enum rounding rounding);

/* Share total_minor by weights (none negative) with the largest-remainder method; equal remainders
 * go to the lower index.  The shares add up to the total exactly.  With all weights zero, all goes
 * to index 0. */
void money_share(int64_t total_minor, const int64_t *weights, size_t count, int64_t *shares_minor);

/* The number of decimals of an ISO 4217 currency code (2 for EUR, 0 for JPY, 3 for KWD), or -1 when
 * the code is not one we know. */
int currency_exponent(const char *code);

#endif
