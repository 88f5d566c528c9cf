/* The station, and the two writers over the reports there are. */
#include "reports/report.h"

#include "base/date.h"
#include "reports/approvals.h"
#include "reports/delays_report.h"
#include "reports/period.h"
#include "reports/receivables.h"
#include "reports/sales_facts.h"
#include "store/store_outbox.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { ARENA_BYTES_MAX = 64 * 1024 * 1024 };

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

static enum outcome
make(report_write *write, const struct page *outlet, struct store *store,
     const struct config *config, const struct report_request *request, struct fault *why)
{
    OWNED(arena) arena = {0};
    TRY(check_request(request, why));
    arena_init(&arena, ARENA_BYTES_MAX);
    struct page page = *outlet;
    page.arena = &arena;
    page.language = request->language;
    return write(&page, store, config, request, why);
}

struct shape {
    const char *report;
    report_write *html;
    report_write *csv;
};
static const struct shape shapes[] = {
    {"sales", sales_html_write, sales_csv_write},
    {"approvals", approvals_html_write, approvals_csv_write},
    {"delays", delays_html_write, delays_csv_write},
    {"receivables", receivables_html_write, receivables_csv_write},
};

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

bool
report_is_known(const char *report)
{
    return shape_of(report) != NULL;
}

enum outcome
report_make(const char *report, bool is_html, struct store *store, const struct config *config,
            const struct report_request *request, struct buf *buf, struct fault *why)
{
    const struct shape *shape = shape_of(report);
    struct page page = {.buf = buf};
    assert(shape != NULL);
    return make(is_html ? shape->html : shape->csv, &page, store, config, request, why);
}

/* The name of the file beside this one: report-ledger-000001.csv for .html. */
static const char *
twin_name(const char *name, struct arena *arena)
{
    const char *dot = strrchr(name, '.');
    assert(dot != NULL);
    return arena_format(arena, "%.*s.csv", (int)(dot - name), name);
}

static enum outcome
write_report(bool is_html, struct writing *writing, struct fault *why)
{
    OWNED(arena) arena;
    struct report_row row = {0};
    struct page page = {.buf = writing->buf, .draft = writing->draft};
    arena_init(&arena, 64 * 1024);
    const enum outcome found = report_of_file(writing->store, writing->file_id, &arena, &row, why);
    assert(found != NONE && "a report file has a message, and that a report");
    TRY(found);
    const struct report_request request = {row.first_day, row.last_day, row.made_ms,
                                           writing->partner->language,
                                           twin_name(writing->name, &arena)};
    const struct shape *shape = shape_of(row.report);
    assert(shape != NULL && "the configuration takes no other report");
    return make(is_html ? shape->html : shape->csv, &page, writing->store, writing->config,
                &request, why);
}

static enum outcome
write_html(struct writing *writing, struct fault *why)
{
    return write_report(true, writing, why);
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    return write_report(false, writing, why);
}

const struct writer report_html_writer = {KIND_REPORT, "html", ".html", write_html};
const struct writer report_csv_writer = {KIND_REPORT, "csv", ".csv", write_csv};

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
    const struct outbox_message message = {
        .partner = schedule->partner, .kind = KIND_REPORT, .report_id = id};
    TRY(outbox_message_add(run->store, &message, why));
    TRY(store_commit(&tx, why));
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    run_say(run, LOG_NOTE, M_RUN_REPORT, schedule->name, day_format(from, period.first_day),
            day_format(to, period.last_day), schedule->partner);
    run->counts.reports_made++;
    return DONE;
}

/* The periods that wait, the newest first: back to the last reported one, or only the newest when
 * there is none yet; none that ended before the first file came. */
static enum outcome
find_waiting(struct run *run, const struct schedule *schedule,
             struct period waiting[REPORT_PERIODS_MAX], size_t *count, struct fault *why)
{
    int32_t first_day, reported_day;
    *count = 0;
    TRY(report_first_day(run->store, &first_day, why));
    TRY(report_last_day(run->store, schedule->name, &reported_day, why));
    if (first_day == DAY_NONE) {
        return DONE;
    }
    struct period period = period_complete(schedule->period, moment_day(run->as_of_ms));
    const size_t count_max = reported_day == DAY_NONE ? 1 : REPORT_PERIODS_MAX;
    while (*count < count_max && period.last_day >= first_day && period.first_day > reported_day) {
        waiting[(*count)++] = period;
        period = period_before(schedule->period, period);
    }
    return DONE;
}

enum outcome
report_work(struct run *run, struct fault *why)
{
    for (size_t index = 0; index < run->config->schedule_count; index++) {
        const struct schedule *schedule = &run->config->schedules[index];
        struct period waiting[REPORT_PERIODS_MAX];
        size_t count = 0;
        TRY(find_waiting(run, schedule, waiting, &count, why));
        while (count > 0 && !run_must_stop(run)) {
            TRY(make_one(run, schedule, waiting[--count], why));
        }
    }
    return DONE;
}
