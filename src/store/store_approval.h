/* store_approval.h -- who was asked about an order version, and decisions as they came in. */
#ifndef PURSER_STORE_APPROVAL_H
#define PURSER_STORE_APPROVAL_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document.h"

#include <stddef.h>
#include <stdint.h>

struct store;

enum approval_step_state {
    STEP_PLANNED, /* its turn comes when the steps before it have approved */
    STEP_OPEN,
    STEP_APPROVED,
    STEP_REJECTED,
    STEP_WITHDRAWN, /* another version took the place of the one it was asked about */
    STEP_STATE_COUNT
};
extern const char *const approval_step_state_names[STEP_STATE_COUNT];

struct approval {
    int64_t id;
    int64_t order_id;
    int64_t version;
    int64_t step;
    const char *approver;
    int64_t amount_minor;
    int64_t limit_minor;       /* AMOUNT_NONE: it exceeds none */
    unsigned int wait_reasons; /* bits of enum wait_reason */
    const char *currency;
    const char *trace;
    enum approval_step_state state;
    const char *stand_in;   /* "linwei -> zhouyan": the approver stands in for the first; "" */
    const char *decided_by; /* "": nobody yet */
};
MUST_USE enum outcome approval_add(struct store *store, struct approval *approval,
                                   struct fault *why); /* planned; sets id */

/* Why it asks: condition number `ordinal`, from 1, of its rule. */
struct approval_why {
    const char *name;
    const char *value;
    const char *limit;
};
MUST_USE enum outcome approval_add_reason(struct store *store, int64_t approval_id, size_t ordinal,
                                          const struct approval_why *reason, struct fault *why);

/* The steps of an order version in sequence; the id, step, approver, state, who stands in and
 * who decided are read.
 */
MUST_USE enum outcome
approval_steps(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
               struct approval **items, size_t *count, struct fault *why);
/* Who is asked now about the version in force; NONE: nobody. */
MUST_USE enum outcome
approval_open_of(struct store *store, const char *partner, const char *number, struct arena *arena,
                 const char **approver, struct fault *why);
/* A planned step opens: its approver, and for whom it stands in, are known now. */
MUST_USE enum outcome approval_open(struct store *store, const struct approval *approval,
                                    int64_t asked_ms, struct fault *why);

/* Nobody needs to decide about this version any more: its steps that are planned or open. */
MUST_USE enum outcome
approval_withdraw(struct store *store, int64_t order_id, int64_t version, struct fault *why);

struct verdict {
    bool approves;
    const char *actor;
    const char *reason;
    int64_t decided_ms;
};
MUST_USE enum outcome
approval_decide(struct store *store, int64_t id, const struct verdict *verdict, struct fault *why);

MUST_USE enum outcome decision_store(struct store *store, int64_t interchange_id, int64_t ordinal,
                                     const struct decision *decision, struct fault *why);
enum { DECISION_BATCH = 256 };
/* Decisions of an interchange with ordinals above *after, which moves on to the last one read. */
MUST_USE enum outcome
decision_next(struct store *store, int64_t interchange_id, int64_t *after, struct arena *arena,
              struct decision **items, size_t *count, struct fault *why);
MUST_USE enum outcome
decision_discard(struct store *store, int64_t interchange_id, struct fault *why);

#endif
