/* The station, and what all reports are made by. */
#include "reports/report.h"

#include "base/date.h"
#include "reports/approvals.h"
#include "reports/customers.h"
#include "reports/delays_report.h"
#include "reports/efficiency.h"
#include "reports/finance.h"
#include "reports/partners.h"
#include "reports/pdf.h"
#include "reports/period.h"
#include "reports/plan.h"
#include "reports/receivables.h"
#include "reports/sales.h"
#include "store/store_outbox.h"
#include "store/store_report.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* A workbook is held with all its cells. */
enum { ARENA_BYTES_MAX = 64 * 1024 * 1024, BOOK_ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

static enum outcome
check_request(const struct report_request *request, struct fault *why)
{
    if (request->first_day > request->last_day) {
        return fail_as(why, FAULT_USAGE, "the first day of a report comes after its last day");
    }
    if (request->last_day - request->first_day >= REPORT_DAYS_MAX) {
        return fail_as(why, FAULT_USAGE, "a report covers at most %d days", REPORT_DAYS_MAX);
    }
    return DONE;
}

static const struct shape {
    const struct outline *outline;
    bool has_day_view;
    int weight; /* how long it takes against others: those that read all lines, then all orders */
} shapes[] = {
    {&sales_outline, true, 4},        {&customers_outline, false, 0},
    {&finance_outline, false, 2},     {&efficiency_outline, true, 3},
    {&approvals_outline, false, 0},   {&delays_outline, false, 0},
    {&receivables_outline, false, 1}, {&partners_outline, false, 1},
    {&score_card_outline, false, 0},
};

const char *const day_view_names[DAY_VIEW_COUNT] = {"booked", "ordered"};
static const struct shape *
shape_of(const char *report)
{
    for (size_t index = 0; index < sizeof shapes / sizeof shapes[0]; index++) {
        if (strcmp(shapes[index].outline->name, report) == 0) {
            return &shapes[index];
        }
    }
    return NULL;
}

int
report_weight(const char *report)
{
    return shape_of(report)->weight;
}

bool
report_is_known(const char *report)
{
    return shape_of(report) != NULL;
}

bool
report_is_own(const char *report)
{
    return strcmp(report, REPORT_SCORE_CARD) == 0;
}

bool
report_has_day_view(const char *report)
{
    const struct shape *shape = shape_of(report);
    return shape != NULL && shape->has_day_view;
}

static enum outcome
write_outline(const struct outline *outline, enum report_form form, struct page *page,
              struct store *store, const struct config *config,
              const struct report_request *request, struct fault *why)
{
    static const struct {
        enum outcome (*write)(struct page *page, const struct outline_view *view,
                              struct fault *why);
    } writers[REPORT_FORM_COUNT] = {[REPORT_HTML] = {outline_html},
                                    [REPORT_CSV] = {outline_csv},
                                    [REPORT_XLSX] = {outline_xlsx}};
    struct outline_view view;
    assert(writers[form].write != NULL && "a PDF is made of the page");
    TRY(outline_load(outline, store, config, request, page->arena, &view, why));
    return writers[form].write(page, &view, why);
}

/* The page, without a link to another file, as a PDF that nobody waits for but who asked. */
static enum outcome
write_pdf(const struct outline *outline, struct page *page, struct store *store,
          const struct config *config, const struct report_request *request, struct fault *why)
{
    OWNED(buf) html = {0};
    OWNED(pdf_result) result = {0};
    struct report_request plain = *request;
    struct page twin = {.buf = &html, .arena = page->arena, .language = page->language};
    buf_init(&html, REPORT_BYTES_MAX);
    plain.twin = "";
    TRY(write_outline(outline, REPORT_HTML, &twin, store, config, &plain, why));
    const struct pdf_page pdf = {&config->pdf, html.bytes, html.size, request->as_of_ms};
    TRY(pdf_convert_apart(&pdf, page->buf, &result, why));
    return result.end == PDF_MADE
               ? DONE
               : fail(why, "no PDF was made by %s: %s", config->pdf.converter, result.trouble);
}

enum outcome
report_write_form(const char *report, enum report_form form, const struct page *outlet,
                  struct store *store, const struct config *config,
                  const struct report_request *request, struct fault *why)
{
    OWNED(arena) arena = {0};
    const struct shape *shape = shape_of(report);
    assert(shape != NULL);
    assert(report_is_own(report) == (request->partner != NULL) && "a card is of one partner");
    TRY(check_request(request, why));
    arena_init(&arena, form == REPORT_XLSX ? BOOK_ARENA_BYTES_MAX : ARENA_BYTES_MAX);
    struct page page = *outlet;
    page.arena = &arena;
    page.language = request->language;
    return form == REPORT_PDF
               ? write_pdf(shape->outline, &page, store, config, request, why)
               : write_outline(shape->outline, form, &page, store, config, request, why);
}

enum outcome
report_make(const char *report, enum report_form form, struct store *store,
            const struct config *config, const struct report_request *request, struct buf *buf,
            struct fault *why)
{
    const struct page page = {.buf = buf};
    return report_write_form(report, form, &page, store, config, request, why);
}

/* -- station ---------------------------------------------------------------------------------- */

static enum outcome
make_one(struct run *run, const struct schedule *schedule, struct period period, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    const struct report_row row = {schedule->name, schedule->report, period.first_day,
                                   period.last_day, run->as_of_ms};
    int64_t id = 0;
    TRY(store_begin(run->store, &tx, why));
    const enum outcome outcome = report_add(run->store, &row, &id, why);
    if (outcome != DONE) {
        return outcome == NONE ? DONE : outcome;
    }
    for (size_t index = 0; index < schedule->recipient_count; index++) {
        const struct outbox_message message = {
            .partner = schedule->recipients[index], .kind = KIND_REPORT, .report_id = id};
        TRY(outbox_message_add(run->store, &message, why));
    }
    TRY(store_commit(&tx, why));
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    run_say(run, LOG_NOTE, M_RUN_REPORT, schedule->name, day_format(from, period.first_day),
            day_format(to, period.last_day), schedule->to);
    run->counts.reports_made++;
    return DONE;
}

enum outcome
report_work(struct run *run, struct fault *why)
{
    TRY(pdf_forget(run, why));
    OWNED(report_planner) planner = {
        .store = run->store, .config = run->config, .as_of_ms = run->as_of_ms};
    for (size_t index = 0; index < run->config->schedule_count; index++) {
        const struct schedule *schedule = &run->config->schedules[index];
        struct plan plan;
        TRY(plan_read(&planner, schedule, &plan, why));
        while (plan.count > 0 && !run_must_stop(run)) {
            TRY(make_one(run, schedule, plan.waiting[--plan.count], why));
        }
    }
    return DONE;
}
