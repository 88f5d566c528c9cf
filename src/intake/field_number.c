/* Numbers.  What is written as it should be takes a short way; everything else is looked at
 * closely, so that the finding can say what is probably meant, but no number is ever guessed. */
#include "intake/field.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

static const char digits_text[] = "0123456789";

static const char *
shown_number(const struct field *field, int64_t value, int places)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(field->arena, decimal_format(text, value, places, 0));
}

static bool
in_range(const struct field *field, int places, int64_t min, int64_t max, int64_t number,
         int64_t *value)
{
    if (number < min || number > max) {
        const char *expected =
            arena_format(field->arena, "%s … %s", shown_number(field, min, places),
                         shown_number(field, max, places));
        field_complain(field, M_FLD_NUMBER_RANGE, expected, NULL);
        return false;
    }
    *value = number;
    return true;
}

/* Text without the characters of `unwanted`, and with `from` turned into `to`. */
static char *
rewritten(const struct field *field, const char *text, const char *unwanted, char from, char to)
{
    char *copy = arena_copy(field->arena, text);
    char *end = copy;
    for (const char *at = text; *at != '\0'; at++) {
        if (strchr(unwanted, *at) == NULL) {
            *end++ = *at == from ? to : *at;
        }
    }
    *end = '\0';
    return copy;
}

static bool
consists_of(const char *text, const char *allowed)
{
    return text[strspn(text, allowed)] == '\0' && strpbrk(text, digits_text) != NULL;
}

static size_t
occurrences(const char *text, char one)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += *text == one;
    }
    return count;
}

/* 1,234 or 1.234: one mark, one to three digits (not just 0) before it, exactly three behind it. */
static bool
may_be_grouped(const char *text, char mark)
{
    const char *digits = text + strspn(text, "+-");
    const size_t before = strspn(digits, digits_text);
    return before >= 1 && before <= 3 && *digits != '0' && digits[before] == mark &&
           strspn(digits + before + 1, digits_text) == 3 && digits[before + 4] == '\0';
}

/* The mark that comes last is the decimal one when both occur, or when it occurs once. */
static bool
refuse_marks(const struct field *field, const char *text)
{
    const size_t commas = occurrences(text, ',');
    const size_t points = occurrences(text, '.');
    const char *comma = strrchr(text, ',');
    const char *point = strrchr(text, '.');
    if (commas == 1 && points == 0 && !may_be_grouped(text, ',')) {
        field_complain(field, M_FLD_NUMBER_COMMA, NULL, rewritten(field, text, " '", ',', '.'));
    } else if (commas + points == 1 && may_be_grouped(text, commas == 1 ? ',' : '.')) {
        const char *whole = rewritten(field, text, ",. '", 0, 0);
        field_complain(
            field, M_FLD_NUMBER_AMBIGUOUS, NULL,
            arena_format(field->arena, "%s / %s", whole, rewritten(field, text, " '", ',', '.')));
    } else {
        const bool comma_is_decimal = commas == 1 && points > 0 && comma > point;
        const char *unwanted = comma_is_decimal ? ". '" : points > 1 ? ",. '" : ", '";
        field_complain(field, M_FLD_NUMBER_GROUPED, NULL,
                       rewritten(field, text, unwanted, comma_is_decimal ? ',' : '.', '.'));
    }
    return false;
}

/* Say what is wrong with a text that is no number. */
static bool
refuse_number(const struct field *field, const char *text)
{
    if (consists_of(text, "0123456789OoIl.,+-") && strpbrk(text, "OoIl") != NULL) {
        char *better = rewritten(field, text, "", 'O', '0');
        for (char *at = better; *at != '\0'; at++) {
            *at = *at == 'o' ? '0' : *at == 'I' || *at == 'l' ? '1' : *at;
        }
        field_complain(field, M_FLD_NUMBER_LETTER, NULL, better);
        return false;
    }
    const size_t front = strspn(text, "+-0123456789.,");
    if (front > 0 && (text[front] == 'E' || text[front] == 'e') &&
        consists_of(text + front + 1, "+-0123456789")) {
        field_complain(field, M_FLD_NUMBER_EXPONENT, NULL, NULL);
        return false;
    }
    if (consists_of(text, "0123456789., '+-") && strpbrk(text, "., '") != NULL) {
        return refuse_marks(field, text);
    }
    field_complain(field, M_FLD_NUMBER, NULL, NULL);
    return false;
}

/* '12 and ="12" are digits that a spreadsheet kept as text. */
static const char *
without_marks(const struct field *field, const char *text)
{
    const size_t length = strlen(text);
    const char *bare = text;
    if (text[0] == '\'') {
        bare = text + 1;
    } else if (length > 3 && text[0] == '=' && text[1] == '"' && text[length - 1] == '"') {
        bare = arena_copy_bytes(field->arena, text + 2, length - 3);
    }
    if (bare != text) {
        field_complain(field, M_FLD_SPREADSHEET_MARK, NULL, bare);
    }
    return bare;
}

/* `text` is clean. */
static bool
take_number(const struct field *field, const char *text, int places, int64_t min, int64_t max,
            int64_t *value)
{
    int64_t number = 0;
    text = without_marks(field, text);
    if (field->has_decimal_comma) {
        if (may_be_grouped(text, '.') || may_be_grouped(text, ',')) {
            return refuse_marks(field, text);
        }
        if (occurrences(text, ',') == 1 && strchr(text, '.') == NULL) {
            text = rewritten(field, text, "", ',', '.');
        }
    }
    switch (decimal_parse(text, places, &number)) {
    case DECIMAL_FINE: return in_range(field, places, min, max, number, value);
    case DECIMAL_TOO_LARGE: return in_range(field, places, min, max, INT64_MAX, value);
    case DECIMAL_TOO_PRECISE:
        field_complain(field, M_FLD_NUMBER_PRECISE, arena_format(field->arena, "%d", places), NULL);
        return false;
    case DECIMAL_NOT_A_NUMBER: break;
    }
    return refuse_number(field, text);
}

bool
field_number(const struct field *field, int places, int64_t min, int64_t max, int64_t *value)
{
    int64_t number;
    if (!field->has_decimal_comma && decimal_parse(field->text, places, &number) == DECIMAL_FINE &&
        number >= min && number <= max) {
        *value = number;
        return true;
    }
    return take_number(field, field_clean(field), places, min, max, value);
}

bool
field_quantity(const struct field *field, int64_t *quantity_micros)
{
    return field_number(field, MICROS_PLACES, 1, DECIMAL_MICROS_MAX, quantity_micros);
}

/* Without a currency sign in front or 元 behind; NULL when there is none. */
static const char *
without_sign(const struct field *field, const char *text)
{
    static const char *const fronts[] = {"¥", "￥", "$", "€", "£"};
    static const char *const backs[] = {"元", "€", "$"};
    for (size_t index = 0; index < sizeof fronts / sizeof fronts[0]; index++) {
        const size_t length = strlen(fronts[index]);
        if (strncmp(text, fronts[index], length) == 0) {
            return text_normalise(field->arena, text + length);
        }
    }
    const size_t size = strlen(text);
    for (size_t index = 0; index < sizeof backs / sizeof backs[0]; index++) {
        const size_t length = strlen(backs[index]);
        if (size > length && strcmp(text + size - length, backs[index]) == 0) {
            return text_normalise(field->arena,
                                  arena_copy_bytes(field->arena, text, size - length));
        }
    }
    return NULL;
}

bool
field_price(const struct field *field, int64_t *price_micros)
{
    int64_t number;
    if (!field->has_decimal_comma &&
        decimal_parse(field->text, MICROS_PLACES, &number) == DECIMAL_FINE && number >= 0 &&
        number <= DECIMAL_MICROS_MAX) {
        *price_micros = number;
        return true;
    }
    const char *text = field_clean(field);
    const char *bare = without_sign(field, text);
    if (!take_number(field, bare == NULL ? text : bare, MICROS_PLACES, 0, DECIMAL_MICROS_MAX,
                     price_micros)) {
        return false;
    }
    if (bare != NULL) {
        field_complain(field, M_FLD_PRICE_SIGN, NULL, bare);
    }
    return true;
}

bool
field_percent(const struct field *field, int64_t percent_min, int64_t *rate_micros)
{
    /* Percent at four places is the rate in millionths. */
    enum { PERCENT_PLACES = 4, PERCENT_MAX = 1000000, ONE_PERCENT = 10000 };
    const char *text = field_clean(field);
    const size_t length = strlen(text);
    if (length > 1 && text[length - 1] == '%') {
        text = text_normalise(field->arena, arena_copy_bytes(field->arena, text, length - 1));
    }
    int64_t rate = 0;
    if (!take_number(field, text, PERCENT_PLACES, percent_min * ONE_PERCENT, PERCENT_MAX, &rate)) {
        return false;
    }
    if (rate != 0 && rate > -ONE_PERCENT && rate < ONE_PERCENT &&
        strchr(field->text, '%') == NULL) {
        field_complain(field, M_FLD_PERCENT, NULL, shown_number(field, rate * 100, PERCENT_PLACES));
        return false;
    }
    *rate_micros = rate;
    return true;
}

bool
field_degrees(const struct field *field, int64_t most, int64_t *degrees_micros)
{
    enum { PLACES_READ = 9, BEYOND = 1000 };
    const int64_t scale = INT64_C(1000000000);
    int64_t nanos = 0;
    if (!field_number(field, PLACES_READ, -most * scale, most * scale, &nanos)) {
        return false;
    }
    const int64_t half = nanos < 0 ? -BEYOND / 2 : BEYOND / 2;
    *degrees_micros = (nanos + half) / BEYOND;
    return true;
}
