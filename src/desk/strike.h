/* strike.h -- an approver strikes lines: the order goes on without them; private to src/desk.
 *
 * A new version is made here, priced by the lists that priced the one before, and settled: the
 * approval matrix is asked about it, and what was decided about the version before holds where
 * precedent.h covers it.  The customer's answer tells which lines were struck. */
#ifndef PURSER_STRIKE_H
#define PURSER_STRIKE_H

#include "config/run.h"
#include "desk/flow.h"

struct strike {
    const char *lines;      /* the partner's numbers, "A | B" */
    int64_t interchange_id; /* that brought the order */
    struct arena *arena;    /* of what follows */
    const char *mistake;    /* why they cannot be struck, one of our words; NULL: they can */
    const char *value;      /* which of them; */
    const char *code;       /* "", or the finding that refuses what would be left */
};

/* In the caller's transaction, about an order that waits; the cause says who strikes, and its
 * detail why.  After a mistake the caller undoes what was done. */
MUST_USE enum outcome strike(struct run *run, struct subject *subject, struct strike *strike,
                             const struct cause *cause, struct fault *why);

#endif
