#include "reports/csv_sheets.h"

#include "base/date.h"
#include "base/decimal.h"
#include "intake/described.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The table, cell by cell. */
struct grid {
    struct arena *arena;
    enum language language;
    const struct described_column *columns;
    size_t column_count;
    const char **cells; /* row by row */
    size_t row_count;
    size_t section; /* columns of these names */
    size_t currency;
};

/* ---- reading ---- */

/* Where the cell at `at` ends: its comma or line end. */
static const char *
end_of_cell(const char *at, const char *end)
{
    bool is_quoted = false;
    while (at < end && (is_quoted || (*at != ',' && *at != '\r'))) {
        is_quoted ^= *at++ == '"';
    }
    return at;
}

/* What it says, without its quotes. */
static const char *
read_cell(const char *at, const char *end, struct arena *arena)
{
    char *text = arena_array(arena, char, (size_t)(end - at) + 1);
    size_t size = 0;
    const bool is_quoted = at < end && *at == '"';
    for (at += is_quoted, end -= is_quoted; at < end; at++) {
        text[size++] = *at;
        at += is_quoted && *at == '"'; /* the first of two */
    }
    text[size] = '\0';
    return text;
}

static size_t
count_lines(const char *bytes, size_t size)
{
    size_t count = 0;
    for (size_t at = 0; at + 1 < size; at++) {
        count += bytes[at] == '\r' && bytes[at + 1] == '\n';
    }
    return count;
}

static size_t
column_named(const struct grid *grid, const char *name)
{
    for (size_t index = 0; index < grid->column_count; index++) {
        if (strcmp(grid->columns[index].name, name) == 0) {
            return index;
        }
    }
    return grid->column_count;
}

static void
read_grid(struct grid *grid, const char *bytes, size_t size)
{
    const char *at = bytes;
    const char *end = bytes + size;
    grid->cells =
        arena_array(grid->arena, const char *, count_lines(bytes, size) * grid->column_count);
    for (bool is_header = true; at < end; is_header = false) {
        const char **row = &grid->cells[grid->row_count * grid->column_count];
        for (size_t index = 0; index < grid->column_count; index++) {
            const char *cell_end = end_of_cell(at, end);
            row[index] = cell_end == at ? "" : read_cell(at, cell_end, grid->arena);
            at = cell_end;
            assert(at < end && *at == (index + 1 < grid->column_count ? ',' : '\r') &&
                   "the CSV has the columns of its schema");
            at++;
        }
        at++; /* the line feed */
        grid->row_count += !is_header;
    }
}

static const char *
cell_of(const struct grid *grid, size_t row, size_t column)
{
    return column < grid->column_count ? grid->cells[row * grid->column_count + column] : "";
}

/* ---- one sheet ---- */

static bool
is_alike(const struct grid *grid, size_t one, size_t other)
{
    return strcmp(cell_of(grid, one, grid->section), cell_of(grid, other, grid->section)) == 0 &&
           strcmp(cell_of(grid, one, grid->currency), cell_of(grid, other, grid->currency)) == 0;
}

/* The period is in the line above, section and currency are in the sheet's name. */
static bool
is_shown(const struct grid *grid, size_t column, size_t first)
{
    const char *name = grid->columns[column].name;
    if (column == grid->section || column == grid->currency || strcmp(name, "first_day") == 0 ||
        strcmp(name, "last_day") == 0) {
        return false;
    }
    for (size_t row = first; row < grid->row_count; row++) {
        if (is_alike(grid, first, row) && cell_of(grid, row, column)[0] != '\0') {
            return true;
        }
    }
    return false;
}

static enum cell_kind
kind_of(const struct described_column *column, bool has_currency)
{
    static const enum cell_kind kinds[] = {
        [DESCRIBED_TEXT] = CELL_ID,         [DESCRIBED_INTEGER] = CELL_COUNT,
        [DESCRIBED_NUMBER] = CELL_QUANTITY, [DESCRIBED_DATE] = CELL_DAY,
        [DESCRIBED_MOMENT] = CELL_MOMENT,
    };
    return column->is_amount && has_currency ? CELL_MONEY : kinds[column->type];
}

/* "2026-03-02T09:00:00+08:00": minutes of the clock on the wall, since 1970. */
static int64_t
wall_minutes(const char *text)
{
    char day_text[DATE_TEXT_SIZE] = "";
    int32_t day = 0;
    strncat(day_text, text, 10);
    const bool is_day = day_parse(day_text, &day);
    assert(is_day && text[10] == 'T' && "we write moments so");
    return (int64_t)day * 24 * 60 + strtol(text + 11, NULL, 10) * 60 + strtol(text + 14, NULL, 10);
}

static struct cell
make_cell(enum cell_kind kind, const char *text, int exponent)
{
    struct cell cell = {.text = text, .is_empty = text[0] == '\0'};
    enum decimal_verdict verdict = DECIMAL_FINE;
    int32_t day = DAY_NONE;
    if (cell.is_empty) {
        return cell;
    }
    switch (kind) {
    case CELL_DAY:
        cell.is_empty = !day_parse(text, &day);
        cell.value = day;
        break;
    case CELL_MOMENT: cell.value = wall_minutes(text); break;
    case CELL_COUNT: verdict = decimal_parse(text, 0, &cell.value); break;
    case CELL_QUANTITY: verdict = decimal_parse(text, MICROS_PLACES, &cell.value); break;
    case CELL_MONEY: verdict = decimal_parse(text, exponent, &cell.value); break;
    default: break;
    }
    assert(verdict == DECIMAL_FINE && "numbers are those of the schema");
    return cell;
}

/* "Invoices EUR": our word for the section where we have one. */
static const char *
name_of(const struct grid *grid, size_t row)
{
    const char *section = cell_of(grid, row, grid->section);
    const char *word = message_word(section, grid->language);
    const char *currency = cell_of(grid, row, grid->currency);
    return arena_format(grid->arena, "%s%s%s", word == NULL ? section : word,
                        currency[0] == '\0' ? "" : " ", currency);
}

static size_t
choose_columns(const struct grid *grid, size_t first, size_t *shown, struct book_column *columns)
{
    const bool has_currency = cell_of(grid, first, grid->currency)[0] != '\0';
    size_t count = 0;
    for (size_t column = 0; column < grid->column_count && count < BOOK_COLUMNS_MAX; column++) {
        if (is_shown(grid, column, first)) {
            const struct described_column *described = &grid->columns[column];
            columns[count] = (struct book_column){
                grid->language == LANGUAGE_ZH ? described->title_zh : described->title,
                kind_of(described, has_currency), described->is_summed};
            shown[count++] = column;
        }
    }
    return count;
}

static void
put_sheet(struct book *book, const struct grid *grid, size_t first, const char *about)
{
    size_t shown[BOOK_COLUMNS_MAX];
    struct book_column columns[BOOK_COLUMNS_MAX];
    const size_t count = choose_columns(grid, first, shown, columns);
    const char *currency = cell_of(grid, first, grid->currency);
    const struct book_sheet sheet = {
        .name = name_of(grid, first),
        .about = arena_format(grid->arena, "%s · %s", about, name_of(grid, first)),
        .columns = columns,
        .column_count = count,
        .exponent = currency[0] == '\0' ? 0 : currency_exponent(currency),
        .table = arena_format(grid->arena, "%s_%s", cell_of(grid, first, grid->section), currency),
    };
    if (count == 0) {
        return;
    }
    book_sheet(book, &sheet);
    for (size_t row = first; row < grid->row_count; row++) {
        struct cell cells[BOOK_COLUMNS_MAX];
        if (!is_alike(grid, first, row)) {
            continue;
        }
        for (size_t index = 0; index < count; index++) {
            cells[index] =
                make_cell(columns[index].kind, cell_of(grid, row, shown[index]), sheet.exponent);
        }
        book_row(book, cells);
    }
}

/* ---- all ---- */

static bool
is_first(const struct grid *grid, size_t row)
{
    for (size_t before = row; before > 0; before--) {
        if (is_alike(grid, before - 1, row)) {
            return false;
        }
    }
    return true;
}

void
csv_sheets_fill(struct book *book, struct page *page, const struct csv_sheets *sheets,
                const char *bytes, size_t size)
{
    struct described_column *columns = NULL;
    struct grid grid = {.arena = page->arena, .language = page->language};
    described_columns(sheets->schema, page->arena, &columns, &grid.column_count);
    grid.columns = columns;
    grid.section = column_named(&grid, "section");
    grid.currency = column_named(&grid, "currency");
    read_grid(&grid, bytes, size);
    for (size_t row = 0; row < grid.row_count; row++) {
        if (is_first(&grid, row)) {
            put_sheet(book, &grid, row, sheets->about);
        }
    }
    book_words(book, page, sheets->words, sheets->config);
}

void
book_words(struct book *book, struct page *page, const struct report_words *words,
           const struct config *config)
{
    const char *name = message_text(M_REPORT_WORDS, page->language);
    const struct book_column columns[] = {
        {message_text(M_REPORT_WORD, page->language), CELL_TEXT, false},
        {message_text(M_REPORT_MEANING, page->language), CELL_TEXT, false},
    };
    book_sheet(
        book, &(struct book_sheet){
                  .name = name, .about = name, .columns = columns, .column_count = 2, .table = ""});
    for (size_t index = 0; index < words->count; index++) {
        const struct cell cells[] = {
            {.text = message_text(words->items[index].word, page->language)},
            {.text = frame_meaning(page, words->items[index].means, config)}};
        book_row(book, cells);
    }
}
