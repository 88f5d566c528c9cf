#include "reports/chart.h"

#include "base/date.h"

#include <inttypes.h>

/* The drawing's own units: a bar takes BAR_PERCENT of its place; HEIGHT is the top of the axis.
 * Where there are few bars they are the wider, so that lines keep their looks when it is stretched
 * to its place, as they do in browsers anyway. */
enum { WIDTH_MIN = 3000, PLACE_MIN = 100, BAR_PERCENT = 70, HEIGHT = 1000, TICKS_MAX = 7 };
enum { CONTEXT_DAYS = 14 };

/* Programs that make PDFs of pages know no style sheet here; browsers let it override these. */
#define FILL_BAR     " fill=\"#0072b2\""
#define FILL_CONTEXT " fill=\"#9db9cc\""
#define STROKE_BEFORE                                                                              \
    " fill=\"none\" stroke=\"#b8530a\" stroke-width=\"10\" stroke-dasharray=\"50 30\""
#define STROKE_GRID " stroke=\"#d9dee3\" stroke-width=\"4\""
#define TEXT_AXIS   " fill=\"#5a6570\" font-size=\"9\" text-anchor=\"middle\""

/* What is drawn. */
struct days {
    const char *currency;
    struct period period;
    int32_t from; /* earlier than the period when that is a single day */
    size_t count;
    struct outline_day *now;
    struct outline_day *before; /* of the period compared, as many; NULL with neighbours */
    size_t before_count;        /* of them that there are: months differ */
    int64_t before_minor;
};

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
largest_of(const struct days *days)
{
    int64_t largest = 1;
    for (size_t index = 0; index < days->count; index++) {
        const int64_t now = days->now[index].net_minor;
        const int64_t before = days->before == NULL ? 0 : days->before[index].net_minor;
        largest = now > largest ? now : largest;
        largest = before > largest ? before : largest;
    }
    return largest;
}

/* Of a bar with the room beside it. */
static size_t
slot_width(size_t count)
{
    return count * PLACE_MIN >= WIDTH_MIN ? PLACE_MIN : WIDTH_MIN / count;
}

/* Where bar `at` of so many begins, ends, and has its middle. */
struct slot {
    size_t left;
    size_t middle;
    size_t width;
};
static struct slot
slot_of(size_t at, size_t count)
{
    const size_t width = slot_width(count);
    const size_t bar = width * BAR_PERCENT / 100;
    return (struct slot){at * width + (width - bar) / 2, at * width + width / 2, bar};
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
draw_bars(struct page *page, const struct days *days, int64_t end)
{
    for (size_t index = 0; index < days->count; index++) {
        const struct outline_day *sum = &days->now[index];
        const int32_t day = days->from + (int32_t)index;
        const int64_t height = height_of(sum->net_minor, end);
        const struct slot slot = slot_of(index, days->count);
        if (sum->net_minor <= 0) {
            continue;
        }
        buf_format(page->buf,
                   "<rect class=\"%s x=\"%zu\" y=\"%" PRId64 "\" width=\"%zu\" height=\"%" PRId64
                   "\"><title>",
                   day < days->period.first_day ? "bar context\"" FILL_CONTEXT : "bar\"" FILL_BAR,
                   slot.left, HEIGHT - height, slot.width, height);
        page_escaped(page, page_words(page, M_REPORT_CHART_DAY, {"day", day_text(page, day)},
                                      {"net", page_money(page, sum->net_minor, days->currency)},
                                      {"orders", page_orders(page, sum->orders)}));
        page_markup(page, "</title></rect>\n");
    }
}

static void
draw_line_before(struct page *page, const struct days *days, int64_t end)
{
    if (days->before == NULL || days->before_minor == 0) {
        return;
    }
    page_markup(page, "<polyline class=\"before\"" STROKE_BEFORE " points=\"");
    for (size_t index = 0; index < days->count && index < days->before_count; index++) {
        buf_format(page->buf, "%s%zu,%" PRId64, index > 0 ? " " : "",
                   slot_of(index, days->count).middle,
                   HEIGHT - height_of(days->before[index].net_minor, end));
    }
    page_markup(page, "\"/>\n");
}

/* The best day in words: what somebody who cannot see the drawing should know. */
static void
describe(struct page *page, const struct days *days)
{
    size_t best = 0;
    for (size_t index = 1; index < days->count; index++) {
        best = days->now[index].net_minor > days->now[best].net_minor ? index : best;
    }
    const char *best_day = day_text(page, days->from + (int32_t)best);
    page_escaped(page,
                 page_words(page, M_REPORT_CHART_DESCRIPTION, {"from", day_text(page, days->from)},
                            {"to", day_text(page, days->period.last_day)}, {"day", best_day},
                            {"net", page_money(page, days->now[best].net_minor, days->currency)}));
}

/* A name under bar `at` of so many.  Near the right edge it ends there: what programs that make
 * PDFs draw beyond it is cut off.  Minor ones are left out on a telephone. */
static void
draw_name(struct page *page, size_t at, size_t count, bool is_major, const char *name)
{
    enum { NEAR_EDGE = 9400 };
    const size_t permyriad = (2 * at + 1) * 10000 / (2 * count);
    page_markup(page, is_major ? "<text" : "<text class=\"minor\"");
    if (permyriad > NEAR_EDGE) {
        page_markup(page, " text-anchor=\"end\" x=\"100%\" y=\"12\">");
    } else {
        buf_format(page->buf, " x=\"%zu.%02zu%%\" y=\"12\">", permyriad / 100, permyriad % 100);
    }
    page_escaped(page, name);
    page_markup(page, "</text>");
}

/* At most TICKS_MAX days named under the drawing, each in the middle of its bar, counted back from
 * the last.  Percentages place the words without stretching them. */
static void
draw_axis(struct page *page, const struct days *days)
{
    const size_t last = days->count - 1;
    const size_t step = last / TICKS_MAX + 1;
    page_markup(page, "</div>\n<svg class=\"axis\"" TEXT_AXIS " aria-hidden=\"true\">");
    for (size_t at = last % step; at <= last; at += step) {
        draw_name(page, at, days->count, (last - at) / step % 2 == 0,
                  day_text(page, days->from + (int32_t)at) + 5); /* no year */
    }
    page_markup(page, "</svg>\n");
}

static void
draw_legend(struct page *page, const struct days *days)
{
    page_markup(page, "<figcaption><span class=\"key now\"></span>");
    page_message(page, M_REPORT_LEGEND_NOW);
    if (days->before == NULL) {
        page_markup(page, " <span class=\"key context\"></span>");
        page_message(page, M_REPORT_LEGEND_CONTEXT);
    } else if (days->before_minor != 0) {
        page_markup(page, " <span class=\"key before\"></span>");
        page_message(page, M_REPORT_LEGEND_BEFORE);
    }
    page_markup(page, "</figcaption>\n</figure>\n");
}

static void
draw(struct page *page, const struct days *days)
{
    const int64_t end = axis_end(largest_of(days));
    const size_t width = days->count * slot_width(days->count);
    const char *title = page_words(page, M_REPORT_CHART_TITLE, {"currency", days->currency});
    page_element(page, "p", "note", title);
    buf_format(page->buf,
               "<figure>\n<div class=\"plot\"><svg role=\"img\" aria-labelledby=\"t-%s d-%s\" "
               "viewBox=\"0 0 %zu %d\" preserveAspectRatio=\"none\">\n<title id=\"t-%s\">",
               days->currency, days->currency, width, HEIGHT, days->currency);
    page_escaped(page, title);
    buf_format(page->buf, "</title>\n<desc id=\"d-%s\">", days->currency);
    describe(page, days);
    page_markup(page, "</desc>\n");
    for (int line = 0; line <= 2; line++) {
        buf_format(page->buf,
                   "<line class=\"grid\"" STROKE_GRID
                   " x1=\"0\" x2=\"%zu\" y1=\"%d\" y2=\"%d\"/>\n",
                   width, line * HEIGHT / 2, line * HEIGHT / 2);
    }
    draw_bars(page, days, end);
    draw_line_before(page, days, end);
    page_markup(page, "</svg>");
    page_element(page, "span", "tick top", page_short(page, end, days->currency));
    page_element(page, "span", "tick middle", page_short(page, end / 2, days->currency));
    draw_axis(page, days);
    draw_legend(page, days);
}

enum outcome
chart_days(struct page *page, const struct outline_view *view, const struct outline_totals *totals,
           struct fault *why)
{
    const struct period now = view->periods[SPAN_NOW];
    const struct period before = view->periods[SPAN_BEFORE];
    const bool is_day = now.first_day == now.last_day;
    struct days days = {.currency = totals->currency,
                        .period = now,
                        .from = is_day ? now.first_day - (CONTEXT_DAYS - 1) : now.first_day,
                        .before_minor = totals->values[SPAN_BEFORE][0]};
    days.count = (size_t)(now.last_day - days.from) + 1;
    days.now = arena_array(view->arena, struct outline_day, days.count);
    TRY(outline_days(view, (struct period){days.from, now.last_day}, totals->currency, days.now,
                     why));
    if (!is_day) {
        days.before_count = (size_t)(before.last_day - before.first_day) + 1;
        days.before = arena_array(view->arena, struct outline_day, days.before_count + days.count);
        TRY(outline_days(view, before, totals->currency, days.before, why));
    }
    draw(page, &days);
    return DONE;
}

/* ---- a trend -------------------------------------------------------------------------------- */

enum { POINTS_MAX = 160 };
struct point {
    const char *name;
    int64_t orders;
    int64_t p50_micros; /* hours */
    int64_t p90_micros;
};
struct trend {
    struct point points[POINTS_MAX];
    size_t count;
    size_t longest; /* of them */
};

static enum outcome
read_trend(const struct outline_view *view, const struct outline_section *section,
           struct trend *trend, struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome = DONE;
    TRY(outline_open(&scan, view, section, "", why));
    while (trend->count < POINTS_MAX && (outcome = outline_next(&scan, cells, why)) == DONE) {
        const struct point point = {
            arena_copy(view->arena, cells[0].text), outline_number(cells, scan.count, "orders"),
            outline_number(cells, scan.count, "p50"), outline_number(cells, scan.count, "p90")};
        if (point.orders > 0) {
            trend->longest = point.p90_micros > trend->points[trend->longest].p90_micros
                                 ? trend->count
                                 : trend->longest;
            trend->points[trend->count++] = point;
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static void
draw_points(struct page *page, const struct trend *trend, int64_t end)
{
    for (size_t index = 0; index < trend->count; index++) {
        const struct point *point = &trend->points[index];
        const int64_t height = height_of(point->p90_micros, end);
        const struct slot slot = slot_of(index, trend->count);
        buf_format(page->buf,
                   "<rect class=\"bar\"" FILL_BAR " x=\"%zu\" y=\"%" PRId64
                   "\" width=\"%zu\" height=\"%" PRId64 "\"><title>",
                   slot.left, HEIGHT - height, slot.width, height);
        page_escaped(page, page_words(page, M_REPORT_TREND_POINT, {"name", point->name},
                                      {"orders", page_orders(page, point->orders)},
                                      {"p50", page_quantity(page, point->p50_micros)},
                                      {"p90", page_quantity(page, point->p90_micros)}));
        page_markup(page, "</title></rect>\n");
    }
    page_markup(page, "<polyline class=\"before\"" STROKE_BEFORE " points=\"");
    for (size_t index = 0; index < trend->count; index++) {
        buf_format(page->buf, "%s%zu,%" PRId64, index > 0 ? " " : "",
                   slot_of(index, trend->count).middle,
                   HEIGHT - height_of(trend->points[index].p50_micros, end));
    }
    page_markup(page, "\"/>\n</svg>");
}

static void
name_points(struct page *page, const struct trend *trend)
{
    const size_t last = trend->count - 1;
    const size_t step = last / TICKS_MAX + 1;
    page_markup(page, "</div>\n<svg class=\"axis\"" TEXT_AXIS " aria-hidden=\"true\">");
    for (size_t at = last % step; at <= last; at += step) {
        draw_name(page, at, trend->count, (last - at) / step % 2 == 0,
                  trend->points[at].name + 2); /* no century */
    }
    page_markup(page, "</svg>\n<figcaption><span class=\"key now\"></span>");
    page_message(page, M_REPORT_LEAD_P90);
    page_markup(page, " <span class=\"key before\"></span>");
    page_message(page, M_REPORT_LEAD_P50);
    page_markup(page, "</figcaption>\n</figure>\n");
}

enum outcome
chart_trend(struct page *page, const struct outline_view *view,
            const struct outline_section *section, struct fault *why)
{
    struct trend *trend = arena_new(view->arena, struct trend);
    TRY(read_trend(view, section, trend, why));
    const struct point *longest = &trend->points[trend->longest];
    if (trend->count < 2 || longest->p90_micros <= 0) {
        return DONE;
    }
    const int64_t end = axis_end(longest->p90_micros);
    page_element(page, "p", "note", message_text(M_REPORT_TREND_TITLE, page->language));
    buf_format(page->buf,
               "<figure>\n<div class=\"plot\"><svg role=\"img\" aria-labelledby=\"t-trend "
               "d-trend\" viewBox=\"0 0 %zu %d\" preserveAspectRatio=\"none\">\n"
               "<title id=\"t-trend\">",
               trend->count * slot_width(trend->count), HEIGHT);
    page_message(page, M_REPORT_TREND_TITLE);
    page_markup(page, "</title>\n<desc id=\"d-trend\">");
    page_escaped(page, page_words(page, M_REPORT_TREND_DESCRIPTION, {"name", longest->name},
                                  {"hours", page_quantity(page, longest->p90_micros)}));
    page_markup(page, "</desc>\n");
    for (int line = 0; line <= 2; line++) {
        buf_format(page->buf,
                   "<line class=\"grid\"" STROKE_GRID
                   " x1=\"0\" x2=\"%zu\" y1=\"%d\" y2=\"%d\"/>\n",
                   trend->count * slot_width(trend->count), line * HEIGHT / 2, line * HEIGHT / 2);
    }
    draw_points(page, trend, end);
    page_element(page, "span", "tick top", page_quantity(page, end));
    page_element(page, "span", "tick middle", page_quantity(page, end / 2));
    name_points(page, trend);
    return DONE;
}

void
chart_bar(struct page *page, int64_t part, int64_t whole)
{
    const int64_t width = part <= 0 || whole <= 0 ? 0 : (int64_t)((int128)part * 1000 / whole);
    buf_format(page->buf,
               "<svg class=\"share\" viewBox=\"0 0 1000 8\" preserveAspectRatio=\"none\" "
               "aria-hidden=\"true\"><rect class=\"bar\"" FILL_BAR " width=\"%" PRId64
               "\" height=\"8\"/></svg>",
               width);
}
