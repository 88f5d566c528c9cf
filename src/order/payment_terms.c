#include "order/payment_terms.h"

#define PAYMENT_KIND_AS_NAME(enumerator, name) [enumerator] = name,

const char *const payment_kind_names[] = {PAYMENT_KINDS(PAYMENT_KIND_AS_NAME)};
