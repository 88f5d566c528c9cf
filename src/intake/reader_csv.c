#include "intake/reader_csv.h"

#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Skip blank lines, and the line "sep=;" that spreadsheets write for themselves. */
static size_t
skip_preamble(const char *head, size_t size, int64_t *line)
{
    size_t at = 0;
    size_t begin = 0;
    while (at < size) {
        if (head[at] == '\n' || head[at] == '\r') {
            *line += head[at] == '\n' || at + 1 == size || head[at + 1] != '\n';
            begin = at + 1;
        } else if (at == begin && size - at > 5 && strncasecmp(head + at, "sep=", 4) == 0 &&
                   (head[at + 5] == '\r' || head[at + 5] == '\n')) {
            at += 4;
        } else if (strchr(" \t,;", head[at]) == NULL) {
            break;
        }
        at++;
    }
    return begin;
}

/* What ended the rows early. */
static void
complain_about(struct reading *reading, enum sheet_trouble trouble, struct place place)
{
    static const struct {
        enum message code;
        const char *expected;
    } troubles[] = {
        [SHEET_BAD_QUOTE] = {M_CSV_QUOTE, ""},
        [SHEET_OPEN_QUOTE] = {M_CSV_QUOTE_OPEN, ""},
        [SHEET_LONG_CELL] = {M_CSV_CELL_LONG, "16384"},
        [SHEET_MANY_CELLS] = {M_CSV_CELLS_MANY, "500"},
        [SHEET_BROKEN_TEXT] = {M_ENC_BROKEN, NULL},
    };
    static_assert(FIELD_BYTES_MAX == 16384 && SHEET_CELLS_MAX == 500, "the texts above");
    const char *encoding =
        reading->encoding == ENCODING_PARTNER ? reading->sender->encoding : "UTF-16";
    const char *expected = troubles[trouble].expected;
    findings_add(reading->findings,
                 &(struct finding){.code = troubles[trouble].code,
                                   .place = place,
                                   .expected = expected == NULL ? encoding : expected});
}

static enum outcome
open_sheet(struct reading *reading, struct csv_state *state, struct fault *why)
{
    char *head = malloc(DECODER_BLOCK_BYTES);
    assert(head != NULL);
    size_t size = 0;
    enum outcome outcome = decoder_read(&state->decoder, head, &size, why);
    if (outcome == DONE && state->decoder.is_broken && size == 0) {
        complain_about(reading, SHEET_BROKEN_TEXT, (struct place){1, 1});
    } else if (outcome == DONE) {
        int64_t line = 1;
        const size_t skipped = skip_preamble(head, size, &line);
        const struct mapping *mapping = reading->sender->mapping;
        const char delimiter =
            mapping == NULL
                ? reader_csv_recognise(reading, state, head + skipped, size - skipped, line)
                : mapped_recognise(reading, mapping, head + skipped, size - skipped);
        state->has_decimal_comma = mapping == NULL ? delimiter == ';' : mapping->decimal == ',';
        state->table = mapping == NULL ? state->table : mapping->table;
        sheet_open(&state->sheet, &state->decoder, delimiter, head + skipped, size - skipped);
        sheet_set_line(&state->sheet, line);
    }
    free(head);
    return outcome;
}

static void
complain_about_end(struct reading *reading, const struct csv_state *state)
{
    const bool is_cut = state->row.count < state->header_cells;
    findings_add(reading->findings,
                 &(struct finding){.code = is_cut ? M_CSV_CUT_OFF : M_CSV_LINE_END,
                                   .place = {state->row.line, 0}});
}

/* A row that does not count leaves state->has_row as it is. */
static enum outcome
take_row(struct reading *reading, struct csv_state *state, struct fault *why)
{
    state->rows_seen++;
    if (!state->row.is_terminated) {
        complain_about_end(reading, state);
    }
    const enum outcome outcome =
        state->mapped == NULL ? DONE : mapped_row(state->mapped, &state->row, why);
    state->has_row = outcome == DONE;
    return outcome == NONE ? DONE : outcome;
}

void
reader_csv_use_row(struct reading *reading, const char *order_number)
{
    struct csv_state *state = reading->state;
    if (state->mapped == NULL || findings_total(&state->mapped->pending) == 0) {
        return;
    }
    for (size_t index = 0; index < state->mapped->pending.count; index++) {
        struct finding *finding = &state->mapped->pending.items[index];
        finding->order_number = order_number;
        state->has_gap =
            state->has_gap || finding->code == M_MAP_LOOKUP_ROW || finding->code == M_MAP_KEY_EMPTY;
    }
    findings_append(reading->findings, &state->mapped->pending);
    findings_clear(&state->mapped->pending);
}

void
reader_csv_name_findings(const struct reading *reading, struct findings *findings, size_t first)
{
    const struct csv_state *state = reading->state;
    if (state != NULL && state->mapped != NULL) {
        mapped_name_findings(state->mapped, findings, first);
    }
}

/* The next row as it stands in the file. */
static enum outcome
advance(struct reading *reading, struct fault *why)
{
    struct csv_state *state = reading->state;
    enum outcome outcome;
    state->has_row = false;
    do {
        outcome = sheet_next(&state->sheet, &state->row, why);
        if (outcome == DONE && !state->row.is_blank) {
            outcome = take_row(reading, state, why);
        }
    } while (outcome == DONE && !state->has_row);
    if (outcome == DONE) {
        return DONE;
    }
    if (outcome == NONE && state->sheet.trouble != SHEET_FINE) {
        complain_about(reading, state->sheet.trouble, state->sheet.trouble_place);
        state->sheet.trouble = SHEET_FINE; /* said once */
    } else if (outcome == NONE && state->rows_seen == 0) {
        reading_complain(reading, M_CSV_NO_ROWS, NULL, NULL);
    }
    return outcome;
}

static enum outcome
gather(struct reading *reading, struct fault *why)
{
    struct csv_state *state = reading->state;
    const size_t key_cell = state->steps[SCOPE_KEY].items[0].cell;
    enum outcome outcome;
    state->gathered = mapped_gather_open();
    while ((outcome = advance(reading, why)) == DONE) {
        if (!mapped_gather_keep(state->gathered, state->mapped, &state->row, key_cell)) {
            findings_add(reading->findings,
                         &(struct finding){.code = M_MAP_SCATTERED, .place = {state->row.line, 0}});
            return DONE;
        }
    }
    mapped_gather_sort(state->gathered);
    return outcome == NONE ? DONE : outcome;
}

enum outcome
reader_csv_advance(struct reading *reading, struct fault *why)
{
    struct csv_state *state = reading->state;
    if (state->mapped == NULL || !state->mapped->mapping->is_scattered) {
        return advance(reading, why);
    }
    if (state->gathered == NULL) {
        TRY(gather(reading, why));
    }
    const enum outcome outcome = mapped_gather_next(state->gathered, state->mapped, &state->row);
    state->has_row = outcome == DONE;
    return outcome;
}

/* The cells of the header, or of the rows that a mapping makes, get their meaning. */
static enum outcome
understand(struct reading *reading, struct csv_state *state, const struct sheet_row *header,
           struct fault *why)
{
    if (reading->sender->mapping == NULL) {
        reader_csv_map(reading, state, header);
        return DONE;
    }
    TRY(mapped_open(reading, header, &state->mapped, why));
    reader_csv_plan_mapped(state);
    return DONE;
}

static enum outcome
open_csv(struct reading *reading, struct fault *why)
{
    struct csv_state *state = calloc(1, sizeof *state);
    assert(state != NULL);
    reading->state = state;
    TRY(decoder_open(&state->decoder, reading->descriptor, reading->encoding,
                     reading->sender->encoding, why));
    TRY(open_sheet(reading, state, why));
    const struct mapping *mapping = reading->sender->mapping;
    if (state->table == NULL && mapping == NULL) {
        return DONE;
    }
    reading->kind = mapping == NULL ? state->table->kind : mapping->kind;
    if (!reading_allows(reading, reading->kind)) {
        return DONE;
    }
    struct sheet_row header;
    const enum outcome outcome = sheet_next(&state->sheet, &header, why);
    if (outcome == NONE) {
        if (state->sheet.trouble != SHEET_FINE) {
            complain_about(reading, state->sheet.trouble, state->sheet.trouble_place);
        }
        return DONE;
    }
    TRY(outcome);
    TRY(understand(reading, state, &header, why));
    if (findings_has(reading->findings, SEVERITY_FATAL)) {
        return DONE;
    }
    const enum outcome advanced = reader_csv_advance(reading, why);
    return advanced == NONE ? DONE : advanced;
}

static enum outcome
next_lookup(struct reading *reading, struct document *document, struct fault *why)
{
    struct csv_state *state = reading->state;
    if (!state->has_row) {
        return NONE;
    }
    const char *cells = mapped_whole_row(state->mapped, &reading->arena);
    document->kind = DOCUMENT_LOOKUP;
    document->lookup = (struct lookup_row){.key = arena_copy(&reading->arena, state->row.bytes),
                                           .cells = cells == NULL ? "[]" : cells,
                                           .line = state->row.line};
    reader_csv_use_row(reading, "");
    const enum outcome outcome = reader_csv_advance(reading, why);
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
next_csv(struct reading *reading, struct document *document, struct fault *why)
{
    return reading->kind == DOCUMENT_LOOKUP    ? next_lookup(reading, document, why)
           : document_has_lines(reading->kind) ? reader_csv_next_group(reading, document, why)
                                               : reader_csv_next_row(reading, document, why);
}

static void
close_csv(struct reading *reading)
{
    struct csv_state *state = reading->state;
    if (state != NULL) {
        mapped_gather_close(state->gathered);
        mapped_close(state->mapped);
        sheet_close(&state->sheet);
        decoder_close(&state->decoder);
        free(state);
        reading->state = NULL;
    }
}

const struct reader reader_csv = {open_csv, next_csv, close_csv};
