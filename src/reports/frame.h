/* frame.h -- what all reports' pages have in common: their head and end. */
#ifndef PURSER_FRAME_H
#define PURSER_FRAME_H

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
void frame_end(struct page *page, const char *company);

/* "November 2026", in the language and arena of the page. */
const char *frame_period(struct page *page, struct period period);

#endif
