#include "reports/chart.h"

#include "base/date.h"

#include <inttypes.h>

/* The drawing's own units: a day is DAY_WIDTH wide, of which the bar takes BAR_WIDTH; HEIGHT is the
 * top of the axis. */
enum { DAY_WIDTH = 100, BAR_WIDTH = 70, HEIGHT = 1000, TICKS_MAX = 7 };

/* The end of the axis: the smallest of 1, 2, 4, 6, 8 times a power of ten that holds every value.
 */
static int64_t
axis_end(int64_t largest)
{
    static const int64_t steps[] = {1, 2, 4, 6, 8};
    for (int64_t power = 1;; power *= 10) {
        for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
            if (steps[index] * power >= largest) {
                return steps[index] * power;
            }
        }
    }
}

static int64_t
largest_of(const struct sales *sales)
{
    int64_t largest = 1;
    for (size_t index = 0; index < sales->day_count; index++) {
        const int64_t now = sales->days[index].net_minor;
        const int64_t before = sales->days_before == NULL ? 0 : sales->days_before[index].net_minor;
        largest = now > largest ? now : largest;
        largest = before > largest ? before : largest;
    }
    return largest;
}

static int64_t
height_of(int64_t minor, int64_t end)
{
    return minor <= 0 ? 0 : (int64_t)((int128)minor * HEIGHT / end);
}

static const char *
day_text(struct page *page, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(page->arena, day_format(text, day));
}

static void
draw_bars(struct page *page, const struct sales *sales, int64_t end)
{
    for (size_t index = 0; index < sales->day_count; index++) {
        const struct sales_sum *sum = &sales->days[index];
        const int32_t day = sales->days_from + (int32_t)index;
        const int64_t height = height_of(sum->net_minor, end);
        if (sum->count == 0) {
            continue;
        }
        buf_format(page->buf,
                   "<rect class=\"%s\" x=\"%zu\" y=\"%" PRId64 "\" width=\"%d\" height=\"%" PRId64
                   "\"><title>",
                   day < sales->period.first_day ? "bar context" : "bar",
                   index * DAY_WIDTH + (DAY_WIDTH - BAR_WIDTH) / 2, HEIGHT - height, BAR_WIDTH,
                   height);
        page_escaped(page, page_words(page, M_REPORT_CHART_DAY, {"day", day_text(page, day)},
                                      {"net", page_money(page, sum->net_minor, sales->currency)},
                                      {"orders", page_orders(page, sum->orders)}));
        page_markup(page, "</title></rect>\n");
    }
}

static void
draw_line_before(struct page *page, const struct sales *sales, int64_t end)
{
    if (sales->days_before == NULL || sales->ledger_before.net_minor == 0) {
        return;
    }
    const size_t length = (size_t)(sales->compared.last_day - sales->compared.first_day) +
                          1; /* 28 to 31 of a month */
    page_markup(page, "<polyline class=\"before\" points=\"");
    for (size_t index = 0; index < sales->day_count && index < length; index++) {
        buf_format(page->buf, "%s%zu,%" PRId64, index > 0 ? " " : "",
                   index * DAY_WIDTH + DAY_WIDTH / 2,
                   HEIGHT - height_of(sales->days_before[index].net_minor, end));
    }
    page_markup(page, "\"/>\n");
}

/* The best day in words: what somebody who cannot see the drawing should know. */
static void
describe(struct page *page, const struct sales *sales)
{
    size_t best = 0;
    for (size_t index = 1; index < sales->day_count; index++) {
        best = sales->days[index].net_minor > sales->days[best].net_minor ? index : best;
    }
    const char *best_day = day_text(page, sales->days_from + (int32_t)best);
    page_escaped(
        page,
        page_words(page, M_REPORT_CHART_DESCRIPTION, {"from", day_text(page, sales->days_from)},
                   {"to", day_text(page, sales->period.last_day)}, {"day", best_day},
                   {"net", page_money(page, sales->days[best].net_minor, sales->currency)}));
}

/* At most TICKS_MAX days named under the drawing, each in the middle of its bar, counted back from
 * the last.  Percentages place the words without stretching them. */
static void
draw_axis(struct page *page, const struct sales *sales)
{
    const size_t last = sales->day_count - 1;
    const size_t step = last / TICKS_MAX + 1;
    page_markup(page, "</div>\n<svg class=\"axis\" aria-hidden=\"true\">");
    for (size_t at = last % step; at <= last; at += step) {
        const size_t permyriad = (2 * at + 1) * 10000 / (2 * sales->day_count);
        buf_format(page->buf, "<text%s x=\"%zu.%02zu%%\" y=\"12\">",
                   (last - at) / step % 2 == 0 ? "" : " class=\"minor\"", permyriad / 100,
                   permyriad % 100);
        page_escaped(page, day_text(page, sales->days_from + (int32_t)at) + 5); /* no year */
        page_markup(page, "</text>");
    }
    page_markup(page, "</svg>\n");
}

static void
draw_legend(struct page *page, const struct sales *sales)
{
    page_markup(page, "<figcaption><span class=\"key now\"></span>");
    page_message(page, M_REPORT_LEGEND_NOW);
    if (sales->days_before == NULL) {
        page_markup(page, " <span class=\"key context\"></span>");
        page_message(page, M_REPORT_LEGEND_CONTEXT);
    } else if (sales->ledger_before.net_minor != 0) {
        page_markup(page, " <span class=\"key before\"></span>");
        page_message(page, M_REPORT_LEGEND_BEFORE);
    }
    page_markup(page, "</figcaption>\n</figure>\n");
}

void
chart_days(struct page *page, const struct sales *sales)
{
    const int64_t end = axis_end(largest_of(sales));
    const size_t width = sales->day_count * DAY_WIDTH;
    buf_format(page->buf,
               "<figure>\n<div class=\"plot\"><svg role=\"img\" aria-labelledby=\"t-%s d-%s\" "
               "viewBox=\"0 0 %zu %d\" preserveAspectRatio=\"none\">\n<title id=\"t-%s\">",
               sales->currency, sales->currency, width, HEIGHT, sales->currency);
    page_escaped(page, page_words(page, M_REPORT_CHART_TITLE, {"currency", sales->currency}));
    buf_format(page->buf, "</title>\n<desc id=\"d-%s\">", sales->currency);
    describe(page, sales);
    page_markup(page, "</desc>\n");
    for (int line = 0; line <= 2; line++) {
        buf_format(page->buf, "<line class=\"grid\" x1=\"0\" x2=\"%zu\" y1=\"%d\" y2=\"%d\"/>\n",
                   width, line * HEIGHT / 2, line * HEIGHT / 2);
    }
    draw_bars(page, sales, end);
    draw_line_before(page, sales, end);
    page_markup(page, "</svg>");
    page_element(page, "span", "tick top", page_short(page, end, sales->currency));
    page_element(page, "span", "tick middle", page_short(page, end / 2, sales->currency));
    draw_axis(page, sales);
    draw_legend(page, sales);
}

void
chart_bar(struct page *page, int64_t part, int64_t whole)
{
    const int64_t width = part <= 0 || whole <= 0 ? 0 : (int64_t)((int128)part * 1000 / whole);
    buf_format(page->buf,
               "<svg class=\"share\" viewBox=\"0 0 1000 8\" preserveAspectRatio=\"none\" "
               "aria-hidden=\"true\"><rect class=\"bar\" width=\"%" PRId64
               "\" height=\"8\"/></svg>",
               width);
}
