/* The report of delays as one page: what is open, what was told, how good the warnings were; at the
 * end what the words mean. */
#include "reports/delays_report.h"
#include "reports/frame.h"

#include "base/date.h"
#include "order/delay_words.h"
#include "order/order.h"
#include "store/store_document_delay.h"

static const struct report_word words[] = {
    {M_DELAY_GRADE_AT_RISK, M_REPORT_MEANS_AT_RISK},
    {M_DELAY_GRADE_LATE, M_REPORT_MEANS_LATE},
    {M_DELAY_GRADE_OVERDUE, M_REPORT_MEANS_DAY_OVER},
    {M_REPORT_DELAYS_FINISHED, M_REPORT_MEANS_FINISHED},
    {M_REPORT_DELAYS_WARNED, M_REPORT_MEANS_WARNED},
    {M_REPORT_DELAYS_PRECISION, M_REPORT_MEANS_PRECISION},
    {M_REPORT_DELAYS_RECALL, M_REPORT_MEANS_RECALL},
    {M_REPORT_DELAYS_LEAD, M_REPORT_MEANS_LEAD},
};
const struct report_words delays_words = {words, sizeof words / sizeof words[0]};

static const char *
day_words(struct page *page, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return day == DAY_NONE ? "–" : arena_copy(page->arena, day_format(text, day));
}

static const char *
moment_words(struct page *page, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    moment_format(text, moment_ms);
    return arena_format(page->arena, "%.10s %.5s", text, text + 11);
}

/* "66.7 %", "30.0 h", or a dash. */
static const char *
tenths_words(struct page *page, int64_t tenths, const char *unit)
{
    char text[DECIMAL_TEXT_SIZE];
    return tenths == AMOUNT_NONE
               ? "–"
               : arena_format(page->arena, "%s%s", decimal_format(text, tenths, 1, 1), unit);
}

static void
put_head(struct page *page, const struct delay_figures *figures, const struct config *config,
         const struct report_request *request)
{
    const char *period = frame_period(page, figures->period);
    const struct frame frame = {
        page_words(page, M_REPORT_DELAYS_TITLE, {"period", period},
                   {"told", page_count(page, (int64_t)figures->told_count)},
                   {"open", page_count(page, (int64_t)figures->open_count)}),
        page_words(page, M_REPORT_DELAYS_MASTHEAD, {"company", config->company_name},
                   {"period", period}),
        request->as_of_ms, request->twin};
    frame_begin(page, &frame);
}

static void
put_tiles(struct page *page, const struct delay_figures *figures)
{
    const struct warning_quality *quality = &figures->quality;
    const struct {
        enum message name;
        const char *value;
    } tiles[] = {
        {M_REPORT_DELAYS_OPEN, page_count(page, (int64_t)figures->open_count)},
        {M_REPORT_DELAYS_TOLD, page_count(page, (int64_t)figures->told_count)},
        {M_REPORT_DELAYS_FINISHED, page_count(page, quality->finished)},
        {M_REPORT_DELAYS_LATE, page_count(page, quality->late)},
        {M_REPORT_DELAYS_WARNED, page_count(page, quality->warned)},
        {M_REPORT_DELAYS_PRECISION, tenths_words(page, quality->precision_tenths, "\xC2\xA0%")},
        {M_REPORT_DELAYS_RECALL, tenths_words(page, quality->recall_tenths, "\xC2\xA0%")},
        {M_REPORT_DELAYS_LEAD, tenths_words(page, quality->lead_tenths, " h")},
    };
    page_markup(page, "<dl class=\"tiles\">\n");
    for (size_t index = 0; index < sizeof tiles / sizeof tiles[0]; index++) {
        page_tile(page, message_text(tiles[index].name, page->language), tiles[index].value, "");
    }
    page_markup(page, "</dl>\n");
}

static void
put_row(struct page *page, const struct report_delay *row)
{
    page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
    page_escaped(page, arena_format(page->arena, "%s/%s", row->partner, row->order_number));
    page_markup(page, "</th>");
    page_element(page, "td", "", delay_grade_words(row->grade, page->language));
    page_element(page, "td", "long", delay_cause_words(row->cause, page->language));
    page_element(page, "td", "", day_words(page, row->promised));
    page_element(page, "td", "", day_words(page, delay_expected_day(row->expected_p50_ms)));
    page_element(page, "td", "", day_words(page, delay_expected_day(row->expected_p90_ms)));
    page_element(page, "td", "", moment_words(page, row->at_ms));
    page_markup(page, "</tr>\n");
}

static void
put_rows(struct page *page, enum message heading, const struct report_delay *rows, size_t count)
{
    static const enum message columns[] = {M_REPORT_ORDER_NUMBER,    M_REPORT_DELAYS_GRADE,
                                           M_REPORT_DELAYS_CAUSE,    M_REPORT_DELAYS_PROMISED,
                                           M_REPORT_DELAYS_EXPECTED, M_REPORT_DELAYS_LATEST,
                                           M_REPORT_DELAYS_TOLD_WHEN};
    if (count == 0) {
        return;
    }
    page_markup(page, "<h2>");
    page_message(page, heading);
    page_markup(page, "</h2>\n");
    page_table(page, heading, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < count && index < DELAY_ROWS_MAX; index++) {
        put_row(page, &rows[index]);
    }
    page_markup(page, "</tbody>\n</table></div>\n");
    if (count > DELAY_ROWS_MAX) {
        page_element(page, "p", "note",
                     page_words(page, M_REPORT_MORE_ROWS,
                                {"count", page_count(page, (int64_t)count - DELAY_ROWS_MAX)}));
    }
}

enum outcome
delays_html_write(struct page *page, struct store *store, const struct config *config,
                  const struct report_request *request, struct fault *why)
{
    struct delay_figures figures;
    TRY(delays_load(store, request, page->arena, &figures, why));
    put_head(page, &figures, config, request);
    put_tiles(page, &figures);
    put_rows(page, M_REPORT_DELAYS_OPEN, figures.open, figures.open_count);
    put_rows(page, M_REPORT_DELAYS_TOLD, figures.told, figures.told_count);
    frame_words(page, &delays_words, config);
    frame_end(page, config->company_name);
    return page_flush(page, why);
}
