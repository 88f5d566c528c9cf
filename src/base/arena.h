/* arena.h -- memory of one document: many small pieces, freed together.
 *
 * Life:      arena_init, any number of allocations, arena_reset (keeps the first block for the next
 *            document) or arena_close.  A zeroed arena is closed.
 * Ownership: whatever lies in an arena lives until its reset or close; nobody frees pieces.
 * Failure:   none.  The border checks sizes and makes findings, so reaching `bytes_max` is our bug
 *            (assert), and being out of memory ends the program.
 */
#ifndef PURSER_ARENA_H
#define PURSER_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *first;
    struct arena_block *current;
    size_t bytes_used; /* of all blocks, since the last reset */
    size_t bytes_max;
};

void arena_init(struct arena *arena, size_t bytes_max);
void arena_reset(struct arena *arena);
void arena_close(struct arena *arena);

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);
#define arena_new(arena, type)           ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, length) ((type *)arena_alloc((arena), sizeof(type) * (length)))

/* A zero-terminated copy. */
char *arena_copy(struct arena *arena, const char *text);
char *arena_copy_bytes(struct arena *arena, const void *bytes, size_t size);
char *
arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Make room for one more in an array that grows by doubling; returns the (perhaps moved) array. */
void *
arena_grow(struct arena *arena, void *array, size_t element_size, size_t length, size_t *capacity);

#endif
