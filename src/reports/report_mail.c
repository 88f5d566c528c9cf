/* A report as a mail: its page to read, what that says first in plain words, and its other forms as
 * attachments, the same bytes as its files. */
#include "reports/report_sending.h"

#include "base/date.h"
#include "reports/report_plain.h"
#include "store/store_schedule.h"
#include "writers/mail_out.h"
#include "writers/page.h"

#include <inttypes.h>
#include <string.h>

enum {
    TEXTS_BYTES_MAX = 4 * 1024 * 1024,
    NAME_BYTES_MAX = 120, /* of a schedule, in the name of an attachment */
};

/* Base64 has no underscore: no part holds a boundary. */
#define MIXED       "=_mixed"
#define ALTERNATIVE "=_alternative"

static const char *const types[REPORT_FORM_COUNT] = {
    "text/html; charset=utf-8", "text/csv; charset=utf-8",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/pdf"};

struct report_mail {
    struct writing *writing;
    struct report_sending sending;
    const char *schedule;
    unsigned int forms;
    struct arena arena;
    struct buf part; /* what is put in next */
    struct buf html;
};

static void
report_mail_close(struct report_mail *mail)
{
    arena_close(&mail->arena);
    buf_close(&mail->part);
    buf_close(&mail->html);
}

static enum outcome
flush(struct writing *writing, struct fault *why)
{
    struct page page = {.buf = writing->buf, .draft = writing->draft};
    return page_flush(&page, why);
}

static enum outcome
gather(struct report_mail *mail, enum report_form form, struct buf *buf, struct fault *why)
{
    return report_make(mail->sending.report, form, mail->writing->store, mail->writing->config,
                       &mail->sending.request, buf, why);
}

/* One partner's reports have one number each; its id may be an address, of which a number has but
 * one. */
static const char *
message_id(struct report_mail *mail, const char *from)
{
    char *id = arena_copy(&mail->arena, mail->writing->partner->id);
    char *at = strchr(id, '@');
    if (at != NULL) {
        *at = '=';
    }
    return arena_format(&mail->arena, "%s.%s.%" PRId64 "@%s", KIND_REPORT, id,
                        mail->writing->sequence, strchr(from, '@') + 1);
}

static enum outcome
put_head(struct report_mail *mail, struct fault *why)
{
    struct writing *writing = mail->writing;
    struct buf *buf = writing->buf;
    const struct config *config = writing->config;
    const char *to = "";
    /* The other one: the company's was taken away after the file had got its name. */
    const char *from = mail_out_is_sent(config) ? config->email : "purser@localhost";
    TRY(mail_out_address(writing->store, writing->partner, &mail->arena, &to, why));
    mail_out_mailbox(buf, "From", config->company_name, from);
    mail_out_mailbox(buf, "To", writing->partner->name, to);
    mail_out_text(buf, "Subject", report_plain_title(&mail->arena, mail->html.bytes));
    mail_out_date(buf, writing->created_ms);
    buf_format(buf, "Message-ID: <%s>\r\n", message_id(mail, from));
    buf_text(buf, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                  "Content-Type: multipart/mixed; boundary=\"" MIXED "\"\r\n\r\n--" MIXED "\r\n");
    return DONE;
}

static void
put_body(struct report_mail *mail)
{
    struct buf *buf = mail->writing->buf;
    const bool has_page = (mail->forms >> REPORT_HTML & 1) != 0;
    buf_clear(&mail->part);
    report_plain(&mail->part, mail->html.bytes);
    if (has_page) {
        buf_text(buf, "Content-Type: multipart/alternative; boundary=\"" ALTERNATIVE "\"\r\n\r\n"
                      "--" ALTERNATIVE "\r\n");
    }
    mail_out_part(buf, "text/plain; charset=utf-8", "", mail->part.bytes, mail->part.size);
    if (has_page) {
        buf_text(buf, "--" ALTERNATIVE "\r\n");
        mail_out_part(buf, types[REPORT_HTML], "", mail->html.bytes, mail->html.size);
        buf_text(buf, "--" ALTERNATIVE "--\r\n");
    }
}

/* "daily-sales-2026-03-02.xlsx", "月报-2026-03-01-2026-03-31.pdf" */
static const char *
attachment_name(struct report_mail *mail, enum report_form form)
{
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    const struct report_request *request = &mail->sending.request;
    size_t size = strnlen(mail->schedule, NAME_BYTES_MAX);
    while (size > 0 && ((unsigned char)mail->schedule[size] & 0xC0) == 0x80) {
        size--;
    }
    day_format(from, request->first_day);
    day_format(to, request->last_day);
    const bool is_day = request->first_day == request->last_day;
    return arena_format(&mail->arena, "%.*s-%s%s%s.%s", (int)size, mail->schedule, from,
                        is_day ? "" : "-", is_day ? "" : to, report_form_names[form]);
}

static enum outcome
attach(struct report_mail *mail, enum report_form form, struct fault *why)
{
    struct writing *writing = mail->writing;
    buf_clear(&mail->part);
    const enum outcome outcome = form == REPORT_PDF
                                     ? report_sending_pdf(writing, &mail->sending, &mail->part, why)
                                     : gather(mail, form, &mail->part, why);
    if (outcome == NONE) {
        return DONE; /* there is no PDF, and a warning */
    }
    TRY(outcome);
    buf_text(writing->buf, "--" MIXED "\r\n");
    mail_out_attachment(writing->buf, types[form], attachment_name(mail, form), mail->part.bytes,
                        mail->part.size);
    return flush(writing, why);
}

static enum outcome
write_mail(struct writing *writing, struct fault *why)
{
    OWNED(report_mail) mail = {.writing = writing};
    arena_init(&mail.arena, TEXTS_BYTES_MAX);
    buf_init(&mail.part, REPORT_BYTES_MAX);
    buf_init(&mail.html, REPORT_BYTES_MAX);
    TRY(report_sending_read(writing, &mail.arena, &mail.sending, why));
    TRY(schedule_of_file(writing->store, writing->file_id, &mail.arena, &mail.schedule, why));
    mail.forms = schedule_forms(writing->config, mail.schedule);
    TRY(gather(&mail, REPORT_HTML, &mail.html, why));
    TRY(put_head(&mail, why));
    put_body(&mail);
    TRY(flush(writing, why));
    for (int form = REPORT_CSV; form < REPORT_FORM_COUNT; form++) {
        if ((mail.forms >> (unsigned int)form & 1) != 0) {
            TRY(attach(&mail, (enum report_form)form, why));
        }
    }
    buf_text(writing->buf, "--" MIXED "--\r\n");
    return DONE;
}

const struct writer report_mail_writer = {KIND_REPORT, "eml", ".eml", write_mail};
