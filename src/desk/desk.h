/* desk.h -- station "desk": applies the documents that intake stored.
 *
 * Interchanges in state 'read' are worked in the order: master data, orders, payments, decisions,
 * statuses of releases and of production, shipments, transport events;
 * within a kind by (partner, name, sha256).  One interchange is one unit, together with the outbox
 * messages it causes: it is applied wholly or not at all.  Small ones share a transaction.  When a
 * file's state is final, it is acknowledged and moves from the spool to archive/, quarantine/ or
 * duplicate/.  Then orders that wait for a price are priced again, where other master data are in
 * force since; payments that came before their orders are allocated; and holds end whose reason has
 * gone, which releases orders.
 */
#ifndef PURSER_DESK_H
#define PURSER_DESK_H

#include "config/run.h"
#include "order/change_answer.h"
#include "order/document.h"
#include "order/finding.h"
#include "order/lifecycle.h"
#include "order/order.h"
#include "order/order_change.h"
#include "store/store_order_hold.h"

#include <stdbool.h>

MUST_USE enum outcome desk_work(struct run *run, struct fault *why);

/* A decision from the command line, about the step that is open.  Where a list of approvers is in
 * force, the actor is the one whose user it names, and may do what that one may; else the operating
 * system has decided who may use the store, and the actor decides for whoever was asked.  NONE: no
 * such order; FAULT_CONFLICT: nothing waits there, or the lines cannot be struck;
 * FAULT_NOT_PERMITTED: the actor may not, which is on record. */
struct desk_decision {
    const char *partner;
    const char *order_number;
    enum decision_verdict verdict;
    const char *actor; /* "user:NAME" */
    const char *reason;
    const char *delegate; /* partner id; "" but of DECISION_DELEGATE */
    const char *strike;   /* line numbers "A | B" that are left out of what is approved; "" */
};
MUST_USE enum outcome
desk_decide(struct run *run, const struct desk_decision *decision, struct fault *why);

/* A price that a person sets on a line of an order which waits, or is approved and not released. It
 * makes the next version of the order, priced by the lists that priced the one before, and goes
 * through authorities and approval like any other; the customer gets another answer. */
struct price_setting {
    const char *partner;
    const char *order_number;
    const char *line;           /* the partner's number of it */
    struct manual_price manual; /* which is ours */
    const char *actor;          /* who typed it: "user:NAME" */
    bool is_trial;              /* only find out: nothing stays */
};

struct price_set {
    bool is_changed; /* false: the line has this price from this person already */
    int64_t version; /* of the order, now */
    enum headline headline;
    int64_t price_before_micros; /* AMOUNT_NONE: it had none */
    int64_t rules_price_micros;  /* these as in struct priced_line; AMOUNT_NONE */
    int64_t deviation_micros;
    int64_t allowed_micros;
    unsigned int wait_reasons;
};

/* NONE: no such order; FAULT_NOT_FOUND: no such line; FAULT_CONFLICT: the state does not allow it,
 * or the price cannot be; FAULT_NOT_PERMITTED: it goes too far, and nobody can be asked. */
MUST_USE enum outcome desk_set_price(struct run *run, const struct price_setting *setting,
                                     struct price_set *set, struct fault *why);

/* What is done with the answer to a change before its transaction ends, which may be one that
 * leaves nothing. */
struct change_look {
    enum outcome (*see)(void *of, const struct change_answer *answer, struct fault *why);
    void *of;
};

/* What would become of the days that lines are promised for. */
enum promise_move {
    PROMISE_SAME,
    PROMISE_EARLIER,
    PROMISE_LATER,
    PROMISE_JOINS, /* without the change nothing of it is to come */
    PROMISE_DROPS, /* with it nothing is */
    PROMISE_MOVES
};
extern const char *const promise_move_names[PROMISE_MOVES];
struct promise_shift {
    const char *partner;
    const char *order_number;
    const char *line;
    const char *sku;
    int32_t before; /* as it comes without the change; DAY_NONE: nobody can say, or not at all */
    int32_t after;  /* and with it */
    enum promise_move move;
};
struct change_promises {
    bool is_planned;             /* false: no days are promised here */
    struct promise_shift *lines; /* of the order: all that there are before or after */
    size_t line_count;
    struct promise_shift *others; /* of other orders: those that move */
    size_t other_count;
};

/* A person changes an order for its customer, who is answered as to a change of its own. */
struct change_request {
    const char *partner;
    const char *order_number;
    const struct order_change *change;
    const char *actor;
    bool is_trial;                    /* only find out: nothing stays */
    const struct change_look *look;   /* NULL: nobody looks */
    struct change_promises *promises; /* of a trial alone; NULL: nobody asks */
};
/* The answer's texts lie in `arena`.  NONE: no such order; FAULT_CONFLICT: the desk has not seen it
 * yet. */
MUST_USE enum outcome
desk_amend(struct run *run, const struct change_request *request, struct arena *arena,
           struct change_answer *answer, struct fault *why);

/* A person decides about a change that waits: what it asked for is judged anew, as the order stands
 * by now, and its customer is answered once more. */
struct change_decision {
    const char *partner;
    const char *order_number;
    const char *number; /* the customer's, of the change, or "#3" by our answer; "": the only one */
    bool accepts;
    const char *reason;
    const char *actor;
    bool is_trial;                    /* only find out: nothing stays */
    struct change_promises *promises; /* of a trial alone; NULL: nobody asks */
};
/* The answer's texts lie in `arena`.  NONE: no such order; FAULT_CONFLICT: no such change waits;
 * FAULT_NOT_PERMITTED. */
MUST_USE enum outcome
desk_decide_change(struct run *run, const struct change_decision *decision, struct arena *arena,
                   struct change_answer *answer, struct fault *why);

/* A hold by a person on an order that is not released: until it ends nothing goes to the warehouse,
 * or the approval does not go on (who was asked may decide, but what follows waits).  Held again,
 * the new hold takes the place of the one before. */
struct hold_request {
    const char *partner;
    const char *order_number;
    const char *reason;
    int32_t until; /* its last day, or DAY_NONE */
    enum hold_blocks blocks;
    const char *may_end; /* "user:A | user:B" who alone may end it, beside `actor`; "": anybody */
    const char *actor;
};
/* NONE: no such order; FAULT_CONFLICT: its state does not allow it; FAULT_NOT_PERMITTED: it is held
 * already, and somebody else alone may end that.  *headline is where the order stands. */
MUST_USE enum outcome desk_hold(struct run *run, const struct hold_request *request,
                                enum headline *headline, struct fault *why);

/* A person ends the hold of a kind, whatever its reason; ORDER_HOLD_KIND_COUNT: of the only kind
 * that there is. */
struct hold_ending {
    const char *partner;
    const char *order_number;
    enum order_hold_kind kind;
    const char *reason;
    const char *actor;
};
struct hold_ended {
    enum order_hold_kind kind;
    enum headline headline; /* of the order, now */
    size_t left;            /* so many other holds are open */
};
/* NONE: no such order; FAULT_CONFLICT: it is not held, or of several kinds; FAULT_NOT_PERMITTED. */
MUST_USE enum outcome desk_resume(struct run *run, const struct hold_ending *ending,
                                  struct hold_ended *ended, struct fault *why);

/* A person cancels an order, a line of it, or a part of a line: whatever has not left and nobody is
 * busy with. */
struct cancel_order {
    const char *partner;
    const char *order_number;
    const char *line;        /* number of an order line; "": all of the order */
    int64_t quantity_micros; /* of the line; AMOUNT_NONE: all that has not left */
    const char *cause;       /* cancel_reason_names of order/order_change.h */
    const char *fault;       /* whose it is: "customer", "company", "nobody" */
    const char *reason;      /* in words */
    const char *actor;
    bool is_trial;        /* only find out: nothing stays */
    int64_t waive_micros; /* of the fee, with tax; 0: nothing; CANCEL_WAIVE_ALL */
};
/* What a cancellation costs its customer beside what it takes off. */
enum { CANCEL_WAIVE_ALL = -1 };
struct charge;
struct cancel_charges {
    struct charge *items; /* of store/store_charge.h: new ones, less_... waived at once */
    size_t count;
    const char *currency;
    int64_t claimed_minor;    /* of them, with tax and without what is waived */
    int64_t waived_minor;     /* at once */
    int64_t given_back_minor; /* of earlier claw-backs */
};
struct order_cancelled {
    struct cancel_charges charges;
    int64_t number; /* of the order's cancellations */
    bool is_whole;
    enum headline headline; /* of the order, now */
    const char *currency;   /* in the caller's arena */
    int64_t net_minor;      /* that was taken off */
    int64_t tax_minor;
    int64_t rest_minor; /* that the order comes to now, with tax */
    int64_t owed_minor; /* to its customer */
    size_t notices;     /* sent to stop what is under way */
    const char *asked;  /* what they ask for, in the caller's arena; "" */
};
/* NONE: no such order; FAULT_CONFLICT: it cannot be cancelled, or not so much of it. */
MUST_USE enum outcome
desk_cancel(struct run *run, const struct cancel_order *order, struct arena *arena,
            struct order_cancelled *done, struct fault *why);

/* A person decides about a return that waits (`name` is the customer's number of it, or
 * PARTNER/ORDER/NUMBER), or says what becomes of goods that came after their authorisation (`name`)
 * had expired, or beyond it. */
enum return_action { RETURN_AUTHORISE, RETURN_TURN_DOWN, RETURN_REFUND_REST, RETURN_REJECT_REST };
struct return_settling {
    enum return_action action;
    const char *name;
    const char *reason;
    const char *actor;
    bool is_trial; /* only find out: nothing stays */
};
/* A person asks for a customer. */
struct return_entry {
    const char *partner;
    const char *order_number;
    const char *line; /* number of an order line */
    const char *part; /* SKU of the part of its packages that is meant; "": whole units */
    int64_t quantity_micros;
    const char *cause;        /* return_reason_names of order/order_change.h */
    const char *exchange_sku; /* "": it is refunded; the line's own: the same again */
    const char *reason;       /* in words */
    const char *actor;
    bool is_trial;
};
struct return_settled {
    const char *partner; /* texts lie in the caller's arena */
    const char *order_number;
    const char *request;
    const char *number; /* "": it is not authorised */
    const char *state;
    const char *text[2]; /* why not, by language; of an entry alone */
    int32_t expires;     /* DAY_NONE */
    const char *currency;
    int64_t refund_minor; /* these two of what waited */
    int64_t fee_minor;
    int64_t gift_minor; /* kept for goods that were given; below 0: given back */
};
/* NONE: nothing of this name waits; FAULT_CONFLICT: nothing of it does any more, or so much cannot
 * be refunded; FAULT_USAGE: several have the name. */
MUST_USE enum outcome
desk_settle_return(struct run *run, const struct return_settling *settling, struct arena *arena,
                   struct return_settled *settled, struct fault *why);
/* NONE: no such order; FAULT_NOT_FOUND: no such line; FAULT_CONFLICT: nothing has left. */
MUST_USE enum outcome
desk_enter_return(struct run *run, const struct return_entry *entry, struct arena *arena,
                  struct return_settled *settled, struct fault *why);

/* A person writes down what a warehouse or a plant answered to a notice by word of mouth. */
struct stop_word {
    const char *partner; /* who answered */
    int64_t number;      /* of the notice */
    const char *status;  /* stop_status_names */
    const char *line;    /* of 'partly': the one line that some is stopped of; "" */
    int64_t quantity_micros;
    int64_t cost_micros; /* so far, in the company's currency; AMOUNT_NONE */
    const char *reason;
    const char *actor;
    bool is_trial; /* only find out: nothing stays */
};
struct stop_heard {
    const char *state;      /* of the notice, now */
    const char *order;      /* "nordlicht/A-1", in the caller's arena */
    enum headline headline; /* of the order, now */
};
/* NONE: no such notice; FAULT_CONFLICT: it is answered already, or cannot be so. */
MUST_USE enum outcome
desk_stop_answer(struct run *run, const struct stop_word *word, struct arena *arena,
                 struct stop_heard *heard, struct fault *why);

/* A person waives fees of an order that are claimed, the oldest first; its customer is told.
 * FAULT_CONFLICT: he may not waive so much of one, or they come to less. */
struct fee_waiver {
    const char *partner;
    const char *order_number;
    int64_t micros; /* with tax; CANCEL_WAIVE_ALL */
    const char *actor;
    const char *reason;
    bool is_trial; /* only find out: nothing stays */
};
struct fee_waived {
    int64_t waived_minor;
    int64_t owed_minor;   /* to the customer, now */
    const char *currency; /* in the caller's arena */
};
MUST_USE enum outcome desk_waive(struct run *run, const struct fee_waiver *waiver,
                                 struct arena *arena, struct fee_waived *done, struct fault *why);

/* A person takes back an invoice: a quantity of a line, an amount of the invoice or of a line, or
 * (with neither) whatever is left of it.  Never more than is left after earlier credit notes. */
struct credit_request {
    const char *number;      /* of the invoice */
    const char *line;        /* number of an order line; "": all */
    int64_t quantity_micros; /* of the line; AMOUNT_NONE */
    int64_t amount_micros;   /* with tax, in the invoice's currency; AMOUNT_NONE */
    const char *reason;
    const char *actor;
    bool is_trial; /* only find out: nothing stays */
};
struct credit_note {
    const char *number;
    const char *currency;
    int32_t day;
    int64_t net_minor;
    int64_t tax_minor;
    int64_t gross_minor;
};
/* The texts of `note` lie in `arena`.  NONE: no such invoice; FAULT_NOT_FOUND: no such line;
 * FAULT_CONFLICT: so much is not left. */
MUST_USE enum outcome desk_credit(struct run *run, const struct credit_request *request,
                                  struct arena *arena, struct credit_note *note, struct fault *why);
/* A payment that was allocated to no order counts for this one from now on. */
struct payment_assignment {
    const char *number;
    const char *finance; /* whose number it is; "": whoever has used it */
    const char *partner;
    const char *order_number;
    const char *actor;
    bool is_trial; /* only find out: nothing stays */
};
struct payment_assigned {
    int64_t amount_minor;
    bool is_refund;
    const char *currency; /* these two lie in the caller's arena */
    const char *finance;
    int64_t paid_minor; /* for the order, without what went back */
    int64_t open_minor; /* of its gross */
    int64_t owed_minor; /* above it */
    enum headline headline;
};
/* NONE: no such payment; FAULT_NOT_FOUND: no such order; FAULT_CONFLICT: it is allocated already,
 * or does not fit; FAULT_USAGE: several have used the number. */
MUST_USE enum outcome
desk_assign_payment(struct run *run, const struct payment_assignment *assignment,
                    struct arena *arena, struct payment_assigned *assigned, struct fault *why);

/* A person has looked at master data that wait.  Confirmed, they are judged once more, against what
 * is in force by now: NONE when they cannot be put in force any more (`findings` say why; nothing
 * has changed).  FAULT_CONFLICT: the file does not wait. */
MUST_USE enum outcome
desk_confirm(struct run *run, int64_t interchange_id, bool confirms, const char *actor,
             const char *reason, struct findings *findings, struct fault *why);

#endif
