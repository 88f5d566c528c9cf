/* Blocks of growing size in a list.  A reset keeps the first block, so a file of many small
 * documents allocates once. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_BLOCK_SIZE = 64 * 1024,
    FORMAT_BRIEF_SIZE =
        256, /* what is formatted is nearly always this short, and then formatted once */
};

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

static struct arena_block *
block_new(size_t size)
{
    struct arena_block *block = malloc(sizeof *block + size);
    if (block == NULL) {
        fputs("purser: out of memory\n", stderr);
        abort();
    }
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

void
arena_init(struct arena *arena, size_t bytes_max)
{
    memset(arena, 0, sizeof *arena);
    arena->bytes_max = bytes_max;
}

static void
free_blocks(struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void
arena_reset(struct arena *arena)
{
    if (arena->first != NULL) {
        free_blocks(arena->first->next);
        arena->first->next = NULL;
        arena->first->used = 0;
    }
    arena->current = arena->first;
    arena->bytes_used = 0;
}

void
arena_close(struct arena *arena)
{
    free_blocks(arena->first);
    memset(arena, 0, sizeof *arena);
}

static void
add_block(struct arena *arena, size_t size_at_least)
{
    size_t size = arena->current == NULL ? FIRST_BLOCK_SIZE : arena->current->size * 2;
    while (size < size_at_least) {
        size *= 2;
    }
    struct arena_block *block = block_new(size);
    if (arena->current == NULL) {
        arena->first = block;
    } else {
        arena->current->next = block;
    }
    arena->current = block;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    const size_t rounded = (size + unit - 1) / unit * unit;
    assert(arena->bytes_max != 0 && "the arena was never opened");
    assert(rounded >= size && arena->bytes_used + rounded <= arena->bytes_max);
    if (arena->current == NULL || arena->current->size - arena->current->used < rounded) {
        add_block(arena, rounded);
    }
    void *piece = arena->current->bytes + arena->current->used;
    arena->current->used += rounded;
    arena->bytes_used += rounded;
    return memset(piece, 0, rounded);
}

char *
arena_copy_bytes(struct arena *arena, const void *bytes, size_t size)
{
    char *copy = arena_alloc(arena, size + 1);
    memcpy(copy, bytes, size);
    return copy;
}

char *
arena_copy(struct arena *arena, const char *text)
{
    return arena_copy_bytes(arena, text, strlen(text));
}

char *
arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    assert(format != NULL);
    va_start(arguments, format);
    char brief[FORMAT_BRIEF_SIZE];
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(brief, sizeof brief, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    char *text = arena_alloc(arena, (size_t)length + 1);
    if ((size_t)length < sizeof brief) {
        memcpy(text, brief, (size_t)length);
    } else {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

void *
arena_grow(struct arena *arena, void *array, size_t element_size, size_t length, size_t *capacity)
{
    if (length < *capacity) {
        return array;
    }
    const size_t larger = *capacity == 0 ? 8 : *capacity * 2;
    void *moved = arena_alloc(arena, larger * element_size);
    if (length > 0) {
        memcpy(moved, array, length * element_size);
    }
    *capacity = larger;
    return moved;
}
