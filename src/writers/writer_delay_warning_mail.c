/* Delay warnings as a mail: what is told of each order, in plain words and as a page; the file
 * itself goes out beside it. */
#include "writers/documents.h"

#include "base/date.h"
#include "order/delay_words.h"
#include "order/document.h"
#include "writers/delay_telling.h"
#include "writers/mail_out.h"
#include "writers/page.h"

#include <inttypes.h>
#include <string.h>

enum {
    ORDERS_SHOWN_MAX = 100, /* the file has them all */
    BYTES_MAX = 16 * 1024 * 1024,
    TEXTS_BYTES_MAX = 4 * 1024 * 1024,
    FACTS_MAX = 8,
};

/* Base64 has no underscore: no part holds a boundary. */
#define ALTERNATIVE "=_alternative"

/* "Promised for: 2026-03-09" */
struct said {
    enum message name;
    const char *value;
};

/* What is gathered of the file, in both shapes at once. */
struct mail {
    const struct writing *writing;
    struct page page; /* the HTML */
    struct buf html;  /* below its heading */
    struct buf plain;
    struct arena texts;
    int64_t orders;
    int64_t late;      /* of them */
    const char *first; /* the subject, if there is no other */
};

static void
mail_close(struct mail *mail)
{
    buf_close(&mail->html);
    buf_close(&mail->plain);
    arena_close(&mail->texts);
}

static const char *
day_words(struct page *page, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(page->arena, day_format(text, day));
}

/* -- one order -------------------------------------------------------------------------------- */

static const char *
expected_words(struct page *page, const struct document_delay *delay)
{
    const char *from = day_words(page, delay->expected);
    return delay->expected == DAY_NONE || delay->expected_latest == DAY_NONE ||
                   delay->expected_latest == delay->expected
               ? from
               : page_words(page, M_MAIL_DELAY_FROM_TO, {"from", from},
                            {"to", day_words(page, delay->expected_latest)});
}

/* Those that have something to say. */
static size_t
gather_facts(struct page *page, const struct telling *telling, struct said facts[FACTS_MAX])
{
    const struct document_delay *delay = telling->delay;
    const bool has_moved = delay->promised_before != delay->promised;
    const bool has_grade = telling->is_ours && strcmp(delay->grade, delay->grade_before) != 0;
    const struct said all[] = {
        {M_MAIL_DELAY_GRADE_BEFORE,
         has_grade ? delay_grade_words(delay->grade_before, page->language) : ""},
        {M_MAIL_DELAY_PROMISED, day_words(page, delay->promised)},
        {M_MAIL_DELAY_PROMISED_BEFORE, has_moved ? day_words(page, delay->promised_before) : ""},
        {M_MAIL_DELAY_EXPECTED, expected_words(page, delay)},
        {M_MAIL_DELAY_CAUSE, telling->cause_text},
        {M_MAIL_DELAY_ADVICE, telling->advice},
        {M_MAIL_DELAY_PAGE, telling->page},
    };
    size_t count = 0;
    for (size_t index = 0; index < sizeof all / sizeof all[0]; index++) {
        if (*all[index].value != '\0') {
            facts[count++] = all[index];
        }
    }
    return count;
}

/* "bluebird/BB-4471" to our own people, who know many customers. */
static const char *
order_words(struct page *page, const struct telling *telling)
{
    const struct document_delay *delay = telling->delay;
    return telling->is_ours
               ? arena_format(page->arena, "%s/%s", delay->partner, delay->order_number)
               : arena_copy(page->arena, delay->order_number);
}

static void
put_order(struct mail *mail, const struct telling *telling)
{
    struct page *page = &mail->page;
    struct said facts[FACTS_MAX];
    const char *order = order_words(page, telling);
    const size_t count = gather_facts(page, telling, facts);
    buf_format(&mail->plain, "%s: %s\r\n", order, telling->text);
    page_element(page, "h2", "", order);
    page_element(page, "p", "", telling->text);
    page_markup(page, "<dl>\n");
    for (size_t index = 0; index < count; index++) {
        const char *name = message_text(facts[index].name, page->language);
        const char *value = facts[index].value;
        buf_format(&mail->plain, "  %s: %s\r\n", name, value);
        page_element(page, "dt", "", name);
        if (value == telling->page) {
            page_markup(page, "<dd><a href=\"");
            page_escaped(page, value);
            page_markup(page, "\">");
            page_escaped(page, value);
            page_markup(page, "</a></dd>\n");
        } else {
            page_element(page, "dd", "", value);
        }
    }
    page_markup(page, "</dl>\n");
    buf_text(&mail->plain, "\r\n");
}

/* What a mail about this order alone is called. */
static const char *
subject_of_one(struct mail *mail, const struct telling *telling)
{
    struct page *page = &mail->page;
    const struct document_delay *delay = telling->delay;
    const char *order = order_words(page, telling);
    const char *grade = delay_grade_words(delay->grade, page->language);
    return delay->expected == DAY_NONE
               ? page_words(page, M_MAIL_DELAY_ONE, {"order", order}, {"grade", grade})
               : page_words(page, M_MAIL_DELAY_ONE_EXPECTED, {"order", order}, {"grade", grade},
                            {"day", day_words(page, delay->expected)});
}

static enum outcome
gather(struct mail *mail, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    enum outcome outcome;
    TRY(document_scan_open(&heads, mail->writing->store, SQL_document_delays,
                           mail->writing->file_id, why));
    while ((outcome = document_scan_next(&heads, why)) == DONE) {
        struct document_delay delay;
        document_delay_get(&heads, &delay);
        mail->late += delay_is_late(delay.grade);
        if (++mail->orders > ORDERS_SHOWN_MAX) {
            continue;
        }
        const struct telling telling = telling_of(mail->writing, &delay, mail->page.arena);
        put_order(mail, &telling);
        if (mail->orders == 1) {
            mail->first = subject_of_one(mail, &telling);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

/* -- the mail --------------------------------------------------------------------------------- */

static const char *
file_name(struct mail *mail)
{
    const char *name = mail->writing->name;
    const struct partner *partner = mail->writing->partner;
    return arena_format(mail->page.arena, "%.*s.%s", (int)(strrchr(name, '.') - name), name,
                        file_format_names[partner->format]);
}

static void
put_left(struct mail *mail)
{
    if (mail->orders > ORDERS_SHOWN_MAX) {
        struct page *page = &mail->page;
        const char *left = page_words(page, M_MAIL_DELAY_LEFT,
                                      {"count", page_count(page, mail->orders - ORDERS_SHOWN_MAX)},
                                      {"file", file_name(mail)});
        buf_format(&mail->plain, "%s\r\n", left);
        page_element(page, "p", "", left);
    }
}

static void
put_head(struct writing *writing, const char *to, const char *subject)
{
    struct buf *buf = writing->buf;
    const struct config *config = writing->config;
    /* The other one: the company's was taken away after the file had got its name. */
    const char *from = mail_out_is_sent(config) ? config->email : "purser@localhost";
    mail_out_mailbox(buf, "From", config->company_name, from);
    mail_out_mailbox(buf, "To", writing->partner->name, to);
    mail_out_text(buf, "Subject", subject);
    mail_out_date(buf, writing->created_ms);
    buf_format(buf, "Message-ID: <%s.%s.%" PRId64 "@%s>\r\n", KIND_DELAY_WARNING,
               writing->partner->id, writing->sequence, strchr(from, '@') + 1);
    buf_text(buf, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                  "Content-Type: multipart/alternative; boundary=\"" ALTERNATIVE "\"\r\n\r\n");
}

/* The page around what was gathered. */
static void
wrap_page(struct mail *mail, const char *subject, struct buf *whole)
{
    struct page page = mail->page;
    page.buf = whole;
    page_begin(&page, subject);
    page_element(&page, "p", "over", mail->writing->config->company_name);
    page_element(&page, "h1", "", subject);
    page_markup(&page, "</header>\n<main>\n");
    buf_add(whole, mail->html.bytes, mail->html.size);
    page_markup(&page, "</main>\n</body>\n</html>\n");
}

static enum outcome
write_mail(struct writing *writing, struct fault *why)
{
    OWNED(mail) mail = {.writing = writing, .first = ""};
    OWNED(buf) whole;
    struct buf *buf = writing->buf;
    const char *to = "";
    buf_init(&whole, BYTES_MAX);
    buf_init(&mail.html, BYTES_MAX);
    buf_init(&mail.plain, BYTES_MAX);
    arena_init(&mail.texts, TEXTS_BYTES_MAX);
    mail.page = (struct page){&mail.html, NULL, &mail.texts, writing->partner->language};
    TRY(mail_out_address(writing->store, writing->partner, &mail.texts, &to, why));
    TRY(gather(&mail, why));
    put_left(&mail);
    const char *subject = mail.orders == 1
                              ? mail.first
                              : page_words(&mail.page, M_MAIL_DELAY_SEVERAL,
                                           {"orders", page_orders(&mail.page, mail.orders)},
                                           {"late", page_count(&mail.page, mail.late)});
    wrap_page(&mail, subject, &whole);
    put_head(writing, to, subject);
    buf_text(buf, "--" ALTERNATIVE "\r\n");
    mail_out_part(buf, "text/plain; charset=utf-8", "", mail.plain.bytes, mail.plain.size);
    buf_text(buf, "--" ALTERNATIVE "\r\n");
    mail_out_part(buf, "text/html; charset=utf-8", "", whole.bytes, whole.size);
    buf_text(buf, "--" ALTERNATIVE "--\r\n");
    return DONE;
}

const struct writer delay_warning_mail_writer = {KIND_DELAY_WARNING, "eml", ".eml", write_mail};
