/* cancelling.h -- an order, or a part of it, is cancelled; private to src/desk.
 *
 * Everything that hung on the cancelled quantities comes back: stock and promises, production that
 * has not begun, what promotions gave to a whole order, credit, what is to be paid.  The amounts of
 * what stays are never altered: what is cancelled takes off its share (rules/cancellation.h).  What
 * a warehouse has been told to send, or a plant has begun to make, they are asked to stop
 * (stopping.h): it is cancelled when they have, by another cancellation of the order. */
#ifndef PURSER_CANCELLING_H
#define PURSER_CANCELLING_H

#include "desk/cancel_fee.h"
#include "desk/flow.h"
#include "order/message.h"
#include "order/order_change.h"

struct cancel_item {
    const char *number;      /* of the order line */
    int64_t quantity_micros; /* of it, in its unit; AMOUNT_NONE: all that has not left */
    int64_t line;            /* in the file that asks for it */
};

struct cancel_request {
    const struct cancel_item *items; /* of each line one, at most */
    size_t item_count;               /* 0: all of the order that has not left */
    const char *request;             /* the customer's own number; "" */
    const char *reason;              /* of cancel_reason_names */
    const char *text;
    const char *fault; /* "customer", "company", "nobody" */
    struct cancel_waiver waiver;
};

/* What of a line is under way, so that whoever has it is asked to stop it. */
struct cancel_asked {
    const char *number;   /* of the order line */
    const char *quantity; /* with its unit: "5 C62" */
};

/* Why nothing was cancelled: a finding. */
struct cancel_objection {
    bool is_raised; /* else all was */
    enum message code;
    int64_t line; /* of the item; 0: of the order as a whole */
    const char *order_line;
    const char *value;
    const char *expected;
};

struct cancel_result {
    struct cancel_objection objection;
    int64_t number; /* of the order's cancellations, from 1 */
    bool is_whole;
    int64_t net_minor; /* that was taken off */
    int64_t tax_minor;
    struct cancelled_part *parts;
    size_t part_count;
    size_t notices;            /* so many were sent to stop what is under way */
    const char *asked;         /* what they ask for: "1=5 C62; 2=1 C62"; "" */
    struct cancel_asked *asks; /* the same, line by line */
    size_t ask_count;
    struct cancel_charges charges; /* what it costs */
};

/* In the caller's transaction; texts lie in `arena`.  All that is asked for, or nothing. */
MUST_USE enum outcome
cancelling_do(struct run *run, struct subject *subject, const struct cancel_request *request,
              const struct cause *cause, struct arena *arena, struct cancel_result *result,
              struct fault *why);

/* What a notice has stopped is cancelled: as its cancellation says, and as far as it is open. */
struct stop_notice;
struct stop_item;
MUST_USE enum outcome
cancelling_stopped(struct run *run, struct subject *subject, const struct stop_notice *notice,
                   const struct stop_item *items, size_t count, const struct cause *cause,
                   struct arena *arena, struct fault *why);

/* What the planning has cancelled by the rule of delivery counts as cancelled for all others, and
 * the customer is told (EVENT_REST_CANCELLED). */
struct rest_line {
    int64_t ordinal;
    int64_t quantity_micros; /* in the unit of the order line, all that is cancelled of it so far */
};
MUST_USE enum outcome
cancelling_rest(struct run *run, struct subject *subject, const struct rest_line *lines,
                size_t count, struct fault *why);

#endif
