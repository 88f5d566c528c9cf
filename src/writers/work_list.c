#include "writers/work_list.h"

#include "base/decimal.h"
#include "writers/approval_reason.h"

#include <string.h>

enum { LINES_SHOWN_MAX = 50 };

static void
begin_lines(struct work_list *list)
{
    static const enum message columns[] = {M_REPORT_PRODUCT,  M_WORK_LIST_QUANTITY,
                                           M_WORK_LIST_PRICE, M_WORK_LIST_REDUCTIONS,
                                           M_WORK_LIST_NET,   M_WORK_LIST_MARGIN};
    const size_t count = list->request.cost_minor == AMOUNT_NONE ? 5 : 6;
    struct page *page = &list->page;
    const char *caption = page_words(page, M_WORK_LIST_LINES, {"order", list->order});
    page_markup(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    page_escaped(page, caption);
    page_markup(page, "\"><table>\n<thead><tr>");
    for (size_t index = 0; index < count; index++) {
        page_markup(page, index == 0 ? "<th scope=\"col\" class=\"what\">" : "<th scope=\"col\">");
        page_message(page, columns[index]);
        page_markup(page, "</th>");
    }
    page_markup(page, "</tr></thead>\n<tbody>\n");
}

static const char *
price_words(struct page *page, int64_t price_micros, int exponent)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(page->arena, decimal_format(text, price_micros, MICROS_PLACES, exponent));
}

/* In percent. */
static const char *
discount_words(struct page *page, const struct document_manual *manual)
{
    enum { PERCENT_PLACES = 4 };
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(page->arena,
                      decimal_format(text, manual->discount_micros, PERCENT_PLACES, 0));
}

static void
put_product(struct work_list *list, const struct document_request_line *line)
{
    struct page *page = &list->page;
    const char *name = line->name[page->language];
    page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
    page_escaped(page, arena_format(page->arena, "%s. %s", line->number,
                                    name[0] == '\0' ? line->sku : name));
    page_markup(page, " ");
    page_element(page, "span", "code", name[0] == '\0' ? "" : line->sku);
    if (document_manual_is_asked(&line->manual)) {
        const int64_t rules = line->manual.rules_price_micros;
        const bool is_less = line->manual.discount_micros != AMOUNT_NONE;
        page_markup(page, "<br>");
        page_element(
            page, "span", "note",
            page_words(page, is_less ? M_WORK_LIST_LESS : M_WORK_LIST_HAND,
                       {"discount", is_less ? discount_words(page, &line->manual) : ""},
                       {"rules", rules == AMOUNT_NONE
                                     ? "–"
                                     : price_words(page, rules, approval_exponent(&list->request))},
                       {"person", line->manual.person[0] == '\0' ? list->request.partner
                                                                 : line->manual.person},
                       {"reason", line->manual.reason[0] == '\0' ? "–" : line->manual.reason}));
    }
    page_markup(page, "</th>");
}

static void
put_price(struct work_list *list, const struct document_request_line *line)
{
    struct page *page = &list->page;
    const int exponent = approval_exponent(&list->request);
    page_element(page, "td", "",
                 arena_format(page->arena, "%s %s", page_quantity(page, line->quantity_micros),
                              page_unit(page, line->unit)));
    page_markup(page, "<td>");
    page_escaped(page, price_words(page, line->price_micros, exponent));
    if (line->expected_price_micros != AMOUNT_NONE &&
        line->expected_price_micros != line->price_micros) {
        page_markup(page, "<br>");
        page_element(
            page, "span", "note",
            page_words(page, M_APPROVAL_EXPECTED,
                       {"price", price_words(page, line->expected_price_micros, exponent)}));
    }
    page_markup(page, "</td>");
}

static enum outcome
put_reductions(struct work_list *list, const struct document_request_line *line, struct fault *why)
{
    struct page *page = &list->page;
    const char *between = "";
    enum outcome outcome;
    page_markup(page, "<td>");
    while ((outcome = document_scan_part(&list->reductions, line->position, why)) == DONE) {
        struct document_reduction reduction;
        document_reduction_get(&list->reductions, &reduction);
        const char *name = reduction.name[page->language];
        page_markup(page, between);
        page_escaped(page, page_amount(page, -reduction.reduction_minor, list->request.currency));
        page_markup(page, "<br>");
        page_element(page, "span", "note", name[0] == '\0' ? reduction.promotion : name);
        between = "<br>";
    }
    page_markup(page, "</td>");
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
skip_reductions(struct work_list *list, const struct document_request_line *line, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = document_scan_part(&list->reductions, line->position, why)) == DONE) {
    }
    return outcome == NONE ? DONE : outcome;
}

static void
put_margin(struct page *page, const struct document_request_line *line, const char *currency)
{
    const int64_t left = line->net_minor - line->floor.cost_minor;
    page_markup(page, "<td>");
    if (line->floor.cost_minor != AMOUNT_NONE) {
        page_escaped(page, page_amount(page, left, currency));
        page_markup(page, "<br>");
        page_element(page, "span", "note", page_share(page, left, line->net_minor));
    }
    page_markup(page, "</td>");
}

static enum outcome
put_line(struct work_list *list, const struct document_request_line *line, struct fault *why)
{
    struct page *page = &list->page;
    const char *currency = list->request.currency;
    put_product(list, line);
    put_price(list, line);
    TRY(put_reductions(list, line, why));
    page_element(page, "td", "", page_amount(page, line->net_minor, currency));
    if (list->request.cost_minor != AMOUNT_NONE) {
        put_margin(page, line, currency);
    }
    page_markup(page, "</tr>\n");
    return DONE;
}

enum outcome
work_list_lines(struct work_list *list, struct fault *why)
{
    struct page *page = &list->page;
    int64_t count = 0;
    enum outcome outcome;
    begin_lines(list);
    while ((outcome = document_scan_part(&list->lines, list->heads.position, why)) == DONE) {
        struct document_request_line line;
        document_request_line_get(&list->lines, &line);
        approval_hide_line_costs(list->writing->partner, &line);
        TRY(++count <= LINES_SHOWN_MAX ? put_line(list, &line, why)
                                       : skip_reductions(list, &line, why));
    }
    page_markup(page, "</tbody>\n</table></div>\n");
    if (count > LINES_SHOWN_MAX) {
        page_element(page, "p", "note",
                     page_words(page, M_WORK_LIST_MORE,
                                {"count", page_count(page, count - LINES_SHOWN_MAX)}));
    }
    return outcome == NONE ? DONE : outcome;
}
