#include "intake/lookup_memory.h"

#include "intake/seen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MIN = 1024 };
#define BYTES_MAX ((size_t)4 * 1024 * 1024 * 1024)

void
lookup_memory_open(struct lookup_memory *memory)
{
    *memory = (struct lookup_memory){.capacity = ROWS_MIN};
    arena_init(&memory->arena, BYTES_MAX);
    memory->rows = calloc(memory->capacity, sizeof *memory->rows);
    assert(memory->rows != NULL);
}

void
lookup_memory_close(struct lookup_memory *memory)
{
    free(memory->rows);
    arena_close(&memory->arena);
    *memory = (struct lookup_memory){.count = 0};
}

static bool
is_same(const struct memory_row *row, const char *lookup, const char *key)
{
    return strcmp(row->lookup, lookup) == 0 &&
           (key == NULL ? row->key == NULL : row->key != NULL && strcmp(row->key, key) == 0);
}

/* Its place, or the free one where it would be. */
static struct memory_row *
place_of(const struct lookup_memory *memory, const char *lookup, const char *key)
{
    const uint64_t hash = seen_hash(seen_hash(SEEN_HASH, lookup), key == NULL ? "" : key);
    size_t at = (size_t)hash & (memory->capacity - 1);
    while (memory->rows[at].lookup != NULL && !is_same(&memory->rows[at], lookup, key)) {
        at = (at + 1) & (memory->capacity - 1);
    }
    return &memory->rows[at];
}

static void
grow(struct lookup_memory *memory)
{
    struct memory_row *old = memory->rows;
    const size_t capacity = memory->capacity;
    memory->capacity *= 2;
    memory->rows = calloc(memory->capacity, sizeof *memory->rows);
    assert(memory->rows != NULL);
    for (size_t at = 0; at < capacity; at++) {
        if (old[at].lookup != NULL) {
            *place_of(memory, old[at].lookup, old[at].key) = old[at];
        }
    }
    free(old);
}

static void
put(struct lookup_memory *memory, const char *lookup, const char *key, const char *cells)
{
    if (memory->count * 2 >= memory->capacity) {
        grow(memory);
    }
    struct memory_row *row = place_of(memory, lookup, key);
    memory->count += row->lookup == NULL;
    *row = (struct memory_row){lookup, key == NULL ? NULL : arena_copy(&memory->arena, key),
                               arena_copy(&memory->arena, cells)};
}

void
lookup_memory_begin(struct lookup_memory *memory, const char *lookup, const char *columns)
{
    put(memory, lookup, NULL, columns);
}

void
lookup_memory_add(struct lookup_memory *memory, const char *lookup, const struct lookup_row *row)
{
    put(memory, lookup, row->key, row->cells);
}

static enum outcome
find(void *context, const char *lookup, const char *key, struct arena *arena, const char **row,
     struct fault *why)
{
    const struct memory_row *found = place_of(context, lookup, key);
    (void)arena;
    (void)why;
    *row = found->cells;
    return found->lookup == NULL ? NONE : DONE;
}

static enum outcome
columns(void *context, const char *lookup, struct arena *arena, const char **columns,
        struct fault *why)
{
    return find(context, lookup, NULL, arena, columns, why);
}

struct lookup_source
lookup_memory_source(struct lookup_memory *memory)
{
    return (struct lookup_source){memory, columns, find};
}
