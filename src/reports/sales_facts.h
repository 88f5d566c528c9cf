/* sales_facts.h -- all that a sales report tells, over all currencies; and its shapes. */
#ifndef PURSER_SALES_FACTS_H
#define PURSER_SALES_FACTS_H

#include "reports/frame.h"
#include "reports/report.h"
#include "reports/sales.h"
#include "writers/page.h"

struct sales_facts {
    struct period period;
    struct sales *currencies;
    size_t currency_count;
    struct report_intake intake;
    struct report_figure *unsold; /* per currency: waiting, refused, replaced */
    size_t unsold_count;
    /* Of the orders received: sold + waiting + refused + repeated are all. */
    int64_t sold_orders;
    int64_t waiting_orders;
    int64_t refused_orders; /* by the checks or by a person, or cancelled */
    int64_t repeated_orders;
};

MUST_USE enum outcome sales_facts_load(struct store *store, const struct config *config,
                                       const struct report_request *request, struct arena *arena,
                                       struct sales_facts *facts, struct fault *why);

/* The finding: what a reader who reads nothing else should know. */
const char *sales_title(struct page *page, const struct sales_facts *facts);

extern const struct report_words sales_words;

MUST_USE enum outcome
sales_html_write(struct page *page, struct store *store, const struct config *config,
                 const struct report_request *request, struct fault *why);
MUST_USE enum outcome
sales_csv_write(struct page *page, struct store *store, const struct config *config,
                const struct report_request *request, struct fault *why);
MUST_USE enum outcome
sales_xlsx_write(struct page *page, struct store *store, const struct config *config,
                 const struct report_request *request, struct fault *why);

#endif
