/* The delays of a period for programs: described in schemas/report-delays.csv.json. */
#include "reports/delays_report.h"

#include "base/date.h"
#include "base/text.h"
#include "order/order.h"
#include "store/store_document_delay.h"

#include <inttypes.h>

static void
put_text(struct page *page, const char *text, const char *end)
{
    text_escape_csv(page->buf, text);
    page_markup(page, end);
}

static void
put_integer(struct page *page, int64_t number, const char *end)
{
    buf_format(page->buf, "%" PRId64 "%s", number, end);
}

static void
put_day(struct page *page, int32_t day, const char *end)
{
    char text[DATE_TEXT_SIZE];
    put_text(page, day_format(text, day), end);
}

static void
put_tenths(struct page *page, int64_t tenths, const char *end)
{
    char text[DECIMAL_TEXT_SIZE];
    put_text(page, tenths == AMOUNT_NONE ? "" : decimal_format(text, tenths, 1, 1), end);
}

static void
put_head(struct page *page, struct period period, const char *section)
{
    put_day(page, period.first_day, ",");
    put_day(page, period.last_day, ",");
    put_text(page, section, ",");
}

static void
put_row(struct page *page, struct period period, const char *section,
        const struct report_delay *row)
{
    char text[TIME_TEXT_SIZE];
    put_head(page, period, section);
    put_text(page, row->partner, ",");
    put_text(page, row->order_number, ",");
    put_integer(page, row->version, ",");
    put_text(page, moment_format(text, row->at_ms), ",");
    put_text(page, row->grade, ",");
    put_text(page, row->grade_before, ",");
    put_text(page, row->cause, ",");
    put_day(page, row->promised, ",");
    put_day(page, delay_expected_day(row->expected_p50_ms), ",");
    put_day(page, delay_expected_day(row->expected_p90_ms), ",,,,,,,,\r\n");
}

static void
put_quality(struct page *page, struct period period, const struct warning_quality *quality)
{
    put_head(page, period, "quality");
    page_markup(page, ",,,,,,,,,,");
    put_integer(page, quality->finished, ",");
    put_integer(page, quality->late, ",");
    put_integer(page, quality->warned, ",");
    put_integer(page, quality->warned_late, ",");
    put_integer(page, quality->late_warned, ",");
    put_tenths(page, quality->precision_tenths, ",");
    put_tenths(page, quality->recall_tenths, ",");
    put_tenths(page, quality->lead_tenths, "\r\n");
}

enum outcome
delays_csv_write(struct page *page, struct store *store, const struct config *config,
                 const struct report_request *request, struct fault *why)
{
    struct delay_figures figures;
    (void)config;
    TRY(delays_load(store, request, page->arena, &figures, why));
    page_markup(page, "first_day,last_day,section,partner,order_number,version,told,grade,"
                      "grade_before,cause,promised,expected,expected_latest,finished_count,"
                      "late_count,warned_count,warned_late_count,late_warned_count,precision,"
                      "recall,lead_hours\r\n");
    put_quality(page, figures.period, &figures.quality);
    for (size_t index = 0; index < figures.open_count; index++) {
        put_row(page, figures.period, "open", &figures.open[index]);
        TRY(page_flush(page, why));
    }
    for (size_t index = 0; index < figures.told_count; index++) {
        put_row(page, figures.period, "told", &figures.told[index]);
        TRY(page_flush(page, why));
    }
    return page_flush(page, why);
}
