#include "reports/customers.h"

#include "base/date.h"
#include "base/tally.h"

#include <stdio.h>
#include <stdlib.h>

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
    {M_REPORT_ATTENTION, M_REPORT_MEANS_BUYERS_ATTENTION},
};
static const struct report_words customers_words = {words, sizeof words / sizeof words[0]};

/* ---- who bought ----------------------------------------------------------------------------- */

enum buyer_sum {
    BUYER_PURCHASES, /* rows that are orders; the next two are of those */
    BUYER_FIRST_DAY, /* of the year */
    BUYER_LAST_DAY,
    BUYER_ORDERS,
    BUYER_NET,
    BUYER_PERIOD_ORDERS,
    BUYER_PERIOD_NET,
    BUYER_SUMS
};
enum bought_column { BOUGHT_CURRENCY, BOUGHT_CUSTOMER, BOUGHT_DAY, BOUGHT_ORDERS, BOUGHT_NET };

static void
add_bought(struct tally *buyers, const struct rows *rows, int32_t period_first_day)
{
    const char *const key[] = {rows_text(rows, BOUGHT_CURRENCY), rows_text(rows, BOUGHT_CUSTOMER)};
    const size_t group = tally_at(buyers, key);
    int64_t *sums = tally_sums(buyers, group);
    const int64_t day = rows_integer(rows, BOUGHT_DAY);
    const int64_t orders = rows_integer(rows, BOUGHT_ORDERS);
    const int64_t net = rows_integer(rows, BOUGHT_NET);
    if (orders > 0) {
        const bool is_first = sums[BUYER_PURCHASES]++ == 0;
        sums[BUYER_FIRST_DAY] =
            is_first || day < sums[BUYER_FIRST_DAY] ? day : sums[BUYER_FIRST_DAY];
        sums[BUYER_LAST_DAY] = is_first || day > sums[BUYER_LAST_DAY] ? day : sums[BUYER_LAST_DAY];
    }
    tally_add(buyers, group, BUYER_ORDERS, orders);
    tally_add(buyers, group, BUYER_NET, net);
    if (day >= period_first_day) {
        tally_add(buyers, group, BUYER_PERIOD_ORDERS, orders);
        tally_add(buyers, group, BUYER_PERIOD_NET, net);
    }
}

static enum outcome
put_buyers(struct store *store, const struct tally *buyers, const size_t *order, struct fault *why)
{
    for (size_t index = 0; index < buyers->count; index++) {
        const int64_t *sums = tally_sums(buyers, order[index]);
        if (sums[BUYER_ORDERS] > 0 && sums[BUYER_PURCHASES] > 0) {
            TRY(store_run(store, SQL_customers_add_buyer, why,
                          TEXT(tally_part(buyers, order[index], 0)),
                          TEXT(tally_part(buyers, order[index], 1)), INTEGER(sums[BUYER_FIRST_DAY]),
                          INTEGER(sums[BUYER_LAST_DAY]), INTEGER(sums[BUYER_ORDERS]),
                          INTEGER(sums[BUYER_NET]), INTEGER(sums[BUYER_PERIOD_ORDERS]),
                          INTEGER(sums[BUYER_PERIOD_NET])));
        }
    }
    return DONE;
}

static enum outcome
too_much(struct fault *why)
{
    return fail(why, "what customers bought in this year comes to more than 64 bits can hold");
}

/* Customers who bought in the year, or in the period. */
static enum outcome
gather_buyers(const struct outline_view *view, const struct named_value *values, size_t count,
              struct fault *why)
{
    OWNED(rows) rows = {0};
    OWNED(tally) buyers = {0};
    enum outcome outcome;
    tally_init(&buyers, 2, BUYER_SUMS);
    TRY(store_query_named(view->store, SQL_customers_bought, values, count, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        add_bought(&buyers, &rows, view->periods[SPAN_NOW].first_day);
    }
    if (outcome != NONE || buyers.is_beyond) {
        return outcome == NONE ? too_much(why) : outcome;
    }
    size_t *order = tally_order(&buyers);
    outcome = put_buyers(view->store, &buyers, order, why);
    free(order);
    return outcome;
}

/* ---- cohorts -------------------------------------------------------------------------------- */

enum cohort_sum { COHORT_CUSTOMERS, COHORT_ORDERS, COHORT_NET, COHORT_LAST, COHORT_SUMS };
enum followed_column {
    FOLLOWED_CURRENCY,
    FOLLOWED_FIRST_DAY,
    FOLLOWED_BUYER,
    FOLLOWED_DAY,
    FOLLOWED_ORDERS,
    FOLLOWED_NET
};

static void
add_followed(struct tally *cohorts, const struct rows *rows)
{
    int first_year, first_month, year, month, day_of_month;
    char first[24];
    char later[24];
    const int64_t buyer = rows_integer(rows, FOLLOWED_BUYER);
    day_split((int32_t)rows_integer(rows, FOLLOWED_FIRST_DAY), &first_year, &first_month,
              &day_of_month);
    day_split((int32_t)rows_integer(rows, FOLLOWED_DAY), &year, &month, &day_of_month);
    snprintf(first, sizeof first, "%04d-%02d", first_year, first_month);
    snprintf(later, sizeof later, "%d", (year - first_year) * 12 + month - first_month);
    const char *const key[] = {rows_text(rows, FOLLOWED_CURRENCY), first, later};
    const size_t group = tally_at(cohorts, key);
    if (tally_sums(cohorts, group)[COHORT_LAST] != buyer) { /* all of one come together */
        tally_sums(cohorts, group)[COHORT_LAST] = buyer;
        tally_add(cohorts, group, COHORT_CUSTOMERS, 1);
    }
    tally_add(cohorts, group, COHORT_ORDERS, rows_integer(rows, FOLLOWED_ORDERS));
    tally_add(cohorts, group, COHORT_NET, rows_integer(rows, FOLLOWED_NET));
}

static enum outcome
put_cohorts(struct store *store, const struct tally *cohorts, struct fault *why)
{
    for (size_t group = 0; group < cohorts->count; group++) {
        const int64_t *sums = tally_sums(cohorts, group);
        TRY(store_run(store, SQL_customers_add_cohort, why, TEXT(tally_part(cohorts, group, 0)),
                      TEXT(tally_part(cohorts, group, 1)), TEXT(tally_part(cohorts, group, 2)),
                      INTEGER(sums[COHORT_CUSTOMERS]), INTEGER(sums[COHORT_ORDERS]),
                      INTEGER(sums[COHORT_NET])));
    }
    return DONE;
}

static enum outcome
gather_cohorts(const struct outline_view *view, const struct named_value *values, size_t count,
               struct fault *why)
{
    OWNED(rows) rows = {0};
    OWNED(tally) cohorts = {0};
    enum outcome outcome;
    tally_init(&cohorts, 3, COHORT_SUMS);
    TRY(store_query_named(view->store, SQL_customers_followed, values, count, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        add_followed(&cohorts, &rows);
    }
    if (outcome != NONE || cohorts.is_beyond) {
        return outcome == NONE ? too_much(why) : outcome;
    }
    return put_cohorts(view->store, &cohorts, why);
}

static enum outcome
gather(const struct outline_view *view, struct period period, const struct named_value *values,
       size_t count, struct fault *why)
{
    OWNED(store_scratch) scratch = {0};
    (void)period; /* the values have it, and a customer buys on the date of the order */
    TRY(store_scratch_begin(view->store, &scratch, why));
    TRY(store_run_bare(view->store, SQL_customers_forget_buyers, why));
    TRY(store_run_bare(view->store, SQL_customers_forget_cohorts, why));
    TRY(gather_buyers(view, values, count, why));
    return gather_cohorts(view, values, count, why);
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
    return page_words(page,
                      customers == 0 ? M_REPORT_CUSTOMERS_TITLE_NONE
                      : fresh == 0   ? M_REPORT_CUSTOMERS_TITLE_NONE_NEW
                                     : M_REPORT_CUSTOMERS_TITLE,
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
    .attention = customers_attention,
};
