#include "rules/payment.h"

#include "base/decimal.h"

#include <assert.h>
#include <string.h>

static int64_t
required_of(const struct payment_terms *terms, int64_t gross_minor)
{
    switch (terms->kind) {
    case PAYMENT_PREPAID: return gross_minor;
    case PAYMENT_DEPOSIT: return money_rate(gross_minor, terms->deposit_micros, ROUND_HALF_UP);
    default: return 0;
    }
}

struct payment_demand
payment_demand(const struct payment_terms *terms, int64_t gross_minor,
               const struct payment_tolerance *tolerance)
{
    const int64_t required = required_of(terms, gross_minor);
    if (required <= 0) {
        return (struct payment_demand){0, 0};
    }
    const int64_t rate = money_rate(required, tolerance->rate_micros, ROUND_DOWN);
    const int64_t most = rate > tolerance->minor ? rate : tolerance->minor;
    /* Nothing at all is never enough. */
    return (struct payment_demand){required, most < required ? required - most : 1};
}

struct payment_terms
payment_terms_as(const struct payment_terms *customers, const char *asked, int64_t deposit_micros)
{
    struct payment_terms terms = *customers;
    for (int kind = 0; kind < PAYMENT_KIND_COUNT; kind++) {
        if (strcmp(payment_kind_names[kind], asked) == 0) {
            terms.kind = (enum payment_kind)kind;
        }
    }
    if (terms.kind != PAYMENT_DEPOSIT) {
        terms.deposit_micros = 0;
    } else if (terms.deposit_micros == 0) {
        terms.deposit_micros = deposit_micros;
    }
    return terms;
}

bool
payment_is_worse(enum payment_kind kind, enum payment_kind than)
{
    static const int worth[] = {
        [PAYMENT_ACCOUNT] = 0, [PAYMENT_DEPOSIT] = 1, [PAYMENT_PREPAID] = 2};
    return worth[kind] < worth[than];
}

enum payment_state
payment_state(const struct payment_demand *demand, int64_t net_minor)
{
    if (demand->required_minor == 0) {
        return PAYMENT_NONE;
    }
    return net_minor >= demand->enough_minor ? PAYMENT_PAID
           : net_minor > 0                   ? PAYMENT_PART
                                             : PAYMENT_DUE;
}

int64_t
payment_owed(int64_t gross_minor, int64_t net_minor)
{
    return payment_open(net_minor, gross_minor);
}

int64_t
payment_open(int64_t asked_minor, int64_t net_minor)
{
    return asked_minor > net_minor ? asked_minor - net_minor : 0;
}

enum order_event
payment_event(enum payment_state state)
{
    assert(state != PAYMENT_NONE && "where nothing is asked nothing is said");
    return state == PAYMENT_PAID   ? EVENT_PAID
           : state == PAYMENT_PART ? EVENT_PART_PAID
                                   : EVENT_PAYMENT_DUE;
}
