/* reader_csv.h -- what the files of the CSV reader share; private to reader_csv*.c.
 *
 * reader_csv_header.c finds delimiter, document kind and the meaning of the columns;
 * reader_csv_column.c says where the columns of each kind go and converts cells; reader_csv_group.c
 * reads the kinds whose document is a group of rows (orders, shipments; with reader_csv_request.c
 * what is asked for after an order), reader_csv_row.c those
 * whose document is one row (decisions, payments, master data); reader_csv_promotion.c checks rows
 * of promotions. */
#ifndef PURSER_READER_CSV_H
#define PURSER_READER_CSV_H

#include "intake/check.h"
#include "intake/mapped.h"
#include "intake/reader.h"
#include "intake/sheet.h"
#include "intake/table_schema.h"

/* What a column is about. */
enum scope {
    SCOPE_KEY,         /* the number that holds the rows of a group together */
    SCOPE_HEADER,      /* the whole document: alike in all its rows */
    SCOPE_HEADER_NOTE, /* likewise, and becomes a note */
    SCOPE_LINE,
    SCOPE_LINE_NOTE,
    SCOPE_COUNT
};

struct binding {
    const char *column;
    enum scope scope;
    size_t offset; /* of the value in the struct of its scope */
    enum note_kind note;
};

/* Where a column of a document kind goes; every column of its schema has such a place. */
struct binding reader_csv_binding(enum document_kind kind, const char *column);

/* One column of this file: which cell, how it is read, where it goes. */
struct step {
    size_t cell;
    const struct column *column;
    struct binding binding;
};

struct steps {
    struct step items[TABLE_COLUMNS_MAX];
    size_t count;
};

/* What one-row documents are read into before they become a document. */
struct staged {
    struct decision decision;
    struct transport_event transport;
    struct payment payment;
    struct stock_report stock;
    struct release_status release_status;
    struct production_status production_status;
    struct stop_answer stop_answer;
    struct master_row row;
    const char *verdict;
    const char *money_kind;
};

/* A line of a change, before its action is known. */
struct staged_change {
    struct line_change change;
    const char *action;
};

enum {
    TAX_CLASSES_MAX = 200,
    VALIDITIES_MAX = 50,
    PRICE_KEY_SIZE = 2 * 4 * CODE_CHARACTERS_MAX + 64 /* two codes, and what is always short */
};

struct validity {
    int32_t from;
    int32_t to;
    int64_t line;
};

/* What earlier rows said, as far as later ones must agree with it; all of it bounded. */
struct master_memory {
    const char *tax_classes[TAX_CLASSES_MAX];
    int64_t tax_rates_micros[TAX_CLASSES_MAX];
    size_t tax_class_count;
    struct digest_text {
        char text[PRICE_KEY_SIZE]; /* sku, scope, holder, currency, quantity of the run of prices */
    } price_key;
    struct validity validities[VALIDITIES_MAX];
    size_t validity_count;
};

struct csv_state {
    struct decoder decoder;
    struct sheet sheet;
    const struct table *table;
    struct steps steps[SCOPE_COUNT];
    size_t cells_of_columns[TABLE_COLUMNS_MAX]; /* CELL_NONE: not in this file */
    bool is_ignored[SHEET_CELLS_MAX];           /* unknown columns and those with _ */
    size_t header_cells;                        /* up to the last that has a name */
    bool has_nameless;                          /* a cell before that without a name */
    bool has_decimal_comma;
    struct sheet_row row; /* the next one to use */
    bool has_row;
    int64_t rows_seen;
    bool has_decision; /* some row had one */
    bool is_full;      /* the rest of this group is left out, after a finding */
    struct master_memory memory;
    struct check check;        /* of orders */
    bool has_gap;              /* rows of another file are missing of this document */
    struct gathered *gathered; /* all rows of a file in which those of a document stand apart */
    struct mapped *mapped;     /* of a file in its sender's own layout; NULL */
};

#define CELL_NONE SIZE_MAX

/* Recognise the header at the front of `head` (blank lines and "sep=" before it were skipped) and
 * choose the delimiter; state->table stays NULL (after a finding) when it is no header. */
char reader_csv_recognise(struct reading *reading, struct csv_state *state, const char *head,
                          size_t size, int64_t line);
/* Give the cells of the header row their meaning; findings tell what is wrong with it. */
void reader_csv_map(struct reading *reading, struct csv_state *state, const struct sheet_row *row);

/* What is wrong with state->row in its sender's layout is told with the document that it belongs
 * to: to be called when the row is used. */
void reader_csv_use_row(struct reading *reading, const char *order_number);
void
reader_csv_name_findings(const struct reading *reading, struct findings *findings, size_t first);

/* Likewise for the rows that a mapping makes: their cells are its columns. */
void reader_csv_plan_mapped(struct csv_state *state);

/* Make state->row the next row that is not blank; NONE at the end, with the finding that belongs to
 * it. */
MUST_USE enum outcome reader_csv_advance(struct reading *reading, struct fault *why);

/* A field of state->row for the findings and conversions of a document. */
struct field reader_csv_field(const struct reading *reading, const char *bytes);
/* What state->row says in a column of `scope`, as it stands; "" when there is no such column. */
const char *reader_csv_said(const struct csv_state *state, const char *bytes, enum scope scope,
                            const char *column);
/* Did the sender write nothing there?  (A value that is wrong is absent as well.) */
bool reader_csv_is_left_out(const struct csv_state *state, const char *column);
/* The order number that it says, for findings. */
const char *reader_csv_order_number(const struct csv_state *state, const char *bytes,
                                    enum scope scope, struct arena *arena);
/* Convert the cells of one scope into the struct `base`; `bytes` are those of the row, in the
 * arena. */
void reader_csv_convert(struct reading *reading, enum scope scope, struct field *field,
                        const char *bytes, void *base);
/* The text of a cell of state->row in `bytes`, "" when the row has no such cell. */
const char *reader_csv_cell(const struct csv_state *state, const char *bytes, size_t cell);
/* Findings about cells of the row that have no column. */
void reader_csv_check_cells(struct reading *reading, struct field *field, const char *bytes);

/* A finding about a column of state->row, with values of the caller's. */
void
reader_csv_complain(struct reading *reading, struct field *field, const char *column,
                    const char *value, enum message code, const char *expected, const char *hint);
/* What must hold between cells of one row; false after a finding of severity error. */
bool
reader_csv_check_validity(struct reading *reading, struct field *field, int32_t from, int32_t to);
void reader_csv_check_promotion(struct reading *reading, struct field *field,
                                const struct promotion_row *row);

/* Read a line of a change, a cancellation, a return request or a receipt from state->row. */
void reader_csv_add_request_line(struct reading *reading, struct document *document,
                                 struct field *field, const char *bytes);

MUST_USE enum outcome
reader_csv_next_group(struct reading *reading, struct document *document, struct fault *why);
MUST_USE enum outcome
reader_csv_next_row(struct reading *reading, struct document *document, struct fault *why);

#endif
