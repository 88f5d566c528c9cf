#include "reports/workbook.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* Days before 1970 in a calendar of spreadsheets, which begins with 1900. */
enum { SHEET_EPOCH_DAYS = 25569 };
enum { NAME_CHARACTERS_MAX = 31, WIDTH_MIN = 8, ID_WIDTH_MAX = 44, ABOUT_ROW = 0, HEADER_ROW = 2 };
enum { WORDS_WIDTH_MAX = 90, LINE_POINTS = 15 };
enum { TEXT_BYTES_MAX = 32000, EXPONENT_MAX = 4, PATH_BYTES = 64, READ_BYTES = 65536 };

struct book_parts {
    lxw_workbook *file; /* NULL: closed already */
    int memory;         /* where libxlsxwriter writes it */
    struct arena *arena;
    const char *sum_word;
    const char *others;
    lxw_format *title, *header, *header_right, *text, *words, *day, *moment, *count, *quantity,
        *share, *truth, *total, *total_quantity;
    lxw_format *money[EXPONENT_MAX + 1];
    lxw_format *money_total[EXPONENT_MAX + 1];
    lxw_worksheet *page; /* the sheet that is being filled, NULL: none */
    struct book_sheet sheet;
    struct book_column columns[BOOK_COLUMNS_MAX]; /* of the sheet */
    lxw_row_t next_row;
    int64_t sums[BOOK_COLUMNS_MAX];
    int64_t rest_count; /* of rows beyond BOOK_ROWS_MAX, and their sums */
    int64_t rest_sums[BOOK_COLUMNS_MAX];
    size_t widths[BOOK_COLUMNS_MAX];
};

/* ---- begin ---- */

static lxw_format *
format_of(lxw_workbook *file, const char *number_format)
{
    lxw_format *format = workbook_add_format(file);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (number_format[0] != '\0') {
        format_set_num_format(format, number_format);
    }
    return format;
}

static lxw_format *
header_format(lxw_workbook *file, uint8_t alignment)
{
    lxw_format *format = format_of(file, "");
    format_set_bold(format);
    format_set_text_wrap(format);
    format_set_align(format, alignment);
    format_set_bottom(format, LXW_BORDER_THIN);
    return format;
}

static void
make_formats(struct book_parts *parts)
{
    static const char *const money[EXPONENT_MAX + 1] = {
        "#,##0;[Red]-#,##0", "#,##0.0;[Red]-#,##0.0", "#,##0.00;[Red]-#,##0.00",
        "#,##0.000;[Red]-#,##0.000", "#,##0.0000;[Red]-#,##0.0000"};
    lxw_workbook *file = parts->file;
    parts->title = format_of(file, "");
    format_set_bold(parts->title);
    format_set_font_size(parts->title, 13);
    parts->header = header_format(file, LXW_ALIGN_LEFT);
    parts->header_right = header_format(file, LXW_ALIGN_RIGHT);
    parts->text = format_of(file, "@");
    parts->words = format_of(file, "");
    format_set_text_wrap(parts->text); /* or a reason runs over the page when it is printed */
    format_set_text_wrap(parts->words);
    parts->day = format_of(file, "yyyy-mm-dd");
    parts->moment = format_of(file, "yyyy-mm-dd hh:mm");
    format_set_align(parts->day, LXW_ALIGN_LEFT);
    format_set_align(parts->moment, LXW_ALIGN_LEFT);
    parts->count = format_of(file, "#,##0");
    parts->quantity = format_of(file, "#,##0.######");
    parts->share = format_of(file, "0.0%");
    parts->truth = format_of(file, "");
    parts->total = format_of(file, "#,##0");
    parts->total_quantity = format_of(file, "#,##0.######");
    format_set_bold(parts->total);
    format_set_bold(parts->total_quantity);
    for (int exponent = 0; exponent <= EXPONENT_MAX; exponent++) {
        parts->money[exponent] = format_of(file, money[exponent]);
        parts->money_total[exponent] = format_of(file, money[exponent]);
        format_set_bold(parts->money_total[exponent]);
    }
}

/* libxlsxwriter writes to a path only: that of a file that is nowhere but in memory. */
enum outcome
book_begin(struct book *book, const struct book_about *about, struct arena *arena,
           struct fault *why)
{
    struct book_parts *parts = arena_array(arena, struct book_parts, 1);
    char path[PATH_BYTES];
    parts->arena = arena;
    parts->sum_word = arena_copy(arena, about->sum_word);
    parts->others = arena_copy(arena, about->others);
    parts->memory = memfd_create("workbook", MFD_CLOEXEC);
    if (parts->memory < 0) {
        return fail(why, "cannot make room for a workbook in memory");
    }
    book->parts = parts;
    snprintf(path, sizeof path, "/proc/self/fd/%d", parts->memory);
    parts->file = workbook_new(path);
    if (parts->file == NULL) {
        return fail(why, "cannot begin a workbook");
    }
    lxw_doc_properties properties = {.title = arena_copy(arena, about->title),
                                     .company = arena_copy(arena, about->company),
                                     .author = "purser",
                                     .created = (time_t)(about->made_ms / 1000)};
    workbook_set_properties(parts->file, &properties);
    make_formats(parts);
    return DONE;
}

/* ---- cells ---- */

static lxw_format *
format_of_cell(const struct book_parts *parts, enum cell_kind kind)
{
    lxw_format *const formats[] = {
        [CELL_TEXT] = parts->words,
        [CELL_ID] = parts->text,
        [CELL_DAY] = parts->day,
        [CELL_MOMENT] = parts->moment,
        [CELL_COUNT] = parts->count,
        [CELL_QUANTITY] = parts->quantity,
        [CELL_MONEY] = parts->money[parts->sheet.exponent],
        [CELL_SHARE] = parts->share,
        [CELL_TRUTH] = parts->truth,
    };
    return formats[kind];
}

/* What a spreadsheet calculates with; it keeps 15 digits, as we do until nine billion. */
static double
number_of(enum cell_kind kind, int64_t value, int exponent)
{
    static const double powers[EXPONENT_MAX + 1] = {1, 10, 100, 1000, 10000};
    switch (kind) {
    case CELL_DAY: return (double)(value + SHEET_EPOCH_DAYS);
    case CELL_MOMENT: return (double)value / (24 * 60) + SHEET_EPOCH_DAYS;
    case CELL_QUANTITY:
    case CELL_SHARE: return (double)value / (double)MICROS;
    case CELL_MONEY: return (double)value / powers[exponent];
    default: return (double)value;
    }
}

static size_t
width_of(enum cell_kind kind, const struct cell *cell, double number)
{
    char text[64];
    if (cell->is_empty) {
        return 0;
    }
    if (kind == CELL_TEXT || kind == CELL_ID) {
        return cell->text == NULL ? 0 : text_width(cell->text);
    }
    const int length = snprintf(text, sizeof text, "%.2f", number);
    return kind == CELL_DAY ? 10 : kind == CELL_MOMENT ? 16 : (size_t)length + (size_t)(length / 4);
}

/* So many bytes of a text, at most, that no character is broken. */
static size_t
cut(const char *text, size_t bytes_max)
{
    size_t size = strlen(text);
    if (size > bytes_max) {
        for (size = bytes_max; size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80;) {
            size--;
        }
    }
    return size;
}

static void
write_text(struct book_parts *parts, lxw_col_t column, const char *text, lxw_format *format)
{
    const size_t size = cut(text, TEXT_BYTES_MAX);
    worksheet_write_string(parts->page, parts->next_row, column,
                           text[size] == '\0' ? text : arena_copy_bytes(parts->arena, text, size),
                           format);
}

static void
write_cell(struct book_parts *parts, size_t index, const struct cell *cell)
{
    const enum cell_kind kind = cell->is_money ? CELL_MONEY : parts->sheet.columns[index].kind;
    const int exponent = cell->is_money ? cell->exponent : parts->sheet.exponent;
    const lxw_col_t column = (lxw_col_t)index;
    const double number = number_of(kind, cell->value, exponent);
    const size_t width = width_of(kind, cell, number);
    lxw_format *format = cell->is_money ? parts->money[exponent]
                         : kind == CELL_QUANTITY && cell->value % MICROS == 0
                             ? parts->count /* or its point stands there alone */
                             : format_of_cell(parts, kind);
    parts->widths[index] = width > parts->widths[index] ? width : parts->widths[index];
    if (cell->is_empty) {
        return;
    }
    if (kind == CELL_TEXT || kind == CELL_ID) {
        if (cell->text != NULL && cell->text[0] != '\0') {
            write_text(parts, column, cell->text, format);
        }
    } else if (kind == CELL_TRUTH) {
        worksheet_write_boolean(parts->page, parts->next_row, column, cell->value != 0, format);
    } else {
        worksheet_write_number(parts->page, parts->next_row, column, number, format);
        parts->sums[index] += cell->value;
    }
}

/* Columns are no wider; what is longer takes several lines. */
static size_t
width_max(enum cell_kind kind)
{
    return kind == CELL_TEXT ? WORDS_WIDTH_MAX : ID_WIDTH_MAX;
}

/* Not every program that shows the file makes room for texts of several lines. */
static void
set_height(struct book_parts *parts, const struct cell *cells)
{
    size_t lines = 1;
    for (size_t index = 0; index < parts->sheet.column_count; index++) {
        const enum cell_kind kind = parts->sheet.columns[index].kind;
        if ((kind == CELL_TEXT || kind == CELL_ID) && cells[index].text != NULL) {
            const size_t own = text_width(cells[index].text) / (width_max(kind) - 2) + 1;
            lines = own > lines ? own : lines;
        }
    }
    if (lines > 1) {
        worksheet_set_row(parts->page, parts->next_row, (double)(lines * LINE_POINTS), NULL);
    }
}

bool
book_has_room(const struct book *book)
{
    return book->parts->next_row - HEADER_ROW <= BOOK_ROWS_MAX;
}

void
book_row(struct book *book, const struct cell *cells)
{
    struct book_parts *parts = book->parts;
    assert(parts->page != NULL && "rows stand on sheets");
    if (!book_has_room(book)) {
        parts->rest_count++;
        for (size_t index = 0; index < parts->sheet.column_count; index++) {
            parts->rest_sums[index] += cells[index].is_empty ? 0 : cells[index].value;
        }
        return;
    }
    for (size_t index = 0; index < parts->sheet.column_count; index++) {
        write_cell(parts, index, &cells[index]);
    }
    set_height(parts, cells);
    parts->next_row++;
}

void
book_compare(struct book *book, size_t column, size_t left, size_t right)
{
    struct book_parts *parts = book->parts;
    const lxw_row_t row = parts->next_row - 1;
    char one[LXW_MAX_CELL_NAME_LENGTH], other[LXW_MAX_CELL_NAME_LENGTH];
    char formula[64];
    lxw_rowcol_to_cell(one, row, (lxw_col_t)left);
    lxw_rowcol_to_cell(other, row, (lxw_col_t)right);
    snprintf(formula, sizeof formula, "=ROUND(%s-%s,4)=0", one, other);
    worksheet_write_formula_str(parts->page, row, (lxw_col_t)column, formula, parts->truth, "TRUE");
}

/* ---- sheets ---- */

/* What no name of a sheet may hold is left out, and what is too long. */
static const char *
sheet_name(struct book_parts *parts, const char *wanted)
{
    char *name = arena_copy(parts->arena, wanted);
    size_t size = 0;
    for (const char *at = name; *at != '\0'; at++) {
        if (strchr("[]:*?/\\'", *at) == NULL) {
            name[size++] = *at;
        }
    }
    name[size] = '\0';
    while (lxw_utf8_strlen(name) > NAME_CHARACTERS_MAX) {
        size = cut(name, size - 1);
        name[size] = '\0';
    }
    return name;
}

static bool
has_sums(const struct book_sheet *sheet)
{
    for (size_t index = 0; index < sheet->column_count; index++) {
        if (sheet->columns[index].is_summed) {
            return true;
        }
    }
    return false;
}

static lxw_format *
format_of_sum(const struct book_parts *parts, size_t index)
{
    const enum cell_kind kind = parts->sheet.columns[index].kind;
    const bool is_whole = kind != CELL_QUANTITY || parts->sums[index] % MICROS == 0;
    return kind == CELL_MONEY ? parts->money_total[parts->sheet.exponent]
           : is_whole         ? parts->total
                              : parts->total_quantity;
}

static void
write_sums(struct book_parts *parts)
{
    if (!parts->sheet.columns[0].is_summed) {
        worksheet_write_string(parts->page, parts->next_row, 0, parts->sum_word, parts->total);
    }
    for (size_t index = 0; index < parts->sheet.column_count; index++) {
        const struct book_column *column = &parts->sheet.columns[index];
        if (column->is_summed) {
            char range[LXW_MAX_CELL_RANGE_LENGTH];
            char formula[LXW_MAX_CELL_RANGE_LENGTH + 32];
            lxw_rowcol_to_range(range, HEADER_ROW + 1, (lxw_col_t)index, parts->next_row - 1,
                                (lxw_col_t)index);
            snprintf(formula, sizeof formula, "=SUBTOTAL(109,%s)", range);
            worksheet_write_formula_num(
                parts->page, parts->next_row, (lxw_col_t)index, formula,
                format_of_sum(parts, index),
                number_of(column->kind, parts->sums[index], parts->sheet.exponent));
        }
    }
}

/* Above numbers it stands where they do. */
static lxw_format *
format_of_header(const struct book_parts *parts, enum cell_kind kind)
{
    const bool is_left = kind == CELL_TEXT || kind == CELL_ID || kind == CELL_TRUTH ||
                         kind == CELL_DAY || kind == CELL_MOMENT;
    return is_left ? parts->header : parts->header_right;
}

/* Rows that may be sorted and filtered, under a name that formulas can use. */
static void
make_table(struct book_parts *parts)
{
    const struct book_sheet *sheet = &parts->sheet;
    lxw_table_column columns[BOOK_COLUMNS_MAX] = {0};
    lxw_table_column *pointers[BOOK_COLUMNS_MAX + 1] = {0};
    for (size_t index = 0; index < sheet->column_count; index++) {
        columns[index].header = arena_copy(parts->arena, sheet->columns[index].title);
        columns[index].format = format_of_cell(parts, sheet->columns[index].kind);
        columns[index].header_format = format_of_header(parts, sheet->columns[index].kind);
        pointers[index] = &columns[index];
    }
    lxw_table_options options = {.name = arena_copy(parts->arena, sheet->table),
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1,
                                 .columns = pointers};
    const lxw_row_t last = parts->next_row > HEADER_ROW + 1 ? parts->next_row - 1 : HEADER_ROW + 1;
    worksheet_add_table(parts->page, HEADER_ROW, 0, last, (lxw_col_t)(sheet->column_count - 1),
                        &options);
}

static void
write_header(struct book_parts *parts)
{
    for (size_t index = 0; index < parts->sheet.column_count; index++) {
        worksheet_write_string(parts->page, HEADER_ROW, (lxw_col_t)index,
                               parts->sheet.columns[index].title,
                               format_of_header(parts, parts->sheet.columns[index].kind));
    }
}

/* Numbers that are texts are meant so. */
static void
keep_ids_quiet(struct book_parts *parts, lxw_col_t column)
{
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range(range, HEADER_ROW + 1, column, parts->next_row, column);
    worksheet_ignore_errors(parts->page, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
}

static void
set_widths(struct book_parts *parts)
{
    for (size_t index = 0; index < parts->sheet.column_count; index++) {
        const char *title = parts->sheet.columns[index].title;
        const size_t header = text_width(title) + 3; /* and the mark of the filter */
        size_t width = parts->widths[index] + 2 > header ? parts->widths[index] + 2 : header;
        const size_t most = width_max(parts->sheet.columns[index].kind);
        width = width < WIDTH_MIN ? WIDTH_MIN : width > most ? most : width;
        worksheet_set_column(parts->page, (lxw_col_t)index, (lxw_col_t)index, (double)width, NULL);
        if (parts->sheet.columns[index].kind == CELL_ID) {
            keep_ids_quiet(parts, (lxw_col_t)index);
        }
    }
}

/* What there was no room for, in one row: so the sums are those of all. */
static void
write_rest(struct book_parts *parts)
{
    char text[100];
    const struct book_column *columns = parts->sheet.columns;
    for (size_t index = 0; index < parts->sheet.column_count; index++) {
        if (columns[index].is_summed) {
            const struct cell cell = {.value = parts->rest_sums[index]};
            write_cell(parts, index, &cell);
        }
    }
    if (!columns[0].is_summed) {
        snprintf(text, sizeof text, "+ %" PRId64 " %s", parts->rest_count, parts->others);
        worksheet_write_string(parts->page, parts->next_row, 0, text, NULL);
    }
    parts->next_row++;
}

static void
finish_sheet(struct book_parts *parts)
{
    if (parts->page == NULL) {
        return;
    }
    if (parts->rest_count > 0) {
        write_rest(parts);
    }
    if (parts->sheet.table[0] == '\0') {
        write_header(parts);
    } else {
        make_table(parts);
    }
    if (has_sums(&parts->sheet) && parts->next_row > HEADER_ROW + 2) {
        write_sums(parts);
    }
    set_widths(parts);
    parts->page = NULL;
}

/* Printed on as many pages as it needs, one wide, the header on each. */
static void
prepare_print(lxw_worksheet *page)
{
    worksheet_freeze_panes(page, HEADER_ROW + 1, 0);
    worksheet_set_landscape(page);
    worksheet_set_paper(page, 9); /* A4 */
    worksheet_fit_to_pages(page, 1, 0);
    worksheet_repeat_rows(page, HEADER_ROW, HEADER_ROW);
    worksheet_set_footer(page, "&L&F  &A&R&P / &N");
}

void
book_sheet(struct book *book, const struct book_sheet *sheet)
{
    struct book_parts *parts = book->parts;
    assert(sheet->column_count > 0 && sheet->column_count <= BOOK_COLUMNS_MAX);
    assert(sheet->exponent >= 0 && sheet->exponent <= EXPONENT_MAX);
    finish_sheet(parts);
    parts->sheet = *sheet;
    memcpy(parts->columns, sheet->columns, sheet->column_count * sizeof *sheet->columns);
    parts->sheet.columns = parts->columns;
    parts->sheet.table = arena_copy(parts->arena, sheet->table);
    parts->page = workbook_add_worksheet(parts->file, sheet_name(parts, sheet->name));
    assert(parts->page != NULL && "names of sheets are ours, and differ");
    parts->next_row = HEADER_ROW + 1;
    memset(parts->sums, 0, sizeof parts->sums);
    memset(parts->rest_sums, 0, sizeof parts->rest_sums);
    parts->rest_count = 0;
    memset(parts->widths, 0, sizeof parts->widths);
    worksheet_write_string(parts->page, ABOUT_ROW, 0, sheet->about, parts->title);
    prepare_print(parts->page);
}

void
book_chart(struct book *book, const char *title, size_t names, size_t values)
{
    struct book_parts *parts = book->parts;
    if (parts->next_row == HEADER_ROW + 1) {
        return;
    }
    lxw_chart *chart = workbook_add_chart(parts->file, LXW_CHART_COLUMN);
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    const char *name = parts->page->name;
    chart_series_set_categories(series, name, HEADER_ROW + 1, (lxw_col_t)names, parts->next_row - 1,
                                (lxw_col_t)names);
    chart_series_set_values(series, name, HEADER_ROW + 1, (lxw_col_t)values, parts->next_row - 1,
                            (lxw_col_t)values);
    chart_title_set_name(chart, title);
    if (parts->sheet.columns[names].kind == CELL_DAY) {
        chart_axis_set_num_format(chart->x_axis, "mm-dd");
    }
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    lxw_chart_options options = {.x_scale = 1.5, .y_scale = 1.2, .description = (char *)title};
    worksheet_insert_chart_opt(parts->page, HEADER_ROW, (lxw_col_t)(parts->sheet.column_count + 1),
                               chart, &options);
}

/* ---- end ---- */

static enum outcome
read_back(int file, struct page *page, struct fault *why)
{
    char bytes[READ_BYTES];
    ssize_t size = 0;
    off_t at = 0;
    while ((size = pread(file, bytes, sizeof bytes, at)) > 0) {
        buf_add(page->buf, bytes, (size_t)size);
        TRY(page_flush(page, why));
        at += size;
    }
    return size == 0 ? DONE : fail(why, "cannot read a workbook back from memory");
}

enum outcome
book_end(struct book *book, struct page *page, struct fault *why)
{
    struct book_parts *parts = book->parts;
    finish_sheet(parts);
    const lxw_error error = workbook_close(parts->file);
    parts->file = NULL;
    const enum outcome outcome = error == LXW_NO_ERROR
                                     ? read_back(parts->memory, page, why)
                                     : fail(why, "cannot make a workbook: %s", lxw_strerror(error));
    book_close(book);
    return outcome;
}

void
book_close(struct book *book)
{
    struct book_parts *parts = book->parts;
    if (parts == NULL) {
        return;
    }
    if (parts->file != NULL) {
        lxw_workbook_free(parts->file);
    }
    if (parts->memory >= 0) {
        close(parts->memory);
    }
    book->parts = NULL;
}
