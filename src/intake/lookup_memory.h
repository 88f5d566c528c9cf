/* lookup_memory.h -- lookups of a few files in memory, for `purser check`.
 *
 * Life: lookup_memory_open, lookup_memory_begin and _add for each file, lookup_memory_close. */
#ifndef PURSER_LOOKUP_MEMORY_H
#define PURSER_LOOKUP_MEMORY_H

#include "intake/lookup.h"
#include "intake/mapping.h"
#include "order/document.h"

struct memory_row {
    const char *lookup;
    const char *key; /* NULL: the row is the header */
    const char *cells;
};

struct lookup_memory {
    struct arena arena;
    struct memory_row *rows; /* a hash table by open addressing, from malloc */
    size_t capacity;         /* a power of two */
    size_t count;
};

void lookup_memory_open(struct lookup_memory *memory);
void lookup_memory_close(struct lookup_memory *memory);
/* A later header, or row of the same key, goes before an earlier one.  `lookup` must live as long.
 */
void lookup_memory_begin(struct lookup_memory *memory, const char *lookup, const char *columns);
void
lookup_memory_add(struct lookup_memory *memory, const char *lookup, const struct lookup_row *row);
struct lookup_source lookup_memory_source(struct lookup_memory *memory);

#endif
