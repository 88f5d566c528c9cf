/* The work list of an approver as a mail: the page, the same in plain words, and the form. */
#include "writers/documents.h"

#include "base/date.h"
#include "order/document.h"
#include "store/store_document.h"
#include "writers/approval_reason.h"
#include "writers/mail_out.h"
#include "writers/page.h"

#include <inttypes.h>
#include <string.h>

enum {
    ORDERS_SHOWN_MAX = 100, /* in plain words; the form has them all */
    BYTES_MAX = 128 * 1024 * 1024,
    TEXTS_BYTES_MAX = 4 * 1024 * 1024,
};

/* Base64 has no underscore: no part holds a boundary. */
#define MIXED       "=_mixed"
#define ALTERNATIVE "=_alternative"

/* Whatever another writer makes of the same file, under the name that it has there. */
static enum outcome
gather(const struct writing *writing, const struct writer *writer, const char *name,
       struct buf *buf, struct fault *why)
{
    struct writing other = *writing;
    other.draft = NULL;
    other.buf = buf;
    other.name = name;
    return writer->write(&other, why);
}

/* -- in plain words --------------------------------------------------------------------------- */

struct plain {
    struct page page;
    struct document_scan heads;
    struct document_scan reasons;
    struct arena texts;
    struct buf sentences;
    int64_t orders;
};

static void
plain_close(struct plain *plain)
{
    document_scan_close(&plain->heads);
    document_scan_close(&plain->reasons);
    arena_close(&plain->texts);
    buf_close(&plain->sentences);
}

/* "- nordlicht/N-2, EUR 3,751.42 (due 2026-03-02 13:00)", and why. */
static enum outcome
put_order(struct plain *plain, const struct partner *partner, struct fault *why)
{
    struct page *page = &plain->page;
    struct document_request request;
    arena_reset(page->arena);
    document_request_get(&plain->heads, &request);
    approval_hide_costs(partner, &request);
    TRY(approval_reason_gather(partner, &plain->reasons, plain->heads.position, &request,
                               &plain->sentences, why));
    buf_format(page->buf, "- %s/%s, %s", request.partner, request.order_number,
               page_money(page, request.gross_minor, request.currency));
    if (request.due_ms != AMOUNT_NONE) {
        char moment[TIME_TEXT_SIZE];
        moment_format(moment, request.due_ms);
        buf_format(page->buf, " (%s %.10s %.5s)", message_text(M_WORK_LIST_DUE, page->language),
                   moment, moment + 11);
    }
    buf_format(page->buf, "\r\n  %s\r\n", plain->sentences.bytes);
    return DONE;
}

static enum outcome
put_orders(struct plain *plain, const struct partner *partner, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = document_scan_next(&plain->heads, why)) == DONE) {
        if (++plain->orders <= ORDERS_SHOWN_MAX) {
            TRY(put_order(plain, partner, why));
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
gather_plain(const struct writing *writing, const char *form, struct buf *buf, int64_t *orders,
             struct fault *why)
{
    OWNED(plain) plain = {0};
    struct page *page = &plain.page;
    arena_init(&plain.texts, TEXTS_BYTES_MAX);
    buf_init(&plain.sentences, TEXTS_BYTES_MAX);
    *page = (struct page){buf, NULL, &plain.texts, writing->partner->language};
    TRY(document_scan_open(&plain.heads, writing->store, SQL_document_requests, writing->file_id,
                           why));
    TRY(document_scan_open(&plain.reasons, writing->store, SQL_document_request_reasons,
                           writing->file_id, why));
    TRY(put_orders(&plain, writing->partner, why));
    if (plain.orders > ORDERS_SHOWN_MAX) {
        buf_format(buf, "%s\r\n",
                   page_words(page, M_WORK_LIST_LEFT,
                              {"count", page_count(page, plain.orders - ORDERS_SHOWN_MAX)}));
    }
    buf_format(buf, "\r\n%s\r\n", page_words(page, M_WORK_LIST_HOW_FORM, {"form", form}));
    *orders = plain.orders;
    return DONE;
}

/* -- the mail --------------------------------------------------------------------------------- */

static const char *
domain_of(const char *address)
{
    return strchr(address, '@') + 1;
}

static void
put_head(struct writing *writing, const char *to, int64_t orders, struct arena *arena)
{
    struct buf *buf = writing->buf;
    const struct config *config = writing->config;
    /* The other one: the company's was taken away after the file had got its name. */
    const char *from = mail_out_is_sent(config) ? config->email : "purser@localhost";
    struct page page = {buf, NULL, arena, writing->partner->language};
    mail_out_mailbox(buf, "From", config->company_name, from);
    mail_out_mailbox(buf, "To", writing->partner->name, to);
    mail_out_text(buf, "Subject",
                  page_words(&page, M_WORK_LIST_TITLE, {"orders", page_orders(&page, orders)}));
    mail_out_date(buf, writing->created_ms);
    buf_format(buf, "Message-ID: <%s.%s.%" PRId64 "@%s>\r\n", KIND_APPROVAL_REQUEST,
               writing->partner->id, writing->sequence, domain_of(from));
    buf_text(buf, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                  "Content-Type: multipart/mixed; boundary=\"" MIXED "\"\r\n\r\n--" MIXED "\r\n"
                  "Content-Type: multipart/alternative; boundary=\"" ALTERNATIVE "\"\r\n\r\n");
}

static enum outcome
write_mail(struct writing *writing, struct fault *why)
{
    OWNED(arena) arena;
    OWNED(buf) part;
    struct buf *buf = writing->buf;
    const char *to = "";
    int64_t orders = 0;
    arena_init(&arena, TEXTS_BYTES_MAX);
    buf_init(&part, BYTES_MAX);
    const char *form = arena_format(
        &arena, "%.*s.csv", (int)(strrchr(writing->name, '.') - writing->name), writing->name);
    TRY(mail_out_address(writing->store, writing->partner, &arena, &to, why));
    TRY(gather_plain(writing, form, &part, &orders, why));
    put_head(writing, to, orders, &arena);
    buf_text(buf, "--" ALTERNATIVE "\r\n");
    mail_out_part(buf, "text/plain; charset=utf-8", "", part.bytes, part.size);
    buf_clear(&part);
    TRY(gather(writing, &approval_request_html_writer, writing->name, &part, why));
    buf_text(buf, "--" ALTERNATIVE "\r\n");
    mail_out_part(buf, "text/html; charset=utf-8", "", part.bytes, part.size);
    buf_clear(&part);
    TRY(gather(writing, &approval_request_csv_writer, form, &part, why));
    buf_text(buf, "--" ALTERNATIVE "--\r\n--" MIXED "\r\n");
    mail_out_part(buf, "text/csv; charset=utf-8",
                  arena_format(&arena, "attachment;\r\n filename=\"%s\"", form), part.bytes,
                  part.size);
    buf_text(buf, "--" MIXED "--\r\n");
    return DONE;
}

const struct writer approval_request_mail_writer = {KIND_APPROVAL_REQUEST, "eml", ".eml",
                                                    write_mail};
