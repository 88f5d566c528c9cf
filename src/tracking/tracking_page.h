/* tracking_page.h -- the page of an order and its JSON twin; private to src/tracking.  Pure: the
 * same facts give the same bytes. */
#ifndef PURSER_TRACKING_PAGE_H
#define PURSER_TRACKING_PAGE_H

#include "tracking/tracking.h"
#include "writers/page.h"

/* One self-contained page, which needs no script. */
void tracking_page(struct page *page, const struct tracking *tracking);

/* The same for programs (tracking_json.c). */
void tracking_json(struct buf *buf, const struct tracking *tracking);

/* What the customer reads above all: "Your order is on its way". */
const char *tracking_words(const struct tracking *tracking);

/* "delivered", in words. */
const char *tracking_state_words(enum transport_state state, enum language language);

/* "2026-11-27", "2026-11-27 to 2026-11-28"; with the time where it was said. */
const char *tracking_window(struct page *page, int64_t from_ms, int64_t to_ms);

#endif
