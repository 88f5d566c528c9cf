/* sheet.h -- a CSV file as rows of cells, pulled one at a time.  The only user of libcsv.
 *
 * libcsv pushes cells and neither counts nor limits: the sheet feeds it one block at a time, keeps
 * the rows that come out until they are pulled, counts physical lines (line breaks inside quotes
 * too) and cells, and caps both. Dialect: RFC 4180 strictly about quotes; rows end with CR, LF or
 * CRLF; blanks around unquoted cells do not count.
 *
 * Life:      sheet_open, sheet_next until NONE or FAILED, sheet_close.
 * Ownership: a row lives until the next sheet_next.  Cells are zero-terminated.
 * Failure:   a syntax error ends the rows: sheet_next says NONE and `trouble` tells why and where.
 */
#ifndef PURSER_SHEET_H
#define PURSER_SHEET_H

#include "base/buf.h"
#include "intake/encoding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHEET_CELLS_MAX = 500 };

enum sheet_trouble {
    SHEET_FINE,
    SHEET_BAD_QUOTE,   /* a quote where none may be */
    SHEET_OPEN_QUOTE,  /* the file ends inside quotes */
    SHEET_LONG_CELL,   /* more than FIELD_BYTES_MAX */
    SHEET_MANY_CELLS,  /* more than SHEET_CELLS_MAX in a row */
    SHEET_BROKEN_TEXT, /* not of the encoding */
};

struct sheet_cell {
    size_t offset; /* in the row's bytes */
    size_t size;
};

struct sheet_row {
    const char *bytes; /* of all cells, each zero-terminated */
    size_t size;
    const struct sheet_cell *cells;
    size_t count;
    int64_t line;       /* where it begins, from 1 */
    bool is_blank;      /* every cell is empty */
    bool is_plain;      /* nothing but printable ASCII */
    bool is_terminated; /* false: the last row, without a line end */
};

struct sheet_queue; /* of rows that were parsed and not yet pulled */
struct csv_parser;

struct sheet {
    struct decoder *decoder; /* borrowed */
    struct csv_parser *parser;
    struct sheet_queue *queue;
    char *block;
    size_t block_size; /* bytes in block that were not yet parsed */
    size_t block_start;
    int64_t line; /* of the next row */
    enum sheet_trouble trouble;
    struct place trouble_place;
    bool is_finished;
};

/* `head` are the first bytes that the decoder gave already (at most DECODER_BLOCK_BYTES). */
void sheet_open(struct sheet *sheet, struct decoder *decoder, char delimiter, const char *head,
                size_t head_size);
/* For when lines before the head were skipped. */
void sheet_set_line(struct sheet *sheet, int64_t line);
MUST_USE enum outcome sheet_next(struct sheet *sheet, struct sheet_row *row, struct fault *why);
void sheet_close(struct sheet *sheet);

#endif
