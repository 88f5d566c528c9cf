/* A report for people who calculate: the figures at a glance, a sheet for each section, what must
 * agree with the totals, and what the words mean. */
#include "reports/outline.h"
#include "reports/workbook.h"

#include "base/date.h"

#include "order/order.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

enum { CHECKS_MAX = 200 };

#define TEXT_CELL(words) ((struct cell){.text = (words)})

/* A sum that must be that of the totals. */
struct check {
    const char *name;
    const char *currency;
    int64_t net_minor;
    int64_t total_minor;
};

struct filling {
    struct page *page; /* for words and its arena */
    struct book *book;
    const struct outline_view *view;
    struct check checks[CHECKS_MAX];
    size_t check_count;
};

static const char *
say(const struct filling *filling, enum message message)
{
    return message_text(message, filling->page->language);
}

static struct cell
amount_cell(int64_t minor, const char *currency)
{
    return (struct cell){.value = minor, .is_money = true, .exponent = currency_exponent(currency)};
}

/* ---- at a glance ---- */

static struct cell
change_cell(int64_t now, int64_t before)
{
    const bool is_empty = before <= 0 || now == AMOUNT_NONE;
    const int64_t change =
        is_empty ? 0 : decimal_divide(((int128)now - before) * MICROS, before, ROUND_HALF_UP);
    return (struct cell){.value = change, .is_empty = is_empty};
}

/* Of a report without currency. */
static const char *
unit_of(const struct filling *filling, enum outline_figure figure)
{
    return figure == FIGURE_HOURS   ? say(filling, M_REPORT_MEASURE_HOURS)
           : figure == FIGURE_SHARE ? "%"
                                    : "";
}

static struct cell
figure_cell(const struct outline_tile *tile, int64_t value, const char *currency)
{
    struct cell cell = {.value = value, .is_empty = value == AMOUNT_NONE};
    if (tile->figure == FIGURE_AMOUNT) {
        return amount_cell(value, currency);
    }
    if (tile->figure != FIGURE_COUNT) { /* a column has one kind: hours and percent have places */
        cell.is_money = true;
        cell.exponent = 2;
        cell.value /= tile->figure == FIGURE_SHARE ? 100 : MICROS / 100;
    }
    return cell;
}

static void
put_figure(const struct filling *filling, const struct outline_totals *totals, size_t index)
{
    const struct outline_tile *tile = &filling->view->outline->tiles[index];
    struct cell cells[2 + SPAN_COUNT + 2];
    cells[0] = TEXT_CELL(say(filling, tile->name));
    cells[1] = TEXT_CELL(filling->view->outline->is_general ? unit_of(filling, tile->figure)
                                                            : totals->currency);
    for (int span = 0; span < SPAN_COUNT; span++) {
        cells[2 + span] = figure_cell(tile, totals->values[span][index], totals->currency);
    }
    for (int span = SPAN_BEFORE; span < SPAN_COUNT; span++) {
        cells[1 + SPAN_COUNT + span] =
            change_cell(totals->values[SPAN_NOW][index], totals->values[span][index]);
        cells[1 + SPAN_COUNT + span].is_empty |= tile->figure == FIGURE_SHARE;
    }
    book_row(filling->book, cells);
}

static void
put_summary(const struct filling *filling)
{
    const struct outline_view *view = filling->view;
    const struct book_column columns[] = {
        {say(filling, M_REPORT_FIGURE), CELL_TEXT, false},
        {say(filling, view->outline->is_general ? M_REPORT_MEASURE : M_REPORT_CURRENCY), CELL_TEXT,
         false},
        {say(filling, M_REPORT_LEGEND_NOW), CELL_COUNT, false},
        {say(filling, M_REPORT_LEGEND_BEFORE), CELL_COUNT, false},
        {say(filling, M_REPORT_LEGEND_YEAR), CELL_COUNT, false},
        {say(filling, M_REPORT_CHANGE), CELL_SHARE, false},
        {say(filling, M_REPORT_CHANGE_YEAR), CELL_SHARE, false},
    };
    const struct book_sheet sheet = {.name = say(filling, M_REPORT_SUMMARY),
                                     .about = view->outline->title(filling->page, view),
                                     .columns = columns,
                                     .column_count = sizeof columns / sizeof columns[0],
                                     .table = ""};
    book_sheet(filling->book, &sheet);
    for (size_t at = 0; at < view->currency_count; at++) {
        const bool is_told = !view->outline->is_general || view->totals[at].currency[0] == '\0';
        for (size_t index = 0; index < view->outline->tile_count && is_told; index++) {
            if (!outline_is_left_out(view, &view->totals[at], view->outline->tiles[index].column)) {
                put_figure(filling, &view->totals[at], index);
            }
        }
    }
}

/* ---- a section ---- */

static enum cell_kind
kind_of(const struct described_column *column)
{
    static const enum cell_kind kinds[] = {
        [DESCRIBED_TEXT] = CELL_ID,         [DESCRIBED_INTEGER] = CELL_COUNT,
        [DESCRIBED_NUMBER] = CELL_QUANTITY, [DESCRIBED_DATE] = CELL_DAY,
        [DESCRIBED_MOMENT] = CELL_MOMENT,
    };
    return column->is_amount ? CELL_MONEY : kinds[column->type];
}

static bool
is_title_of_another(const struct outline_scan *scan, const char *title, enum language language)
{
    for (size_t other = 0; other < scan->count; other++) {
        if (strcasecmp(outline_column_title(scan->columns[other], language), title) == 0) {
            return true;
        }
    }
    return false;
}

/* "Key" says nothing to who reads: what the rows are does, as on the page, or what the sheet is by.
 * Titles of a table must differ, and so it stays where other columns have those titles. */
static const char *
title_of(const struct filling *filling, const struct outline_section *section,
         const struct outline_scan *scan, size_t index)
{
    const enum language language = filling->page->language;
    const char *title = outline_column_title(scan->columns[index], language);
    if (strcmp(scan->columns[index]->name, "key") != 0) {
        return title;
    }
    const char *row = outline_row_title(section, language);
    const char *heading = say(filling, section->heading);
    return !is_title_of_another(scan, row, language)       ? row
           : !is_title_of_another(scan, heading, language) ? heading
                                                           : title;
}

static void
begin_sheet(const struct filling *filling, const struct outline_section *section,
            const char *currency, const struct outline_scan *scan, struct book_column *columns)
{
    struct arena *arena = filling->page->arena;
    const char *heading = say(filling, section->heading);
    const char *period = frame_period(filling->page, filling->view->periods[SPAN_NOW]);
    const char *gap = currency[0] == '\0' ? "" : " ";
    assert(scan->count <= BOOK_COLUMNS_MAX);
    for (size_t index = 0; index < scan->count; index++) {
        columns[index] = (struct book_column){
            title_of(filling, section, scan, index), kind_of(scan->columns[index]),
            scan->columns[index]->is_summed && outline_has_sums(filling->view->outline, section)};
    }
    const struct book_sheet sheet = {
        .name = arena_format(arena, "%s%s%s", heading, gap, currency),
        .about = arena_format(arena, "%s · %s%s%s", heading, period, gap, currency),
        .columns = columns,
        .column_count = scan->count,
        .exponent = currency[0] == '\0' ? 0 : currency_exponent(currency),
        .table = arena_format(arena, "%s_%s", section->name, currency),
    };
    book_sheet(filling->book, &sheet);
}

/* A sheet knows moments as minutes of the clock on the wall. */
static int64_t
value_of(const struct outline_cell *cell)
{
    enum { DAY_MINUTES = 24 * 60, MINUTE_MS = 60000 };
    if (cell->column->type != DESCRIBED_MOMENT || cell->is_null) {
        return cell->number;
    }
    const int32_t day = moment_day(cell->number);
    return (int64_t)day * DAY_MINUTES + moment_time(cell->number) / MINUTE_MS;
}

static void
put_row(const struct filling *filling, const struct outline_cell *from, size_t count)
{
    struct cell cells[BOOK_COLUMNS_MAX];
    const bool is_shown = book_has_room(filling->book);
    for (size_t index = 0; index < count; index++) {
        const bool is_text = from[index].column->type == DESCRIBED_TEXT;
        const char *text =
            is_shown ? outline_word(filling->view->outline, &from[index], filling->page->language)
                     : "";
        cells[index] = (struct cell){.text = text,
                                     .value = value_of(&from[index]),
                                     .is_empty = from[index].is_null ||
                                                 (is_text && from[index].text[0] == '\0')};
    }
    book_row(filling->book, cells);
}

static void
note_check(struct filling *filling, const struct outline_section *section,
           const struct outline_totals *totals, const struct outline_scan *scan,
           const struct outline_sum *sum)
{
    for (size_t index = 0; index < scan->count && filling->check_count < CHECKS_MAX; index++) {
        if (strcmp(scan->columns[index]->name, outline_foot(filling->view->outline)) == 0) {
            filling->checks[filling->check_count++] =
                (struct check){say(filling, section->heading), totals->currency, sum->values[index],
                               totals->values[SPAN_NOW][0]};
        }
    }
}

static enum outcome
put_section(struct filling *filling, const struct outline_section *section,
            const struct outline_totals *totals, struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    struct outline_sum sum = {.count = 0};
    enum outcome outcome;
    const char *currency = totals == NULL ? "" : totals->currency;
    TRY(outline_open(&scan, filling->view, section, currency, why));
    struct book_column *columns =
        arena_array(filling->page->arena, struct book_column, scan.count + 1);
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        if (sum.count == 0) {
            begin_sheet(filling, section, currency, &scan, columns);
        }
        outline_add(&sum, cells, scan.count);
        put_row(filling, cells, scan.count);
    }
    if (outcome == NONE && section->bar[0] != '\0' && sum.count > 1 && sum.count <= 40) {
        for (size_t index = 0; index < scan.count; index++) {
            if (strcmp(scan.columns[index]->name, section->bar) == 0) {
                book_chart(filling->book, say(filling, section->heading), 0, index);
            }
        }
    }
    if (section->foots) {
        note_check(filling, section, totals == NULL ? &filling->view->totals[0] : totals, &scan,
                   &sum);
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- what must agree ---- */

/* An amount, or a count of a report without a currency. */
static struct cell
checked_cell(int64_t value, const char *currency, bool is_general)
{
    const struct cell count = {.value = value};
    return is_general ? count : amount_cell(value, currency);
}

static void
put_checks(const struct filling *filling)
{
    enum { NET = 2, TOTAL, EQUAL };
    const struct outline *outline = filling->view->outline;
    const bool is_general = outline->is_general;
    const bool is_of_sales = outline_is_of_sales(outline);
    const struct book_column columns[] = {
        {say(filling, M_REPORT_COUNTED), CELL_TEXT, false},
        {say(filling, M_REPORT_CURRENCY), CELL_TEXT, false},
        {say(filling, is_of_sales ? M_REPORT_NET : outline->tiles[0].name), CELL_COUNT, false},
        {say(filling, is_of_sales ? M_REPORT_LEDGER : M_REPORT_TOTAL), CELL_COUNT, false},
        {say(filling, M_REPORT_EQUAL), CELL_TRUTH, false},
    };
    const struct book_sheet sheet = {
        .name = say(filling, M_REPORT_CHECK),
        .about = say(filling, is_of_sales ? M_REPORT_CHECK_CAPTION : M_REPORT_CHECK_COUNTS),
        .columns = columns,
        .column_count = sizeof columns / sizeof columns[0],
        .table = ""};
    if (filling->check_count == 0) {
        return;
    }
    book_sheet(filling->book, &sheet);
    for (size_t index = 0; index < filling->check_count; index++) {
        const struct check *check = &filling->checks[index];
        const struct cell cells[] = {
            TEXT_CELL(check->name), TEXT_CELL(check->currency),
            checked_cell(check->net_minor, check->currency, is_general),
            checked_cell(check->total_minor, check->currency, is_general),
            (struct cell){.value = check->net_minor == check->total_minor}};
        book_row(filling->book, cells);
        book_compare(filling->book, EQUAL, NET, TOTAL);
    }
}

static void
put_words(const struct filling *filling)
{
    const struct report_words *words = filling->view->outline->words;
    const char *name = say(filling, M_REPORT_WORDS);
    const struct book_column columns[] = {
        {say(filling, M_REPORT_WORD), CELL_TEXT, false},
        {say(filling, M_REPORT_MEANING), CELL_TEXT, false},
    };
    const struct book_sheet sheet = {
        .name = name, .about = name, .columns = columns, .column_count = 2, .table = ""};
    book_sheet(filling->book, &sheet);
    for (size_t index = 0; index < words->count; index++) {
        const struct report_word *word = &words->items[index];
        const struct cell cells[] = {
            TEXT_CELL(say(filling, word->word)),
            TEXT_CELL(frame_meaning(filling->page, word->means, filling->view->config))};
        book_row(filling->book, cells);
    }
}

enum outcome
outline_xlsx(struct page *page, const struct outline_view *view, struct fault *why)
{
    OWNED(book) book = {0};
    struct filling *filling = arena_new(page->arena, struct filling);
    *filling = (struct filling){.page = page, .book = &book, .view = view};
    TRY(book_begin(&book,
                   &(struct book_about){view->outline->title(page, view),
                                        view->config->company_name, say(filling, M_REPORT_SUM),
                                        say(filling, M_REPORT_BOOK_OTHERS),
                                        view->request->as_of_ms},
                   page->arena, why));
    put_summary(filling);
    for (size_t index = 0; index < view->outline->section_count; index++) {
        const struct outline_section *section = &view->outline->sections[index];
        if (section->is_general) {
            TRY(put_section(filling, section, NULL, why));
        }
        for (size_t at = 0; at < view->currency_count && !section->is_general; at++) {
            TRY(put_section(filling, section, &view->totals[at], why));
        }
    }
    put_checks(filling);
    put_words(filling);
    TRY(book_end(&book, page, why));
    return page_flush(page, why);
}
