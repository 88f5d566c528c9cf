/* report_plain.h -- private to reports/: what a report's page says first, in plain words. */
#ifndef PURSER_REPORT_PLAIN_H
#define PURSER_REPORT_PLAIN_H

#include "base/arena.h"
#include "base/buf.h"

/* What stands above the first chart or table of a page of ours: its title, which is the finding,
 * when it was known, what needs attention and the key figures; a line each.  Pure.  It is taken out
 * of the page, so that the two never differ. */
void report_plain(struct buf *buf, const char *html);

/* The title alone, in the arena. */
const char *report_plain_title(struct arena *arena, const char *html);

#endif
