/* csv_sheets.h -- a report's CSV as a workbook: what is for programs, once more for people who
 * calculate.
 *
 * Each section of the CSV becomes a sheet of its own, and each currency in it, so that what is
 * added up may be; of the columns those that say something there, with the titles, types and sums
 * of its Table Schema.  Last come the words of the report. */
#ifndef PURSER_CSV_SHEETS_H
#define PURSER_CSV_SHEETS_H

#include "reports/frame.h"
#include "reports/workbook.h"

struct csv_sheets {
    const char *schema; /* "report-delays": schemas/report-delays.csv.json */
    const char *about;  /* stands above each sheet */
    const struct config *config;
    const struct report_words *words;
};

/* The bytes are ours: valid, with CRLF; texts are copied. */
void csv_sheets_fill(struct book *book, struct page *page, const struct csv_sheets *sheets,
                     const char *bytes, size_t size);

/* A sheet of what the words of a report mean. */
void book_words(struct book *book, struct page *page, const struct report_words *words,
                const struct config *config);

#endif
