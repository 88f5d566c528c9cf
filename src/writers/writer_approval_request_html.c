/* The orders that wait for an approver as a page to read, beside the form that it fills in: no
 * script, nothing from elsewhere; for screen, dark or light, and paper. */
#include "writers/documents.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"
#include "order/document.h"
#include "store/store_document.h"
#include "writers/approval_reason.h"
#include "writers/work_list.h"

#include <string.h>

enum {
    ORDERS_SHOWN_MAX = 500, /* the form has them all */
    OVERDUE_SHOWN_MAX = 10,
    TEXTS_BYTES_MAX = 16 * 1024 * 1024, /* of one order */
    WHY_BYTES_MAX = 1024 * 1024,
};

static void
work_list_close(struct work_list *list)
{
    document_scan_close(&list->heads);
    document_scan_close(&list->reasons);
    document_scan_close(&list->matters);
    document_scan_close(&list->lines);
    document_scan_close(&list->reductions);
    buf_close(&list->why);
    arena_close(&list->texts);
}

static enum outcome
open_scans(struct work_list *list, struct fault *why)
{
    struct store *store = list->writing->store;
    const int64_t file_id = list->writing->file_id;
    TRY(document_scan_open(&list->heads, store, SQL_document_requests, file_id, why));
    TRY(document_scan_open(&list->reasons, store, SQL_document_request_reasons, file_id, why));
    TRY(document_scan_open(&list->matters, store, SQL_document_request_matters, file_id, why));
    TRY(document_scan_open(&list->lines, store, SQL_document_request_lines, file_id, why));
    return document_scan_open(&list->reductions, store, SQL_document_request_reductions, file_id,
                              why);
}

/* "2026-03-02 08:00" */
static const char *
moment_words(struct page *page, int64_t moment_ms)
{
    char moment[TIME_TEXT_SIZE];
    moment_format(moment, moment_ms);
    return arena_format(page->arena, "%.10s %.5s", moment, moment + 11);
}

static const char *
word(const struct page *page, const char *name)
{
    const char *found = message_word(name, page->language);
    return found == NULL ? name : found;
}

/* How people call a partner of ours; else what was noted: a user, several persons, a rule. */
static const char *
person_words(const struct work_list *list, const char *person)
{
    const struct partner *partner = config_partner(list->writing->config, person);
    return strcmp(person, "purser") == 0 ? message_text(M_WORK_LIST_BY_RULE, list->page.language)
           : partner == NULL || partner->name[0] == '\0' ? person
                                                         : partner->name;
}

static const char *
order_words(struct page *page, const char *partner, const char *number)
{
    return arena_format(page->arena, "%s/%s", partner, number);
}

/* The form lies beside the page, under the same name. */
static const char *
form_name(struct work_list *list)
{
    const char *name = list->writing->name;
    return arena_format(list->page.arena, "%.*s.csv", (int)(strrchr(name, '.') - name), name);
}

/* -- head ------------------------------------------------------------------------------------- */

static enum outcome
put_tiles(struct work_list *list, int64_t orders, int64_t overdue, struct fault *why)
{
    OWNED(document_scan) totals = {0};
    struct page *page = &list->page;
    enum outcome outcome;
    TRY(document_scan_open(&totals, list->writing->store, SQL_document_request_totals,
                           list->writing->file_id, why));
    page_markup(page, "<dl class=\"tiles\">\n");
    page_tile(page, message_text(M_REPORT_ORDERS_SOLD, page->language), page_count(page, orders),
              "");
    while ((outcome = document_scan_next(&totals, why)) == DONE) {
        struct document_request_total total;
        document_request_total_get(&totals, &total);
        page_tile(page, page_words(page, M_WORK_LIST_TOTAL, {"currency", total.currency}),
                  page_amount(page, total.gross_minor, total.currency),
                  page_orders(page, total.orders));
    }
    page_tile(page, message_text(M_WORK_LIST_OVERDUE, page->language), page_count(page, overdue),
              "");
    page_markup(page, "</dl>\n");
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
count_orders(struct work_list *list, int64_t *orders, struct fault *why)
{
    OWNED(document_scan) totals = {0};
    enum outcome outcome;
    TRY(document_scan_open(&totals, list->writing->store, SQL_document_request_totals,
                           list->writing->file_id, why));
    *orders = 0;
    while ((outcome = document_scan_next(&totals, why)) == DONE) {
        struct document_request_total total;
        document_request_total_get(&totals, &total);
        *orders += total.orders;
    }
    return outcome == NONE ? DONE : outcome;
}

/* The items of what is overdue, as markup into `items`. */
static enum outcome
gather_overdue(struct work_list *list, struct buf *items, int64_t *count, struct fault *why)
{
    OWNED(document_scan) scan = {0};
    struct page page = list->page;
    enum outcome outcome;
    page.buf = items;
    *count = 0;
    buf_text(items, "");
    TRY(document_scan_open(&scan, list->writing->store, SQL_document_request_overdue,
                           list->writing->file_id, why));
    while ((outcome = document_scan_next(&scan, why)) == DONE) {
        struct document_request_overdue overdue;
        document_request_overdue_get(&scan, &overdue);
        if (++*count <= OVERDUE_SHOWN_MAX) {
            const char *order = order_words(&page, overdue.partner, overdue.order_number);
            page_element(&page, "li", "",
                         page_words(&page, M_WORK_LIST_OVERDUE_ORDER, {"order", order},
                                    {"moment", moment_words(&page, overdue.due_ms)}));
        }
    }
    if (*count > OVERDUE_SHOWN_MAX) {
        page_element(&page, "li", "",
                     page_words(&page, M_WORK_LIST_MORE,
                                {"count", page_count(&page, *count - OVERDUE_SHOWN_MAX)}));
    }
    return outcome == NONE ? DONE : outcome;
}

static void
put_how(struct work_list *list)
{
    struct page *page = &list->page;
    page_element(page, "h3", "", message_text(M_WORK_LIST_HOW, page->language));
    page_element(page, "p", "", page_words(page, M_WORK_LIST_HOW_FORM, {"form", form_name(list)}));
    page_element(page, "p", "", message_text(M_WORK_LIST_HOW_COMMAND, page->language));
}

static void
put_header(struct work_list *list, const char *title)
{
    struct page *page = &list->page;
    const struct writing *writing = list->writing;
    page_begin(page, title);
    page_element(page, "p", "over",
                 page_words(page, M_WORK_LIST_MASTHEAD, {"company", writing->config->company_name},
                            {"person", person_words(list, writing->partner->id)}));
    page_element(page, "h1", "", title);
    page_markup(page, "<p class=\"meta\">");
    page_escaped(page, page_words(page, M_WORK_LIST_AS_OF,
                                  {"moment", moment_words(page, writing->created_ms)}));
    page_markup(page, " <a href=\"");
    page_escaped(page, form_name(list));
    page_markup(page, "\">");
    page_message(page, M_WORK_LIST_FORM);
    page_markup(page, "</a></p>\n</header>\n<main>\n");
}

static enum outcome
put_head(struct work_list *list, struct fault *why)
{
    OWNED(buf) overdue;
    struct page *page = &list->page;
    int64_t orders = 0;
    int64_t overdue_count = 0;
    buf_init(&overdue, WHY_BYTES_MAX);
    TRY(count_orders(list, &orders, why));
    TRY(gather_overdue(list, &overdue, &overdue_count, why));
    put_header(list, page_words(page, M_WORK_LIST_TITLE, {"orders", page_orders(page, orders)}));
    TRY(put_tiles(list, orders, overdue_count, why));
    if (overdue_count > 0) {
        page_markup(page, "<div class=\"attention\"><strong>");
        page_message(page, M_WORK_LIST_OVERDUE);
        page_markup(page, "</strong>\n<ul>\n");
        page_markup(page, overdue.bytes);
        page_markup(page, "</ul></div>\n");
    }
    put_how(list);
    return DONE;
}

/* -- an order --------------------------------------------------------------------------------- */

static void
put_word(struct page *page, enum message name, const char *class, const char *text)
{
    page_element(page, "dt", "", message_text(name, page->language));
    page_element(page, "dd", class, text);
    page_markup(page, "\n");
}

/* "12.00 (8.3 %)" of what is left over the costs. */
static const char *
margin_words(struct page *page, int64_t net_minor, int64_t cost_minor, const char *currency)
{
    const int64_t left = net_minor - cost_minor;
    return arena_format(page->arena, "%s (%s)", page_amount(page, left, currency),
                        page_share(page, left, net_minor));
}

static const char *
quorum_words(struct page *page, int64_t quorum)
{
    return quorum < 0 ? message_text(M_WORK_LIST_QUORUM_ANY, page->language)
           : quorum == 0
               ? message_text(M_WORK_LIST_QUORUM_ALL, page->language)
               : page_words(page, M_WORK_LIST_QUORUM, {"count", page_count(page, quorum)});
}

/* What there is of one kind of matters: "Anna (approved), Boris". */
struct matters {
    const char *asked;
    const char *before;
    const char *credit;
};

static const char *
joined(struct page *page, const char *list, const char *one)
{
    return arena_format(page->arena, "%s%s%s", list, list[0] == '\0' ? "" : "; ", one);
}

static void
add_matter(struct work_list *list, struct matters *matters,
           const struct document_request_matter *matter)
{
    struct page *page = &list->page;
    const char *person = person_words(list, matter->whose);
    const char *state = word(page, matter->state);
    const char *moment = matter->at_ms == AMOUNT_NONE ? "" : moment_words(page, matter->at_ms);
    if (strcmp(matter->kind, "asked") == 0) {
        const char *one = strcmp(matter->state, "asked") == 0
                              ? person
                              : arena_format(page->arena, "%s (%s)", person, state);
        matters->asked = joined(page, matters->asked, one);
    } else if (strcmp(matter->kind, "before") == 0) {
        const char *one = page_words(page, M_WORK_LIST_DECIDED, {"person", person},
                                     {"state", state}, {"moment", moment});
        one = matter->reason[0] == '\0' ? one
                                        : arena_format(page->arena, "%s (%s)", one, matter->reason);
        matters->before = joined(page, matters->before, one);
    } else {
        const char *one =
            page_words(page, M_WORK_LIST_CREDIT_HELD, {"moment", moment}, {"verdict", state});
        matters->credit = joined(page, matters->credit, one);
    }
}

static enum outcome
gather_matters(struct work_list *list, struct matters *matters, struct fault *why)
{
    enum outcome outcome;
    *matters = (struct matters){"", "", ""};
    while ((outcome = document_scan_part(&list->matters, list->heads.position, why)) == DONE) {
        struct document_request_matter matter;
        document_request_matter_get(&list->matters, &matter);
        add_matter(list, matters, &matter);
    }
    return outcome == NONE ? DONE : outcome;
}

static void
put_times(struct work_list *list)
{
    struct page *page = &list->page;
    const struct document_request *request = &list->request;
    put_word(page, M_WORK_LIST_SINCE, "", moment_words(page, request->asked_ms));
    if (request->due_ms != AMOUNT_NONE) {
        const bool is_overdue = request->due_ms <= list->writing->created_ms;
        const char *moment = moment_words(page, request->due_ms);
        const char *overdue = message_text(M_WORK_LIST_OVERDUE, page->language);
        put_word(page, M_WORK_LIST_DUE, is_overdue ? "bad" : "",
                 is_overdue ? arena_format(page->arena, "%s · %s", moment, overdue) : moment);
    }
    if (request->reminder > 0) {
        put_word(page, M_WORK_LIST_REMINDER, "",
                 page_words(page, M_WORK_LIST_REMINDER_NUMBER,
                            {"number", page_count(page, request->reminder)}));
    }
}

static void
put_wanted(struct page *page, const struct document_request *request)
{
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
    const bool is_one_day =
        request->requested_from == request->requested_to || request->requested_to == DAY_NONE;
    if (request->requested_from != DAY_NONE) {
        put_word(page, M_WORK_LIST_WANTED, "",
                 is_one_day ? day_format(from, request->requested_from)
                            : arena_format(page->arena, "%s – %s",
                                           day_format(from, request->requested_from),
                                           day_format(to, request->requested_to)));
    }
}

/* What is asked about, of whom, since when, and who else has a say. */
static enum outcome
put_facts(struct work_list *list, struct fault *why)
{
    struct page *page = &list->page;
    const struct document_request *request = &list->request;
    struct matters matters;
    TRY(gather_matters(list, &matters, why));
    page_markup(page, "<dl class=\"words\">\n");
    put_word(page, M_REPORT_CUSTOMER, "",
             request->customer_name[0] == '\0' ||
                     strcmp(request->customer_name, request->customer) == 0
                 ? request->customer
                 : arena_format(page->arena, "%s (%s)", request->customer_name, request->customer));
    put_word(page, M_WORK_LIST_TYPE, "", word(page, request->type));
    put_wanted(page, request);
    put_times(list);
    if (matters.asked[0] != '\0') {
        put_word(page, M_WORK_LIST_ASKED, "",
                 arena_format(page->arena, "%s (%s)", matters.asked,
                              quorum_words(page, request->quorum)));
    }
    if (matters.before[0] != '\0') {
        put_word(page, M_WORK_LIST_BEFORE, "", matters.before);
    }
    if (matters.credit[0] != '\0') {
        put_word(page, M_WORK_LIST_CREDIT, "", matters.credit);
    }
    if (request->freight_minor != 0) {
        put_word(page, M_WORK_LIST_FREIGHT, "",
                 page_money(page, request->freight_minor, request->currency));
    }
    if (request->cost_minor != AMOUNT_NONE) {
        put_word(page, M_WORK_LIST_MARGIN, "",
                 margin_words(page, request->net_minor, request->cost_minor, request->currency));
    }
    page_markup(page, "</dl>\n");
    return DONE;
}

static enum outcome
put_order(struct work_list *list, struct fault *why)
{
    struct page *page = &list->page;
    struct document_request *request = &list->request;
    document_request_get(&list->heads, request);
    approval_hide_costs(list->writing->partner, request);
    arena_reset(page->arena);
    list->order = order_words(page, request->partner, request->order_number);
    TRY(approval_reason_gather(list->writing->partner, &list->reasons, list->heads.position,
                               request, &list->why, why));
    page_markup(page, "<section>\n");
    page_element(page, "h2", "",
                 arena_format(page->arena, "%s · %s %s", list->order,
                              page_money(page, request->gross_minor, request->currency),
                              message_text(M_WORK_LIST_GROSS, page->language)));
    page_element(page, "p", "lead", list->why.bytes);
    TRY(put_facts(list, why));
    TRY(work_list_lines(list, why));
    page_markup(page, "</section>\n");
    return page_flush(page, why);
}

static enum outcome
put_orders(struct work_list *list, struct fault *why)
{
    struct page *page = &list->page;
    int64_t count = 0;
    enum outcome outcome;
    while ((outcome = document_scan_next(&list->heads, why)) == DONE) {
        if (++count <= ORDERS_SHOWN_MAX) {
            TRY(put_order(list, why));
        }
    }
    arena_reset(page->arena);
    if (count > ORDERS_SHOWN_MAX) {
        page_element(page, "p", "attention",
                     page_words(page, M_WORK_LIST_LEFT,
                                {"count", page_count(page, count - ORDERS_SHOWN_MAX)}));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
write_html(struct writing *writing, struct fault *why)
{
    OWNED(work_list) list = {.writing = writing};
    struct page *page = &list.page;
    arena_init(&list.texts, TEXTS_BYTES_MAX);
    buf_init(&list.why, WHY_BYTES_MAX);
    *page = (struct page){writing->buf, writing->draft, &list.texts, writing->partner->language};
    TRY(open_scans(&list, why));
    TRY(put_head(&list, why));
    TRY(put_orders(&list, why));
    page_markup(page, "</main>\n<footer><p>");
    page_escaped(page,
                 page_words(page, M_WORK_LIST_FOOTER, {"company", writing->config->company_name}));
    page_markup(page, "</p></footer>\n</body>\n</html>\n");
    return DONE;
}

const struct writer approval_request_html_writer = {KIND_APPROVAL_REQUEST, "html", ".html",
                                                    write_html};
