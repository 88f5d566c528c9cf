/* writer_approval_result.c -- how approvals ended, for those who were asked or wait for it. */
#include "writers/documents.h"

#include "base/decimal.h"
#include "order/document.h"
#include "order/lifecycle.h"
#include "store/store_document.h"
#include "writers/writing.h"

#include <string.h>

struct scans {
    struct document_scan heads;
    struct document_scan steps;
};

static void
scans_close(struct scans *scans)
{
    document_scan_close(&scans->heads);
    document_scan_close(&scans->steps);
}

static enum outcome
open_scans(struct scans *scans, const struct writing *writing, struct fault *why)
{
    TRY(document_scan_open(&scans->heads, writing->store, SQL_document_results, writing->file_id,
                           why));
    return document_scan_open(&scans->steps, writing->store, SQL_document_result_steps,
                              writing->file_id, why);
}

static int
exponent_of(const struct document_result *result)
{
    const int exponent = currency_exponent(result->currency);
    return exponent < 0 ? 2 : exponent;
}

/* What follows from it. */
static const char *
text_of(const struct document_result *result, enum language language)
{
    static const struct {
        const char *verdict;
        enum message text;
    } texts[] = {{"approved", M_RESULT_APPROVED},
                 {"rejected", M_RESULT_REJECTED},
                 {"returned", M_RESULT_RETURNED}};
    for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
        if (strcmp(texts[index].verdict, result->verdict) == 0) {
            return message_text(texts[index].text, language);
        }
    }
    return message_text(strcmp(result->headline, headline_names[HEADLINE_CANCELLED]) == 0
                            ? M_RESULT_ORDER_CANCELLED
                            : M_RESULT_WITHDRAWN,
                        language);
}

/* -- XML -------------------------------------------------------------------------------------- */

static void
put_step_xml(struct xml_out *xml, const struct document_result_step *step)
{
    xml_out_open(xml, "step");
    xml_out_integer(xml, "number", step->step);
    xml_out_text(xml, "verdict", step->verdict);
    xml_out_text(xml, "decidedBy", step->decided_by);
    xml_out_moment(xml, "decided", step->decided_ms);
    xml_out_text_if(xml, "reason", step->reason);
    xml_out_close(xml);
}

static enum outcome
put_result_xml(struct writing *writing, struct scans *scans, struct xml_out *xml, struct fault *why)
{
    const enum language language = writing->partner->language;
    struct document_result result;
    document_result_get(&scans->heads, &result);
    xml_out_open(xml, "approvalResult");
    xml_out_text(xml, "partner", result.partner);
    xml_out_text(xml, "orderNumber", result.order_number);
    xml_out_integer(xml, "version", result.version);
    xml_out_text(xml, "verdict", result.verdict);
    xml_out_text(xml, "text", text_of(&result, language));
    xml_out_text_if(xml, "reason", result.reason);
    xml_out_moment(xml, "ended", result.happened_ms);
    xml_out_text(xml, "headline", result.headline);
    xml_out_text(xml, "headlineText", lifecycle_headline_text(result.headline, language));
    xml_out_text(xml, "type", result.type);
    xml_out_text_if(xml, "customer", result.customer);
    xml_out_text_if(xml, "customerName", result.customer_name);
    xml_out_text(xml, "currency", result.currency);
    if (result.gross_minor != AMOUNT_NONE) {
        xml_out_decimal(xml, "amount", result.gross_minor, exponent_of(&result),
                        exponent_of(&result));
    }
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->steps, scans->heads.position, why)) == DONE) {
        struct document_result_step step;
        document_result_step_get(&scans->steps, &step);
        put_step_xml(xml, &step);
    }
    xml_out_close(xml);
    return outcome == NONE ? writing_flush_full(writing, why) : outcome;
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct xml_out xml;
    TRY(open_scans(&scans, writing, why));
    writing_begin_xml(writing, &xml, "approvalResults", KIND_APPROVAL_RESULT);
    enum outcome outcome;
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        TRY(put_result_xml(writing, &scans, &xml, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

/* -- CSV: a row for each step that was decided; one at least ------------------------------------
 */

static const char *const columns[] = {
    "partner",      "order_number",    "version",      "verdict",       "text",
    "reason",       "ended",           "headline",     "headline_text", "type",
    "customer",     "customer_name",   "currency",     "amount",        "step",
    "step_verdict", "step_decided_by", "step_decided", "step_reason"};
enum { STEP_COLUMN_COUNT = 5 };

static void
begin_row_csv(struct csv_out *csv, const struct document_result *result, enum language language)
{
    csv_out_text(csv, result->partner);
    csv_out_shown(csv, result->order_number);
    csv_out_integer(csv, result->version);
    csv_out_text(csv, result->verdict);
    csv_out_text(csv, text_of(result, language));
    csv_out_shown(csv, result->reason);
    csv_out_moment(csv, result->happened_ms);
    csv_out_text(csv, result->headline);
    csv_out_text(csv, lifecycle_headline_text(result->headline, language));
    csv_out_text(csv, result->type);
    csv_out_shown(csv, result->customer);
    csv_out_shown(csv, result->customer_name);
    csv_out_text(csv, result->currency);
    if (result->gross_minor == AMOUNT_NONE) {
        csv_out_empty(csv, 1);
    } else {
        csv_out_decimal(csv, result->gross_minor, exponent_of(result), exponent_of(result));
    }
}

static void
put_step_csv(struct csv_out *csv, const struct document_result_step *step)
{
    csv_out_integer(csv, step->step);
    csv_out_text(csv, step->verdict);
    csv_out_shown(csv, step->decided_by);
    csv_out_moment(csv, step->decided_ms);
    csv_out_shown(csv, step->reason);
    csv_out_end_row(csv);
}

static enum outcome
put_result_csv(struct writing *writing, struct scans *scans, struct csv_out *csv, struct fault *why)
{
    const enum language language = writing->partner->language;
    struct document_result result;
    bool has_step = false;
    enum outcome outcome;
    document_result_get(&scans->heads, &result);
    while ((outcome = document_scan_part(&scans->steps, scans->heads.position, why)) == DONE) {
        struct document_result_step step;
        document_result_step_get(&scans->steps, &step);
        begin_row_csv(csv, &result, language);
        put_step_csv(csv, &step);
        has_step = true;
    }
    if (!has_step) {
        begin_row_csv(csv, &result, language);
        csv_out_empty(csv, STEP_COLUMN_COUNT);
        csv_out_end_row(csv);
    }
    return outcome == NONE ? writing_flush_full(writing, why) : outcome;
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
        TRY(put_result_csv(writing, &scans, &csv, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer approval_result_xml_writer = {KIND_APPROVAL_RESULT, "xml", ".xml", write_xml};
const struct writer approval_result_csv_writer = {KIND_APPROVAL_RESULT, "csv", ".csv", write_csv};
