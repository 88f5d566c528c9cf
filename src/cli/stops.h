/* stops.h -- stop notices of an order, for `order show`. */
#ifndef PURSER_STOPS_H
#define PURSER_STOPS_H

#include "cli/view.h"

extern const struct view stops_of_order_view; /* INTEGER(order id) */

#endif
