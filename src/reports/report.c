/* The station, and what all reports are made by. */
#include "reports/report.h"

#include "base/date.h"
#include "reports/approvals.h"
#include "reports/csv_sheets.h"
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

/* A workbook is filled from the CSV, which is held with all its cells. */
enum { ARENA_BYTES_MAX = 64 * 1024 * 1024, BOOK_ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

typedef enum outcome
report_write(struct page *page, struct store *store, const struct config *config,
             const struct report_request *request, struct fault *why);

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

/* How a report is written.  One that is an outline is written as all of them are; of others the
 * CSV becomes a workbook. */
struct shape {
    const char *report;
    const struct outline *outline;
    report_write *html;
    report_write *csv;
    enum message masthead;
    const struct report_words *words;
    bool has_day_view;
    int weight; /* how long it takes against others: those that read all lines, then all orders */
};
static const struct shape shapes[] = {
    {.report = "sales", .outline = &sales_outline, .has_day_view = true, .weight = 4},
    {.report = "customers", .outline = &customers_outline},
    {.report = "finance", .outline = &finance_outline, .weight = 2},
    {.report = "efficiency", .outline = &efficiency_outline, .has_day_view = true, .weight = 3},
    {.report = "approvals", .outline = &approvals_outline},
    {.report = "delays", .outline = &delays_outline},
    {"receivables", NULL, receivables_html_write, receivables_csv_write,
     M_REPORT_RECEIVABLES_MASTHEAD, &receivables_words, false, 0},
    {.report = "partners", .outline = &partners_outline, .weight = 1},
    {.report = REPORT_SCORE_CARD, .outline = &score_card_outline},
};

const char *const day_view_names[DAY_VIEW_COUNT] = {"booked", "ordered"};
static const struct shape *
shape_of(const char *report)
{
    for (size_t index = 0; index < sizeof shapes / sizeof shapes[0]; index++) {
        if (strcmp(shapes[index].report, report) == 0) {
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

/* The CSV once more, for people who calculate. */
static enum outcome
write_sheets(const struct shape *shape, struct page *page, struct store *store,
             const struct config *config, const struct report_request *request, struct fault *why)
{
    OWNED(book) book = {0};
    OWNED(buf) csv;
    buf_init(&csv, BOOK_ARENA_BYTES_MAX / 4);
    struct page twin = {.buf = &csv, .arena = page->arena, .language = page->language};
    const struct period period = {request->first_day, request->last_day};
    const char *about = page_words(page, shape->masthead, {"company", config->company_name},
                                   {"period", frame_period(page, period)});
    const struct csv_sheets sheets = {arena_format(page->arena, "report-%s", shape->report), about,
                                      config, shape->words};
    TRY(shape->csv(&twin, store, config, request, why));
    TRY(book_begin(&book,
                   &(struct book_about){
                       about, config->company_name, message_text(M_REPORT_SUM, page->language),
                       message_text(M_REPORT_BOOK_OTHERS, page->language), request->as_of_ms},
                   page->arena, why));
    csv_sheets_fill(&book, page, &sheets, csv.bytes, csv.size);
    TRY(book_end(&book, page, why));
    return page_flush(page, why);
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
write_pdf(const struct shape *shape, struct page *page, struct store *store,
          const struct config *config, const struct report_request *request, struct fault *why)
{
    OWNED(buf) html = {0};
    OWNED(pdf_result) result = {0};
    struct report_request plain = *request;
    struct page twin = {.buf = &html, .arena = page->arena, .language = page->language};
    buf_init(&html, REPORT_BYTES_MAX);
    plain.twin = "";
    TRY(shape->outline != NULL
            ? write_outline(shape->outline, REPORT_HTML, &twin, store, config, &plain, why)
            : shape->html(&twin, store, config, &plain, why));
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
    if (shape->outline != NULL && form != REPORT_PDF) {
        return write_outline(shape->outline, form, &page, store, config, request, why);
    }
    switch (form) {
    case REPORT_HTML: return shape->html(&page, store, config, request, why);
    case REPORT_CSV: return shape->csv(&page, store, config, request, why);
    case REPORT_PDF: return write_pdf(shape, &page, store, config, request, why);
    default: return write_sheets(shape, &page, store, config, request, why);
    }
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
