/* stopping.h -- warehouses and plants are told to stop what they have of an order, are reminded,
 * and answer; private to src/desk.
 *
 * An answer is a file (stop-status), or follows from what they say otherwise: a shipment of what
 * was to be stopped is too late; a release that is refused, a production that is stopped, are. */
#ifndef PURSER_STOPPING_H
#define PURSER_STOPPING_H

#include "desk/facts.h"
#include "desk/flow.h"

struct stop_item {
    int64_t ordinal;         /* of the order line; 100000 + that of goods that are given */
    int64_t quantity_micros; /* above 0, of what is under way (store_stand.h, stand_under_way) */
};

/* Ask whoever has these to stop them: each warehouse with a release of them, the latest release
 * first, and each plant that makes for them and has not finished.  *asked: so many notices were
 * sent. */
MUST_USE enum outcome
stopping_ask(struct run *run, const struct subject *subject, int64_t cancellation_id,
             const struct stop_item *items, size_t count, size_t *asked, struct fault *why);

/* Tell the warehouse of a shipment, or of the releases that have not left, that goods go to another
 * address (JSON of a party). */
MUST_USE enum outcome
stopping_redirect(struct run *run, const struct subject *subject, int64_t shipment_id,
                  const char *content, struct fault *why);

/* Something of an order has left, a release was refused, a production stopped or finished: that
 * answers what was asked of it. */
MUST_USE enum outcome
stopping_shipped(struct run *run, struct facts *facts, struct subject *subject, int64_t shipment_id,
                 const struct cause *cause, struct fault *why);
MUST_USE enum outcome
stopping_release_refused(struct run *run, struct facts *facts, struct subject *subject,
                         int64_t release_id, const struct cause *cause, struct fault *why);
MUST_USE enum outcome
stopping_production_ended(struct run *run, struct facts *facts, struct subject *subject,
                          int64_t production_id, const struct cause *cause, struct fault *why);

/* Reminders that are due. */
MUST_USE enum outcome stopping_work(struct run *run, struct fault *why);

#endif
