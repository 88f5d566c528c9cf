/* seen.h -- which keys a file has had already, in bounded memory.
 *
 * A set of 64-bit hashes; up to SEEN_MAX keys are remembered, later ones are not (the store's
 * UNIQUE keys catch them). Two different keys with one hash are one in 10^9 files of the largest
 * size. */
#ifndef PURSER_SEEN_H
#define PURSER_SEEN_H

#include <stddef.h>
#include <stdint.h>

enum { SEEN_MAX = 100000 };

struct seen_slot {
    uint64_t hash; /* 0: free */
    int64_t line;
};

struct seen {
    struct seen_slot *slots;
    size_t capacity; /* a power of two */
    size_t count;
};

/* The line where the key was seen before, or 0 (then it is remembered with this line). */
int64_t seen_add(struct seen *seen, uint64_t hash, int64_t line);
void seen_close(struct seen *seen);

/* FNV-1a; start with SEEN_HASH and add the texts of a key one after the other. */
#define SEEN_HASH UINT64_C(0xcbf29ce484222325)
uint64_t seen_hash(uint64_t hash, const char *text);
uint64_t seen_hash_number(uint64_t hash, int64_t number);

#endif
