/* chart.h -- inline SVG that stretches to its place: bars and lines in the drawing, words beside it
 * in HTML, so that they stay readable on a telephone. */
#ifndef PURSER_CHART_H
#define PURSER_CHART_H

#include "reports/sales.h"
#include "writers/page.h"

/* Bars of the days, the period before as a line; with title, description and axes. */
void chart_days(struct page *page, const struct sales *sales);

/* One bar of a table, `part` of `whole` long. */
void chart_bar(struct page *page, int64_t part, int64_t whole);

#endif
