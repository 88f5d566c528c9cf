/* Orders, shipments and what is asked for after an order: the rows with one number, which stand
 * together, are one document.  Columns about the whole document are read from its first row; in
 * later rows they must say the same, or nothing. */
#include "intake/reader_csv.h"

#include "base/fault.h"
#include "base/text.h"

#include <string.h>

/* Beyond this the rest of a group is left out (after a finding), so that no group fills the arena:
 * a row more adds at most its own bytes and what NFKC makes of them. */
enum {
    GROUP_BYTES_MAX = ORDER_BYTES_MAX / 4,
    SHIPMENT_LINES_MAX = ORDER_LINES_MAX,
    KEYS_BYTES_MAX = 2 * 32 * FIELD_BYTES_MAX, /* NFKC makes at most 18 bytes of one */
    SHOWN_BYTES = 80
};

/* The first row of the group, kept in the arena. */
struct first_row {
    const char *bytes;
    const struct sheet_cell *cells;
    size_t count;
    size_t key_cell;
};

static struct first_row
keep_row(struct reading *reading, const char *bytes)
{
    struct csv_state *state = reading->state;
    const size_t size = state->row.count * sizeof(struct sheet_cell);
    struct sheet_cell *cells = arena_alloc(&reading->arena, size + 1);
    memcpy(cells, state->row.cells, size);
    return (struct first_row){bytes, cells, state->row.count,
                              state->steps[SCOPE_KEY].items[0].cell};
}

static const char *
first_cell(const struct first_row *first, size_t cell)
{
    return cell < first->count ? first->bytes + first->cells[cell].offset : "";
}

/* Does the cell of state->row say what that of the group's first row says, or nothing? */
static bool
is_same_key(const struct reading *reading, const struct first_row *first, size_t cell)
{
    const struct csv_state *state = reading->state;
    const char *key = first_cell(first, cell);
    const char *here = reader_csv_cell(state, state->row.bytes, cell);
    /* A row without a number (merged cells, a total below) may well hold a line of the document
     * above, which is not whole without it: take_row complains, so that neither is taken. */
    if (*here == '\0' || strcmp(key, here) == 0) {
        return true;
    }
    /* The same number in other dress, which is rare, costs more; but no memory of the document, as
     * rows are compared also when no more of them are taken. */
    if (state->row.is_plain && *here != ' ' && *key != ' ') {
        return false;
    }
    OWNED(arena) arena;
    arena_init(&arena, KEYS_BYTES_MAX);
    return strcmp(text_normalise(&arena, key), text_normalise(&arena, here)) == 0;
}

/* Does state->row belong to the group?  What a customer asks for has a number that is its own
 * within its order alone. */
static bool
is_same_group(const struct reading *reading, const struct first_row *first)
{
    const struct csv_state *state = reading->state;
    const bool is_of_order = reading->kind == DOCUMENT_ORDER_CHANGE ||
                             reading->kind == DOCUMENT_ORDER_CANCELLATION ||
                             reading->kind == DOCUMENT_RETURN_REQUEST;
    if (!is_same_key(reading, first, first->key_cell)) {
        return false;
    }
    for (size_t index = 0; is_of_order && index < state->steps[SCOPE_HEADER].count; index++) {
        const struct step *step = &state->steps[SCOPE_HEADER].items[index];
        if (strcmp(step->column->name, "order_number") == 0) {
            return is_same_key(reading, first, step->cell);
        }
    }
    return true;
}

static enum message
header_differs(enum document_kind kind)
{
    return kind == DOCUMENT_ORDER      ? M_ORD_HEADER_DIFFERS
           : kind == DOCUMENT_SHIPMENT ? M_SHP_HEADER_DIFFERS
                                       : M_REQUEST_HEADER_DIFFERS;
}

static void
check_same(struct reading *reading, const struct first_row *first, struct field *field,
           const char *bytes, enum scope scope)
{
    struct csv_state *state = reading->state;
    const struct steps *steps = &state->steps[scope];
    for (size_t index = 0; index < steps->count; index++) {
        const struct step *step = &steps->items[index];
        const char *here = reader_csv_cell(state, bytes, step->cell);
        const char *there = first_cell(first, step->cell);
        if (*here == '\0' || strcmp(here, there) == 0) {
            continue;
        }
        if (strcmp(text_normalise(&reading->arena, here), text_normalise(&reading->arena, there)) ==
            0) {
            continue;
        }
        field->text = here;
        field->name = step->column->name;
        field->place.column = (int64_t)step->cell + 1;
        field_complain(field, header_differs(reading->kind),
                       text_show(&reading->arena, there, strlen(there), SHOWN_BYTES), NULL);
    }
}

static struct place
place_of(const void *context, const char *name)
{
    const struct reading *reading = context;
    const struct csv_state *state = reading->state;
    const int64_t line = document_head(&reading->document).place.line;
    for (int scope = 0; scope < SCOPE_COUNT; scope++) {
        for (size_t index = 0; index < state->steps[scope].count; index++) {
            const struct step *step = &state->steps[scope].items[index];
            if (strcmp(step->column->name, name) == 0) {
                return (struct place){line, (int64_t)step->cell + 1};
            }
        }
    }
    return (struct place){0, 0};
}

static void
add_order_line(struct reading *reading, struct order *order, struct field *field, const char *bytes)
{
    struct csv_state *state = reading->state;
    struct order_line *line = check_add_line(&state->check, order);
    if (line == NULL) {
        state->is_full = true;
        return;
    }
    line->place = (struct place){state->row.line, 0};
    const struct steps *steps = &state->steps[SCOPE_LINE];
    if (steps->count > 0 && strcmp(steps->items[0].column->name, "line_number") == 0) {
        const char *number = reader_csv_cell(state, bytes, steps->items[0].cell);
        field->order_line = text_show(&reading->arena, number, strlen(number), SHOWN_BYTES);
    }
    reader_csv_convert(reading, SCOPE_LINE, field, bytes, line);
    reader_csv_convert(reading, SCOPE_LINE_NOTE, field, bytes, order);
}

static void
add_shipment_line(struct reading *reading, struct shipment *shipment, struct field *field,
                  const char *bytes)
{
    if (shipment->line_count == SHIPMENT_LINES_MAX) {
        field->text = shipment->number;
        field_complain(field, M_SHP_LINES_MANY, "10000", NULL);
        ((struct csv_state *)reading->state)->is_full = true;
        return;
    }
    shipment->lines = arena_grow(&reading->arena, shipment->lines, sizeof *shipment->lines,
                                 shipment->line_count, &shipment->line_capacity);
    struct shipment_line *line = &shipment->lines[shipment->line_count++];
    *line = shipment_line_blank;
    line->line = field->place.line;
    reader_csv_convert(reading, SCOPE_LINE, field, bytes, line);
}

/* What the columns about the whole document go into. */
static void *
base_of(struct document *document)
{
    switch (document->kind) {
    case DOCUMENT_ORDER: return &document->order;
    case DOCUMENT_SHIPMENT: return &document->shipment;
    case DOCUMENT_ORDER_CHANGE: return &document->change;
    case DOCUMENT_ORDER_CANCELLATION: return &document->cancellation;
    case DOCUMENT_RETURN_REQUEST: return &document->return_request;
    default: return &document->return_receipt;
    }
}

/* Read state->row into the document; `first` is filled by the first row. */
static void
take_row(struct reading *reading, struct document *document, struct first_row *first)
{
    struct csv_state *state = reading->state;
    const bool is_order = document->kind == DOCUMENT_ORDER;
    void *base = base_of(document);
    const char *bytes = arena_copy_bytes(&reading->arena, state->row.bytes, state->row.size);
    struct field field = reader_csv_field(reading, bytes);
    const bool is_first = first->bytes == NULL;
    if (is_first) {
        *first = keep_row(reading, bytes);
        reader_csv_convert(reading, SCOPE_KEY, &field, bytes, base);
    }
    field.order_number = is_first && !is_order
                             ? reader_csv_order_number(state, bytes, SCOPE_HEADER, &reading->arena)
                             : document_head(document).order_number;
    if (is_first) {
        reader_csv_convert(reading, SCOPE_HEADER, &field, bytes, base);
        reader_csv_convert(reading, SCOPE_HEADER_NOTE, &field, bytes, base);
        field.order_number = document_head(document).order_number;
    } else {
        if (*reader_csv_cell(state, bytes, first->key_cell) == '\0') {
            reader_csv_convert(reading, SCOPE_KEY, &field, bytes, &(struct document){0});
        }
        check_same(reading, first, &field, bytes, SCOPE_HEADER);
        check_same(reading, first, &field, bytes, SCOPE_HEADER_NOTE);
    }
    reader_csv_use_row(reading, field.order_number);
    reader_csv_check_cells(reading, &field, bytes);
    if (is_order) {
        add_order_line(reading, &document->order, &field, bytes);
    } else if (document->kind == DOCUMENT_SHIPMENT) {
        add_shipment_line(reading, &document->shipment, &field, bytes);
    } else {
        reader_csv_add_request_line(reading, document, &field, bytes);
    }
}

static void
begin(struct reading *reading, struct document *document)
{
    struct csv_state *state = reading->state;
    (void)document_begin(document, reading->kind, (struct place){state->row.line, 0});
    state->check = (struct check){.arena = &reading->arena,
                                  .findings = reading->findings,
                                  .sender = reading->sender,
                                  .lists = reading->lists,
                                  .format = FORMAT_CSV,
                                  .place_of = place_of,
                                  .context = reading};
}

static void
check_group(const struct check *check, struct document *document)
{
    switch (document->kind) {
    case DOCUMENT_ORDER: check_order(check, &document->order); break;
    case DOCUMENT_SHIPMENT: check_shipment(check, &document->shipment); break;
    default: check_request(check, document); break;
    }
}

enum outcome
reader_csv_next_group(struct reading *reading, struct document *document, struct fault *why)
{
    struct csv_state *state = reading->state;
    if (!state->has_row) {
        return NONE;
    }
    struct first_row first = {0};
    state->is_full = false;
    state->has_gap = false;
    begin(reading, document);
    enum outcome outcome = DONE;
    do {
        if (!state->is_full && reading->arena.bytes_used > GROUP_BYTES_MAX) {
            struct field field = reader_csv_field(reading, first_cell(&first, first.key_cell));
            field_complain(&field, M_CSV_GROUP_LARGE, NULL, NULL);
            state->is_full = true;
        }
        if (!state->is_full) {
            take_row(reading, document, &first);
        }
        outcome = reader_csv_advance(reading, why);
    } while (outcome == DONE && is_same_group(reading, &first));
    if (outcome == FAILED || outcome == RETRY) {
        return outcome;
    }
    if (!state->has_gap) { /* what is missing was told by its cause */
        check_group(&state->check, document);
    }
    return DONE;
}
