/* For programs: one flat table, described in the report's Table Schema. */
#include "reports/outline.h"

#include "base/date.h"
#include "base/text.h"

#include <inttypes.h>
#include <string.h>

static void
put_number(struct page *page, const struct outline_cell *cell, const char *currency)
{
    char text[DECIMAL_TEXT_SIZE];
    if (cell->column->is_amount) {
        const int exponent = currency_exponent(currency);
        page_markup(page, decimal_format(text, cell->number, exponent, exponent));
    } else if (cell->column->type == DESCRIBED_NUMBER) {
        page_markup(page, decimal_format(text, cell->number, MICROS_PLACES, 0));
    } else {
        buf_format(page->buf, "%" PRId64, cell->number);
    }
}

static void
put_cell(struct page *page, const struct outline_cell *cell, const char *currency)
{
    char day[DATE_TEXT_SIZE];
    char moment[TIME_TEXT_SIZE];
    if (cell->is_null) {
        return;
    }
    switch (cell->column->type) {
    case DESCRIBED_TEXT: text_escape_csv(page->buf, cell->text); break;
    case DESCRIBED_DATE: page_markup(page, day_format(day, (int32_t)cell->number)); break;
    case DESCRIBED_MOMENT:
        moment_format(moment, cell->number);
        page_markup(page, moment);
        break;
    default: put_number(page, cell, currency); break;
    }
}

/* Where the value of a column of the file comes from: a cell of the section, by its place, or what
 * all its rows say. */
enum source {
    FROM_NOWHERE = -1,
    FROM_FIRST_DAY = -2,
    FROM_LAST_DAY = -3,
    FROM_SECTION = -4,
    FROM_CURRENCY = -5
};

static int
source_of(const struct described_column *column, const struct outline_scan *scan)
{
    static const struct {
        const char *name;
        enum source source;
    } common[] = {{"first_day", FROM_FIRST_DAY},
                  {"last_day", FROM_LAST_DAY},
                  {"section", FROM_SECTION},
                  {"currency", FROM_CURRENCY}};
    for (size_t index = 0; index < sizeof common / sizeof common[0]; index++) {
        if (strcmp(column->name, common[index].name) == 0) {
            return common[index].source;
        }
    }
    for (size_t index = 0; index < scan->count; index++) {
        if (scan->columns[index] == column) {
            return (int)index;
        }
    }
    return FROM_NOWHERE;
}

static void
put_common(struct page *page, const struct outline_view *view, int source,
           const struct outline_section *section, const char *currency)
{
    char day[DATE_TEXT_SIZE];
    const struct period period = view->periods[SPAN_NOW];
    switch (source) {
    case FROM_FIRST_DAY: page_markup(page, day_format(day, period.first_day)); break;
    case FROM_LAST_DAY: page_markup(page, day_format(day, period.last_day)); break;
    case FROM_SECTION: page_markup(page, section->name); break;
    case FROM_CURRENCY: page_markup(page, currency); break;
    default: break;
    }
}

static void
put_row(struct page *page, const struct outline_view *view, const struct outline_section *section,
        const char *currency, const struct outline_cell *cells, const int *sources)
{
    for (size_t index = 0; index < view->column_count; index++) {
        if (sources[index] >= 0) {
            put_cell(page, &cells[sources[index]], currency);
        } else {
            put_common(page, view, sources[index], section, currency);
        }
        page_markup(page, index + 1 < view->column_count ? "," : "\r\n");
    }
}

static enum outcome
put_section(struct page *page, const struct outline_view *view,
            const struct outline_section *section, const char *currency, struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    int *sources = arena_array(view->arena, int, view->column_count);
    enum outcome outcome;
    TRY(outline_open(&scan, view, section, currency, why));
    for (size_t index = 0; index < view->column_count; index++) {
        sources[index] = source_of(&view->columns[index], &scan);
    }
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        put_row(page, view, section, currency, cells, sources);
        TRY(page_flush(page, why));
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
outline_csv(struct page *page, const struct outline_view *view, struct fault *why)
{
    const struct outline *outline = view->outline;
    for (size_t index = 0; index < view->column_count; index++) {
        page_markup(page, view->columns[index].name);
        page_markup(page, index + 1 < view->column_count ? "," : "\r\n");
    }
    for (size_t index = 0; index < outline->section_count; index++) {
        const struct outline_section *section = &outline->sections[index];
        if (section->is_general) {
            TRY(put_section(page, view, section, "", why));
        }
        for (size_t at = 0; at < view->currency_count && !section->is_general; at++) {
            TRY(put_section(page, view, section, view->totals[at].currency, why));
        }
    }
    return page_flush(page, why);
}
