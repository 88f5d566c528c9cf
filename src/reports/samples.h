/* samples.h -- samples by what they are of, and their percentiles by nearest rank (the least sample
 * that as many percent of them do not exceed).  Pure.
 *
 * Life:      zeroed, any number of samples_add, samples_sort, then read; samples_close frees all.
 * Failure:   none; being out of memory ends the program.
 */
#ifndef PURSER_SAMPLES_H
#define PURSER_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

struct sample_set {
    int topic; /* the caller's own */
    char *name;
    int64_t *values;
    size_t count; /* at least one */
    size_t capacity;
    int64_t total; /* INT64_MAX: beyond 64 bits */
};
struct samples {
    struct sample_set *sets;
    size_t count;
    size_t capacity;
};

void samples_add(struct samples *samples, int topic, const char *name, int64_t value);
void samples_sort(struct samples *samples);
const struct sample_set *samples_find(const struct samples *samples, int topic, const char *name);

/* Of a sorted set, 1 to 100 percent. */
int64_t sample_percentile(const struct sample_set *set, int percent);
size_t sample_count_above(const struct sample_set *set, int64_t value);

void samples_close(struct samples *samples);

#endif
