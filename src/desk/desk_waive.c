/* A person waives what cancellations of an order cost, or claim for goods that were given. */
#include "desk/cancel_claim.h"
#include "desk/desk.h"
#include "desk/paying.h"
#include "store/store.h"

#include "base/decimal.h"

#include <string.h>

enum { WAIVE_BYTES_MAX = 16 * 1024 * 1024 };

/* Of each that can be, what is left, the first of them first; *cancellation is that of the last. */
static enum outcome
waive(const struct claim *claim, const struct fee_waiver *waiver, const struct charge *charges,
      size_t count, int64_t *rest, int64_t *waived_minor, int64_t *cancellation, struct fault *why)
{
    for (size_t index = 0; index < count && *rest != 0; index++) {
        const struct charge *charge = &charges[index];
        const int64_t open =
            charge->net_minor + charge->tax_minor - charge->less_net_minor - charge->less_tax_minor;
        const int64_t now = *rest == CANCEL_WAIVE_ALL || *rest > open ? open : *rest;
        if (!claim_is_waivable(charge) || now <= 0) {
            continue;
        }
        TRY(claim_may_waive(charge, waiver->actor, now, why));
        TRY(claim_cut(claim, charge,
                      &(struct claim_cut){LESS_WAIVED, waiver->actor, waiver->reason,
                                          claim_part(charge, now)},
                      why));
        *cancellation = charge->cancellation;
        *waived_minor += now;
        *rest -= *rest == CANCEL_WAIVE_ALL ? 0 : now;
    }
    return DONE;
}

static enum outcome
waive_of(struct run *run, const struct fee_waiver *waiver, struct subject *subject,
         struct arena *arena, struct fee_waived *done, struct fault *why)
{
    struct fee_order order;
    struct charge *charges = NULL;
    size_t count = 0;
    int64_t statement = 0;
    int64_t cancellation = 0;
    TRY(fee_order_get(run->store, subject->id, subject->version, arena, &order, why));
    TRY(charge_list(run->store, subject->id, arena, &charges, &count, why));
    TRY(statement_next(run->store, subject->id, &statement, why));
    int64_t rest = waiver->micros == CANCEL_WAIVE_ALL
                       ? CANCEL_WAIVE_ALL
                       : money_extend(waiver->micros, MICROS, currency_exponent(order.currency),
                                      ROUND_HALF_UP);
    const struct claim claim = {run, subject, &order, statement, arena};
    TRY(waive(&claim, waiver, charges, count, &rest, &done->waived_minor, &cancellation, why));
    if (rest > 0 || done->waived_minor == 0) {
        return fail_as(why, FAULT_CONFLICT,
                       "what can be waived of order %s/%s comes to less than that: purser fee "
                       "list '%s/%s'",
                       waiver->partner, waiver->order_number, waiver->partner,
                       waiver->order_number);
    }
    TRY(paying_changed(run, subject, 0, why));
    TRY(cancel_fee_tell(run, subject, statement, cancellation, why));
    done->currency = order.currency;
    return order_money_owed(run->store, subject->id, &done->owed_minor, why);
}

enum outcome
desk_waive(struct run *run, const struct fee_waiver *waiver, struct arena *arena,
           struct fee_waived *done, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) work;
    struct order_standing standing;
    *done = (struct fee_waived){.currency = ""};
    arena_init(&work, WAIVE_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    TRY(order_find(run->store, waiver->partner, waiver->order_number, &standing, why));
    struct subject subject = flow_subject(&standing, waiver->partner);
    TRY(waive_of(run, waiver, &subject, &work, done, why));
    done->currency = arena_copy(arena, done->currency);
    return waiver->is_trial ? DONE : store_commit(&tx, why);
}
