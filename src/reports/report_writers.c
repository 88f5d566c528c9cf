/* The files of a report, by its form. */
#include "reports/report_sending.h"

#include "reports/pdf.h"
#include "store/store_schedule.h"
#include "writers/page.h"

#include <assert.h>

enum { TEXTS_BYTES_MAX = 64 * 1024 };

enum outcome
report_sending_read(const struct writing *writing, struct arena *arena,
                    struct report_sending *sending, struct fault *why)
{
    struct report_row row = {0};
    const enum outcome found = report_of_file(writing->store, writing->file_id, arena, &row, why);
    assert(found != NONE && "a report file has a message, and that a report");
    TRY(found);
    assert(report_is_known(row.report) && "the configuration takes no other report");
    sending->report = row.report;
    sending->request =
        (struct report_request){.first_day = row.first_day,
                                .last_day = row.last_day,
                                .as_of_ms = row.made_ms,
                                .language = writing->partner->language,
                                .day_view = DAY_BOOKED,
                                .twin = "",
                                .partner = report_is_own(row.report) ? writing->partner->id : NULL};
    return DONE;
}

enum outcome
report_sending_pdf(const struct writing *writing, const struct report_sending *sending,
                   struct buf *pdf, struct fault *why)
{
    OWNED(buf) html;
    buf_init(&html, REPORT_BYTES_MAX);
    TRY(report_make(sending->report, REPORT_HTML, writing->store, writing->config,
                    &sending->request, &html, why));
    const struct pdf_page page = {&writing->config->pdf, html.bytes, html.size,
                                  sending->request.as_of_ms};
    return pdf_of_run(writing->run, &page, pdf, why);
}

static enum outcome
write_form(enum report_form form, struct writing *writing, struct fault *why)
{
    OWNED(arena) arena;
    struct report_sending sending;
    const struct page page = {.buf = writing->buf, .draft = writing->draft};
    arena_init(&arena, TEXTS_BYTES_MAX);
    TRY(report_sending_read(writing, &arena, &sending, why));
    TRY(schedule_twin(writing->store, writing->file_id, &arena, &sending.request.twin, why));
    return report_write_form(sending.report, form, &page, writing->store, writing->config,
                             &sending.request, why);
}

static enum outcome
write_html(struct writing *writing, struct fault *why)
{
    return write_form(REPORT_HTML, writing, why);
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    return write_form(REPORT_CSV, writing, why);
}

static enum outcome
write_xlsx(struct writing *writing, struct fault *why)
{
    return write_form(REPORT_XLSX, writing, why);
}

/* NONE: there is no PDF, and the report goes out without. */
static enum outcome
write_pdf(struct writing *writing, struct fault *why)
{
    OWNED(arena) arena;
    struct report_sending sending;
    arena_init(&arena, TEXTS_BYTES_MAX);
    TRY(report_sending_read(writing, &arena, &sending, why));
    return report_sending_pdf(writing, &sending, writing->buf, why);
}

enum outcome
report_weigh(const struct writing *writing, int *weight, struct fault *why)
{
    OWNED(arena) arena;
    struct report_sending sending;
    arena_init(&arena, TEXTS_BYTES_MAX);
    TRY(report_sending_read(writing, &arena, &sending, why));
    *weight = report_weight(sending.report);
    return DONE;
}

const struct writer report_html_writer = {KIND_REPORT, "html", ".html", write_html};
const struct writer report_csv_writer = {KIND_REPORT, "csv", ".csv", write_csv};
const struct writer report_xlsx_writer = {KIND_REPORT, "xlsx", ".xlsx", write_xlsx};
const struct writer report_pdf_writer = {KIND_REPORT, "pdf", ".pdf", write_pdf};
