/* tracking.h -- what a customer may see of an order, as plain data: the page and its JSON twin are
 * made from this and nothing else; private to src/tracking.
 *
 * Names of people are masked already, streets and telephone numbers are not in it.  Texts are never
 * NULL.  Moments are milliseconds, AMOUNT_NONE where there is none.
 */
#ifndef PURSER_TRACKING_H
#define PURSER_TRACKING_H

#include "order/message.h"
#include "order/order.h"
#include "order/transport_state.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What everybody understands of the way of an order. */
#define TRACKING_STEPS(X)                                                                          \
    X(STEP_SUBMITTED, "submitted")                                                                 \
    X(STEP_APPROVED, "approved")                                                                   \
    X(STEP_PAID, "paid")           /* left out where nothing is asked before delivery */           \
    X(STEP_PREPARING, "preparing") /* the warehouse has it */                                      \
    X(STEP_SHIPPED, "shipped")                                                                     \
    X(STEP_DELIVERED, "delivered")
#define STEP_AS_ENUM(enumerator, name) enumerator,
enum tracking_step { TRACKING_STEPS(STEP_AS_ENUM) TRACKING_STEP_COUNT };
extern const char *const tracking_step_names[TRACKING_STEP_COUNT];

struct tracking_event {
    int64_t happened_ms;
    enum transport_state state;
    const char *label; /* of the carrier's code, in the customer's language; "" */
    const char *place;
    const char *country;     /* code */
    int64_t latitude_micros; /* degrees; AMOUNT_NONE: not known, and so the next */
    int64_t longitude_micros;
};

struct tracking_parcel {
    const char *number;   /* of the shipment */
    const char *carrier;  /* as people know it */
    const char *tracking; /* its number of the parcel */
    int64_t shipped_ms;
    bool is_tracked; /* its carrier tells us; otherwise the state below has no meaning */
    enum transport_state state;
    enum transport_cause cause;
    int64_t eta_from_ms; /* where a day begins: the date alone */
    int64_t eta_to_ms;
    int64_t delivered_ms;
    const char *signed_by;
    struct tracking_event *events; /* by time; only what was applied */
    size_t event_count;
};

struct tracking_item {
    const char *number;
    const char *sku;
    const char *description;
    const char *unit;
    int64_t ordered_micros;
    int64_t shipped_micros;
};

/* What its customer wrote with it; what is for us alone is not in it. */
struct tracking_note {
    const char *kind; /* "delivery", "packaging", "gift" */
    const char *line; /* number of the order line; "": of the whole order */
    const char *text;
};

struct tracking_place {
    const char *name;
    const char *country;
    int64_t latitude_micros; /* AMOUNT_NONE: not known */
    int64_t longitude_micros;
};

struct tracking {
    enum language language;
    const char *company;
    const char *contact; /* how to reach us; "" */
    const char *order_number;
    const char *headline;     /* of order/lifecycle.h, by name */
    const char *receiver;     /* masked; "" */
    struct tracking_place to; /* city and country */
    struct tracking_place from;
    int64_t updated_ms; /* of the last thing that is told */
    int64_t reached_ms[TRACKING_STEP_COUNT];
    bool asks_payment;
    bool is_refused;
    int64_t window_from_ms; /* when all of it is expected; where a day begins: the date alone */
    int64_t window_to_ms;
    const char *notice;      /* what is late and why, in the customer's language; "" */
    const char *delay;       /* names of rules/outlook.h: the grade, "" of what is in time */
    const char *delay_cause; /* as customers may know it; "" */
    bool has_map;
    struct tracking_item *items;
    size_t item_count;
    struct tracking_note *notes;
    size_t note_count;
    struct tracking_parcel *parcels; /* in the order in which they left */
    size_t parcel_count;
};

/* The step it is at: the last one that was reached. */
enum tracking_step tracking_step(const struct tracking *tracking);

#endif
