/* planning.h -- approved orders get their goods: promised a day, reserved, and released when they
 * may be; private to src/desk.
 *
 * An approved order stands in line (store_plan.h) until the last of it has left.  A planning takes
 * all that are due in one order: by the day (promised, else requested, else none), the class of
 * their customer, their worth (the most first), when they came, partner and number.  Each takes
 * what nobody else has been promised (rules/promise.h).  Nobody takes away what was promised: an
 * order that is planned again finds all it had, or better.  When stock is lost, those who stand
 * last lose first.
 *
 * What is in stock goes when nothing holds the order, by its rule of delivery:
 *   complete     when all of it is in stock, and then at once, maybe from several warehouses;
 *   backorder    what is in stock goes, the rest when it comes;
 *   cancel-rest  what is in stock goes, and the rest is cancelled.  As long as nothing is, the
 *                order waits as one on backorder does, and is told when nobody knows how long.
 * Packages go whole, and pieces, cartons and the like in whole numbers: what does not make up one
 * more waits, or goes to another order.
 *
 * A reservation is soft until the release, firm from then on, and goes as goods leave. */
#ifndef PURSER_PLANNING_H
#define PURSER_PLANNING_H

#include "config/run.h"
#include "desk/facts.h"
#include "desk/flow.h"
#include "store/store_production.h"
#include "store/store_release.h"
#include "store/store_shipment.h"

/* An approved order is in line and due: it enters, or something about it has changed. */
MUST_USE enum outcome
planning_enter(struct run *run, const struct subject *subject, struct fault *why);

/* The next version of one in line takes its place before anything was released: it keeps what it
 * was promised of what has not changed; more of a line asks for the difference, and of what is less
 * the last to come is given back. */
MUST_USE enum outcome
planning_change(struct run *run, const struct subject *subject, struct fault *why);

/* It is out of the line, if it was in it, and gives back what it was promised. */
MUST_USE enum outcome planning_leave(struct run *run, int64_t order_id, struct fault *why);

/* The next version of an order in line has more lines: they join it there, behind what it has been
 * promised, and it is due.  *is_planned: it is in line. */
MUST_USE enum outcome
planning_grow(struct run *run, const struct subject *subject, bool *is_planned, struct fault *why);

/* All that are due; and the same within the caller's transaction, which then undoes it. */
MUST_USE enum outcome planning_work(struct run *run, struct facts *facts, struct fault *why);
MUST_USE enum outcome planning_try(struct run *run, struct facts *facts, struct fault *why);

/* So much of an order line, in its unit, is not wanted any more, and nobody has been told to send
 * it: what was promised of it is free, plants that were asked for it are not any more, and the
 * order is due.  Nothing happens to an order that is not in line. */
MUST_USE enum outcome planning_cancel(struct run *run, const struct subject *subject,
                                      int64_t ordinal, int64_t quantity_micros, struct fault *why);

/* A warehouse has stopped so much of an order line, in its unit, that it had been told to send: it
 * is not released any more, and what was reserved for it is free.  planning_cancel follows. */
MUST_USE enum outcome
planning_unrelease(struct run *run, int64_t order_id, const char *warehouse, int64_t ordinal,
                   int64_t quantity_micros, struct fault *why);

/* So much of an order line, in its unit, is this of what a plant makes for it and has not done: all
 * of that, where it makes no more. */
MUST_USE enum outcome planning_made_of(struct run *run, const struct production *production,
                                       int64_t quantity_micros, int64_t *micros, struct fault *why);

/* Nothing more of it is to leave. */
MUST_USE enum outcome planning_end(struct run *run, int64_t order_id, struct fault *why);

/* A shipment of an order in line has left a warehouse: what was reserved for it is not any more.
 * (That there is less of it on hand is the ledger's.)  `lines` are those of the order after it;
 * with the last one all goes that it was promised. */
MUST_USE enum outcome planning_ship(struct run *run, int64_t order_id, const char *warehouse,
                                    const struct shipment *shipment, const struct shippable *lines,
                                    size_t count, bool is_complete, struct fault *why);

/* So much of what a plant was asked for is in stock since the day, and reserved there for the need
 * it was made for; so much of a material is used up, and not reserved any more; and what it does
 * not make of it must be found elsewhere.  Nothing happens to an order that is not in line. */
MUST_USE enum outcome planning_made(struct run *run, const struct production *production,
                                    int64_t quantity_micros, int32_t day, struct fault *why);
MUST_USE enum outcome
planning_used(struct run *run, const struct production *production, const char *material,
              int64_t quantity_micros, struct fault *why);
MUST_USE enum outcome
planning_unmade(struct run *run, const struct production *production, struct fault *why);

/* A warehouse will not send a release: what it had of the stock is free, and the order is due.  The
 * warehouse is asked for nothing of it until it has counted its stock anew. */
MUST_USE enum outcome
planning_return(struct run *run, const struct stored_release *release, struct fault *why);

#endif
