/* A report as one page: what happened, what needs attention, then per currency the figures with
 * what they were before, each section with its sum held against the totals; at the end what the
 * words mean. */
#include "reports/chart.h"
#include "reports/heat.h"
#include "reports/outline.h"

#include "base/date.h"
#include "base/text.h"
#include "order/order.h"

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
    int64_t longest;   /* of the bars */
    const char *block; /* that the last row is of; "": none */
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

/* "C62" is a piece; other units are known by their codes. */
static const char *
unit_text(const struct table *table, const char *unit)
{
    return strcmp(unit, "C62") == 0 ? message_text(M_REPORT_PIECES, table->page->language) : unit;
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
    if (strcmp(cell->column->name, "unit") == 0) {
        return unit_text(table, cell->text);
    }
    const char *word = outline_says_words(table->section, cell)
                           ? message_word(cell->text, table->page->language)
                           : NULL;
    return word != NULL ? word : cell->text;
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
    put_beneath(table, cells);
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

/* A row that is of another part than the one before it begins that. */
static void
put_block(struct table *table, const struct outline_cell *cells)
{
    struct page *page = table->page;
    const struct outline_cell *block = outline_cell(cells, table->cell_count, "block");
    if (block == NULL || strcmp(block->text, table->block) == 0) {
        return;
    }
    table->block = arena_copy(page->arena, block->text);
    buf_format(page->buf, "<tr><th scope=\"rowgroup\" colspan=\"%zu\">", table->shown_count);
    page_escaped(page, cell_text(table, block));
    page_markup(page, "</th></tr>\n");
}

static const char *
class_of(const struct outline_cell *cell)
{
    if (strcmp(cell->column->name, "agrees") == 0 && cell->text[0] != '\0') {
        return strcmp(cell->text, "yes") == 0 ? "ok" : "bad";
    }
    return cell->column->type == DESCRIBED_TEXT ? "words" : "";
}

static void
put_row(struct table *table, const struct outline_cell *cells)
{
    struct page *page = table->page;
    const struct outline_cell *unit = outline_cell(cells, table->cell_count, "unit");
    const size_t net = column_at(table, "net");
    put_block(table, cells);
    put_what(table, cells);
    for (size_t at = 1; at < table->shown_count; at++) {
        const struct outline_cell *cell = &cells[table->shown[at]];
        const char *text = cell_text(table, cell);
        const bool is_quantity = unit != NULL && (strcmp(cell->column->name, "quantity") == 0 ||
                                                  strcmp(cell->column->name, "on_hand") == 0);
        page_element(page, "td", class_of(cell),
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
            return outline_has_sums(table->view->outline, table->section);
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

static enum outcome
put_section(struct table *table, struct checks *checks, struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome;
    TRY(put_maps(table, why));
    TRY(outline_open(&scan, table->view, table->section, table->currency, why));
    table->cell_count = scan.count;
    memcpy(table->columns, scan.columns, sizeof table->columns);
    choose_columns(table);
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        if (table->all.count == 0 && !is_mapped(table)) {
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

static const char *
figure_text(struct page *page, enum outline_figure figure, int64_t value)
{
    if (value == AMOUNT_NONE) {
        return page_share(page, 0, 0);
    }
    switch (figure) {
    case FIGURE_SHARE: return page_share(page, value, MICROS);
    case FIGURE_HOURS:
        return page_words(page, M_REPORT_HOURS, {"hours", page_quantity(page, value)});
    default: return page_count(page, value);
    }
}

/* A share is told beside what it was: a change of percents is read as one in percent points. */
static const char *
figure_change(struct page *page, enum outline_figure figure, const int64_t *values)
{
    const int64_t now = values[SPAN_NOW];
    const int64_t before = values[SPAN_BEFORE];
    if (figure == FIGURE_SHARE && before != AMOUNT_NONE) {
        return page_words(page, M_REPORT_WAS_BEFORE, {"value", figure_text(page, figure, before)});
    }
    if (now == AMOUNT_NONE || before == AMOUNT_NONE || figure == FIGURE_SHARE) {
        return "";
    }
    const int64_t year = values[SPAN_YEAR] == AMOUNT_NONE ? 0 : values[SPAN_YEAR];
    return change_text(page, now, before, year);
}

static void
put_tiles(struct page *page, const struct outline_view *view, const struct outline_totals *totals)
{
    const struct outline *outline = view->outline;
    page_markup(page, "<dl class=\"tiles\">\n");
    for (size_t index = 0; index < outline->tile_count; index++) {
        const struct outline_tile *tile = &outline->tiles[index];
        int64_t values[SPAN_COUNT];
        for (int span = 0; span < SPAN_COUNT; span++) {
            values[span] = totals->values[span][index];
        }
        if (outline_is_left_out(view, totals, outline->tiles[index].column)) {
            continue;
        }
        page_tile(page, message_text(tile->name, page->language),
                  tile->figure == FIGURE_AMOUNT
                      ? page_amount(page, values[SPAN_NOW], totals->currency)
                      : figure_text(page, tile->figure, values[SPAN_NOW]),
                  figure_change(page, tile->figure, values));
    }
    if (outline->has_average) {
        const int64_t average = per_order(totals->values[SPAN_NOW]);
        page_tile(page, message_text(M_REPORT_AVERAGE, page->language),
                  page_amount(page, average, totals->currency),
                  change_text(page, average, per_order(totals->values[SPAN_BEFORE]),
                              per_order(totals->values[SPAN_YEAR])));
    }
    page_markup(page, "</dl>\n");
}

static enum outcome
draw_trend(struct page *page, const struct outline_view *view, struct fault *why)
{
    const struct outline *outline = view->outline;
    for (size_t index = 0; index < outline->section_count && outline->trend != NULL; index++) {
        if (strcmp(outline->sections[index].name, outline->trend) == 0) {
            TRY(chart_trend(page, view, &outline->sections[index], why));
        }
    }
    return DONE;
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
                                  .block = "",
                                  .totals = totals};
            TRY(put_section(&table, checks, why));
        }
    }
    return DONE;
}

static void
put_compared(struct page *page, const struct outline_view *view)
{
    page_element(page, "p", "note",
                 page_words(page, M_REPORT_COMPARED,
                            {"period", frame_period(page, view->periods[SPAN_BEFORE])}));
}

/* What is of no currency; its totals where the outline's are of none. */
static enum outcome
put_general(struct page *page, const struct outline_view *view, struct fault *why)
{
    struct checks none = {.count = 0};
    page_markup(page, "<section>\n");
    if (view->outline->is_general && view->currency_count > 0) {
        page_element(page, "h2", "", message_text(M_REPORT_SUMMARY, page->language));
        put_compared(page, view);
        put_tiles(page, view, &view->totals[0]);
        TRY(draw_trend(page, view, why));
    }
    TRY(put_sections(page, view, NULL, &none, why));
    page_markup(page, "</section>\n");
    return page_flush(page, why);
}

static enum outcome
put_currency(struct page *page, const struct outline_view *view,
             const struct outline_totals *totals, struct fault *why)
{
    struct checks checks = {.count = 0};
    buf_format(page->buf, "<section aria-labelledby=\"c-%s\">\n<h2 id=\"c-%s\">", totals->currency,
               totals->currency);
    page_escaped(page, page_words(page, view->outline->heading, {"currency", totals->currency}));
    page_markup(page, "</h2>\n");
    if (!view->outline->is_general) {
        put_compared(page, view);
        put_tiles(page, view, totals);
    }
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
    const bool is_general = view->outline->is_general;
    const struct frame frame = {view->outline->title(page, view),
                                page_words(page, view->outline->masthead,
                                           {"company", view->config->company_name},
                                           {"period", frame_period(page, view->periods[SPAN_NOW])}),
                                view->request->as_of_ms, view->request->twin};
    (view->outline->mapped == NULL ? frame_begin : frame_begin_shaded)(page, &frame);
    if (view->outline->attention != NULL) {
        TRY(view->outline->attention(page, view, why));
    }
    if (is_general) {
        TRY(put_general(page, view, why));
    }
    for (size_t index = is_general ? 1 : 0; index < view->currency_count; index++) {
        TRY(put_currency(page, view, &view->totals[index], why));
    }
    if (!is_general) {
        TRY(put_general(page, view, why));
    }
    frame_words(page, view->outline->words, view->config->time_zone);
    frame_end(page, view->config->company_name);
    return page_flush(page, why);
}
