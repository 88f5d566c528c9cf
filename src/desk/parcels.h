/* parcels.h -- where parcels are, and which orders have arrived; private to src/desk. */
#ifndef PURSER_PARCELS_H
#define PURSER_PARCELS_H

#include "config/run.h"
#include "desk/flow.h"
#include "desk/matter.h"
#include "store/store_transport.h"
#include "store/store_verify.h"

/* The carrier whose id or name a warehouse wrote, in whatever case: a partner id; NULL: none that
 * is configured. */
const char *parcels_carrier(const struct config *config, const char *text, struct arena *arena);

/* A shipment was matched: it is a parcel when its carrier is known and it has a number, and what
 * was told of it before counts now. */
MUST_USE enum outcome parcels_begin(struct run *run, int64_t shipment_id, const char *carrier,
                                    const char *tracking, struct arena *arena, struct fault *why);

/* The order is shipped: has it, or some of it, arrived already? */
MUST_USE enum outcome parcels_arrived(struct run *run, int64_t order_id, int64_t interchange_id,
                                      struct arena *arena, struct fault *why);

/* Something new is told of the parcels of one number: judge all that was told, and move them and
 * their orders.  What contradicts is told in `matter`, NULL: nobody is told. */
MUST_USE enum outcome
parcels_judge(struct run *run, struct matter *matter, const struct tracked *tracked,
              int64_t interchange_id, struct arena *arena, struct fault *why);

/* What does not follow from what was told of it: a parcel, or the verdict of an event. */
MUST_USE enum outcome
parcels_verify(struct store *store, const struct verify_visitor *visitor, struct fault *why);

/* Another list of carrier codes is in force: it may name codes that were set aside. */
MUST_USE enum outcome
parcels_codes_changed(struct run *run, int64_t interchange_id, struct fault *why);

#endif
