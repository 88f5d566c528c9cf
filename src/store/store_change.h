/* store_change.h -- changes of orders, as they were answered.
 *
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_CHANGE_H
#define PURSER_STORE_CHANGE_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/change_answer.h"
#include "store/store_document.h"

struct store;

/* What an order version comes to; all AMOUNT_NONE when it has no price. */
MUST_USE enum outcome change_amounts(struct store *store, int64_t order_id, int64_t version,
                                     struct change_amounts *amounts, struct fault *why);

/* Was a change of this number of the customer's answered, from a file or by hand? */
MUST_USE enum outcome change_is_answered(struct store *store, int64_t order_id, const char *number,
                                         bool *is_answered, struct fault *why);

/* *number: of the order's changes, from 1. */
MUST_USE enum outcome
change_answer_add(struct store *store, int64_t order_id, const char *actor, int64_t at_ms,
                  const struct change_answer *answer, int64_t *number, struct fault *why);

/* Of a notice to send goods elsewhere: the number of the change that led to it and the currency of
 * its order, in `answer`, and whereto. */
MUST_USE enum outcome
change_redirected(struct store *store, int64_t notice_id, struct arena *arena,
                  struct change_answer *answer, const char **address, struct fault *why);

/* What the writer of change responses reads, as scans of store_document.h.
 * SQL_document_changes */
struct document_change {
    const char *order_number;
    int64_t number;
    const char *change_number;
    int64_t at_ms;
    const char *verdict;
    int64_t version_before;
    int64_t version;
    const char *currency;
    struct change_amounts before;
    struct change_amounts after;
};
void document_change_get(const struct document_scan *scan, struct document_change *change);

/* SQL_document_change_items */
struct document_change_item {
    const char *kind;
    const char *line;
    const char *field;
    const char *before;
    const char *after;
    const char *verdict;
    const char *code;
    const char *value;
    const char *other;
};
void document_change_item_get(const struct document_scan *scan, struct document_change_item *item);

#endif
