/* cancelling.h -- an order, or a part of it, is cancelled: what is free at once, what is under way
 * when those who have it have answered; with the fee that the policy says; private to src/desk.
 *
 * Everything that hung on the cancelled quantities comes back: stock and promises, production, what
 * promotions gave, credit, what is to be paid.  The amounts of what stays are never altered: a
 * promotion that is not earned any more is taken back by a charge, not by another price. */
#ifndef PURSER_CANCELLING_H
#define PURSER_CANCELLING_H

#include "desk/facts.h"
#include "desk/flow.h"
#include "order/message.h"
#include "order/order_change.h"

enum cancel_fault { FAULT_OF_CUSTOMER, FAULT_OF_COMPANY, FAULT_OF_NOBODY, CANCEL_FAULT_COUNT };
extern const char *const cancel_fault_names[CANCEL_FAULT_COUNT]; /* "customer", "company",
                                                                    "nobody" */

struct cancel_item {
    int64_t ordinal;         /* of the order line */
    int64_t quantity_micros; /* of it, in its unit; AMOUNT_NONE: all that has not left */
};

struct cancel_request {
    const struct cancel_item *items;
    size_t item_count;  /* 0: all of the order that has not left */
    const char *number; /* the customer's own; of a person here "" */
    enum cancel_reason reason;
    const char *text;
    enum cancel_fault fault;
    int64_t waived_minor;  /* of the fee, with tax; AMOUNT_NONE: nothing is */
    const char *waived_by; /* "" */
};

enum cancel_verdict {
    CANCEL_DONE,    /* all of it */
    CANCEL_WAITS,   /* some of it is under way, and those who have it are asked */
    CANCEL_REFUSED, /* nothing has changed; `code` says why */
};

struct cancel_result {
    enum cancel_verdict verdict;
    enum message code;
    int64_t cancellation_id; /* 0: refused */
    int64_t number;          /* of the order's cancellations, from 1 */
    int64_t net_minor;       /* that was taken off so far, and with tax */
    int64_t gross_minor;
    int64_t fee_minor;      /* with tax; of what is settled */
    int64_t clawback_minor; /* likewise */
};

/* In the caller's transaction.  The subject is not in state 'received', 'refused' or 'cancelled'.
 * Its customer gets a statement when the cancellation is settled. */
MUST_USE enum outcome
cancelling_ask(struct run *run, struct facts *facts, struct subject *subject,
               const struct cancel_request *request, const struct cause *cause, struct arena *arena,
               struct cancel_result *result, struct fault *why);

/* All notices of a cancellation are answered (table stop_notice_line: how much of each line is
 * stopped, and not released any more): what was stopped is cancelled, the rest goes on, and the
 * statement follows. */
MUST_USE enum outcome
cancelling_answered(struct run *run, struct facts *facts, struct subject *subject,
                    int64_t cancellation_id, const struct cause *cause, struct fault *why);

#endif
