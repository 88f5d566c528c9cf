/* table.h -- private to cli/: tables for people: no borders, numbers to the right, Chinese counted
 * as two columns.
 *
 * Usage: table_init, table_row per row with one text per column, table_show.  Texts are borrowed
 * until then. */
#ifndef PURSER_TABLE_H
#define PURSER_TABLE_H

#include "cli/command.h"

enum { TABLE_COLUMNS_MAX = 10 };

struct table {
    struct arena *arena;
    size_t column_count;
    const char *titles[TABLE_COLUMNS_MAX];
    bool is_right[TABLE_COLUMNS_MAX];
    const char **cells;
    size_t cell_count;
    size_t cell_capacity;
    const char **below; /* of each row; NULL: nothing */
    size_t below_capacity;
};

/* Columns are messages; those named in `right` (a text of "lr..." per column) hold numbers. */
void
table_init(struct table *table, struct cli *cli, const char *sides, const enum message *titles);
void table_row(struct table *table, const char *const *cells);
#define table_add(table, ...) table_row((table), (const char *const[]){__VA_ARGS__})
/* Lines below the row that was added last, each with its line feed. */
void table_below(struct table *table, const char *lines);
void table_show(const struct table *table, struct cli *cli);

#endif
