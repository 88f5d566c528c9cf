#include "writers/page.h"

#include "base/text.h"
#include "writers/style.h"

#include <stdio.h>
#include <string.h>

enum { FLUSH_SIZE = 64 * 1024, TEXT_BYTES_MAX = 64 * 1024 };

enum outcome
page_flush(struct page *page, struct fault *why)
{
    if (page->draft == NULL || page->buf->size < FLUSH_SIZE) {
        return DONE;
    }
    TRY(draft_write(page->draft, page->buf->bytes, page->buf->size, why));
    buf_clear(page->buf);
    return DONE;
}

/* The value whose placeholder begins at `at`, and the placeholder's length; NULL when it is none.
 */
static const char *
value_at(const char *at, const struct page_value *values, size_t count, size_t *length)
{
    for (size_t index = 0; index < count; index++) {
        const size_t name_length = strlen(values[index].name);
        if (strncmp(at + 1, values[index].name, name_length) == 0 && at[name_length + 1] == '}') {
            *length = name_length + 2;
            return values[index].value;
        }
    }
    return NULL;
}

void
page_fill(struct buf *buf, const char *pattern, const struct page_value *values, size_t count)
{
    buf_text(buf, "");
    for (const char *at = pattern; *at != '\0';) {
        size_t length = 1;
        const char *value = *at == '{' ? value_at(at, values, count, &length) : NULL;
        if (value != NULL) {
            buf_text(buf, value);
        } else {
            buf_char(buf, *at);
        }
        at += length;
    }
}

const char *
page_text(struct page *page, enum message message, const struct page_value *values, size_t count)
{
    OWNED(buf) text;
    buf_init(&text, TEXT_BYTES_MAX);
    page_fill(&text, message_text(message, page->language), values, count);
    return arena_copy(page->arena, text.bytes);
}

void
page_markup(struct page *page, const char *markup)
{
    buf_text(page->buf, markup);
}

void
page_escaped(struct page *page, const char *text)
{
    text_escape_xml(page->buf, text);
}

void
page_message(struct page *page, enum message message)
{
    page_escaped(page, message_text(message, page->language));
}

void
page_element(struct page *page, const char *name, const char *class, const char *text)
{
    if (class[0] == '\0') {
        buf_format(page->buf, "<%s>", name);
    } else {
        buf_format(page->buf, "<%s class=\"%s\">", name, class);
    }
    page_escaped(page, text);
    buf_format(page->buf, "</%s>", name);
}

static const char *
language_tag(const struct page *page)
{
    return page->language == LANGUAGE_ZH ? "zh-CN" : "en";
}

static void
begin(struct page *page, const char *title, enum style own, const char *metas)
{
    const enum style styles[] = {STYLE_COMMON, own};
    const size_t count = own == STYLE_COMMON ? 1 : 2;
    buf_format(page->buf,
               "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
               "style-src",
               language_tag(page));
    for (size_t index = 0; index < count; index++) {
        buf_format(page->buf, " '%s'", style_hash(page->arena, styles[index]));
    }
    buf_format(page->buf,
               "; base-uri 'none'; form-action 'none'\">\n%s"
               "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>",
               metas);
    page_escaped(page, title);
    page_markup(page, "</title>\n");
    for (size_t index = 0; index < count; index++) {
        page_markup(page, "<style>");
        style_add(page->buf, styles[index]);
        page_markup(page, "</style>\n");
    }
    page_markup(page, "</head>\n<body>\n<header>\n");
}

void
page_begin(struct page *page, const char *title)
{
    begin(page, title, STYLE_COMMON, "");
}

void
page_begin_shaded(struct page *page, const char *title)
{
    begin(page, title, STYLE_HEAT, "");
}

void
page_begin_private(struct page *page, const char *title)
{
    begin(page, title, STYLE_TRACKING,
          "<meta name=\"robots\" content=\"noindex,nofollow\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n");
}

void
page_table(struct page *page, enum message caption, const enum message *columns, size_t count)
{
    page_markup(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    page_message(page, caption);
    buf_format(page->buf, "\"><table%s>\n<caption>", count == 5 ? " class=\"parts\"" : "");
    page_message(page, caption);
    page_markup(page, "</caption>\n<thead><tr>");
    for (size_t index = 0; index < count; index++) {
        page_markup(page, index == 0 ? "<th scope=\"col\" class=\"what\">" : "<th scope=\"col\">");
        page_message(page, columns[index]);
        page_markup(page, "</th>");
    }
    page_markup(page, "</tr></thead>\n<tbody>\n");
}

void
page_tile(struct page *page, const char *name, const char *value, const char *note)
{
    page_markup(page, "<div>");
    page_element(page, "dt", "", name);
    page_element(page, "dd", "value", value);
    if (note[0] != '\0') {
        page_element(page, "dd", "delta", note);
    }
    page_markup(page, "</div>\n");
}

/* Put a comma between each three digits before the point. */
static const char *
grouped(struct page *page, const char *digits)
{
    char text[2 * DECIMAL_TEXT_SIZE];
    size_t used = 0;
    const size_t sign = digits[0] == '-';
    const size_t whole = strcspn(digits, ".") - sign;
    for (size_t index = 0; digits[index] != '\0'; index++) {
        const size_t at = index - sign;
        if (index > sign && at < whole && (whole - at) % 3 == 0) {
            text[used++] = ',';
        }
        text[used++] = digits[index];
    }
    return arena_copy_bytes(page->arena, text, used);
}

const char *
page_amount(struct page *page, int64_t minor, const char *currency)
{
    char text[DECIMAL_TEXT_SIZE];
    const int exponent = currency_exponent(currency);
    return grouped(page, decimal_format(text, minor, exponent, exponent));
}

const char *
page_money(struct page *page, int64_t minor, const char *currency)
{
    return arena_format(page->arena, "%s\xC2\xA0%s", currency, page_amount(page, minor, currency));
}

const char *
page_number(struct page *page, int64_t micros, int places)
{
    char text[DECIMAL_TEXT_SIZE];
    return grouped(page, decimal_format(text, micros, MICROS_PLACES, places));
}

const char *
page_quantity(struct page *page, int64_t micros)
{
    return page_number(page, micros, 0);
}

const char *
page_unit(const struct page *page, const char *code)
{
    static const struct {
        const char *code;
        enum message word;
    } units[] = {{"C62", M_REPORT_PIECES}, {"KGM", M_UNIT_KGM}, {"GRM", M_UNIT_GRM},
                 {"LTR", M_UNIT_LTR},      {"MTR", M_UNIT_MTR}, {"SET", M_UNIT_SET}};
    for (size_t index = 0; index < sizeof units / sizeof units[0]; index++) {
        if (strcmp(units[index].code, code) == 0) {
            return message_text(units[index].word, page->language);
        }
    }
    return code;
}

const char *
page_count(struct page *page, int64_t count)
{
    char text[DECIMAL_TEXT_SIZE];
    return grouped(page, decimal_format(text, count, 0, 0));
}

const char *
page_orders(struct page *page, int64_t count)
{
    return page_words(page, count == 1 ? M_REPORT_ORDERS_ONE : M_REPORT_ORDERS,
                      {"orders", page_count(page, count)});
}

const char *
page_short(struct page *page, int64_t minor, const char *currency)
{
    static const struct {
        int64_t size;
        const char *mark;
    } marks[LANGUAGE_COUNT][3] = {
        [LANGUAGE_EN] = {{1000000000, "bn"}, {1000000, "M"}, {1000, "k"}},
        [LANGUAGE_ZH] = {{1000000000000, "\xE4\xB8\x87\xE4\xBA\xBF"},
                         {100000000, "\xE4\xBA\xBF"},
                         {10000, "\xE4\xB8\x87"}},
    };
    int64_t unit = 1;
    for (int place = currency_exponent(currency); place > 0; place--) {
        unit *= 10;
    }
    for (size_t index = 0; index < 3; index++) {
        const int64_t size = marks[page->language][index].size;
        if (minor / unit >= size) {
            char text[DECIMAL_TEXT_SIZE];
            const int64_t tenths =
                decimal_divide((int128)minor * 10, (int128)unit * size, ROUND_HALF_UP);
            return arena_format(page->arena, "%s%s", decimal_format(text, tenths, 1, 0),
                                marks[page->language][index].mark);
        }
    }
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(page->arena, decimal_format(text, minor, currency_exponent(currency), 0));
}

/* "8.3 %" of tenths of a percent; in Chinese nothing stands between. */
static const char *
percent(struct page *page, int128 part, int128 whole)
{
    char text[DECIMAL_TEXT_SIZE];
    const int64_t permille = decimal_divide(part * 1000, whole, ROUND_HALF_UP);
    return arena_format(page->arena, "%s%s%%", grouped(page, decimal_format(text, permille, 1, 1)),
                        page->language == LANGUAGE_ZH ? "" : "\xC2\xA0");
}

const char *
page_share(struct page *page, int64_t part, int64_t whole)
{
    return whole <= 0 ? "\xE2\x80\x93" : percent(page, part, whole);
}

const char *
page_change(struct page *page, int64_t now, int64_t before)
{
    if (now == before) {
        return message_text(M_REPORT_UNCHANGED, page->language);
    }
    if (before <= 0) {
        return message_text(M_REPORT_NOTHING_BEFORE, page->language);
    }
    const int128 difference = (int128)now - before;
    return arena_format(page->arena, "%s\xC2\xA0%s",
                        difference > 0 ? "\xE2\x96\xB2" : "\xE2\x96\xBC",
                        percent(page, difference > 0 ? difference : -difference, before));
}
