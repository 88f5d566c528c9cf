/* writer_order_status.c -- where each order stands, at each change of its headline, and what is
 * paid of it, at each change of that; with the address of its page where there are pages. */
#include "writers/documents.h"

#include "order/lifecycle.h"
#include "store/store_document.h"
#include "writers/tracking_link.h"
#include "writers/writing.h"

enum { LINK_BYTES_MAX = 64 * 1024 };

/* In the arena, which is emptied first; "" where there are no pages. */
static const char *
page_of(const struct writing *writing, const struct document_status *status, struct arena *arena)
{
    arena_reset(arena);
    return tracking_link(&writing->config->tracking, writing->partner->id, status->order_number,
                         arena);
}

static void
put_status_xml(struct xml_out *xml, const struct document_status *status, const char *page,
               enum language language)
{
    xml_out_open(xml, "orderStatus");
    xml_out_text(xml, "orderNumber", status->order_number);
    xml_out_integer(xml, "version", status->version);
    xml_out_text(xml, "headline", status->headline);
    xml_out_text(xml, "headlineText", lifecycle_headline_text(status->headline, language));
    xml_out_moment(xml, "happened", status->happened_ms);
    xml_out_moment(xml, "known", status->known_ms);
    if (status->currency[0] != '\0') {
        xml_out_open(xml, "payment");
        xml_out_text(xml, "required", status->required);
        xml_out_text(xml, "paid", status->paid);
        xml_out_text(xml, "open", status->open);
        xml_out_text(xml, "currency", status->currency);
        xml_out_close(xml);
    }
    xml_out_text_if(xml, "promisedOn", status->promised_on);
    xml_out_text_if(xml, "cancelled", status->cancelled);
    xml_out_text_if(xml, "trackingPage", page);
    xml_out_close(xml);
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(arena) arena;
    struct xml_out xml;
    arena_init(&arena, LINK_BYTES_MAX);
    TRY(document_scan_open(&heads, writing->store, SQL_document_statuses, writing->file_id, why));
    writing_begin_xml(writing, &xml, "orderStatuses", KIND_ORDER_STATUS);
    enum outcome outcome;
    while ((outcome = document_scan_next(&heads, why)) == DONE) {
        struct document_status status;
        document_status_get(&heads, &status);
        put_status_xml(&xml, &status, page_of(writing, &status, &arena),
                       writing->partner->language);
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

static const char *const columns[] = {
    "order_number", "version", "headline", "headline_text", "happened",    "known",    "required",
    "paid",         "open",    "currency", "tracking_page", "promised_on", "cancelled"};

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(document_scan) heads = {0};
    OWNED(arena) arena;
    struct csv_out csv;
    arena_init(&arena, LINK_BYTES_MAX);
    TRY(document_scan_open(&heads, writing->store, SQL_document_statuses, writing->file_id, why));
    writing_begin_csv(writing, &csv, columns, sizeof columns / sizeof columns[0]);
    enum outcome outcome;
    while ((outcome = document_scan_next(&heads, why)) == DONE) {
        struct document_status status;
        document_status_get(&heads, &status);
        csv_out_shown(&csv, status.order_number);
        csv_out_integer(&csv, status.version);
        csv_out_text(&csv, status.headline);
        csv_out_text(&csv, lifecycle_headline_text(status.headline, writing->partner->language));
        csv_out_moment(&csv, status.happened_ms);
        csv_out_moment(&csv, status.known_ms);
        csv_out_text(&csv, status.required);
        csv_out_text(&csv, status.paid);
        csv_out_text(&csv, status.open);
        csv_out_text(&csv, status.currency);
        csv_out_text(&csv, page_of(writing, &status, &arena));
        csv_out_text(&csv, status.promised_on);
        csv_out_shown(&csv, status.cancelled);
        csv_out_end_row(&csv);
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer order_status_xml_writer = {KIND_ORDER_STATUS, "xml", ".xml", write_xml};
const struct writer order_status_csv_writer = {KIND_ORDER_STATUS, "csv", ".csv", write_csv};
