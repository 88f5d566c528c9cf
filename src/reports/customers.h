/* customers.h -- the customer report: who buys, how often, who comes again and who does not. */
#ifndef PURSER_CUSTOMERS_H
#define PURSER_CUSTOMERS_H

#include "reports/outline.h"

extern const struct outline customers_outline;

#endif
