/* writer_order_response.c -- what became of each order: outcome, prices line by line with what
 * promotions took off, goods that are given, findings. */
#include "writers/documents.h"

#include "order/lifecycle.h"
#include "store/store_document.h"
#include "writers/finding_out.h"
#include "writers/writing.h"

#include <string.h>

enum { FINDINGS_BYTES_MAX = 64 * 1024 * 1024 };

struct scans {
    struct document_scan heads;
    struct document_scan lines;
    struct document_scan reductions; /* of lines */
    struct document_scan goods;
    struct document_scan findings;
    struct arena arena; /* of one order: its findings, and their texts */
};

static void
scans_close(struct scans *scans)
{
    document_scan_close(&scans->heads);
    document_scan_close(&scans->lines);
    document_scan_close(&scans->reductions);
    document_scan_close(&scans->goods);
    document_scan_close(&scans->findings);
    arena_close(&scans->arena);
}

static enum outcome
open_scans(struct scans *scans, const struct writing *writing, struct fault *why)
{
    struct store *store = writing->store;
    const int64_t id = writing->file_id;
    arena_init(&scans->arena, FINDINGS_BYTES_MAX);
    TRY(document_scan_open(&scans->heads, store, SQL_document_responses, id, why));
    TRY(document_scan_open(&scans->lines, store, SQL_document_response_lines, id, why));
    TRY(document_scan_open(&scans->reductions, store, SQL_document_response_reductions, id, why));
    TRY(document_scan_open(&scans->goods, store, SQL_document_response_goods, id, why));
    return document_scan_open(&scans->findings, store, SQL_document_response_findings, id, why);
}

/* One order with what lies beside it. */
struct response {
    struct document_response head;
    const char *outcome;
    int exponent; /* of its currency */
    struct finding *findings;
    size_t finding_count;
    bool has_line_errors;
};

static const char *
outcome_of(const char *headline)
{
    if (strcmp(headline, headline_names[HEADLINE_REFUSED]) == 0) {
        return "refused";
    }
    return strcmp(headline, headline_names[HEADLINE_WAITING]) == 0 ? "waiting-for-approval"
                                                                   : "accepted";
}

static bool
is_line_error(const struct finding *finding)
{
    return finding->order_line[0] != '\0' && finding_severity(finding->code) >= SEVERITY_ERROR;
}

/* The order's findings into the arena: each line's verdict depends on them. */
static enum outcome
gather_findings(struct scans *scans, struct response *response, struct fault *why)
{
    size_t capacity = 0;
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->findings, scans->heads.position, why)) == DONE) {
        struct finding finding;
        if (!document_finding_get(&scans->findings, &finding)) {
            continue;
        }
        const char **texts[] = {&finding.order_number, &finding.order_line, &finding.field,
                                &finding.value,        &finding.expected,   &finding.hint};
        for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
            *texts[index] = arena_copy(&scans->arena, *texts[index]);
        }
        response->findings = arena_grow(&scans->arena, response->findings, sizeof finding,
                                        response->finding_count, &capacity);
        response->findings[response->finding_count++] = finding;
        response->has_line_errors = response->has_line_errors || is_line_error(&finding);
    }
    return outcome == NONE ? DONE : outcome;
}

/* What a refusal by an approver asks of the customer, as one more finding; not stored, for it
 * follows from the event. */
static void
add_refusal(struct scans *scans, struct response *response)
{
    const struct document_response *head = &response->head;
    if (head->refusal[0] == '\0') {
        return;
    }
    struct finding *findings =
        arena_array(&scans->arena, struct finding, response->finding_count + 1);
    for (size_t index = 0; index < response->finding_count; index++) {
        findings[index] = response->findings[index];
    }
    findings[response->finding_count++] = (struct finding){
        .code = strcmp(head->refusal, "returned") == 0 ? M_ORDER_RETURNED : M_ORDER_REJECTED,
        .order_number = head->order_number,
        .order_line = "",
        .field = "",
        .value = head->reason,
        .expected = "",
        .hint = ""};
    response->findings = findings;
}

static enum outcome
next_response(struct scans *scans, struct response *response, struct fault *why)
{
    arena_reset(&scans->arena);
    memset(response, 0, sizeof *response);
    TRY(document_scan_next(&scans->heads, why));
    document_response_get(&scans->heads, &response->head);
    const int exponent = currency_exponent(response->head.currency);
    response->exponent = exponent < 0 ? 2 : exponent;
    response->outcome = outcome_of(response->head.headline);
    TRY(gather_findings(scans, response, why));
    add_refusal(scans, response);
    return DONE;
}

/* Of a refused order: "refused" for the lines that are the reason, "not-taken" for those that only
 * share its fate; every line, when none is the reason. */
static const char *
verdict_of(const struct response *response, const struct document_response_line *line)
{
    if (strcmp(response->outcome, "refused") == 0) {
        bool is_reason = !response->has_line_errors;
        for (size_t index = 0; index < response->finding_count && !is_reason; index++) {
            is_reason = is_line_error(&response->findings[index]) &&
                        strcmp(response->findings[index].order_line, line->number) == 0;
        }
        return is_reason ? "refused" : "not-taken";
    }
    if (strcmp(response->outcome, "accepted") != 0) {
        return "waiting";
    }
    return line->is_as_expected ? "accepted" : "price-changed";
}

/* In the partner's language, else in the one there is. */
static const char *
name_in(const char *const names[LANGUAGE_COUNT], enum language language)
{
    const char *name = names[language];
    for (int other = 0; other < LANGUAGE_COUNT && name[0] == '\0'; other++) {
        name = names[other];
    }
    return name;
}

/* -- XML -------------------------------------------------------------------------------------- */

static void
put_head_xml(struct xml_out *xml, const struct response *response, enum language language)
{
    const struct document_response *head = &response->head;
    xml_out_text(xml, "orderNumber", head->order_number);
    xml_out_integer(xml, "version", head->version);
    xml_out_text(xml, "outcome", response->outcome);
    xml_out_text(xml, "headline", head->headline);
    xml_out_text(xml, "headlineText", lifecycle_headline_text(head->headline, language));
    xml_out_moment(xml, "decided", head->happened_ms);
    xml_out_text(xml, "type", head->type);
    xml_out_text_if(xml, "customer", head->customer);
    xml_out_text(xml, "currency", head->currency);
    xml_out_text_if(xml, "reason", head->reason);
    if (head->is_priced) {
        xml_out_open(xml, "totals");
        xml_out_decimal(xml, "net", head->net_minor, response->exponent, response->exponent);
        if (head->freight_minor != 0) {
            xml_out_decimal(xml, "freight", head->freight_minor, response->exponent,
                            response->exponent);
        }
        xml_out_decimal(xml, "tax", head->tax_minor, response->exponent, response->exponent);
        xml_out_decimal(xml, "total", head->gross_minor, response->exponent, response->exponent);
        if (head->includes_tax) {
            xml_out_text(xml, "pricesIncludeTax", "true");
        }
        xml_out_close(xml);
    }
}

/* What was asked for off the unit price, and the amount before it.  (Such a line has no
 * promotions.) */
static void
put_discount_xml(struct xml_out *xml, const struct document_response_line *line, int exponent)
{
    if (line->discount_micros == AMOUNT_NONE) {
        return;
    }
    xml_out_decimal(xml, "discountRate", line->discount_micros, MICROS_PLACES, 0);
    xml_out_decimal(xml, "listAmount", line->list_minor, exponent, exponent);
    xml_out_decimal(xml, "discount", line->discount_minor, exponent, exponent);
}

/* What promotions took off the line; the amount before that stands in front of the first. */
static enum outcome
put_reductions_xml(struct scans *scans, struct xml_out *xml, const struct response *response,
                   const struct document_response_line *line, enum language language,
                   struct fault *why)
{
    const int exponent = response->exponent;
    const int64_t position = document_line_position(&scans->lines, line);
    bool is_first = true;
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->reductions, position, why)) == DONE) {
        struct document_reduction reduction;
        document_reduction_get(&scans->reductions, &reduction);
        if (is_first) {
            xml_out_decimal(xml, "listAmount", line->list_minor, exponent, exponent);
        }
        is_first = false;
        xml_out_open(xml, "reduction");
        xml_out_text(xml, "promotion", reduction.promotion);
        xml_out_text_if(xml, "name", name_in(reduction.name, language));
        xml_out_decimal(xml, "amount", reduction.reduction_minor, exponent, exponent);
        xml_out_close(xml);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_line_xml(struct scans *scans, struct xml_out *xml, const struct response *response,
             const struct document_response_line *line, enum language language, struct fault *why)
{
    const int exponent = response->exponent;
    char quantity[DECIMAL_TEXT_SIZE];
    xml_out_open(xml, "line");
    xml_out_text(xml, "number", line->number);
    xml_out_text(xml, "sku", line->sku);
    xml_out_text_if(xml, "description", line->description);
    xml_out_text_with(xml, "quantity", "unit", line->unit,
                      decimal_format(quantity, line->quantity_micros, MICROS_PLACES, 0));
    if (line->expected_price_micros != AMOUNT_NONE) {
        xml_out_decimal(xml, "expectedPrice", line->expected_price_micros, MICROS_PLACES, exponent);
    }
    if (line->is_priced) {
        xml_out_decimal(xml, "price", line->price_micros, MICROS_PLACES, exponent);
        put_discount_xml(xml, line, exponent);
        TRY(put_reductions_xml(scans, xml, response, line, language, why));
        xml_out_decimal(xml, "net", line->net_minor, exponent, exponent);
        xml_out_decimal(xml, "taxRate", line->tax_rate_micros, MICROS_PLACES, 0);
        xml_out_decimal(xml, "tax", line->tax_minor, exponent, exponent);
    }
    xml_out_text(xml, "verdict", verdict_of(response, line));
    xml_out_close(xml);
    return DONE;
}

static enum outcome
put_goods_xml(struct scans *scans, struct xml_out *xml, enum language language, struct fault *why)
{
    char text[DECIMAL_TEXT_SIZE];
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->goods, scans->heads.position, why)) == DONE) {
        struct document_free_good good;
        document_free_good_get(&scans->goods, &good);
        xml_out_open(xml, "freeGoods");
        xml_out_text(xml, "number", good.number);
        xml_out_text(xml, "sku", good.sku);
        xml_out_text_if(xml, "name", name_in(good.name, language));
        xml_out_text_with(xml, "quantity", "unit", good.unit,
                          decimal_format(text, good.quantity_micros, MICROS_PLACES, 0));
        if (good.owed_micros > 0) {
            xml_out_text_with(xml, "owed", "unit", good.unit,
                              decimal_format(text, good.owed_micros, MICROS_PLACES, 0));
        }
        xml_out_text(xml, "promotion", good.promotion);
        xml_out_text_if(xml, "promotionName", name_in(good.promotion_name, language));
        xml_out_close(xml);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_response_xml(struct writing *writing, struct scans *scans, struct xml_out *xml,
                 const struct response *response, struct fault *why)
{
    const enum language language = writing->partner->language;
    xml_out_open(xml, "orderResponse");
    put_head_xml(xml, response, language);
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        struct document_response_line line;
        document_response_line_get(&scans->lines, &line);
        TRY(put_line_xml(scans, xml, response, &line, language, why));
        TRY(writing_flush_full(writing, why));
    }
    if (outcome == NONE) {
        TRY(put_goods_xml(scans, xml, language, why));
    }
    for (size_t index = 0; index < response->finding_count; index++) {
        finding_out_xml(xml, &response->findings[index], language, &scans->arena);
    }
    xml_out_close(xml);
    return outcome == NONE ? writing_flush_full(writing, why) : outcome;
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct response response;
    struct xml_out xml;
    TRY(open_scans(&scans, writing, why));
    writing_begin_xml(writing, &xml, "orderResponses", KIND_ORDER_RESPONSE);
    enum outcome outcome;
    while ((outcome = next_response(&scans, &response, why)) == DONE) {
        TRY(put_response_xml(writing, &scans, &xml, &response, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

/* -- CSV: a row for the order, then its lines, each with its reductions, then goods that are given,
 * then its findings ---------------------------------------------------------------------------- */

static const char *const columns[] = {"record",
                                      "order_number",
                                      "version",
                                      "outcome",
                                      "headline",
                                      "decided",
                                      "customer",
                                      "currency",
                                      "line_number",
                                      "sku",
                                      "description",
                                      "quantity",
                                      "unit",
                                      "verdict",
                                      "expected_price",
                                      "price",
                                      "tax_rate",
                                      "net",
                                      "tax",
                                      "total",
                                      "reason",
                                      "tax_included",
                                      "list_amount",
                                      "promotion",
                                      "promotion_name",
                                      "reduction",
                                      "owed",
                                      FINDING_OUT_COLUMNS};
enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

static void
put_order_csv(struct csv_out *csv, const struct response *response)
{
    const struct document_response *head = &response->head;
    const int exponent = response->exponent;
    csv_out_text(csv, "order");
    csv_out_shown(csv, head->order_number);
    csv_out_integer(csv, head->version);
    csv_out_text(csv, response->outcome);
    csv_out_text(csv, head->headline);
    csv_out_moment(csv, head->happened_ms);
    csv_out_shown(csv, head->customer);
    csv_out_text(csv, head->currency);
    csv_out_empty(csv, 9);
    if (head->is_priced) {
        csv_out_decimal(csv, head->net_minor, exponent, exponent);
        csv_out_decimal(csv, head->tax_minor, exponent, exponent);
        csv_out_decimal(csv, head->gross_minor, exponent, exponent);
    } else {
        csv_out_empty(csv, 3);
    }
    csv_out_shown(csv, head->reason);
    csv_out_text(csv, !head->is_priced ? "" : head->includes_tax ? "yes" : "no");
    csv_out_empty(csv, 5 + FINDING_OUT_COLUMN_COUNT);
    csv_out_end_row(csv);
}

/* A row of its own, which most orders have not. */
static void
put_freight_csv(struct csv_out *csv, const struct response *response)
{
    const struct document_response *head = &response->head;
    const int exponent = response->exponent;
    if (!head->is_priced || head->freight_minor == 0) {
        return;
    }
    csv_out_text(csv, "freight");
    csv_out_shown(csv, head->order_number);
    csv_out_integer(csv, head->version);
    csv_out_empty(csv, 14);
    csv_out_decimal(csv, head->freight_minor, exponent, exponent);
    csv_out_decimal(csv, head->freight_tax_minor, exponent, exponent);
    csv_out_decimal(csv, head->freight_minor + head->freight_tax_minor, exponent, exponent);
    csv_out_empty(csv, 7 + FINDING_OUT_COLUMN_COUNT);
    csv_out_end_row(csv);
}

static void
put_line_csv(struct csv_out *csv, const struct response *response,
             const struct document_response_line *line)
{
    const int exponent = response->exponent;
    csv_out_text(csv, "line");
    csv_out_shown(csv, response->head.order_number);
    csv_out_integer(csv, response->head.version);
    csv_out_empty(csv, 5);
    csv_out_shown(csv, line->number);
    csv_out_shown(csv, line->sku);
    csv_out_shown(csv, line->description);
    csv_out_decimal(csv, line->quantity_micros, MICROS_PLACES, 0);
    csv_out_text(csv, line->unit);
    csv_out_text(csv, verdict_of(response, line));
    if (line->expected_price_micros == AMOUNT_NONE) {
        csv_out_empty(csv, 1);
    } else {
        csv_out_decimal(csv, line->expected_price_micros, MICROS_PLACES, exponent);
    }
    if (line->is_priced) {
        csv_out_decimal(csv, line->price_micros, MICROS_PLACES, exponent);
        csv_out_decimal(csv, line->tax_rate_micros, MICROS_PLACES, 0);
        csv_out_decimal(csv, line->net_minor, exponent, exponent);
        csv_out_decimal(csv, line->tax_minor, exponent, exponent);
        csv_out_decimal(csv, line->net_minor + line->tax_minor, exponent, exponent);
        csv_out_empty(csv, 2);
        csv_out_decimal(csv, line->list_minor, exponent, exponent);
    } else {
        csv_out_empty(csv, 8);
    }
    csv_out_empty(csv, 4 + FINDING_OUT_COLUMN_COUNT);
    csv_out_end_row(csv);
}

/* The first columns of a row that belongs to a line. */
static void
begin_part_csv(struct csv_out *csv, const struct response *response, const char *record,
               const char *line_number)
{
    csv_out_text(csv, record);
    csv_out_shown(csv, response->head.order_number);
    csv_out_integer(csv, response->head.version);
    csv_out_empty(csv, 5);
    csv_out_shown(csv, line_number);
}

/* The percent stands in place of a promotion's code. */
static void
put_discount_csv(struct csv_out *csv, const struct response *response,
                 const struct document_response_line *line)
{
    enum { PERCENT_PLACES = 4 };
    if (!line->is_priced || line->discount_micros == AMOUNT_NONE) {
        return;
    }
    begin_part_csv(csv, response, "discount", line->number);
    csv_out_empty(csv, 14);
    csv_out_decimal(csv, line->discount_micros, PERCENT_PLACES, 0);
    csv_out_empty(csv, 1);
    csv_out_decimal(csv, line->discount_minor, response->exponent, response->exponent);
    csv_out_empty(csv, 1 + FINDING_OUT_COLUMN_COUNT);
    csv_out_end_row(csv);
}

static enum outcome
put_reductions_csv(struct scans *scans, struct csv_out *csv, const struct response *response,
                   const struct document_response_line *line, enum language language,
                   struct fault *why)
{
    const int64_t position = document_line_position(&scans->lines, line);
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->reductions, position, why)) == DONE) {
        struct document_reduction reduction;
        document_reduction_get(&scans->reductions, &reduction);
        begin_part_csv(csv, response, "reduction", line->number);
        csv_out_empty(csv, 14);
        csv_out_shown(csv, reduction.promotion);
        csv_out_shown(csv, name_in(reduction.name, language));
        csv_out_decimal(csv, reduction.reduction_minor, response->exponent, response->exponent);
        csv_out_empty(csv, 1 + FINDING_OUT_COLUMN_COUNT);
        csv_out_end_row(csv);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_goods_csv(struct scans *scans, struct csv_out *csv, const struct response *response,
              enum language language, struct fault *why)
{
    const int exponent = response->exponent;
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->goods, scans->heads.position, why)) == DONE) {
        struct document_free_good good;
        document_free_good_get(&scans->goods, &good);
        begin_part_csv(csv, response, "free-goods", good.number);
        csv_out_shown(csv, good.sku);
        csv_out_shown(csv, name_in(good.name, language));
        csv_out_decimal(csv, good.quantity_micros, MICROS_PLACES, 0);
        csv_out_text(csv, good.unit);
        csv_out_empty(csv, 2);
        csv_out_decimal(csv, 0, exponent, exponent); /* its price */
        csv_out_empty(csv, 1);
        csv_out_decimal(csv, 0, exponent, exponent); /* net, tax, total */
        csv_out_decimal(csv, 0, exponent, exponent);
        csv_out_decimal(csv, 0, exponent, exponent);
        csv_out_empty(csv, 3);
        csv_out_shown(csv, good.promotion);
        csv_out_shown(csv, name_in(good.promotion_name, language));
        csv_out_empty(csv, 1);
        csv_out_decimal(csv, good.owed_micros, MICROS_PLACES, 0);
        csv_out_empty(csv, FINDING_OUT_COLUMN_COUNT);
        csv_out_end_row(csv);
    }
    return outcome == NONE ? DONE : outcome;
}

static void
put_finding_csv(struct csv_out *csv, const struct response *response, const struct finding *finding,
                enum language language, struct arena *arena)
{
    begin_part_csv(csv, response, "finding", finding->order_line);
    csv_out_empty(csv, 18);
    finding_out_csv(csv, finding, language, arena);
    csv_out_end_row(csv);
}

static enum outcome
put_response_csv(struct writing *writing, struct scans *scans, struct csv_out *csv,
                 const struct response *response, struct fault *why)
{
    const enum language language = writing->partner->language;
    put_order_csv(csv, response);
    put_freight_csv(csv, response);
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        struct document_response_line line;
        document_response_line_get(&scans->lines, &line);
        put_line_csv(csv, response, &line);
        put_discount_csv(csv, response, &line);
        TRY(put_reductions_csv(scans, csv, response, &line, language, why));
        TRY(writing_flush_full(writing, why));
    }
    if (outcome == NONE) {
        TRY(put_goods_csv(scans, csv, response, language, why));
    }
    for (size_t index = 0; index < response->finding_count; index++) {
        put_finding_csv(csv, response, &response->findings[index], language, &scans->arena);
    }
    return outcome == NONE ? writing_flush_full(writing, why) : outcome;
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct response response;
    struct csv_out csv;
    TRY(open_scans(&scans, writing, why));
    writing_begin_csv(writing, &csv, columns, COLUMN_COUNT);
    enum outcome outcome;
    while ((outcome = next_response(&scans, &response, why)) == DONE) {
        TRY(put_response_csv(writing, &scans, &csv, &response, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer order_response_xml_writer = {KIND_ORDER_RESPONSE, "xml", ".xml", write_xml};
const struct writer order_response_csv_writer = {KIND_ORDER_RESPONSE, "csv", ".csv", write_csv};
