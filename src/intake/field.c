/* Texts, codes and names; numbers are in field_number.c, dates in field_date.c. */
#include "intake/field.h"

#include "base/text.h"
#include "intake/code_list.h"

#include <ctype.h>
#include <string.h>

enum { SHOWN_BYTES = 80 };

void
field_complain(const struct field *field, enum message code, const char *expected, const char *hint)
{
    findings_add(field->findings, &(struct finding){
                                      .code = code,
                                      .place = field->place,
                                      .order_number = field->order_number,
                                      .order_line = field->order_line,
                                      .field = field->name,
                                      .value = text_show(field->arena, field->text,
                                                         strlen(field->text), SHOWN_BYTES),
                                      .expected = expected,
                                      .hint = hint,
                                  });
}

const char *
field_clean(const struct field *field)
{
    if (field->is_plain && field->text_stays && field->text[0] != ' ') {
        const size_t length = strlen(field->text);
        if (length == 0 || field->text[length - 1] != ' ') {
            return field->text;
        }
    }
    return text_normalise(field->arena, field->text);
}

/* Control characters, and the marks that turn the direction of writing: both make a text look like
 * another. */
static bool
is_deceptive(const unsigned char *at)
{
    if (*at < 0x80) {
        return (*at < 0x20 && *at != '\n' && *at != '\t') || *at == 0x7F;
    }
    return (at[0] == 0xC2 && at[1] < 0xA0) ||
           (at[0] == 0xE2 && at[1] == 0x80 && at[2] >= 0xAA && at[2] <= 0xAE) ||
           (at[0] == 0xE2 && at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9);
}

static bool
has_deceptive(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if (is_deceptive(at)) {
            return true;
        }
    }
    return false;
}

static size_t
characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return count;
}

/* Line breaks of any system become line feeds, also U+2028 and U+2029. */
static const char *
with_line_feeds(const struct field *field, const char *text)
{
    if (strchr(text, '\r') == NULL && strstr(text, "\xE2\x80") == NULL) {
        return text;
    }
    char *copy = arena_copy(field->arena, text);
    char *end = copy;
    for (const char *at = text; *at != '\0'; at++) {
        const bool is_separator =
            strncmp(at, "\xE2\x80\xA8", 3) == 0 || strncmp(at, "\xE2\x80\xA9", 3) == 0;
        if (*at == '\r' && at[1] == '\n') {
            continue;
        }
        *end++ = *at == '\r' || is_separator ? '\n' : *at;
        at += is_separator ? 2 : 0;
    }
    *end = '\0';
    return copy;
}

static bool
fits(const struct field *field, const char *text, size_t length_max)
{
    const size_t most = length_max == 0 ? FIELD_BYTES_MAX : length_max;
    if (strlen(text) > most && characters(text) > most) {
        field_complain(field, M_FLD_LONG, arena_format(field->arena, "%zu", most), NULL);
        return false;
    }
    return true;
}

/* What is in no printable ASCII: line ends of any system, and characters that deceive (refused) or
 * are not seen (taken out, with a remark).  NULL after an error. */
static const char *
look_closely(const struct field *field, bool is_code)
{
    const char *text = is_code ? text_normalise_code(field->arena, field->text)
                               : text_normalise(field->arena, field->text);
    text = with_line_feeds(field, text);
    if (has_deceptive(text)) {
        field_complain(field, M_FLD_CONTROL, NULL, NULL);
        return NULL;
    }
    if (text_has_invisible(field->text, is_code)) {
        field_complain(field, M_FLD_INVISIBLE, NULL, NULL);
    }
    return text;
}

static bool
take_text(const struct field *field, size_t length_max, bool is_code, const char **value)
{
    const char *text = field->is_plain ? field_clean(field) : look_closely(field, is_code);
    if (text == NULL || !fits(field, text, length_max)) {
        return false;
    }
    *value = text;
    return true;
}

bool
field_text(const struct field *field, size_t length_max, const char **value)
{
    return take_text(field, length_max, false, value);
}

/* 1.23E+17 is what a spreadsheet makes of a long number; the digits behind it are lost. */
static bool
is_scientific(const char *text)
{
    const size_t front = strspn(text, "0123456789.,");
    if (front < 3 || (text[front] != 'E' && text[front] != 'e') || text[front + 1] != '+' ||
        strpbrk(text, ".,") == NULL) {
        return false;
    }
    const char *exponent = text + front + 2;
    const size_t digits = strspn(exponent, "0123456789");
    return digits > 0 && digits <= 3 && exponent[digits] == '\0';
}

/* Without the marks by which spreadsheets keep digits a text: '00123 and ="00123". */
static const char *
without_marks(const struct field *field, const char *text)
{
    const size_t length = strlen(text);
    if (text[0] == '\'' && length > 1) {
        return text + 1;
    }
    if (length > 3 && text[0] == '=' && text[1] == '"' && text[length - 1] == '"') {
        return arena_copy_bytes(field->arena, text + 2, length - 3);
    }
    return text;
}

bool
field_code(const struct field *field, size_t length_max, const char **value)
{
    const char *text;
    if (!take_text(field, length_max, true, &text)) {
        return false;
    }
    const char *bare = without_marks(field, text);
    if (bare != text) {
        field_complain(field, M_FLD_SPREADSHEET_MARK, NULL, bare);
    }
    if (is_scientific(bare)) {
        field_complain(field, M_FLD_SCIENTIFIC, NULL, NULL);
        return false;
    }
    if (!field->is_plain && strpbrk(bare, "\n\t") != NULL) {
        field_complain(field, M_FLD_LINE_BREAK, NULL, NULL);
        return false;
    }
    *value = bare;
    return true;
}

bool
field_currency(const struct field *field, const char **currency)
{
    static const struct {
        const char *name;
        const char *code;
    } names[] = {{"元", "CNY"},   {"人民币", "CNY"}, {"rmb", "CNY"},  {"美元", "USD"},
                 {"欧元", "EUR"}, {"日元", "JPY"},   {"港币", "HKD"}, {"€", "EUR"}};
    const char *text = field_clean(field);
    if (currency_exponent(text) >= 0) {
        *currency = field->text_stays ? text : arena_copy(field->arena, text);
        return true;
    }
    char *upper = arena_copy(field->arena, text);
    for (char *at = upper; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    if (currency_exponent(upper) >= 0) {
        *currency = upper;
        return true;
    }
    const char *folded = text_fold(field->arena, text);
    for (size_t index = 0; index < sizeof names / sizeof names[0]; index++) {
        if (strcmp(folded, names[index].name) == 0) {
            field_complain(field, M_FLD_CURRENCY_NAME, NULL, names[index].code);
            *currency = names[index].code;
            return true;
        }
    }
    field_complain(field, M_FLD_CURRENCY, "EUR, USD, CNY", NULL);
    return false;
}

/* A name of a list, or the finding `code` with the nearest one. */
static bool
field_listed(const struct field *field, const struct code_list *list, enum message code,
             const char **value)
{
    const char *text = field_clean(field);
    const struct code_entry *entry = code_by_name(list, text, field->arena);
    if (entry == NULL) {
        /* Findings beyond the cap are only counted: they need no suggestion. */
        const bool is_kept = field->findings->count < FINDINGS_KEPT_MAX;
        const char *near = is_kept ? code_suggestion(list, text, field->arena) : "";
        field_complain(field, code, NULL, near);
        return false;
    }
    *value = entry->code;
    return true;
}

bool
field_unit(const struct field *field, const char **unit)
{
    return field_listed(field, &field->lists->units, M_FLD_UNIT, unit);
}

bool
field_country(const struct field *field, const char **country)
{
    return field_listed(field, &field->lists->countries, M_FLD_COUNTRY, country);
}

/* name@domain.tld: one @, no blanks, a dot inside the domain.  More would refuse addresses that
 * work. */
static bool
is_email(const char *text)
{
    const char *at = strchr(text, '@');
    const char *dot = at == NULL ? NULL : strrchr(at, '.');
    return at != NULL && at != text && at - text <= 64 && strchr(at + 1, '@') == NULL &&
           dot != NULL && dot > at + 1 && dot[1] != '\0' && dot[2] != '\0' && at[1] != '.' &&
           strstr(text, "..") == NULL && strpbrk(text, " \t\n,;<>()\"\\") == NULL;
}

bool
field_email(const struct field *field, const char **email)
{
    if (!field_text(field, 254, email)) {
        return false;
    }
    if (!is_email(*email)) {
        field_complain(field, M_FLD_EMAIL, NULL, NULL);
    }
    return true;
}

bool
field_order_type(const struct field *field, enum order_type *type)
{
    static const struct {
        const char *name;
        enum order_type type;
    } names[] = {
        {"standard", ORDER_REGULAR}, {"normal", ORDER_REGULAR},    {"普通", ORDER_REGULAR},
        {"常规", ORDER_REGULAR},     {"标准", ORDER_REGULAR},      {"战略", ORDER_STRATEGIC},
        {"定制", ORDER_CUSTOM},      {"customised", ORDER_CUSTOM}, {"customized", ORDER_CUSTOM},
        {"样品", ORDER_SAMPLE},      {"退货", ORDER_RETURN}};
    const char *folded = text_fold(field->arena, field_clean(field));
    const int index = name_index(folded, order_type_names, ORDER_TYPE_COUNT);
    if (index >= 0) {
        *type = (enum order_type)index;
        return true;
    }
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++) {
        if (strcmp(folded, names[at].name) == 0) {
            *type = names[at].type;
            return true;
        }
    }
    field_complain(field, M_FLD_ORDER_TYPE, "regular, strategic, custom, sample, return", NULL);
    return false;
}

/* The next piece of a |-separated list, trimmed; NULL after the last.  *rest moves on. */
static char *
next_piece(char **rest)
{
    if (*rest == NULL) {
        return NULL;
    }
    char *piece = *rest + strspn(*rest, " ");
    char *bar = strchr(piece, '|');
    *rest = bar == NULL ? NULL : bar + 1;
    char *end = bar == NULL ? piece + strlen(piece) : bar;
    while (end > piece && end[-1] == ' ') {
        end--;
    }
    *end = '\0';
    return piece;
}

/* One piece of a list, which is not to be longer than where it stands alone. */
static bool
piece_fits(const struct field *field, const char *piece, size_t length_max)
{
    if (characters(piece) <= length_max) {
        return true;
    }
    struct field part = *field;
    part.text = piece;
    field_complain(&part, M_FLD_PART_LONG, arena_format(field->arena, "%zu", length_max), NULL);
    return false;
}

static bool
add_option(const struct field *field, struct order_line *line, char *piece)
{
    char *equals = strchr(piece, '=');
    if (equals == NULL || equals == piece || equals[1] == '\0') {
        field_complain(field, M_FLD_OPTION, NULL, NULL);
        return false;
    }
    if (line->option_count == LINE_OPTIONS_MAX) {
        field_complain(field, M_FLD_OPTIONS_MANY, NULL, NULL);
        return false;
    }
    *equals = '\0';
    for (char *end = equals; end > piece && end[-1] == ' '; end--) {
        end[-1] = '\0';
    }
    const char *value = equals + 1 + strspn(equals + 1, " ");
    if (!piece_fits(field, piece, CODE_CHARACTERS_MAX) ||
        !piece_fits(field, value, OPTION_VALUE_CHARACTERS_MAX)) {
        return false;
    }
    for (size_t index = 0; index < line->option_count; index++) {
        if (strcmp(line->options[index].name, piece) == 0) {
            field_complain(field, M_FLD_OPTION_REPEATED, NULL, piece);
            return false;
        }
    }
    line->options[line->option_count++] = (struct option){piece, value};
    return true;
}

bool
field_options(const struct field *field, struct order_line *line)
{
    const char *text;
    if (!field_text(field, 0, &text)) {
        return false;
    }
    char *rest = arena_copy(field->arena, text);
    line->options = arena_array(field->arena, struct option, LINE_OPTIONS_MAX);
    char *piece;
    while ((piece = next_piece(&rest)) != NULL) {
        if (*piece != '\0' && !add_option(field, line, piece)) {
            return false;
        }
    }
    return true;
}

bool
field_coupons(const struct field *field, struct order *order)
{
    const char *text;
    if (!field_text(field, 0, &text)) {
        return false;
    }
    char *rest = arena_copy(field->arena, text);
    order->coupons = arena_array(field->arena, const char *, ORDER_COUPONS_MAX);
    char *piece;
    while ((piece = next_piece(&rest)) != NULL) {
        if (*piece == '\0') {
            continue;
        }
        if (order->coupon_count == ORDER_COUPONS_MAX) {
            field_complain(field, M_FLD_COUPONS_MANY, NULL, NULL);
            return false;
        }
        if (!piece_fits(field, piece, CODE_CHARACTERS_MAX)) {
            return false;
        }
        if (text_among(piece, order->coupons, order->coupon_count)) {
            field_complain(field, M_FLD_COUPON_REPEATED, NULL, piece);
            continue;
        }
        order->coupons[order->coupon_count++] = piece;
    }
    return true;
}
