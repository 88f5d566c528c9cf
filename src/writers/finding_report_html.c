/* The findings of checked files as one page: the verdict first, then each cause once with its
 * places, then every finding, then how to send it again.  No script, nothing from elsewhere; for
 * screen, dark or light, and paper. */
#include "writers/finding_report.h"

#include "base/decimal.h"
#include "base/text.h"
#include "writers/verdict.h"
#include "writers/writing.h"

#include <inttypes.h>
#include <string.h>

enum {
    TEXTS_BYTES_MAX = 64 * 1024 * 1024,
    PLACES_SHOWN_MAX = 8, /* of one cause */
};

static const char style[] =
    "<style>\n"
    ":root{color-scheme:light "
    "dark;--paper:#fbfaf7;--card:#fff;--ink:#1d2321;--soft:#5d6864;--line:#e3e0d8;"
    "--good:#1f7a4d;--good-soft:#e5f3ea;--warn:#8f5b00;--warn-soft:#fbf0d9;--bad:#a92b22;--bad-"
    "soft:#fbe7e4;"
    "--note:#2b5d8a;--note-soft:#e6eff7;--mark:#ffd9a8}\n"
    "@media(prefers-color-scheme:dark){:root{--paper:#151917;--card:#1d2320;--ink:#e7ebe8;--soft:#"
    "9aa6a0;"
    "--line:#323a36;--good:#6fcf9c;--good-soft:#1a2f24;--warn:#e6b45c;--warn-soft:#322813;--bad:#"
    "f28b82;"
    "--bad-soft:#3a1f1c;--note:#8ab8e6;--note-soft:#1c2a38;--mark:#6b4a1a}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 "
    "system-ui,-apple-system,\"Segoe UI\","
    "Roboto,\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif}\n"
    "main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 4rem}\n"
    "h1{font-size:1rem;font-weight:600;color:var(--soft);margin:0 0 1rem;letter-spacing:.02em}\n"
    "h2{font-size:1.15rem;margin:2.5rem 0 .75rem}h3{font-size:1rem;margin:0 0 "
    ".35rem;font-weight:600}\n"
    "code,pre,.mono{font-family:ui-monospace,\"Cascadia "
    "Mono\",Menlo,Consolas,monospace;font-size:.875em}\n"
    ".verdict{border-radius:12px;padding:1.25rem 1.5rem;border:1px solid;margin:0 0 1.5rem}\n"
    ".verdict p{margin:.2rem 0 0;font-size:1.3rem;font-weight:600;line-height:1.35}\n"
    ".verdict .file{font-size:.95rem;font-weight:500;color:var(--ink);overflow-wrap:anywhere}\n"
    ".taken{background:var(--good-soft);color:var(--good);border-color:var(--good)}\n"
    ".partly{background:var(--warn-soft);color:var(--warn);border-color:var(--warn)}\n"
    ".refused{background:var(--bad-soft);color:var(--bad);border-color:var(--bad)}\n"
    ".chips{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.8rem}\n"
    ".chip{border-radius:99px;padding:.05rem "
    ".7rem;font-size:.85rem;font-weight:600;background:var(--card);"
    "border:1px solid var(--line);color:var(--soft);white-space:nowrap}\n"
    ".fatal,.error{color:var(--bad)}.warning{color:var(--warn)}.info{color:var(--note)}\n"
    ".cause{background:var(--card);border:1px solid var(--line);border-left:4px "
    "solid;border-radius:8px;"
    "padding:1rem 1.25rem;margin:0 0 1rem;break-inside:avoid}\n"
    ".cause.fatal,.cause.error{border-left-color:var(--bad)}.cause.warning{border-left-color:var(--"
    "warn)}\n"
    ".cause.info{border-left-color:var(--note)}.cause,.cause h3{color:var(--ink)}\n"
    ".cause .head{display:flex;gap:.75rem;align-items:baseline;justify-content:space-between}\n"
    ".tag{font-size:.78rem;color:var(--soft);white-space:nowrap}\n"
    ".cause ul{margin:.5rem 0 .25rem;padding:0;list-style:none}\n"
    ".cause li{padding:.3rem 0;border-top:1px solid "
    "var(--line);font-size:.92rem;overflow-wrap:anywhere}\n"
    ".cause li span{color:var(--soft)}\n"
    "pre{margin:.3rem 0 .2rem;padding:.45rem "
    ".7rem;background:var(--paper);border-radius:6px;overflow-x:auto;"
    "white-space:pre-wrap;overflow-wrap:anywhere}\n"
    "mark{background:var(--mark);color:inherit;border-radius:3px;padding:.05em .1em}\n"
    ".todo{margin:.6rem 0 0;padding:.5rem "
    ".8rem;background:var(--note-soft);border-radius:6px;font-size:.95rem}\n"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.86rem;background:"
    "var(--card)}\n"
    "th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid "
    "var(--line)}\n"
    "th{color:var(--soft);font-weight:600;white-space:nowrap}td.number{text-align:right;"
    "font-variant-numeric:tabular-nums}\n"
    "td{overflow-wrap:anywhere;min-width:3.5rem}td.rule{min-width:14rem}\n"
    "th:first-letter{text-transform:uppercase}\n"
    "ol{padding-left:1.25rem}ol li{margin:.35rem "
    "0}footer{margin-top:3rem;color:var(--soft);font-size:.8rem;"
    "overflow-wrap:anywhere}\n"
    ".next{margin-top:4rem;border-top:2px solid var(--line);padding-top:2rem}\n"
    "@media "
    "print{body{background:#fff;font-size:11pt}main{padding:0;max-width:none}.wide{overflow:"
    "visible}"
    "thead{display:table-header-group}tr{break-inside:avoid}}\n"
    "</style>\n";

static const enum message severity_words[SEVERITY_COUNT] = {M_SEVERITY_INFO, M_SEVERITY_WARNING,
                                                            M_SEVERITY_ERROR, M_SEVERITY_FATAL};

/* What is drawn at the moment. */
struct page {
    struct buf *buf;
    struct arena arena;
    enum language language;
    const struct finding_report *report;
};

static const char *
say(const struct page *page, enum message message)
{
    return message_text(message, page->language);
}

static void
put_escaped(struct page *page, const char *before, const char *text, const char *after)
{
    buf_text(page->buf, before);
    text_escape_xml(page->buf, text);
    buf_text(page->buf, after);
}

static void
put_counted(struct page *page, enum message message, size_t count)
{
    char text[DECIMAL_TEXT_SIZE];
    const struct filling filling = {"{count}", decimal_format(text, (int64_t)count, 0, 0)};
    writing_fill(page->buf, say(page, message), &filling, 1);
}

/* -- the verdict ------------------------------------------------------------------------------ */

static void
put_verdict(struct page *page)
{
    const struct finding_report *report = page->report;
    const struct verdict verdict = {
        .state = finding_report_verdict(report),
        .is_check = true,
        .document = document_kind_names[report->document],
        .documents = report->documents,
        .documents_taken = report->documents_good,
        .duplicate_name = "",
        .duplicate_received = "",
    };
    buf_format(page->buf, "<section class=\"verdict %s\">", verdict.state);
    put_escaped(page, "<div class=\"file\">", report->name, "</div>\n<p>");
    verdict_sentence(page->buf, &verdict, page->language);
    buf_text(page->buf, "</p>\n<div class=\"chips\">");
    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--) {
        if (report->findings->counts[severity] > 0) {
            buf_format(page->buf, "<span class=\"chip %s\">%s: %zu</span>",
                       severity_names[severity], say(page, severity_words[severity]),
                       report->findings->counts[severity]);
        }
    }
    buf_format(page->buf, "<span class=\"chip\">%s%s%s</span></div></section>\n",
               document_kind_names[report->document],
               document_kind_names[report->document][0] == '\0' ? "" : " · ",
               report->format[0] == '\0' ? "?" : report->format);
}

/* -- causes ----------------------------------------------------------------------------------- */

/* "order N-3, line 2, line 31 of the file" */
static void
put_place(struct page *page, const struct finding *finding)
{
    char line[DECIMAL_TEXT_SIZE];
    char column[DECIMAL_TEXT_SIZE];
    const struct filling fillings[] = {
        {"{line}", decimal_format(line, finding->place.line, 0, 0)},
        {"{column}", decimal_format(column, finding->place.column, 0, 0)},
    };
    const struct {
        enum message word;
        const char *value;
    } parts[] = {{M_REPORT_ORDER, finding->order_number},
                 {M_REPORT_LINE, finding->order_line},
                 {M_REPORT_FIELD, finding->field}};
    const char *between = "";
    for (size_t index = 0; index < sizeof parts / sizeof parts[0]; index++) {
        if (parts[index].value[0] != '\0') {
            buf_format(page->buf, "%s<span>%s</span> ", between, say(page, parts[index].word));
            text_escape_xml(page->buf, parts[index].value);
            between = ", ";
        }
    }
    if (finding->place.line > 0) {
        buf_format(page->buf, "%s<span>", between);
        writing_fill(
            page->buf,
            say(page, finding->place.column > 0 ? M_REPORT_FILE_PLACE : M_REPORT_FILE_LINE),
            fillings, 2);
        buf_text(page->buf, "</span>");
    }
}

static void
put_excerpt(struct page *page, const struct excerpt *excerpt)
{
    const char *text = excerpt->text;
    if (text[0] == '\0') {
        return;
    }
    const char *before = arena_copy_bytes(&page->arena, text, excerpt->mark_begin);
    const char *mark = arena_copy_bytes(&page->arena, text + excerpt->mark_begin,
                                        excerpt->mark_end - excerpt->mark_begin);
    put_escaped(page, "<pre>", before, "");
    if (mark[0] != '\0') {
        put_escaped(page, "<mark>", mark, "</mark>");
    }
    put_escaped(page, "", text + excerpt->mark_end, "</pre>");
}

static bool
is_first_of_its_code(const struct findings *findings, size_t index)
{
    for (size_t earlier = 0; earlier < index; earlier++) {
        if (findings->items[earlier].code == findings->items[index].code) {
            return false;
        }
    }
    return true;
}

static size_t
count_of(const struct findings *findings, enum message code)
{
    size_t count = 0;
    for (size_t index = 0; index < findings->count; index++) {
        count += findings->items[index].code == code;
    }
    return count;
}

static void
put_places(struct page *page, enum message code)
{
    const struct findings *findings = page->report->findings;
    size_t count = 0;
    buf_text(page->buf, "<ul>\n");
    for (size_t index = 0; index < findings->count; index++) {
        const struct finding *finding = &findings->items[index];
        if (finding->code != code || count++ >= PLACES_SHOWN_MAX) {
            continue;
        }
        buf_text(page->buf, "<li>");
        put_place(page, finding);
        if (finding->value[0] != '\0') {
            put_escaped(page, ": <code>", finding->value, "</code>");
        }
        if (finding->hint[0] != '\0') {
            put_escaped(page, " → <code>", finding->hint, "</code>");
        }
        if (page->report->excerpts != NULL) {
            put_excerpt(page, &page->report->excerpts[index]);
        }
        buf_text(page->buf, "</li>\n");
    }
    if (count > PLACES_SHOWN_MAX) {
        buf_text(page->buf, "<li><span>");
        put_counted(page, M_REPORT_MORE_PLACES, count - PLACES_SHOWN_MAX);
        buf_text(page->buf, "</span></li>\n");
    }
    buf_text(page->buf, "</ul>\n");
}

static void
put_what_to_do(struct page *page, const struct finding *finding)
{
    static const struct {
        const char *action;
        enum message text;
    } actions[] = {{"fix-and-resend", M_ACTION_FIX_AND_RESEND},
                   {"contact-us", M_ACTION_CONTACT_US},
                   {"wait", M_ACTION_WAIT},
                   {"none", M_ACTION_NONE}};
    const char *action = finding_text(finding, FINDING_ACTION, page->language, &page->arena);
    buf_text(page->buf, "<p class=\"todo\">");
    for (size_t index = 0; index < sizeof actions / sizeof actions[0]; index++) {
        if (strcmp(action, actions[index].action) == 0) {
            put_escaped(page, "<b>", say(page, actions[index].text), "</b> ");
        }
    }
    put_escaped(page, "", finding_text(finding, FINDING_HINT, page->language, &page->arena),
                "</p>");
}

static void
put_cause(struct page *page, size_t index)
{
    const struct finding *finding = &page->report->findings->items[index];
    const enum severity severity = finding_severity(finding->code);
    const size_t count = count_of(page->report->findings, finding->code);
    buf_format(page->buf, "<article class=\"cause %s\"><div class=\"head\"><h3>",
               severity_names[severity]);
    text_escape_xml(page->buf, finding_text(finding, FINDING_RULE, page->language, &page->arena));
    buf_format(page->buf, "</h3><span class=\"tag\"><b class=\"%s\">%s</b> · ",
               severity_names[severity], say(page, severity_words[severity]));
    if (count > 1) {
        put_counted(page, M_REPORT_TIMES, count);
        buf_text(page->buf, " · ");
    }
    buf_format(page->buf, "<code>%s</code></span></div>\n", message_entry(finding->code)->id);
    put_places(page, finding->code);
    put_what_to_do(page, finding);
    buf_text(page->buf, "</article>\n");
}

/* Causes of one severity class, in the order in which they were found. */
static void
put_causes(struct page *page, enum message heading, enum severity from, enum severity to)
{
    const struct findings *findings = page->report->findings;
    bool has_heading = false;
    for (int severity = (int)to; severity >= (int)from; severity--) {
        for (size_t index = 0; index < findings->count; index++) {
            if ((int)finding_severity(findings->items[index].code) != severity ||
                !is_first_of_its_code(findings, index)) {
                continue;
            }
            if (!has_heading) {
                put_escaped(page, "<h2>", say(page, heading), "</h2>\n");
                has_heading = true;
            }
            put_cause(page, index);
        }
    }
}

/* -- the table and the rest ------------------------------------------------------------------- */

static void
put_row(struct page *page, size_t index)
{
    const struct finding *finding = &page->report->findings->items[index];
    const enum severity severity = finding_severity(finding->code);
    buf_format(page->buf, "<tr><td class=\"number\">%zu</td><td class=\"%s\">%s</td>", index + 1,
               severity_names[severity], say(page, severity_words[severity]));
    if (finding->place.line > 0) {
        buf_format(page->buf, "<td class=\"number mono\">%" PRId64, finding->place.line);
        if (finding->place.column > 0) {
            buf_format(page->buf, ":%" PRId64, finding->place.column);
        }
        buf_text(page->buf, "</td>");
    } else {
        buf_text(page->buf, "<td></td>");
    }
    put_escaped(page, "<td>", finding->order_number, "</td>");
    put_escaped(page, "<td>", finding->order_line, "</td>");
    put_escaped(page, "<td>", finding->field, "</td>");
    put_escaped(page, "<td class=\"mono\">", finding->value, "</td>");
    put_escaped(page, "<td class=\"rule\">",
                finding_text(finding, FINDING_RULE, page->language, &page->arena), "</td>");
    put_escaped(page, "<td class=\"mono\">", finding->expected, "</td>");
    put_escaped(page, "<td class=\"mono\">", message_entry(finding->code)->id, "</td></tr>\n");
}

static void
put_table(struct page *page)
{
    static const enum message heads[] = {M_REPORT_PLACE,    M_REPORT_ORDER, M_REPORT_LINE,
                                         M_REPORT_FIELD,    M_REPORT_VALUE, M_REPORT_RULE,
                                         M_REPORT_EXPECTED, M_REPORT_CODE};
    const struct findings *findings = page->report->findings;
    put_escaped(page, "<h2>", say(page, M_REPORT_ALL), "</h2>\n");
    buf_text(page->buf, "<div class=\"wide\"><table><thead><tr><th>#</th><th></th>");
    for (size_t index = 0; index < sizeof heads / sizeof heads[0]; index++) {
        put_escaped(page, "<th>", say(page, heads[index]), "</th>");
    }
    buf_text(page->buf, "</tr></thead><tbody>\n");
    for (size_t index = 0; index < findings->count; index++) {
        put_row(page, index);
        arena_reset(&page->arena);
    }
    buf_text(page->buf, "</tbody></table></div>\n");
    if (findings_total(findings) > findings->count) {
        buf_text(page->buf, "<p>");
        put_counted(page, M_REPORT_CAPPED, findings_total(findings) - findings->count);
        buf_text(page->buf, "</p>\n");
    }
}

static void
put_resend(struct page *page)
{
    static const enum message steps[] = {M_REPORT_RESEND_ONLY, M_REPORT_RESEND_NAME,
                                         M_REPORT_RESEND_WHOLE, M_REPORT_RESEND_CHECK};
    put_escaped(page, "<h2>", say(page, M_REPORT_RESEND), "</h2>\n<ol>\n");
    for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
        put_escaped(page, "<li>", say(page, steps[index]), "</li>\n");
    }
    buf_text(page->buf, "</ol>\n");
}

static void
put_report(struct page *page, bool is_next)
{
    buf_text(page->buf, is_next ? "<div class=\"next\">\n" : "<div>\n");
    put_verdict(page);
    put_causes(page, M_REPORT_CAUSES, SEVERITY_ERROR, SEVERITY_FATAL);
    put_causes(page, M_REPORT_REMARKS, SEVERITY_INFO, SEVERITY_WARNING);
    if (page->report->findings->count > 0) {
        put_table(page);
    } else {
        put_escaped(page, "<p>", say(page, M_REPORT_CLEAN), "</p>\n");
    }
    if (page->report->sha256[0] != '\0') {
        buf_format(page->buf, "<footer class=\"mono\">SHA-256 %s · %" PRId64 " bytes</footer>\n",
                   page->report->sha256, page->report->size);
    }
    buf_text(page->buf, "</div>\n");
}

static void
page_open(struct page *page, const struct finding_reports *reports)
{
    *page = (struct page){.buf = reports->buf, .language = reports->language};
    arena_init(&page->arena, TEXTS_BYTES_MAX);
}

static void
page_close(struct page *page)
{
    arena_close(&page->arena);
}

static void
begin_html(struct finding_reports *reports)
{
    OWNED(page) page;
    page_open(&page, reports);
    buf_format(
        page.buf,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n",
        page.language == LANGUAGE_ZH ? "zh-CN" : "en");
    put_escaped(&page, "<title>", say(&page, M_REPORT_TITLE), "</title>\n");
    buf_text(page.buf, style);
    put_escaped(&page, "</head>\n<body>\n<main>\n<h1>", say(&page, M_REPORT_TITLE), "</h1>\n");
}

static void
add_html(struct finding_reports *reports, const struct finding_report *report)
{
    OWNED(page) page;
    page_open(&page, reports);
    page.report = report;
    put_report(&page, reports->count > 0);
}

static void
end_html(struct finding_reports *reports)
{
    OWNED(page) page;
    page_open(&page, reports);
    if (reports->has_errors) {
        put_resend(&page);
    }
    buf_text(page.buf, "</main>\n</body>\n</html>\n");
}

const struct finding_form_steps finding_form_html = {begin_html, add_html, end_html};
