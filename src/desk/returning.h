/* returning.h -- what customers may send back, and what becomes of what came; private to src/desk.
 *
 * A request is judged line by line by the policy (rules/returning.h).  What is authorised has a
 * number (RMA-2026-000001, gapless per year), a last day, and a place to send it to; the terms are
 * frozen with it.  All in the caller's transaction. */
#ifndef PURSER_DESK_RETURNING_H
#define PURSER_DESK_RETURNING_H

#include "desk/facts.h"
#include "desk/flow.h"
#include "order/order_change.h"
#include "store/store_return.h"

enum return_asked {
    RETURN_ASKED_AUTHORISED, /* some of it, at least */
    RETURN_ASKED_REFUSED,    /* all of it */
    RETURN_ASKED_WAITS,      /* a person must decide */
    RETURN_ASKED_KNOWN,      /* the same request was answered before */
    RETURN_ASKED_CONFLICT,   /* its number was used for another one */
    RETURN_ASKED_LINE, /* the order has no line of this number; `line` says which of the request */
    RETURN_ASKED_PART, /* there is no part of its unit; likewise */
    RETURN_ASKED_PACKAGE, /* a part is asked for, and the line is no package; likewise */
    RETURN_ASKED_PIECE,   /* the package has no such part; likewise */
    RETURN_ASKED_NOTHING, /* nothing of the order has left */
};
/* Of the last six nothing has changed. */
MUST_USE enum outcome
returning_ask(struct run *run, struct facts *facts, const struct subject *subject,
              const struct return_request *request, const struct cause *cause, struct arena *arena,
              enum return_asked *asked, size_t *line, struct fault *why);

/* The parts of a line's packages, "CUP, POT"; "": it is no package. */
MUST_USE enum outcome
returning_parts(struct run *run, const struct subject *subject, const char *number,
                struct arena *arena, const char **parts, struct fault *why);

/* A person decides about one that waits; FAULT_CONFLICT: it does not. */
MUST_USE enum outcome
returning_decide(struct run *run, const struct subject *subject, struct stored_return *stored,
                 bool authorises, const char *reason, const struct cause *cause,
                 struct arena *arena, struct fault *why);

/* Authorisations that nobody used in time end. */
MUST_USE enum outcome returning_work(struct run *run, struct fault *why);

/* ---- what came (returned.c) ---- */

enum return_trouble {
    RETURN_TAKEN,
    RETURN_RECEIPT_KNOWN,
    RETURN_UNKNOWN, /* no authorisation of this number, or of another warehouse's */
    RETURN_LINE,    /* it has no such line, or that was refused */
    RETURN_SKU,     /* that is another product */
    RETURN_UNNAMED, /* parts of its packages may come, and it does not say which it is */
    RETURN_SERIAL,  /* it has not left with this order */
    RETURN_PART,    /* there is no part of its unit */
    RETURN_STOCK,   /* taken; but the number stands for another move of the warehouse's stock */
};
struct return_told {
    enum return_trouble trouble;
    size_t line;       /* of the receipt, that has it */
    const char *value; /* a serial number or product */
    const char *expected;
    bool is_expired; /* taken, and a person must say whether it is refunded */
    bool has_excess; /* likewise, of a part of it */
    int64_t order_id;
    int64_t refund_minor;
    int64_t fee_minor;
    int64_t gift_minor; /* as in refunding.h */
    const char *currency;
};
/* Of whatever is not taken nothing has changed: the caller undoes. */
MUST_USE enum outcome
returning_receive(struct run *run, const struct return_receipt *receipt, const char *warehouse,
                  const struct cause *cause, struct arena *arena, struct return_told *told,
                  struct fault *why);

/* ---- what came and waits (settling.c) ---- */

struct return_sums {
    const char *currency; /* "": nothing is refunded */
    int64_t refund_minor;
    int64_t fee_minor;
    int64_t gift_minor; /* as in refunding.h */
};
/* A person says of all of it whether it is refunded, by the terms of the authorisation; the
 * customer is told by the credit note, or by an answer that it is not.  FAULT_CONFLICT: nothing
 * waits, or more than has left with the order. */
MUST_USE enum outcome
returning_settle(struct run *run, struct subject *subject, const struct stored_return *stored,
                 bool refunds, const struct cause *cause, struct arena *arena,
                 struct return_sums *sums, struct fault *why);

/* Tell a partner of an authorisation: how it was decided, that it has expired, or that what came is
 * not refunded. */
enum return_telling { TELLS_DECISION, TELLS_EXPIRY, TELLS_REJECTION };
MUST_USE enum outcome
returning_tell(struct run *run, const char *partner, const struct stored_return *stored,
               enum return_telling telling, struct fault *why);

#endif
