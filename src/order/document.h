/* document.h -- the business documents that come in, and the kinds of files that go out.
 *
 * Pure data, like order.h: texts lie in the arena that the document was read with and are never
 * NULL.
 */
#ifndef PURSER_DOCUMENT_H
#define PURSER_DOCUMENT_H

#include "order/document_kind.h"
#include "order/master.h"
#include "order/order.h"
#include "order/order_change.h"
#include "order/progress_state.h"

#include <stdbool.h>

struct shipment_line {
    const char *order_line;
    const char *sku;
    int64_t quantity_micros;
    const char *lot;     /* "A | B"; "" */
    const char *serials; /* "A | B", one for each unit; "": not said */
    const char *final;   /* "yes": nothing more comes of the order line; "no", "" */
    int64_t line;        /* in the file */
};
/* With every text empty. */
extern const struct shipment_line shipment_line_blank;

struct shipment {
    const char *number;  /* the warehouse's own */
    const char *partner; /* whose order */
    const char *order_number;
    int64_t shipped_ms;
    const char *carrier;
    const char *tracking;
    const char *load; /* shipments of one load travel together; "" */
    struct shipment_line *lines;
    size_t line_count;
    size_t line_capacity;
    struct place place;
};
/* Likewise. */
extern const struct shipment shipment_blank;

enum decision_verdict {
    DECISION_APPROVE,
    DECISION_REJECT,
    DECISION_RETURN,   /* to whoever ordered, to be mended and sent again */
    DECISION_DELEGATE, /* somebody else is to decide */
    DECISION_VERDICT_COUNT
};
extern const char *const decision_verdict_names[DECISION_VERDICT_COUNT];

struct decision {
    const char *partner;
    const char *order_number;
    int64_t version;
    enum decision_verdict verdict;
    const char *reason;
    const char *delegate; /* partner id; "" but of DECISION_DELEGATE */
    const char *shown;    /* digest that the request showed; "": the version stands for it */
    const char *strike;   /* line numbers "A | B" that are left out of what is approved */
    int64_t line;
};

/* With every text empty. */
extern const struct decision decision_blank;

/* One scan, or other news of a parcel, as its carrier says. */
struct transport_event {
    const char *tracking;
    const char *event_id; /* the carrier's own; "": none */
    const char *code;     /* the carrier's */
    int64_t happened_ms;
    const char *where; /* city, or depot */
    const char *country;
    const char *region;
    int64_t latitude_micros; /* degrees; AMOUNT_NONE: not said */
    int64_t longitude_micros;
    const char *text;
    int64_t eta_from_ms; /* AMOUNT_NONE: not said; where a day begins the date alone */
    int64_t eta_to_ms;
    const char *signed_by;
    const char *proof;
    struct place place;
};
extern const struct transport_event transport_event_blank;

/* Money that came from a customer, or went back to it, as finance says. */
struct payment {
    const char *number;  /* finance's own, never used twice */
    const char *partner; /* whose order */
    const char *order_number;
    const char *invoice_number;
    const char *payer;
    const char *reference; /* as the payer wrote it */
    bool is_refund;
    int64_t amount_micros; /* as it was read; AMOUNT_NONE: that was no amount */
    int64_t amount_minor;
    const char *currency;
    int32_t paid_on;
    int64_t line;
};
extern const char *const money_kind_names[2]; /* "payment", "refund": by is_refund */

/* With every text empty, amount and day absent. */
extern const struct payment payment_blank;

/* What a warehouse has of a product, what came or went, or what is to come, as it says. */
enum stock_extent {
    STOCK_FULL,    /* what there is; what the file does not name is not there */
    STOCK_CHANGE,  /* what came, or went */
    STOCK_PLANNED, /* what is still to come of a purchase */
    STOCK_EXTENT_COUNT
};
extern const char *const stock_extent_names[STOCK_EXTENT_COUNT];

/* Why stock changes, as warehouses tell it. */
enum stock_change {
    STOCK_RECEIPT,
    STOCK_RETURN,
    STOCK_SCRAP,
    STOCK_CORRECTION,
    STOCK_TRANSFER,
    STOCK_CHANGE_COUNT
};
extern const char *const stock_change_names[STOCK_CHANGE_COUNT];

struct stock_report {
    const char *extent; /* of stock_extent_names; "": that was none of them */
    const char *sku;
    int64_t quantity_micros; /* AMOUNT_NONE: that was no number; of a change below 0: it went */
    const char *unit;        /* "": the product's */
    int64_t as_of_ms;        /* counted, happened or planned then; AMOUNT_NONE: not said */
    const char *kind;        /* of a change: of stock_change_names; "" */
    const char *number;      /* of a change: the warehouse's own, never used twice */
    const char *reference;   /* of the purchase */
    int32_t expected_on;     /* DAY_NONE: not said */
    const char *reason;
    struct place place;
};
/* With every text empty, amount, moment and day absent. */
extern const struct stock_report stock_report_blank;

/* A row of a lookup: key and cells as JSON (intake/lookup.h). */
struct lookup_row {
    const char *key;
    const char *cells;
    int64_t line;
};

struct document {
    enum document_kind kind;
    bool is_good; /* no finding of severity error about it; a bad one is yielded too, for the counts
                   */
    union {
        struct order order;
        struct shipment shipment;
        struct decision decision;
        struct transport_event transport;
        struct payment payment;
        struct stock_report stock;
        struct release_status release_status;
        struct production_status production_status;
        struct order_change change;
        struct order_cancellation cancellation;
        struct stop_answer stop_answer;
        struct return_request return_request;
        struct return_receipt return_receipt;
        struct lookup_row lookup;
        struct master_row row;
    };
};

/* Documents of several lines, by their numbers: orders, shipments, and what is asked for after an
 * order.  Texts are "" where the kind, or the document, has none. */
struct document_head {
    const char *number;
    const char *order_number;
    struct place place;
};
bool document_has_lines(enum document_kind kind);
struct document_head document_head(const struct document *document);

/* Kinds of outgoing files, as stored in outbox_message.kind and used in file names; each is
 * about what stands beside it. */
#define KIND_ACKNOWLEDGEMENT                                                                       \
    "acknowledgement" /* every sender, one file per interchange: interchange_id */
#define KIND_ORDER_RESPONSE                                                                        \
    "order-response" /* customer: order_id, version, event_id of the answer */
#define KIND_ORDER_STATUS     "order-status" /* customer, each change of the headline: event_id */
#define KIND_RELEASE          "release"      /* warehouse: order_id, version */
#define KIND_SHIPMENT_NOTICE  "shipment-notice"  /* customer: shipment_id */
#define KIND_APPROVAL_REQUEST "approval-request" /* approver: approval_id */
#define KIND_APPROVAL_RESULT                                                                       \
    "approval-result" /* who was asked, or waits for it: order_id, version, event_id of the end */
#define KIND_PRODUCTION_REQUEST                                                                    \
    "production-request" /* plant: order_id, version, production_id, reminder 1: taken back */
#define KIND_STOP_NOTICE                                                                           \
    "stop-notice" /* warehouse, plant: order_id, version, stop_id, reminder: 0 the notice, else    \
                     the number of the reminder */
#define KIND_RETURN_AUTHORISATION                                                                  \
    "return-authorisation" /* customer, warehouse: return_id; reminder 1: it has expired */
#define KIND_DELAY_WARNING                                                                         \
    "delay-warning" /* of our own, and the customer: order_id, version, reminder (the              \
                       number in delay_warning) */
#define KIND_CHANGE_RESPONSE                                                                       \
    "change-response" /* customer: order_id, version, reminder (the number in change_answer) */
#define KIND_CANCELLATION_STATEMENT                                                                \
    "cancellation-statement" /* customer: order_id, version, reminder (the number in               \
                                cancellation_statement) */
#define KIND_REPORT "report" /* finance: report_id */
#define KIND_INVOICE                                                                               \
    "invoice" /* customer, and a copy to finance: order_id, version, invoice_id                    \
               */

#endif
