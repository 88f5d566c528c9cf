/* store_tracking.h -- what the pages of orders are made from, and which of them lie there.
 *
 * Texts of rows live in the arena that is given. */
#ifndef PURSER_STORE_TRACKING_H
#define PURSER_STORE_TRACKING_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* -- which pages ------------------------------------------------------------------------------ */

/* Nothing is remembered any more: no pages are made. */
MUST_USE enum outcome tracking_forget(struct store *store, struct fault *why);

/* Note the orders whose pages may have changed: those that something happened to since; the first
 * time, those that are under way.  (Those whose parcels have news are noted by the store itself.)
 */
MUST_USE enum outcome tracking_gather(struct store *store, struct fault *why);

/* Some of them, by id; NONE: there are none.  tracking_took forgets those up to an id. */
MUST_USE enum outcome tracking_take(struct store *store, struct arena *arena, int64_t **orders,
                                    size_t *count, struct fault *why);
MUST_USE enum outcome tracking_took(struct store *store, int64_t order_id, struct fault *why);

struct tracking_file {
    int64_t order_id;
    const char *token;
    const char *key_name;
    const char *sha256;
    int64_t made_ms;
    int64_t remove_ms; /* AMOUNT_NONE */
};
/* NONE: the order has no page. */
MUST_USE enum outcome tracking_file_find(struct store *store, int64_t order_id, struct arena *arena,
                                         struct tracking_file *file, struct fault *why);
MUST_USE enum outcome
tracking_file_put(struct store *store, const struct tracking_file *file, struct fault *why);
MUST_USE enum outcome tracking_file_drop(struct store *store, int64_t order_id, struct fault *why);

/* Some of the pages that must go by now; and of those that were made with another key. */
MUST_USE enum outcome
tracking_files_over(struct store *store, int64_t now_ms, struct arena *arena,
                    struct tracking_file **files, size_t *count, struct fault *why);
MUST_USE enum outcome
tracking_files_of_others(struct store *store, const char *key_name, struct arena *arena,
                         struct tracking_file **files, size_t *count, struct fault *why);

/* -- what is on them -------------------------------------------------------------------------- */

struct tracked_order {
    const char *partner;
    const char *number;
    int64_t version;
    const char *receiver; /* the person, or the firm */
    const char *city;
    const char *region;
    const char *country;
};
MUST_USE enum outcome tracked_order(struct store *store, int64_t order_id, struct arena *arena,
                                    struct tracked_order *order, struct fault *why);

struct tracked_step {
    const char *event; /* names of order/lifecycle.h */
    const char *headline;
    int64_t happened_ms;
    int64_t known_ms;
};
MUST_USE enum outcome tracked_steps(struct store *store, int64_t order_id, struct arena *arena,
                                    struct tracked_step **steps, size_t *count, struct fault *why);

struct tracked_item {
    const char *number;
    const char *sku;
    const char *description;
    const char *unit;
    int64_t ordered_micros;
    int64_t shipped_micros;
};
MUST_USE enum outcome
tracked_items(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct tracked_item **items, size_t *count, struct fault *why);

struct tracked_note {
    const char *line; /* number of the order line; "": of the whole order */
    const char *kind;
    const char *text;
};
/* What the customer wrote, without what is for us alone. */
MUST_USE enum outcome
tracked_notes(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct tracked_note **notes, size_t *count, struct fault *why);

struct tracked_parcel {
    const char *number;
    const char *carrier_text; /* as the warehouse named it */
    const char *tracking;
    int64_t shipped_ms;
    const char
        *carrier; /* partner id; "": nobody tells us of it, and what follows has no meaning */
    const char *state;
    const char *cause;
    int64_t eta_from_ms; /* AMOUNT_NONE, and so the next two */
    int64_t eta_to_ms;
    int64_t delivered_ms;
    const char *signed_by;
};
MUST_USE enum outcome
tracked_parcels(struct store *store, int64_t order_id, struct arena *arena,
                struct tracked_parcel **parcels, size_t *count, struct fault *why);

struct tracked_event {
    int64_t happened_ms;
    int64_t known_ms;
    const char *state;
    const char *label_en;
    const char *label_zh;
    const char *place;
    const char *country;
    int64_t latitude_micros; /* AMOUNT_NONE */
    int64_t longitude_micros;
};
/* Those that were applied, by time. */
MUST_USE enum outcome
tracked_events(struct store *store, const struct tracked_parcel *parcel, struct arena *arena,
               struct tracked_event **events, size_t *count, struct fault *why);

struct tracked_place {
    const char *name;
    const char *country;
    const char *aliases; /* "A | B" */
    int64_t latitude_micros;
    int64_t longitude_micros;
};
/* The list of places in force. */
MUST_USE enum outcome
tracked_places(struct store *store, struct arena *arena, struct tracked_place **places,
               size_t *count, struct fault *why);

#endif
