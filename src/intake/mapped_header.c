/* Which cell each needed column is, in the file and in the files that it looks things up in. */
#include "intake/mapped.h"

#include "base/text.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROW_BYTES_MAX = 512 * 1024 * 1024, /* of the arena; much less is used */
    BYTES_MAX = TABLE_COLUMNS_MAX * 4 * FIELD_BYTES_MAX,
    SHOWN_BYTES = 80
};

static const char delimiters[] = {',', ';', '\t'};

/* How many needed columns the header has when it is cut at this delimiter. */
static size_t
count_known(const struct mapping *mapping, const char *head, size_t size, char delimiter,
            struct arena *arena)
{
    size_t known = 0;
    const char *at = head;
    const char *end = head + size;
    while (at < end) {
        const char *cell = at;
        bool in_quotes = false;
        for (; at < end && (in_quotes || (*at != delimiter && *at != '\n' && *at != '\r')); at++) {
            in_quotes = in_quotes != (*at == '"');
        }
        const char *key = label_key(arena, arena_copy_bytes(arena, cell, (size_t)(at - cell)));
        for (size_t slot = 0; slot < mapping->slot_count; slot++) {
            known += mapping->slots[slot].source == 0 &&
                     strcmp(label_key(arena, mapping->slots[slot].column), key) == 0;
        }
        if (at == end || *at != delimiter) {
            break;
        }
        at++;
    }
    return known;
}

char
mapped_recognise(struct reading *reading, const struct mapping *mapping, const char *head,
                 size_t size)
{
    char best = ',';
    size_t most = 0;
    size_t length = size < FIELD_BYTES_MAX ? size : FIELD_BYTES_MAX;
    while (length > 0 && length < size && ((unsigned char)head[length] & 0xC0) == 0x80) {
        length--;
    }
    for (size_t index = 0; index < sizeof delimiters && mapping->delimiter == '\0'; index++) {
        const size_t known = count_known(mapping, head, length, delimiters[index], &reading->arena);
        if (known > most) {
            most = known;
            best = delimiters[index];
        }
    }
    return mapping->delimiter == '\0' ? best : mapping->delimiter;
}

/* The column of this name: as it is written, else in any dress.  SIZE_MAX: none. */
static size_t
find_name(const char *const *names, size_t count, const char *name, bool *is_twice,
          struct arena *arena)
{
    size_t found = SIZE_MAX;
    *is_twice = false;
    for (int pass = 0; pass < 2 && found == SIZE_MAX; pass++) {
        const char *wanted = pass == 0 ? name : label_key(arena, name);
        for (size_t index = 0; index < count; index++) {
            const char *here = pass == 0 ? names[index] : label_key(arena, names[index]);
            if (strcmp(here, wanted) == 0) {
                *is_twice = *is_twice || found != SIZE_MAX;
                found = found == SIZE_MAX ? index : found;
            }
        }
    }
    return found;
}

static const char **
names_of(const struct sheet_row *header, struct arena *arena)
{
    const char **names = arena_array(arena, const char *, header->count + 1);
    for (size_t cell = 0; cell < header->count; cell++) {
        names[cell] = text_normalise(arena, header->bytes + header->cells[cell].offset);
    }
    return names;
}

static const char *
nearest_name(const char *const *names, size_t count, const char *name, struct arena *arena)
{
    struct label *labels = arena_array(arena, struct label, count + 1);
    for (size_t index = 0; index < count; index++) {
        labels[index] = (struct label){label_key(arena, names[index]), index};
    }
    const struct label *near = label_nearest(labels, count, label_key(arena, name));
    return near == NULL
               ? ""
               : text_show(arena, names[near->index], strlen(names[near->index]), SHOWN_BYTES);
}

static void
find_own_columns(struct mapped *mapped, const struct sheet_row *header)
{
    struct reading *reading = mapped->reading;
    struct arena *arena = &reading->arena;
    const char **names = names_of(header, arena);
    for (size_t slot = 0; slot < mapped->mapping->slot_count; slot++) {
        const char *column = mapped->mapping->slots[slot].column;
        bool is_twice = false;
        if (mapped->mapping->slots[slot].source > 0) {
            continue;
        }
        const size_t cell = find_name(names, header->count, column, &is_twice, arena);
        mapped->cells[slot] = cell;
        if (cell == SIZE_MAX) {
            findings_add(
                reading->findings,
                &(struct finding){.code = M_MAP_COLUMN,
                                  .place = {header->line, 0},
                                  .field = column,
                                  .expected = mapped->mapping->name,
                                  .hint = nearest_name(names, header->count, column, arena)});
        } else if (is_twice) {
            findings_add(reading->findings,
                         &(struct finding){.code = M_CSV_COLUMN_REPEATED,
                                           .place = {header->line, (int64_t)cell + 1},
                                           .field = column,
                                           .value = column});
        }
    }
}

/* The columns that a lookup's file had. */
static enum outcome
find_joined_columns(struct mapped *mapped, size_t join, struct fault *why)
{
    struct reading *reading = mapped->reading;
    struct arena *arena = &reading->arena;
    const struct mapping *lookup = mapped->mapping->joins[join].lookup;
    const char *text = NULL;
    const enum outcome outcome =
        mapped->lookups == NULL
            ? NONE
            : mapped->lookups->columns(mapped->lookups->context, lookup->name, arena, &text, why);
    if (outcome == NONE) {
        reading_complain(reading, M_MAP_LOOKUP_MISSING, lookup->name, lookup->patterns[0]);
        return DONE;
    }
    TRY(outcome);
    json_t *list = json_loads(text, 0, NULL);
    const size_t count = json_array_size(list);
    const char **names = arena_array(arena, const char *, count + 1);
    for (size_t index = 0; index < count; index++) {
        names[index] = arena_copy(arena, json_string_value(json_array_get(list, index)));
    }
    json_decref(list);
    for (size_t slot = 0; slot < mapped->mapping->slot_count; slot++) {
        const char *column = mapped->mapping->slots[slot].column;
        bool is_twice;
        if (mapped->mapping->slots[slot].source != join + 1) {
            continue;
        }
        mapped->cells[slot] = find_name(names, count, column, &is_twice, arena);
        if (mapped->cells[slot] == SIZE_MAX) {
            findings_add(reading->findings, &(struct finding){.code = M_MAP_LOOKUP_COLUMN,
                                                              .field = column,
                                                              .value = lookup->name});
        }
    }
    return DONE;
}

enum outcome
mapped_open(struct reading *reading, const struct sheet_row *header, struct mapped **made,
            struct fault *why)
{
    struct mapped *mapped = calloc(1, sizeof *mapped);
    assert(mapped != NULL);
    *made = mapped;
    mapped->mapping = reading->sender->mapping;
    mapped->lookups = reading->sender->lookups;
    mapped->reading = reading;
    mapped->column = "";
    arena_init(&mapped->arena, ROW_BYTES_MAX);
    findings_init(&mapped->pending);
    buf_init(&mapped->bytes, BYTES_MAX);
    for (size_t index = 0; index < MAPPED_JOINS_MAX; index++) {
        arena_init(&mapped->joined[index].arena, ROW_BYTES_MAX);
    }
    mapped->header_cells = header->count;
    find_own_columns(mapped, header);
    if (mapped->mapping->kind == DOCUMENT_LOOKUP) {
        reading->columns =
            mapped_json(names_of(header, &reading->arena), header->count, &reading->file_arena);
    }
    for (size_t join = 0; join < mapped->mapping->join_count; join++) {
        TRY(find_joined_columns(mapped, join, why));
    }
    return DONE;
}

void
mapped_close(struct mapped *mapped)
{
    if (mapped == NULL) {
        return;
    }
    for (size_t index = 0; index < MAPPED_JOINS_MAX; index++) {
        arena_close(&mapped->joined[index].arena);
    }
    for (size_t index = 0; index < MAPPED_COUNTERS_MAX; index++) {
        free(mapped->counters[index].items);
    }
    free(mapped->distinct.items);
    arena_close(&mapped->arena);
    findings_close(&mapped->pending);
    buf_close(&mapped->bytes);
    free(mapped);
}

const char *
mapped_origin(const struct mapped *mapped, const struct mapped_value *value, int64_t *cell)
{
    const struct mapping *mapping = mapped->mapping;
    *cell = 0;
    if (value->kind == MAPPED_COLUMN) {
        const struct mapped_slot *slot = &mapping->slots[value->slot];
        *cell = slot->source == 0 ? (int64_t)mapped->cells[value->slot] + 1 : 0;
        return slot->column;
    }
    for (size_t index = 0; index < value->part_count; index++) {
        const char *column = mapped_origin(mapped, &value->parts[index], cell);
        if (column[0] != '\0') {
            return column;
        }
    }
    return "";
}

void
mapped_name_findings(const struct mapped *mapped, struct findings *findings, size_t first)
{
    const struct mapping *mapping = mapped->mapping;
    for (size_t index = first; index < findings->count; index++) {
        struct finding *finding = &findings->items[index];
        const bool is_complete = strncmp(message_entry(finding->code)->id, "MAP-", 4) == 0;
        for (size_t at = 0; at < mapping->column_count; at++) {
            const struct mapped_column *column = &mapping->columns[at];
            int64_t cell;
            if (is_complete || strcmp(finding->field, column->name) != 0) {
                continue;
            }
            const char *origin = mapped_origin(mapped, &column->value, &cell);
            finding->place.column = cell;
            if (origin[0] != '\0') {
                finding->field = arena_format(&findings->arena, "%s (%s)", origin, column->name);
            }
            break;
        }
    }
}
