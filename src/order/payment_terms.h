/* payment_terms.h -- when a customer pays. */
#ifndef PURSER_PAYMENT_TERMS_H
#define PURSER_PAYMENT_TERMS_H

#include <stdint.h>

/* X(enumerator, "stored name") */
#define PAYMENT_KINDS(X)                                                                           \
    X(PAYMENT_ACCOUNT, "account") /* after the invoice: nothing is asked before the release */     \
    X(PAYMENT_PREPAID, "prepaid") /* all of it before the release */                               \
    X(PAYMENT_DEPOSIT, "deposit") /* a part of it before the release */

#define PAYMENT_KIND_AS_ENUM(enumerator, name) enumerator,
enum payment_kind { PAYMENT_KINDS(PAYMENT_KIND_AS_ENUM) PAYMENT_KIND_COUNT };
extern const char *const payment_kind_names[PAYMENT_KIND_COUNT];

struct payment_terms {
    enum payment_kind kind;
    int64_t deposit_micros; /* of the gross, of PAYMENT_DEPOSIT */
    int64_t days;           /* from the invoice to the day it is due; below 0: the company's */
};

#endif
