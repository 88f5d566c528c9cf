/* The sales report as one page: what happened, what needs attention, then per currency the figures,
 * days, products and customers, each with its sum held against the ledger; at the end what the
 * words mean. */
#include "reports/chart.h"
#include "reports/frame.h"
#include "reports/report.h"
#include "reports/sales_facts.h"
#include "writers/page.h"

#include "base/date.h"
#include "base/text.h"

#include <string.h>

enum { DAYS_OPEN_MAX = 14 };

/* -- head ------------------------------------------------------------------------------------- */

static void
put_head(struct page *page, const struct sales_facts *facts, const struct config *config,
         const struct report_request *request)
{
    const struct frame frame = {sales_title(page, facts),
                                page_words(page, M_REPORT_MASTHEAD,
                                           {"company", config->company_name},
                                           {"period", frame_period(page, facts->period)}),
                                request->as_of_ms, request->twin};
    frame_begin(page, &frame);
}

/* What became of the orders that came in: a sum that must come out. */
static void
put_intake(struct page *page, const struct sales_facts *facts)
{
    const struct {
        enum message name;
        int64_t count;
    } tiles[] = {
        {M_REPORT_RECEIVED, facts->intake.received}, {M_REPORT_SOLD, facts->sold_orders},
        {M_REPORT_WAITING, facts->waiting_orders},   {M_REPORT_REFUSED, facts->refused_orders},
        {M_REPORT_REPEATED, facts->repeated_orders},
    };
    page_markup(page, "<dl class=\"tiles\">\n");
    for (size_t index = 0; index < sizeof tiles / sizeof tiles[0]; index++) {
        const bool is_part = index > 0 && facts->intake.received > 0;
        if (index < 4 || tiles[index].count != 0) {
            page_tile(page, message_text(tiles[index].name, page->language),
                      page_count(page, tiles[index].count),
                      is_part ? page_share(page, tiles[index].count, facts->intake.received) : "");
        }
    }
    page_markup(page, "</dl>\n");
}

static void
put_attention(struct page *page, const struct sales_facts *facts)
{
    if (facts->unsold_count == 0 && facts->intake.refused == 0) {
        return;
    }
    page_markup(page, "<div class=\"attention\"><strong>");
    page_message(page, M_REPORT_ATTENTION);
    page_markup(page, "</strong>\n<ul>\n");
    for (size_t index = 0; index < facts->unsold_count; index++) {
        const struct report_figure *figure = &facts->unsold[index];
        const enum message message = strcmp(figure->key, "waiting") == 0   ? M_REPORT_WAITING_WORTH
                                     : strcmp(figure->key, "refused") == 0 ? M_REPORT_REFUSED_WORTH
                                     : strcmp(figure->key, "cancelled") == 0
                                         ? M_REPORT_CANCELLED_WORTH
                                         : M_REPORT_REPLACED_WORTH;
        page_element(page, "li", "",
                     page_words(page, message, {"orders", page_orders(page, figure->orders)},
                                {"net", page_money(page, figure->net_minor, figure->currency)}));
    }
    if (facts->intake.refused > 0) {
        page_element(page, "li", "",
                     page_words(page, M_REPORT_REFUSED_CHECKS,
                                {"orders", page_orders(page, facts->intake.refused)}));
    }
    page_markup(page, "</ul></div>\n");
}

/* -- one currency ----------------------------------------------------------------------------- */

static void
put_figures(struct page *page, const struct sales *sales)
{
    const struct sales_sum *now = &sales->ledger;
    const struct sales_sum *before = &sales->ledger_before;
    const int64_t average =
        now->orders == 0 ? 0 : decimal_divide(now->net_minor, now->orders, ROUND_HALF_UP);
    const int64_t average_before =
        before->orders == 0 ? 0 : decimal_divide(before->net_minor, before->orders, ROUND_HALF_UP);
    const struct {
        enum message name;
        int64_t now, before;
        bool is_count;
    } tiles[] = {
        {M_REPORT_NET, now->net_minor, before->net_minor, false},
        {M_REPORT_ORDERS_SOLD, now->orders, before->orders, true},
        {M_REPORT_AVERAGE, average, average_before, false},
        {M_REPORT_TAX, now->tax_minor, before->tax_minor, false},
        {M_REPORT_GROSS, now->gross_minor, before->gross_minor, false},
    };
    page_markup(page, "<dl class=\"tiles\">\n");
    for (size_t index = 0; index < sizeof tiles / sizeof tiles[0]; index++) {
        page_tile(page, message_text(tiles[index].name, page->language),
                  tiles[index].is_count ? page_count(page, tiles[index].now)
                                        : page_amount(page, tiles[index].now, sales->currency),
                  page_change(page, tiles[index].now, tiles[index].before));
    }
    page_markup(page, "</dl>\n");
}

static void
put_day_rows(struct page *page, const struct sales *sales)
{
    for (size_t index = 0; index < sales->day_count; index++) {
        const struct sales_sum *sum = &sales->days[index];
        const int32_t day = sales->days_from + (int32_t)index;
        char text[DATE_TEXT_SIZE];
        buf_format(page->buf, "<tr%s><th scope=\"row\">%s</th>",
                   day < sales->period.first_day ? " class=\"context\"" : "",
                   day_format(text, day));
        page_element(page, "td", "", page_count(page, sum->orders));
        page_element(page, "td", "", page_amount(page, sum->net_minor, sales->currency));
        page_element(page, "td", "", page_amount(page, sum->gross_minor, sales->currency));
        page_markup(page, "</tr>\n");
    }
}

static void
put_days(struct page *page, const struct sales *sales)
{
    static const enum message columns[] = {M_REPORT_DAY, M_REPORT_ORDERS_SOLD, M_REPORT_NET,
                                           M_REPORT_GROSS};
    page_markup(page, "<h3>");
    page_message(page, M_REPORT_BY_DAY);
    page_markup(page, "</h3>\n");
    chart_days(page, sales);
    page_markup(page, sales->day_count <= DAYS_OPEN_MAX ? "<details open><summary>"
                                                        : "<details><summary>");
    page_message(page, M_REPORT_DAYS_TABLE);
    page_markup(page, "</summary>\n");
    page_table(page, M_REPORT_DAYS_CAPTION, columns, sizeof columns / sizeof columns[0]);
    put_day_rows(page, sales);
    page_markup(page, "</tbody>\n<tfoot><tr><th scope=\"row\">");
    page_message(page, M_REPORT_SUM_PERIOD);
    page_markup(page, "</th>");
    page_element(page, "td", "", page_count(page, sales->days_all.orders));
    page_element(page, "td", "", page_amount(page, sales->days_all.net_minor, sales->currency));
    page_element(page, "td", "", page_amount(page, sales->days_all.gross_minor, sales->currency));
    page_markup(page, "</tr></tfoot>\n</table></div>\n</details>\n");
}

/* The first cell of a product or customer: name, code, and a bar as long as its share. */
static void
put_what(struct page *page, const struct report_figure *row, const struct sales_table *table)
{
    page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
    page_escaped(page, row->name[0] == '\0' ? row->key : row->name);
    page_markup(page, " ");
    page_element(page, "span", "code", row->name[0] == '\0' ? "" : row->key);
    chart_bar(page, row->net_minor, table->rows[0].net_minor);
    page_markup(page, "</th>");
}

static void
put_amounts(struct page *page, int64_t orders, int64_t net_minor, const struct sales *sales)
{
    page_element(page, "td", "", page_count(page, orders));
    page_element(page, "td", "", page_amount(page, net_minor, sales->currency));
    page_element(page, "td", "", page_share(page, net_minor, sales->ledger.net_minor));
}

static void
put_product(struct page *page, const struct report_figure *row, const struct sales *sales)
{
    put_what(page, row, &sales->products);
    page_element(page, "td", "",
                 arena_format(page->arena, "%s %s", page_quantity(page, row->quantity_micros),
                              strcmp(row->unit, "C62") == 0
                                  ? message_text(M_REPORT_PIECES, page->language)
                                  : row->unit));
    put_amounts(page, row->orders, row->net_minor, sales);
    page_markup(page, "</tr>\n");
}

static void
put_customer(struct page *page, const struct report_figure *row, const struct sales *sales)
{
    char text[DATE_TEXT_SIZE];
    put_what(page, row, &sales->customers);
    page_markup(page, "<td>");
    if (row->day >= sales->period.first_day) {
        page_element(page, "span", "tag", message_text(M_REPORT_NEW, page->language));
    } else {
        page_escaped(page, page_words(page, M_REPORT_SINCE, {"day", day_format(text, row->day)}));
    }
    page_markup(page, "</td>");
    put_amounts(page, row->orders, row->net_minor, sales);
    page_markup(page, "</tr>\n");
}

/* What the table leaves out, and its sum. */
static void
end_table(struct page *page, const struct sales_table *table, const struct sales *sales)
{
    const bool is_products = table == &sales->products;
    if (table->rest.count > 0) {
        page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
        page_escaped(page, page_words(page, M_REPORT_OTHERS,
                                      {"count", page_count(page, table->rest.count)}));
        page_markup(page, "</th><td></td><td></td>");
        page_element(page, "td", "", page_amount(page, table->rest.net_minor, sales->currency));
        page_element(page, "td", "",
                     page_share(page, table->rest.net_minor, sales->ledger.net_minor));
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody>\n<tfoot><tr><th scope=\"row\" class=\"what\">");
    page_message(page, M_REPORT_SUM_PERIOD);
    page_markup(page, "</th><td></td>");
    page_element(page, "td", "", is_products ? "" : page_count(page, table->all.orders));
    page_element(page, "td", "", page_amount(page, table->all.net_minor, sales->currency));
    page_element(page, "td", "", page_share(page, table->all.net_minor, sales->ledger.net_minor));
    page_markup(page, "</tr></tfoot>\n</table></div>\n");
}

static void
put_products(struct page *page, const struct sales *sales)
{
    static const enum message columns[] = {M_REPORT_PRODUCT, M_REPORT_QUANTITY,
                                           M_REPORT_ORDERS_SOLD, M_REPORT_NET, M_REPORT_SHARE};
    page_markup(page, "<h3>");
    page_message(page, M_REPORT_BY_PRODUCT);
    page_markup(page, "</h3>\n");
    if (sales->products.count > 0) {
        const struct report_figure *top = &sales->products.rows[0];
        page_element(
            page, "p", "",
            page_words(page, M_REPORT_TOP_PRODUCT,
                       {"name", top->name[0] == '\0' ? top->key : top->name},
                       {"share", page_share(page, top->net_minor, sales->ledger.net_minor)}));
    }
    page_table(page, M_REPORT_PRODUCTS_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < sales->products.count; index++) {
        put_product(page, &sales->products.rows[index], sales);
    }
    end_table(page, &sales->products, sales);
}

static void
put_customers(struct page *page, const struct sales *sales)
{
    static const enum message columns[] = {M_REPORT_CUSTOMER, M_REPORT_FIRST_ORDER,
                                           M_REPORT_ORDERS_SOLD, M_REPORT_NET, M_REPORT_SHARE};
    page_markup(page, "<h3>");
    page_message(page, M_REPORT_BY_CUSTOMER);
    page_markup(page, "</h3>\n");
    page_element(page, "p", "",
                 page_words(page, M_REPORT_NEW_CUSTOMERS,
                            {"count", page_count(page, sales->customers.all.count)},
                            {"new", page_count(page, sales->customers_new)}));
    page_table(page, M_REPORT_CUSTOMERS_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < sales->customers.count; index++) {
        put_customer(page, &sales->customers.rows[index], sales);
    }
    end_table(page, &sales->customers, sales);
}

/* The same money counted in four ways: it must be the same. */
static void
put_check(struct page *page, const struct sales *sales)
{
    const struct {
        enum message name;
        const struct sales_sum *sum;
    } ways[] = {{M_REPORT_LEDGER, &sales->ledger},
                {M_REPORT_BY_DAY, &sales->days_all},
                {M_REPORT_BY_PRODUCT, &sales->products.all},
                {M_REPORT_BY_CUSTOMER, &sales->customers.all}};
    static const enum message columns[] = {M_REPORT_COUNTED, M_REPORT_NET, M_REPORT_TAX,
                                           M_REPORT_CHECK};
    page_markup(page, "<h3>");
    page_message(page, M_REPORT_CHECK);
    page_markup(page, "</h3>\n");
    page_table(page, M_REPORT_CHECK_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < sizeof ways / sizeof ways[0]; index++) {
        const bool is_equal = ways[index].sum->net_minor == sales->ledger.net_minor &&
                              ways[index].sum->tax_minor == sales->ledger.tax_minor;
        page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
        page_message(page, ways[index].name);
        page_markup(page, "</th>");
        page_element(page, "td", "",
                     page_amount(page, ways[index].sum->net_minor, sales->currency));
        page_element(page, "td", "",
                     page_amount(page, ways[index].sum->tax_minor, sales->currency));
        page_element(page, "td", is_equal ? "ok" : "bad",
                     message_text(is_equal ? M_REPORT_EQUAL : M_REPORT_NOT_EQUAL, page->language));
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody>\n</table></div>\n");
}

static void
put_currency(struct page *page, const struct sales *sales)
{
    buf_format(page->buf, "<section aria-labelledby=\"c-%s\">\n<h2 id=\"c-%s\">", sales->currency,
               sales->currency);
    page_escaped(page, page_words(page, M_REPORT_SECTION, {"currency", sales->currency}));
    page_markup(page, "</h2>\n");
    page_element(
        page, "p", "note",
        page_words(page, M_REPORT_COMPARED, {"period", frame_period(page, sales->compared)}));
    put_figures(page, sales);
    put_days(page, sales);
    if (sales->ledger.orders > 0) {
        put_products(page, sales);
        put_customers(page, sales);
    }
    put_check(page, sales);
    page_markup(page, "</section>\n");
}

/* -- end -------------------------------------------------------------------------------------- */

enum outcome
sales_html_write(struct page *page, struct store *store, const struct config *config,
                 const struct report_request *request, struct fault *why)
{
    struct sales_facts facts;
    TRY(sales_facts_load(store, config, request, page->arena, &facts, why));
    put_head(page, &facts, config, request);
    put_intake(page, &facts);
    put_attention(page, &facts);
    for (size_t index = 0; index < facts.currency_count; index++) {
        put_currency(page, &facts.currencies[index]);
        TRY(page_flush(page, why));
    }
    frame_words(page, &sales_words, config->time_zone);
    frame_end(page, config->company_name);
    return page_flush(page, why);
}
