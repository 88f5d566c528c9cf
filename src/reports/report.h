/* report.h -- periodic reports: figures in SQL, pages and tables from the figures.
 *
 * Station "report": each schedule of the configuration whose last period ended before the run's day
 * and has no row in `report` gets one, with an outbox message to each of its recipients, in one
 * transaction: once per period, even when cron skips or repeats.  Which period is due says plan.h.
 * The files themselves are written by the writers below, like any other outgoing file.
 */
#ifndef PURSER_REPORT_H
#define PURSER_REPORT_H

#include "base/buf.h"
#include "config/run.h"
#include "writers/writer.h"

#include <stdbool.h>
#include <stdint.h>

enum { REPORT_DAYS_MAX = 1100 };

MUST_USE enum outcome report_work(struct run *run, struct fault *why);

/* How long a file takes, for the table of weights. */
MUST_USE enum outcome report_weigh(const struct writing *writing, int *weight, struct fault *why);

/* Writers of KIND_REPORT, for batch.c's table. */
extern const struct writer report_html_writer;
extern const struct writer report_csv_writer;
extern const struct writer report_xlsx_writer;
extern const struct writer report_pdf_writer;
extern const struct writer report_mail_writer;

/* The day on which something counts. */
enum day_view {
    DAY_BOOKED,  /* when it became known: what was reported stays true */
    DAY_ORDERED, /* the date of its order, whenever it came */
    DAY_VIEW_COUNT
};
extern const char *const day_view_names[DAY_VIEW_COUNT]; /* "booked", "ordered" */

/* What a report is about.  It tells what was known at `as_of_ms`, so that it comes out the same
 * whenever it is made again. */
struct report_request {
    int32_t first_day;
    int32_t last_day; /* at most REPORT_DAYS_MAX days, or it is a FAULT_USAGE */
    int64_t as_of_ms;
    enum language language;
    enum day_view day_view;
    const char *twin;    /* name of the other file beside it, for a link; "" for none */
    const char *partner; /* of a score card: whom alone it is about; else NULL */
};

/* "sales", "customers", "finance", "approvals", "delays", "efficiency", "receivables", "partners",
 * "score-card" */
bool report_is_known(const char *report);
bool report_has_day_view(const char *report); /* else it is the same by any */

/* How long it takes, against others; 0: as any. */
int report_weight(const char *report);

/* Of the partner whom it is sent to, and of nobody else: its request names one. */
bool report_is_own(const char *report);

/* `purser report run`: the same bytes into the buffer, for any period, without a schedule.  The
 * buffer must take REPORT_BYTES_MAX. */
/* The PDF is a fault when the converter makes none. */
enum { REPORT_BYTES_MAX = 64 * 1024 * 1024 };
MUST_USE enum outcome report_make(const char *report, enum report_form form, struct store *store,
                                  const struct config *config, const struct report_request *request,
                                  struct buf *buf, struct fault *why);

/* The same on its way to a file, in the buffer and draft of `outlet`. */
struct page;
MUST_USE enum outcome
report_write_form(const char *report, enum report_form form, const struct page *outlet,
                  struct store *store, const struct config *config,
                  const struct report_request *request, struct fault *why);

#endif
