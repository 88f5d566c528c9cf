/* Rows are counted by what they have in common: those that stand together, or, where rows of one
 * document stand apart, all that came so far (by the hash of the key, as seen.h does). */
#include "intake/mapped.h"

#include "intake/seen.h"

#include <assert.h>
#include <stdlib.h>

enum { COUNTED_MIN = 64, COUNTED_MAX = 4 * 1024 * 1024 };

static struct counter *
counter_of(struct mapped *mapped, const struct mapped_value *value)
{
    size_t index = 0;
    while (index < MAPPED_COUNTERS_MAX && mapped->counters[index].value != NULL &&
           mapped->counters[index].value != value) {
        index++;
    }
    assert(index < MAPPED_COUNTERS_MAX && "mapping_value.c allows no more");
    mapped->counters[index].value = value;
    return &mapped->counters[index];
}

static struct counted *
place_of(const struct counter *counter, uint64_t hash)
{
    size_t at = (size_t)hash & (counter->capacity - 1);
    while (counter->items[at].number != 0 && counter->items[at].hash != hash) {
        at = (at + 1) & (counter->capacity - 1);
    }
    return &counter->items[at];
}

static void
make_room(struct counter *counter)
{
    struct counted *old = counter->items;
    const size_t capacity = counter->capacity;
    if (counter->count * 2 < capacity || capacity == COUNTED_MAX) {
        return;
    }
    counter->capacity = capacity == 0 ? COUNTED_MIN : capacity * 2;
    counter->items = calloc(counter->capacity, sizeof *counter->items);
    assert(counter->items != NULL && "out of memory");
    for (size_t at = 0; at < capacity; at++) {
        if (old[at].number != 0) {
            *place_of(counter, old[at].hash) = old[at];
        }
    }
    free(old);
}

int64_t
counter_add(struct counter *counter, uint64_t hash)
{
    make_room(counter);
    struct counted *counted = place_of(counter, hash);
    if (counted->number == 0 && counter->count >= (size_t)COUNTED_MAX / 4 * 3) {
        return 1;
    }
    counter->count += counted->number == 0;
    counted->hash = hash;
    return ++counted->number;
}

int64_t
mapped_count(struct mapped *mapped, const struct mapped_value *value, const char *key)
{
    struct counter *counter = counter_of(mapped, value);
    const uint64_t hash = seen_hash(SEEN_HASH, key);
    if (!mapped->mapping->is_scattered) {
        counter->last.number = counter->last.hash == hash ? counter->last.number + 1 : 1;
        counter->last.hash = hash;
        return counter->last.number;
    }
    return counter_add(counter, hash);
}
