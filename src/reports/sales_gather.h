/* sales_gather.h -- what the report of sales tells of, gathered into scratch tables: the entries of
 * the ledger of sales, their lines, what promotions took off them, and what became of the orders
 * that came.
 *
 * Entries, lines and prices are read once, each in the sequence in which it is stored, and added up
 * in memory: sorting them, or finding each line of a group again, would take far longer than
 * reading them does. */
#ifndef PURSER_SALES_GATHER_H
#define PURSER_SALES_GATHER_H

#include "base/tally.h"
#include "reports/outline.h"

MUST_USE enum outcome
sales_gather(const struct outline_view *view, const struct named_value *values, size_t count,
             struct fault *why);

/* Of each currency and product that was sold. */
enum sold_sku {
    SOLD_SKU_ORDERS, /* less those that were taken back */
    SOLD_SKU_ENTRY,  /* whose order was counted last */
    SOLD_SKU_BEFORE, /* net, in the period before */
    SOLD_SKU_SUMS
};

/* The next line that has a price, of two statements that stand beside each other and begin with the
 * ordinal.  NONE: there is no more. */
MUST_USE enum outcome sales_next_line(struct rows *lines, struct rows *prices, struct fault *why);

/* Products that sell best, when temp.sold_product is filled.  `skus`: of the period. */
MUST_USE enum outcome
sales_best_gather(const struct outline_view *view, struct tally *skus, struct fault *why);

#endif
