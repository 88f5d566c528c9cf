/* heat.h -- a table of months whose cells are shaded by their percentage, which stands in each. */
#ifndef PURSER_HEAT_H
#define PURSER_HEAT_H

#include "reports/outline.h"
#include "writers/page.h"

enum { HEAT_MONTHS_MAX = 13 }; /* a year of 365 days touches so many */

struct heat_month {
    char name[8]; /* "2026-11" */
    const char *size;
    int64_t values[HEAT_MONTHS_MAX]; /* millionths of a percent, so many months later */
};
struct heat {
    const char *size_title; /* in the language of the page */
    struct heat_month months[HEAT_MONTHS_MAX];
    size_t count;
};

/* The rows of a section as such a table, and that on a page.  Months that lie behind the period are
 * left empty; those without a row say 0. */
MUST_USE enum outcome
heat_read(struct heat *heat, const struct outline_view *view, const struct outline_section *section,
          const char *currency, const struct outline_map *map, struct page *page,
          struct fault *why);
void heat_show(const struct heat *heat, const struct outline_view *view, enum message caption,
               struct page *page);

#endif
