/* cancel_stock.h -- what is cancelled of an order is not promised to it by the list of stock any
 * more; private to src/desk. */
#ifndef PURSER_CANCEL_STOCK_H
#define PURSER_CANCEL_STOCK_H

#include "desk/flow.h"
#include "store/store_stand.h"

/* Before the cancellation is stored; `now_micros` of each line. */
MUST_USE enum outcome
cancel_give_back_stock(struct run *run, const struct subject *subject,
                       const struct line_stand *lines, size_t line_count, const int64_t *now_micros,
                       struct arena *arena, struct fault *why);

#endif
