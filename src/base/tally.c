/* A hash table with open addressing: the slots hold numbers of groups, so growing it moves no
 * key. */
#include "base/tally.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS_AT_FIRST = 64, BYTES_AT_FIRST = 1024 };

struct tally_group {
    uint64_t hash;
    size_t key;  /* in bytes */
    size_t size; /* with the zeros */
};

static void *
grown(void *memory, size_t size)
{
    void *bigger = realloc(memory, size);
    if (bigger == NULL) {
        fputs("purser: out of memory\n", stderr);
        abort();
    }
    return bigger;
}

void
tally_init(struct tally *tally, size_t part_count, size_t width)
{
    assert(part_count >= 1 && part_count <= TALLY_PARTS_MAX && width >= 1);
    *tally = (struct tally){.part_count = part_count, .width = width};
    tally->slot_count = SLOTS_AT_FIRST;
    tally->slots = calloc(SLOTS_AT_FIRST, sizeof *tally->slots);
    assert(tally->slots != NULL);
}

void
tally_close(struct tally *tally)
{
    free(tally->groups);
    free(tally->sums);
    free(tally->bytes);
    free(tally->slots);
    *tally = (struct tally){.part_count = 0};
}

/* ---- keys ----------------------------------------------------------------------------------- */

/* FNV-1a, over the zeros, too: "a" "bc" is not "ab" "c". */
static uint64_t
hash_of(const struct tally *tally, const char *const *parts)
{
    uint64_t hash = 14695981039346656037U;
    for (size_t part = 0; part < tally->part_count; part++) {
        const unsigned char *at = (const unsigned char *)parts[part];
        do {
            hash = (hash ^ *at) * 1099511628211U;
        } while (*at++ != '\0');
    }
    return hash ^ hash >> 32;
}

static bool
is_key(const struct tally *tally, const struct tally_group *group, const char *const *parts)
{
    const char *key = tally->bytes + group->key;
    for (size_t part = 0; part < tally->part_count; part++) {
        if (strcmp(key, parts[part]) != 0) {
            return false;
        }
        key += strlen(key) + 1;
    }
    return true;
}

/* Where its group's number stands, or is to be put. */
static uint32_t *
slot_of(const struct tally *tally, uint64_t hash, const char *const *parts)
{
    size_t slot = (size_t)hash & (tally->slot_count - 1);
    while (tally->slots[slot] != 0) {
        const struct tally_group *group = &tally->groups[tally->slots[slot] - 1];
        if (group->hash == hash && is_key(tally, group, parts)) {
            break;
        }
        slot = (slot + 1) & (tally->slot_count - 1);
    }
    return &tally->slots[slot];
}

static void
put_key(struct tally *tally, struct tally_group *group, const char *const *parts)
{
    group->key = tally->bytes_used;
    for (size_t part = 0; part < tally->part_count; part++) {
        const size_t size = strlen(parts[part]) + 1;
        if (tally->bytes_used + size > tally->bytes_capacity) {
            tally->bytes_capacity = 2 * (tally->bytes_used + size) + BYTES_AT_FIRST;
            tally->bytes = grown(tally->bytes, tally->bytes_capacity);
        }
        memcpy(tally->bytes + tally->bytes_used, parts[part], size);
        tally->bytes_used += size;
    }
    group->size = tally->bytes_used - group->key;
}

/* ---- groups --------------------------------------------------------------------------------- */

/* Slots are never more than half taken. */
static void
grow_slots(struct tally *tally)
{
    tally->slot_count *= 2;
    free(tally->slots);
    tally->slots = calloc(tally->slot_count, sizeof *tally->slots);
    assert(tally->slots != NULL);
    for (size_t group = 0; group < tally->count; group++) {
        size_t slot = (size_t)tally->groups[group].hash & (tally->slot_count - 1);
        while (tally->slots[slot] != 0) {
            slot = (slot + 1) & (tally->slot_count - 1);
        }
        tally->slots[slot] = (uint32_t)group + 1;
    }
}

static void
grow_groups(struct tally *tally)
{
    tally->capacity = 2 * tally->capacity + 16;
    tally->groups = grown(tally->groups, tally->capacity * sizeof *tally->groups);
    tally->sums = grown(tally->sums, tally->capacity * tally->width * sizeof *tally->sums);
}

size_t
tally_at(struct tally *tally, const char *const *parts)
{
    const uint64_t hash = hash_of(tally, parts);
    uint32_t *slot = slot_of(tally, hash, parts);
    if (*slot != 0) {
        return *slot - 1;
    }
    if (2 * (tally->count + 1) > tally->slot_count) {
        grow_slots(tally);
        slot = slot_of(tally, hash, parts);
    }
    if (tally->count == tally->capacity) {
        grow_groups(tally);
    }
    const size_t made = tally->count++;
    assert(tally->count < UINT32_MAX);
    tally->groups[made].hash = hash;
    put_key(tally, &tally->groups[made], parts);
    memset(tally_sums(tally, made), 0, tally->width * sizeof *tally->sums);
    *slot = (uint32_t)made + 1;
    return made;
}

size_t
tally_find(const struct tally *tally, const char *const *parts)
{
    const uint32_t *slot = slot_of(tally, hash_of(tally, parts), parts);
    return *slot == 0 ? SIZE_MAX : *slot - 1;
}

void
tally_add(struct tally *tally, size_t group, size_t sum, int64_t amount)
{
    assert(sum < tally->width);
    int64_t *total = &tally_sums(tally, group)[sum];
    tally->is_beyond |= __builtin_add_overflow(*total, amount, total);
}

int64_t *
tally_sums(const struct tally *tally, size_t group)
{
    return tally->sums + group * tally->width;
}

const char *
tally_part(const struct tally *tally, size_t group, size_t part)
{
    const char *key = tally->bytes + tally->groups[group].key;
    for (; part > 0; part--) {
        key += strlen(key) + 1;
    }
    return key;
}

/* ---- their order ---------------------------------------------------------------------------- */

static int
compare_keys(const void *one, const void *other, void *context)
{
    const struct tally *tally = context;
    const struct tally_group *left = &tally->groups[*(const size_t *)one];
    const struct tally_group *right = &tally->groups[*(const size_t *)other];
    const size_t size = left->size < right->size ? left->size : right->size;
    /* Where one has ended and the other goes on, a zero is less than what stands there. */
    return memcmp(tally->bytes + left->key, tally->bytes + right->key, size);
}

size_t *
tally_order(const struct tally *tally)
{
    size_t *order = malloc((tally->count + 1) * sizeof *order);
    assert(order != NULL);
    for (size_t group = 0; group < tally->count; group++) {
        order[group] = group;
    }
    qsort_r(order, tally->count, sizeof *order, compare_keys, (void *)tally);
    return order;
}
