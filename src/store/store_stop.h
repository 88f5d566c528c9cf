/* store_stop.h -- what warehouses and plants were told to stop, or to send elsewhere, and what they
 * answered.
 *
 * Quantities are in the unit of the order line, amounts in minor units of the company's currency.
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_STOP_H
#define PURSER_STORE_STOP_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/order_change.h"
#include "store/store_order.h"
#include "store/store_production.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

#define STOP_ACTION_STOP     "stop"
#define STOP_ACTION_REDIRECT "redirect"
#define STOP_ASKED           "asked" /* of states; the others are stop_status_names */

/* ---- who has what ---- */

/* What of a line a release, or a plant, still has, and was not asked to stop. */
struct stop_target {
    int64_t release_id;    /* one of these two, the other 0 */
    int64_t production_id; /* that has begun, and is not of a package's part */
    const char *partner;
    int64_t ordinal;
    int64_t open_micros;
};
/* By line; of each what plants make first, then releases, the latest first: what comes last is
 * stopped best. */
MUST_USE enum outcome
stop_targets(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
             struct stop_target **items, size_t *count, struct fault *why);

/* Releases of an order that have not left, the latest first; or the warehouse of a shipment. */
MUST_USE enum outcome
stop_open_releases(struct store *store, int64_t order_id, struct arena *arena,
                   struct stop_target **items, size_t *count, struct fault *why);
MUST_USE enum outcome
stop_shipment_place(struct store *store, int64_t shipment_id, struct arena *arena,
                    struct stop_target **items, size_t *count, struct fault *why);

/* ---- notices ---- */

struct stop_notice_line {
    int64_t ordinal;
    int64_t quantity_micros; /* to be stopped */
    int64_t gone_micros;     /* of it: that left before it was answered */
    int64_t stopped_micros;  /* of it, as answered; AMOUNT_NONE */
    const char *number;      /* of the order line */
    const char *unit;
};

struct stop_notice {
    int64_t id;
    const char *partner;
    int64_t number;
    const char *action;
    int64_t order_id;
    int64_t version;
    int64_t cancellation_id; /* these four 0: of none */
    int64_t release_id;
    int64_t production_id;
    int64_t shipment_id;
    const char *content; /* JSON of an address; "" */
    const char *state;
    int64_t asked_ms;
    int64_t reminders;
    int64_t next_ms;    /* AMOUNT_NONE: nobody is reminded any more */
    int64_t cost_minor; /* AMOUNT_NONE: not said */
    const char *reason;
    struct stop_notice_line *lines;
    size_t line_count;
};

/* With its lines, as asked, with the next number of its partner: fills id and number. */
MUST_USE enum outcome stop_add(struct store *store, struct stop_notice *notice, struct fault *why);
/* NONE: the partner has none of this number. */
MUST_USE enum outcome stop_find(struct store *store, const char *partner, int64_t number,
                                struct arena *arena, struct stop_notice *notice, struct fault *why);
/* The next that waits for its answer, by id: of a release, of a production, of all that a warehouse
 * was told to send of an order. */
MUST_USE enum outcome
stop_next_of_release(struct store *store, int64_t release_id, int64_t after, struct arena *arena,
                     struct stop_notice *notice, struct fault *why);
MUST_USE enum outcome
stop_next_of_production(struct store *store, int64_t production_id, int64_t after,
                        struct arena *arena, struct stop_notice *notice, struct fault *why);
/* (warehouse "": of any) */
MUST_USE enum outcome
stop_next_of_order(struct store *store, int64_t order_id, const char *warehouse, int64_t after,
                   struct arena *arena, struct stop_notice *notice, struct fault *why);
/* One that somebody must be reminded of by now, by id. */
MUST_USE enum outcome
stop_next_due(struct store *store, int64_t now_ms, int64_t after, struct arena *arena,
              struct stop_notice *notice, struct fault *why);
/* State, cost, reason and the lines' stopped quantities. */
MUST_USE enum outcome stop_answered(struct store *store, const struct stop_notice *notice,
                                    int64_t at_ms, struct fault *why);
/* So much more of a line has left before it was answered. */
MUST_USE enum outcome stop_gone(struct store *store, int64_t notice_id, int64_t ordinal,
                                int64_t gone_micros, struct fault *why);
MUST_USE enum outcome
stop_reminded(struct store *store, const struct stop_notice *notice, struct fault *why);
/* Of a line of a release (ordinal 0: of all): what may still be sent of it, but for what notices
 * before this one ask to stop (0: all notices' is counted). */
MUST_USE enum outcome stop_release_open(struct store *store, int64_t release_id, int64_t ordinal,
                                        int64_t before_id, int64_t *open_micros, struct fault *why);
/* A release of which nothing is to leave any more: it is stopped. */
MUST_USE enum outcome
stop_release_end(struct store *store, int64_t release_id, int64_t at_ms, struct fault *why);
MUST_USE enum outcome
stop_production_find(struct store *store, const char *plant, int64_t production_id,
                     struct arena *arena, struct production *production, struct fault *why);
/* A production asks for so much less, of its product. */
MUST_USE enum outcome stop_production_less(struct store *store, int64_t production_id,
                                           int64_t less_micros, struct fault *why);

/* The order that a notice is about, and whose it is. */
MUST_USE enum outcome
stop_order(struct store *store, int64_t order_id, struct arena *arena, const char **partner,
           struct order_standing *standing, struct fault *why);

/* "nordlicht/A-1" */
MUST_USE enum outcome stop_order_name(struct store *store, int64_t order_id, struct arena *arena,
                                      const char **name, struct fault *why);

/* ---- cancellations that wait for answers ---- */

struct stop_cancellation {
    int64_t id;
    int64_t interchange_id;
    const char *request;
    const char *reason;
    const char *text;
    const char *fault;
    int64_t at_ms;
    int64_t policy_id;     /* 0 */
    int64_t deposit_minor; /* these two as in struct cancellation */
    int64_t deposit_for_minor;
};
MUST_USE enum outcome
stop_cancellation_find(struct store *store, int64_t order_id, int64_t number, struct arena *arena,
                       struct stop_cancellation *cancellation, struct fault *why);
MUST_USE enum outcome
stop_cancellation_get(struct store *store, int64_t id, struct arena *arena,
                      struct stop_cancellation *cancellation, struct fault *why);

/* What was spent so far on what a cancellation stopped: the sum of the answers that something was
 * stopped, of the notices that the cancellation sent, or of the one whose answer led to it.  0
 * where none said so. */
MUST_USE enum outcome
stop_cost(struct store *store, int64_t cancellation_id, int64_t *cost_minor, struct fault *why);

/* ---- answers in a file ---- */

/* The numbers of notices that an interchange answers, each once; NONE after the last. */
MUST_USE enum outcome stop_answer_number(struct store *store, int64_t interchange_id, int64_t after,
                                         int64_t *number, struct fault *why);
struct stored_answer {
    int64_t id;
    struct stop_answer answer;
};
/* All that it says of one, in the order of the file. */
MUST_USE enum outcome
stop_answers_of(struct store *store, int64_t interchange_id, int64_t number, struct arena *arena,
                struct stored_answer **items, size_t *count, struct fault *why);

#endif
