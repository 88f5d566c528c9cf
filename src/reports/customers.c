#include "reports/customers.h"

static const struct outline_section sections[] = {
    {"loyalty", M_REPORT_LOYALTY, M_REPORT_LOYALTY_NOTE, SQL_customers_loyalty,
     "key customers orders net", "net", false, true, true, false, 2},
    {"class", M_REPORT_RFM, M_REPORT_RFM_NOTE, SQL_customers_class, "key customers orders net",
     "net", false, false, true, false, 8},
    {"rank", M_REPORT_CONCENTRATION, M_REPORT_CONCENTRATION_NOTE, SQL_customers_rank,
     "key customers orders net share", "", false, false, true, false, 10},
    {"customer", M_REPORT_BY_CUSTOMER, M_REPORT_YEAR_NOTE, SQL_customers_customer,
     "key class last_order days_since days_between orders net average", "net", false, false, false,
     false, 50},
    {"cohort", M_REPORT_COHORTS, M_REPORT_COHORTS_NOTE, SQL_customers_cohort,
     "key months_later customers retention orders net revenue_retention", "customers", false, false,
     false, true, 100},
    {"lapsed", M_REPORT_LAPSED, M_REPORT_LAPSED_NOTE, SQL_customers_lapsed,
     "key last_order days_since orders net", "net", false, false, false, false, 30},
};

static const struct outline_map maps[] = {
    {"retention", "customers", M_REPORT_RETENTION},
    {"revenue_retention", "net", M_REPORT_REVENUE_RETENTION},
};

static const struct outline_tile tiles[] = {
    {"net", M_REPORT_NET, FIGURE_AMOUNT, false},
    {"orders", M_REPORT_ORDERS_SOLD, FIGURE_COUNT, false},
    {"customers", M_REPORT_CUSTOMERS, FIGURE_COUNT, false},
    {"new_customers", M_REPORT_NEW_CUSTOMERS, FIGURE_COUNT, false},
};

static const struct report_word words[] = {
    {M_REPORT_RFM, M_REPORT_MEANS_RFM},
    {M_REPORT_COHORTS, M_REPORT_MEANS_COHORTS},
    {M_REPORT_RETENTION_WORD, M_REPORT_MEANS_RETENTION},
    {M_REPORT_CONCENTRATION, M_REPORT_MEANS_CONCENTRATION},
    {M_REPORT_NET, M_REPORT_MEANS_NET},
};
static const struct report_words customers_words = {words, sizeof words / sizeof words[0]};

static enum outcome
gather(const struct outline_view *view, struct period period, const struct named_value *values,
       size_t count, struct fault *why)
{
    (void)period; /* the values have it, and a customer buys on the date of the order */
    TRY(store_run_scratch(view->store, SQL_customers_forget, values, count, why));
    return store_run_scratch(view->store, SQL_customers_gather, values, count, why);
}

/* Customers of two currencies count in each. */
static const char *
title(struct page *page, const struct outline_view *view)
{
    enum { CUSTOMERS = 2, NEW_CUSTOMERS };
    int64_t customers = 0;
    int64_t fresh = 0;
    for (size_t index = 0; index < view->currency_count; index++) {
        customers += view->totals[index].values[SPAN_NOW][CUSTOMERS];
        fresh += view->totals[index].values[SPAN_NOW][NEW_CUSTOMERS];
    }
    return page_words(page, M_REPORT_CUSTOMERS_TITLE,
                      {"period", frame_period(page, view->periods[SPAN_NOW])},
                      {"customers", page_count(page, customers)}, {"new", page_count(page, fresh)});
}

const struct outline customers_outline = {
    .name = "customers",
    .masthead = M_REPORT_CUSTOMERS_MASTHEAD,
    .heading = M_REPORT_SECTION,
    .words = &customers_words,
    .sections = sections,
    .section_count = sizeof sections / sizeof sections[0],
    .tiles = tiles,
    .tile_count = sizeof tiles / sizeof tiles[0],
    .totals = {SQL_customers_totals, SQL_customers_totals},
    .has_average = true,
    .unsummed = "rank",
    .mapped = "cohort",
    .maps = maps,
    .map_count = sizeof maps / sizeof maps[0],
    .gather = gather,
    .title = title,
};
