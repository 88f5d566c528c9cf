#include "intake/mapped.h"

#include "base/text.h"
#include "intake/reader_csv.h"
#include "intake/seen.h"

#include <string.h>

enum { SHOWN_BYTES = 80 };

static enum outcome
row_counts(struct mapped *mapped, bool *counts, struct fault *why)
{
    const struct mapping *mapping = mapped->mapping;
    *counts = true;
    for (size_t index = 0; index < mapping->condition_count && *counts; index++) {
        const struct mapped_condition *condition = &mapping->conditions[index];
        const char *text;
        TRY(mapped_text(mapped, &condition->value, &text, why));
        *counts = text_among(text, condition->texts, condition->text_count) != condition->is_not;
    }
    return DONE;
}

/* As with files in our layout: a value behind the last named column is a delimiter without quotes.
 */
static void
check_cells(struct mapped *mapped)
{
    for (size_t cell = mapped->header_cells; cell < mapped->row.count; cell++) {
        const char *text = mapped->row.bytes + mapped->row.cells[cell].offset;
        if (!text_is_blank(text)) {
            findings_add(&mapped->pending,
                         &(struct finding){
                             .code = M_CSV_CELL_EXTRA,
                             .place = {mapped->row.line, (int64_t)cell + 1},
                             .value = text_show(&mapped->arena, text, strlen(text), SHOWN_BYTES)});
            return;
        }
    }
}

static void
begin_bytes(struct mapped *mapped, struct sheet_row *row)
{
    buf_clear(&mapped->bytes);
    row->cells = mapped->made;
    row->count = 0;
    row->is_plain = false;
    row->is_blank = false;
}

static void
add_cell(struct mapped *mapped, struct sheet_row *row, const char *text)
{
    const size_t size = strlen(text);
    mapped->made[row->count] = (struct sheet_cell){mapped->bytes.size, size};
    buf_add(&mapped->bytes, text, size + 1);
    row->count++;
}

static const struct column *
our_column(const struct mapping *mapping, const char *name)
{
    for (size_t index = 0; index < mapping->table->column_count; index++) {
        if (strcmp(mapping->table->columns[index].name, name) == 0) {
            return &mapping->table->columns[index];
        }
    }
    return NULL;
}

/* What the file itself says where a value could not be made. */
static const char *
raw_text(const struct mapped *mapped, const struct mapped_value *value)
{
    const struct mapped_slot *slot = &mapped->mapping->slots[value->slot];
    if (value->kind == MAPPED_COLUMN && slot->source > 0) {
        return raw_text(mapped, &mapped->mapping->joins[slot->source - 1].keys[0]);
    }
    if (value->kind == MAPPED_COLUMN) {
        const size_t cell = mapped->cells[value->slot];
        return cell < mapped->row.count ? mapped->row.bytes + mapped->row.cells[cell].offset : "";
    }
    const char *text = "";
    for (size_t index = 0; index < value->part_count && *text == '\0'; index++) {
        text = raw_text(mapped, &value->parts[index]);
    }
    return text;
}

/* A row whose number could not be made is none of the document above it. */
static const char *
stand_in(struct mapped *mapped, const struct mapped_column *column)
{
    const struct mapping *mapping = mapped->mapping;
    const bool is_key = document_has_lines(mapping->kind) &&
                        reader_csv_binding(mapping->kind, column->name).scope == SCOPE_KEY;
    return is_key ? arena_format(&mapped->arena, "? %s", raw_text(mapped, &column->value)) : "";
}

static bool
is_number(enum column_kind kind)
{
    return kind == COLUMN_QUANTITY || kind == COLUMN_PRICE || kind == COLUMN_AMOUNT ||
           kind == COLUMN_PERCENT || kind == COLUMN_PERCENT_CHANGE || kind == COLUMN_INTEGER;
}

/* As it is read: a date as ours, a number without what may stand between its thousands.  Constants
 * are written as we do. */
static const char *
in_our_way(struct mapped *mapped, const struct mapped_column *column, enum column_kind kind,
           const char *text)
{
    const bool is_day = kind == COLUMN_DATE || kind == COLUMN_MOMENT;
    const bool is_constant = column->value.kind == MAPPED_CONSTANT;
    if (is_day && column->dates[0] != '\0' && !is_constant) {
        return mapped_date(mapped, column, kind == COLUMN_MOMENT, text);
    }
    if (is_number(kind) && is_constant && mapped->mapping->decimal == ',') {
        char *copy = arena_copy(&mapped->arena, text);
        copy[strcspn(copy, ".")] = strchr(copy, '.') == NULL ? '\0' : ',';
        return copy;
    }
    return is_number(kind) ? mapped_number(mapped, text) : text;
}

static enum outcome
make_column(struct mapped *mapped, const struct mapped_column *column, const char **text,
            struct fault *why)
{
    const struct column *ours = our_column(mapped->mapping, column->name);
    mapped->column = column->name;
    mapped->is_wrong = false;
    TRY(mapped_text(mapped, &column->value, text, why));
    if (**text != '\0' && !mapped->is_wrong) {
        *text = in_our_way(mapped, column, ours->kind, *text);
    }
    if (strlen(*text) > FIELD_BYTES_MAX) {
        mapped_complain(mapped, &column->value, M_MAP_LONG, *text, "16384");
    }
    if (mapped->is_wrong) {
        *text = stand_in(mapped, column);
    }
    return DONE;
}

static enum outcome
make_columns(struct mapped *mapped, struct sheet_row *row, struct fault *why)
{
    const struct mapping *mapping = mapped->mapping;
    enum outcome outcome = DONE;
    begin_bytes(mapped, row);
    for (size_t index = 0; index < mapping->column_count && outcome == DONE; index++) {
        const char *text = "";
        outcome = make_column(mapped, &mapping->columns[index], &text, why);
        mapped->wrong[index] = mapped->is_wrong;
        add_cell(mapped, row, text);
    }
    mapped->column = "";
    return outcome;
}

/* Of a lookup: its key. */
static enum outcome
make_key(struct mapped *mapped, struct sheet_row *row, struct fault *why)
{
    const struct mapping *mapping = mapped->mapping;
    const char *texts[MAPPED_JOINS_MAX];
    bool is_whole = true;
    for (size_t index = 0; index < mapping->key_count; index++) {
        const struct mapped_value value = {.kind = MAPPED_COLUMN, .slot = index, .places = -1};
        TRY(mapped_text(mapped, &value, &texts[index], why));
        if (*texts[index] == '\0') {
            mapped_complain(mapped, &value, M_MAP_KEY_EMPTY, "", mapping->name);
            is_whole = false;
        }
    }
    begin_bytes(mapped, row);
    add_cell(mapped, row, is_whole ? mapped_json(texts, mapping->key_count, &mapped->arena) : "");
    return DONE;
}

const char *
mapped_whole_row(struct mapped *mapped, struct arena *arena)
{
    const struct sheet_row *row = &mapped->row;
    const char **texts = arena_array(arena, const char *, mapped->header_cells + 1);
    if (row->size > MAPPED_ROW_BYTES_MAX) {
        const struct mapped_value value = {.kind = MAPPED_COLUMN, .places = -1};
        mapped_complain(mapped, &value, M_MAP_LONG, "", "262144");
        return NULL;
    }
    for (size_t cell = 0; cell < mapped->header_cells; cell++) {
        texts[cell] = cell < row->count ? row->bytes + row->cells[cell].offset : "";
    }
    return mapped_json(texts, mapped->header_cells, arena);
}

/* Has a row come that agrees with ours in the columns of `distinct`? */
static bool
is_known(struct mapped *mapped)
{
    const struct mapping *mapping = mapped->mapping;
    uint64_t hash = SEEN_HASH;
    for (size_t index = 0; index < mapping->distinct_count; index++) {
        const struct sheet_cell *cell = &mapped->made[mapping->distinct[index]];
        hash = seen_hash(hash, mapped->bytes.bytes + cell->offset);
    }
    return mapping->distinct_count > 0 && counter_add(&mapped->distinct, hash) > 1;
}

enum outcome
mapped_row(struct mapped *mapped, struct sheet_row *row, struct fault *why)
{
    bool counts = true;
    arena_reset(&mapped->arena);
    if (findings_total(&mapped->pending) > 0) {
        findings_clear(&mapped->pending);
    }
    mapped->row = *row;
    TRY(row_counts(mapped, &counts, why));
    if (!counts) {
        return NONE;
    }
    check_cells(mapped);
    TRY(mapped->mapping->kind == DOCUMENT_LOOKUP ? make_key(mapped, row, why)
                                                 : make_columns(mapped, row, why));
    row->bytes = mapped->bytes.bytes;
    row->size = mapped->bytes.size;
    return is_known(mapped) ? NONE : DONE;
}
