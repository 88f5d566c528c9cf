/* writer_approval_request.c -- which orders wait for an approver, and why.
 *
 * As CSV it is the form that the approver fills in and sends back: the columns of a decision file,
 * of which `decision` and `reason` are empty, and further ones that begin with an underscore, which
 * the reader of decisions ignores.
 */
#include "writers/documents.h"

#include "base/decimal.h"
#include "store/store_document.h"
#include "writers/approval_reason.h"
#include "writers/price_reason.h"
#include "writers/writing.h"

enum {
    LINES_SHOWN_MAX = 5, /* in the one field of the CSV form */
    WHY_BYTES_MAX = 1024 * 1024,
};

struct scans {
    struct document_scan heads;
    struct document_scan reasons;
    struct document_scan lines;
    struct buf why; /* of one request */
    struct buf short_lines;
};

static void
scans_close(struct scans *scans)
{
    document_scan_close(&scans->heads);
    document_scan_close(&scans->reasons);
    document_scan_close(&scans->lines);
    buf_close(&scans->why);
    buf_close(&scans->short_lines);
}

static enum outcome
open_scans(struct scans *scans, const struct writing *writing, struct fault *why)
{
    buf_init(&scans->why, WHY_BYTES_MAX);
    buf_init(&scans->short_lines, WHY_BYTES_MAX);
    TRY(document_scan_open(&scans->heads, writing->store, SQL_document_requests, writing->file_id,
                           why));
    TRY(document_scan_open(&scans->reasons, writing->store, SQL_document_request_reasons,
                           writing->file_id, why));
    return document_scan_open(&scans->lines, writing->store, SQL_document_request_lines,
                              writing->file_id, why);
}

/* -- XML -------------------------------------------------------------------------------------- */

static void
put_line_xml(struct xml_out *xml, const struct document_request_line *line, int exponent,
             enum language language)
{
    char quantity[DECIMAL_TEXT_SIZE];
    xml_out_open(xml, "line");
    xml_out_text(xml, "number", line->number);
    xml_out_text(xml, "sku", line->sku);
    xml_out_text_if(xml, "name", line->name[language]);
    xml_out_text_with(xml, "quantity", "unit", line->unit,
                      decimal_format(quantity, line->quantity_micros, MICROS_PLACES, 0));
    if (line->expected_price_micros != AMOUNT_NONE) {
        xml_out_decimal(xml, "expectedPrice", line->expected_price_micros, MICROS_PLACES, exponent);
    }
    xml_out_decimal(xml, "price", line->price_micros, MICROS_PLACES, exponent);
    if (line->manual.discount_micros != AMOUNT_NONE) {
        xml_out_decimal(xml, "discountRate", line->manual.discount_micros, MICROS_PLACES, 0);
        xml_out_decimal(xml, "discount", line->discount_minor, exponent, exponent);
    }
    if (line->reduction_minor != 0) {
        xml_out_decimal(xml, "reduction", line->reduction_minor, exponent, exponent);
    }
    xml_out_decimal(xml, "net", line->net_minor, exponent, exponent);
    price_reason_xml(xml, &line->manual, exponent);
    price_reason_floor_xml(xml, &line->floor, exponent);
    xml_out_close(xml);
}

static enum outcome
put_request_xml(struct writing *writing, struct scans *scans, struct xml_out *xml,
                struct fault *why)
{
    const enum language language = writing->partner->language;
    struct document_request request;
    document_request_get(&scans->heads, &request);
    approval_hide_costs(writing->partner, &request);
    const int exponent = approval_exponent(&request);
    xml_out_open(xml, "approvalRequest");
    xml_out_text(xml, "partner", request.partner);
    xml_out_text(xml, "orderNumber", request.order_number);
    xml_out_integer(xml, "version", request.version);
    xml_out_integer(xml, "step", request.step);
    xml_out_text(xml, "shown", request.shown);
    xml_out_moment(xml, "asked", request.asked_ms);
    if (request.due_ms != AMOUNT_NONE) {
        xml_out_moment(xml, "due", request.due_ms);
    }
    if (request.reminder > 0) {
        xml_out_integer(xml, "reminder", request.reminder);
    }
    xml_out_text(xml, "type", request.type);
    xml_out_text_if(xml, "customer", request.customer);
    xml_out_text_if(xml, "customerName", request.customer_name);
    xml_out_text(xml, "currency", request.currency);
    xml_out_decimal(xml, "amount", request.amount_minor, exponent, exponent);
    if (request.freight_minor != 0) {
        xml_out_decimal(xml, "freight", request.freight_minor, exponent, exponent);
    }
    if (request.limit_minor != AMOUNT_NONE) {
        xml_out_decimal(xml, "limit", request.limit_minor, exponent, exponent);
    }
    TRY(approval_reason_gather(writing->partner, &scans->reasons, scans->heads.position, &request,
                               &scans->why, why));
    xml_out_text(xml, "why", scans->why.bytes);
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        struct document_request_line line;
        document_request_line_get(&scans->lines, &line);
        approval_hide_line_costs(writing->partner, &line);
        put_line_xml(xml, &line, exponent, language);
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
    writing_begin_xml(writing, &xml, "approvalRequests", KIND_APPROVAL_REQUEST);
    enum outcome outcome;
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        TRY(put_request_xml(writing, &scans, &xml, why));
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

/* -- CSV -------------------------------------------------------------------------------------- */

static const char *const columns[] = {
    "partner",       "order_number", "version",   "decision",       "reason",    "delegate_to",
    "strike",        "shown",        "_customer", "_customer_name", "_currency", "_amount",
    "_limit",        "_why",         "_lines",    "_line_count",    "_type",     "_requested_from",
    "_requested_to", "_step",        "_asked",    "_due",           "_reminder"};

/* "10: 12 x LT-GREEN-100 Green tea @ 3.50 (less 4.20 by promotions); ..."; the number is what a
 * line is struck by. */
static void
add_short_line(struct buf *buf, const struct document_request_line *line, int exponent,
               enum language language)
{
    char quantity[DECIMAL_TEXT_SIZE];
    char price[DECIMAL_TEXT_SIZE];
    buf_format(buf, "%s%s: %s x %s%s%s @ %s", buf->size == 0 ? "" : "; ", line->number,
               decimal_format(quantity, line->quantity_micros, MICROS_PLACES, 0), line->sku,
               line->name[language][0] == '\0' ? "" : " ", line->name[language],
               decimal_format(price, line->price_micros, MICROS_PLACES, exponent));
    if (line->expected_price_micros != AMOUNT_NONE &&
        line->expected_price_micros != line->price_micros) {
        const struct filling filling = {
            "{price}", decimal_format(price, line->expected_price_micros, MICROS_PLACES, exponent)};
        buf_char(buf, ' ');
        writing_fill(buf, message_text(M_APPROVAL_EXPECTED, language), &filling, 1);
    }
    if (line->reduction_minor != 0) {
        char amount[DECIMAL_TEXT_SIZE];
        const struct filling filling = {
            "{amount}", decimal_format(amount, line->reduction_minor, exponent, exponent)};
        buf_char(buf, ' ');
        writing_fill(buf, message_text(M_APPROVAL_REDUCED, language), &filling, 1);
    }
    price_reason_remark(buf, &line->manual, exponent, language);
}

/* "; freight 12.50": it is a part of the total, and no line. */
static void
add_freight(struct buf *buf, const struct document_request *request, enum language language)
{
    char amount[DECIMAL_TEXT_SIZE];
    const int exponent = approval_exponent(request);
    const struct filling filling = {
        "{amount}", decimal_format(amount, request->freight_minor, exponent, exponent)};
    if (request->freight_minor != 0) {
        buf_text(buf, "; ");
        writing_fill(buf, message_text(M_APPROVAL_FREIGHT, language), &filling, 1);
    }
}

static enum outcome
gather_short_lines(struct scans *scans, const struct document_request *request,
                   enum language language, struct fault *why)
{
    int64_t count = 0;
    buf_clear(&scans->short_lines);
    buf_text(&scans->short_lines, "");
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        struct document_request_line line;
        document_request_line_get(&scans->lines, &line);
        if (count++ < LINES_SHOWN_MAX) {
            add_short_line(&scans->short_lines, &line, approval_exponent(request), language);
        }
    }
    if (count > LINES_SHOWN_MAX) {
        char more[DECIMAL_TEXT_SIZE];
        const struct filling filling = {"{count}",
                                        decimal_format(more, count - LINES_SHOWN_MAX, 0, 0)};
        buf_text(&scans->short_lines, "; ");
        writing_fill(&scans->short_lines, message_text(M_APPROVAL_MORE_LINES, language), &filling,
                     1);
    }
    add_freight(&scans->short_lines, request, language);
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_request_csv(const struct writing *writing, struct scans *scans, struct csv_out *csv,
                struct fault *why)
{
    const enum language language = writing->partner->language;
    struct document_request request;
    document_request_get(&scans->heads, &request);
    approval_hide_costs(writing->partner, &request);
    const int exponent = approval_exponent(&request);
    TRY(approval_reason_gather(writing->partner, &scans->reasons, scans->heads.position, &request,
                               &scans->why, why));
    TRY(gather_short_lines(scans, &request, language, why));
    csv_out_text(csv, request.partner);
    csv_out_shown(csv, request.order_number);
    csv_out_integer(csv, request.version);
    csv_out_empty(csv, 4);
    csv_out_text(csv, request.shown);
    csv_out_shown(csv, request.customer);
    csv_out_shown(csv, request.customer_name);
    csv_out_text(csv, request.currency);
    csv_out_decimal(csv, request.amount_minor, exponent, exponent);
    if (request.limit_minor == AMOUNT_NONE) {
        csv_out_empty(csv, 1);
    } else {
        csv_out_decimal(csv, request.limit_minor, exponent, exponent);
    }
    csv_out_shown(csv, scans->why.bytes);
    csv_out_shown(csv, scans->short_lines.bytes);
    csv_out_integer(csv, request.lines);
    csv_out_text(csv, request.type);
    csv_out_day(csv, request.requested_from);
    csv_out_day(csv, request.requested_to);
    csv_out_integer(csv, request.step);
    csv_out_moment(csv, request.asked_ms);
    if (request.due_ms == AMOUNT_NONE) {
        csv_out_empty(csv, 1);
    } else {
        csv_out_moment(csv, request.due_ms);
    }
    if (request.reminder == 0) {
        csv_out_empty(csv, 1);
    } else {
        csv_out_integer(csv, request.reminder);
    }
    csv_out_end_row(csv);
    return DONE;
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
        TRY(put_request_csv(writing, &scans, &csv, why));
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer approval_request_xml_writer = {KIND_APPROVAL_REQUEST, "xml", ".xml", write_xml};
const struct writer approval_request_csv_writer = {KIND_APPROVAL_REQUEST, "csv", ".csv", write_csv};
