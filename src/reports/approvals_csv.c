/* The approvals of a period for programs: described in schemas/report-approvals.csv.json. */
#include "reports/approvals.h"

#include "base/date.h"
#include "base/text.h"

#include <inttypes.h>

static void
put_text(struct page *page, const char *text, const char *end)
{
    text_escape_csv(page->buf, text);
    page_markup(page, end);
}

static void
put_integer(struct page *page, int64_t number, const char *end)
{
    buf_format(page->buf, "%" PRId64 "%s", number, end);
}

static void
put_moment(struct page *page, int64_t moment_ms, const char *end)
{
    char text[TIME_TEXT_SIZE];
    put_text(page, moment_ms == AMOUNT_NONE ? "" : moment_format(text, moment_ms), end);
}

static void
put_tenths(struct page *page, int64_t tenths, const char *end)
{
    char text[DECIMAL_TEXT_SIZE];
    put_text(page, tenths == AMOUNT_NONE ? "" : decimal_format(text, tenths, 1, 1), end);
}

static void
put_period(struct page *page, struct period period, const char *section)
{
    char text[DATE_TEXT_SIZE];
    put_text(page, day_format(text, period.first_day), ",");
    put_text(page, day_format(text, period.last_day), ",");
    put_text(page, section, ",");
}

static void
put_row(struct page *page, struct period period, const struct report_approval *row,
        int64_t as_of_ms)
{
    char text[DECIMAL_TEXT_SIZE];
    const bool is_open = row->decided_ms == AMOUNT_NONE;
    const int64_t until_ms = is_open ? as_of_ms : row->decided_ms;
    const int exponent = currency_exponent(row->currency);
    put_period(page, period, is_open ? "open" : "decided");
    put_text(page, row->person, ",");
    put_integer(page, row->step, ",");
    put_text(page, row->partner, ",");
    put_text(page, row->order_number, ",");
    put_integer(page, row->version, ",");
    put_text(page, row->currency, ",");
    put_text(page, decimal_format(text, row->amount_minor, exponent, exponent), ",");
    put_text(page, row->chosen, ",");
    put_text(page, row->chain, ",");
    put_text(page, row->state, ",");
    put_text(page, row->by, ",");
    put_text(page, row->reason, ",");
    put_moment(page, row->asked_ms, ",");
    put_moment(page, row->due_ms, ",");
    put_moment(page, row->decided_ms, ",");
    put_tenths(page, (until_ms - row->asked_ms) / 360000, ",");
    put_text(page, approvals_is_overdue(row, as_of_ms) ? "yes" : "no", ",,,,,,,\r\n");
}

static void
put_group(struct page *page, struct period period, const struct approval_group *group)
{
    put_period(page, period, group->person == NULL ? "total" : "person");
    put_text(page, group->person == NULL ? "" : group->person, ",");
    if (group->person != NULL) {
        put_integer(page, group->step, "");
    }
    page_markup(page, ",,,,,,,,,,,,,");
    put_moment(page, AMOUNT_NONE, ",");
    put_tenths(page, group->median_tenths, ",");
    put_integer(page, group->overdue, ",");
    put_integer(page, group->decided, ",");
    put_integer(page, group->delegated, ",");
    put_integer(page, group->passed, ",");
    put_integer(page, group->open, ",");
    put_integer(page, group->stood_in, ",");
    put_integer(page, group->escalated, ",");
    put_tenths(page, group->longest_tenths, "\r\n");
}

static void
put_attempt(struct page *page, struct period period, const struct report_attempt *attempt)
{
    put_period(page, period, "refused");
    put_text(page, attempt->person, ",,");
    put_text(page, attempt->partner, ",");
    put_text(page, attempt->order_number, ",");
    put_integer(page, attempt->version, ",,,,,");
    put_text(page, attempt->verdict, ",,");
    put_text(page, attempt->code, ",,,");
    put_moment(page, attempt->at_ms, ",,,,,,,,,\r\n");
}

enum outcome
approvals_csv_write(struct page *page, struct store *store, const struct config *config,
                    const struct report_request *request, struct fault *why)
{
    struct approval_figures figures;
    (void)config;
    TRY(approvals_load(store, request, page->arena, &figures, why));
    page_markup(page, "first_day,last_day,section,person,step,partner,order_number,version,"
                      "currency,amount,chosen,chain,verdict,by,reason,asked,due,decided,hours,"
                      "overdue,decided_count,delegated_count,passed_count,open_count,"
                      "stood_in_count,escalated_count,longest_hours\r\n");
    put_group(page, figures.period, &figures.all);
    for (size_t index = 0; index < figures.group_count; index++) {
        put_group(page, figures.period, &figures.groups[index]);
        TRY(page_flush(page, why));
    }
    for (size_t index = 0; index < figures.row_count; index++) {
        put_row(page, figures.period, &figures.rows[index], request->as_of_ms);
        TRY(page_flush(page, why));
    }
    for (size_t index = 0; index < figures.attempt_count; index++) {
        put_attempt(page, figures.period, &figures.attempts[index]);
        TRY(page_flush(page, why));
    }
    return page_flush(page, why);
}
