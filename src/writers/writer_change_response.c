/* writer_change_response.c -- what became of a customer's change: part by part, with the reason,
 * and what it does to the price. */
#include "writers/documents.h"

#include "order/document.h"
#include "store/store_change.h"
#include "writers/writing.h"

enum { WORDS_BYTES_MAX = 64 * 1024 };

/* Why a part was not taken, in words; "". */
static const char *
reason_of(const struct writing *writing, const struct document_change_item *item,
          struct arena *arena)
{
    const enum message code = message_find(item->code);
    const struct finding finding = {.code = code,
                                    .order_line = item->line,
                                    .value = item->value,
                                    .expected = *item->other == '\0' ? item->value : item->other};
    arena_reset(arena);
    return code >= MESSAGE_COUNT
               ? ""
               : finding_text(&finding, FINDING_RULE, writing->partner->language, arena);
}

static void
put_amounts_xml(struct xml_out *xml, const char *name, const struct document_change *change,
                const struct change_amounts *amounts)
{
    const int places = currency_exponent(change->currency);
    if (amounts->net_minor == AMOUNT_NONE) {
        return;
    }
    xml_out_open(xml, name);
    xml_out_decimal(xml, "net", amounts->net_minor, places, places);
    xml_out_decimal(xml, "tax", amounts->tax_minor, places, places);
    xml_out_decimal(xml, "gross", amounts->gross_minor, places, places);
    xml_out_close(xml);
}

static void
put_head_xml(struct xml_out *xml, const struct document_change *change)
{
    xml_out_text(xml, "orderNumber", change->order_number);
    xml_out_integer(xml, "number", change->number);
    xml_out_text_if(xml, "changeNumber", change->change_number);
    xml_out_moment(xml, "answered", change->at_ms);
    xml_out_text(xml, "verdict", change->verdict);
    xml_out_integer(xml, "versionBefore", change->version_before);
    xml_out_integer(xml, "version", change->version);
    xml_out_text(xml, "currency", change->currency);
    put_amounts_xml(xml, "before", change, &change->before);
    put_amounts_xml(xml, "after", change, &change->after);
}

static void
put_item_xml(const struct writing *writing, struct xml_out *xml,
             const struct document_change_item *item, struct arena *arena)
{
    xml_out_open(xml, "item");
    xml_out_text_if(xml, "kind", item->kind);
    xml_out_text_if(xml, "line", item->line);
    xml_out_text_if(xml, "field", item->field);
    xml_out_text_if(xml, "before", item->before);
    xml_out_text_if(xml, "after", item->after);
    xml_out_text(xml, "verdict", item->verdict);
    xml_out_text_if(xml, "code", item->code);
    xml_out_text_if(xml, "text", reason_of(writing, item, arena));
    xml_out_close(xml);
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(document_scan) items = {0};
    OWNED(arena) arena;
    struct xml_out xml;
    enum outcome outcome;
    arena_init(&arena, WORDS_BYTES_MAX);
    TRY(document_scan_open(&heads, writing->store, SQL_document_changes, writing->file_id, why));
    TRY(document_scan_open(&items, writing->store, SQL_document_change_items, writing->file_id,
                           why));
    writing_begin_xml(writing, &xml, "changeResponses", KIND_CHANGE_RESPONSE);
    while ((outcome = document_scan_next(&heads, why)) == DONE) {
        struct document_change change;
        struct document_change_item item;
        document_change_get(&heads, &change);
        xml_out_open(&xml, "changeResponse");
        put_head_xml(&xml, &change);
        while ((outcome = document_scan_part(&items, heads.position, why)) == DONE) {
            document_change_item_get(&items, &item);
            put_item_xml(writing, &xml, &item, &arena);
            TRY(writing_flush_full(writing, why));
        }
        if (outcome != NONE) {
            return outcome;
        }
        xml_out_close(&xml);
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

static const char *const columns[] = {
    "order_number", "number",    "change_number", "answered",   "change_verdict", "version_before",
    "version",      "kind",      "line",          "field",      "before",         "after",
    "verdict",      "code",      "text",          "currency",   "net_before",     "tax_before",
    "gross_before", "net_after", "tax_after",     "gross_after"};

static void
put_amounts_csv(struct csv_out *csv, const struct document_change *change,
                const struct change_amounts *amounts)
{
    const int places = currency_exponent(change->currency);
    if (amounts->net_minor == AMOUNT_NONE) {
        csv_out_empty(csv, 3);
        return;
    }
    csv_out_decimal(csv, amounts->net_minor, places, places);
    csv_out_decimal(csv, amounts->tax_minor, places, places);
    csv_out_decimal(csv, amounts->gross_minor, places, places);
}

static void
put_item_csv(const struct writing *writing, struct csv_out *csv,
             const struct document_change *change, const struct document_change_item *item,
             struct arena *arena)
{
    csv_out_shown(csv, change->order_number);
    csv_out_integer(csv, change->number);
    csv_out_shown(csv, change->change_number);
    csv_out_moment(csv, change->at_ms);
    csv_out_text(csv, change->verdict);
    csv_out_integer(csv, change->version_before);
    csv_out_integer(csv, change->version);
    csv_out_text(csv, item->kind);
    csv_out_shown(csv, item->line);
    csv_out_shown(csv, item->field);
    csv_out_shown(csv, item->before);
    csv_out_shown(csv, item->after);
    csv_out_text(csv, item->verdict);
    csv_out_text(csv, item->code);
    csv_out_shown(csv, reason_of(writing, item, arena));
    csv_out_text(csv, change->currency);
    put_amounts_csv(csv, change, &change->before);
    put_amounts_csv(csv, change, &change->after);
    csv_out_end_row(csv);
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(document_scan) items = {0};
    OWNED(arena) arena;
    struct csv_out csv;
    enum outcome outcome;
    arena_init(&arena, WORDS_BYTES_MAX);
    TRY(document_scan_open(&heads, writing->store, SQL_document_changes, writing->file_id, why));
    TRY(document_scan_open(&items, writing->store, SQL_document_change_items, writing->file_id,
                           why));
    writing_begin_csv(writing, &csv, columns, sizeof columns / sizeof columns[0]);
    while ((outcome = document_scan_next(&heads, why)) == DONE) {
        struct document_change change;
        struct document_change_item item;
        document_change_get(&heads, &change);
        while ((outcome = document_scan_part(&items, heads.position, why)) == DONE) {
            document_change_item_get(&items, &item);
            put_item_csv(writing, &csv, &change, &item, &arena);
            TRY(writing_flush_full(writing, why));
        }
        if (outcome != NONE) {
            return outcome;
        }
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer change_response_xml_writer = {KIND_CHANGE_RESPONSE, "xml", ".xml", write_xml};
const struct writer change_response_csv_writer = {KIND_CHANGE_RESPONSE, "csv", ".csv", write_csv};
