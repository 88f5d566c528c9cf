/* writer_shipment_notice.c -- what left the warehouse, and what of the order is still open. */
#include "writers/documents.h"

#include "base/decimal.h"
#include "store/store_document.h"
#include "writers/writing.h"

struct scans {
    struct document_scan heads;
    struct document_scan lines;
};

static void
scans_close(struct scans *scans)
{
    document_scan_close(&scans->heads);
    document_scan_close(&scans->lines);
}

static enum outcome
open_scans(struct scans *scans, const struct writing *writing, struct fault *why)
{
    TRY(document_scan_open(&scans->heads, writing->store, SQL_document_notices, writing->file_id,
                           why));
    return document_scan_open(&scans->lines, writing->store, SQL_document_notice_lines,
                              writing->file_id, why);
}

/* The next line that tells something: lines that are neither in the parcel nor open were sent
 * before. */
static enum outcome
next_line(struct scans *scans, struct document_notice_line *line, struct fault *why)
{
    do {
        TRY(document_scan_part(&scans->lines, scans->heads.position, why));
        document_notice_line_get(&scans->lines, line);
    } while (line->shipped_micros == 0 && line->open_micros == 0);
    return DONE;
}

static void
put_line_xml(struct xml_out *xml, const struct document_notice_line *line)
{
    char text[DECIMAL_TEXT_SIZE];
    xml_out_open(xml, "line");
    xml_out_text(xml, "number", line->number);
    xml_out_text(xml, "sku", line->sku);
    xml_out_text_if(xml, "description", line->description);
    xml_out_text_with(xml, "ordered", "unit", line->unit,
                      decimal_format(text, line->ordered_micros, MICROS_PLACES, 0));
    xml_out_text_with(xml, "shipped", "unit", line->unit,
                      decimal_format(text, line->shipped_micros, MICROS_PLACES, 0));
    xml_out_text_with(xml, "open", "unit", line->unit,
                      decimal_format(text, line->open_micros, MICROS_PLACES, 0));
    xml_out_text_if(xml, "lot", line->lot);
    xml_out_text_if(xml, "serialNumbers", line->serials);
    xml_out_close(xml);
}

static enum outcome
put_notice_xml(struct writing *writing, struct scans *scans, struct xml_out *xml, struct fault *why)
{
    struct document_notice notice;
    struct document_notice_line line;
    document_notice_get(&scans->heads, &notice);
    xml_out_open(xml, "shipmentNotice");
    xml_out_text(xml, "orderNumber", notice.order_number);
    xml_out_text(xml, "shipmentNumber", notice.shipment_number);
    xml_out_moment(xml, "shippedAt", notice.shipped_ms);
    xml_out_text_if(xml, "carrier", notice.carrier);
    xml_out_text_if(xml, "trackingNumber", notice.tracking);
    xml_out_text_if(xml, "load", notice.load);
    enum outcome outcome;
    while ((outcome = next_line(scans, &line, why)) == DONE) {
        put_line_xml(xml, &line);
        TRY(writing_flush_full(writing, why));
    }
    xml_out_close(xml);
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct xml_out xml;
    TRY(open_scans(&scans, writing, why));
    writing_begin_xml(writing, &xml, "shipmentNotices", KIND_SHIPMENT_NOTICE);
    enum outcome outcome;
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        TRY(put_notice_xml(writing, &scans, &xml, why));
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

static const char *const columns[] = {"order_number",
                                      "shipment_number",
                                      "shipped_at",
                                      "carrier",
                                      "tracking_number",
                                      "line_number",
                                      "sku",
                                      "description",
                                      "ordered",
                                      "shipped",
                                      "open",
                                      "unit",
                                      "load",
                                      "lot",
                                      "serial_numbers"};

static void
put_row_csv(struct csv_out *csv, const struct document_notice *notice,
            const struct document_notice_line *line)
{
    csv_out_shown(csv, notice->order_number);
    csv_out_shown(csv, notice->shipment_number);
    csv_out_moment(csv, notice->shipped_ms);
    csv_out_shown(csv, notice->carrier);
    csv_out_shown(csv, notice->tracking);
    csv_out_shown(csv, line->number);
    csv_out_shown(csv, line->sku);
    csv_out_shown(csv, line->description);
    csv_out_decimal(csv, line->ordered_micros, MICROS_PLACES, 0);
    csv_out_decimal(csv, line->shipped_micros, MICROS_PLACES, 0);
    csv_out_decimal(csv, line->open_micros, MICROS_PLACES, 0);
    csv_out_text(csv, line->unit);
    csv_out_shown(csv, notice->load);
    csv_out_shown(csv, line->lot);
    csv_out_shown(csv, line->serials);
    csv_out_end_row(csv);
}

static enum outcome
put_notice_csv(struct writing *writing, struct scans *scans, struct csv_out *csv, struct fault *why)
{
    struct document_notice notice;
    struct document_notice_line line;
    document_notice_get(&scans->heads, &notice);
    enum outcome outcome;
    while ((outcome = next_line(scans, &line, why)) == DONE) {
        put_row_csv(csv, &notice, &line);
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct csv_out csv;
    TRY(open_scans(&scans, writing, why));
    writing_begin_csv(writing, &csv, columns, sizeof columns / sizeof columns[0]);
    enum outcome outcome;
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        TRY(put_notice_csv(writing, &scans, &csv, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer shipment_notice_xml_writer = {KIND_SHIPMENT_NOTICE, "xml", ".xml", write_xml};
const struct writer shipment_notice_csv_writer = {KIND_SHIPMENT_NOTICE, "csv", ".csv", write_csv};
