#include "writers/status_times.h"

#include "base/date.h"
#include "store/store_outbox.h"

#include <assert.h>

/* In a zone whose day begins late or is left out, the last time may lie more than a day back. */
enum { DAYS_BACK_MAX = 3 };

int64_t
status_times_last(const struct day_times *times, int64_t moment_ms)
{
    const int32_t today = moment_day(moment_ms);
    assert(times->count > 0);
    for (int32_t day = today; day > today - DAYS_BACK_MAX; day--) {
        for (size_t index = times->count; index > 0; index--) {
            const int64_t at_ms = day_moment(day, times->at_ms[index - 1]);
            if (at_ms <= moment_ms) {
                return at_ms;
            }
        }
    }
    assert(!"every day has its times");
    return moment_ms;
}

/* INT64_MIN: its times are new. */
static enum outcome
look(struct run *run, const struct partner *partner, int64_t *looked_ms, struct fault *why)
{
    return status_look_get(run->store, partner->id, INT64_MIN, looked_ms, why);
}

enum outcome
status_times_due(struct run *run, const struct partner *partner, bool *is_due, struct fault *why)
{
    int64_t looked_ms = INT64_MIN;
    *is_due = false;
    if (partner->status_times.count == 0) {
        return DONE;
    }
    TRY(look(run, partner, &looked_ms, why));
    const int64_t last_ms = status_times_last(&partner->status_times, run->as_of_ms);
    *is_due = looked_ms == INT64_MIN ? last_ms == run->as_of_ms : last_ms > looked_ms;
    return DONE;
}

/* Is there something to be noted? */
static enum outcome
is_new_or_due(struct run *run, const struct partner *partner, bool *is, struct fault *why)
{
    int64_t looked_ms = 0;
    *is = false;
    if (partner->status_times.count == 0) {
        return DONE;
    }
    TRY(look(run, partner, &looked_ms, why));
    *is = status_times_last(&partner->status_times, run->as_of_ms) > looked_ms;
    return DONE;
}

enum outcome
status_times_any(struct run *run, bool *is_any, struct fault *why)
{
    *is_any = false;
    for (size_t index = 0; index < run->config->partner_count && !*is_any; index++) {
        TRY(is_new_or_due(run, &run->config->partners[index], is_any, why));
    }
    return DONE;
}

enum outcome
status_times_take(struct run *run, struct fault *why)
{
    for (size_t index = 0; index < run->config->partner_count; index++) {
        const struct partner *partner = &run->config->partners[index];
        bool is_noted = false;
        TRY(is_new_or_due(run, partner, &is_noted, why));
        if (is_noted) {
            TRY(status_look_put(run->store, partner->id, run->as_of_ms, why));
        }
    }
    return DONE;
}
