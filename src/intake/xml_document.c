/* A document of the kind that an XML file holds, before anything of it was read. */
#include "intake/xml_scope.h"

#include <string.h>

static void *
begin_decision(struct document *document, struct place place)
{
    document->decision = decision_blank;
    document->decision.line = place.line;
    return &document->decision;
}

static void *
begin_order(struct document *document, struct place place)
{
    order_init(&document->order);
    document->order.place = place;
    return &document->order;
}

static void *
begin_payment(struct document *document, struct place place)
{
    document->payment = payment_blank;
    document->payment.line = place.line;
    return &document->payment;
}

static void *
begin_production_status(struct document *document, struct place place)
{
    document->production_status = production_status_blank;
    document->production_status.line = place.line;
    return &document->production_status;
}

static void *
begin_release_status(struct document *document, struct place place)
{
    document->release_status = release_status_blank;
    document->release_status.line = place.line;
    return &document->release_status;
}

static void *
begin_shipment(struct document *document, struct place place)
{
    document->shipment = shipment_blank;
    document->shipment.place = place;
    return &document->shipment;
}

static void *
begin_stock(struct document *document, struct place place)
{
    document->stock = stock_report_blank;
    document->stock.place = place;
    return &document->stock;
}

static void *
begin_transport(struct document *document, struct place place)
{
    document->transport = transport_event_blank;
    document->transport.place = place;
    return &document->transport;
}

void *
xml_document_begin(struct document *document, enum document_kind kind, struct place place)
{
    memset(document, 0, sizeof *document);
    document->kind = kind;
    switch (kind) {
    case DOCUMENT_ORDER: return begin_order(document, place);
    case DOCUMENT_SHIPMENT: return begin_shipment(document, place);
    case DOCUMENT_PAYMENT: return begin_payment(document, place);
    case DOCUMENT_TRANSPORT_EVENT: return begin_transport(document, place);
    case DOCUMENT_STOCK_REPORT: return begin_stock(document, place);
    case DOCUMENT_RELEASE_STATUS: return begin_release_status(document, place);
    case DOCUMENT_PRODUCTION_STATUS: return begin_production_status(document, place);
    default: return begin_decision(document, place);
    }
}
