/* The report of approvals as one page: how many and how fast, what waits, who decided what, what
 * was refused; at the end what the words mean. */
#include "reports/approvals.h"
#include "reports/frame.h"

#include "base/date.h"
#include "base/text.h"

#include <string.h>

static const struct report_word words[] = {
    {M_REPORT_DECIDED, M_REPORT_MEANS_DECIDED},     {M_REPORT_MEDIAN, M_REPORT_MEANS_MEDIAN},
    {M_REPORT_OVERDUE, M_REPORT_MEANS_OVERDUE},     {M_REPORT_STOOD_IN, M_REPORT_MEANS_STOOD_IN},
    {M_REPORT_ESCALATED, M_REPORT_MEANS_ESCALATED},
};
const struct report_words approvals_words = {words, sizeof words / sizeof words[0]};

/* "7.5 h", or an ellipsis. */
static const char *
hours_words(struct page *page, int64_t tenths)
{
    char text[DECIMAL_TEXT_SIZE];
    return tenths == AMOUNT_NONE
               ? "…"
               : page_words(page, M_REPORT_HOURS, {"hours", decimal_format(text, tenths, 1, 1)});
}

static const char *
moment_words(struct page *page, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    if (moment_ms == AMOUNT_NONE) {
        return "–";
    }
    moment_format(text, moment_ms);
    return arena_format(page->arena, "%.10s %.5s", text, text + 11);
}

static const char *
word(struct page *page, const char *name)
{
    const char *text = message_word(name, page->language);
    return text == NULL ? name : text;
}

static const char *
order_words(struct page *page, const char *partner, const char *number)
{
    return arena_format(page->arena, "%s/%s", partner, number);
}

static void
put_head(struct page *page, const struct approval_figures *figures, const struct config *config,
         const struct report_request *request)
{
    const struct approval_group *all = &figures->all;
    const char *period = frame_period(page, figures->period);
    const struct frame frame = {all->decided == 0 && all->open == 0
                                    ? page_words(page, M_REPORT_APPROVALS_NONE, {"period", period})
                                    : page_words(page, M_REPORT_APPROVALS_TITLE, {"period", period},
                                                 {"decided", page_count(page, all->decided)},
                                                 {"median", hours_words(page, all->median_tenths)},
                                                 {"open", page_count(page, all->open)}),
                                page_words(page, M_REPORT_APPROVALS_MASTHEAD,
                                           {"company", config->company_name}, {"period", period}),
                                request->as_of_ms, request->twin};
    frame_begin(page, &frame);
}

static void
put_tiles(struct page *page, const struct approval_group *all)
{
    const struct {
        enum message name;
        const char *value;
    } tiles[] = {
        {M_REPORT_DECIDED, page_count(page, all->decided)},
        {M_REPORT_MEDIAN, hours_words(page, all->median_tenths)},
        {M_REPORT_LONGEST, hours_words(page, all->longest_tenths)},
        {M_REPORT_OPEN, page_count(page, all->open)},
        {M_REPORT_OVERDUE, page_count(page, all->overdue)},
        {M_REPORT_DELEGATED, page_count(page, all->delegated)},
        {M_REPORT_STOOD_IN, page_count(page, all->stood_in)},
        {M_REPORT_ESCALATED, page_count(page, all->escalated)},
    };
    page_markup(page, "<dl class=\"tiles\">\n");
    for (size_t index = 0; index < sizeof tiles / sizeof tiles[0]; index++) {
        page_tile(page, message_text(tiles[index].name, page->language), tiles[index].value, "");
    }
    page_markup(page, "</dl>\n");
}

static void
put_heading(struct page *page, enum message heading)
{
    page_markup(page, "<h2>");
    page_message(page, heading);
    page_markup(page, "</h2>\n");
}

static void
put_persons(struct page *page, const struct approval_figures *figures)
{
    static const enum message columns[] = {M_REPORT_PERSON,  M_REPORT_STEP,     M_REPORT_DECIDED,
                                           M_REPORT_MEDIAN,  M_REPORT_LONGEST,  M_REPORT_OPEN,
                                           M_REPORT_OVERDUE, M_REPORT_DELEGATED};
    put_heading(page, M_REPORT_BY_PERSON);
    page_table(page, M_REPORT_PERSONS_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < figures->group_count; index++) {
        const struct approval_group *group = &figures->groups[index];
        page_markup(page, "<tr>");
        page_markup(page, "<th scope=\"row\" class=\"what\">");
        page_escaped(page, group->person);
        page_markup(page, "</th>");
        page_element(page, "td", "", page_count(page, group->step));
        page_element(page, "td", "", page_count(page, group->decided));
        page_element(page, "td", "", hours_words(page, group->median_tenths));
        page_element(page, "td", "", hours_words(page, group->longest_tenths));
        page_element(page, "td", "", page_count(page, group->open));
        page_element(page, "td", group->overdue > 0 ? "bad" : "", page_count(page, group->overdue));
        page_element(page, "td", "", page_count(page, group->delegated));
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody>\n</table></div>\n");
}

static void
put_more(struct page *page, size_t count)
{
    page_markup(page, "</tbody>\n</table></div>\n");
    if (count > APPROVAL_ROWS_MAX) {
        page_element(page, "p", "note",
                     page_words(page, M_REPORT_MORE_ROWS,
                                {"count", page_count(page, (int64_t)count - APPROVAL_ROWS_MAX)}));
    }
}

static void
put_what(struct page *page, const struct report_approval *row)
{
    page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
    page_escaped(page, order_words(page, row->partner, row->order_number));
    if (row->reason[0] != '\0') {
        page_markup(page, " ");
        page_element(page, "span", "code", row->reason);
    }
    page_markup(page, "</th>");
    page_element(page, "td", "", page_count(page, row->step));
    page_element(page, "td", "", row->chain[0] == '\0' ? row->person : row->chain);
    page_element(page, "td", "", page_money(page, row->amount_minor, row->currency));
}

static void
put_open(struct page *page, const struct approval_figures *figures, int64_t as_of_ms)
{
    static const enum message columns[] = {M_REPORT_ORDER_NUMBER, M_REPORT_STEP,  M_REPORT_PERSON,
                                           M_REPORT_AMOUNT,       M_REPORT_ASKED, M_REPORT_AGE,
                                           M_REPORT_DUE};
    const size_t count = figures->row_count - figures->decided_count;
    if (count == 0) {
        return;
    }
    put_heading(page, M_REPORT_WHAT_WAITS);
    page_table(page, M_REPORT_OLDEST_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < count && index < APPROVAL_ROWS_MAX; index++) {
        const struct report_approval *row = &figures->rows[figures->decided_count + index];
        put_what(page, row);
        page_element(page, "td", "", moment_words(page, row->asked_ms));
        page_element(page, "td", "", hours_words(page, (as_of_ms - row->asked_ms) / 360000));
        page_element(page, "td", row->due_ms != AMOUNT_NONE && row->due_ms < as_of_ms ? "bad" : "",
                     moment_words(page, row->due_ms));
        page_markup(page, "</tr>\n");
    }
    put_more(page, count);
}

static void
put_decided(struct page *page, const struct approval_figures *figures)
{
    static const enum message columns[] = {M_REPORT_ORDER_NUMBER, M_REPORT_STEP,    M_REPORT_PERSON,
                                           M_REPORT_AMOUNT,       M_REPORT_VERDICT, M_REPORT_WHEN,
                                           M_REPORT_TOOK};
    const size_t count = figures->decided_count;
    if (count == 0) {
        return;
    }
    put_heading(page, M_REPORT_WHAT_WAS_DECIDED);
    page_table(page, M_REPORT_TIME_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < count && index < APPROVAL_ROWS_MAX; index++) {
        const struct report_approval *row = &figures->rows[index];
        put_what(page, row);
        page_element(page, "td", "",
                     row->by[0] == '\0' ? word(page, row->state)
                                        : page_words(page, M_REPORT_DECIDED_BY, {"by", row->by}));
        page_element(page, "td", "", moment_words(page, row->decided_ms));
        page_element(page, "td", "", hours_words(page, (row->decided_ms - row->asked_ms) / 360000));
        page_markup(page, "</tr>\n");
    }
    put_more(page, count);
}

static void
put_attempts(struct page *page, const struct approval_figures *figures)
{
    static const enum message columns[] = {M_REPORT_ORDER_NUMBER, M_REPORT_PERSON, M_REPORT_VERDICT,
                                           M_REPORT_WHEN, M_REPORT_WHY_NOT};
    if (figures->attempt_count == 0) {
        return;
    }
    put_heading(page, M_REPORT_ATTEMPTS);
    page_table(page, M_REPORT_TIME_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < figures->attempt_count && index < APPROVAL_ROWS_MAX; index++) {
        const struct report_attempt *attempt = &figures->attempts[index];
        page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
        page_escaped(page, order_words(page, attempt->partner, attempt->order_number));
        page_markup(page, "</th>");
        page_element(page, "td", "", attempt->person);
        page_element(page, "td", "", word(page, attempt->verdict));
        page_element(page, "td", "", moment_words(page, attempt->at_ms));
        page_element(page, "td", "", attempt->code);
        page_markup(page, "</tr>\n");
    }
    put_more(page, figures->attempt_count);
}

enum outcome
approvals_html_write(struct page *page, struct store *store, const struct config *config,
                     const struct report_request *request, struct fault *why)
{
    struct approval_figures figures;
    TRY(approvals_load(store, request, page->arena, &figures, why));
    put_head(page, &figures, config, request);
    put_tiles(page, &figures.all);
    put_open(page, &figures, request->as_of_ms);
    if (figures.group_count > 0) {
        put_persons(page, &figures);
    }
    put_decided(page, &figures);
    put_attempts(page, &figures);
    frame_words(page, &approvals_words, config->time_zone);
    frame_end(page, config->company_name);
    return page_flush(page, why);
}
