/* page.h -- building a page for people: sentences, amounts and changes, in either language.
 *
 * Texts from the catalogue hold {placeholders}; what fills them is escaped for HTML.  Texts are
 * built in the page's arena, the page itself in `buf`, which goes to the draft as it fills.
 */
#ifndef PURSER_PAGE_H
#define PURSER_PAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/file.h"
#include "order/message.h"

struct page {
    struct buf *buf;
    struct draft *draft; /* NULL: all stays in the buffer */
    struct arena *arena;
    enum language language;
};

/* Hand what has gathered to the draft, when there is one. */
MUST_USE enum outcome page_flush(struct page *page, struct fault *why);

struct page_value {
    const char *name; /* "net" fills {net} */
    const char *value;
};

/* A pattern with its placeholders filled, not escaped. */
void page_fill(struct buf *buf, const char *pattern, const struct page_value *values, size_t count);

/* The same from the catalogue, as a text in the arena; also not escaped. */
const char *
page_text(struct page *page, enum message message, const struct page_value *values, size_t count);
#define page_words(page, message, ...)                                                             \
    page_text((page), (message), (const struct page_value[]){__VA_ARGS__},                         \
              sizeof((const struct page_value[]){__VA_ARGS__}) / sizeof(struct page_value))

/* Markup as it is, and text escaped. */
void page_markup(struct page *page, const char *markup);
void page_escaped(struct page *page, const char *text);
void page_message(struct page *page, enum message message);

/* <name>text</name>, and <name class="..."> when a class is given ("" for none). */
void page_element(struct page *page, const char *name, const char *class, const char *text);

/* The document up to its header, which stays open; nothing else can style or script it. */
void page_begin(struct page *page, const char *title);

/* Likewise with tables of class "heat", whose cells are shaded: classes heat1 to heat5. */
void page_begin_shaded(struct page *page, const char *title);

/* Likewise for whoever knows its address, and no search engine: no address is passed on. */
void page_begin_private(struct page *page, const char *title);

/* A table up to its first row, which scrolls by itself where it is too wide. */
void page_table(struct page *page, enum message caption, const enum message *columns, size_t count);

/* A figure of <dl class="tiles">: its name, and below it a note, "" for none. */
void page_tile(struct page *page, const char *name, const char *value, const char *note);

/* "12,400.00" and "EUR 12,400.00", in the arena. */
const char *page_amount(struct page *page, int64_t minor, const char *currency);
const char *page_money(struct page *page, int64_t minor, const char *currency);
/* "1,250.5"; and with so many places at least: "1,250.50". */
const char *page_quantity(struct page *page, int64_t micros);
const char *page_number(struct page *page, int64_t micros, int places);
/* "kg" of "KGM"; what has no word of ours is its code. */
const char *page_unit(const struct page *page, const char *code);
const char *page_count(struct page *page, int64_t count);
/* "1 order", "12 orders" */
const char *page_orders(struct page *page, int64_t count);
/* Short, for the axis of a chart: "12k", "1.5M"; in Chinese by 10,000 and 100,000,000. */
const char *page_short(struct page *page, int64_t minor, const char *currency);
/* A part of a whole: "12.5 %"; an ellipsis when the whole is nothing. */
const char *page_share(struct page *page, int64_t part, int64_t whole);
/* "▲ 8.3 %", "▼ 4.0 %", "unchanged", or that there was nothing before. */
const char *page_change(struct page *page, int64_t now, int64_t before);

#endif
