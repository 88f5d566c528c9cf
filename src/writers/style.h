/* style.h -- how the pages look: a style sheet for all of them, one for the page of an order and
 * one for tables whose cells are shaded, carried within each page and named in its content security
 * policy by their hashes, so that nothing else can style or script it. */
#ifndef PURSER_STYLE_H
#define PURSER_STYLE_H

#include "base/arena.h"
#include "base/buf.h"

enum style {
    STYLE_COMMON,
    STYLE_TRACKING, /* these beside the common one */
    STYLE_HEAT,
    STYLE_COUNT
};

void style_add(struct buf *buf, enum style style);

/* "sha256-BASE64" of the sheet. */
const char *style_hash(struct arena *arena, enum style style);

#endif
