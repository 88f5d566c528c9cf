/* chart.h -- inline SVG that stretches to its place: bars and lines in the drawing, words beside it
 * in HTML, so that they stay readable on a telephone. */
#ifndef PURSER_CHART_H
#define PURSER_CHART_H

#include "reports/outline.h"
#include "writers/page.h"

/* Bars of the net of each day, the period before as a line; with title, description and axes.  A
 * single day is seen among those before it. */
MUST_USE enum outcome chart_days(struct page *page, const struct outline_view *view,
                                 const struct outline_totals *totals, struct fault *why);

/* Of a section whose columns are key, orders, p50 and p90 (hours): p90 as bars, p50 as a line.  Two
 * rows at least, or nothing is drawn. */
MUST_USE enum outcome chart_trend(struct page *page, const struct outline_view *view,
                                  const struct outline_section *section, struct fault *why);

/* One bar of a table, `part` of `whole` long. */
void chart_bar(struct page *page, int64_t part, int64_t whole);

#endif
