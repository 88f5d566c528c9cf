/* csv_out.h -- writing CSV (RFC 4180): byte order mark, column names, rows with a field per column.
 *
 * The mark makes spreadsheets read UTF-8.  csv_out_shown, for whatever a partner wrote, also keeps
 * a spreadsheet from taking a text for a formula (CWE-1236), by the apostrophe that our reader
 * takes away again; csv_out_text is for our own words.
 */
#ifndef PURSER_CSV_OUT_H
#define PURSER_CSV_OUT_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

struct csv_out {
    struct buf *buf;
    size_t column_count;
    size_t column; /* that comes next */
};

void csv_out_begin(struct csv_out *csv, struct buf *buf, const char *const *columns,
                   size_t column_count);

void csv_out_text(struct csv_out *csv, const char *text);
void csv_out_shown(struct csv_out *csv, const char *text);
void csv_out_integer(struct csv_out *csv, int64_t number);
void csv_out_integer_if(struct csv_out *csv, int64_t number); /* empty for 0 */
void csv_out_decimal(struct csv_out *csv, int64_t value, int places, int places_min);
void csv_out_day(struct csv_out *csv, int32_t day); /* empty for DAY_NONE */
void csv_out_moment(struct csv_out *csv, int64_t moment_ms);
void csv_out_empty(struct csv_out *csv, size_t count);

/* Ends the row; every column must have had its field (asserted). */
void csv_out_end_row(struct csv_out *csv);

#endif
