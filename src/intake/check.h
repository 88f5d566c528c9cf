/* check.h -- what must hold between the fields of one document, whatever format it came in.
 *
 * A reader builds the order with field.h and hands it to check_order when it is complete.  Texts of
 * the order are normalised already; what stays to be done here is what needs more than one field:
 * defaults of the sender, phone and postal code by country, complete addresses, windows, duplicate
 * line numbers, limits.  No store, no clock.
 */
#ifndef PURSER_CHECK_H
#define PURSER_CHECK_H

#include "intake/reading.h"

struct code_lists; /* code_list.h */

struct check {
    struct arena *arena; /* of the order: corrected texts go there */
    struct findings *findings;
    const struct sender *sender;
    const struct code_lists *lists; /* reading->lists */
    enum file_format format;        /* how field names are written: ship_to_phone or shipTo/phone */
    /* Where a header field stands in the file, by its CSV name ("ship_to_phone", "requested_to");
     * NULL: the order's place is used. */
    struct place (*place_of)(const void *context, const char *field);
    const void *context;
};

/* An empty document of this kind: texts "", days and amounts absent.  What its values go into. */
void *document_begin(struct document *document, enum document_kind kind, struct place place);

/* Complete the order (currency, country and customer of the sender; ship-to and bill-to from
 * sold-to; normalised phones) and check it.  Findings tell the rest. */
void check_order(const struct check *check, struct order *order);

/* Parts of it, for a change of an order: the window of delivery and the ship-to party (false: there
 * is none), and one line. */
bool check_order_delivery(const struct check *check, struct order *order);
void
check_order_line(const struct check *check, const struct order *order, struct order_line *line);

/* Complete and check a change, cancellation, return request or receipt: what must hold in it. */
void check_request(const struct check *check, struct document *document);
/* One more line, all absent; NULL (after a finding) beyond the limit. */
struct line_change *check_add_change_line(const struct check *check, struct order_change *change);
struct cancelled_line *
check_add_cancelled_line(const struct check *check, struct order_cancellation *cancellation);
struct return_line *
check_add_return_line(const struct check *check, struct return_request *request);
struct received_line *
check_add_received_line(const struct check *check, struct return_receipt *receipt);
/* A note, whose text may be "-": there is none any more. */
void check_change_note(const struct check *check, struct order_change *change, enum note_kind kind,
                       const char *text, const char *line);

/* Warehouses stand in other time zones, and announce the morning's parcels on the evening before;
 * what left later than this after the sender's `today` has not left. */
enum { SHIPPED_AHEAD_DAYS_MAX = 1 };
void check_shipment(const struct check *check, const struct shipment *shipment);

/* Make room for one more and return it, texts "" and amounts and days absent; NULL (after a
 * finding) beyond the limit. */
struct order_line *check_add_line(const struct check *check, struct order *order);
struct note *check_add_note(const struct check *check, struct order *order);

/* What is wrong with a transport event, in which field, and what stands there; MESSAGE_COUNT:
 * nothing. */
enum message check_transport_fields(const struct transport_event *event, int32_t today,
                                    struct arena *arena, const char **field, const char **value);
/* What is wrong in a payment, and where; MESSAGE_COUNT: nothing, and its amount is in minor units.
 * Values that are absent have findings of their own.  Banks book in other time zones, so that a
 * payment may be of the sender's tomorrow. */
enum { PAID_AHEAD_DAYS_MAX = 1 };
struct payment_trouble_told {
    const char *field; /* by its CSV name */
    const char *value;
    const char *expected;
};
enum message check_payment_fields(struct payment *payment, const struct sender *sender,
                                  struct arena *arena, struct payment_trouble_told *told);

/* What the first row of a stock report has said for all of them. */
struct stock_told {
    int64_t line;       /* 0: there was none yet */
    const char *extent; /* of stock_extent_names */
    int64_t as_of_ms;
};
/* What is wrong in a row of a stock report, and where; MESSAGE_COUNT: nothing.  The texts of `told`
 * lie in the arena. */
struct stock_trouble_told {
    const char *field; /* by its CSV name */
    const char *value;
    const char *expected; /* NULL: nothing */
};
enum { STOCK_AHEAD_DAYS_MAX = 1 }; /* as of shipments */
enum message
check_stock_fields(const struct stock_report *row, struct stock_told *first, int32_t today,
                   struct arena *arena, struct stock_trouble_told *told);

/* Likewise in what a warehouse, or a plant, says; their moments may be of the sender's tomorrow. */
struct trouble_told {
    const char *field; /* by its CSV name */
    const char *value;
    const char *expected;
};
enum { STATUS_AHEAD_DAYS_MAX = 1 };
enum message
check_release_status_fields(const struct release_status *status, const struct sender *sender,
                            struct arena *arena, struct trouble_told *told);
enum message
check_production_status_fields(const struct production_status *status, const struct sender *sender,
                               struct arena *arena, struct trouble_told *told);
enum message check_stop_fields(const struct stop_answer *answer, const struct sender *sender,
                               struct arena *arena, struct trouble_told *told);

/* What is missing in a decision, and in which field; MESSAGE_COUNT: nothing. */
enum message check_decision_fields(const struct decision *decision, const char **field);

#endif
