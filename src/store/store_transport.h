/* store_transport.h -- what carriers told of parcels, and where these are by it. */
#ifndef PURSER_STORE_TRANSPORT_H
#define PURSER_STORE_TRANSPORT_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document.h"
#include "order/transport_state.h"

#include <stddef.h>
#include <stdint.h>

struct store;

/* So many events of one parcel are kept; a carrier that tells of more has mixed something up. */
enum { TRANSPORT_EVENTS_MAX = 2000 };

enum transport_admission {
    TRANSPORT_STORED,
    TRANSPORT_KNOWN,    /* it came before */
    TRANSPORT_CONFLICT, /* the carrier has used the event's number for something else */
    TRANSPORT_MANY,     /* of this parcel there are TRANSPORT_EVENTS_MAX */
};

/* Store it for the desk. */
MUST_USE enum outcome
transport_store(struct store *store, const char *carrier, int64_t interchange_id, int64_t known_ms,
                const struct transport_event *event, enum transport_admission *admission,
                struct fault *why);
MUST_USE enum outcome
transport_discard(struct store *store, int64_t interchange_id, struct fault *why);

/* Give the events of an interchange, which wait for the desk, their meaning by the codes in force;
 * those whose code is not known are set aside. */
MUST_USE enum outcome
transport_name(struct store *store, int64_t interchange_id, struct fault *why);

/* A code that nobody knows, and how many events of an interchange have it. */
struct unknown_code {
    const char *code;
    int64_t events;
    int64_t line; /* of the first */
};
MUST_USE enum outcome
transport_unknown(struct store *store, int64_t interchange_id, struct arena *arena,
                  struct unknown_code **items, size_t *count, struct fault *why);

/* The events of any file that were set aside and whose code the list in force knows get their
 * meaning. */
MUST_USE enum outcome transport_name_aside(struct store *store, struct fault *why);

/* Whose events are to be judged. */
struct tracked {
    const char *carrier;
    const char *tracking;
};
/* The next after it of an interchange ("" before the first); NONE after the last. */
MUST_USE enum outcome
transport_next_of(struct store *store, int64_t interchange_id, const char *after,
                  struct arena *arena, struct tracked *tracked, struct fault *why);
/* The first with an event that transport_name_aside named and nobody has judged since. */
MUST_USE enum outcome transport_next_named(struct store *store, struct arena *arena,
                                           struct tracked *tracked, struct fault *why);

/* All that is told of a parcel and means something.  An item's id is the number of its row from 1.
 */
struct told_event {
    int64_t id;
    int64_t interchange_id;
    int64_t line;
    const char *verdict; /* in the store */
};
MUST_USE enum outcome transport_news(struct store *store, const struct tracked *tracked,
                                     struct arena *arena, struct transport_news **items,
                                     struct told_event **rows_of, size_t *count, struct fault *why);
MUST_USE enum outcome
transport_judge(struct store *store, int64_t event_id, const char *verdict, struct fault *why);

/* A shipment's transport. */
struct parcel_row {
    int64_t shipment_id;
    int64_t order_id;
    int64_t shipped_ms;
    bool is_delivered;
};
/* By shipment, as the warehouse numbered them. */
MUST_USE enum outcome
parcel_list(struct store *store, const struct tracked *tracked, struct arena *arena,
            struct parcel_row **items, size_t *count, struct fault *why);
/* Matched shipments of this tracking number that have no parcel. */
struct untracked {
    int64_t shipment_id;
    const char *carrier; /* as the warehouse wrote it */
};
MUST_USE enum outcome parcel_lacking(struct store *store, const char *tracking, struct arena *arena,
                                     struct untracked **items, size_t *count, struct fault *why);
/* One for a matched shipment; of which nothing is told yet. */
MUST_USE enum outcome
parcel_add(struct store *store, int64_t shipment_id, const char *carrier, struct fault *why);
MUST_USE enum outcome parcel_update(struct store *store, int64_t shipment_id, int64_t events,
                                    const struct transport_standing *standing, struct fault *why);

/* The number after this one that has parcels; NONE after the last. */
MUST_USE enum outcome parcel_next(struct store *store, const struct tracked *after,
                                  struct arena *arena, struct tracked *tracked, struct fault *why);
/* A shipment, WAREHOUSE NUMBER, whose parcel of this number stands otherwise; NONE: there is none.
 */
MUST_USE enum outcome parcel_other(struct store *store, const struct tracked *tracked,
                                   int64_t events, const struct transport_standing *standing,
                                   struct arena *arena, const char **shipment, struct fault *why);

/* How far an order's shipments have arrived. */
struct arrivals {
    const char *partner;
    const char *number;
    int64_t shipments;
    int64_t delivered;
    int64_t last_ms; /* of the latest delivery, and whose; "": none */
    const char *carrier;
    const char *tracking;
};
MUST_USE enum outcome parcel_arrivals(struct store *store, int64_t order_id, struct arena *arena,
                                      struct arrivals *arrivals, struct fault *why);

#endif
