/* store_delay.h -- how long stages took, when orders are expected, and what was told of delays.
 *
 * Every function works within the caller's transaction.  Texts of rows live in the arena that is
 * given; moments are AMOUNT_NONE where there is none. */
#ifndef PURSER_STORE_DELAY_H
#define PURSER_STORE_DELAY_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* -- history ---------------------------------------------------------------------------------- */

enum { STAGE_SAMPLES_MAX = 200 }; /* of a key; the oldest goes */

MUST_USE enum outcome stage_sample_add(struct store *store, const char *stage, const char *lane,
                                       int64_t duration_ms, int64_t ended_ms, struct fault *why);

/* The durations of a key, ascending. */
MUST_USE enum outcome
stage_samples(struct store *store, const char *stage, const char *lane,
              int64_t durations_ms[STAGE_SAMPLES_MAX], size_t *count, struct fault *why);

/* -- which orders are looked at ---------------------------------------------------------------- */

/* Nothing is noted any more. */
MUST_USE enum outcome delay_forget(struct store *store, struct fault *why);

/* From now on it is: the first time, the orders that are under way are due, and of the past the
 * newest events are still to be read. */
MUST_USE enum outcome delay_begin(struct store *store, struct fault *why);

/* Something happened to an order. */
struct delay_event {
    int64_t id;
    int64_t order_id;
    const char *event;
};
/* Some that were not seen yet, by id, whose orders are due from now on; none: all were. */
MUST_USE enum outcome delay_events(struct store *store, struct arena *arena,
                                   struct delay_event **events, size_t *count, struct fault *why);

/* The orders to be looked at by now: those with news, and those whose time has come; by (received,
 * partner, number). */
struct delay_due {
    int64_t order_id;
    bool has_news;
};
MUST_USE enum outcome delay_due(struct store *store, int64_t as_of_ms, struct arena *arena,
                                struct delay_due **items, size_t *count, struct fault *why);
MUST_USE enum outcome delay_looked(struct store *store, int64_t order_id, struct fault *why);

/* -- an order --------------------------------------------------------------------------------- */

struct delay_order {
    const char *partner;
    const char *number;
    int64_t version;
    const char *approval; /* names of order/lifecycle.h */
    const char *fulfilment;
    const char *payment;
    int32_t promised; /* by planning, or as requested; DAY_NONE */
    const char *country;
    const char *customer_group;
    bool is_prepaid; /* something must be paid before its release */
};
/* NONE: it has gone again. */
MUST_USE enum outcome delay_order(struct store *store, int64_t order_id, struct arena *arena,
                                  struct delay_order *order, struct fault *why);

struct delay_step {
    const char *event;
    int64_t happened_ms;
};
/* What happened to it, up to an event. */
MUST_USE enum outcome
delay_steps(struct store *store, int64_t order_id, int64_t upto_event_id, struct arena *arena,
            struct delay_step **steps, size_t *count, struct fault *why);

struct delay_parcel {
    const char *number;
    const char *warehouse;
    int64_t shipped_ms;
    bool is_tracked;
    const char *carrier; /* partner id, or what the warehouse wrote */
    const char *state;
    const char *cause;
    int64_t eta_ms; /* the end of the window */
    int64_t delivered_ms;
};
MUST_USE enum outcome
delay_parcels(struct store *store, int64_t order_id, struct arena *arena,
              struct delay_parcel **parcels, size_t *count, struct fault *why);

/* Its products, and the warehouses that have been told to send what has not left yet: each once,
 * sorted, and no more than so many of them. */
enum { DELAY_NAMES_MAX = 20 };
MUST_USE enum outcome
delay_products(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
               const char *names[DELAY_NAMES_MAX], size_t *count, struct fault *why);
MUST_USE enum outcome
delay_warehouses(struct store *store, int64_t order_id, struct arena *arena,
                 const char *names[DELAY_NAMES_MAX], size_t *count, struct fault *why);

/* What planning and production say of it; days are DAY_NONE where nobody can say. */
struct delay_plan {
    bool awaits_stock;
    int32_t stock_day; /* the last of it is at the warehouse */
    int32_t leave_day; /* and can leave */
    bool awaits_production;
    int32_t production_day;
    bool lacks_material; /* that is why it is late */
};
MUST_USE enum outcome delay_plan(struct store *store, int64_t order_id, int64_t version,
                                 struct delay_plan *plan, struct fault *why);

/* -- outlooks --------------------------------------------------------------------------------- */

struct order_outlook {
    int64_t order_id;
    int64_t version;
    int32_t promised;
    int32_t first_promised;
    const char *grade; /* names of rules/outlook.h */
    const char *cause;
    int64_t expected_p50_ms; /* AMOUNT_NONE: nobody can say */
    int64_t expected_p90_ms;
    int64_t since_ms;
    int64_t next_ms; /* AMOUNT_NONE: it is over */
    int64_t warnings;
    int64_t warned_ms;
    const char *trace;
    const char *outcome; /* "": it is open */
    int64_t finished_ms;
    int64_t closed_ms; /* it became known then */
};
/* NONE: it has none. */
MUST_USE enum outcome order_outlook_find(struct store *store, int64_t order_id, struct arena *arena,
                                         struct order_outlook *outlook, struct fault *why);
MUST_USE enum outcome
order_outlook_put(struct store *store, const struct order_outlook *outlook, struct fault *why);

/* What is told of a delay now, under the number outlook->warnings. */
MUST_USE enum outcome
delay_warning_add(struct store *store, const struct order_outlook *outlook, int64_t at_ms,
                  const char *grade_before, int32_t promised_before, struct fault *why);

/* The page of the order tells of it. */
MUST_USE enum outcome delay_page_due(struct store *store, int64_t order_id, struct fault *why);

#endif
