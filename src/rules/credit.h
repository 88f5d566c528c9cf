/* credit.h -- may an order go to the warehouse on account: pure, no I/O.
 *
 * What a customer would owe with the order is what it has not paid, its open orders and this one.
 * More than the limit is too much (equal is not), and so is more overdue than it may have.  Amounts
 * of other currencies than the account's are exchanged, each sum rounded half up to the cent; where
 * there is no rate, or only an old one, nobody can say, and the order waits.
 */
#ifndef PURSER_CREDIT_H
#define PURSER_CREDIT_H

#include "base/arena.h"
#include "rules/price.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(enumerator, "stored name") */
#define CREDIT_VERDICTS(X)                                                                         \
    X(CREDIT_WITHIN, "within-limit")                                                               \
    X(CREDIT_PREPAID, "prepaid") /* it pays before: nothing is compared */                         \
    X(CREDIT_OVERDUE, "overdue")                                                                   \
    X(CREDIT_ABOVE, "above-limit")                                                                 \
    X(CREDIT_NO_RATE, "no-rate")
#define CREDIT_AS_ENUM(enumerator, name) enumerator,
enum credit_verdict { CREDIT_VERDICTS(CREDIT_AS_ENUM) CREDIT_VERDICT_COUNT };
extern const char *const credit_verdict_names[CREDIT_VERDICT_COUNT];

/* What finance says of a customer. */
struct credit_account {
    const char *customer;
    const char *currency;
    int64_t limit_minor;
    int64_t unpaid_minor;      /* invoiced */
    int64_t overdue_minor;     /* of it */
    int64_t overdue_max_minor; /* AMOUNT_NONE: any */
    bool is_prepaid;
    int64_t version; /* of the list, for the trace */
};

/* Orders of one currency. */
struct credit_orders {
    const char *currency;
    int64_t orders;
    int64_t gross_minor;
    const struct rate_fact *rate; /* to the account's currency; NULL: none, or none is needed */
};

struct credit_question {
    const struct credit_account *account;
    const struct credit_orders *open; /* what else is on its way, by currency */
    size_t open_count;
    struct credit_orders order; /* that is asked about */
    int32_t day;                /* on which rates are asked for */
    int64_t rate_days_max;      /* how old one may be; 0: any age */
};

struct credit_decision {
    enum credit_verdict verdict;
    bool is_let_go;
    int64_t exposure_minor; /* AMOUNT_NONE: it cannot be said */
    const char *trace;      /* JSON, see credit.c */
};

void credit_decide(const struct credit_question *question, struct arena *arena,
                   struct credit_decision *decision);

#endif
