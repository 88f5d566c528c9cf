/* field.h -- one field of a file, from its text to a typed value, with findings about what is wrong
 * with it.
 *
 * Every format uses these, so that the same mistake gets the same code everywhere.  A text comes in
 * as it stood in the file, valid UTF-8.  Each function says true and sets the value when it can be
 * used (a finding of severity info or warning may have been added: a corrected or doubtful value),
 * and says false after a finding of severity error, with the value untouched.  An empty text is the
 * caller's business (required or not): never call them with "".
 */
#ifndef PURSER_FIELD_H
#define PURSER_FIELD_H

#include "order/finding.h"
#include "order/order.h"

#include <stdbool.h>
#include <stdint.h>

struct code_lists; /* code_list.h */

/* A field and where it stands.  `arena` takes the results. */
struct field {
    struct arena *arena;
    struct findings *findings;
    const struct code_lists *lists; /* reading->lists */
    const char *name;               /* column "quantity" or element path "line/quantity" */
    const char *text;               /* as it stood in the file */
    struct place place;
    const char *order_number; /* "" when about no order */
    const char *order_line;   /* "" when about no line */
    bool text_stays; /* the text lives as long as the arena: results may point into it instead of
                        being copied */
    bool is_plain; /* the text is known to be printable ASCII (a speed-up; false is always right) */
    bool has_decimal_comma; /* the file's dialect writes 12,50 */
};

/* Add a finding about this field; expected and hint may be NULL. */
void field_complain(const struct field *field, enum message code, const char *expected,
                    const char *hint);

/* The text by NFKC, trimmed; what all of these begin with. */
const char *field_clean(const struct field *field);

/* Free text: NFKC, outer blanks trimmed, what nobody sees taken out (with a remark), control
 * characters but line feed and tab refused, at most length_max characters (not bytes); 0: only
 * FIELD_BYTES_MAX. */
bool field_text(const struct field *field, size_t length_max, const char **value);

/* Order numbers, SKUs, codes: as field_text, one line, and marks of damage by a spreadsheet
 * (1.23E+17, ="...", a leading apostrophe) are repaired with a remark or refused. */
bool field_code(const struct field *field, size_t length_max, const char **value);

/* A decimal number at `places` decimals, min <= value <= max.  Full-width digits, thousands
 * separators and letters that look like digits get findings of their own. */
bool field_number(const struct field *field, int places, int64_t min, int64_t max, int64_t *value);

/* A coordinate up to `most` degrees from 0, in micros; of up to nine decimals the last three
 * are rounded. */
bool field_degrees(const struct field *field, int64_t most, int64_t *degrees_micros);
/* field_number for prices: also takes a currency sign (¥, ￥, $, €) before or 元 after, with a
 * remark. */
bool field_price(const struct field *field, int64_t *price_micros);
/* Above zero, at most DECIMAL_MICROS_MAX. */
bool field_quantity(const struct field *field, int64_t *quantity_micros);

/* A rate in percent, "19" or "19%", as micros (190000): from percent_min (0, or -100 for changes)
 * to 100. */
bool field_percent(const struct field *field, int64_t percent_min, int64_t *rate_micros);

/* 2026-11-24, 2026/11/24, 20261124, 2026年11月24日; what could be two dates is refused. */
bool field_date(const struct field *field, int32_t *day);

/* RFC 3339, or a date alone. */
bool field_moment(const struct field *field, int64_t *moment_ms);

bool field_currency(const struct field *field,
                    const char **currency); /* ISO 4217; 元 is CNY with a remark */
bool field_unit(const struct field *field,
                const char **unit); /* UN/ECE Rec 20, from schemas/units.csv */
bool
field_country(const struct field *field, const char **country); /* ISO 3166-1 alpha-2, also names */
bool field_email(const struct field *field,
                 const char **email); /* a doubtful one is taken, with a warning */

bool field_order_type(const struct field *field, enum order_type *type);

/* "name=value|name=value" into option rows, "A|B" into coupons: for CSV. */
bool field_options(const struct field *field, struct order_line *line);
bool field_coupons(const struct field *field, struct order *order);

#endif
