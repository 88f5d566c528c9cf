/* A change of an order asks for other terms of payment than it has. */
#include "desk/amending_work.h"

#include "rules/payment.h"
#include "store/store_payment.h"

#include <string.h>

static const char field[] = "payment_terms";

/* Of whom nothing is known we think that he pays before. */
static struct payment_terms
terms_of(const struct customer_row *customer)
{
    if (customer == NULL) {
        return (struct payment_terms){PAYMENT_PREPAID, 0, -1};
    }
    const int kind = name_index(customer->payment_terms, payment_kind_names, PAYMENT_KIND_COUNT);
    return (struct payment_terms){(enum payment_kind)kind, customer->deposit_micros,
                                  customer->payment_days};
}

/* A row of the list for changes of terms says so; one for all kinds does not mean these. */
static bool
is_outright(const struct modification_rule *rule)
{
    return rule->line != 0 && rule->change == MODIFICATION_TERMS;
}

enum outcome
amend_terms_know(struct work *work, const struct customer_row *customer, struct fault *why)
{
    const struct run *run = work->revision->run;
    const struct subject *subject = work->subject;
    struct modification_decision *decision = &work->decisions[MODIFICATION_TERMS];
    const char *asked = work->amendment->change->terms;
    const struct payment_terms agreed = terms_of(customer);
    struct order_money money;
    struct payment_terms now =
        payment_terms_as(&agreed, work->before.terms, run->config->deposit_micros);
    if (asked[0] == '\0') {
        return DONE;
    }
    if (subject->approval != APPROVAL_UNPRICED) {
        TRY(order_money_get(run->store, subject->id, subject->version, &money, why));
        now = money.terms;
    }
    work->terms = payment_terms_as(&agreed, asked, run->config->deposit_micros);
    work->terms_now = payment_kind_names[now.kind];
    if (decision->way == MODIFY_ALLOW && !is_outright(&decision->rule) &&
        payment_is_worse(work->terms.kind, agreed.kind)) {
        decision->way = MODIFY_ASK;
        decision->trace =
            arena_format(work->arena, "%s, ask: worse for us than what is agreed (%s)",
                         decision->trace, payment_kind_names[agreed.kind]);
    }
    return DONE;
}

bool
amend_terms_stay(const struct work *work, const struct difference *difference)
{
    return strcmp(difference->field, field) == 0 && strcmp(difference->after, work->terms_now) == 0;
}

enum message
amend_terms_trouble(const struct work *work, const struct difference *difference)
{
    if (strcmp(difference->field, field) != 0) {
        return MESSAGE_COUNT;
    }
    return work->subject->fulfilment != FULFILMENT_NONE ? M_CHANGE_TERMS_RELEASED
           : work->subject->payment == PAYMENT_PAID     ? M_CHANGE_TERMS_PAID
           : work->terms.kind == PAYMENT_DEPOSIT && work->terms.deposit_micros == 0
               ? M_CHANGE_TERMS_DEPOSIT
               : MESSAGE_COUNT;
}

const char *
amend_terms_before(const struct work *work, const struct difference *difference)
{
    return strcmp(difference->field, field) == 0 ? work->terms_now : difference->before;
}
