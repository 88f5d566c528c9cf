/* A report as one page: what happened, what needs attention, then per currency the figures with
 * what they were before, each section with its sum held against the totals; at the end what the
 * words mean. */
#include "reports/chart.h"
#include "reports/outline.h"

#include "base/date.h"
#include "base/text.h"

#include <string.h>

enum { SHOWN_MAX = 16, NAME_MAX = 32, CHECKS_MAX = 40 };

/* What is at hand while a section is written. */
struct table {
    struct page *page;
    const struct outline_view *view;
    const struct outline_section *section;
    const char *currency;
    const struct outline_totals *totals; /* NULL: of no currency */
    size_t shown[SHOWN_MAX];
    size_t shown_count;
    size_t cell_count;
    const struct described_column *columns[OUTLINE_COLUMNS_MAX];
    int64_t longest; /* of the bars */
    struct outline_sum all;
    struct outline_sum rest; /* beyond rows_max */
};

/* The sums that must be alike. */
struct check {
    enum message name;
    int64_t net_minor;
};
struct checks {
    struct check items[CHECKS_MAX];
    size_t count;
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

static void
choose_columns(struct table *table)
{
    for (size_t index = 0; index < table->cell_count && table->shown_count < SHOWN_MAX; index++) {
        const char *name = table->columns[index]->name;
        if (has_word(table->section->shown, name) &&
            !outline_is_left_out(table->view, table->totals, name)) {
            table->shown[table->shown_count++] = index;
        }
    }
}

/* ---- cells ---------------------------------------------------------------------------------- */

static const char *
number_text(const struct table *table, const struct described_column *column, int64_t number)
{
    struct page *page = table->page;
    char text[TIME_TEXT_SIZE];
    if (column->is_amount) {
        return page_amount(page, number, table->currency);
    }
    switch (column->type) {
    case DESCRIBED_NUMBER: return page_quantity(page, number);
    case DESCRIBED_DATE: return arena_copy(page->arena, day_format(text, (int32_t)number));
    case DESCRIBED_MOMENT:
        moment_format(text, number);
        return arena_format(page->arena, "%.10s %.5s", text, text + 11);
    default: return page_count(page, number);
    }
}

static const char *
cell_text(const struct table *table, const struct outline_cell *cell)
{
    if (cell->is_null) {
        return "";
    }
    if (cell->column->type != DESCRIBED_TEXT) {
        return number_text(table, cell->column, cell->number);
    }
    const char *word = outline_says_words(table->section, cell)
                           ? message_word(cell->text, table->page->language)
                           : NULL;
    return word != NULL ? word : cell->text;
}

/* "C62" is a piece; other units are known by their codes. */
static const char *
unit_text(const struct table *table, const char *unit)
{
    return strcmp(unit, "C62") == 0 ? message_text(M_REPORT_PIECES, table->page->language) : unit;
}

/* The first cell: name, code, and a bar as long as its share. */
static void
put_what(const struct table *table, const struct outline_cell *cells)
{
    struct page *page = table->page;
    const struct outline_cell *name = outline_cell(cells, table->cell_count, "name");
    const struct outline_cell *first = &cells[table->shown[0]];
    const char *code = cell_text(table, first);
    const bool has_name = name != NULL && name->text[0] != '\0';
    page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
    page_escaped(page, has_name          ? name->text
                       : code[0] == '\0' ? message_text(M_REPORT_NOT_SAID, page->language)
                                         : code);
    if (has_name) {
        page_markup(page, " ");
        page_element(page, "span", "code", code);
    }
    const size_t bar = column_at(table, table->section->bar);
    if (bar < table->cell_count) {
        chart_bar(page, cells[bar].number, table->longest);
    }
    page_markup(page, "</th>");
}

static void
put_share(const struct table *table, int64_t net_minor)
{
    if (table->section->foots) {
        const int64_t all_minor = table->totals == NULL ? 0 : table->totals->values[SPAN_NOW][0];
        page_element(table->page, "td", "", page_share(table->page, net_minor, all_minor));
    }
}

static void
put_row(const struct table *table, const struct outline_cell *cells)
{
    struct page *page = table->page;
    const struct outline_cell *unit = outline_cell(cells, table->cell_count, "unit");
    const size_t net = column_at(table, "net");
    put_what(table, cells);
    for (size_t at = 1; at < table->shown_count; at++) {
        const struct outline_cell *cell = &cells[table->shown[at]];
        const char *text = cell_text(table, cell);
        const bool is_quantity = unit != NULL && strcmp(cell->column->name, "quantity") == 0;
        page_element(page, "td", cell->column->type == DESCRIBED_TEXT ? "words" : "",
                     is_quantity
                         ? arena_format(page->arena, "%s %s", text, unit_text(table, unit->text))
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
    const size_t net = column_at(table, "net");
    page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
    page_escaped(page, name);
    page_markup(page, "</th>");
    for (size_t at = 1; at < table->shown_count; at++) {
        const struct described_column *column = table->columns[table->shown[at]];
        page_element(page, "td", "",
                     column->is_summed && sum->known[table->shown[at]] > 0
                         ? number_text(table, column, sum->values[table->shown[at]])
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
            return !table->section->is_general;
        }
    }
    return false;
}

/* ---- a section ------------------------------------------------------------------------------ */

static void
begin_table(const struct table *table)
{
    struct page *page = table->page;
    page_markup(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    page_message(page, table->section->heading);
    page_markup(page, "\"><table>\n<thead><tr>");
    for (size_t at = 0; at < table->shown_count; at++) {
        const struct described_column *column = table->columns[table->shown[at]];
        const char *title = strcmp(column->name, "key") == 0
                                ? message_text(table->section->heading, page->language)
                                : outline_column_title(column, page->language);
        page_markup(page, at == 0 ? "<th scope=\"col\" class=\"what\">" : "<th scope=\"col\">");
        page_escaped(page, title);
        page_markup(page, "</th>");
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
        put_sums(table, message_text(M_REPORT_SUM_PERIOD, page->language), &table->all);
        page_markup(page, "</tfoot>\n");
    }
    page_markup(page, "</table></div>\n");
}

static void
put_heading(const struct table *table)
{
    struct page *page = table->page;
    const struct outline_section *section = table->section;
    page_element(page, "h3", "", message_text(section->heading, page->language));
    if (section->note != section->heading) {
        page_element(page, "p", "note", message_text(section->note, page->language));
    }
}

static void
put_fold(const struct table *table)
{
    struct page *page = table->page;
    if (table->section->is_folded) {
        page_markup(page, "<details><summary>");
        page_message(page, M_REPORT_DAYS_TABLE);
        page_markup(page, "</summary>\n");
    }
}

static void
keep_row(struct table *table, const struct outline_cell *cells)
{
    if (table->all.count == 0) {
        const size_t bar = column_at(table, table->section->bar);
        table->longest = bar < table->cell_count ? cells[bar].number : 0;
        put_fold(table);
        begin_table(table);
    }
    outline_add(&table->all, cells, table->cell_count);
    if (table->all.count > (int64_t)table->section->rows_max) {
        outline_add(&table->rest, cells, table->cell_count);
    } else {
        put_row(table, cells);
    }
}

static enum outcome
put_section(struct table *table, struct checks *checks, struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome;
    TRY(outline_open(&scan, table->view, table->section, table->currency, why));
    table->cell_count = scan.count;
    memcpy(table->columns, scan.columns, sizeof table->columns);
    choose_columns(table);
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        if (table->all.count == 0) {
            put_heading(table);
        }
        keep_row(table, cells);
        TRY(page_flush(table->page, why));
    }
    if (table->all.count > 0) {
        end_table(table);
        page_markup(table->page, table->section->is_folded ? "</details>\n" : "");
    }
    if (table->section->foots && checks->count < CHECKS_MAX) {
        const size_t net = column_at(table, "net");
        checks->items[checks->count++] = (struct check){
            table->section->heading, net < table->cell_count ? table->all.values[net] : 0};
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- one currency ---------------------------------------------------------------------------- */

/* Against the period before, and the year before where there was something. */
static const char *
change_text(struct page *page, int64_t now, int64_t before, int64_t year)
{
    const char *text = page_change(page, now, before);
    if (before != 0) {
        text = page_words(page, M_REPORT_SINCE_BEFORE, {"change", text});
    }
    return year == 0 ? text
                     : arena_format(page->arena, "%s · %s", text,
                                    page_words(page, M_REPORT_SINCE_YEAR,
                                               {"change", page_change(page, now, year)}));
}

static int64_t
per_order(const int64_t *values)
{
    return values[1] <= 0 ? 0 : decimal_divide(values[0], values[1], ROUND_HALF_UP);
}

static void
put_tiles(struct page *page, const struct outline_view *view, const struct outline_totals *totals)
{
    const struct outline *outline = view->outline;
    page_markup(page, "<dl class=\"tiles\">\n");
    for (size_t index = 0; index < outline->tile_count; index++) {
        const int64_t now = totals->values[SPAN_NOW][index];
        const bool is_count = outline->tiles[index].is_count;
        if (outline_is_left_out(view, totals, outline->tiles[index].column)) {
            continue;
        }
        page_tile(page, message_text(outline->tiles[index].name, page->language),
                  is_count ? page_count(page, now) : page_amount(page, now, totals->currency),
                  change_text(page, now, totals->values[SPAN_BEFORE][index],
                              totals->values[SPAN_YEAR][index]));
    }
    const int64_t average = per_order(totals->values[SPAN_NOW]);
    page_tile(page, message_text(M_REPORT_AVERAGE, page->language),
              page_amount(page, average, totals->currency),
              change_text(page, average, per_order(totals->values[SPAN_BEFORE]),
                          per_order(totals->values[SPAN_YEAR])));
    page_markup(page, "</dl>\n");
}

/* The same money counted in several ways: it must be the same. */
static void
put_checks(struct page *page, const struct outline_totals *totals, const struct checks *checks)
{
    static const enum message columns[] = {M_REPORT_COUNTED, M_REPORT_NET, M_REPORT_CHECK};
    const int64_t ledger = totals->values[SPAN_NOW][0];
    if (checks->count == 0) {
        return;
    }
    page_element(page, "h3", "", message_text(M_REPORT_CHECK, page->language));
    page_table(page, M_REPORT_CHECK_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index <= checks->count; index++) {
        const struct check check =
            index == 0 ? (struct check){M_REPORT_LEDGER, ledger} : checks->items[index - 1];
        const bool is_equal = check.net_minor == ledger;
        page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
        page_message(page, check.name);
        page_markup(page, "</th>");
        page_element(page, "td", "", page_amount(page, check.net_minor, totals->currency));
        page_element(page, "td", is_equal ? "ok" : "bad",
                     message_text(is_equal ? M_REPORT_EQUAL : M_REPORT_NOT_EQUAL, page->language));
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody>\n</table></div>\n");
}

static enum outcome
put_sections(struct page *page, const struct outline_view *view,
             const struct outline_totals *totals, struct checks *checks, struct fault *why)
{
    const struct outline *outline = view->outline;
    for (size_t index = 0; index < outline->section_count; index++) {
        const struct outline_section *section = &outline->sections[index];
        if (section->is_general == (totals == NULL) && section->shown[0] != '\0') {
            struct table table = {.page = page,
                                  .view = view,
                                  .section = section,
                                  .currency = totals == NULL ? "" : totals->currency,
                                  .totals = totals};
            TRY(put_section(&table, checks, why));
        }
    }
    return DONE;
}

static enum outcome
put_currency(struct page *page, const struct outline_view *view,
             const struct outline_totals *totals, struct fault *why)
{
    struct checks checks = {.count = 0};
    buf_format(page->buf, "<section aria-labelledby=\"c-%s\">\n<h2 id=\"c-%s\">", totals->currency,
               totals->currency);
    page_escaped(page, page_words(page, M_REPORT_SECTION, {"currency", totals->currency}));
    page_markup(page, "</h2>\n");
    page_element(page, "p", "note",
                 page_words(page, M_REPORT_COMPARED,
                            {"period", frame_period(page, view->periods[SPAN_BEFORE])}));
    put_tiles(page, view, totals);
    if (view->outline->has_days) {
        TRY(chart_days(page, view, totals, why));
    }
    TRY(put_sections(page, view, totals, &checks, why));
    put_checks(page, totals, &checks);
    page_markup(page, "</section>\n");
    return page_flush(page, why);
}

enum outcome
outline_html(struct page *page, const struct outline_view *view, struct fault *why)
{
    struct checks none = {.count = 0};
    const struct frame frame = {view->outline->title(page, view),
                                page_words(page, view->outline->masthead,
                                           {"company", view->config->company_name},
                                           {"period", frame_period(page, view->periods[SPAN_NOW])}),
                                view->request->as_of_ms, view->request->twin};
    frame_begin(page, &frame);
    if (view->outline->attention != NULL) {
        TRY(view->outline->attention(page, view, why));
    }
    for (size_t index = 0; index < view->currency_count; index++) {
        TRY(put_currency(page, view, &view->totals[index], why));
    }
    page_markup(page, "<section>\n");
    TRY(put_sections(page, view, NULL, &none, why));
    page_markup(page, "</section>\n");
    frame_words(page, view->outline->words, view->config->time_zone);
    frame_end(page, view->config->company_name);
    return page_flush(page, why);
}
