#include "order/document.h"

const char *const document_kind_names[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_NONE] = "",
    [DOCUMENT_ORDER] = "order",
    [DOCUMENT_SHIPMENT] = "shipment",
    [DOCUMENT_DECISION] = "decision",
    [DOCUMENT_TRANSPORT_EVENT] = "transport-event",
    [DOCUMENT_PAYMENT] = "payment",
    [DOCUMENT_STOCK_REPORT] = "stock-report",
    [DOCUMENT_RELEASE_STATUS] = "release-status",
    [DOCUMENT_PRODUCTION_STATUS] = "production-status",
    [DOCUMENT_ORDER_CHANGE] = "order-change",
    [DOCUMENT_ORDER_CANCELLATION] = "order-cancellation",
    [DOCUMENT_STOP_STATUS] = "stop-status",
    [DOCUMENT_RETURN_REQUEST] = "return-request",
    [DOCUMENT_RETURN_RECEIPT] = "return-receipt",
    [DOCUMENT_CUSTOMERS] = "customers",
    [DOCUMENT_PRODUCTS] = "products",
    [DOCUMENT_PRODUCT_OPTIONS] = "product-options",
    [DOCUMENT_PRODUCT_UNITS] = "product-units",
    [DOCUMENT_PRICES] = "prices",
    [DOCUMENT_PACKAGES] = "packages",
    [DOCUMENT_EXCHANGE_RATES] = "exchange-rates",
    [DOCUMENT_TAX_RATES] = "tax-rates",
    [DOCUMENT_PROMOTIONS] = "promotions",
    [DOCUMENT_COUPONS] = "coupons",
    [DOCUMENT_STOCK] = "stock",
    [DOCUMENT_PRODUCT_COSTS] = "product-costs",
    [DOCUMENT_PRICE_AUTHORITY] = "price-authority",
    [DOCUMENT_PRICE_CASES] = "price-cases",
    [DOCUMENT_APPROVAL_MATRIX] = "approval-matrix",
    [DOCUMENT_CALENDAR] = "calendar",
    [DOCUMENT_DELEGATIONS] = "delegations",
    [DOCUMENT_CREDIT_LIMITS] = "credit-limits",
    [DOCUMENT_APPROVERS] = "approvers",
    [DOCUMENT_CARRIER_CODES] = "carrier-codes",
    [DOCUMENT_PLACES] = "places",
    [DOCUMENT_PLANTS] = "plants",
    [DOCUMENT_SUPPLY] = "supply",
    [DOCUMENT_MATERIALS] = "materials",
    [DOCUMENT_LANES] = "lanes",
    [DOCUMENT_RETURN_POLICY] = "return-policy",
    [DOCUMENT_MODIFICATION_RULES] = "modification-rules",
    [DOCUMENT_CANCELLATION_POLICY] = "cancellation-policy",
    [DOCUMENT_LOOKUP] = "lookup",
    [DOCUMENT_APPROVAL_CASES] = "approval-cases",
};

bool
document_has_lines(enum document_kind kind)
{
    return kind == DOCUMENT_ORDER || kind == DOCUMENT_SHIPMENT || kind == DOCUMENT_ORDER_CHANGE ||
           kind == DOCUMENT_ORDER_CANCELLATION || kind == DOCUMENT_RETURN_REQUEST ||
           kind == DOCUMENT_RETURN_RECEIPT;
}

struct document_head
document_head(const struct document *document)
{
    switch (document->kind) {
    case DOCUMENT_ORDER:
        return (struct document_head){document->order.number, document->order.number,
                                      document->order.place};
    case DOCUMENT_SHIPMENT:
        return (struct document_head){document->shipment.number, document->shipment.order_number,
                                      document->shipment.place};
    case DOCUMENT_ORDER_CHANGE:
        return (struct document_head){document->change.number, document->change.order_number,
                                      document->change.place};
    case DOCUMENT_ORDER_CANCELLATION:
        return (struct document_head){document->cancellation.number,
                                      document->cancellation.order_number,
                                      document->cancellation.place};
    case DOCUMENT_RETURN_REQUEST:
        return (struct document_head){document->return_request.number,
                                      document->return_request.order_number,
                                      document->return_request.place};
    case DOCUMENT_RETURN_RECEIPT:
        return (struct document_head){document->return_receipt.number, "",
                                      document->return_receipt.place};
    default: return (struct document_head){"", "", {0, 0}};
    }
}

const char *const decision_verdict_names[DECISION_VERDICT_COUNT] = {
    [DECISION_APPROVE] = "approve",
    [DECISION_REJECT] = "reject",
    [DECISION_RETURN] = "return",
    [DECISION_DELEGATE] = "delegate",
};

const struct shipment_line shipment_line_blank = {
    .order_line = "", .sku = "", .lot = "", .serials = "", .final = ""};

const struct shipment shipment_blank = {
    .number = "", .partner = "", .order_number = "", .carrier = "", .tracking = "", .load = ""};

const struct decision decision_blank = {
    .partner = "", .order_number = "", .reason = "", .delegate = "", .shown = "", .strike = ""};

const struct transport_event transport_event_blank = {
    .tracking = "",
    .event_id = "",
    .code = "",
    .where = "",
    .country = "",
    .region = "",
    .latitude_micros = AMOUNT_NONE,
    .longitude_micros = AMOUNT_NONE,
    .text = "",
    .eta_from_ms = AMOUNT_NONE,
    .eta_to_ms = AMOUNT_NONE,
    .signed_by = "",
    .proof = "",
};

const char *const money_kind_names[2] = {"payment", "refund"};

const struct payment payment_blank = {.number = "",
                                      .partner = "",
                                      .order_number = "",
                                      .invoice_number = "",
                                      .payer = "",
                                      .reference = "",
                                      .amount_micros = AMOUNT_NONE,
                                      .currency = "",
                                      .paid_on = DAY_NONE};

const char *const stock_extent_names[STOCK_EXTENT_COUNT] = {"full", "change", "planned"};
const char *const stock_change_names[STOCK_CHANGE_COUNT] = {
    [STOCK_RECEIPT] = "receipt",       [STOCK_RETURN] = "return",     [STOCK_SCRAP] = "scrap",
    [STOCK_CORRECTION] = "correction", [STOCK_TRANSFER] = "transfer",
};

const struct stock_report stock_report_blank = {.extent = "",
                                                .sku = "",
                                                .quantity_micros = AMOUNT_NONE,
                                                .unit = "",
                                                .as_of_ms = AMOUNT_NONE,
                                                .kind = "",
                                                .number = "",
                                                .reference = "",
                                                .expected_on = DAY_NONE,
                                                .reason = ""};
