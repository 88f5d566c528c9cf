#include "intake/seen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t prime = UINT64_C(0x100000001b3);

uint64_t
seen_hash(uint64_t hash, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    do {
        hash = (hash ^ *at) * prime; /* with the end, so that ("ab", "c") and ("a", "bc") differ */
    } while (*at++ != '\0');
    return hash;
}

uint64_t
seen_hash_number(uint64_t hash, int64_t number)
{
    for (int shift = 0; shift < 64; shift += 8) {
        hash = (hash ^ (((uint64_t)number >> shift) & 0xFF)) * prime;
    }
    return hash;
}

/* NULL beyond PROBES_MAX: whoever makes keys that fall together gets no work out of us.  (A key
 * that is not kept is found again by the store, where it is unique.) */
static struct seen_slot *
slot_of(const struct seen *seen, uint64_t hash)
{
    enum { PROBES_MAX = 256 };
    size_t at = (size_t)(hash ^ (hash >> 32)) & (seen->capacity - 1);
    for (int probe = 0; probe < PROBES_MAX; probe++) {
        if (seen->slots[at].hash == 0 || seen->slots[at].hash == hash) {
            return &seen->slots[at];
        }
        at = (at + 1) & (seen->capacity - 1);
    }
    return NULL;
}

static void
grow(struct seen *seen)
{
    const struct seen old = *seen;
    seen->capacity = old.capacity == 0 ? 256 : old.capacity * 2;
    seen->slots = calloc(seen->capacity, sizeof *seen->slots);
    assert(seen->slots != NULL);
    for (size_t index = 0; index < old.capacity; index++) {
        struct seen_slot *slot =
            old.slots[index].hash == 0 ? NULL : slot_of(seen, old.slots[index].hash);
        if (slot != NULL) {
            *slot = old.slots[index];
        }
    }
    free(old.slots);
}

int64_t
seen_add(struct seen *seen, uint64_t hash, int64_t line)
{
    hash += hash == 0;
    if (seen->count * 2 >= seen->capacity && seen->count < SEEN_MAX) {
        grow(seen);
    }
    struct seen_slot *slot = slot_of(seen, hash);
    if (slot == NULL) {
        return 0;
    }
    if (slot->hash == hash) {
        return slot->line;
    }
    if (seen->count < SEEN_MAX) {
        *slot = (struct seen_slot){hash, line};
        seen->count++;
    }
    return 0;
}

void
seen_close(struct seen *seen)
{
    free(seen->slots);
    *seen = (struct seen){0};
}
