#include "reports/samples.h"

#include "base/vector.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static struct sample_set *
find(const struct samples *samples, int topic, const char *name)
{
    for (size_t index = 0; index < samples->count; index++) {
        struct sample_set *set = &samples->sets[index];
        if (set->topic == topic && strcmp(set->name, name) == 0) {
            return set;
        }
    }
    return NULL;
}

static struct sample_set *
add_set(struct samples *samples, int topic, const char *name)
{
    samples->sets =
        vector_room(samples->sets, sizeof *samples->sets, samples->count, &samples->capacity);
    struct sample_set *set = &samples->sets[samples->count++];
    *set = (struct sample_set){.topic = topic, .name = strdup(name)};
    if (set->name == NULL) {
        abort();
    }
    return set;
}

void
samples_add(struct samples *samples, int topic, const char *name, int64_t value)
{
    struct sample_set *set = find(samples, topic, name);
    if (set == NULL) {
        set = add_set(samples, topic, name);
    }
    set->values = vector_room(set->values, sizeof *set->values, set->count, &set->capacity);
    set->values[set->count++] = value;
    if (__builtin_add_overflow(set->total, value, &set->total)) {
        set->total = INT64_MAX;
    }
}

static int
compare_values(const void *one, const void *other)
{
    const int64_t first = *(const int64_t *)one;
    const int64_t second = *(const int64_t *)other;
    return (first > second) - (first < second);
}

void
samples_sort(struct samples *samples)
{
    for (size_t index = 0; index < samples->count; index++) {
        struct sample_set *set = &samples->sets[index];
        qsort(set->values, set->count, sizeof *set->values, compare_values);
    }
}

const struct sample_set *
samples_find(const struct samples *samples, int topic, const char *name)
{
    return find(samples, topic, name);
}

int64_t
sample_percentile(const struct sample_set *set, int percent)
{
    assert(set->count > 0 && percent >= 1 && percent <= 100);
    return set->values[(set->count * (size_t)percent + 99) / 100 - 1];
}

size_t
sample_count_above(const struct sample_set *set, int64_t value)
{
    size_t low = 0;
    size_t high = set->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (set->values[middle] > value) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return set->count - low;
}

void
samples_close(struct samples *samples)
{
    for (size_t index = 0; index < samples->count; index++) {
        free(samples->sets[index].name);
        free(samples->sets[index].values);
    }
    free(samples->sets);
    *samples = (struct samples){0};
}
