/* writer_return_authorisation.c -- what may come back, until when and where to, and what may not
 * and why: to the customer, and to the warehouse that it goes to; or that it has expired. */
#include "writers/documents.h"

#include "order/document.h"
#include "store/store_document_return.h"
#include "writers/writing.h"

static const char *
status_of(const struct document_return *told)
{
    static const char *const later[] = {"", "expired", "not-refunded"}; /* by what is told */
    return told->telling > 0         ? later[told->telling]
           : told->number[0] == '\0' ? "refused"
                                     : "authorised";
}

static void
put_head_xml(struct xml_out *xml, const struct document_return *told)
{
    xml_out_text_if(xml, "number", told->number);
    xml_out_text(xml, "status", status_of(told));
    xml_out_text(xml, "partner", told->partner);
    xml_out_text(xml, "orderNumber", told->order_number);
    xml_out_integer(xml, "version", told->version);
    xml_out_text(xml, "request", told->request);
    xml_out_moment(xml, "decided", told->decided_ms);
    xml_out_day_if(xml, "sendUntil", told->expires);
    if (told->number[0] != '\0') {
        xml_out_text(xml, "sendTo", told->warehouse);
        xml_out_text(xml, "freight", told->freight);
    }
    xml_out_text_if(xml, "reason", told->reason);
}

static void
put_line_xml(struct xml_out *xml, const struct document_return_line *line, enum language language)
{
    char quantity[DECIMAL_TEXT_SIZE];
    xml_out_open(xml, "line");
    xml_out_text(xml, "number", line->number);
    xml_out_text(xml, "sku", line->sku);
    xml_out_text_if(xml, "package", line->package);
    xml_out_text_with(xml, "quantity", "unit", line->unit,
                      decimal_format(quantity, line->quantity_micros, MICROS_PLACES, 0));
    xml_out_text(xml, "reason", line->reason);
    xml_out_text(xml, "wish", line->wish);
    xml_out_text_if(xml, "exchangeSku", line->exchange_sku);
    xml_out_text_if(xml, "serialNumbers", line->serials);
    xml_out_text(xml, "verdict", line->verdict);
    xml_out_text(xml, "clause", line->clause);
    xml_out_text(xml, "why", line->why);
    xml_out_text(xml, "text", line->text[language]);
    xml_out_close(xml);
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(document_scan) lines = {0};
    struct xml_out xml;
    enum outcome outcome;
    TRY(document_scan_open(&heads, writing->store, SQL_document_returns, writing->file_id, why));
    TRY(document_scan_open(&lines, writing->store, SQL_document_return_lines, writing->file_id,
                           why));
    writing_begin_xml(writing, &xml, "returnAuthorisations", KIND_RETURN_AUTHORISATION);
    while ((outcome = document_scan_next(&heads, why)) == DONE) {
        struct document_return told;
        document_return_get(&heads, &told);
        xml_out_open(&xml, "returnAuthorisation");
        put_head_xml(&xml, &told);
        while ((outcome = document_scan_part(&lines, heads.position, why)) == DONE) {
            struct document_return_line line;
            document_return_line_get(&lines, &line);
            put_line_xml(&xml, &line, writing->partner->language);
        }
        if (outcome != NONE) {
            return outcome;
        }
        xml_out_close(&xml);
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

/* A row a line. */
static const char *const columns[] = {
    "number",  "status",     "partner", "order_number", "version", "request",
    "decided", "send_until", "send_to", "freight",      "reason",  "line_number",
    "sku",     "quantity",   "unit",    "line_reason",  "wish",    "exchange_sku",
    "serials", "verdict",    "clause",  "why",          "text",    "package"};

static void
put_line_csv(struct csv_out *csv, const struct document_return *told,
             const struct document_return_line *line, enum language language)
{
    const bool has_number = told->number[0] != '\0';
    csv_out_text(csv, told->number);
    csv_out_text(csv, status_of(told));
    csv_out_text(csv, told->partner);
    csv_out_shown(csv, told->order_number);
    csv_out_integer(csv, told->version);
    csv_out_shown(csv, told->request);
    csv_out_moment(csv, told->decided_ms);
    csv_out_day(csv, told->expires);
    csv_out_text(csv, has_number ? told->warehouse : "");
    csv_out_text(csv, has_number ? told->freight : "");
    csv_out_shown(csv, told->reason);
    csv_out_shown(csv, line->number);
    csv_out_shown(csv, line->sku);
    csv_out_decimal(csv, line->quantity_micros, MICROS_PLACES, 0);
    csv_out_text(csv, line->unit);
    csv_out_text(csv, line->reason);
    csv_out_text(csv, line->wish);
    csv_out_shown(csv, line->exchange_sku);
    csv_out_shown(csv, line->serials);
    csv_out_text(csv, line->verdict);
    csv_out_shown(csv, line->clause);
    csv_out_text(csv, line->why);
    csv_out_shown(csv, line->text[language]);
    csv_out_shown(csv, line->package);
    csv_out_end_row(csv);
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(document_scan) lines = {0};
    struct csv_out csv;
    enum outcome outcome;
    TRY(document_scan_open(&heads, writing->store, SQL_document_returns, writing->file_id, why));
    TRY(document_scan_open(&lines, writing->store, SQL_document_return_lines, writing->file_id,
                           why));
    writing_begin_csv(writing, &csv, columns, sizeof columns / sizeof columns[0]);
    while ((outcome = document_scan_next(&heads, why)) == DONE) {
        struct document_return told;
        document_return_get(&heads, &told);
        while ((outcome = document_scan_part(&lines, heads.position, why)) == DONE) {
            struct document_return_line line;
            document_return_line_get(&lines, &line);
            put_line_csv(&csv, &told, &line, writing->partner->language);
        }
        if (outcome != NONE) {
            return outcome;
        }
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer return_authorisation_xml_writer = {KIND_RETURN_AUTHORISATION, "xml", ".xml",
                                                       write_xml};
const struct writer return_authorisation_csv_writer = {KIND_RETURN_AUTHORISATION, "csv", ".csv",
                                                       write_csv};
