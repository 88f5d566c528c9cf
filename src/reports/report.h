/* report.h -- periodic reports: figures in SQL, pages and tables from the figures.
 *
 * Station "report": each schedule of the configuration whose last period ended before the run's day and has no row in
 * `report` gets one, with an outbox message to its partner, in one transaction: once per period, even when cron skips
 * or repeats.  The files themselves are written by the writers below, like any other outgoing file.
 */
#ifndef PURSER_REPORT_H
#define PURSER_REPORT_H

#include "base/buf.h"
#include "config/run.h"
#include "writers/writer.h"

MUST_USE enum outcome report_work(struct run *run, struct fault *why);

/* Writers of KIND_REPORT, for batch.c's table. */
extern const struct writer report_html_writer;
extern const struct writer report_csv_writer;

/* `purser report run sales`: the same bytes into the buffer, for any period, without a schedule. */
MUST_USE enum outcome report_sales_html(struct store *store, const struct config *config,
                                        int32_t first_day, int32_t last_day, enum language language,
                                        int64_t as_of_ms, struct buf *buf, struct fault *why);
MUST_USE enum outcome report_sales_csv(struct store *store, const struct config *config,
                                       int32_t first_day, int32_t last_day, struct buf *buf,
                                       struct fault *why);

#endif
