/* Days and moments. */
#include "intake/field.h"

#include "base/date.h"

#include <assert.h>
#include <string.h>

enum { PARTS = 3 };

#define DAYS_EXPECTED "1900-01-01 … 2999-12-31"
static_assert(YEAR_MIN == 1900 && YEAR_MAX == 2999, "the text above");

/* The number of the digits at the front. */
static int
number_of(const char *digits, size_t width)
{
    int number = 0;
    for (size_t index = 0; index < width; index++) {
        number = number * 10 + (digits[index] - '0');
    }
    return number;
}

/* Up to three numbers of at most four digits with a separator between; false when it is something
 * else. */
static bool
split_date(const char *text, int numbers[PARTS], size_t widths[PARTS])
{
    static const char *const separators[] = {"-", "/", ".", "年", "月", "日"};
    for (int part = 0; part < PARTS; part++) {
        widths[part] = strspn(text, "0123456789");
        if (widths[part] == 0 || widths[part] > 4) {
            return false;
        }
        numbers[part] = number_of(text, widths[part]);
        text += widths[part];
        size_t length = 0;
        for (size_t index = 0; index < sizeof separators / sizeof separators[0]; index++) {
            const size_t size = strlen(separators[index]);
            if (strncmp(text, separators[index], size) == 0) {
                length = size;
            }
        }
        if (length == 0 && part < PARTS - 1) {
            return false;
        }
        /* After the day only 日 may stand. */
        text += part < PARTS - 1 || *text != '/' ? length : 0;
    }
    return *text == '\0';
}

static bool
is_possible(int year, int month, int day_of_month)
{
    return year >= YEAR_MIN && year <= YEAR_MAX && day_is_real(year, month, day_of_month);
}

static const char *
shown_day(const struct field *field, int year, int month, int day_of_month)
{
    return arena_format(field->arena, "%04d-%02d-%02d", year, month, day_of_month);
}

/* A date that is none of ours: it does not exist, or its year is none that we take. */
static bool
refuse_day(const struct field *field, int year, int month, int day_of_month)
{
    if (day_is_real(year, month, day_of_month)) {
        field_complain(field, M_FLD_DATE_RANGE, DAYS_EXPECTED, NULL);
    } else {
        field_complain(field, M_FLD_DATE_UNREAL, "YYYY-MM-DD", NULL);
    }
    return false;
}

static bool
take_parts(const struct field *field, int year, int month, int day_of_month, int32_t *day)
{
    if (!is_possible(year, month, day_of_month)) {
        return refuse_day(field, year, month, day_of_month);
    }
    *day = day_of(year, month, day_of_month);
    return true;
}

/* Day and month first: 05/06/2026 may be two dates, 24.11.2026 only one; neither is taken. */
static bool
refuse_year_last(const struct field *field, const int numbers[PARTS])
{
    const bool as_day_first = is_possible(numbers[2], numbers[1], numbers[0]);
    const bool as_month_first = is_possible(numbers[2], numbers[0], numbers[1]);
    const char *day_first = shown_day(field, numbers[2], numbers[1], numbers[0]);
    const char *month_first = shown_day(field, numbers[2], numbers[0], numbers[1]);
    if (as_day_first && as_month_first && numbers[0] != numbers[1]) {
        field_complain(field, M_FLD_DATE_AMBIGUOUS, "YYYY-MM-DD",
                       arena_format(field->arena, "%s / %s", day_first, month_first));
    } else if (as_day_first || as_month_first) {
        field_complain(field, M_FLD_DATE_ORDER, "YYYY-MM-DD",
                       as_day_first ? day_first : month_first);
    } else {
        const bool is_month_first = day_is_real(numbers[2], numbers[0], numbers[1]);
        refuse_day(field, numbers[2], numbers[is_month_first ? 0 : 1],
                   numbers[is_month_first ? 1 : 0]);
    }
    return false;
}

/* Digits alone: 20261124, or the day number of a spreadsheet, which counts from 1899-12-30. */
static bool
take_digits(const struct field *field, const char *text, int32_t *day)
{
    const size_t length = strlen(text);
    const int number = length <= 8 ? number_of(text, length) : 0;
    if (length == 8) {
        return take_parts(field, number / 10000, number / 100 % 100, number % 100, day);
    }
    if (length == 5 && number >= 30000) {
        char shown[DATE_TEXT_SIZE];
        field_complain(field, M_FLD_DATE_SERIAL, "YYYY-MM-DD",
                       day_format(shown, day_of(1899, 12, 30) + number));
        return false;
    }
    field_complain(field, M_FLD_DATE, "YYYY-MM-DD", NULL);
    return false;
}

/* Midnight behind a date says nothing. */
static const char *
without_midnight(const struct field *field, const char *text)
{
    static const char *const midnights[] = {" 00:00:00", " 00:00",    " 0:00",
                                            " 0:00:00",  "T00:00:00", "T00:00:00Z"};
    const size_t length = strlen(text);
    for (size_t index = 0; index < sizeof midnights / sizeof midnights[0]; index++) {
        const size_t size = strlen(midnights[index]);
        if (length > size && strcmp(text + length - size, midnights[index]) == 0) {
            return arena_copy_bytes(field->arena, text, length - size);
        }
    }
    return text;
}

bool
field_date(const struct field *field, int32_t *day)
{
    if (day_parse(field->text, day)) {
        return true;
    }
    int numbers[PARTS];
    size_t widths[PARTS];
    const char *text = without_midnight(field, field_clean(field));
    if (*text != '\0' && strspn(text, "0123456789") == strlen(text)) {
        return take_digits(field, text, day);
    }
    if (!split_date(text, numbers, widths) || (widths[0] != 4 && widths[2] != 4)) {
        field_complain(field, M_FLD_DATE, "YYYY-MM-DD", NULL);
        return false;
    }
    if (widths[0] == 4) {
        return take_parts(field, numbers[0], numbers[1], numbers[2], day);
    }
    return refuse_year_last(field, numbers);
}

/* Its day is wrong, or the rest. */
static bool
refuse_moment(const struct field *field, const char *text)
{
    int numbers[PARTS];
    size_t widths[PARTS];
    const char *day = arena_copy_bytes(field->arena, text, strcspn(text, "T "));
    if (split_date(day, numbers, widths) && widths[0] == 4 &&
        !is_possible(numbers[0], numbers[1], numbers[2])) {
        return refuse_day(field, numbers[0], numbers[1], numbers[2]);
    }
    field_complain(field, M_FLD_MOMENT, "YYYY-MM-DDThh:mm:ss+hh:mm", NULL);
    return false;
}

bool
field_moment(const struct field *field, int64_t *moment_ms)
{
    const char *text = field_clean(field);
    if (moment_parse(text, moment_ms)) {
        return true;
    }
    if (strchr(text, ':') != NULL) {
        return refuse_moment(field, text);
    }
    int32_t day;
    if (!field_date(field, &day)) {
        return false;
    }
    *moment_ms = day_begin(day);
    return true;
}
