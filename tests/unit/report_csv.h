/* report_csv.h -- reading the CSV of a report in tests; its cells have no quotes. */
#ifndef PURSER_REPORT_CSV_H
#define PURSER_REPORT_CSV_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The cell at `index` of a line. */
static inline void
cell_of(const char *text, size_t index, char cell[80])
{
    for (; index > 0; index--) {
        text = strchr(text, ',') + 1;
    }
    const size_t size = strcspn(text, ",\r");
    assert_true(size < 80);
    memcpy(cell, text, size);
    cell[size] = '\0';
}

static inline size_t
column_of(const char *csv, const char *name)
{
    char cell[80];
    for (size_t index = 0; index < 80; index++) {
        cell_of(csv, index, cell);
        if (strcmp(cell, name) == 0) {
            return index;
        }
    }
    fail_msg("no column %s", name);
    return 0;
}

/* The `skip`-th row with this section and key; NULL: there is none. */
static inline const char *
row_of(const char *csv, const char *section, const char *key, int skip)
{
    char cell[80];
    const char *row = csv;
    while ((row = strchr(row, '\n')) != NULL && *++row != '\0') {
        cell_of(row, column_of(csv, "section"), cell);
        bool is_wanted = strcmp(cell, section) == 0;
        cell_of(row, column_of(csv, "key"), cell);
        is_wanted = is_wanted && strcmp(cell, key) == 0;
        if (is_wanted && skip-- == 0) {
            return row;
        }
    }
    return NULL;
}

#endif
