#include "rules/rhythm.h"

#include <stdlib.h>
#include <string.h>

static int
compare_gaps(const void *one_pointer, const void *other_pointer)
{
    const int64_t one = *(const int64_t *)one_pointer;
    const int64_t other = *(const int64_t *)other_pointer;
    return (one > other) - (one < other);
}

bool
rhythm_judge(const struct rhythm *rhythm, const struct business_calendar *calendar,
             struct rhythm_verdict *verdict)
{
    int64_t sorted[RHYTHM_GAPS_MAX];
    const size_t count = rhythm->gap_count;
    if (count < RHYTHM_GAPS_MIN) {
        return false;
    }
    memcpy(sorted, rhythm->gaps_ms, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_gaps);
    const int64_t longest_ms = sorted[count - 1];
    *verdict = (struct rhythm_verdict){
        .usual_ms = sorted[(count - 1) / 2],
        .expected_ms = rhythm->last_ms + longest_ms,
        .silent_ms = calendar_add_days(calendar, rhythm->last_ms + 2 * longest_ms, 1)};
    return true;
}
