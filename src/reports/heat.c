#include "reports/heat.h"

#include "base/date.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { SHADES = 5 };

static int64_t
month_of(int32_t day)
{
    int year, month, day_of_month;
    day_split(day, &year, &month, &day_of_month);
    return (int64_t)year * 12 + month;
}

/* How many months from that one to that of the period's last day. */
static int64_t
months_passed(const char *name, int32_t last_day)
{
    char text[DATE_TEXT_SIZE];
    int32_t first_day = DAY_NONE;
    snprintf(text, sizeof text, "%s-01", name);
    const bool is_day = day_parse(text, &first_day);
    assert(is_day && "months are written as days are");
    return month_of(last_day) - month_of(first_day);
}

static void
note(struct page *page, struct heat *heat, const struct outline_cell *cells, size_t count,
     const char *currency, const struct outline_map *map)
{
    const char *name = outline_cell(cells, count, "key")->text;
    const int64_t later = outline_cell(cells, count, "months_later")->number;
    if (heat->count == 0 || strcmp(heat->months[heat->count - 1].name, name) != 0) {
        assert(heat->count < HEAT_MONTHS_MAX && later == 0 && "a month begins with itself");
        struct heat_month *added = &heat->months[heat->count++];
        *added = (struct heat_month){.size = ""};
        memcpy(added->name, name, sizeof added->name - 1);
        const struct outline_cell *size = outline_cell(cells, count, map->size);
        heat->size_title = outline_column_title(size->column, page->language);
        added->size = size->column->is_amount ? page_amount(page, size->number, currency)
                                              : page_count(page, size->number);
    }
    if (later >= 0 && later < HEAT_MONTHS_MAX) {
        heat->months[heat->count - 1].values[later] =
            outline_cell(cells, count, map->column)->number;
    }
}

static void
put_value(struct page *page, int64_t micros)
{
    const int64_t percent = decimal_divide(micros, MICROS, ROUND_HALF_UP);
    const int64_t step = (percent + 19) / 20; /* 1-20, 21-40, ... */
    const int64_t shade = step > SHADES ? SHADES : step;
    page_element(page, "td", shade > 0 ? arena_format(page->arena, "heat%d", (int)shade) : "",
                 page_count(page, percent));
}

void
heat_show(const struct heat *heat, const struct outline_view *view, enum message caption,
          struct page *page)
{
    const int32_t last_day = view->periods[SPAN_NOW].last_day;
    const int64_t across = months_passed(heat->months[0].name, last_day);
    page_markup(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    page_message(page, caption);
    page_markup(page, "\"><table class=\"heat\">\n<caption>");
    page_message(page, caption);
    page_markup(page, "</caption>\n<thead><tr><th scope=\"col\" class=\"what\">");
    page_message(page, M_REPORT_COHORT_MONTH);
    page_markup(page, "</th><th scope=\"col\">");
    page_escaped(page, heat->size_title);
    page_markup(page, "</th>");
    for (int64_t later = 0; later <= across; later++) {
        buf_format(page->buf, "<th scope=\"col\">%d</th>", (int)later);
    }
    page_markup(page, "</tr></thead>\n<tbody>\n");
    for (size_t index = 0; index < heat->count; index++) {
        const struct heat_month *month = &heat->months[index];
        const int64_t passed = months_passed(month->name, last_day);
        page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
        page_escaped(page, month->name);
        page_markup(page, "</th>");
        page_element(page, "td", "size", month->size);
        for (int64_t later = 0; later <= passed && later < HEAT_MONTHS_MAX; later++) {
            put_value(page, month->values[later]);
        }
        for (int64_t later = passed + 1; later <= across; later++) {
            page_markup(page, "<td></td>");
        }
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody>\n</table></div>\n");
}

enum outcome
heat_read(struct heat *heat, const struct outline_view *view, const struct outline_section *section,
          const char *currency, const struct outline_map *map, struct page *page, struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome;
    *heat = (struct heat){.count = 0};
    TRY(outline_open(&scan, view, section, currency, why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        note(page, heat, cells, scan.count, currency, map);
    }
    return outcome == NONE ? DONE : outcome;
}
