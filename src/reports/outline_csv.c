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
    if (cell == NULL || cell->is_null) {
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

/* What all rows begin with; false: a column of the section's own. */
static bool
put_common(struct page *page, const struct outline_view *view, const char *name,
           const struct outline_section *section, const char *currency)
{
    char day[DATE_TEXT_SIZE];
    if (strcmp(name, "first_day") == 0 || strcmp(name, "last_day") == 0) {
        const struct period period = view->periods[SPAN_NOW];
        page_markup(page, day_format(day, name[0] == 'f' ? period.first_day : period.last_day));
        return true;
    }
    if (strcmp(name, "section") == 0 || strcmp(name, "currency") == 0) {
        page_markup(page, name[0] == 's' ? section->name : currency);
        return true;
    }
    return false;
}

static void
put_row(struct page *page, const struct outline_view *view, const struct outline_section *section,
        const char *currency, const struct outline_cell *cells, size_t count)
{
    for (size_t index = 0; index < view->column_count; index++) {
        const char *name = view->columns[index].name;
        if (!put_common(page, view, name, section, currency)) {
            put_cell(page, outline_cell(cells, count, name), currency);
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
    enum outcome outcome;
    TRY(outline_open(&scan, view, section, currency, why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        put_row(page, view, section, currency, cells, scan.count);
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
