#include "reports/outline_cells.h"

#include "base/date.h"
#include "order/order.h"

#include <string.h>

enum { TEXT_BYTES_MAX = 64 * 1024 };

const char *
outline_number_text(struct page *page, const struct described_column *column, int64_t number,
                    const char *currency, int places)
{
    char text[TIME_TEXT_SIZE];
    if (column->is_amount) {
        return page_amount(page, number, currency);
    }
    switch (column->type) {
    case DESCRIBED_NUMBER: return page_number(page, number, places);
    case DESCRIBED_DATE: return arena_copy(page->arena, day_format(text, (int32_t)number));
    case DESCRIBED_MOMENT:
        moment_format(text, number);
        return arena_format(page->arena, "%.10s %.5s", text, text + 11);
    default: return page_count(page, number);
    }
}

/* Options are kept as JSON, of texts alone: {"colour":"celadon"} is "colour: celadon". */
static const char *
variant_text(struct page *page, const char *json)
{
    OWNED(buf) text;
    buf_init(&text, TEXT_BYTES_MAX);
    buf_text(&text, "");
    for (const char *at = json; *at != '\0'; at++) {
        if (strchr("{}\"", *at) == NULL) {
            buf_char(&text, *at);
            buf_text(&text, *at == ':' || *at == ',' ? " " : "");
        }
    }
    return arena_copy(page->arena, text.bytes);
}

const char *
outline_cell_text(struct page *page, const struct outline_view *view,
                  const struct outline_cell *cell, const char *currency, int places)
{
    if (cell->is_null) {
        return "";
    }
    if (cell->column->type != DESCRIBED_TEXT) {
        return outline_number_text(page, cell->column, cell->number, currency, places);
    }
    if (strcmp(cell->column->name, "unit") == 0) {
        return page_unit(page, cell->text);
    }
    if (strcmp(cell->column->name, "variant") == 0) {
        return variant_text(page, cell->text);
    }
    if (strcmp(cell->column->name, "person") == 0 || strcmp(cell->column->name, "by") == 0) {
        return outline_person(view, cell->text);
    }
    return outline_word(view->outline, cell, page->language);
}

bool
outline_is_in_units(const struct described_column *column)
{
    static const char *const columns[] = {"quantity", "on_hand", "wanted", "filled"};
    for (size_t index = 0; index < sizeof columns / sizeof columns[0]; index++) {
        if (strcmp(column->name, columns[index]) == 0) {
            return true;
        }
    }
    return false;
}

bool
outline_is_customer(const struct described_column *column)
{
    return strcmp(column->name, "customer") == 0;
}

const char *
outline_customer_text(struct page *page, const struct outline_cell *cells, size_t count,
                      const char *code)
{
    const struct outline_cell *name = outline_cell(cells, count, "customer_name");
    return frame_named(page, name == NULL ? "" : name->text, code);
}
