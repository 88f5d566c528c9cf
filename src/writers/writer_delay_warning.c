/* writer_delay_warning.c -- orders that may come late, and those that are in time again: to a
 * partner of our own with the cause and what to do, to the customer in words for it. */
#include "writers/documents.h"

#include "order/document.h"
#include "writers/delay_telling.h"
#include "writers/writing.h"

enum { WORDS_BYTES_MAX = 64 * 1024 };

static void
put_delay_xml(struct xml_out *xml, const struct telling *telling)
{
    const struct document_delay *delay = telling->delay;
    xml_out_open(xml, "delayWarning");
    if (telling->is_ours) {
        xml_out_text(xml, "partner", delay->partner);
    }
    xml_out_text(xml, "orderNumber", delay->order_number);
    xml_out_integer(xml, "version", delay->version);
    xml_out_moment(xml, "told", delay->at_ms);
    xml_out_text(xml, "grade", delay->grade);
    if (telling->is_ours) {
        xml_out_text(xml, "gradeBefore", delay->grade_before);
    }
    xml_out_text(xml, "text", telling->text);
    xml_out_text_if(xml, "cause", telling->cause);
    xml_out_text_if(xml, "causeText", telling->cause_text);
    xml_out_text_if(xml, "advice", telling->advice);
    xml_out_day_if(xml, "promised", delay->promised);
    if (delay->promised_before != delay->promised) {
        xml_out_day_if(xml, "promisedBefore", delay->promised_before);
    }
    xml_out_day_if(xml, "expected", delay->expected);
    xml_out_day_if(xml, "expectedLatest", delay->expected_latest);
    xml_out_text_if(xml, "trackingPage", telling->page);
    xml_out_close(xml);
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(arena) arena;
    struct xml_out xml;
    enum outcome outcome;
    arena_init(&arena, WORDS_BYTES_MAX);
    TRY(document_scan_open(&heads, writing->store, SQL_document_delays, writing->file_id, why));
    writing_begin_xml(writing, &xml, "delayWarnings", KIND_DELAY_WARNING);
    while ((outcome = document_scan_next(&heads, why)) == DONE) {
        struct document_delay delay;
        document_delay_get(&heads, &delay);
        arena_reset(&arena);
        const struct telling telling = telling_of(writing, &delay, &arena);
        put_delay_xml(&xml, &telling);
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

static const char *const columns[] = {
    "partner",  "order_number",    "version",      "told",   "grade",    "grade_before",
    "text",     "cause",           "cause_text",   "advice", "promised", "promised_before",
    "expected", "expected_latest", "tracking_page"};

static void
put_delay_csv(struct csv_out *csv, const struct telling *telling)
{
    const struct document_delay *delay = telling->delay;
    csv_out_text(csv, telling->is_ours ? delay->partner : "");
    csv_out_shown(csv, delay->order_number);
    csv_out_integer(csv, delay->version);
    csv_out_moment(csv, delay->at_ms);
    csv_out_text(csv, delay->grade);
    csv_out_text(csv, telling->is_ours ? delay->grade_before : "");
    csv_out_text(csv, telling->text);
    csv_out_text(csv, telling->cause);
    csv_out_text(csv, telling->cause_text);
    csv_out_text(csv, telling->advice);
    csv_out_day(csv, delay->promised);
    csv_out_day(csv, delay->promised_before == delay->promised ? DAY_NONE : delay->promised_before);
    csv_out_day(csv, delay->expected);
    csv_out_day(csv, delay->expected_latest);
    csv_out_text(csv, telling->page);
    csv_out_end_row(csv);
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(arena) arena;
    struct csv_out csv;
    enum outcome outcome;
    arena_init(&arena, WORDS_BYTES_MAX);
    TRY(document_scan_open(&heads, writing->store, SQL_document_delays, writing->file_id, why));
    writing_begin_csv(writing, &csv, columns, sizeof columns / sizeof columns[0]);
    while ((outcome = document_scan_next(&heads, why)) == DONE) {
        struct document_delay delay;
        document_delay_get(&heads, &delay);
        arena_reset(&arena);
        const struct telling telling = telling_of(writing, &delay, &arena);
        put_delay_csv(&csv, &telling);
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer delay_warning_xml_writer = {KIND_DELAY_WARNING, "xml", ".xml", write_xml};
const struct writer delay_warning_csv_writer = {KIND_DELAY_WARNING, "csv", ".csv", write_csv};
