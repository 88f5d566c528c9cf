#include "writers/finding_report.h"

#include "base/decimal.h"
#include "base/json.h"
#include "base/text.h"
#include "writers/csv_out.h"
#include "writers/finding_out.h"
#include "writers/verdict.h"
#include "writers/writing.h"

#include <inttypes.h>
#include <string.h>

enum { TEXTS_BYTES_MAX = 64 * 1024 * 1024 };

const char *
finding_report_verdict(const struct finding_report *report)
{
    const bool is_fatal = findings_has(report->findings, SEVERITY_FATAL);
    const bool is_short = report->documents_good < report->documents;
    if (report->documents == 0 && !findings_has(report->findings, SEVERITY_ERROR)) {
        return "taken"; /* a form without a decision */
    }
    if (is_fatal || report->documents_good == 0 || (is_short && report->is_all_or_nothing)) {
        return "refused";
    }
    return is_short ? "partly" : "taken";
}

static void
put_verdict(const struct finding_report *report, enum language language, struct buf *buf)
{
    const struct verdict verdict = {
        .state = finding_report_verdict(report),
        .is_check = true,
        .document = document_kind_names[report->document],
        .documents = report->documents,
        .documents_taken = report->documents_good,
        .duplicate_name = "",
        .duplicate_received = "",
    };
    verdict_sentence(buf, &verdict, language);
}

/* -- text ------------------------------------------------------------------------------------- */

struct paint {
    const char *strong;
    const char *severity[SEVERITY_COUNT];
    const char *faint;
    const char *plain;
};
static const struct paint colours = {
    "\x1B[1m", {"\x1B[36m", "\x1B[33m", "\x1B[31m", "\x1B[1;31m"}, "\x1B[2m", "\x1B[0m"};
static const struct paint no_colours = {"", {"", "", "", ""}, "", ""};

static const enum message severity_words[SEVERITY_COUNT] = {M_SEVERITY_INFO, M_SEVERITY_WARNING,
                                                            M_SEVERITY_ERROR, M_SEVERITY_FATAL};

/* Is the value in the rule already, or nothing that can be seen? */
static bool
is_said(const struct finding *finding, enum language language)
{
    return text_is_blank(finding->value) || strcmp(finding->value, finding->order_number) == 0 ||
           strstr(message_text(finding->code, language), "{value") != NULL;
}

/* Which order, which line, which field, in the words of the sender. */
static void
put_subject(const struct finding *finding, enum language language, struct buf *buf)
{
    const struct {
        enum message word;
        const char *value;
    } parts[] = {
        {M_REPORT_ORDER, finding->order_number},
        {M_REPORT_LINE, finding->order_line},
        {M_REPORT_FIELD, finding->field},
        {M_REPORT_VALUE, is_said(finding, language) ? "" : finding->value},
    };
    const char *between = "";
    for (size_t index = 0; index < sizeof parts / sizeof parts[0]; index++) {
        if (parts[index].value[0] != '\0') {
            buf_format(buf, "%s%s %s", between, message_text(parts[index].word, language),
                       parts[index].value);
            between = ", ";
        }
    }
}

static void
put_excerpt(const struct excerpt *excerpt, int64_t line, const struct paint *paint, struct buf *buf)
{
    if (excerpt->text[0] == '\0') {
        return;
    }
    buf_format(buf, "  %s%6" PRId64 " |%s %s\n", paint->faint, line, paint->plain, excerpt->text);
    if (excerpt->mark_end <= excerpt->mark_begin) {
        return;
    }
    OWNED(arena) arena;
    arena_init(&arena, TEXTS_BYTES_MAX);
    const char *before = arena_copy_bytes(&arena, excerpt->text, excerpt->mark_begin);
    const char *mark = arena_copy_bytes(&arena, excerpt->text + excerpt->mark_begin,
                                        excerpt->mark_end - excerpt->mark_begin);
    buf_format(buf, "  %s       |%s %*s", paint->faint, paint->severity[SEVERITY_ERROR],
               (int)text_width(before), "");
    const size_t width = text_width(mark);
    for (size_t column = 0; column < width || column == 0; column++) {
        buf_char(buf, '^');
    }
    buf_format(buf, "%s\n", paint->plain);
}

static void
put_finding(const struct finding_report *report, size_t index, enum language language,
            const struct paint *paint, struct buf *buf)
{
    OWNED(arena) arena;
    arena_init(&arena, TEXTS_BYTES_MAX);
    const struct finding *finding = &report->findings->items[index];
    const enum severity severity = finding_severity(finding->code);
    buf_format(buf, "%s%s:", paint->strong, report->name);
    if (finding->place.line > 0) {
        buf_format(buf, "%" PRId64 ":", finding->place.line);
    }
    if (finding->place.line > 0 && finding->place.column > 0) {
        buf_format(buf, "%" PRId64 ":", finding->place.column);
    }
    buf_format(buf, "%s %s%s:%s %s %s[%s]%s\n", paint->plain, paint->severity[severity],
               message_text(severity_words[severity], language), paint->plain,
               finding_text(finding, FINDING_RULE, language, &arena), paint->faint,
               message_entry(finding->code)->id, paint->plain);
    const size_t before = buf->size;
    buf_text(buf, "         ");
    put_subject(finding, language, buf);
    if (buf->size == before + 9) {
        buf->size = before;
        buf->bytes[before] = '\0';
    } else {
        buf_char(buf, '\n');
    }
    if (report->excerpts != NULL) {
        put_excerpt(&report->excerpts[index], finding->place.line, paint, buf);
    }
    const char *hint = finding_text(finding, FINDING_HINT, language, &arena);
    if (hint[0] != '\0') {
        buf_format(buf, "         → %s\n", hint);
    }
}

/* "4 errors, 1 warning", most severe first; nothing when there is none. */
static void
put_counts(const struct findings *findings, enum language language, struct buf *buf)
{
    const char *between = "";
    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--) {
        if (findings->counts[severity] > 0) {
            buf_format(buf, "%s%s: %zu", between, message_text(severity_words[severity], language),
                       findings->counts[severity]);
            between = ", ";
        }
    }
}

void
finding_report_list(const struct finding_report *report, enum language language, bool has_colour,
                    struct buf *buf)
{
    const struct paint *paint = has_colour ? &colours : &no_colours;
    const struct findings *findings = report->findings;
    for (size_t index = 0; index < findings->count; index++) {
        put_finding(report, index, language, paint, buf);
    }
    if (findings_total(findings) > findings->count) {
        char more[DECIMAL_TEXT_SIZE];
        const int64_t count = (int64_t)(findings_total(findings) - findings->count);
        const struct filling filling = {"{count}", decimal_format(more, count, 0, 0)};
        writing_fill(buf, message_text(M_REPORT_CAPPED, language), &filling, 1);
        buf_char(buf, '\n');
    }
}

static void
add_text(struct finding_reports *reports, const struct finding_report *report)
{
    struct buf *buf = reports->buf;
    const enum language language = reports->language;
    const struct paint *paint = reports->has_colour ? &colours : &no_colours;
    const struct findings *findings = report->findings;
    finding_report_list(report, language, reports->has_colour, buf);
    buf_format(buf, "%s%s:%s ", paint->strong, report->name, paint->plain);
    put_verdict(report, language, buf);
    if (findings_total(findings) > 0) {
        buf_text(buf, " (");
        put_counts(findings, language, buf);
        buf_char(buf, ')');
    }
    buf_char(buf, '\n');
}

/* -- JSON ------------------------------------------------------------------------------------- */

static void
put_finding_json(struct json *json, const struct finding_report *report, size_t index,
                 enum language language, struct arena *arena)
{
    const struct finding *finding = &report->findings->items[index];
    json_object(json, NULL);
    json_integer(json, "n", (int64_t)index + 1);
    json_text(json, "severity", severity_names[finding_severity(finding->code)]);
    json_text(json, "code", message_entry(finding->code)->id);
    json_text(json, "scope", finding_out_scope(finding));
    json_text(json, "order_number", finding->order_number);
    json_text(json, "line_number", finding->order_line);
    json_integer(json, "file_line", finding->place.line);
    json_integer(json, "file_column", finding->place.column);
    json_text(json, "field", finding->field);
    json_text(json, "value", finding->value);
    json_text(json, "rule", finding_text(finding, FINDING_RULE, language, arena));
    json_text(json, "expected", finding->expected);
    json_text(json, "hint", finding_text(finding, FINDING_HINT, language, arena));
    json_text(json, "suggestion", finding->hint);
    json_text(json, "action", finding_text(finding, FINDING_ACTION, language, arena));
    if (report->excerpts != NULL && report->excerpts[index].text[0] != '\0') {
        json_text(json, "excerpt", report->excerpts[index].text);
    }
    json_end(json);
    arena_reset(arena);
}

void
finding_report_list_json(const struct finding_report *report, enum language language,
                         struct json *json)
{
    OWNED(arena) arena;
    arena_init(&arena, TEXTS_BYTES_MAX);
    json_integer(json, "findings_shown", (int64_t)report->findings->count);
    json_array(json, "findings");
    for (size_t index = 0; index < report->findings->count; index++) {
        put_finding_json(json, report, index, language, &arena);
    }
    json_end(json);
}

static void
put_report_json(struct json *json, const struct finding_report *report, enum language language)
{
    OWNED(buf) sentence;
    buf_init(&sentence, TEXTS_BYTES_MAX);
    put_verdict(report, language, &sentence);
    json_object(json, NULL);
    json_text(json, "file", report->name);
    json_integer(json, "size", report->size);
    json_text(json, "sha256", report->sha256);
    json_text(json, "format", report->format);
    json_text(json, "document", document_kind_names[report->document]);
    json_text(json, "verdict", finding_report_verdict(report));
    json_text(json, "message", sentence.bytes);
    json_integer(json, "documents", report->documents);
    json_integer(json, "documents_good", report->documents_good);
    json_object(json, "counts");
    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--) {
        json_integer(json, severity_names[severity], (int64_t)report->findings->counts[severity]);
    }
    json_end(json);
    finding_report_list_json(report, language, json);
    json_end(json);
}

static void
begin_json(struct finding_reports *reports)
{
    buf_text(reports->buf, "{\"schema\":\"purser.check/1\",\"data\":[");
}

static void
add_json(struct finding_reports *reports, const struct finding_report *report)
{
    struct json json;
    buf_text(reports->buf, reports->count > 0 ? "," : "");
    json_begin(&json, reports->buf);
    put_report_json(&json, report, reports->language);
}

static void
end_json(struct finding_reports *reports)
{
    buf_text(reports->buf, "],\"warnings\":[]}\n");
}

/* -- CSV -------------------------------------------------------------------------------------- */

static const char *const csv_columns[] = {"file", "verdict", "order_number", "line_number",
                                          FINDING_OUT_COLUMNS};
enum { CSV_COLUMN_COUNT = sizeof csv_columns / sizeof csv_columns[0] };

static void
begin_csv(struct finding_reports *reports)
{
    struct csv_out csv;
    csv_out_begin(&csv, reports->buf, csv_columns, CSV_COLUMN_COUNT);
}

static void
add_csv(struct finding_reports *reports, const struct finding_report *report)
{
    OWNED(arena) arena;
    struct csv_out rows = {.buf = reports->buf, .column_count = CSV_COLUMN_COUNT};
    struct csv_out *csv = &rows;
    arena_init(&arena, TEXTS_BYTES_MAX);
    for (size_t index = 0; index < report->findings->count; index++) {
        const struct finding *finding = &report->findings->items[index];
        csv_out_shown(csv, report->name);
        csv_out_text(csv, finding_report_verdict(report));
        csv_out_shown(csv, finding->order_number);
        csv_out_shown(csv, finding->order_line);
        finding_out_csv(csv, finding, reports->language, &arena);
        csv_out_end_row(csv);
        arena_reset(&arena);
    }
    if (report->findings->count == 0) {
        csv_out_shown(csv, report->name);
        csv_out_text(csv, finding_report_verdict(report));
        csv_out_empty(csv, 2 + FINDING_OUT_COLUMN_COUNT);
        csv_out_end_row(csv);
    }
}

/* -- all forms -------------------------------------------------------------------------------- */

const char *const finding_form_names[FINDING_FORM_COUNT] = {"text", "json", "csv", "html"};

static void
do_nothing(struct finding_reports *reports)
{
    (void)reports;
}

static const struct finding_form_steps *
steps_of(const struct finding_reports *reports)
{
    static const struct finding_form_steps text = {do_nothing, add_text, do_nothing};
    static const struct finding_form_steps json = {begin_json, add_json, end_json};
    static const struct finding_form_steps csv = {begin_csv, add_csv, do_nothing};
    static const struct finding_form_steps *const all[FINDING_FORM_COUNT] = {
        [FINDING_FORM_TEXT] = &text,
        [FINDING_FORM_JSON] = &json,
        [FINDING_FORM_CSV] = &csv,
        [FINDING_FORM_HTML] = &finding_form_html,
    };
    return all[reports->form];
}

void
finding_reports_begin(struct finding_reports *reports)
{
    steps_of(reports)->begin(reports);
}

void
finding_reports_add(struct finding_reports *reports, const struct finding_report *report)
{
    steps_of(reports)->add(reports, report);
    reports->count++;
    reports->has_errors = reports->has_errors || findings_has(report->findings, SEVERITY_ERROR);
}

void
finding_reports_end(struct finding_reports *reports)
{
    steps_of(reports)->end(reports);
}
