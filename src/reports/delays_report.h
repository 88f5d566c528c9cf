/* delays_report.h -- what was told of late orders in a period, which are open, and how good the
 * warnings were: the figures of the report of delays, and its shapes.
 *
 * The quality is that of the orders with a promised day of which it became known that they had
 * arrived, in the QUALITY_DAYS up to the end of the period.  Warned is an order of which a delay
 * was told before its promised day was over. */
#ifndef PURSER_DELAYS_REPORT_H
#define PURSER_DELAYS_REPORT_H

#include "reports/frame.h"
#include "reports/period.h"
#include "reports/report.h"
#include "store/store_report_delay.h"
#include "writers/page.h"

enum { QUALITY_DAYS = 90, DELAY_ROWS_MAX = 200 }; /* rows in a table of the page; the CSV has all */

struct warning_quality {
    int64_t finished;
    int64_t late;
    int64_t warned;
    int64_t warned_late;
    int64_t late_warned;      /* before the promised day had begun */
    int64_t precision_tenths; /* percent; AMOUNT_NONE where there is nothing to divide by, and so
                                 the next */
    int64_t recall_tenths;
    int64_t lead_tenths; /* hours, p50 of those warned and late */
};

struct delay_figures {
    struct period period;
    struct report_delay *told;
    size_t told_count;
    struct report_delay *open;
    size_t open_count;
    struct warning_quality quality;
};

/* All in the arena. */
MUST_USE enum outcome
delays_load(struct store *store, const struct report_request *request, struct arena *arena,
            struct delay_figures *figures, struct fault *why);

extern const struct report_words delays_words;

MUST_USE enum outcome
delays_html_write(struct page *page, struct store *store, const struct config *config,
                  const struct report_request *request, struct fault *why);
MUST_USE enum outcome
delays_csv_write(struct page *page, struct store *store, const struct config *config,
                 const struct report_request *request, struct fault *why);

#endif
