/* writer_stop_notice.c -- what a warehouse or a plant shall stop, or send elsewhere, and how to
 * answer that. */
#include "writers/documents.h"

#include "base/decimal.h"
#include "store/store_document_stop.h"
#include "store/store_stop.h"
#include "writers/pairs.h"
#include "writers/writing.h"

#include <string.h>

enum { NOTICE_BYTES_MAX = 1024 * 1024 };

struct scans {
    struct document_scan heads;
    struct document_scan lines;
    struct arena arena; /* of one notice */
};

static void
scans_close(struct scans *scans)
{
    document_scan_close(&scans->heads);
    document_scan_close(&scans->lines);
    arena_close(&scans->arena);
}

static enum outcome
open_scans(struct scans *scans, const struct writing *writing, struct fault *why)
{
    struct store *store = writing->store;
    arena_init(&scans->arena, NOTICE_BYTES_MAX);
    TRY(document_scan_open(&scans->heads, store, SQL_document_stops, writing->file_id, why));
    return document_scan_open(&scans->lines, store, SQL_document_stop_lines, writing->file_id, why);
}

static const char *
how_to_answer(const struct document_stop *head, enum language language)
{
    return message_text(strcmp(head->action, STOP_ACTION_REDIRECT) == 0 ? M_STOP_HOW_REDIRECT
                                                                        : M_STOP_HOW_STOP,
                        language);
}

/* -- XML -------------------------------------------------------------------------------------- */

static void
put_head_xml(struct xml_out *xml, const struct document_stop *head)
{
    xml_out_integer(xml, "number", head->number);
    xml_out_integer(xml, "reminder", head->reminder);
    xml_out_text(xml, "action", head->action);
    xml_out_text(xml, "partner", head->partner);
    xml_out_text(xml, "orderNumber", head->order_number);
    xml_out_integer(xml, "version", head->version);
    if (head->release != 0) {
        xml_out_integer(xml, "release", head->release);
    }
    if (head->production != 0) {
        xml_out_integer(xml, "productionNumber", head->production);
    }
    xml_out_text_if(xml, "shipmentNumber", head->shipment);
}

static enum outcome
put_lines_xml(struct scans *scans, struct xml_out *xml, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        char quantity[DECIMAL_TEXT_SIZE];
        struct document_stop_line line;
        document_stop_line_get(&scans->lines, &line);
        xml_out_open(xml, "line");
        xml_out_text(xml, "number", line.number);
        xml_out_text(xml, "sku", line.sku);
        xml_out_text_with(xml, "quantity", "unit", line.unit,
                          decimal_format(quantity, line.quantity_micros, MICROS_PLACES, 0));
        xml_out_close(xml);
    }
    return outcome == NONE ? DONE : outcome;
}

static void
put_rest_xml(const struct writing *writing, struct xml_out *xml, const struct document_stop *head,
             struct arena *arena)
{
    struct pairs address;
    const char *name;
    const char *value;
    xml_out_text_if(xml, "reason", head->reason);
    pairs_begin(&address, head->address, arena);
    while (pairs_next(&address, &name, &value)) {
        xml_out_text_with(xml, "address", "field", name, value);
    }
    if (head->answer_by_ms != AMOUNT_NONE) {
        xml_out_moment(xml, "answerBy", head->answer_by_ms);
    }
    xml_out_text(xml, "howToAnswer", how_to_answer(head, writing->partner->language));
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct xml_out xml;
    TRY(open_scans(&scans, writing, why));
    writing_begin_xml(writing, &xml, "stopNotices", KIND_STOP_NOTICE);
    enum outcome outcome;
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        struct document_stop head;
        document_stop_get(&scans.heads, &head);
        arena_reset(&scans.arena);
        xml_out_open(&xml, "stopNotice");
        put_head_xml(&xml, &head);
        TRY(put_lines_xml(&scans, &xml, why));
        put_rest_xml(writing, &xml, &head, &scans.arena);
        xml_out_close(&xml);
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

/* -- CSV: a row a line; of what goes elsewhere one without a line ----------------------------- */

static const char *const columns[] = {"stop_number",
                                      "reminder",
                                      "action",
                                      "partner",
                                      "order_number",
                                      "version",
                                      "release",
                                      "production_number",
                                      "shipment_number",
                                      "line_number",
                                      "sku",
                                      "quantity",
                                      "unit",
                                      "reason",
                                      "address",
                                      "answer_by",
                                      "how_to_answer"};
enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

static void
put_row_csv(const struct writing *writing, struct csv_out *csv, const struct document_stop *head,
            const struct document_stop_line *line, const char *address)
{
    csv_out_integer(csv, head->number);
    csv_out_integer(csv, head->reminder);
    csv_out_text(csv, head->action);
    csv_out_text(csv, head->partner);
    csv_out_shown(csv, head->order_number);
    csv_out_integer(csv, head->version);
    csv_out_integer_if(csv, head->release);
    csv_out_integer_if(csv, head->production);
    csv_out_shown(csv, head->shipment);
    if (line == NULL) {
        csv_out_empty(csv, 4);
    } else {
        csv_out_shown(csv, line->number);
        csv_out_shown(csv, line->sku);
        csv_out_decimal(csv, line->quantity_micros, MICROS_PLACES, 0);
        csv_out_text(csv, line->unit);
    }
    csv_out_shown(csv, head->reason);
    csv_out_shown(csv, address);
    if (head->answer_by_ms == AMOUNT_NONE) {
        csv_out_empty(csv, 1);
    } else {
        csv_out_moment(csv, head->answer_by_ms);
    }
    csv_out_text(csv, how_to_answer(head, writing->partner->language));
    csv_out_end_row(csv);
}

static enum outcome
put_notice_csv(const struct writing *writing, struct scans *scans, struct csv_out *csv,
               const struct document_stop *head, struct buf *joined, struct fault *why)
{
    enum outcome outcome;
    size_t rows = 0;
    const char *address = pairs_join(head->address, &scans->arena, joined);
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        struct document_stop_line line;
        document_stop_line_get(&scans->lines, &line);
        put_row_csv(writing, csv, head, &line, address);
        rows++;
    }
    if (outcome == NONE && rows == 0) {
        put_row_csv(writing, csv, head, NULL, address);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    OWNED(buf) joined;
    struct csv_out csv;
    buf_init(&joined, NOTICE_BYTES_MAX);
    TRY(open_scans(&scans, writing, why));
    writing_begin_csv(writing, &csv, columns, COLUMN_COUNT);
    enum outcome outcome;
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        struct document_stop head;
        document_stop_get(&scans.heads, &head);
        arena_reset(&scans.arena);
        TRY(put_notice_csv(writing, &scans, &csv, &head, &joined, why));
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer stop_notice_xml_writer = {KIND_STOP_NOTICE, "xml", ".xml", write_xml};
const struct writer stop_notice_csv_writer = {KIND_STOP_NOTICE, "csv", ".csv", write_csv};
