/* customers.h -- the customer report: who buys, how often, who comes again and who does not. */
#ifndef PURSER_CUSTOMERS_H
#define PURSER_CUSTOMERS_H

#include "reports/outline.h"

extern const struct outline customers_outline;

/* Sentences about what needs attention. */
MUST_USE enum outcome
customers_attention(struct page *page, const struct outline_view *view, struct fault *why);

#endif
