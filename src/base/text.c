/* The only user of utf8proc. */
#include "base/text.h"

#include <assert.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The length of the valid sequence at the front of bytes, or 0. */
static size_t
sequence_length(const unsigned char *bytes, size_t size)
{
    const unsigned char first = bytes[0];
    if (first < 0x80) {
        return 1;
    }
    const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > size) {
        return 0;
    }
    for (size_t index = 1; index < length; index++) {
        if ((bytes[index] & 0xC0) != 0x80) {
            return 0;
        }
    }
    /* RFC 3629 section 4: second bytes that would be overlong, a surrogate, or beyond U+10FFFF. */
    const unsigned char second = bytes[1];
    const bool bad = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                     (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
    return bad ? 0 : length;
}

bool
text_is_utf8(const char *bytes, size_t size, size_t *bad_at)
{
    size_t at = 0;
    while (at < size) {
        const size_t length = sequence_length((const unsigned char *)bytes + at, size - at);
        if (length == 0) {
            if (bad_at != NULL) {
                *bad_at = at;
            }
            return false;
        }
        at += length;
    }
    return true;
}

static char *
mapped(struct arena *arena, const char *text, utf8proc_option_t options)
{
    utf8proc_uint8_t *result = NULL;
    const utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &result, UTF8PROC_NULLTERM | options);
    assert(length >= 0 && "text inside the program is UTF-8");
    char *copy = arena_copy_bytes(arena, result, (size_t)length);
    free(result);
    return copy;
}

/* The length of the character at the front when NFKC surely leaves it alone whatever stands beside
 * it: ASCII, Latin-1 letters, the common Chinese ideographs (U+4E00 to U+9FFF) and U+3001, U+3002.
 * 0: look closely. */
static size_t
stable_length(const unsigned char *at)
{
    if (*at < 0x80) {
        return 1;
    }
    if (at[1] == '\0') {
        return 0; /* no character ends here: never step over the end */
    }
    if (*at == 0xC3) {
        return 2;
    }
    if (at[2] == '\0') {
        return 0;
    }
    const bool is_ideograph = (*at > 0xE4 && *at <= 0xE9) || (*at == 0xE4 && at[1] >= 0xB8);
    const bool is_stop = *at == 0xE3 && at[1] == 0x80 && (at[2] == 0x81 || at[2] == 0x82);
    return is_ideograph || is_stop ? 3 : 0;
}

static bool
is_stable(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at != '\0') {
        const size_t length = stable_length(at);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

static bool
is_blank(char one)
{
    return one == ' ' || one == '\t' || one == '\n' || one == '\r';
}

struct range {
    utf8proc_int32_t from;
    utf8proc_int32_t to;
};

static bool
is_among(utf8proc_int32_t codepoint, const struct range *ranges, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        if (codepoint >= ranges[index].from && codepoint <= ranges[index].to) {
            return true;
        }
    }
    return false;
}

/* Default ignorable characters (Unicode) that say nothing in any text: soft hyphen, grapheme
 * joiner, Arabic letter mark, Hangul fillers, zero-width blanks, direction marks, word joiner and
 * invisible operators, byte order mark, tags. */
static bool
is_invisible(utf8proc_int32_t codepoint)
{
    static const struct range ranges[] = {
        {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},   {0x115F, 0x1160},  {0x17B4, 0x17B5},
        {0x180E, 0x180E}, {0x200B, 0x200B}, {0x200E, 0x200F}, {0x2060, 0x2064},  {0x3164, 0x3164},
        {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0xE0000, 0xE007F}};
    return codepoint >= 0xAD && is_among(codepoint, ranges, sizeof ranges / sizeof ranges[0]);
}

/* Joiners and variation selectors: neither seen nor without meaning. */
static bool
is_joiner(utf8proc_int32_t codepoint)
{
    static const struct range ranges[] = {
        {0x180B, 0x180F}, {0x200C, 0x200D}, {0xFE00, 0xFE0F}, {0xE0100, 0xE01EF}};
    return codepoint >= 0x180B && is_among(codepoint, ranges, sizeof ranges / sizeof ranges[0]);
}

/* The character at the front of UTF-8, and its length. */
static utf8proc_int32_t
codepoint_at(const char *text, size_t *length)
{
    utf8proc_int32_t codepoint = (unsigned char)*text;
    *length = 1;
    if (codepoint >= 0x80) {
        const utf8proc_ssize_t taken =
            utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &codepoint);
        assert(taken > 0 && "text inside the program is UTF-8");
        *length = (size_t)taken;
    }
    return codepoint;
}

static bool
is_taken_out(utf8proc_int32_t codepoint, bool is_code)
{
    return is_invisible(codepoint) || (is_code && is_joiner(codepoint));
}

bool
text_has_invisible(const char *text, bool is_code)
{
    size_t length;
    for (; *text != '\0'; text += length) {
        if (is_taken_out(codepoint_at(text, &length), is_code)) {
            return true;
        }
    }
    return false;
}

bool
text_is_blank(const char *text)
{
    size_t length;
    for (; *text != '\0'; text += length) {
        const utf8proc_int32_t codepoint = codepoint_at(text, &length);
        if (!is_blank(*text) && !is_invisible(codepoint) &&
            utf8proc_category(codepoint) != UTF8PROC_CATEGORY_ZS) {
            return false;
        }
    }
    return true;
}

/* In place. */
static void
take_out(char *text, bool is_code)
{
    char *end = text;
    size_t length;
    for (const char *at = text; *at != '\0'; at += length) {
        if (!is_taken_out(codepoint_at(at, &length), is_code)) {
            memmove(end, at, length);
            end += length;
        }
    }
    *end = '\0';
}

static char *
normalise(struct arena *arena, const char *text, bool is_code)
{
    /* NFKC turns every Unicode blank that Excel writes (U+3000, U+00A0) into a plain one. */
    char *clean;
    if (is_stable(text)) {
        clean = arena_copy(arena, text);
    } else {
        clean = mapped(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
        take_out(clean, is_code);
    }
    while (is_blank(*clean)) {
        clean++;
    }
    size_t length = strlen(clean);
    while (length > 0 && is_blank(clean[length - 1])) {
        length--;
    }
    clean[length] = '\0';
    return clean;
}

char *
text_normalise(struct arena *arena, const char *text)
{
    return normalise(arena, text, false);
}

char *
text_normalise_code(struct arena *arena, const char *text)
{
    return normalise(arena, text, true);
}

char *
text_fold(struct arena *arena, const char *text)
{
    return mapped(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

size_t
text_width(const char *text)
{
    size_t width = 0;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (*at != 0) {
        utf8proc_int32_t codepoint;
        const utf8proc_ssize_t length = utf8proc_iterate(at, -1, &codepoint);
        if (length <= 0) {
            at++;
            width++;
            continue;
        }
        const int columns = utf8proc_charwidth(codepoint);
        width += columns > 0 ? (size_t)columns : 0;
        at += length;
    }
    return width;
}

bool
text_encoding_known(const char *name)
{
    const iconv_t opened = iconv_open("UTF-8", name);
    if ((intptr_t)opened == -1) {
        return false;
    }
    iconv_close(opened);
    return true;
}

bool
text_among(const char *text, const char *const *list, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        if (strcmp(text, list[index]) == 0) {
            return true;
        }
    }
    return false;
}

const char *
text_list_next(const char **rest, size_t *size)
{
    while (**rest != '\0') {
        const char *begin = *rest;
        const char *end = strchrnul(begin, '|');
        *rest = *end == '|' ? end + 1 : end;
        while (begin < end && is_blank(*begin)) {
            begin++;
        }
        while (end > begin && is_blank(end[-1])) {
            end--;
        }
        if (end > begin) {
            *size = (size_t)(end - begin);
            return begin;
        }
    }
    return NULL;
}

bool
text_list_has(const char *list, const char *text)
{
    const size_t wanted = strlen(text);
    const char *rest = list;
    const char *entry;
    size_t size;
    while ((entry = text_list_next(&rest, &size)) != NULL) {
        if (size == wanted && memcmp(entry, text, size) == 0) {
            return true;
        }
    }
    return false;
}

/* What would break the line or turn its direction (C0 and C1 controls, U+2028 to U+202E, U+2066 to
 * U+2069), and what nobody would see. */
static bool
is_hidden(const unsigned char *at, size_t length)
{
    static const struct range ranges[] = {
        {0x00, 0x1F}, {0x7F, 0x9F}, {0x200C, 0x200D}, {0x2028, 0x202E}, {0x2066, 0x2069}};
    utf8proc_int32_t codepoint = *at;
    if (length == 0) {
        return true;
    }
    if (length > 1) {
        (void)utf8proc_iterate(at, (utf8proc_ssize_t)length, &codepoint);
    }
    return is_among(codepoint, ranges, sizeof ranges / sizeof ranges[0]) || is_invisible(codepoint);
}

char *
text_show(struct arena *arena, const char *bytes, size_t size, size_t width_max)
{
    char *shown = arena_alloc(arena, width_max + 16);
    size_t used = 0;
    size_t at = 0;
    while (at < size) {
        const unsigned char *here = (const unsigned char *)bytes + at;
        const size_t length = sequence_length(here, size - at);
        const bool hidden = is_hidden(here, length);
        const size_t step = length == 0 ? 1 : length;
        const size_t needed = hidden ? 4 * step : *here == '\\' ? 2 : step;
        if (used + needed > width_max) {
            memcpy(shown + used, "\xE2\x80\xA6", 3); /* an ellipsis */
            return shown;
        }
        for (size_t index = 0; hidden && index < step; index++) {
            used += (size_t)snprintf(shown + used, 5, "\\x%02X", here[index]);
        }
        if (!hidden) {
            if (*here == '\\') {
                shown[used++] = '\\';
            }
            memcpy(shown + used, here, step);
            used += step;
        }
        at += step;
    }
    return shown;
}

static size_t
smaller(size_t one, size_t other)
{
    return one < other ? one : other;
}

const char *
text_mask_name(struct arena *arena, const char *name)
{
    static const unsigned char continuation_mask = 0xC0;
    static const unsigned char continuation = 0x80;
    size_t size = name[0] == '\0' ? 0 : 1;
    if (size == 0) {
        return "";
    }
    while (((unsigned char)name[size] & continuation_mask) == continuation) {
        size++;
    }
    return arena_format(arena, "%.*s**", (int)size, name);
}

char *
text_skeleton(char skeleton[TEXT_SKELETON_SIZE], const char *text)
{
    size_t size = 0;
    for (const char *at = text; *at != '\0' && size + 1 < TEXT_SKELETON_SIZE; at++) {
        const bool is_capital = *at >= 'A' && *at <= 'Z';
        if (is_capital || (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') ||
            (unsigned char)*at >= 0x80) {
            skeleton[size++] = (char)(is_capital ? *at - 'A' + 'a' : *at);
        }
    }
    skeleton[size] = '\0';
    return skeleton;
}

/* Optimal string alignment over three rows of the distance table. */
size_t
text_distance(const char *one, const char *other, size_t limit)
{
    enum { LENGTH_MAX = 128 };
    const size_t rows = strlen(one);
    const size_t columns = strlen(other);
    if (rows > LENGTH_MAX || columns > LENGTH_MAX ||
        (rows > columns ? rows - columns : columns - rows) > limit) {
        return limit + 1;
    }
    size_t table[3][LENGTH_MAX + 1] = {{0}};
    for (size_t column = 0; column <= columns; column++) {
        table[0][column] = column;
    }
    size_t least_before = 0;
    for (size_t row = 1; row <= rows; row++) {
        size_t *now = table[row % 3];
        const size_t *last = table[(row - 1) % 3];
        const size_t *before_last = table[(row + 1) % 3];
        size_t least = row;
        now[0] = row;
        for (size_t column = 1; column <= columns; column++) {
            const size_t differs = one[row - 1] != other[column - 1];
            now[column] =
                smaller(smaller(last[column] + 1, now[column - 1] + 1), last[column - 1] + differs);
            if (row > 1 && column > 1 && one[row - 1] == other[column - 2] &&
                one[row - 2] == other[column - 1]) {
                now[column] = smaller(now[column], before_last[column - 2] + 1);
            }
            least = smaller(least, now[column]);
        }
        /* A swap may lead over one row, so two of them must be beyond the limit. */
        if (least > limit && least_before > limit) {
            return limit + 1;
        }
        least_before = least;
    }
    return smaller(table[rows % 3][columns], limit + 1);
}

/* U+FFFE and U+FFFF (EF BF BE, EF BF BF) and control characters but tab, LF, CR: XML 1.0
 * section 2.2. */
static bool
is_forbidden_in_xml(const unsigned char *at)
{
    return (*at < 0x20 && *at != '\t' && *at != '\n' && *at != '\r') ||
           (at[0] == 0xEF && at[1] == 0xBF && (at[2] == 0xBE || at[2] == 0xBF));
}

void
text_escape_xml(struct buf *buf, const char *text)
{
    const char *run = text;
    for (const char *at = text;; at++) {
        const char *instead = NULL;
        size_t skip = 1;
        switch (*at) {
        case '&': instead = "&amp;"; break;
        case '<': instead = "&lt;"; break;
        case '>': instead = "&gt;"; break;
        case '"': instead = "&quot;"; break;
        case '\'': instead = "&#39;"; break;
        case '\r': instead = "&#13;"; break;
        case '\0': break;
        default:
            if (is_forbidden_in_xml((const unsigned char *)at)) {
                instead = "\xEF\xBF\xBD";
                skip = (unsigned char)*at == 0xEF ? 3 : 1;
            }
        }
        if (instead != NULL || *at == '\0') {
            buf_add(buf, run, (size_t)(at - run));
        }
        if (*at == '\0') {
            return;
        }
        if (instead != NULL) {
            buf_text(buf, instead);
            run = at + skip;
            at += skip - 1;
        }
    }
}

void
text_escape_csv(struct buf *buf, const char *text)
{
    const size_t length = strlen(text);
    const bool quoted = strpbrk(text, ",\";\t\r\n") != NULL ||
                        (length > 0 && (is_blank(text[0]) || is_blank(text[length - 1])));
    if (!quoted) {
        buf_add(buf, text, length);
        return;
    }
    buf_char(buf, '"');
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"') {
            buf_char(buf, '"');
        }
        buf_char(buf, *at);
    }
    buf_char(buf, '"');
}

/* The first byte from `at` on that JSON does not take as it is, or the end.  Most texts are plain,
 * so it is a table that answers. */
static const char *
skip_plain(const char *at)
{
    static const bool is_special[256] = {
        true, true, true, true, true, true, true, true, true,         true,          true, true,
        true, true, true, true, true, true, true, true, true,         true,          true, true,
        true, true, true, true, true, true, true, true, ['"'] = true, ['\\'] = true,
    };
    while (!is_special[(unsigned char)*at]) {
        at++;
    }
    return at;
}

void
text_escape_json(struct buf *buf, const char *text)
{
    const char *run = text;
    buf_char(buf, '"');
    for (const char *at = text;; at++) {
        at = skip_plain(at);
        buf_add(buf, run, (size_t)(at - run));
        run = at + 1;
        switch (*at) {
        case '\0': buf_char(buf, '"'); return;
        case '"': buf_text(buf, "\\\""); break;
        case '\\': buf_text(buf, "\\\\"); break;
        case '\n': buf_text(buf, "\\n"); break;
        case '\t': buf_text(buf, "\\t"); break;
        default: buf_format(buf, "\\u%04x", (unsigned)*at);
        }
    }
}
