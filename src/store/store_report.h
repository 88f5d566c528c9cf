/* store_report.h -- which reports were made. */
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
