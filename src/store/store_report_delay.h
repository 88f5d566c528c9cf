/* store_report_delay.h -- what the report of delays reads. */
#ifndef PURSER_STORE_REPORT_DELAY_H
#define PURSER_STORE_REPORT_DELAY_H

#include "base/arena.h"
#include "base/fault.h"
#include "store/store_report.h"

/* Something that was told of an order. */
struct report_delay {
    const char *partner;
    const char *order_number;
    int64_t version;
    int64_t at_ms;
    const char *grade; /* names of rules/outlook.h */
    const char *grade_before;
    const char *cause;
    int32_t promised;
    int64_t expected_p50_ms; /* AMOUNT_NONE: nobody can say, and so the next */
    int64_t expected_p90_ms;
};

/* What was told on the days of the span, by time; and what was told last of orders that were open
 * and not in time at its moment, by (promised, partner, number). */
MUST_USE enum outcome
report_delays_told(struct store *store, const struct report_span *span, struct arena *arena,
                   struct report_delay **items, size_t *count, struct fault *why);
MUST_USE enum outcome
report_delays_open(struct store *store, const struct report_span *span, struct arena *arena,
                   struct report_delay **items, size_t *count, struct fault *why);

/* An order that has arrived. */
struct report_arrival {
    int32_t promised;
    int64_t warned_ms; /* AMOUNT_NONE: never */
    bool is_late;
};
/* Those that were known to have, from one moment to another. */
MUST_USE enum outcome
report_arrivals(struct store *store, int64_t from_ms, int64_t to_ms, struct arena *arena,
                struct report_arrival **items, size_t *count, struct fault *why);

#endif
