/* outline_table.h -- a section of a report as a table of its page.
 *
 * The rows that the page shows are read before the first of them is written: columns in which none
 * says anything are left out, numbers of a column have as many places, bars are as long as they are
 * of the longest, and what is all of one kind is said in a sentence. */
#ifndef PURSER_OUTLINE_TABLE_H
#define PURSER_OUTLINE_TABLE_H

#include "reports/outline.h"
#include "writers/page.h"

/* With its heading, and before it its maps; nothing of a section without rows.  `totals` is NULL
 * where the section is of no currency; what its column "net" comes to goes to `net_minor`. */
MUST_USE enum outcome
outline_table(struct page *page, const struct outline_view *view,
              const struct outline_section *section, const struct outline_totals *totals,
              int64_t *net_minor, struct fault *why);

#endif
