/* store_request.h -- what customers ask for after they have ordered, and what warehouses, plants
 * and carriers say of it, as their files said.
 *
 * All kinds are alike: intake stores (whoever is named as the sender; his numbers are used once),
 * the desk reads what an interchange brought, one after the other, sets what it belongs to, or
 * discards what it does not take: then its number may come again.
 * Every function works within the caller's transaction. */
#ifndef PURSER_STORE_REQUEST_H
#define PURSER_STORE_REQUEST_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/order_change.h"

#include <stdint.h>

struct store;

enum request_admission {
    REQUEST_STORED,
    REQUEST_KNOWN,    /* the sender has said this very thing before */
    REQUEST_CONFLICT, /* the sender has used the number for something else */
};

/* ---- changes ---- */

/* `*_next`: the next one of an interchange after the id, whole; NONE after the last.  `*_match`:
 * the desk has taken it, and what it belongs to.  `*_discard`: it was never here. */
MUST_USE enum outcome
change_request_store(struct store *store, const char *partner, int64_t interchange_id,
                     const struct order_change *change, enum request_admission *admission,
                     struct fault *why);
MUST_USE enum outcome
change_request_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                    int64_t *id, struct order_change *change, struct fault *why);
MUST_USE enum outcome
change_request_match(struct store *store, int64_t id, int64_t order_id, struct fault *why);
/* One that a person here asks for, of an order; NONE: the number is in use. */
MUST_USE enum outcome
change_request_keep(struct store *store, const char *partner, int64_t order_id,
                    const struct order_change *change, int64_t *id, struct fault *why);
MUST_USE enum outcome change_request_read(struct store *store, int64_t id, struct arena *arena,
                                          struct order_change *change, struct fault *why);
MUST_USE enum outcome change_request_discard(struct store *store, int64_t id, struct fault *why);

/* ---- cancellations ---- */

MUST_USE enum outcome
cancel_request_store(struct store *store, const char *partner, int64_t interchange_id,
                     const struct order_cancellation *cancellation,
                     enum request_admission *admission, struct fault *why);
MUST_USE enum outcome
cancel_request_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                    int64_t *id, struct order_cancellation *cancellation, struct fault *why);
MUST_USE enum outcome
cancel_request_match(struct store *store, int64_t id, int64_t order_id, struct fault *why);
MUST_USE enum outcome cancel_request_discard(struct store *store, int64_t id, struct fault *why);

/* ---- returns: requests of customers, receipts of warehouses ---- */

MUST_USE enum outcome
return_request_store(struct store *store, const char *partner, int64_t interchange_id,
                     const struct return_request *request, enum request_admission *admission,
                     struct fault *why);
MUST_USE enum outcome
return_request_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                    int64_t *id, struct return_request *request, struct fault *why);
MUST_USE enum outcome
return_request_match(struct store *store, int64_t id, int64_t order_id, struct fault *why);
MUST_USE enum outcome return_request_discard(struct store *store, int64_t id, struct fault *why);

MUST_USE enum outcome
return_receipt_store(struct store *store, const char *warehouse, int64_t interchange_id,
                     const struct return_receipt *receipt, enum request_admission *admission,
                     struct fault *why);
MUST_USE enum outcome
return_receipt_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                    int64_t *id, struct return_receipt *receipt, struct fault *why);
MUST_USE enum outcome
return_receipt_match(struct store *store, int64_t id, int64_t order_id, struct fault *why);
MUST_USE enum outcome return_receipt_discard(struct store *store, int64_t id, struct fault *why);

/* ---- answers to stop notices: the same answer again counts once (a conflict is one that says
 * otherwise of the same notice, line, status and moment) ---- */

MUST_USE enum outcome stop_answer_store(struct store *store, const char *partner,
                                        int64_t interchange_id, const struct stop_answer *answer,
                                        enum request_admission *admission, struct fault *why);
MUST_USE enum outcome
stop_answer_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                 int64_t *id, struct stop_answer *answer, struct fault *why);
MUST_USE enum outcome
stop_answer_match(struct store *store, int64_t id, int64_t notice_id, struct fault *why);
MUST_USE enum outcome stop_answer_discard(struct store *store, int64_t id, struct fault *why);

#endif
