/* store_report.h -- figures of a period, streamed; and which reports were made.
 *
 * What counts, and on which day, is said at the head of store_report.sql.  Amounts of different
 * currencies are never in one figure.
 */
#ifndef PURSER_STORE_REPORT_H
#define PURSER_STORE_REPORT_H

#include "base/date.h"
#include "base/fault.h"
#include "order/message.h"
#include "store/store.h"

#include <stdint.h>

struct report_span {
    int32_t first_day;
    int32_t last_day;
    int64_t as_of_ms;       /* what was known then */
    enum language language; /* of product names */
};

/* Each part comes sorted: days by date, products and customers by net amount, the largest first. */
enum report_part {
    REPORT_TOTALS,    /* per currency */
    REPORT_DAYS,      /* those with orders; `day` */
    REPORT_PRODUCTS,  /* `key` is the SKU; with name, unit and quantity */
    REPORT_CUSTOMERS, /* `key` is the customer code; `day` that of the first sold order ever */
    REPORT_UNSOLD,    /* `key` is "waiting", "refused" or "replaced" */
    REPORT_PART_COUNT
};

struct report_figure {
    const char *currency;
    const char *key;
    const char *name;
    const char *unit;
    int32_t day; /* DAY_NONE where it means nothing */
    int64_t quantity_micros;
    int64_t orders;
    int64_t net_minor, tax_minor, gross_minor;
};

/* Life: a zeroed scan, report_scan_open, report_scan_next until NONE, report_scan_close always.
 * One part is read by one scan at a time; texts live until the next row. */
struct report_scan {
    struct rows rows;
};
/* `currency` "" reads all, one after another. */
MUST_USE enum outcome
report_scan_open(struct report_scan *scan, struct store *store, enum report_part part,
                 const struct report_span *span, const char *currency, struct fault *why);
MUST_USE enum outcome
report_scan_next(struct report_scan *scan, struct report_figure *figure, struct fault *why);
void report_scan_close(struct report_scan *scan);

/* Orders that came in files on the days of the span, and those of them that the checks refused. */
struct report_intake {
    int64_t received;
    int64_t refused;
};
MUST_USE enum outcome report_intake_read(struct store *store, const struct report_span *span,
                                         struct report_intake *intake, struct fault *why);

/* The day of the first file that ever came, and the last day that a schedule has reported on;
 * DAY_NONE: there is none. */
MUST_USE enum outcome report_first_day(struct store *store, int32_t *day, struct fault *why);
MUST_USE enum outcome
report_last_day(struct store *store, const char *schedule, int32_t *day, struct fault *why);

struct report_row {
    const char *schedule;
    const char *report;
    int32_t first_day;
    int32_t last_day;
    int64_t made_ms;
};
/* NONE: this schedule has a report that begins on that day. */
MUST_USE enum outcome
report_add(struct store *store, const struct report_row *row, int64_t *id, struct fault *why);

/* The report that an outbox file is about; its texts in the arena.  `schedule` stays unset. */
MUST_USE enum outcome report_of_file(struct store *store, int64_t file_id, struct arena *arena,
                                     struct report_row *row, struct fault *why);

#endif
