/* production.h -- plants are asked to make what orders need, and told when that is no longer
 * wanted; private to src/desk.
 *
 * Everything in the caller's transaction: the request, its event on the order, and its message to
 * the plant.  A request is never altered: where the plan of a need changes, take it back and ask
 * anew, which gives it another number.
 */
#ifndef PURSER_PRODUCTION_H
#define PURSER_PRODUCTION_H

#include "desk/flow.h"
#include "store/store_production.h"

/* What a need takes of a plant (struct promise_take of PROMISE_FROM_PLANT). */
struct production_need {
    int64_t ordinal; /* table plan_line */
    int64_t part;
    const char *plant;     /* partner id, of the role plant */
    const char *warehouse; /* partner id: where its materials lie, and to which its product goes */
    const char *sku;
    int64_t quantity_micros; /* above 0, in the product's unit */
    int32_t start_day;
    int32_t finish_day; /* it is at the warehouse then */
};

/* Ask for it; what a unit takes is by the list of materials in force.  The allocation from 'make'
 * is the caller's; what gets done turns it into one from 'stock' (desk_production_status.c). */
MUST_USE enum outcome
production_ask(struct run *run, const struct subject *subject, const struct production_need *need,
               int64_t *number, struct fault *why);

/* Take back what is still open of an order line and part, or (ordinal 0) of the whole order; it is
 * stopped, as far as we are concerned.  The allocations are the caller's.  What is done already
 * stays where it is.  Where nothing is open nothing happens. */
MUST_USE enum outcome production_take_back(struct run *run, const struct subject *subject,
                                           int64_t ordinal, int64_t part, struct fault *why);

/* Likewise, but what its plant has begun, which must be asked to stop it; allocations of what is
 * taken back are free. */
MUST_USE enum outcome
production_take_back_unbegun(struct run *run, const struct subject *subject, int64_t ordinal,
                             int64_t part, struct fault *why);

/* Post to the ledger that `delta_micros` more of it is done, and what that took of its materials;
 * `done_micros` of the production is that of before.  Its product is reserved for the order as far
 * as it was promised from there. */
struct production_posting {
    int64_t delta_micros;
    int64_t at_ms;
    int64_t interchange_id; /* that told us, and where in it */
    int64_t line;
};
MUST_USE enum outcome production_to_stock(struct run *run, const struct production *production,
                                          const struct production_posting *posting,
                                          struct arena *arena, struct fault *why);

/* What is said of it in its events: JSON, in the arena. */
const char *production_detail(const struct production *production, struct arena *arena);

#endif
