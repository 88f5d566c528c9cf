/* tally.h -- sums by key: rows are added up as they come, in any order, without being sorted.
 *
 * A key is some texts, a group has `width` sums, which are 0 when it is new.  Groups are numbered
 * as they were met.
 *
 * Life:      tally_init, then tally_at and tally_add, tally_close.  A zeroed tally is closed.
 * Ownership: keys are copied; pointers to keys and sums last until the next tally_at.
 * Failure:   none while counting: of a sum that goes beyond 64 bits `is_beyond` tells afterwards.
 */
#ifndef PURSER_TALLY_H
#define PURSER_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TALLY_PARTS_MAX = 4 };

struct tally {
    size_t part_count; /* texts of a key */
    size_t width;
    size_t count; /* of groups */
    bool is_beyond;
    /* Of each group: where its key is and what it hashes to; and its sums. */
    struct tally_group *groups;
    int64_t *sums;
    size_t capacity;
    char *bytes; /* keys, each text ends with a zero */
    size_t bytes_used;
    size_t bytes_capacity;
    uint32_t *slots; /* groups by hash, from 1; 0: free */
    size_t slot_count;
};

void tally_init(struct tally *tally, size_t part_count, size_t width);
void tally_close(struct tally *tally);

/* The number of the group with this key, which is made when there is none. */
size_t tally_at(struct tally *tally, const char *const *parts);
/* Is there one?  SIZE_MAX: no. */
size_t tally_find(const struct tally *tally, const char *const *parts);

void tally_add(struct tally *tally, size_t group, size_t sum, int64_t amount);
int64_t *tally_sums(const struct tally *tally, size_t group);
const char *tally_part(const struct tally *tally, size_t group, size_t part);

/* The groups by their keys, `count` of them; from malloc. */
size_t *tally_order(const struct tally *tally);

#endif
