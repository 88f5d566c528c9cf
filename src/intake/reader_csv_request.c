/* Lines of what is asked for after an order: changes, cancellations, return requests; and of
 * receipts of returns. */
#include "intake/reader_csv.h"

#include "base/text.h"

#include <string.h>

enum { SHOWN_BYTES = 80 };

/* Does state->row say anything of a line? */
static bool
says_line(const struct csv_state *state, const char *bytes, enum scope scope)
{
    const struct steps *steps = &state->steps[scope];
    for (size_t index = 0; index < steps->count; index++) {
        if (!text_is_blank(reader_csv_cell(state, bytes, steps->items[index].cell))) {
            return true;
        }
    }
    return false;
}

/* Findings about the row are about this line. */
static void
name_line(struct reading *reading, struct field *field, const char *bytes, const char *column)
{
    const char *number = reader_csv_said(reading->state, bytes, SCOPE_LINE, column);
    field->order_line = text_show(&reading->arena, number, strlen(number), SHOWN_BYTES);
}

/* The sender wrote nothing there, and must. */
static void
require(struct reading *reading, struct field *field, const char *column)
{
    if (reader_csv_is_left_out(reading->state, column)) {
        reader_csv_complain(reading, field, column, "", M_FLD_REQUIRED, NULL, NULL);
    }
}

static void
add_change_line(struct reading *reading, struct order_change *change, struct field *field,
                const char *bytes)
{
    struct csv_state *state = reading->state;
    if (!says_line(state, bytes, SCOPE_LINE) && !says_line(state, bytes, SCOPE_LINE_NOTE)) {
        return; /* about the whole order alone */
    }
    struct line_change *line = check_add_change_line(&state->check, change);
    if (line == NULL) {
        state->is_full = true;
        return;
    }
    struct staged_change staged = {.change = *line, .action = ""};
    name_line(reading, field, bytes, "line_number");
    reader_csv_convert(reading, SCOPE_LINE, field, bytes, &staged);
    const int action = name_index(staged.action, change_action_names, CHANGE_ACTION_COUNT);
    *line = staged.change;
    line->action = action < 0 ? CHANGE_ACTION_COUNT : (enum change_action)action;
    line->has_options = line->line.option_count > 0;
    line->line.place.line = state->row.line;
    require(reading, field, "action");
    require(reading, field, "line_number");
    reader_csv_convert(reading, SCOPE_LINE_NOTE, field, bytes, change);
}

static void
add_cancelled_line(struct reading *reading, struct order_cancellation *cancellation,
                   struct field *field, const char *bytes)
{
    struct csv_state *state = reading->state;
    struct cancelled_line *line = check_add_cancelled_line(&state->check, cancellation);
    if (line == NULL) {
        state->is_full = true;
        return;
    }
    line->line = state->row.line;
    name_line(reading, field, bytes, "line_number");
    reader_csv_convert(reading, SCOPE_LINE, field, bytes, line);
}

static void
add_return_line(struct reading *reading, struct return_request *request, struct field *field,
                const char *bytes)
{
    struct csv_state *state = reading->state;
    struct return_line *line = check_add_return_line(&state->check, request);
    if (line == NULL) {
        state->is_full = true;
        return;
    }
    line->line = state->row.line;
    name_line(reading, field, bytes, "line_number");
    reader_csv_convert(reading, SCOPE_LINE, field, bytes, line);
}

static void
add_received_line(struct reading *reading, struct return_receipt *receipt, struct field *field,
                  const char *bytes)
{
    struct csv_state *state = reading->state;
    struct received_line *line = check_add_received_line(&state->check, receipt);
    if (line == NULL) {
        state->is_full = true;
        return;
    }
    line->line = state->row.line;
    name_line(reading, field, bytes, "order_line");
    reader_csv_convert(reading, SCOPE_LINE, field, bytes, line);
}

void
reader_csv_add_request_line(struct reading *reading, struct document *document, struct field *field,
                            const char *bytes)
{
    switch (document->kind) {
    case DOCUMENT_ORDER_CHANGE: add_change_line(reading, &document->change, field, bytes); break;
    case DOCUMENT_ORDER_CANCELLATION:
        add_cancelled_line(reading, &document->cancellation, field, bytes);
        break;
    case DOCUMENT_RETURN_REQUEST:
        add_return_line(reading, &document->return_request, field, bytes);
        break;
    default: add_received_line(reading, &document->return_receipt, field, bytes); break;
    }
}
