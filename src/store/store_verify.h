/* store_verify.h -- the questions of the invariant checker, and the canonical dump. */
#ifndef PURSER_STORE_VERIFY_H
#define PURSER_STORE_VERIFY_H

#include "base/fault.h"
#include "order/lifecycle.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct store;

/* Invariants that are one question to the store. */
enum verify_question {
    VERIFY_ARRIVAL_UNTOLD,
    VERIFY_ARRIVAL_UNMARKED,
    VERIFY_FINDINGS_COUNT,
    VERIFY_INTERCHANGE_FINAL,
    VERIFY_INTERCHANGE_TEST,
    VERIFY_ORDER_VERSION,
    VERIFY_ORDER_LINES,
    VERIFY_ORDER_PARTIES,
    VERIFY_ORDER_TOTALS,
    VERIFY_ORDER_PARTS,
    VERIFY_ORDER_UNPRICED,
    VERIFY_ORDER_REDUCTIONS,
    VERIFY_PROMOTION_TOTALS,
    VERIFY_PROMOTION_RELEASED,
    VERIFY_APPROVAL_OPEN,
    VERIFY_APPROVAL_PERSONS,
    VERIFY_AWAITING_PRICE,
    VERIFY_CUSTOMER_DAYS,
    VERIFY_SALES, /* the ledger of sales, its sums by customer, and by product and month */
    VERIFY_CUSTOMER_SALES,
    VERIFY_PRODUCT_MONTHS,
    VERIFY_SHIPPED,
    VERIFY_SHIPMENT_MATCHED,
    VERIFY_INVOICE_NUMBERS,
    VERIFY_INVOICE_TOTALS,
    VERIFY_INVOICE_SHIPMENTS, /* an invoice is about what its shipment has */
    VERIFY_FREIGHT,
    VERIFY_INVOICE_TOLD,
    VERIFY_INVOICED, /* of what left wholly its price, of the rest no more */
    VERIFY_CREDITED,
    VERIFY_PARCELS,          /* each is of a matched shipment, and of that one's order and number */
    VERIFY_TRANSPORT_EVENTS, /* what became of them fits what they mean, and whether there is a
                                parcel */
    VERIFY_STOCK_SUMS,       /* what is on hand is what its moves make */
    VERIFY_STOCK_REPORTS,    /* no row of a report waits but for the desk */
    VERIFY_ARRIVED,          /* orders follow their parcels */
    VERIFY_SEQUENCES,
    VERIFY_OUTBOX_MESSAGES,
    VERIFY_ACKNOWLEDGED,
    VERIFY_HELD, /* what waits for a person has its version, and nothing else waits */
    VERIFY_ANSWERED,
    VERIFY_CANCELLED,
    VERIFY_CANCELLED_WHOLE,
    VERIFY_CHANGE_PENDING,
    VERIFY_ORDER_HELD, /* no hold is open where nothing can be released */
    VERIFY_CREDIT_TOTALS,
    VERIFY_ORDER_RELEASED,   /* what is approved is released or held: where there is a warehouse */
    VERIFY_PAYMENT_SUMS,     /* what is paid for an order is what is allocated to it */
    VERIFY_RECEIVABLES,      /* what is open of an order follows from its invoices and its money */
    VERIFY_PAYMENT_STATE,    /* its state, and what is owed to the customer, follow from that */
    VERIFY_PAYMENT_RELEASED, /* nothing is released unpaid, but when its hold has ended */
    VERIFY_RELEASES,         /* what is released has its releases, and they end with it */
    VERIFY_PRODUCTION,       /* what is done is what was told, and no number is missing */
    VERIFY_PRODUCTION_TOLD,  /* each request has its message, and what we took back another */
    VERIFY_STOPS,            /* each notice was told, and what it stopped is cancelled */
    VERIFY_CHARGES,          /* what cancellations cost foots with them and their invoices */
    VERIFY_RETURNS,          /* what came back is refunded once, and no more than had left */
    VERIFY_PACKAGES,         /* parts of packages that came back are refunded what these paid */
    VERIFY_DELAYS,           /* where an order is expected is what was told of it last */
    VERIFY_RESERVED,         /* of stock and receipts: what was allocated of them */
    VERIFY_PLANNED,          /* an order in line is approved, and keeps nothing when it has left */
    VERIFY_PLANNED_LINES,    /* no line has more than it needs */
    VERIFY_RELEASES_TOLD,    /* each was told to its warehouse */
    VERIFY_QUESTION_COUNT
};

/* What one row of an answer is given to; texts live for the call. */
struct verify_visitor {
    void *context;
    void (*wrong)(void *context, const char *value, const char *expected);
};
MUST_USE enum outcome verify_ask(struct store *store, enum verify_question question,
                                 const struct verify_visitor *visitor, struct fault *why);

/* The events of all orders, each order from its first to its last. */
struct verify_step {
    int64_t order_id;
    const char *order; /* PARTNER/NUMBER */
    enum approval_state approval;
    enum fulfilment_state fulfilment;
    enum payment_state payment;
    int64_t version;
    int event; /* enum order_event; -1: the order has no event */
    int64_t event_version;
    bool is_last; /* of its order */
    const char *headline;
};
struct verify_step_visitor {
    void *context;
    void (*step)(void *context, const struct verify_step *step);
};
MUST_USE enum outcome
verify_steps(struct store *store, const struct verify_step_visitor *visitor, struct fault *why);

/* Files that the store speaks of. */
enum verify_files {
    VERIFY_FILES_OF_INTERCHANGES,
    VERIFY_FILES_LANDED,
    VERIFY_FILES_OF_OUTBOX, /* `place` is the state */
    VERIFY_FILES_KNOWN,     /* all of them, sorted by `place` and with nothing else */
    VERIFY_FILES_COUNT
};
struct verify_file {
    const char *partner;
    const char *name;
    const char *place;
    const char *sha256;
    int64_t size;
};
struct verify_file_visitor {
    void *context;
    enum outcome (*file)(void *context, const struct verify_file *file, struct fault *why);
};
MUST_USE enum outcome
verify_each_file(struct store *store, enum verify_files files,
                 const struct verify_file_visitor *visitor, struct fault *why);

/* All that the store holds, one JSON array a line, without ids, run log and attempts: stores with
 * the same history give the same bytes. */
MUST_USE enum outcome verify_dump(struct store *store, FILE *out, struct fault *why);

#endif
