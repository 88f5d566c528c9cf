/* sales.h -- the sales report: what was sold, by time, product, place and customer. */
#ifndef PURSER_SALES_H
#define PURSER_SALES_H

#include "reports/outline.h"

extern const struct outline sales_outline;

#endif
