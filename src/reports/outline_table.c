#include "reports/outline_table.h"

#include "base/text.h"
#include "order/order.h"
#include "reports/chart.h"
#include "reports/heat.h"
#include "reports/outline_cells.h"

#include <string.h>

enum { SHOWN_MAX = 16, LONG_WIDTH = 24, WIDE_COLUMNS = 9, SHORT_ROWS = 4 };
enum { ARENA_BYTES_MAX = 64 * 1024 * 1024 };

/* What is at hand while a section is written. */
struct table {
    struct page *page;
    struct arena *arena; /* of the rows */
    const struct outline_view *view;
    const struct outline_section *section;
    const char *currency;
    const struct outline_totals *totals; /* NULL: of no currency */
    struct outline_cell **rows;          /* that are shown */
    size_t row_count;
    size_t shown[SHOWN_MAX];
    size_t shown_count;
    size_t cell_count;
    const struct described_column *columns[OUTLINE_COLUMNS_MAX];
    int places[OUTLINE_COLUMNS_MAX];   /* of numbers */
    bool is_long[OUTLINE_COLUMNS_MAX]; /* words that may take two lines */
    int64_t longest;                   /* of the bars */
    const char *block;                 /* that the last row is of; "": none */
    struct outline_sum all;
    struct outline_sum rest; /* beyond rows_max */
};

static bool
has_word(const char *words, const char *word)
{
    const size_t size = strlen(word);
    for (const char *at = words; (at = strstr(at, word)) != NULL; at += size) {
        if ((at == words || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0')) {
            return true;
        }
    }
    return false;
}

static size_t
column_at(const struct table *table, const char *name)
{
    for (size_t index = 0; index < table->cell_count; index++) {
        if (strcmp(table->columns[index]->name, name) == 0) {
            return index;
        }
    }
    return table->cell_count;
}

/* ---- cells ---------------------------------------------------------------------------------- */

static const char *
number_text(const struct table *table, size_t index, int64_t number)
{
    return outline_number_text(table->page, table->columns[index], number, table->currency,
                               table->places[index]);
}

static const char *
cell_text(const struct table *table, const struct outline_cell *cells, size_t index)
{
    if (outline_is_customer(cells[index].column)) {
        return outline_customer_text(table->page, cells, table->cell_count, cells[index].text);
    }
    return outline_cell_text(table->page, table->view, &cells[index], table->currency,
                             table->places[index]);
}

/* The name of a row beside its key, "" where it has none.  Who is asked is named as partners are.
 */
static const char *
name_of(const struct table *table, const struct outline_cell *cells, const char *first)
{
    const bool is_customer = outline_is_customer(table->columns[table->shown[0]]);
    const struct outline_cell *cell =
        outline_cell(cells, table->cell_count, is_customer ? "customer_name" : "name");
    const char *name = cell == NULL ? "" : cell->text;
    if (strcmp(table->section->name, "step") == 0) {
        return outline_person(table->view, name);
    }
    if (name[0] == '\0' && strcmp(table->section->name, "person") == 0) {
        const char *person = outline_person(table->view, first);
        return person == first ? "" : person;
    }
    return name;
}

/* What a row is called; the code behind its name, "" where it has none. */
static const char *
row_name(const struct table *table, const struct outline_cell *cells, const char **code)
{
    const bool is_customer = outline_is_customer(table->columns[table->shown[0]]);
    const char *first =
        is_customer ? cells[table->shown[0]].text : cell_text(table, cells, table->shown[0]);
    const char *name = name_of(table, cells, first);
    const bool has_name = name[0] != '\0';
    *code = has_name ? first : "";
    return has_name           ? name
           : first[0] == '\0' ? message_text(M_REPORT_NOT_SAID, table->page->language)
                              : first;
}

/* A mistake, and how to mend it, are sentences: they are no column of their own. */
static void
put_beneath(const struct table *table, const struct outline_cell *cells)
{
    static const char *const columns[] = {"mistake", "hint"};
    for (size_t index = 0; index < sizeof columns / sizeof columns[0]; index++) {
        const struct outline_cell *cell = outline_cell(cells, table->cell_count, columns[index]);
        if (cell != NULL && cell->text[0] != '\0') {
            page_markup(table->page, "<br>");
            page_element(table->page, "small", "", cell->text);
        }
    }
}

/* The first cell: name, code, and a bar as long as its share. */
static void
put_what(const struct table *table, const struct outline_cell *cells)
{
    struct page *page = table->page;
    const char *code = "";
    const char *name = row_name(table, cells, &code);
    page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
    page_escaped(page, name);
    if (code[0] != '\0') {
        page_markup(page, " ");
        page_element(page, "span", "code", code);
    }
    put_beneath(table, cells);
    const size_t bar = column_at(table, table->section->bar);
    if (bar < table->cell_count && cells[bar].number > 0) {
        chart_bar(page, cells[bar].number, table->longest);
    }
    page_markup(page, "</th>");
}

static void
put_share(const struct table *table, int64_t net_minor)
{
    if (table->section->foots) {
        const struct outline_view *view = table->view;
        const struct outline_totals *totals =
            view->outline->is_general ? &view->totals[0] : table->totals;
        const int64_t all_minor = totals == NULL ? 0 : totals->values[SPAN_NOW][0];
        page_element(table->page, "td", "", page_share(table->page, net_minor, all_minor));
    }
}

/* A row that is of another part than the one before it begins that. */
static void
put_block(struct table *table, const struct outline_cell *cells)
{
    struct page *page = table->page;
    const size_t block = column_at(table, "block");
    if (block == table->cell_count || strcmp(cells[block].text, table->block) == 0) {
        return;
    }
    table->block = cells[block].text;
    buf_format(page->buf, "<tr class=\"block\"><th scope=\"rowgroup\" colspan=\"%zu\">",
               table->shown_count);
    page_escaped(page, cell_text(table, cells, block));
    page_markup(page, "</th></tr>\n");
}

static const char *
class_of_column(const struct table *table, size_t index)
{
    const bool is_text = table->columns[index]->type == DESCRIBED_TEXT;
    return !is_text || strcmp(table->columns[index]->name, "agrees") == 0 ? ""
           : table->is_long[index]                                        ? "words long"
                                                                          : "words";
}

static const char *
class_of(const struct table *table, const struct outline_cell *cells, size_t index)
{
    const struct outline_cell *cell = &cells[index];
    if (strcmp(cell->column->name, "agrees") == 0 && cell->text[0] != '\0') {
        return strcmp(cell->text, "yes") == 0 ? "ok" : "bad";
    }
    return class_of_column(table, index);
}

static void
put_row(struct table *table, const struct outline_cell *cells)
{
    struct page *page = table->page;
    const size_t unit = column_at(table, "unit");
    const size_t net = column_at(table, outline_foot(table->view->outline));
    const bool is_unit_told = unit < table->cell_count && !has_word(table->section->shown, "unit");
    put_block(table, cells);
    put_what(table, cells);
    for (size_t at = 1; at < table->shown_count; at++) {
        const size_t index = table->shown[at];
        const char *text = cell_text(table, cells, index);
        page_element(
            page, "td", class_of(table, cells, index),
            is_unit_told && outline_is_in_units(cells[index].column)
                ? arena_format(page->arena, "%s %s", text, page_unit(page, cells[unit].text))
                : text);
    }
    put_share(table, net < table->cell_count ? cells[net].number : 0);
    page_markup(page, "</tr>\n");
}

/* Sums of the columns that have one. */
static void
put_sums(const struct table *table, const char *name, const struct outline_sum *sum)
{
    struct page *page = table->page;
    const size_t net = column_at(table, outline_foot(table->view->outline));
    page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
    page_escaped(page, name);
    page_markup(page, "</th>");
    for (size_t at = 1; at < table->shown_count; at++) {
        const size_t index = table->shown[at];
        page_element(page, "td", "",
                     table->columns[index]->is_summed && sum->known[index] > 0
                         ? number_text(table, index, sum->values[index])
                         : "");
    }
    put_share(table, net < table->cell_count ? sum->values[net] : 0);
    page_markup(page, "</tr>\n");
}

static bool
has_sums(const struct table *table)
{
    for (size_t at = 1; at < table->shown_count; at++) {
        if (table->columns[table->shown[at]]->is_summed) {
            return outline_has_sums(table->view->outline, table->section);
        }
    }
    return false;
}

/* ---- rows and columns ----------------------------------------------------------------------- */

static void
keep_row(struct table *table, const struct outline_cell *cells, size_t *capacity)
{
    outline_add(&table->all, cells, table->cell_count);
    if (table->all.count > (int64_t)table->section->rows_max) {
        outline_add(&table->rest, cells, table->cell_count);
        return;
    }
    struct outline_cell *kept = arena_array(table->arena, struct outline_cell, table->cell_count);
    for (size_t index = 0; index < table->cell_count; index++) {
        kept[index] = cells[index];
        kept[index].text =
            cells[index].text[0] == '\0' ? "" : arena_copy(table->arena, cells[index].text);
    }
    table->rows = arena_grow(table->arena, table->rows, sizeof(struct outline_cell *),
                             table->row_count, capacity);
    table->rows[table->row_count++] = kept;
}

static enum outcome
read_rows(struct table *table, struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    size_t capacity = 0;
    enum outcome outcome;
    TRY(outline_open(&scan, table->view, table->section, table->currency, why));
    table->cell_count = scan.count;
    memcpy(table->columns, scan.columns, sizeof table->columns);
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        keep_row(table, cells, &capacity);
    }
    return outcome == NONE ? DONE : outcome;
}

static bool
says_something(const struct table *table, size_t index)
{
    for (size_t row = 0; row < table->row_count; row++) {
        const struct outline_cell *cell = &table->rows[row][index];
        const bool is_text = cell->column->type == DESCRIBED_TEXT;
        if (!cell->is_null && (!is_text || cell->text[0] != '\0')) {
            return true;
        }
    }
    return table->columns[index]->is_summed && table->rest.known[index] > 0;
}

/* The first is what the row is about, whatever it says. */
static void
choose_columns(struct table *table)
{
    for (size_t index = 0; index < table->cell_count && table->shown_count < SHOWN_MAX; index++) {
        const char *name = table->columns[index]->name;
        if (has_word(table->section->shown, name) &&
            !outline_is_left_out(table->view, table->totals, name) &&
            (table->shown_count == 0 || says_something(table, index))) {
            table->shown[table->shown_count++] = index;
        }
    }
}

static int
places_of(int64_t micros)
{
    int places = MICROS_PLACES;
    while (places > 0 && micros % 10 == 0) {
        micros /= 10;
        places--;
    }
    return places;
}

/* As many places as the number of the column that needs most; quantities of several units keep
 * their own. */
static void
measure_column(struct table *table, size_t index)
{
    const struct described_column *column = table->columns[index];
    const bool is_mixed =
        outline_is_in_units(column) && column_at(table, "unit") < table->cell_count;
    for (size_t row = 0; row < table->row_count; row++) {
        const struct outline_cell *cells = table->rows[row];
        if (column->type == DESCRIBED_TEXT) {
            table->is_long[index] |= text_width(cell_text(table, cells, index)) > LONG_WIDTH;
        } else if (column->type == DESCRIBED_NUMBER && !is_mixed) {
            const int places = places_of(cells[index].number);
            table->places[index] = places > table->places[index] ? places : table->places[index];
        }
    }
}

static void
measure(struct table *table)
{
    const size_t bar = column_at(table, table->section->bar);
    for (size_t row = 0; row < table->row_count && bar < table->cell_count; row++) {
        const int64_t number = table->rows[row][bar].number;
        table->longest = number > table->longest ? number : table->longest;
    }
    for (size_t index = 0; index < table->cell_count; index++) {
        measure_column(table, index);
    }
}

/* ---- a section ------------------------------------------------------------------------------ */

static void
put_heading(const struct table *table)
{
    struct page *page = table->page;
    const struct outline_section *section = table->section;
    page_element(page, "h3", "", message_text(section->heading, page->language));
    if (section->note != section->heading) {
        page_element(page, "p", "note", frame_meaning(page, section->note, table->view->config));
    }
}

static void
put_column_title(const struct table *table, size_t at)
{
    struct page *page = table->page;
    const struct described_column *column = table->columns[table->shown[at]];
    const char *class = at == 0 ? "what" : class_of_column(table, table->shown[at]);
    buf_format(page->buf, class[0] == '\0' ? "<th scope=\"col\"%s" : "<th scope=\"col\" class=\"%s",
               class);
    page_markup(page, class[0] == '\0' ? ">" : "\">");
    page_escaped(page, strcmp(column->name, "key") == 0
                           ? outline_row_title(table->section, page->language)
                           : outline_column_title(column, page->language));
    page_markup(page, "</th>");
}

static void
begin_table(const struct table *table)
{
    struct page *page = table->page;
    page_markup(page, table->row_count <= SHORT_ROWS ? "<div class=\"scroll short"
                                                     : "<div class=\"scroll");
    page_markup(page, "\" tabindex=\"0\" role=\"region\" aria-label=\"");
    page_message(page, table->section->heading);
    page_markup(page, table->shown_count >= WIDE_COLUMNS ? "\"><table class=\"wide\">\n<thead><tr>"
                                                         : "\"><table>\n<thead><tr>");
    for (size_t at = 0; at < table->shown_count; at++) {
        put_column_title(table, at);
    }
    if (table->section->foots) {
        page_markup(page, "<th scope=\"col\">");
        page_message(page, M_REPORT_SHARE);
        page_markup(page, "</th>");
    }
    page_markup(page, "</tr></thead>\n<tbody>\n");
}

static void
end_table(const struct table *table)
{
    struct page *page = table->page;
    if (table->rest.count > 0) {
        put_sums(table,
                 page_words(page, M_REPORT_OTHERS, {"count", page_count(page, table->rest.count)}),
                 &table->rest);
    }
    page_markup(page, "</tbody>\n");
    if (has_sums(table) && table->all.count > 1) {
        page_markup(page, "<tfoot>");
        put_sums(
            table,
            message_text(table->view->outline->is_of_moment ? M_REPORT_SUM : M_REPORT_SUM_PERIOD,
                         page->language),
            &table->all);
        page_markup(page, "</tfoot>\n");
    }
    page_markup(page, "</table></div>\n");
}

static bool
is_mapped(const struct table *table)
{
    const char *mapped = table->view->outline->mapped;
    return mapped != NULL && strcmp(mapped, table->section->name) == 0;
}

/* What stands above a section that has maps, which are asked for before its rows. */
static enum outcome
put_maps(const struct table *table, struct fault *why)
{
    const struct outline *outline = table->view->outline;
    struct heat heat;
    for (size_t index = 0; is_mapped(table) && index < outline->map_count; index++) {
        TRY(heat_read(&heat, table->view, table->section, table->currency, &outline->maps[index],
                      table->page, why));
        if (heat.count > 0 && index == 0) {
            put_heading(table);
        }
        if (heat.count > 0) {
            heat_show(&heat, table->view, outline->maps[index].caption, table->page);
        }
    }
    return DONE;
}

/* All of the totals is of one kind, and needs no table of bars: its figures are those. */
static bool
is_all_alike(const struct table *table)
{
    const struct outline_section *section = table->section;
    return section->foots && !section->is_general && !section->says_words &&
           section->bar[0] != '\0' && table->all.count == 1;
}

/* Of a day's report all is of that day, of its week and of its month: that is no news. */
static bool
is_of_one_span(const struct table *table)
{
    static const enum message headings[] = {M_REPORT_BY_DAY, M_REPORT_BY_WEEK, M_REPORT_BY_MONTH};
    for (size_t index = 0; index < sizeof headings / sizeof headings[0]; index++) {
        if (table->section->heading == headings[index]) {
            return table->all.count == 1;
        }
    }
    return false;
}

/* That all is of one kind, unless nobody says of which. */
static void
put_sentence(const struct table *table)
{
    const char *code = "";
    const char *name = row_name(table, table->rows[0], &code);
    struct page *page = table->page;
    if (name == message_text(M_REPORT_NOT_SAID, page->language)) {
        return;
    }
    put_heading(table);
    page_element(page, "p", "",
                 page_words(page, M_REPORT_ALL_ALIKE, {"name", frame_named(page, name, code)}));
    page_markup(page, "\n");
}

static enum outcome
put_rows(struct table *table, struct fault *why)
{
    struct page *page = table->page;
    if (table->section->is_folded) {
        page_markup(page, "<details><summary>");
        page_message(page, M_REPORT_DAYS_TABLE);
        page_markup(page, "</summary>\n");
    }
    begin_table(table);
    for (size_t row = 0; row < table->row_count; row++) {
        put_row(table, table->rows[row]);
        TRY(page_flush(page, why));
    }
    end_table(table);
    page_markup(page, table->section->is_folded ? "</details>\n" : "");
    return DONE;
}

/* Some points of paper are left for so many letters of a column's longest text, and its edges. */
static int
points_of(const struct table *table, size_t index)
{
    enum { TENTHS_OF_POINTS = 44, EDGES = 7 };
    size_t letters = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const size_t width = text_width(cell_text(table, table->rows[row], index));
        letters = width > letters ? width : letters;
    }
    if (table->columns[index]->is_summed) {
        const size_t width = text_width(number_text(table, index, table->all.values[index]));
        letters = width > letters ? width : letters;
    }
    return (int)letters * TENTHS_OF_POINTS / 10 + EDGES;
}

/* Registers are read across.  One that is wider than a page has pages of its own on paper, which
 * lie on their side. */
static bool
is_register(const struct table *table)
{
    enum { PAGE_POINTS = 500 }; /* 182 mm, less a little */
    int points = 0;
    if (!table->section->is_folded || table->shown_count < WIDE_COLUMNS) {
        return false;
    }
    for (size_t at = 0; at < table->shown_count; at++) {
        points += points_of(table, table->shown[at]);
    }
    return points > PAGE_POINTS;
}

/* A year has many days, of which the drawing tells enough where nobody can fold them. */
static bool
is_for_screens(const struct table *table)
{
    enum { PAPER_DAYS_MAX = 62 };
    return table->section->heading == M_REPORT_BY_DAY && table->row_count > PAPER_DAYS_MAX;
}

static enum outcome
put_section(struct table *table, struct fault *why)
{
    const bool has_heading = !is_mapped(table); /* or it stands above the maps */
    choose_columns(table);
    measure(table);
    if (is_all_alike(table)) {
        put_sentence(table);
        return DONE;
    }
    const char *kind = is_register(table)      ? "<div class=\"register\">\n"
                       : is_for_screens(table) ? "<div class=\"screen\">\n"
                                               : "";
    page_markup(table->page, kind);
    if (has_heading) {
        put_heading(table);
    }
    TRY(put_rows(table, why));
    page_markup(table->page, kind[0] == '\0' ? "" : "</div>\n");
    return DONE;
}

enum outcome
outline_table(struct page *page, const struct outline_view *view,
              const struct outline_section *section, const struct outline_totals *totals,
              int64_t *net_minor, struct fault *why)
{
    OWNED(arena) arena = {0};
    struct table table = {.page = page,
                          .arena = &arena,
                          .view = view,
                          .section = section,
                          .currency = totals == NULL ? "" : totals->currency,
                          .totals = totals,
                          .block = ""};
    arena_init(&arena, ARENA_BYTES_MAX);
    TRY(put_maps(&table, why));
    TRY(read_rows(&table, why));
    const size_t net = column_at(&table, outline_foot(view->outline));
    *net_minor = net < table.cell_count ? table.all.values[net] : 0;
    return table.all.count == 0 || is_of_one_span(&table) ? DONE : put_section(&table, why);
}
