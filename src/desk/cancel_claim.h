/* cancel_claim.h -- charges of an order are claimed, and given up: with their invoices, events and
 * what the customer has open; private to src/desk. */
#ifndef PURSER_CANCEL_CLAIM_H
#define PURSER_CANCEL_CLAIM_H

#include "desk/cancel_evaluate.h"

struct claim {
    struct run *run;
    struct subject *subject;
    const struct fee_order *order;
    int64_t statement; /* that will tell of it */
    struct arena *arena;
};

/* So much is waived of the fees, and of the claims that can be, at once, by the first of them
 * first: their less_... follow.
 * FAULT_CONFLICT: the person may not. */
MUST_USE enum outcome
claim_waive_first(const struct claim *claim, const struct cancel_waiver *waiver,
                  struct cancel_charges *charges, struct fault *why);

/* Stored with what is waived of them at once, and invoiced for what is left. */
MUST_USE enum outcome claim_charges(const struct claim *claim, const struct cancel_waiver *waiver,
                                    struct cancel_charges *charges, struct fault *why);

/* Of earlier claw-backs, the last first. */
MUST_USE enum outcome
claim_give_back(const struct claim *claim, const struct evaluation *evaluation,
                struct cancel_charges *charges, struct fault *why);

/* Less of a stored charge is claimed: with a credit note where it was invoiced. */
struct claim_cut {
    const char *kind; /* LESS_... */
    const char *actor;
    const char *reason;
    struct fee_amount amount;
};
MUST_USE enum outcome claim_cut(const struct claim *claim, const struct charge *charge,
                                const struct claim_cut *cut, struct fault *why);

/* The order has got a version that is priced as a whole: what promotions had given for more of the
 * one before is not claimed any more, and the customer is told. */
MUST_USE enum outcome
claim_renewed(struct run *run, struct subject *subject, struct arena *arena, struct fault *why);

/* A fee, or goods that were given, if the policy names who may. */
bool claim_is_waivable(const struct charge *charge);

/* May he?  FAULT_CONFLICT says why not, and who may. */
MUST_USE enum outcome claim_may_waive(const struct charge *charge, const char *actor,
                                      int64_t gross_minor, struct fault *why);

/* What is waived of a charge with so much tax in it. */
struct fee_amount claim_part(const struct charge *charge, int64_t gross_minor);

#endif
