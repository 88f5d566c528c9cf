/* Rows of one document that stand apart in their file are brought together: all rows of ours are
 * kept, as far as GATHERED_BYTES_MAX goes, and come back by documents, in the order in which these
 * begin. */
#include "intake/mapped.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct gathered_row {
    struct sheet_row row;
    const char *key;
    size_t index;             /* in the file */
    size_t first;             /* of the first row of its document */
    struct findings *pending; /* NULL: none; from malloc */
    bool *wrong;              /* NULL: nothing is */
};

struct gathered {
    struct arena arena;
    struct gathered_row *rows;
    size_t count;
    size_t capacity;
    size_t next;
    size_t bytes; /* of the rows */
};

struct gathered *
mapped_gather_open(void)
{
    struct gathered *gathered = calloc(1, sizeof *gathered);
    assert(gathered != NULL);
    arena_init(&gathered->arena, 64 * (size_t)GATHERED_BYTES_MAX);
    return gathered;
}

void
mapped_gather_close(struct gathered *gathered)
{
    if (gathered == NULL) {
        return;
    }
    for (size_t index = 0; index < gathered->count; index++) {
        if (gathered->rows[index].pending != NULL) {
            findings_close(gathered->rows[index].pending);
            free(gathered->rows[index].pending);
        }
    }
    arena_close(&gathered->arena);
    free(gathered->rows);
    free(gathered);
}

static struct gathered_row *
new_row(struct gathered *gathered)
{
    if (gathered->count == gathered->capacity) {
        gathered->capacity = gathered->capacity == 0 ? 1024 : gathered->capacity * 2;
        gathered->rows = realloc(gathered->rows, gathered->capacity * sizeof *gathered->rows);
        assert(gathered->rows != NULL && "out of memory");
    }
    struct gathered_row *row = &gathered->rows[gathered->count];
    *row = (struct gathered_row){.index = gathered->count++};
    return row;
}

static void
keep_wrong(struct gathered *gathered, struct mapped *mapped, struct gathered_row *kept)
{
    const size_t count = mapped->mapping->column_count;
    if (findings_total(&mapped->pending) == 0) {
        return;
    }
    kept->pending = malloc(sizeof *kept->pending);
    assert(kept->pending != NULL);
    *kept->pending = mapped->pending;
    findings_init(&mapped->pending);
    kept->wrong = arena_array(&gathered->arena, bool, count + 1);
    memcpy(kept->wrong, mapped->wrong, count * sizeof *kept->wrong);
}

bool
mapped_gather_keep(struct gathered *gathered, struct mapped *mapped, const struct sheet_row *row,
                   size_t key_cell)
{
    const size_t cells_size = row->count * sizeof *row->cells;
    gathered->bytes += row->size + cells_size + sizeof(struct gathered_row);
    if (gathered->bytes > GATHERED_BYTES_MAX) {
        return false;
    }
    struct gathered_row *kept = new_row(gathered);
    struct sheet_cell *cells = arena_alloc(&gathered->arena, cells_size + 1);
    memcpy(cells, row->cells, cells_size);
    kept->row = *row;
    kept->row.bytes = arena_copy_bytes(&gathered->arena, row->bytes, row->size);
    kept->row.cells = cells;
    kept->key = kept->row.bytes + cells[key_cell].offset;
    if (*kept->key == '\0' && gathered->count > 1) {
        kept->key = gathered->rows[gathered->count - 2].key; /* it belongs to the row above */
    }
    keep_wrong(gathered, mapped, kept);
    return true;
}

static int
by_key(const void *one, const void *other)
{
    const struct gathered_row *left = one;
    const struct gathered_row *right = other;
    const int keys = strcmp(left->key, right->key);
    return keys != 0 ? keys : (left->index > right->index) - (left->index < right->index);
}

static int
by_document(const void *one, const void *other)
{
    const struct gathered_row *left = one;
    const struct gathered_row *right = other;
    return left->first != right->first
               ? (left->first > right->first) - (left->first < right->first)
               : (left->index > right->index) - (left->index < right->index);
}

void
mapped_gather_sort(struct gathered *gathered)
{
    struct gathered_row *rows = gathered->rows;
    if (gathered->count == 0) {
        return;
    }
    qsort(rows, gathered->count, sizeof *rows, by_key);
    for (size_t index = 0; index < gathered->count; index++) {
        const bool is_next = index > 0 && strcmp(rows[index].key, rows[index - 1].key) == 0;
        rows[index].first = is_next ? rows[index - 1].first : rows[index].index;
    }
    qsort(rows, gathered->count, sizeof *rows, by_document);
}

enum outcome
mapped_gather_next(struct gathered *gathered, struct mapped *mapped, struct sheet_row *row)
{
    if (gathered->next == gathered->count) {
        return NONE;
    }
    struct gathered_row *kept = &gathered->rows[gathered->next++];
    const size_t count = mapped->mapping->column_count;
    *row = kept->row;
    findings_clear(&mapped->pending);
    memset(mapped->wrong, 0, count * sizeof *mapped->wrong);
    if (kept->pending != NULL) {
        findings_append(&mapped->pending, kept->pending);
        memcpy(mapped->wrong, kept->wrong, count * sizeof *mapped->wrong);
    }
    return DONE;
}
