/* workbook.h -- an XLSX workbook for people who calculate: the only user of libxlsxwriter.
 *
 * A workbook is a row of sheets; a sheet has a line that says what it is, and then one table of
 * typed columns: real numbers and days, identifiers as text, the header frozen, sums as formulas
 * that bring their values along (programs that only show the file do not calculate).  Nothing that
 * came from outside becomes a formula or a link.  The same calls make the same bytes.
 *
 * Life: book_begin, then sheets one after another, each with its rows, book_end; or
 * book_close, which may always be called.  Texts are copied when they are handed over.
 */
#ifndef PURSER_WORKBOOK_H
#define PURSER_WORKBOOK_H

#include "base/arena.h"
#include "base/fault.h"
#include "writers/page.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BOOK_ROWS_MAX = 20000, BOOK_COLUMNS_MAX = 24 };

enum cell_kind {
    CELL_TEXT,
    CELL_ID,       /* a text that may look like a number */
    CELL_DAY,      /* days, as base/date.h */
    CELL_MOMENT,   /* minutes of the clock on the wall, since 1970 */
    CELL_COUNT,    /* whole */
    CELL_QUANTITY, /* micros */
    CELL_MONEY,    /* minor units of the sheet's currency */
    CELL_SHARE,    /* micros: 125000 is 12.5 % */
    CELL_TRUTH,    /* 0 or 1 */
};

struct book_column {
    const char *title;
    enum cell_kind kind;
    bool is_summed; /* not of text, days or truths */
};

struct cell {
    const char *text; /* of text and identifiers; NULL there: empty */
    int64_t value;    /* of all others */
    bool is_empty;
    bool is_money; /* whatever the column is: minor units of a currency with this exponent */
    int exponent;
};

struct book_sheet {
    const char *name;  /* at most 31 characters, none of []:*?/\ (others are left out) */
    const char *about; /* the line above the table */
    const struct book_column *columns;
    size_t column_count;
    int exponent;      /* of the currency: 2 decimal places */
    const char *table; /* name of the table for formulas: letters and digits; "": no table, for
                          sheets that are read and not calculated with */
};

struct book_about {
    const char *title;
    const char *company;
    const char *sum_word; /* stands before sums */
    const char *others;   /* behind the number of rows that there was no room for */
    int64_t made_ms;      /* said to be the moment that it was made */
};

struct book {
    struct book_parts *parts; /* NULL: not begun, or ended */
};
MUST_USE enum outcome book_begin(struct book *book, const struct book_about *about,
                                 struct arena *arena, struct fault *why);

/* The titles of columns must live as long as the workbook; all else is copied. */
void book_sheet(struct book *book, const struct book_sheet *sheet);
/* As many cells as columns.  All beyond BOOK_ROWS_MAX become one row at the end, with their number
 * and sums: a sheet is kept in memory, and the CSV has every row. */
void book_row(struct book *book, const struct cell *cells);
/* Is the next one shown?  Of all others the texts are not looked at. */
bool book_has_room(const struct book *book);
/* "=" and what is compared: a cell of the last row becomes a formula that asks whether the columns
 * `left` and `right` of that row are equal. */
void book_compare(struct book *book, size_t column, size_t left, size_t right);
/* Bars of a column over another one, beside the table. */
void book_chart(struct book *book, const char *title, size_t names, size_t values);

/* The bytes of the whole into the page, as it takes them. */
MUST_USE enum outcome book_end(struct book *book, struct page *page, struct fault *why);
void book_close(struct book *book);

#endif
