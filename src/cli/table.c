#include "cli/table.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

void
table_init(struct table *table, struct cli *cli, const char *sides, const enum message *titles)
{
    memset(table, 0, sizeof *table);
    table->arena = &cli->arena;
    table->column_count = strlen(sides);
    assert(table->column_count <= TABLE_COLUMNS_MAX);
    for (size_t column = 0; column < table->column_count; column++) {
        table->titles[column] = cli_text(cli, titles[column]);
        table->is_right[column] = sides[column] == 'r';
    }
}

void
table_row(struct table *table, const char *const *cells)
{
    const size_t row = table->cell_count / table->column_count;
    table->below =
        arena_grow(table->arena, table->below, sizeof *table->below, row, &table->below_capacity);
    table->below[row] = NULL;
    for (size_t column = 0; column < table->column_count; column++) {
        table->cells = arena_grow(table->arena, table->cells, sizeof *table->cells,
                                  table->cell_count, &table->cell_capacity);
        table->cells[table->cell_count++] = cells[column];
    }
}

void
table_below(struct table *table, const char *lines)
{
    table->below[table->cell_count / table->column_count - 1] = lines;
}

static void
add_blanks(struct buf *out, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        buf_char(out, ' ');
    }
}

static void
show_row(const struct table *table, const char *const *cells, const size_t *widths, struct buf *out)
{
    for (size_t column = 0; column < table->column_count; column++) {
        const size_t missing = widths[column] - text_width(cells[column]);
        const bool is_last = column + 1 == table->column_count;
        if (table->is_right[column]) {
            add_blanks(out, missing);
        }
        buf_text(out, cells[column]);
        if (!table->is_right[column] && !is_last) {
            add_blanks(out, missing);
        }
        buf_text(out, is_last ? "" : "  ");
    }
    while (out->size > 0 && out->bytes[out->size - 1] == ' ') {
        out->size--; /* empty cells at the end */
    }
    buf_char(out, '\n');
}

void
table_show(const struct table *table, struct cli *cli)
{
    size_t widths[TABLE_COLUMNS_MAX] = {0};
    for (size_t column = 0; column < table->column_count; column++) {
        widths[column] = text_width(table->titles[column]);
        for (size_t at = column; at < table->cell_count; at += table->column_count) {
            const size_t width = text_width(table->cells[at]);
            widths[column] = width > widths[column] ? width : widths[column];
        }
    }
    assert(table->column_count > 0);
    show_row(table, table->titles, widths, &cli->out);
    for (size_t at = 0; at < table->cell_count; at += table->column_count) {
        const char *below = table->below[at / table->column_count];
        show_row(table, table->cells + at, widths, &cli->out);
        buf_text(&cli->out, below == NULL ? "" : below);
    }
}
