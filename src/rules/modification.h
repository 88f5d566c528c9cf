/* modification.h -- what may still be changed of an order, by the state that it has reached, and
 * how: pure.
 *
 * The table is data (list `modification-rules`); the most specific row wins: one for the customer's
 * group before one for all, then one for the kind of change, then one for the state; of several
 * alike the first.  Where no list is in force, or none of its rows matches, the built-in table
 * decides. */
#ifndef PURSER_MODIFICATION_H
#define PURSER_MODIFICATION_H

#include "base/arena.h"
#include "order/lifecycle.h"
#include "order/order_difference.h"

enum modification_state {
    MODIFY_SUBMITTED, /* not approved yet */
    MODIFY_APPROVED,
    MODIFY_RELEASED,
    MODIFY_PARTLY_SHIPPED,
    MODIFY_SHIPPED, /* also while some of its parcels have arrived */
    MODIFY_DELIVERED,
    MODIFY_STATE_COUNT
};
extern const char *const modification_state_names[MODIFY_STATE_COUNT];

enum modification_way {
    MODIFY_ALLOW,
    MODIFY_ASK, /* a person decides */
    MODIFY_REFUSE,
    MODIFY_NEW_LINE, /* what is added becomes a line of its own */
    MODIFY_CANCEL,   /* what is taken off is cancelled: policy, fee, ledger */
    MODIFY_REDIRECT, /* who has the goods is told another address */
    MODIFY_WAY_COUNT
};
extern const char *const modification_way_names[MODIFY_WAY_COUNT];

/* By which prices. */
enum modification_basis {
    BASIS_KEEP,         /* those that priced the version before */
    BASIS_NEW_QUANTITY, /* likewise, but what is added by those of the day of the change */
    BASIS_ALL,          /* all by those of the day of the change */
    MODIFICATION_BASIS_COUNT
};
extern const char *const modification_basis_names[MODIFICATION_BASIS_COUNT];

enum modification_promotions {
    PROMOTIONS_KEEP,     /* those of the version before; lines of their own get none */
    PROMOTIONS_EVALUATE, /* those of the day that the basis says */
    MODIFICATION_PROMOTIONS_COUNT
};
extern const char *const modification_promotions_names[MODIFICATION_PROMOTIONS_COUNT];

enum modification_approval {
    CHANGE_BY_MATRIX, /* what was decided about the version before holds where it covers this */
    CHANGE_ALWAYS,    /* whoever the matrix asks is asked again */
    CHANGE_NEVER,     /* an approved order stays so */
    MODIFICATION_APPROVAL_COUNT
};
extern const char *const modification_approval_names[MODIFICATION_APPROVAL_COUNT];

enum { MODIFICATION_ANY = -1 };

struct modification_rule {
    int change;        /* enum modification, or MODIFICATION_ANY */
    int state;         /* enum modification_state, likewise */
    const char *group; /* of customers; "": any */
    enum modification_way way;
    enum modification_basis basis;
    enum modification_promotions promotions;
    enum modification_approval approval;
    int64_t line; /* of the list; 0: built in */
};

extern const struct modification_rule modification_built_in[];
extern const size_t modification_built_in_count;

/* Where an order stands, as the table has it; MODIFY_STATE_COUNT: refused or cancelled. */
enum modification_state
modification_state_of(enum approval_state approval, enum fulfilment_state fulfilment);

struct modification_question {
    enum modification change;
    enum modification_state state;
    const char *group; /* of the customer; "" */
    enum modification_state
        cancellation_point; /* from here on less is a cancellation, not a change */
};

struct modification_decision {
    struct modification_rule rule;
    enum modification_way way; /* of the rule, but for what the cancellation point makes of it */
    const char *trace;         /* "increase, released: new-line (built in)" */
};

/* Does the row at `at` decide any change, of a customer of its group (or, where it has none, of any
 * other)?  No: rows that are more specific cover it. */
bool modification_decides(const struct modification_rule *rules, size_t count, size_t at);

/* Is there a change among those that the row is for that can be carried out in its way? */
bool modification_fits(const struct modification_rule *rule);

void modification_decide(const struct modification_rule *rules, size_t count,
                         const struct modification_question *question, struct arena *arena,
                         struct modification_decision *decision);

#endif
