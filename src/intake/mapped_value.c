/* One value of ours from a row of the partner's. */
#include "intake/mapped.h"

#include "base/decimal.h"
#include "base/text.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN_BYTES = 80, YEARS_DIGITS = 4 };

void
mapped_complain(struct mapped *mapped, const struct mapped_value *value, enum message code,
                const char *text, const char *expected)
{
    int64_t cell = 0;
    const char *origin = mapped_origin(mapped, value, &cell);
    const char *ours = mapped->column;
    mapped->is_wrong = true;
    findings_add(
        &mapped->pending,
        &(struct finding){.code = code,
                          .place = {mapped->row.line, cell},
                          .field = *ours == '\0' ? origin
                                   : *origin == '\0'
                                       ? ours
                                       : arena_format(&mapped->arena, "%s (%s)", origin, ours),
                          .value = text_show(&mapped->arena, text, strlen(text), SHOWN_BYTES),
                          .expected = expected});
}

/* ---- columns ---- */

static bool
is_nothing(const struct mapping *mapping, const char *text)
{
    return text_among(text, mapping->nothing, mapping->nothing_count);
}

/* Without outer blanks; "" also for what means nothing. */
static const char *
trimmed(struct mapped *mapped, const char *text)
{
    const char *begin = text + strspn(text, " \t");
    size_t size = strlen(begin);
    while (size > 0 && (begin[size - 1] == ' ' || begin[size - 1] == '\t')) {
        size--;
    }
    const char *clean =
        begin[size] == '\0' && begin == text ? text : arena_copy_bytes(&mapped->arena, begin, size);
    return is_nothing(mapped->mapping, clean) ? "" : clean;
}

static enum outcome
column_text(struct mapped *mapped, const struct mapped_value *value, const char **text,
            struct fault *why)
{
    const struct mapped_slot *slot = &mapped->mapping->slots[value->slot];
    const size_t cell = mapped->cells[value->slot];
    if (slot->source > 0) {
        TRY(mapped_joined_cell(mapped, value->slot, text, why));
    } else {
        *text = cell < mapped->row.count ? mapped->row.bytes + mapped->row.cells[cell].offset : "";
    }
    *text = trimmed(mapped, *text);
    return DONE;
}

/* ---- numbers ---- */

/* 1.234,56 as 1234.56, if the mark is a comma; groups have three digits.  NULL: no number. */
static char *
plain_number(struct mapped *mapped, const char *text)
{
    const char mark = mapped->mapping->decimal;
    const char group = mark == ',' ? '.' : ',';
    char *plain = arena_copy(&mapped->arena, text);
    char *end = plain;
    const char *at = text;
    size_t digits = 0; /* since the last mark */
    bool has_groups = false, has_mark = false, has_digit = false;
    if (*at == '-' || *at == '+') {
        *end = *at++;
        end += *end == '-';
    }
    for (; *at != '\0'; at++) {
        if (*at >= '0' && *at <= '9') {
            *end++ = *at;
            digits++;
            has_digit = true;
        } else if (*at == mark && !has_mark && (!has_groups || digits == 3)) {
            *end++ = '.';
            has_mark = true;
            digits = 0;
        } else if (mapped->mapping->groups && (*at == group || *at == '\'' || *at == ' ') &&
                   !has_mark && (has_groups ? digits == 3 : digits >= 1 && digits <= 3)) {
            has_groups = true;
            digits = 0;
        } else {
            return NULL;
        }
    }
    *end = '\0';
    return has_digit && !(has_groups && !has_mark && digits != 3) ? plain : NULL;
}

/* Decimals behind those that are kept, rounded half up, from the text: it may have any number. */
static bool
parse_rounded(char *plain, int places, int64_t *micros)
{
    char *point = strchr(plain, '.');
    const size_t decimals = point == NULL ? 0 : strlen(point + 1);
    bool is_up = false;
    if (places >= 0 && decimals > (size_t)places) {
        is_up = point[1 + places] >= '5';
        point[1 + places] = '\0';
    }
    if (decimal_parse(plain, MICROS_PLACES, micros) != DECIMAL_FINE ||
        *micros > DECIMAL_MICROS_MAX || *micros < -DECIMAL_MICROS_MAX) {
        return false;
    }
    int64_t step = MICROS;
    for (int place = 0; place < places; place++) {
        step /= 10;
    }
    if (is_up) {
        *micros += plain[0] == '-' ? -step : step;
    }
    return true;
}

static bool
parse_number(struct mapped *mapped, const struct mapped_value *value, const char *text, int places,
             int64_t *micros)
{
    char *plain = plain_number(mapped, text);
    if (plain != NULL && parse_rounded(plain, places, micros)) {
        return true;
    }
    mapped_complain(mapped, value, M_MAP_NUMBER, text,
                    mapped->mapping->decimal == ',' ? "12,50" : "12.50");
    return false;
}

const char *
mapped_number(struct mapped *mapped, const char *text)
{
    char *plain = mapped->mapping->groups ? plain_number(mapped, text) : NULL;
    char *point = plain == NULL ? NULL : strchr(plain, '.');
    if (point != NULL) {
        *point = mapped->mapping->decimal;
    }
    return plain == NULL ? text : plain;
}

/* As the file writes numbers, for that is how they are read. */
static const char *
number_text(struct mapped *mapped, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    char *copy = arena_copy(&mapped->arena, decimal_format(text, micros, MICROS_PLACES, 0));
    char *point = strchr(copy, '.');
    if (point != NULL) {
        *point = mapped->mapping->decimal;
    }
    return copy;
}

/* Constants are written with a point, whatever the file does. */
static bool
operand(struct mapped *mapped, const struct mapped_value *part, const char *text, int64_t *micros)
{
    return part->kind == MAPPED_CONSTANT &&
                   decimal_parse(text, MICROS_PLACES, micros) == DECIMAL_FINE
               ? *micros <= DECIMAL_MICROS_MAX && *micros >= -DECIMAL_MICROS_MAX
               : parse_number(mapped, part, text, -1, micros);
}

static bool
calculate(enum mapped_kind kind, int128 left, int128 right, int64_t *result)
{
    int128 value = left;
    switch (kind) {
    case MAPPED_ADD: value = left + right; break;
    case MAPPED_SUBTRACT: value = left - right; break;
    case MAPPED_MULTIPLY: value = decimal_divide_wide(left * right, MICROS, ROUND_HALF_UP); break;
    default:
        if (right == 0) {
            return false;
        }
        value = decimal_divide_wide((right < 0 ? -left : left) * MICROS, right < 0 ? -right : right,
                                    ROUND_HALF_UP);
        break;
    }
    *result = (int64_t)value;
    return value <= DECIMAL_MICROS_MAX && value >= -DECIMAL_MICROS_MAX;
}

/* Of an empty part nothing can be calculated, and that is no mistake. */
static enum outcome
arithmetic(struct mapped *mapped, const struct mapped_value *value, const char **text,
           struct fault *why)
{
    int64_t result = 0;
    *text = "";
    for (size_t index = 0; index < value->part_count; index++) {
        const struct mapped_value *part = &value->parts[index];
        const char *here;
        int64_t micros = 0;
        TRY(mapped_text(mapped, part, &here, why));
        if (*here == '\0' || !operand(mapped, part, here, &micros)) {
            return DONE;
        }
        if (index > 0 && !calculate(value->kind, result, micros, &result)) {
            mapped_complain(mapped, value, M_MAP_NUMBER, here, "");
            return DONE;
        }
        result = index == 0 ? micros : result;
    }
    *text = number_text(mapped, result);
    return DONE;
}

/* ---- texts ---- */

static enum outcome
together(struct mapped *mapped, const struct mapped_value *value, const char **text,
         struct fault *why)
{
    const char *whole = "";
    for (size_t index = 0; index < value->part_count; index++) {
        const char *here;
        TRY(mapped_text(mapped, &value->parts[index], &here, why));
        if (*here != '\0') {
            whole = *whole == '\0'
                        ? here
                        : arena_format(&mapped->arena, "%s%s%s", whole, value->text, here);
        }
        if (strlen(whole) > FIELD_BYTES_MAX) {
            mapped_complain(mapped, value, M_MAP_LONG, whole, "16384");
            whole = "";
            break;
        }
    }
    *text = whole;
    return DONE;
}

static enum outcome
first_filled(struct mapped *mapped, const struct mapped_value *value, const char **text,
             struct fault *why)
{
    *text = "";
    for (size_t index = 0; index < value->part_count && **text == '\0'; index++) {
        TRY(mapped_text(mapped, &value->parts[index], text, why));
    }
    return DONE;
}

/* \x1F is no text of a file's that means anything. */
static enum outcome
count_rows(struct mapped *mapped, const struct mapped_value *value, const char **text,
           struct fault *why)
{
    const struct mapped_value joined = {.kind = MAPPED_TEXT,
                                        .text = "\x1F",
                                        .parts = value->parts,
                                        .part_count = value->part_count,
                                        .places = -1};
    const char *key;
    TRY(together(mapped, &joined, &key, why));
    *text = arena_format(&mapped->arena, "%" PRId64, mapped_count(mapped, value, key));
    return DONE;
}

static const char *
translated(struct mapped *mapped, const struct mapped_value *value, const char *text)
{
    for (size_t index = 0; index < value->table_count; index++) {
        if (strcmp(value->table[index].from, text) == 0) {
            return value->table[index].to;
        }
    }
    if (value->is_strict && *text != '\0') {
        const char *expected = "";
        for (size_t index = 0; index < value->table_count && strlen(expected) < 200; index++) {
            expected = arena_format(&mapped->arena, "%s%s%s", expected, index == 0 ? "" : ", ",
                                    value->table[index].from);
        }
        mapped_complain(mapped, value, M_MAP_TABLE, text, expected);
        return "";
    }
    return value->otherwise == NULL || *text == '\0' ? text : value->otherwise;
}

enum outcome
mapped_text(struct mapped *mapped, const struct mapped_value *value, const char **text,
            struct fault *why)
{
    switch (value->kind) {
    case MAPPED_COLUMN: TRY(column_text(mapped, value, text, why)); break;
    case MAPPED_CONSTANT: *text = value->text; break;
    case MAPPED_TEXT: TRY(together(mapped, value, text, why)); break;
    case MAPPED_FIRST: TRY(first_filled(mapped, value, text, why)); break;
    case MAPPED_NUMBER: TRY(count_rows(mapped, value, text, why)); break;
    default: TRY(arithmetic(mapped, value, text, why)); break;
    }
    if (value->table_count > 0) {
        *text = translated(mapped, value, *text);
    }
    if (value->places >= 0 && **text != '\0') {
        int64_t micros;
        *text = parse_number(mapped, value, *text, value->places, &micros)
                    ? number_text(mapped, micros)
                    : "";
    }
    return DONE;
}

/* ---- dates ---- */

enum date_part { PART_YEAR, PART_MONTH, PART_DAY, PART_HOUR, PART_MINUTE, PART_SECOND, PART_COUNT };

static const char part_letters[] = "ymdhns";

/* A number of digits: all of a year of four; one or two of the others. */
static bool
take_number(const char **at, size_t width, int *number)
{
    const size_t most = width > 2 ? YEARS_DIGITS : 2;
    size_t digits = 0;
    *number = 0;
    while (digits < most && (*at)[digits] >= '0' && (*at)[digits] <= '9') {
        *number = *number * 10 + ((*at)[digits++] - '0');
    }
    *at += digits;
    return digits > 0 && (width <= 2 || digits == YEARS_DIGITS);
}

static bool
take_date(const char *form, const char *text, int parts[PART_COUNT])
{
    while (*form != '\0') {
        if (*form == '[' && *text == '\0') {
            return true;
        }
        if (*form == '[' || *form == ']') {
            form++;
            continue;
        }
        const char *letter = strchr(part_letters, *form);
        if (letter == NULL) {
            if (*form++ != *text++) {
                return false;
            }
            continue;
        }
        const size_t width = strspn(form, (const char[]){*form, '\0'});
        form += width;
        if (!take_number(&text, width, &parts[letter - part_letters])) {
            return false;
        }
        if (*letter == 'y' && width == 2) {
            parts[PART_YEAR] += parts[PART_YEAR] < 70 ? 2000 : 1900;
        }
    }
    return *text == '\0';
}

const char *
mapped_date(struct mapped *mapped, const struct mapped_column *column, bool is_moment,
            const char *text)
{
    int parts[PART_COUNT] = {0};
    if (!take_date(column->dates, text, parts) || parts[PART_YEAR] < YEAR_MIN ||
        parts[PART_YEAR] > YEAR_MAX ||
        !day_is_real(parts[PART_YEAR], parts[PART_MONTH], parts[PART_DAY]) ||
        parts[PART_HOUR] > 23 || parts[PART_MINUTE] > 59 || parts[PART_SECOND] > 59) {
        mapped_complain(mapped, &column->value, M_MAP_DATE, text, column->dates);
        return "";
    }
    const int32_t day = day_of(parts[PART_YEAR], parts[PART_MONTH], parts[PART_DAY]);
    const int64_t time_ms =
        ((parts[PART_HOUR] * INT64_C(60) + parts[PART_MINUTE]) * 60 + parts[PART_SECOND]) * 1000;
    char shown[TIME_TEXT_SIZE];
    return arena_copy(&mapped->arena, is_moment && time_ms > 0
                                          ? moment_format(shown, day_moment(day, time_ms))
                                          : day_format(shown, day));
}
