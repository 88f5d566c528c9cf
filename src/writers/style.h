/* style.h -- how the pages look: one style sheet, carried within each page and named in its content
 * security policy by its hash, so that nothing else can style or script it. */
#ifndef PURSER_STYLE_H
#define PURSER_STYLE_H

#include "base/arena.h"
#include "base/buf.h"

void style_add(struct buf *buf);

/* "sha256-BASE64" of the sheet. */
const char *style_hash(struct arena *arena);

#endif
