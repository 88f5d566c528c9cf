/* transport_state.h -- the states of a parcel, what a carrier's news say of it, and what follows.
 *
 * Pure data; rules/transport.h decides. */
#ifndef PURSER_TRANSPORT_STATE_H
#define PURSER_TRANSPORT_STATE_H

#include "order/message.h"

#include <stdbool.h>
#include <stdint.h>

/* X(enumerator, "stored name", rank) */
#define TRANSPORT_STATES(X)                                                                        \
    X(TRANSPORT_PENDING, "pending", 0) /* nothing is known yet */                                  \
    X(TRANSPORT_INFO_RECEIVED, "info-received", 1)                                                 \
    X(TRANSPORT_IN_TRANSIT, "in-transit", 2)                                                       \
    X(TRANSPORT_OUT_FOR_DELIVERY, "out-for-delivery", 3)                                           \
    X(TRANSPORT_ATTEMPT_FAILED, "attempt-failed", 4)                                               \
    X(TRANSPORT_AVAILABLE_FOR_PICKUP, "available-for-pickup", 5)                                   \
    X(TRANSPORT_EXCEPTION, "exception", 6)                                                         \
    X(TRANSPORT_EXPIRED, "expired", 7) /* nothing was heard of it for long */                      \
    X(TRANSPORT_DELIVERED, "delivered", 8)

#define TRANSPORT_STATE_AS_ENUM(enumerator, name, rank) enumerator,
enum transport_state { TRANSPORT_STATES(TRANSPORT_STATE_AS_ENUM) TRANSPORT_STATE_COUNT };
extern const char *const transport_state_names[TRANSPORT_STATE_COUNT];
int transport_rank(enum transport_state state);
extern const enum message transport_state_messages[TRANSPORT_STATE_COUNT];
/* The state with this name in words; the name itself when it is not known. */
const char *transport_state_text(const char *name, enum language language);

/* Why a parcel is an exception. */
enum transport_cause {
    CAUSE_NONE,
    CAUSE_CUSTOMS,
    CAUSE_WEATHER,
    CAUSE_ADDRESS,
    CAUSE_REFUSED,
    CAUSE_DAMAGED,
    CAUSE_CARRIER,
    TRANSPORT_CAUSE_COUNT
};
extern const char *const transport_cause_names[TRANSPORT_CAUSE_COUNT]; /* "", "customs", ... */

/* What became of an event. */
enum transport_verdict {
    VERDICT_APPLIED,       /* the parcel has, or had, its state from it, or was there already */
    VERDICT_LATE,          /* the parcel was further on, or was known to be when it came */
    VERDICT_CONTRADICTORY, /* it cannot have happened after what ended the parcel */
    TRANSPORT_VERDICT_COUNT
};
extern const char *const transport_verdict_names[TRANSPORT_VERDICT_COUNT];

#define TRANSPORT_MOMENT_NONE INT64_MIN

/* One event whose code is known.  Texts are never NULL. */
struct transport_news {
    int64_t id; /* the caller's */
    const char *identity;
    enum transport_state state;
    enum transport_cause cause;
    bool is_final;
    int64_t happened_ms;
    int64_t known_ms;
    int64_t eta_from_ms; /* TRANSPORT_MOMENT_NONE: not said; and so the next */
    int64_t eta_to_ms;
    const char *signed_by;
    const char *proof;
    enum transport_verdict verdict; /* out */
};

/* What follows for the parcel; its texts are those of the news. */
struct transport_standing {
    enum transport_state state;
    enum transport_cause cause;
    int64_t since_ms;      /* of the first event of its stay in that state */
    int64_t last_ms;       /* of the latest scan */
    int64_t last_event_id; /* of the event that its state is from; 0: none */
    int64_t first_eta_from_ms;
    int64_t first_eta_to_ms;
    int64_t eta_from_ms;
    int64_t eta_to_ms;
    int64_t delivered_ms; /* TRANSPORT_MOMENT_NONE: not yet */
    const char *signed_by;
    const char *proof;
    bool is_final;
};

#endif
