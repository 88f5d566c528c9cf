/* authority.h -- what a person may approve: pure, no I/O.
 *
 * The list of approvers gives each person an amount range (gross; above one amount, up to and with
 * another), order types, customers, customer groups and a depth of discount; what is left empty is
 * any.  An amount in the order's currency is compared with the order's; one in the company's is
 * exchanged at the rate of the order's date; where there is no rate, or the amount is in a third
 * currency, the order counts as beyond it.  Who is not in the list may approve anything: a company
 * may keep none.
 */
#ifndef PURSER_AUTHORITY_H
#define PURSER_AUTHORITY_H

#include "order/order.h"
#include "rules/price.h"

#include <stddef.h>
#include <stdint.h>

/* Lists are "A | B"; "" is every one, and -1 any. */
struct approver {
    const char *person; /* partner id */
    const char *name;
    const char *user; /* at the command line; "": none */
    const char *roles;
    const char *superior; /* partner id; "": nobody */
    const char *currency; /* of the amounts; "": the company's */
    int64_t above_micros;
    int64_t up_to_micros;
    const char *order_types;
    const char *customers;
    const char *groups;
    int64_t discount_up_to_micros;
    const char *email;
    int64_t line; /* in its file */
};

struct approver_table {
    const struct approver *items; /* by person */
    size_t count;
};

/* Sorts the items, which must outlive the table. */
void approver_table_init(struct approver_table *table, struct approver *items, size_t count);

/* NULL: there is none. */
const struct approver *approver_of(const struct approver_table *table, const char *person);
const struct approver *approver_of_user(const struct approver_table *table, const char *user);

struct authority_matter {
    enum order_type type;
    const char *customer;
    const char *customer_group;
    const char *currency;
    int64_t gross_minor;
    int64_t discount_micros;
    const char *company_currency;
    const struct rate_fact *rate; /* from the company's currency on the order's date; NULL: none */
};

/* X(enumerator, "name in traces") -- why a person may not. */
#define AUTHORITY_BARS(X)                                                                          \
    X(AUTHORITY_ENOUGH, "")                                                                        \
    X(AUTHORITY_TYPE, "order-type")                                                                \
    X(AUTHORITY_CUSTOMER, "customer")                                                              \
    X(AUTHORITY_GROUP, "customer-group")                                                           \
    X(AUTHORITY_DISCOUNT, "discount")                                                              \
    X(AUTHORITY_BELOW, "amount-too-low")                                                           \
    X(AUTHORITY_AMOUNT, "amount")                                                                  \
    X(AUTHORITY_NO_RATE, "no-rate")
#define AUTHORITY_AS_ENUM(enumerator, name) enumerator,
enum authority_bar { AUTHORITY_BARS(AUTHORITY_AS_ENUM) AUTHORITY_BAR_COUNT };
extern const char *const authority_bar_names[AUTHORITY_BAR_COUNT];

/* `approver` may be NULL: whoever is not in the list. */
enum authority_bar
authority_of(const struct approver *approver, const struct authority_matter *matter);

#endif
