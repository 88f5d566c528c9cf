/* store_approval.h -- who was asked about an order version, and decisions as they came in. */
#ifndef PURSER_STORE_APPROVAL_H
#define PURSER_STORE_APPROVAL_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document.h"
#include "order/lifecycle.h"

#include <stddef.h>
#include <stdint.h>

struct store;

enum approval_step_state {
    STEP_PLANNED, /* its turn comes when the steps before it have approved */
    STEP_OPEN,
    STEP_APPROVED,
    STEP_REJECTED,
    STEP_RETURNED,  /* rejected, to be mended and sent again */
    STEP_WITHDRAWN, /* another version took the place of the one it was asked about */
    STEP_KEPT,      /* what was decided about an earlier version holds */
    STEP_STATE_COUNT
};
extern const char *const approval_step_state_names[STEP_STATE_COUNT];

struct approval {
    int64_t id;
    int64_t order_id;
    int64_t version;
    int64_t step;
    const char *approvers; /* of the matrix, and so on to `told`: rules/approve.h */
    const char *roles;
    int64_t quorum;
    int64_t remind_hours;
    int64_t escalate_hours;
    int64_t decide_hours;
    const char *undecided;
    const char *told;
    int64_t amount_minor;
    int64_t limit_minor; /* AMOUNT_NONE: it exceeds none */
    int64_t discount_micros;
    unsigned int wait_reasons; /* bits of enum wait_reason */
    const char *currency;
    const char *shown; /* digest of what approvers are shown, that a decision names */
    const char *trace;
    enum approval_step_state state;
    int64_t asked_ms; /* 0: not yet, and so the next ones */
    int64_t decided_ms;
    const char *decided_by; /* "": nobody yet */
    const char *reason;
    int64_t reminders;
    int64_t escalated_ms;
};
/* Planned, or kept; sets id. */
MUST_USE enum outcome
approval_add(struct store *store, struct approval *approval, struct fault *why);

/* Why it asks: condition number `ordinal`, from 1, of its rule. */
struct approval_why {
    int64_t approval_id; /* where it is read */
    const char *name;
    const char *value;
    const char *limit;
};
MUST_USE enum outcome approval_add_reason(struct store *store, int64_t approval_id, size_t ordinal,
                                          const struct approval_why *reason, struct fault *why);
/* Of all steps of a version, by step. */
MUST_USE enum outcome
approval_reasons(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                 struct approval_why **items, size_t *count, struct fault *why);

/* The steps of an order version in sequence; all but the wait reasons and the trace. */
MUST_USE enum outcome
approval_steps(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
               struct approval **items, size_t *count, struct fault *why);

enum approval_person_state {
    PERSON_ASKED,
    PERSON_APPROVED,
    PERSON_REJECTED,
    PERSON_RETURNED,
    PERSON_DELEGATED,
    PERSON_WITHDRAWN, /* it was decided without this one */
    PERSON_STATE_COUNT
};
extern const char *const approval_person_state_names[PERSON_STATE_COUNT];

/* Who was asked in a step.  Persons of one slot stand for one another. */
struct approval_person {
    int64_t approval_id;
    int64_t ordinal; /* from 1 */
    int64_t slot;    /* from 1 */
    const char *named;
    const char *person;
    const char *authority;
    const char *chosen; /* route_way_names of rules/routing.h */
    const char *chain;
    const char *trace; /* not read */
    enum approval_person_state state;
};
MUST_USE enum outcome approval_add_person(struct store *store, const struct approval_person *person,
                                          int64_t asked_ms, struct fault *why);
/* Of all steps of a version, by step and ordinal. */
MUST_USE enum outcome
approval_persons(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                 struct approval_person **items, size_t *count, struct fault *why);

/* What the authority of approvers looks at. */
struct approval_facts {
    const char *type;
    int32_t order_date;
    const char *customer;
    const char *customer_group;
    const char *currency;
    int64_t gross_minor;
};
MUST_USE enum outcome
approval_facts(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
               struct approval_facts *facts, struct fault *why);

/* Who asked for prices by hand, by the names that were given. */
MUST_USE enum outcome
approval_requesters(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                    const char ***names, size_t *count, struct fault *why);

/* Who learns how the approval of a version ended, and why: "asked" in it, "told" as a step's list
 * "A | B" says, or asked for a "price" by hand, by a name that need not be a partner's. */
struct approval_reader {
    const char *why;
    const char *name;
};
MUST_USE enum outcome
approval_told(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct approval_reader **items, size_t *count, struct fault *why);

/* The step that is open of the version in force, and who is asked in it: "linwei, fang", "" for
 * nobody; NONE: none is. */
MUST_USE enum outcome
approval_open_of(struct store *store, const char *partner, const char *number, struct arena *arena,
                 int64_t *step, const char **approvers, struct fault *why);

/* A planned step opens: so many persons are asked, and its clock runs. */
struct approval_opening {
    int64_t asked_ms;
    int64_t asked;
    int64_t due_ms;  /* INT64_MAX: never, and so the next */
    int64_t next_ms; /* when its clock must be looked at */
};
MUST_USE enum outcome approval_open(struct store *store, int64_t id,
                                    const struct approval_opening *opening, struct fault *why);
/* Its clock was looked at: so many reminders, escalated then (0: not yet), and when again. */
MUST_USE enum outcome approval_set_clock(struct store *store, const struct approval *approval,
                                         int64_t next_ms, struct fault *why);

/* Nobody needs to decide about this version any more: its steps that are planned or open. */
MUST_USE enum outcome approval_withdraw(struct store *store, int64_t order_id, int64_t version,
                                        int64_t at_ms, struct fault *why);

/* The version that the approval of a new one goes by: the last one before it that was approved,
 * if the order was not refused since.  NONE: there is none. */
struct approval_base {
    int64_t version;
    const char *currency;
    int64_t gross_minor;
    const char *country; /* of the delivery address; "": none was given */
};
MUST_USE enum outcome
approval_base(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct approval_base *base, struct fault *why);

/* An attempt to decide that was refused. */
struct approval_attempt {
    const char *partner;
    const char *order_number;
    int64_t version;
    const char *person;
    const char *verdict;
    const char *code; /* of the message catalogue */
};
MUST_USE enum outcome
approval_add_refused(struct store *store, const struct approval_attempt *attempt, int64_t at_ms,
                     struct fault *why);

/* Open steps whose clock must be looked at, or in which nobody could be asked. */
struct approval_subject {
    int64_t approval_id;
    int64_t order_id;
    int64_t version;
    const char *partner;
    const char *number;
    enum approval_state approval;
    enum fulfilment_state fulfilment;
    enum payment_state payment;
};
enum { APPROVAL_BATCH = 256 };
MUST_USE enum outcome
approval_due(struct store *store, int64_t now_ms, struct arena *arena,
             struct approval_subject **items, size_t *count, struct fault *why);
MUST_USE enum outcome
approval_unasked(struct store *store, int64_t after, struct arena *arena,
                 struct approval_subject **items, size_t *count, struct fault *why);

/* A step, or one person of it, has decided. */
struct verdict {
    const char *actor;
    const char *reason;
    int64_t decided_ms;
};
MUST_USE enum outcome
approval_decide(struct store *store, int64_t id, enum approval_step_state state,
                const struct verdict *verdict, struct fault *why);
MUST_USE enum outcome
approval_person_decide(struct store *store, const struct approval_person *person,
                       enum approval_person_state state, const struct verdict *verdict,
                       struct fault *why);
/* Those of a step who are still asked, or of one slot of it (0: all). */
MUST_USE enum outcome approval_person_withdraw(struct store *store, int64_t id, int64_t slot,
                                               int64_t at_ms, struct fault *why);

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
