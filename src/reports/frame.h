/* frame.h -- what all reports' pages have in common: their head and end. */
#ifndef PURSER_FRAME_H
#define PURSER_FRAME_H

#include "config/config.h"
#include "reports/period.h"
#include "writers/page.h"

/* `masthead` stands above the title; beneath it when it was known, and a link to the other file
 * (`twin`, "" for none). */
struct frame {
    const char *title;
    const char *masthead;
    int64_t as_of_ms;
    const char *twin;
};

/* Everything up to the first figure, and the end of the page. */
void frame_begin(struct page *page, const struct frame *frame);
void frame_begin_shaded(struct page *page, const struct frame *frame); /* for shaded tables */
void frame_end(struct page *page, const char *company);

/* What needs attention: a list that the first of its sentences begins. */
void frame_item(struct page *page, bool *is_begun, const char *sentence);
void frame_items_end(struct page *page, bool is_begun);

/* What the words of a report mean, at its end; {zone} stands for the time zone, {x}, {y} and {days}
 * for the thresholds of section report. */
struct report_word {
    enum message word;
    enum message means;
};
struct report_words {
    const struct report_word *items;
    size_t count;
};
void frame_words(struct page *page, const struct report_words *words, const struct config *config);
const char *frame_meaning(struct page *page, enum message means, const struct config *config);

/* "November 2026", in the language and arena of the page. */
const char *frame_period(struct page *page, struct period period);

/* Another amount of money behind those so far ("" before the first): "EUR 1.00, USD 2.00". */
const char *
frame_add_money(struct page *page, const char *all, int64_t minor, const char *currency);

/* "Anna Berg (C100)": in the arena of the page; the code alone of who has no name. */
const char *frame_named(struct page *page, const char *name, const char *code);

/* That orders came late without a warning in time. */
const char *frame_missed(struct page *page, int64_t late, int64_t missed);

#endif
