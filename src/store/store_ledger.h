/* store_ledger.h -- what warehouses have of each product, as a ledger of moves.
 *
 * A count says what there was at a moment; a move that happened up to then was known to who counted
 * and changes nothing, whenever we learn of it.  So what is on hand does not depend on the order in
 * which news come: it is what was counted last, and all moves that happened since.
 * stock_item.on_hand_micros is the sum of the effects of its moves; it may be below zero.  A count
 * that finds what was known leaves no move: the item tells when it was counted.  Of a product that
 * a warehouse does not tell of there is no item, though moves of what it sent: they count from the
 * first word of it on.
 *
 * Quantities are in the product's unit, in millionths; above zero came, below it went.
 */
#ifndef PURSER_STORE_LEDGER_H
#define PURSER_STORE_LEDGER_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* X(enumerator, "stored name"): the first of them as document.h has them. */
#define LEDGER_KINDS(X)                                                                            \
    X(LEDGER_RECEIPT, "receipt")                                                                   \
    X(LEDGER_RETURN, "return")                                                                     \
    X(LEDGER_SCRAP, "scrap")                                                                       \
    X(LEDGER_CORRECTION, "correction")                                                             \
    X(LEDGER_TRANSFER, "transfer")                                                                 \
    X(LEDGER_COUNT, "count")                                                                       \
    X(LEDGER_SHIPMENT, "shipment")                                                                 \
    X(LEDGER_PRODUCTION, "production")                                                             \
    X(LEDGER_CONSUMPTION, "consumption")
#define LEDGER_KIND_AS_ENUM(enumerator, name) enumerator,
enum ledger_kind { LEDGER_KINDS(LEDGER_KIND_AS_ENUM) LEDGER_KIND_COUNT };
extern const char *const ledger_kind_names[LEDGER_KIND_COUNT];

struct ledger_move {
    const char *warehouse; /* partner id */
    const char *sku;
    enum ledger_kind kind;
    const char *number;      /* the warehouse's own; "": what we know otherwise */
    int64_t quantity_micros; /* of LEDGER_COUNT what there is */
    int64_t happened_ms;
    int64_t known_ms;
    const char *reference;  /* of a receipt: the purchase; "" */
    const char *reason;     /* in words; "" */
    int64_t interchange_id; /* that told us; 0: none */
    int64_t line;
    int64_t shipment_id; /* 0: of none */
};

enum ledger_admission {
    LEDGER_POSTED,
    LEDGER_LATE,     /* likewise, and the last count knew of it */
    LEDGER_KNOWN,    /* the warehouse has told it under this number */
    LEDGER_CONFLICT, /* it has used the number for something else */
    LEDGER_TOO_MUCH, /* beyond LEDGER_MICROS_MAX there would be of it */
};
/* What there may be of a product through reports, above and below zero. */
#define LEDGER_MICROS_MAX (INT64_C(1000000000000) * 1000000)

/* Add it to the ledger; a receipt is taken off what was planned under its reference.  A count is
 * none older than the last one of the item.  KNOWN, CONFLICT and TOO_MUCH: nothing has changed. */
MUST_USE enum outcome ledger_post(struct store *store, const struct ledger_move *move,
                                  enum ledger_admission *admission, struct fault *why);

/* What is still to come of a purchase, in place of what was said of it before. */
struct ledger_plan {
    const char *warehouse;
    const char *sku;
    const char *reference;
    int64_t quantity_micros; /* 0: nothing */
    int32_t day;             /* DAY_NONE where nothing is to come */
    int64_t told_ms; /* receipts that happened later are taken off; AMOUNT_NONE: not said, then none
                      */
};
/* NONE: it was planned otherwise at a later moment, *newer_ms, and nothing has changed. */
MUST_USE enum outcome ledger_plan(struct store *store, const struct ledger_plan *plan,
                                  int64_t *newer_ms, struct fault *why);

/* What there is of a product at a place; NONE: nobody has told of it. */
struct ledger_item {
    int64_t on_hand_micros;
    int64_t reserved_micros;
    int64_t counted_ms; /* AMOUNT_NONE: never */
};
MUST_USE enum outcome ledger_item(struct store *store, const char *warehouse, const char *sku,
                                  struct ledger_item *item, struct fault *why);

/* What is to come to it, by day. */
struct ledger_receipt {
    const char *reference;
    int32_t day;
    int64_t quantity_micros;
    int64_t reserved_micros;
};
MUST_USE enum outcome
ledger_receipts(struct store *store, const char *warehouse, const char *sku, struct arena *arena,
                struct ledger_receipt **items, size_t *count, struct fault *why);

/* What has left in a matched shipment, by what its order needs: parts in place of their package, in
 * the product's unit.  Shares are whole units where the product is counted in such, and of all
 * shipments of an order together they are exact. */
struct ledger_left {
    int64_t ordinal; /* and part: as in table plan_line */
    int64_t part;
    const char *sku;
    int64_t quantity_micros;
};
MUST_USE enum outcome ledger_left(struct store *store, int64_t shipment_id, struct arena *arena,
                                  struct ledger_left **items, size_t *count, struct fault *why);
/* Whose it was, and when. */
MUST_USE enum outcome
ledger_shipment(struct store *store, int64_t shipment_id, struct arena *arena,
                const char **warehouse, int64_t *shipped_ms, struct fault *why);

/* ---- reports, from the intake to the desk ---- */

/* Store a row for the desk. */
MUST_USE enum outcome
ledger_report_add(struct store *store, int64_t interchange_id, int64_t ordinal,
                  const struct stock_report *row, struct fault *why);
/* The row behind this ordinal (0 before the first), with the unit of its product by the list in
 * force, "" of one that is not known; NONE after the last. */
MUST_USE enum outcome
ledger_report_next(struct store *store, int64_t interchange_id, int64_t *ordinal,
                   struct arena *arena, struct stock_report *row, const char **product_unit,
                   struct fault *why);
/* They are not there any more. */
MUST_USE enum outcome
ledger_report_forget(struct store *store, int64_t interchange_id, struct fault *why);

/* A warehouse's last full report, AMOUNT_NONE: it has sent none; and that it has sent one. */
MUST_USE enum outcome ledger_reported(struct store *store, const char *warehouse,
                                      int64_t *reported_ms, struct fault *why);
MUST_USE enum outcome ledger_report_full(struct store *store, const char *warehouse,
                                         int64_t as_of_ms, bool is_whole, struct fault *why);
/* The products behind this one that the warehouse has and a full report does not name. */
enum { LEDGER_BATCH = 500 };
MUST_USE enum outcome ledger_unnamed(struct store *store, const char *warehouse,
                                     int64_t interchange_id, const char *after, struct arena *arena,
                                     const char ***skus, size_t *count, struct fault *why);

#endif
