/* order_change.h -- what customers ask for after they have ordered: changes, cancellations,
 * returns; and what warehouses and plants say of it.
 *
 * Pure data, like order.h: texts lie in the arena that the document was read with and are never
 * NULL. */
#ifndef PURSER_ORDER_CHANGE_H
#define PURSER_ORDER_CHANGE_H

#include "order/order.h"

/* ---- a change ---- */

enum change_action { CHANGE_SET, CHANGE_ADD, CHANGE_REMOVE, CHANGE_ACTION_COUNT };
extern const char *const change_action_names[CHANGE_ACTION_COUNT]; /* "set", "add", "remove" */

struct line_change {
    enum change_action action;
    /* Its number says which line.  Of CHANGE_SET what is absent stays as it is: texts "", no
     * quantity (AMOUNT_NONE), no days.  A quantity is the new one, not the difference. */
    struct order_line line;
    bool has_options; /* of CHANGE_SET: these take the place of all it has */
};

/* A note takes the place of those of its kind and line; with the text "" they go. */
struct note_change {
    enum note_kind kind;
    const char *text;
    const char *line; /* number of an order line; "": the whole order */
};

struct order_change {
    const char *number; /* the customer's own number of the change, never used twice for an order */
    const char *order_number;
    int64_t version; /* of the order, that the customer knows; 0: not said */
    const char *reason;
    int32_t requested_from; /* these two DAY_NONE: as they are */
    int32_t requested_to;
    bool has_ship_to;
    struct party ship_to; /* takes the place of the one it has, as a whole */
    const char *terms;    /* of payment_terms.h; "": as they are */
    struct line_change *lines;
    size_t line_count;
    size_t line_capacity; /* these two while reading */
    struct note_change *notes;
    size_t note_count;
    size_t note_capacity;
    struct place place;
};
extern const struct order_change order_change_blank;

/* ---- a cancellation ---- */

/* Why, as who cancels says. */
enum cancel_reason {
    CANCEL_NOT_NEEDED,
    CANCEL_MISTAKE, /* ordered twice, or the wrong thing */
    CANCEL_TOO_LATE,
    CANCEL_PRICE,
    CANCEL_OTHER,
    CANCEL_REASON_COUNT
};
extern const char
    *const cancel_reason_names[CANCEL_REASON_COUNT]; /* "not-needed", "mistake",
                                                        "too-late", "price", "other" */

struct cancelled_line {
    const char *number;      /* of an order line */
    int64_t quantity_micros; /* of it; AMOUNT_NONE: all that has not left */
    int64_t line;            /* in the file */
};

struct order_cancellation {
    const char *number; /* the customer's own, never used twice for an order */
    const char *order_number;
    int64_t version;    /* 0: not said */
    const char *reason; /* of cancel_reason_names; "" */
    const char *text;
    struct cancelled_line *lines;
    size_t line_count; /* 0: all of the order that has not left */
    size_t line_capacity;
    struct place place;
};
extern const struct order_cancellation order_cancellation_blank;

/* ---- answers to stop notices (CSV: one row each, of a notice or of one line of it) ---- */

enum stop_status {
    STOP_STOPPED,
    STOP_PARTLY,
    STOP_TOO_LATE,
    STOP_DONE,
    STOP_REFUSED,
    STOP_STATUS_COUNT
};
extern const char *const stop_status_names[STOP_STATUS_COUNT]; /* "stopped", "partly", "too-late",
                                             "done", "refused": the last two of a redirection */

struct stop_answer {
    int64_t number;          /* of the notice; 0: that was no number */
    const char *status;      /* of stop_status_names; "": that was none of them */
    const char *order_line;  /* of 'partly': of which line */
    int64_t quantity_micros; /* of 'partly': that is stopped of it; AMOUNT_NONE */
    int64_t at_ms;           /* AMOUNT_NONE: not said */
    int64_t cost_micros;     /* so far; AMOUNT_NONE: not said */
    const char *currency;    /* of it */
    const char *reason;
    struct place place;
};
extern const struct stop_answer stop_answer_blank;

/* ---- returns ---- */

enum return_reason {
    RETURN_NOT_WANTED,
    RETURN_DAMAGED,
    RETURN_WRONG_ITEM,
    RETURN_DEFECTIVE,
    RETURN_TOO_LATE,
    RETURN_OTHER,
    RETURN_REASON_COUNT
};
extern const char
    *const return_reason_names[RETURN_REASON_COUNT]; /* "not-wanted", "damaged", ... */

enum return_wish { RETURN_REFUND, RETURN_EXCHANGE, RETURN_WISH_COUNT };
extern const char *const return_wish_names[RETURN_WISH_COUNT]; /* "refund", "exchange" */

struct return_line {
    const char *number; /* of an order line */
    const char *part; /* SKU of the part of a package that is meant; "": whole units of the line */
    int64_t quantity_micros;
    const char *reason;       /* of return_reason_names */
    const char *wish;         /* of return_wish_names; "": a refund */
    const char *exchange_sku; /* of an exchange; "": the same again */
    const char *serials;      /* "A | B"; "" */
    const char *text;
    int64_t line; /* in the file */
};

struct return_request {
    const char *number; /* the customer's own, never used twice for an order */
    const char *order_number;
    struct return_line *lines;
    size_t line_count;
    size_t line_capacity;
    struct place place;
};
extern const struct return_request return_request_blank;

/* In which state it came back. */
enum return_condition {
    CONDITION_NEW,
    CONDITION_OPENED,
    CONDITION_DAMAGED,
    CONDITION_WRONG_ITEM, /* that is not what was sent */
    RETURN_CONDITION_COUNT
};
extern const char *const return_condition_names[RETURN_CONDITION_COUNT]; /* "new", "opened", ... */

struct received_line {
    const char *order_line;
    const char *sku; /* ""; else it must be that of the order line, or of a part that may come */
    int64_t quantity_micros;
    const char *condition; /* of return_condition_names */
    const char *lot;
    const char *serials; /* "A | B"; "" */
    const char *reason;
    int64_t line; /* in the file */
};

struct return_receipt {
    const char *number;        /* the warehouse's own, never used twice */
    const char *authorisation; /* ours: "RMA-2026-000001" */
    int64_t at_ms;
    struct received_line *lines;
    size_t line_count;
    size_t line_capacity;
    struct place place;
};
extern const struct return_receipt return_receipt_blank;

/* The digest of all that was said (not of where in the file it stood), as order_digest: so the same
 * content under the same number is known again. */
void order_change_digest(const struct order_change *change, char hex[DIGEST_HEX_SIZE]);
void
order_cancellation_digest(const struct order_cancellation *cancellation, char hex[DIGEST_HEX_SIZE]);
void return_request_digest(const struct return_request *request, char hex[DIGEST_HEX_SIZE]);
void return_receipt_digest(const struct return_receipt *receipt, char hex[DIGEST_HEX_SIZE]);

#endif
