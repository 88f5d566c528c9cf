/* receivable.h -- what of an order's invoices is paid, how old the rest is, and what is paid beyond
 * them.
 *
 * Money comes for orders, not for invoices: the oldest invoice of an order is paid first.  What is
 * left when all are paid is an advance, as far as invoices may still come for it; beyond that it is
 * owed to the customer.  Nothing that is paid too much ever makes less of what others owe.
 */
#ifndef PURSER_RECEIVABLE_H
#define PURSER_RECEIVABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whole days after the last day to be paid. */
enum receivable_age {
    RECEIVABLE_NOT_DUE, /* that day itself, too */
    RECEIVABLE_TO_30,
    RECEIVABLE_TO_60,
    RECEIVABLE_TO_90,
    RECEIVABLE_OVER_90,
    RECEIVABLE_AGE_COUNT
};
enum receivable_age receivable_age(int32_t due, int32_t day);

/* Money pays amounts in their order; each becomes what is open of it.  What is left of the money is
 * given back: below zero when more went back than came. */
int64_t receivable_pay(int64_t *open_minor, size_t count, int64_t money_minor);

/* Where an order stands, as far as it matters for money beyond its invoices. */
struct receivable_order {
    bool is_refused;
    bool is_approved; /* the version that holds has a decision; else all may still be invoiced */
    bool is_shipped;  /* wholly: no invoice comes any more, if there was one */
    int64_t gross_minor;
    int64_t invoiced_minor; /* before credit notes */
};
struct receivable_rest {
    int64_t advance_minor;
    int64_t owed_minor;
};
struct receivable_rest receivable_rest(int64_t left_minor, const struct receivable_order *order);

#endif
