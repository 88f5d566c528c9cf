/* quote.h -- private to cli/: an order put together from the options of the command line.
 *
 * --sku begins a line; --qty, --unit and --option are about the line begun last.  Texts are
 * normalised like those of a file. */
#ifndef PURSER_QUOTE_H
#define PURSER_QUOTE_H

#include "cli/command.h"
#include "order/order.h"

/* The lines, coupons and the destination, in cli->arena; units that were not said are "".
 * FAULT_USAGE says what is wrong with an option. */
MUST_USE enum outcome quote_order(struct cli *cli, struct order *order, struct fault *why);

/* Is the option about the order? */
bool quote_takes(enum cli_option option);

#endif
