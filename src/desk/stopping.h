/* stopping.h -- warehouses and plants are told to stop what they have of an order, or to send it
 * elsewhere, are reminded, and answer; private to src/desk.
 *
 * What is asked for waits until it is answered: it is not cancelled, and nobody can cancel it
 * again.  An answer is a file (stop-status), a person's word, or follows from what they say
 * otherwise: what leaves is too late; a release that is refused, a production that is stopped, are
 * stopped.  What is stopped is cancelled then (cancelling.h), what is too late goes on.
 *
 * Everything in the caller's transaction. */
#ifndef PURSER_STOPPING_H
#define PURSER_STOPPING_H

#include "desk/facts.h"
#include "desk/flow.h"
#include "store/store_production.h"
#include "store/store_stop.h"

struct stop_item {
    int64_t ordinal;         /* of the order line; 100000 + that of goods that are given */
    int64_t quantity_micros; /* above 0, of what is under way and nobody was asked to stop */
};

/* Ask whoever has these to stop them: what is being made first, which is stopped best, then each
 * warehouse with a release of them, the latest release first.  By ordinal.  *asked: so many notices
 * were sent. */
MUST_USE enum outcome
stopping_ask(struct run *run, const struct subject *subject, int64_t cancellation_id,
             const struct stop_item *items, size_t count, size_t *asked, struct fault *why);

/* Tell the warehouse of a shipment, or (0) of the releases that have not left, that goods go to
 * another address (JSON of a party: a flat object of texts).  The answer is 'done' or 'refused',
 * and an event of the order of which its customer is told. */
MUST_USE enum outcome
stopping_redirect(struct run *run, const struct subject *subject, int64_t shipment_id,
                  const char *content, struct fault *why);

/* How a notice is answered: its lines' stopped_micros are set (not of one to send elsewhere), its
 * state follows from them, and what could not be stopped any more is left out of them. */
MUST_USE enum outcome
stopping_answer(struct run *run, struct subject *subject, struct stop_notice *notice,
                const struct cause *cause, struct arena *arena, struct fault *why);

/* Something of an order has left a warehouse: what was asked of that is too late.  The rest of a
 * notice goes on waiting, unless nothing more of the order is to leave. */
MUST_USE enum outcome
stopping_shipped(struct run *run, const struct subject *subject, const char *warehouse,
                 bool is_complete, const struct cause *cause, struct fault *why);
/* A release was refused, a production has ended (done, refused, stopped), after their states were
 * stored and the plan knows of it: that answers what was asked of them. */
MUST_USE enum outcome
stopping_release_refused(struct run *run, struct subject *subject, int64_t release_id,
                         const struct cause *cause, struct fault *why);
MUST_USE enum outcome stopping_production_ended(struct run *run, struct subject *subject,
                                                const struct production *production,
                                                const struct cause *cause, struct fault *why);
/* We have taken a production back ourselves: nobody needs to answer for it any more. */
MUST_USE enum outcome
stopping_production_lapsed(struct run *run, int64_t production_id, struct fault *why);

/* What was spent so far, in minor units of the company's currency. */
int64_t stopping_cost(const struct config *config, int64_t cost_micros);

/* What is said of a notice in events: JSON, in the arena. */
const char *stopping_detail(const struct stop_notice *notice, struct arena *arena);

/* Reminders that are due. */
MUST_USE enum outcome stopping_work(struct run *run, struct facts *facts, struct fault *why);

#endif
