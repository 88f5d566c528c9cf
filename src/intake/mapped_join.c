/* Rows of other files beside a row: found by their key, and kept while it stays the same, for lines
 * of one order stand together. */
#include "intake/mapped.h"

#include "base/text.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

enum { JSON_BYTES_MAX = 8 * MAPPED_ROW_BYTES_MAX, SHOWN_BYTES = 80 };

const char *
mapped_json(const char *const *texts, size_t count, struct arena *arena)
{
    struct buf buf;
    buf_init(&buf, JSON_BYTES_MAX);
    buf_char(&buf, '[');
    for (size_t index = 0; index < count; index++) {
        if (index > 0) {
            buf_char(&buf, ',');
        }
        text_escape_json(&buf, texts[index]);
    }
    buf_char(&buf, ']');
    const char *copy = arena_copy_bytes(arena, buf.bytes, buf.size);
    buf_close(&buf);
    return copy;
}

/* An array of texts, as mapped_json made it. */
static void
read_cells(struct joined *joined, const char *row)
{
    json_t *cells = json_loads(row, 0, NULL);
    assert(json_is_array(cells) && "only mapped_json makes rows");
    joined->count = json_array_size(cells);
    joined->cells = arena_array(&joined->arena, const char *, joined->count + 1);
    for (size_t index = 0; index < joined->count; index++) {
        joined->cells[index] =
            arena_copy(&joined->arena, json_string_value(json_array_get(cells, index)));
    }
    json_decref(cells);
}

/* The values of the key; NULL when one is empty. */
static enum outcome
key_of(struct mapped *mapped, const struct mapped_join *join, const char **key, const char **shown,
       struct fault *why)
{
    const char *texts[MAPPED_JOINS_MAX];
    bool is_whole = true;
    assert(join->key_count <= MAPPED_JOINS_MAX);
    *shown = "";
    for (size_t index = 0; index < join->key_count; index++) {
        TRY(mapped_text(mapped, &join->keys[index], &texts[index], why));
        is_whole = is_whole && *texts[index] != '\0';
        *shown =
            index == 0 ? texts[0] : arena_format(&mapped->arena, "%s, %s", *shown, texts[index]);
    }
    *key = is_whole ? mapped_json(texts, join->key_count, &mapped->arena) : NULL;
    return DONE;
}

/* Once for each row, however many columns it needs; about the key, whichever column needed it. */
static void
complain(struct mapped *mapped, const struct mapped_join *join, struct joined *joined,
         enum message code, const char *shown)
{
    const char *column = mapped->column;
    mapped->column = "";
    joined->told_line = mapped->row.line;
    mapped_complain(mapped, &join->keys[0], code, shown, join->lookup->name);
    mapped->column = column;
}

static enum outcome
find_row(struct mapped *mapped, const struct mapped_join *join, struct joined *joined,
         const char *key, const char *shown, struct fault *why)
{
    const char *row;
    if (joined->key != NULL && strcmp(joined->key, key) == 0) {
        return DONE;
    }
    arena_reset(&joined->arena);
    joined->key = NULL;
    joined->cells = NULL;
    joined->count = 0;
    const enum outcome outcome = mapped->lookups->find(mapped->lookups->context, join->lookup->name,
                                                       key, &joined->arena, &row, why);
    if (outcome == DONE) {
        read_cells(joined, row);
        joined->key = arena_copy(&joined->arena, key);
        return DONE;
    }
    if (outcome == NONE && join->is_optional) {
        joined->key = arena_copy(&joined->arena, key);
        return DONE;
    }
    if (outcome == NONE) {
        complain(mapped, join, joined, M_MAP_LOOKUP_ROW, shown);
        return DONE; /* not remembered: each row is told of */
    }
    return outcome;
}

enum outcome
mapped_joined_cell(struct mapped *mapped, size_t slot, const char **text, struct fault *why)
{
    const size_t number = mapped->mapping->slots[slot].source - 1;
    const struct mapped_join *join = &mapped->mapping->joins[number];
    struct joined *joined = &mapped->joined[number];
    const char *key;
    const char *shown;
    const bool was_wrong = mapped->is_wrong;
    *text = "";
    if (joined->told_line == mapped->row.line) {
        mapped->is_wrong = true;
        return DONE;
    }
    mapped->is_wrong = false;
    TRY(key_of(mapped, join, &key, &shown, why));
    if (mapped->is_wrong) {
        joined->told_line = mapped->row.line;
        return DONE;
    }
    mapped->is_wrong = was_wrong;
    if (key == NULL) {
        if (!join->is_optional) {
            complain(mapped, join, joined, M_MAP_KEY_EMPTY, "");
        }
        return DONE;
    }
    TRY(find_row(mapped, join, joined, key, shown, why));
    if (joined->cells != NULL && mapped->cells[slot] < joined->count) {
        *text = joined->cells[mapped->cells[slot]];
    }
    return DONE;
}
