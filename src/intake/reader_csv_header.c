/* The header row decides everything: the delimiter is the one by which most of its cells are known
 * column names, the document kind the one whose required columns are (most nearly) all there. */
#include "intake/reader_csv.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { SHOWN_BYTES = 80 };

static const char delimiters[] = {',', ';', '\t'};

/* The header line cut at one delimiter. */
struct labels {
    const char *keys[SHEET_CELLS_MAX];
    size_t count;
};

/* Take one cell (quoted or not) from *at; false at the end of the line. */
static bool
take_label(const char **at, const char *end, char delimiter, struct labels *labels,
           struct arena *arena)
{
    char cell[FIELD_BYTES_MAX + 1];
    size_t used = 0;
    bool in_quotes = false;
    const char *here = *at;
    for (; here < end; here++) {
        if (*here == '"') {
            in_quotes = !in_quotes;
        } else if (!in_quotes && (*here == delimiter || *here == '\n' || *here == '\r')) {
            break;
        } else {
            cell[used++] = *here;
        }
    }
    cell[used] = '\0';
    if (labels->count < SHEET_CELLS_MAX) {
        labels->keys[labels->count++] = label_key(arena, cell);
    }
    *at = here + 1;
    return here < end && *here == delimiter;
}

/* How well a header fits a table. */
struct fit {
    size_t known;    /* cells with a known name */
    size_t required; /* required columns that are there */
    size_t missing;  /* required columns that are not */
};

static struct fit
fit_of(const struct table *table, const struct labels *labels)
{
    struct fit fit = {0};
    bool is_there[TABLE_COLUMNS_MAX] = {false};
    for (size_t index = 0; index < labels->count; index++) {
        const struct label *found =
            label_find(table->labels, table->label_count, labels->keys[index]);
        if (found != NULL) {
            fit.known++;
            is_there[found->index] = true;
        }
    }
    for (size_t column = 0; column < table->column_count; column++) {
        if (table->columns[column].is_required) {
            fit.required += is_there[column];
            fit.missing += !is_there[column];
        }
    }
    return fit;
}

/* Complete before incomplete; then the larger share of the required columns; then more known names.
 */
static bool
is_better(const struct fit *one, const struct fit *other)
{
    if ((one->missing == 0) != (other->missing == 0)) {
        return one->missing == 0;
    }
    const size_t left = one->required * (other->required + other->missing + 1);
    const size_t right = other->required * (one->required + one->missing + 1);
    return one->missing != 0 && left != right ? left > right : one->known > other->known;
}

static const struct table *
best_table(const struct labels *labels, const struct table *tables[DOCUMENT_KIND_COUNT],
           struct arena *arena, struct fit *best)
{
    const struct table *table = NULL;
    *best = (struct fit){.missing = 1};
    for (int kind = DOCUMENT_ORDER; kind < DOCUMENT_KIND_COUNT; kind++) {
        if (kind == DOCUMENT_LOOKUP) {
            continue; /* in no layout of ours */
        }
        if (tables[kind] == NULL) {
            tables[kind] = table_schema_load((enum document_kind)kind, arena);
        }
        const struct fit fit = fit_of(tables[kind], labels);
        if (is_better(&fit, best)) {
            *best = fit;
            table = tables[kind];
        }
        if (kind == DOCUMENT_ORDER && fit.missing == 0 && fit.known == labels->count) {
            break; /* most files; spares the other schemas (a change has all that an order has) */
        }
    }
    return table;
}

/* As much of the head as is looked at; a character is not cut in two. */
static size_t
whole_characters(const char *head, size_t size)
{
    size_t length = size < FIELD_BYTES_MAX ? size : FIELD_BYTES_MAX;
    while (length > 0 && length < size && ((unsigned char)head[length] & 0xC0) == 0x80) {
        length--;
    }
    return length;
}

char
reader_csv_recognise(struct reading *reading, struct csv_state *state, const char *head,
                     size_t size, int64_t line)
{
    const struct table *tables[DOCUMENT_KIND_COUNT] = {NULL};
    const size_t length = whole_characters(head, size);
    struct fit best = {.missing = 1};
    char delimiter = ',';
    for (size_t index = 0; index < sizeof delimiters; index++) {
        if (memchr(head, delimiters[index], length) == NULL) {
            continue;
        }
        struct labels labels = {.count = 0};
        const char *at = head;
        while (take_label(&at, head + length, delimiters[index], &labels, &reading->arena)) {
            if (labels.count == SHEET_CELLS_MAX) {
                break;
            }
        }
        struct fit fit;
        const struct table *table = best_table(&labels, tables, &reading->file_arena, &fit);
        if (table != NULL && is_better(&fit, &best)) {
            best = fit;
            state->table = table;
            delimiter = delimiters[index];
        }
    }
    if (best.known < 2 || best.required * 2 < best.required + best.missing) {
        state->table = NULL;
        if (size == 0) {
            reading_complain(reading, M_FILE_EMPTY, NULL, NULL);
            return delimiter;
        }
        const size_t shown = strcspn(head, "\r\n");
        findings_add(
            reading->findings,
            &(struct finding){.code = M_CSV_HEADER_UNKNOWN,
                              .place = {line, 0},
                              .value = text_show(&reading->arena, head,
                                                 shown < length ? shown : length, SHOWN_BYTES)});
    }
    return delimiter;
}

static void
complain(struct reading *reading, enum message code, const struct finding *finding)
{
    struct finding complete = *finding;
    complete.code = code;
    findings_add(reading->findings, &complete);
}

/* The name and Chinese title of the nearest column. */
static const char *
nearest_column(const struct table *table, const char *key)
{
    const struct label *near = label_nearest(table->labels, table->label_count, key);
    return near == NULL ? "" : table->columns[near->index].name;
}

static void
map_cell(struct reading *reading, struct csv_state *state, const struct sheet_row *row, size_t cell)
{
    const char *text = row->bytes + row->cells[cell].offset;
    const char *key = label_key(&reading->arena, text);
    const char *shown = text_show(&reading->arena, text, row->cells[cell].size, SHOWN_BYTES);
    const struct place place = {row->line, (int64_t)cell + 1};
    if (*key == '\0') {
        state->has_nameless = state->has_nameless || cell < state->header_cells;
        return;
    }
    if (text[strspn(text, " ")] == '_') {
        state->is_ignored[cell] = true;
        return;
    }
    const struct label *found = label_find(state->table->labels, state->table->label_count, key);
    if (found == NULL) {
        state->is_ignored[cell] = true;
        complain(reading, M_CSV_COLUMN_UNKNOWN,
                 &(struct finding){
                     .place = place, .value = shown, .hint = nearest_column(state->table, key)});
    } else if (state->cells_of_columns[found->index] != CELL_NONE) {
        complain(reading, M_CSV_COLUMN_REPEATED,
                 &(struct finding){.place = place,
                                   .field = state->table->columns[found->index].name,
                                   .value = shown});
    } else {
        state->cells_of_columns[found->index] = cell;
        state->is_ignored[cell] = true; /* known: never a cell without a column */
    }
}

/* The steps of each scope, in the order of the schema. */
static void
plan(struct csv_state *state)
{
    for (size_t column = 0; column < state->table->column_count; column++) {
        const size_t cell = state->cells_of_columns[column];
        const struct binding binding =
            reader_csv_binding(state->table->kind, state->table->columns[column].name);
        if (cell != CELL_NONE) {
            struct steps *steps = &state->steps[binding.scope];
            steps->items[steps->count++] =
                (struct step){cell, &state->table->columns[column], binding};
        }
    }
}

/* "sku, 商品编码, item, ...": every name under which a column is known. */
static const char *
known_names(const struct table *table, size_t column, struct arena *arena)
{
    const char *names = table->columns[column].name;
    const char *name = label_key(arena, names);
    for (size_t index = 0; index < table->label_count; index++) {
        if (table->labels[index].index == column &&
            (index == 0 || strcmp(table->labels[index].key, table->labels[index - 1].key) != 0) &&
            strcmp(table->labels[index].key, name) != 0) {
            names = arena_format(arena, "%s, %s", names, table->labels[index].key);
        }
    }
    return names;
}

void
reader_csv_map(struct reading *reading, struct csv_state *state, const struct sheet_row *row)
{
    for (size_t cell = 0; cell < row->count; cell++) {
        const char *text = row->bytes + row->cells[cell].offset;
        if (text[strspn(text, " \t\r\n")] != '\0') {
            state->header_cells = cell + 1;
        }
    }
    for (size_t column = 0; column < TABLE_COLUMNS_MAX; column++) {
        state->cells_of_columns[column] = CELL_NONE;
    }
    for (size_t cell = 0; cell < row->count; cell++) {
        map_cell(reading, state, row, cell);
    }
    for (size_t column = 0; column < state->table->column_count; column++) {
        if (state->table->columns[column].is_required &&
            state->cells_of_columns[column] == CELL_NONE) {
            complain(
                reading, M_CSV_COLUMN_MISSING,
                &(struct finding){.place = {row->line, 0},
                                  .field = state->table->columns[column].name,
                                  .expected = known_names(state->table, column, &reading->arena)});
        }
    }
    plan(state);
}

void
reader_csv_plan_mapped(struct csv_state *state)
{
    const struct mapping *mapping = state->mapped->mapping;
    if (mapping->table == NULL) {
        return;
    }
    for (size_t column = 0; column < TABLE_COLUMNS_MAX; column++) {
        state->cells_of_columns[column] = CELL_NONE;
    }
    for (size_t column = 0; column < mapping->table->column_count; column++) {
        for (size_t cell = 0; cell < mapping->column_count; cell++) {
            if (strcmp(mapping->columns[cell].name, mapping->table->columns[column].name) == 0) {
                state->cells_of_columns[column] = cell;
            }
        }
    }
    state->header_cells = mapping->column_count;
    plan(state);
}
