/* The report of receivables as one page: of each currency what is open and how old it is, who owes
 * it, which invoices these are, and what is paid beyond invoices; then the money that counts for no
 * order, and what the words mean. */
#include "reports/frame.h"
#include "reports/receivables.h"

#include "base/date.h"

#include <string.h>

static const struct report_word words[] = {
    {M_REPORT_OPEN_AMOUNT, M_REPORT_MEANS_OPEN_AMOUNT},
    {M_REPORT_OVERDUE, M_REPORT_MEANS_DAYS_OVERDUE},
    {M_REPORT_ADVANCES, M_REPORT_MEANS_ADVANCES},
    {M_REPORT_OWED, M_REPORT_MEANS_OWED},
    {M_REPORT_NOT_ALLOCATED, M_REPORT_MEANS_NOT_ALLOCATED},
    {M_REPORT_KNOWN, M_REPORT_MEANS_KNOWN},
    {M_REPORT_CHECK, M_REPORT_MEANS_CHECK},
};
const struct report_words receivables_words = {words, sizeof words / sizeof words[0]};

static const char *
day_words(struct page *page, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(page->arena, day_format(text, day));
}

/* "1 invoice", "12 invoices" */
static const char *
invoice_words(struct page *page, int64_t count)
{
    return page_words(page, count == 1 ? M_REPORT_INVOICES_ONE : M_REPORT_INVOICES,
                      {"count", page_count(page, count)});
}

static const char *
order_words(struct page *page, const char *partner, const char *number)
{
    return number[0] == '\0' ? partner : arena_format(page->arena, "%s/%s", partner, number);
}

static void
put_heading(struct page *page, const char *level, enum message heading)
{
    page_element(page, level, "", message_text(heading, page->language));
    page_markup(page, "\n");
}

/* The first cell of a row. */
static void
put_what(struct page *page, const char *text, const char *code)
{
    page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
    page_escaped(page, text);
    if (code[0] != '\0') {
        page_markup(page, " ");
        page_element(page, "span", "code", code);
    }
    page_markup(page, "</th>");
}

/* An amount of a table, a dash where there is none. */
static void
put_amount(struct page *page, int64_t minor, const char *currency, bool is_bad)
{
    page_element(page, "td", minor != 0 && is_bad ? "bad" : "",
                 minor == 0 ? "–" : page_amount(page, minor, currency));
}

static void
put_more(struct page *page, size_t count)
{
    if (count > RECEIVABLE_ROWS_MAX) {
        page_element(page, "p", "note",
                     page_words(page, M_REPORT_MORE_ROWS,
                                {"count", page_count(page, (int64_t)count - RECEIVABLE_ROWS_MAX)}));
    }
}

static void
end_table(struct page *page, size_t count)
{
    page_markup(page, "</tbody>\n</table></div>\n");
    put_more(page, count);
}

static void
put_head(struct page *page, const struct receivables_figures *figures, const struct config *config,
         const struct report_request *request)
{
    const char *day = frame_period(page, (struct period){figures->day, figures->day});
    int64_t overdue = 0;
    for (size_t index = 0; index < figures->total_count; index++) {
        overdue += figures->totals[index].sum.overdue_invoices;
    }
    const struct frame frame = {
        figures->line_count == 0
            ? page_words(page, M_REPORT_RECEIVABLES_NONE, {"day", day})
            : page_words(page, M_REPORT_RECEIVABLES_TITLE, {"day", day},
                         {"open", invoice_words(page, (int64_t)figures->line_count)},
                         {"overdue", page_count(page, overdue)}),
        page_words(page, M_REPORT_RECEIVABLES_MASTHEAD, {"company", config->company_name},
                   {"period", frame_period(page, figures->period)}),
        request->as_of_ms, request->twin};
    frame_begin(page, &frame);
}

static const char *
overdue_words(struct page *page, const struct receivables_line *line)
{
    return line->days_overdue == 0
               ? page_words(page, M_REPORT_DUE_ON, {"day", day_words(page, line->invoice->due)})
               : page_words(page, M_REPORT_DAYS_OVERDUE,
                            {"days", page_count(page, line->days_overdue)});
}

static void
put_tiles(struct page *page, const struct receivables_total *total)
{
    const struct receivables_sum *sum = &total->sum;
    const struct receivables_line *oldest = sum->oldest;
    const struct {
        enum message name;
        const char *value;
        const char *note;
    } tiles[] = {
        {M_REPORT_OPEN_AMOUNT, page_amount(page, sum->open_minor, sum->currency),
         invoice_words(page, sum->invoices)},
        {M_REPORT_OVERDUE, page_amount(page, sum->overdue_minor, sum->currency),
         sum->open_minor == 0 ? "" : page_share(page, sum->overdue_minor, sum->open_minor)},
        {M_REPORT_OLDEST, oldest == NULL ? "–" : overdue_words(page, oldest),
         oldest == NULL ? "" : oldest->invoice->number},
        {M_REPORT_ADVANCES, page_amount(page, total->advance_minor, sum->currency), ""},
        {M_REPORT_OWED, page_amount(page, total->owed_minor, sum->currency), ""},
    };
    page_markup(page, "<dl class=\"tiles\">\n");
    for (size_t index = 0; index < sizeof tiles / sizeof tiles[0]; index++) {
        page_tile(page, message_text(tiles[index].name, page->language), tiles[index].value,
                  tiles[index].note);
    }
    page_markup(page, "</dl>\n");
}

static void
put_sum(struct page *page, const struct receivables_sum *sum)
{
    put_amount(page, sum->open_minor, sum->currency, false);
    for (int age = 0; age < RECEIVABLE_AGE_COUNT; age++) {
        put_amount(page, sum->by_age_minor[age], sum->currency, age == RECEIVABLE_OVER_90);
    }
}

static void
put_customers(struct page *page, const struct receivables_figures *figures,
              const struct receivables_sum *all)
{
    static const enum message columns[] = {M_REPORT_CUSTOMER, M_REPORT_SUM,   M_REPORT_NOT_DUE,
                                           M_REPORT_TO_30,    M_REPORT_TO_60, M_REPORT_TO_90,
                                           M_REPORT_OVER_90,  M_REPORT_OLDEST};
    size_t count = 0;
    put_heading(page, "h3", M_REPORT_BY_CUSTOMER);
    page_table(page, M_REPORT_AGES_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < figures->customer_count; index++) {
        const struct receivables_sum *sum = &figures->customers[index];
        if (strcmp(sum->currency, all->currency) != 0 || ++count > RECEIVABLE_ROWS_MAX) {
            continue;
        }
        put_what(page, sum->customer, "");
        put_sum(page, sum);
        page_markup(page, "<td>");
        page_escaped(page, overdue_words(page, sum->oldest));
        page_markup(page, "</td></tr>\n");
    }
    page_markup(page, "</tbody>\n<tfoot><tr><th scope=\"row\" class=\"what\">");
    page_message(page, M_REPORT_SUM_ALL);
    page_markup(page, "</th>");
    put_sum(page, all);
    page_element(page, "td", "", overdue_words(page, all->oldest));
    page_markup(page, "</tr></tfoot>\n</table></div>\n");
    put_more(page, count);
}

static void
put_invoices(struct page *page, const struct receivables_figures *figures, const char *currency)
{
    static const enum message columns[] = {M_REPORT_INVOICE, M_REPORT_OPEN_LEFT, M_REPORT_DUE_DAY,
                                           M_REPORT_LATE,    M_REPORT_CUSTOMER,  M_REPORT_INVOICED};
    size_t count = 0;
    put_heading(page, "h3", M_REPORT_OPEN_LIST);
    page_table(page, M_REPORT_OLDEST_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < figures->line_count; index++) {
        const struct receivables_line *line = &figures->lines[index];
        const struct receivable_invoice *invoice = line->invoice;
        if (strcmp(invoice->currency, currency) != 0 || ++count > RECEIVABLE_ROWS_MAX) {
            continue;
        }
        put_what(page, invoice->number, order_words(page, invoice->partner, invoice->order_number));
        put_amount(page, line->open_minor, currency, false);
        page_element(page, "td", "", day_words(page, invoice->due));
        page_element(page, "td", line->age == RECEIVABLE_OVER_90 ? "bad" : "",
                     line->days_overdue == 0 ? "–" : page_count(page, line->days_overdue));
        page_element(page, "td", "", invoice->customer);
        put_amount(page, invoice->gross_minor - invoice->credited_minor, currency, false);
        page_markup(page, "</tr>\n");
    }
    end_table(page, count);
}

static void
put_beyond(struct page *page, const struct receivables_figures *figures,
           const struct receivables_total *total)
{
    static const enum message columns[] = {M_REPORT_ORDER_NUMBER, M_REPORT_PAID, M_REPORT_ADVANCE,
                                           M_REPORT_TO_REFUND};
    const char *currency = total->sum.currency;
    size_t count = 0;
    for (size_t index = 0; index < figures->beyond_count; index++) {
        const struct receivables_beyond *beyond = &figures->beyond[index];
        const struct receivable_money *money = beyond->money;
        if (strcmp(money->currency, currency) != 0 || ++count > RECEIVABLE_ROWS_MAX) {
            continue;
        }
        if (count == 1) {
            put_heading(page, "h3", M_REPORT_BEYOND);
            page_table(page, M_REPORT_BEYOND_CAPTION, columns, sizeof columns / sizeof columns[0]);
        }
        put_what(page, order_words(page, money->partner, money->order_number), "");
        put_amount(page, money->paid_minor - money->refunded_minor, currency, false);
        put_amount(page, beyond->rest.advance_minor, currency, false);
        put_amount(page, beyond->rest.owed_minor, currency, true);
        page_markup(page, "</tr>\n");
    }
    if (count > 0) {
        end_table(page, count);
    }
}

/* What the orders have moved, and what is there: the same. */
static void
put_check(struct page *page, const struct receivables_total *total)
{
    static const enum message columns[] = {M_REPORT_COUNTED, M_REPORT_AMOUNT};
    const struct {
        enum message name;
        int64_t minor;
    } rows[] = {
        {M_REPORT_INVOICED, total->invoiced_minor},
        {M_REPORT_LESS_CREDITED, total->credited_minor},
        {M_REPORT_LESS_PAID, total->paid_minor},
        {M_REPORT_PLUS_REFUNDED, total->refunded_minor},
        {M_REPORT_BALANCE, total->balance_minor},
        {M_REPORT_OPEN_LESS_BEYOND, total->opposite_minor},
    };
    const bool is_equal = total->balance_minor == total->opposite_minor;
    put_heading(page, "h3", M_REPORT_CHECK);
    page_table(page, M_REPORT_RECEIVABLES_CHECK, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < sizeof rows / sizeof rows[0]; index++) {
        put_what(page, message_text(rows[index].name, page->language), "");
        page_element(page, "td", "", page_amount(page, rows[index].minor, total->sum.currency));
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody>\n<tfoot><tr><th scope=\"row\" class=\"what\">");
    page_message(page, M_REPORT_CHECK);
    page_markup(page, "</th>");
    page_element(page, "td", is_equal ? "ok" : "bad",
                 message_text(is_equal ? M_REPORT_EQUAL : M_REPORT_NOT_EQUAL, page->language));
    page_markup(page, "</tr></tfoot>\n</table></div>\n");
}

static void
put_currency(struct page *page, const struct receivables_figures *figures,
             const struct receivables_total *total)
{
    const struct receivables_sum *sum = &total->sum;
    if (total->invoiced_minor == 0 && total->paid_minor == 0) {
        return; /* money alone that counts for no order */
    }
    page_element(page, "h2", "",
                 page_words(page, M_REPORT_RECEIVABLES_IN, {"currency", sum->currency}));
    page_markup(page, "\n");
    put_tiles(page, total);
    if (sum->invoices > 0) {
        put_customers(page, figures, sum);
        put_invoices(page, figures, sum->currency);
    }
    put_beyond(page, figures, total);
    put_check(page, total);
}

static void
put_strays(struct page *page, const struct receivables_figures *figures)
{
    static const enum message columns[] = {M_REPORT_PAYMENT, M_REPORT_PAID_ON, M_REPORT_PAYER,
                                           M_REPORT_AMOUNT};
    if (figures->stray_count == 0) {
        return;
    }
    put_heading(page, "h2", M_REPORT_STRAYS);
    page_element(page, "p", "note", message_text(M_REPORT_STRAYS_HINT, page->language));
    page_table(page, M_REPORT_TIME_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < figures->stray_count && index < RECEIVABLE_ROWS_MAX; index++) {
        const struct receivable_stray *stray = &figures->strays[index];
        put_what(page, stray->number, order_words(page, stray->partner, stray->order_number));
        page_element(page, "td", "", day_words(page, stray->paid_on));
        page_element(page, "td", "", stray->payer[0] == '\0' ? stray->reference : stray->payer);
        page_element(page, "td", "",
                     page_money(page, stray->is_refund ? -stray->amount_minor : stray->amount_minor,
                                stray->currency));
        page_markup(page, "</tr>\n");
    }
    end_table(page, figures->stray_count);
}

enum outcome
receivables_html_write(struct page *page, struct store *store, const struct config *config,
                       const struct report_request *request, struct fault *why)
{
    struct receivables_figures figures;
    TRY(receivables_load(store, request, page->arena, &figures, why));
    put_head(page, &figures, config, request);
    for (size_t index = 0; index < figures.total_count; index++) {
        put_currency(page, &figures, &figures.totals[index]);
        TRY(page_flush(page, why));
    }
    put_strays(page, &figures);
    frame_words(page, &receivables_words, config);
    frame_end(page, config->company_name);
    return page_flush(page, why);
}
