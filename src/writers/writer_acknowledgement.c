/* writer_acknowledgement.c -- the answer to one file: what became of it, and every finding. */
#include "writers/documents.h"

#include "store/store_document.h"
#include "writers/finding_out.h"
#include "writers/verdict.h"
#include "writers/writing.h"

#include <string.h>

enum { ANSWER_BYTES_MAX = 64 * 1024 * 1024 };

static void
put_sentence(struct buf *buf, const struct document_acknowledgement *subject,
             enum language language)
{
    char received[TIME_TEXT_SIZE];
    const struct verdict verdict = {
        .state = subject->state,
        .is_test = strcmp(subject->acceptance, "test") == 0,
        .document = subject->document,
        .documents = subject->documents,
        .documents_taken = subject->documents_taken,
        .duplicate_name = subject->duplicate_name,
        .duplicate_received = moment_format(received, subject->duplicate_received_ms),
    };
    verdict_sentence(buf, &verdict, language);
}

static bool
is_duplicate(const struct document_acknowledgement *subject)
{
    return strcmp(subject->state, "duplicate") == 0;
}

/* The one head of the file, and its findings. */
static enum outcome
open_scans(struct writing *writing, struct document_scan *heads, struct document_scan *findings,
           struct document_acknowledgement *subject, struct fault *why)
{
    TRY(document_scan_open(heads, writing->store, SQL_document_acknowledgement, writing->file_id,
                           why));
    const enum outcome outcome = document_scan_next(heads, why);
    if (outcome == NONE) {
        return fail(why, "%s has no interchange", writing->name);
    }
    TRY(outcome);
    document_acknowledgement_get(heads, subject);
    return document_scan_open(findings, writing->store, SQL_document_findings,
                              subject->interchange_id, why);
}

static void
put_subject_xml(struct xml_out *xml, const struct document_acknowledgement *subject)
{
    xml_out_open(xml, "subject");
    xml_out_text(xml, "file", subject->name);
    xml_out_integer(xml, "size", subject->size);
    xml_out_text(xml, "sha256", subject->sha256);
    xml_out_moment(xml, "received", subject->received_ms);
    xml_out_text_if(xml, "format", subject->format);
    xml_out_text_if(xml, "document", subject->document);
    xml_out_close(xml);
}

static void
put_verdict_xml(struct xml_out *xml, const struct document_acknowledgement *subject,
                const char *sentence)
{
    xml_out_text(xml, "verdict", subject->state);
    xml_out_text(xml, "test", strcmp(subject->acceptance, "test") == 0 ? "true" : "false");
    xml_out_text(xml, "message", sentence);
    if (is_duplicate(subject)) {
        xml_out_open(xml, "duplicateOf");
        xml_out_text(xml, "file", subject->duplicate_name);
        xml_out_moment(xml, "received", subject->duplicate_received_ms);
        xml_out_close(xml);
    }
    xml_out_open(xml, "counts");
    xml_out_integer(xml, "documents", subject->documents);
    xml_out_integer(xml, "taken", subject->documents_taken);
    xml_out_integer(xml, "refused", subject->documents - subject->documents_taken);
    xml_out_integer(xml, "findings", subject->findings);
    xml_out_integer(xml, "findingsShown",
                    subject->findings < FINDINGS_KEPT_MAX ? subject->findings : FINDINGS_KEPT_MAX);
    xml_out_close(xml);
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(document_scan) findings = {0};
    OWNED(arena) arena;
    OWNED(buf) sentence;
    struct document_acknowledgement subject;
    struct xml_out xml;
    arena_init(&arena, ANSWER_BYTES_MAX);
    buf_init(&sentence, ANSWER_BYTES_MAX);
    TRY(open_scans(writing, &heads, &findings, &subject, why));
    put_sentence(&sentence, &subject, writing->partner->language);
    writing_begin_xml(writing, &xml, "acknowledgement", KIND_ACKNOWLEDGEMENT);
    put_subject_xml(&xml, &subject);
    put_verdict_xml(&xml, &subject, sentence.bytes);
    enum outcome outcome;
    while ((outcome = document_scan_next(&findings, why)) == DONE) {
        struct finding finding;
        if (document_finding_get(&findings, &finding)) {
            finding_out_xml(&xml, &finding, writing->partner->language, &arena);
        }
        arena_reset(&arena);
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

static const char *const columns[] = {
    "record",       "file",     "size",         "sha256",      "received",
    "verdict",      "test",     "message",      "documents",   "documents_taken",
    "duplicate_of", "findings", "order_number", "line_number", FINDING_OUT_COLUMNS};
enum {
    COLUMN_COUNT = sizeof columns / sizeof columns[0],
    FINDING_FIELDS = FINDING_OUT_COLUMN_COUNT
};

static void
put_subject_csv(struct csv_out *csv, const struct document_acknowledgement *subject,
                const char *sentence)
{
    csv_out_text(csv, "file");
    csv_out_shown(csv, subject->name);
    csv_out_integer(csv, subject->size);
    csv_out_text(csv, subject->sha256);
    csv_out_moment(csv, subject->received_ms);
    csv_out_text(csv, subject->state);
    csv_out_text(csv, strcmp(subject->acceptance, "test") == 0 ? "true" : "false");
    csv_out_text(csv, sentence);
    csv_out_integer(csv, subject->documents);
    csv_out_integer(csv, subject->documents_taken);
    csv_out_shown(csv, is_duplicate(subject) ? subject->duplicate_name : "");
    csv_out_integer(csv, subject->findings);
    csv_out_empty(csv, 2 + FINDING_FIELDS);
    csv_out_end_row(csv);
}

static void
put_finding_csv(struct csv_out *csv, const struct document_acknowledgement *subject,
                const struct finding *finding, enum language language, struct arena *arena)
{
    csv_out_text(csv, "finding");
    csv_out_shown(csv, subject->name);
    csv_out_empty(csv, 10);
    csv_out_shown(csv, finding->order_number);
    csv_out_shown(csv, finding->order_line);
    finding_out_csv(csv, finding, language, arena);
    csv_out_end_row(csv);
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(document_scan) findings = {0};
    OWNED(arena) arena;
    OWNED(buf) sentence;
    struct document_acknowledgement subject;
    struct csv_out csv;
    arena_init(&arena, ANSWER_BYTES_MAX);
    buf_init(&sentence, ANSWER_BYTES_MAX);
    TRY(open_scans(writing, &heads, &findings, &subject, why));
    put_sentence(&sentence, &subject, writing->partner->language);
    writing_begin_csv(writing, &csv, columns, COLUMN_COUNT);
    put_subject_csv(&csv, &subject, sentence.bytes);
    enum outcome outcome;
    while ((outcome = document_scan_next(&findings, why)) == DONE) {
        struct finding finding;
        if (document_finding_get(&findings, &finding)) {
            put_finding_csv(&csv, &subject, &finding, writing->partner->language, &arena);
        }
        arena_reset(&arena);
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer acknowledgement_xml_writer = {KIND_ACKNOWLEDGEMENT, "xml", ".xml", write_xml};
const struct writer acknowledgement_csv_writer = {KIND_ACKNOWLEDGEMENT, "csv", ".csv", write_csv};
