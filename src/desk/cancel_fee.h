/* cancel_fee.h -- what a cancellation costs its customer: judged by the policy in force, claimed,
 * waived and told; private to src/desk.
 *
 * It is judged before anything is cancelled, for the stage that was reached is forgotten then;
 * claimed when it is cancelled, before the money of the order is looked at; and told when all is
 * done.  A claim counts among what the order is to be paid, and is invoiced where invoices are on.
 * (The rule is rules/cancellation_fee.h.) */
#ifndef PURSER_CANCEL_FEE_H
#define PURSER_CANCEL_FEE_H

#include "desk/desk.h"
#include "desk/flow.h"
#include "rules/cancellation_fee.h"
#include "store/store_cancellation.h"
#include "store/store_charge.h"
#include "store/store_stand.h"

struct cancel_matter {
    const struct cancellation *cancellation; /* with its parts: what it takes off */
    const struct line_stand *lines;          /* of the order, before it */
    size_t line_count;
    const int64_t *now_micros; /* of each line */
    /* What it had reached at least: who had it has stopped it, so its lines tell no more of that.
     */
    enum cancel_stage stage_least;
    int64_t asked_id;  /* the cancellation that it was asked for by; 0: by this one */
    int64_t asked_ms;  /* when that was */
    int64_t policy_id; /* in force then; 0: none */
};

/* The version of the policy that is in force; 0: there is none. */
MUST_USE enum outcome cancel_policy_in_force(struct run *run, int64_t *id, struct fault *why);

struct cancel_fee {
    struct cancel_matter matter;
    struct fee_order order;
    struct fee_ruling ruling;
    int64_t statement; /* of the order: the number of the one that tells of it */
};

/* A row of the policy as a clause, with the row's texts. */
struct fee_clause cancel_clause_of(const struct policy_row *row, int64_t line);

/* What was paid as a deposit when the order is asked to be cancelled, and for what: the part of
 * what is not cancelled yet that its terms ask for, as far as it was paid and not claimed before.
 * It stays so for all answers to the request. */
MUST_USE enum outcome
cancel_deposit(struct run *run, const struct subject *subject, const struct line_stand *lines,
               size_t line_count, struct cancellation *cancellation, struct fault *why);

/* Texts lie in `arena`. */
MUST_USE enum outcome
cancel_fee_judge(struct run *run, struct subject *subject, const struct cancel_matter *matter,
                 struct arena *arena, struct cancel_fee *fee, struct fault *why);

/* Who waives how much of it at once. */
struct cancel_waiver {
    int64_t micros; /* with tax; 0: nothing; CANCEL_WAIVE_ALL */
    const char *actor;
    const char *reason;
};

/* The order's cancellation of that number is stored: claim.  FAULT_CONFLICT: the person may not
 * waive so much. */
MUST_USE enum outcome
cancel_fee_take(struct run *run, struct subject *subject, const struct cancel_fee *fee,
                int64_t number, const struct cancel_waiver *waiver, struct arena *arena,
                struct cancel_charges *charges, struct fault *why);

/* Its customer is told, and what is owed follows. */
MUST_USE enum outcome cancel_fee_tell(struct run *run, struct subject *subject, int64_t statement,
                                      int64_t number, struct fault *why);

#endif
