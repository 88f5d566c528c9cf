/* story.h -- what can be told of an order, entry by entry, and in which words: pure.
 *
 * The kinds of entries are the events of lifecycle.h and those of STORY_MORE.  Each has one row in
 * the tables of story.c: the family that a reader asks for, and its sentence in the catalogue.  A
 * sentence names facts of its entry as {number}; facts that it does not name follow it with their
 * labels.  A new event needs a row there and its sentence in schemas/messages/story.csv; test_story
 * fails without. */
#ifndef PURSER_STORY_H
#define PURSER_STORY_H

#include "base/arena.h"
#include "order/message.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(enumerator, "name"): what a reader may ask for alone. */
#define STORY_FAMILIES(X)                                                                          \
    X(STORY_ORDER, "order")         /* versions, prices, holds, promises */                        \
    X(STORY_DECISIONS, "decisions") /* who was asked, and what was decided */                      \
    X(STORY_GOODS, "goods")         /* releases, production, shipments, parcels, delays */         \
    X(STORY_MONEY, "money")         /* payments, invoices, credit notes */                         \
    X(STORY_CHANGES, "changes")     /* changes, cancellations, stop notices */                     \
    X(STORY_RETURNS, "returns")                                                                    \
    X(STORY_FILES, "files") /* that came, and that went out */
#define STORY_FAMILY_AS_ENUM(enumerator, name) enumerator,
enum story_family { STORY_NO_FAMILY, STORY_FAMILIES(STORY_FAMILY_AS_ENUM) STORY_FAMILY_COUNT };
extern const char *const story_family_names[STORY_FAMILY_COUNT]; /* [0] is "" */

/* X("name", family, message): what is told beside the events of an order. */
#define STORY_MORE(X)                                                                              \
    X("file-in", STORY_FILES, M_STORY_FILE_IN)                                                     \
    X("file-out", STORY_FILES, M_STORY_FILE_OUT)                                                   \
    X("priced", STORY_ORDER, M_STORY_PRICED)                                                       \
    X("decision-asked", STORY_DECISIONS, M_STORY_DECISION_ASKED)                                   \
    X("decision-approved", STORY_DECISIONS, M_STORY_DECISION_APPROVED)                             \
    X("decision-rejected", STORY_DECISIONS, M_STORY_DECISION_REJECTED)                             \
    X("decision-returned", STORY_DECISIONS, M_STORY_DECISION_RETURNED)                             \
    X("decision-delegated", STORY_DECISIONS, M_STORY_DECISION_DELEGATED)                           \
    X("decision-not-taken", STORY_DECISIONS, M_STORY_DECISION_NOT_TAKEN)                           \
    X("release", STORY_GOODS, M_STORY_RELEASE)                                                     \
    X("shipment", STORY_GOODS, M_STORY_SHIPMENT)                                                   \
    X("parcel-event", STORY_GOODS, M_STORY_PARCEL_EVENT)                                           \
    X("delay-warning", STORY_GOODS, M_STORY_DELAY_WARNING)                                         \
    X("payment", STORY_MONEY, M_STORY_PAYMENT)                                                     \
    X("refund", STORY_MONEY, M_STORY_REFUND)                                                       \
    X("payment-assigned", STORY_MONEY, M_STORY_PAYMENT_ASSIGNED)                                   \
    X("payment-ceased", STORY_MONEY, M_STORY_PAYMENT_CEASED)                                       \
    X("invoice", STORY_MONEY, M_STORY_INVOICE)                                                     \
    X("credit-note", STORY_MONEY, M_STORY_CREDIT_NOTE)                                             \
    X("charge", STORY_MONEY, M_STORY_CHARGE)                                                       \
    X("change-request", STORY_CHANGES, M_STORY_CHANGE_REQUEST)                                     \
    X("change-answer", STORY_CHANGES, M_STORY_CHANGE_ANSWER)                                       \
    X("cancel-request", STORY_CHANGES, M_STORY_CANCEL_REQUEST)                                     \
    X("cancellation", STORY_CHANGES, M_STORY_CANCELLATION)                                         \
    X("cancellation-begun", STORY_CHANGES, M_STORY_CANCELLATION_BEGUN)                             \
    X("stop-notice", STORY_CHANGES, M_STORY_STOP_NOTICE)                                           \
    X("redirection", STORY_CHANGES, M_STORY_REDIRECTION)                                           \
    X("stop-answer", STORY_CHANGES, M_STORY_STOP_ANSWER)                                           \
    X("exchange", STORY_RETURNS, M_STORY_EXCHANGE)                                                 \
    X("return-request", STORY_RETURNS, M_STORY_RETURN_REQUEST)                                     \
    X("return-taken", STORY_RETURNS, M_STORY_RETURN_TAKEN)

/* How a kind is told.  False: there is none of this name, or nobody gave it words. */
struct story_kind {
    enum story_family family;
    enum message message;
};
bool story_kind_find(const char *name, struct story_kind *kind);

/* One thing that is known of an entry.  Names and values are the same in every language: amounts
 * and quantities are decimals, days "2026-03-02". */
struct story_fact {
    const char *name;
    const char *value;
    int64_t moment_ms; /* of a moment, whose value is its text in UTC; 0: it is none */
};

/* A sentence with these facts, and what it leaves out with labels.  An amount takes its
 * currency from the fact "currency"; facts that no table knows are for programs alone. */
const char *story_text(enum message sentence, const struct story_fact *facts, size_t count,
                       enum language language, struct arena *arena);

/* "2026-03-02T01:00:00Z" */
const char *story_moment_utc(struct arena *arena, int64_t moment_ms);

#endif
