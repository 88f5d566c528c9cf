/* A document before anything of it was read. */
#include "intake/check.h"

#include <string.h>

static void *
begin_cancellation(struct document *document, struct place place)
{
    document->cancellation = order_cancellation_blank;
    document->cancellation.place = place;
    return &document->cancellation;
}

static void *
begin_change(struct document *document, struct place place)
{
    document->change = order_change_blank;
    document->change.place = place;
    return &document->change;
}

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
begin_return_receipt(struct document *document, struct place place)
{
    document->return_receipt = return_receipt_blank;
    document->return_receipt.place = place;
    return &document->return_receipt;
}

static void *
begin_return_request(struct document *document, struct place place)
{
    document->return_request = return_request_blank;
    document->return_request.place = place;
    return &document->return_request;
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
begin_stop_status(struct document *document, struct place place)
{
    document->stop_answer = stop_answer_blank;
    document->stop_answer.place = place;
    return &document->stop_answer;
}

static void *
begin_transport(struct document *document, struct place place)
{
    document->transport = transport_event_blank;
    document->transport.place = place;
    return &document->transport;
}

void *
document_begin(struct document *document, enum document_kind kind, struct place place)
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
    case DOCUMENT_ORDER_CHANGE: return begin_change(document, place);
    case DOCUMENT_ORDER_CANCELLATION: return begin_cancellation(document, place);
    case DOCUMENT_STOP_STATUS: return begin_stop_status(document, place);
    case DOCUMENT_RETURN_REQUEST: return begin_return_request(document, place);
    case DOCUMENT_RETURN_RECEIPT: return begin_return_receipt(document, place);
    default: return begin_decision(document, place);
    }
}
