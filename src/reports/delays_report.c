#include "reports/delays_report.h"

#include "base/date.h"
#include "order/order.h"

#include <stdlib.h>

enum { TENTH_MS = 360 * 1000 };

static int
compare_times(const void *one, const void *other)
{
    const int64_t left = *(const int64_t *)one;
    const int64_t right = *(const int64_t *)other;
    return (left > right) - (left < right);
}

/* In tenths of a percent. */
static int64_t
share(int64_t part, int64_t whole)
{
    return whole == 0 ? AMOUNT_NONE : (2000 * part + whole) / (2 * whole);
}

static void
judge(const struct report_arrival *rows, size_t count, struct arena *arena,
      struct warning_quality *quality)
{
    int64_t *leads_ms = arena_array(arena, int64_t, count + 1);
    size_t lead_count = 0;
    *quality = (struct warning_quality){.finished = (int64_t)count};
    for (size_t index = 0; index < count; index++) {
        const struct report_arrival *row = &rows[index];
        const int64_t end_ms = day_begin(row->promised + 1);
        const bool is_warned = row->warned_ms != AMOUNT_NONE && row->warned_ms < end_ms;
        quality->late += row->is_late;
        quality->warned += is_warned;
        quality->warned_late += is_warned && row->is_late;
        quality->late_warned +=
            is_warned && row->is_late && row->warned_ms < day_begin(row->promised);
        if (is_warned && row->is_late) {
            leads_ms[lead_count++] = end_ms - row->warned_ms;
        }
    }
    if (lead_count > 1) {
        qsort(leads_ms, lead_count, sizeof *leads_ms, compare_times);
    }
    quality->precision_tenths = share(quality->warned_late, quality->warned);
    quality->recall_tenths = share(quality->late_warned, quality->late);
    quality->lead_tenths =
        lead_count == 0 ? AMOUNT_NONE : leads_ms[(lead_count - 1) / 2] / TENTH_MS;
}

enum outcome
delays_load(struct store *store, const struct report_request *request, struct arena *arena,
            struct delay_figures *figures, struct fault *why)
{
    const struct report_span span = {request->first_day, request->last_day, request->as_of_ms,
                                     request->language};
    const int64_t end_ms = day_begin(request->last_day + 1);
    struct report_arrival *arrivals = NULL;
    size_t count = 0;
    *figures = (struct delay_figures){.period = {request->first_day, request->last_day}};
    TRY(report_delays_told(store, &span, arena, &figures->told, &figures->told_count, why));
    TRY(report_delays_open(store, &span, arena, &figures->open, &figures->open_count, why));
    TRY(report_arrivals(store, day_begin(request->last_day + 1 - QUALITY_DAYS),
                        end_ms <= request->as_of_ms ? end_ms : request->as_of_ms + 1, arena,
                        &arrivals, &count, why));
    judge(arrivals, count, arena, &figures->quality);
    return DONE;
}
