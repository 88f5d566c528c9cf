/* store_order_whole.h -- an order version as its partner said it: with parties, notes and days.
 *
 * (What prices orders reads less: store_order.h.)  Works within the caller's transaction. */
#ifndef PURSER_STORE_ORDER_WHOLE_H
#define PURSER_STORE_ORDER_WHOLE_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/order.h"

#include <stdint.h>

struct store;

/* Nothing is left out.  Parties that were not said are those that were sold to, as when it was
 * read; prices by hand that are set here are among the lines'.  NONE: there is no such version. */
MUST_USE enum outcome order_read_whole(struct store *store, int64_t id, int64_t version,
                                       struct arena *arena, struct order *order, struct fault *why);

#endif
