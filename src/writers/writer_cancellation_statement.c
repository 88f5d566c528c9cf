/* writer_cancellation_statement.c -- what a cancellation took off an order, what it costs and why,
 * and what is refunded or still owed: to its customer. */
#include "writers/documents.h"

#include "order/document.h"
#include "order/order.h"
#include "store/store_charge.h"
#include "writers/writing.h"

#include <string.h>

struct scans {
    struct document_scan heads;
    struct document_scan lines;
    struct document_scan charges;
};

static void
scans_close(struct scans *scans)
{
    document_scan_close(&scans->heads);
    document_scan_close(&scans->lines);
    document_scan_close(&scans->charges);
}

static enum outcome
open_scans(struct scans *scans, const struct writing *writing, struct fault *why)
{
    struct store *store = writing->store;
    const int64_t id = writing->file_id;
    TRY(document_scan_open(&scans->heads, store, SQL_document_statements, id, why));
    TRY(document_scan_open(&scans->lines, store, SQL_document_statement_lines, id, why));
    return document_scan_open(&scans->charges, store, SQL_document_statement_charges, id, why);
}

/* Of us the customer need not know a name. */
static const char *
shown_name(const struct writing *writing, const char *actor)
{
    const bool is_partner = strcmp(actor, writing->partner->id) == 0;
    return is_partner || actor[0] == '\0' ? actor : writing->config->company_name;
}

/* What it asked for itself is its own, whoever stopped it for that. */
static const char *
cancelled_by(const struct writing *writing, const struct document_statement *told)
{
    return told->request[0] != '\0' ? writing->partner->id : shown_name(writing, told->actor);
}

static const char *
scope_of(const struct document_statement *told)
{
    return told->is_whole ? "whole" : "part";
}

static int64_t
open_minor(const struct document_statement *told)
{
    const int64_t open_minor = told->sums.due_minor - told->sums.paid_minor;
    return open_minor > 0 ? open_minor : 0;
}

static const char *
explanation_of(const struct document_statement_charge *charge, enum language language)
{
    if (strcmp(charge->kind, LESS_GIVEN_BACK) != 0) {
        return charge->text[language];
    }
    return message_text(
        strcmp(charge->of_kind, CHARGE_GIFT) == 0 ? M_GIFT_FEWER : M_CANCEL_GIVEN_BACK, language);
}

/* -- XML -------------------------------------------------------------------------------------- */

static void
put_amount_xml(struct xml_out *xml, const char *name, int64_t minor, int places)
{
    char text[DECIMAL_TEXT_SIZE];
    xml_out_text(xml, name, decimal_format(text, minor, places, places));
}

static void
put_amounts_xml(struct xml_out *xml, int64_t net_minor, int64_t tax_minor, int places)
{
    put_amount_xml(xml, "net", net_minor, places);
    put_amount_xml(xml, "tax", tax_minor, places);
    put_amount_xml(xml, "gross", net_minor + tax_minor, places);
}

static void
put_head_xml(const struct writing *writing, struct xml_out *xml,
             const struct document_statement *told)
{
    xml_out_text(xml, "orderNumber", told->order_number);
    xml_out_integer(xml, "version", told->version);
    xml_out_integer(xml, "statement", told->number);
    xml_out_integer(xml, "cancellation", told->cancellation);
    xml_out_text(xml, "scope", scope_of(told));
    xml_out_text_if(xml, "request", told->request);
    xml_out_text(xml, "cancelledBy", cancelled_by(writing, told));
    xml_out_text(xml, "reason", told->reason);
    xml_out_text_if(xml, "text", told->text);
    xml_out_text(xml, "fault", told->fault);
    xml_out_moment(xml, "cancelled", told->cancelled_ms);
    xml_out_moment(xml, "created", told->at_ms);
    xml_out_text(xml, "currency", told->currency);
}

static void
put_line_xml(struct xml_out *xml, const struct document_statement_line *line, int places)
{
    char quantity[DECIMAL_TEXT_SIZE];
    xml_out_open(xml, "line");
    xml_out_text(xml, "number", line->number);
    xml_out_text(xml, "sku", line->sku);
    xml_out_text_with(xml, "quantity", "unit", line->unit,
                      decimal_format(quantity, line->quantity_micros, MICROS_PLACES, 0));
    put_amounts_xml(xml, line->net_minor, line->tax_minor, places);
    xml_out_close(xml);
}

static void
put_charge_xml(struct xml_out *xml, const struct document_statement_charge *charge, int places,
               enum language language)
{
    xml_out_open(xml, "charge");
    xml_out_integer(xml, "number", charge->number);
    xml_out_text(xml, "kind", charge->kind);
    xml_out_text_if(xml, "clause", charge->clause);
    put_amounts_xml(xml, charge->net_minor, charge->tax_minor, places);
    xml_out_text_if(xml, "explanation", explanation_of(charge, language));
    xml_out_text_if(xml, "by", charge->actor);
    xml_out_text_if(xml, "invoice", charge->invoice);
    xml_out_close(xml);
}

static enum outcome
put_parts_xml(const struct writing *writing, struct scans *scans, struct xml_out *xml, int places,
              struct fault *why)
{
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        struct document_statement_line line;
        document_statement_line_get(&scans->lines, &line);
        put_line_xml(xml, &line, places);
    }
    if (outcome != NONE) {
        return outcome;
    }
    while ((outcome = document_scan_part(&scans->charges, scans->heads.position, why)) == DONE) {
        struct document_statement_charge charge;
        document_statement_charge_get(&scans->charges, &charge);
        charge.actor = shown_name(writing, charge.actor);
        put_charge_xml(xml, &charge, places, writing->partner->language);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct xml_out xml;
    enum outcome outcome;
    TRY(open_scans(&scans, writing, why));
    writing_begin_xml(writing, &xml, "cancellationStatements", KIND_CANCELLATION_STATEMENT);
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        struct document_statement told;
        document_statement_get(&scans.heads, &told);
        const int places = currency_exponent(told.currency);
        xml_out_open(&xml, "cancellationStatement");
        put_head_xml(writing, &xml, &told);
        TRY(put_parts_xml(writing, &scans, &xml, places, why));
        put_amounts_xml(&xml, told.net_minor, told.tax_minor, places);
        put_amount_xml(&xml, "paid", told.sums.paid_minor, places);
        put_amount_xml(&xml, "due", told.sums.due_minor, places);
        put_amount_xml(&xml, "refund", told.sums.refund_minor, places);
        put_amount_xml(&xml, "open", open_minor(&told), places);
        xml_out_close(&xml);
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

/* -- CSV: a row a line and a charge ------------------------------------------------------------ */

static const char *const columns[] = {
    "order_number", "version", "statement",   "cancellation", "scope",     "request",
    "cancelled_by", "reason",  "text",        "fault",        "cancelled", "created",
    "currency",     "paid",    "due",         "refund",       "open",      "kind",
    "line_number",  "sku",     "quantity",    "unit",         "clause",    "net",
    "tax",          "gross",   "explanation", "by",           "invoice"};

static void
put_head_csv(const struct writing *writing, struct csv_out *csv,
             const struct document_statement *told, int places)
{
    csv_out_shown(csv, told->order_number);
    csv_out_integer(csv, told->version);
    csv_out_integer(csv, told->number);
    csv_out_integer(csv, told->cancellation);
    csv_out_text(csv, scope_of(told));
    csv_out_shown(csv, told->request);
    csv_out_shown(csv, cancelled_by(writing, told));
    csv_out_text(csv, told->reason);
    csv_out_shown(csv, told->text);
    csv_out_text(csv, told->fault);
    csv_out_moment(csv, told->cancelled_ms);
    csv_out_moment(csv, told->at_ms);
    csv_out_text(csv, told->currency);
    csv_out_decimal(csv, told->sums.paid_minor, places, places);
    csv_out_decimal(csv, told->sums.due_minor, places, places);
    csv_out_decimal(csv, told->sums.refund_minor, places, places);
    csv_out_decimal(csv, open_minor(told), places, places);
}

static void
put_amounts_csv(struct csv_out *csv, int64_t net_minor, int64_t tax_minor, int places)
{
    csv_out_decimal(csv, net_minor, places, places);
    csv_out_decimal(csv, tax_minor, places, places);
    csv_out_decimal(csv, net_minor + tax_minor, places, places);
}

static void
put_line_csv(struct csv_out *csv, const struct document_statement_line *line, int places)
{
    csv_out_text(csv, "line");
    csv_out_shown(csv, line->number);
    csv_out_shown(csv, line->sku);
    csv_out_decimal(csv, line->quantity_micros, MICROS_PLACES, 0);
    csv_out_text(csv, line->unit);
    csv_out_text(csv, "");
    put_amounts_csv(csv, line->net_minor, line->tax_minor, places);
    csv_out_text(csv, "");
    csv_out_text(csv, "");
    csv_out_text(csv, "");
    csv_out_end_row(csv);
}

static void
put_charge_csv(struct csv_out *csv, const struct document_statement_charge *charge, int places,
               enum language language)
{
    enum { LINE_CELLS = 4 };
    csv_out_text(csv, charge->kind);
    for (int cell = 0; cell < LINE_CELLS; cell++) {
        csv_out_text(csv, "");
    }
    csv_out_shown(csv, charge->clause);
    put_amounts_csv(csv, charge->net_minor, charge->tax_minor, places);
    csv_out_shown(csv, explanation_of(charge, language));
    csv_out_shown(csv, charge->actor);
    csv_out_text(csv, charge->invoice);
    csv_out_end_row(csv);
}

static enum outcome
put_rows_csv(const struct writing *writing, struct scans *scans, struct csv_out *csv,
             const struct document_statement *told, struct fault *why)
{
    enum outcome outcome;
    const int places = currency_exponent(told->currency);
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        struct document_statement_line line;
        document_statement_line_get(&scans->lines, &line);
        put_head_csv(writing, csv, told, places);
        put_line_csv(csv, &line, places);
    }
    if (outcome != NONE) {
        return outcome;
    }
    while ((outcome = document_scan_part(&scans->charges, scans->heads.position, why)) == DONE) {
        struct document_statement_charge charge;
        document_statement_charge_get(&scans->charges, &charge);
        charge.actor = shown_name(writing, charge.actor);
        put_head_csv(writing, csv, told, places);
        put_charge_csv(csv, &charge, places, writing->partner->language);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct csv_out csv;
    enum outcome outcome;
    TRY(open_scans(&scans, writing, why));
    writing_begin_csv(writing, &csv, columns, sizeof columns / sizeof columns[0]);
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        struct document_statement told;
        document_statement_get(&scans.heads, &told);
        TRY(put_rows_csv(writing, &scans, &csv, &told, why));
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer cancellation_statement_xml_writer = {KIND_CANCELLATION_STATEMENT, "xml", ".xml",
                                                         write_xml};
const struct writer cancellation_statement_csv_writer = {KIND_CANCELLATION_STATEMENT, "csv", ".csv",
                                                         write_csv};
