/* A report as one page: what happened, what needs attention, then per currency the figures with
 * what they were before, each section with its sum held against the totals; at the end what the
 * words mean. */
#include "reports/chart.h"
#include "reports/outline_table.h"

#include "order/order.h"

#include <string.h>

enum { CHECKS_MAX = 40 };

/* The sums that must be alike. */
struct check {
    enum message name;
    int64_t net_minor;
};
struct checks {
    struct check items[CHECKS_MAX];
    size_t count;
};

/* ---- one currency ---------------------------------------------------------------------------- */

/* Against the period before, and the year before where there was something (0: nothing, or the two
 * are the same). */
static const char *
change_text(struct page *page, int64_t now, int64_t before, int64_t year)
{
    const char *text = page_change(page, now, before);
    if (before != 0 && now != before) {
        text = page_words(page, M_REPORT_SINCE_BEFORE, {"change", text});
    }
    return year == 0 ? text
                     : arena_format(page->arena, "%s · %s", text,
                                    page_words(page, M_REPORT_SINCE_YEAR,
                                               {"change", page_change(page, now, year)}));
}

static int64_t
per_order(const int64_t *values)
{
    return values[1] <= 0 ? 0 : decimal_divide(values[0], values[1], ROUND_HALF_UP);
}

static const char *
figure_text(struct page *page, enum outline_figure figure, int64_t value)
{
    if (value == AMOUNT_NONE) {
        return page_share(page, 0, 0);
    }
    switch (figure) {
    case FIGURE_SHARE: return page_share(page, value, MICROS);
    case FIGURE_HOURS:
        return page_words(page, M_REPORT_HOURS, {"hours", page_quantity(page, value)});
    default: return page_count(page, value);
    }
}

/* Of a year, the period before is the year before. */
static bool
has_year(const struct outline_view *view)
{
    return view->periods[SPAN_YEAR].first_day != view->periods[SPAN_BEFORE].first_day;
}

/* A share is told beside what it was: a change of percents is read as one in percent points. */
static const char *
figure_change(struct page *page, enum outline_figure figure, const int64_t *values)
{
    const int64_t now = values[SPAN_NOW];
    const int64_t before = values[SPAN_BEFORE];
    if (figure == FIGURE_SHARE && before != AMOUNT_NONE) {
        return page_words(page, M_REPORT_WAS_BEFORE, {"value", figure_text(page, figure, before)});
    }
    if (now == AMOUNT_NONE || before == AMOUNT_NONE || figure == FIGURE_SHARE) {
        return "";
    }
    const int64_t year = values[SPAN_YEAR] == AMOUNT_NONE ? 0 : values[SPAN_YEAR];
    return change_text(page, now, before, year);
}

static void
put_tiles(struct page *page, const struct outline_view *view, const struct outline_totals *totals)
{
    const struct outline *outline = view->outline;
    page_markup(page, "<dl class=\"tiles\">\n");
    for (size_t index = 0; index < outline->tile_count; index++) {
        const struct outline_tile *tile = &outline->tiles[index];
        int64_t values[SPAN_COUNT];
        for (int span = 0; span < SPAN_COUNT; span++) {
            values[span] = totals->values[span][index];
        }
        values[SPAN_YEAR] = has_year(view) ? values[SPAN_YEAR] : 0;
        if (outline_is_left_out(view, totals, outline->tiles[index].column)) {
            continue;
        }
        page_tile(page, message_text(tile->name, page->language),
                  tile->figure == FIGURE_AMOUNT
                      ? page_amount(page, values[SPAN_NOW], totals->currency)
                      : figure_text(page, tile->figure, values[SPAN_NOW]),
                  figure_change(page, tile->figure, values));
    }
    if (outline->has_average) {
        const int64_t average = per_order(totals->values[SPAN_NOW]);
        page_tile(page, message_text(M_REPORT_AVERAGE, page->language),
                  page_amount(page, average, totals->currency),
                  change_text(page, average, per_order(totals->values[SPAN_BEFORE]),
                              has_year(view) ? per_order(totals->values[SPAN_YEAR]) : 0));
    }
    page_markup(page, "</dl>\n");
}

static enum outcome
draw_trend(struct page *page, const struct outline_view *view, struct fault *why)
{
    const struct outline *outline = view->outline;
    for (size_t index = 0; index < outline->section_count && outline->trend != NULL; index++) {
        if (strcmp(outline->sections[index].name, outline->trend) == 0) {
            TRY(chart_trend(page, view, &outline->sections[index], why));
        }
    }
    return DONE;
}

/* The same money counted in several ways: it must be the same. */
static void
put_checks(struct page *page, const struct outline_view *view, const struct outline_totals *totals,
           const struct checks *checks)
{
    const bool is_general = view->outline->is_general;
    const bool is_of_sales = outline_is_of_sales(view->outline);
    const enum message columns[] = {M_REPORT_COUNTED,
                                    is_of_sales ? M_REPORT_NET : view->outline->tiles[0].name,
                                    M_REPORT_CHECK};
    const int64_t ledger = totals->values[SPAN_NOW][0];
    if (checks->count == 0) {
        return;
    }
    page_element(page, "h3", "", message_text(M_REPORT_CHECK, page->language));
    page_table(page, is_of_sales ? M_REPORT_CHECK_CAPTION : M_REPORT_CHECK_COUNTS, columns,
               sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index <= checks->count; index++) {
        const struct check check =
            index == 0 ? (struct check){is_of_sales ? M_REPORT_LEDGER : M_REPORT_TOTAL, ledger}
                       : checks->items[index - 1];
        const bool is_equal = check.net_minor == ledger;
        page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
        page_message(page, check.name);
        page_markup(page, "</th>");
        page_element(page, "td", "",
                     is_general ? page_count(page, check.net_minor)
                                : page_amount(page, check.net_minor, totals->currency));
        page_element(page, "td", is_equal ? "ok" : "bad",
                     message_text(is_equal ? M_REPORT_EQUAL : M_REPORT_NOT_EQUAL, page->language));
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody>\n</table></div>\n");
}

static enum outcome
put_sections(struct page *page, const struct outline_view *view,
             const struct outline_totals *totals, struct checks *checks, struct fault *why)
{
    const struct outline *outline = view->outline;
    for (size_t index = 0; index < outline->section_count; index++) {
        const struct outline_section *section = &outline->sections[index];
        if (section->is_general == (totals == NULL) && section->shown[0] != '\0') {
            int64_t net_minor = 0;
            TRY(outline_table(page, view, section, totals, &net_minor, why));
            if (section->foots && checks->count < CHECKS_MAX) {
                checks->items[checks->count++] = (struct check){section->heading, net_minor};
            }
        }
    }
    return DONE;
}

static void
put_compared(struct page *page, const struct outline_view *view)
{
    page_element(page, "p", "note",
                 page_words(page, M_REPORT_COMPARED,
                            {"period", frame_period(page, view->periods[SPAN_BEFORE])}));
}

/* What is of no currency; its totals where the outline's are of none. */
static enum outcome
put_general(struct page *page, const struct outline_view *view, struct fault *why)
{
    struct checks checks = {.count = 0};
    page_markup(page, "<section>\n");
    if (view->outline->is_general && view->currency_count > 0) {
        page_element(page, "h2", "", message_text(M_REPORT_SUMMARY, page->language));
        put_compared(page, view);
        put_tiles(page, view, &view->totals[0]);
        TRY(draw_trend(page, view, why));
    }
    TRY(put_sections(page, view, NULL, &checks, why));
    if (view->outline->is_general && view->currency_count > 0) {
        put_checks(page, view, &view->totals[0], &checks);
    }
    page_markup(page, "</section>\n");
    return page_flush(page, why);
}

static enum outcome
put_currency(struct page *page, const struct outline_view *view,
             const struct outline_totals *totals, struct fault *why)
{
    struct checks checks = {.count = 0};
    buf_format(page->buf, "<section aria-labelledby=\"c-%s\">\n<h2 id=\"c-%s\">", totals->currency,
               totals->currency);
    page_escaped(page, page_words(page, view->outline->heading, {"currency", totals->currency}));
    page_markup(page, "</h2>\n");
    if (!view->outline->is_general) {
        put_compared(page, view);
        put_tiles(page, view, totals);
    }
    if (view->outline->has_days) {
        TRY(chart_days(page, view, totals, why));
    }
    TRY(put_sections(page, view, totals, &checks, why));
    if (!view->outline->is_general) {
        put_checks(page, view, totals, &checks);
    }
    page_markup(page, "</section>\n");
    return page_flush(page, why);
}

enum outcome
outline_html(struct page *page, const struct outline_view *view, struct fault *why)
{
    const bool is_general = view->outline->is_general;
    const struct frame frame = {view->outline->title(page, view),
                                page_words(page, view->outline->masthead,
                                           {"company", view->config->company_name},
                                           {"period", frame_period(page, view->periods[SPAN_NOW])}),
                                view->request->as_of_ms, view->request->twin};
    (view->outline->mapped == NULL ? frame_begin : frame_begin_shaded)(page, &frame);
    if (view->outline->attention != NULL) {
        TRY(view->outline->attention(page, view, why));
    }
    if (is_general) {
        TRY(put_general(page, view, why));
    }
    for (size_t index = is_general ? 1 : 0; index < view->currency_count; index++) {
        TRY(put_currency(page, view, &view->totals[index], why));
    }
    if (!is_general) {
        TRY(put_general(page, view, why));
    }
    frame_words(page, view->outline->words, view->config);
    frame_end(page, view->config->company_name);
    return page_flush(page, why);
}
