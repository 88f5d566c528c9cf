/* amending.h -- a change of an order is carried out, as far as the modification matrix lets it:
 * private to src/desk.
 *
 * Before the release it makes the next version, priced and settled like one that came in.  After
 * it nothing that was ordered is altered: more becomes lines of their own, less is cancelled, and
 * what is under way is asked back, or asked to go elsewhere (stopping.h).  The customer is answered
 * what was taken, what not, and why.  tests/unit/test_amending_races.c has a table of what meets a
 * change in one run, and what must come of it. */
#ifndef PURSER_AMENDING_H
#define PURSER_AMENDING_H

#include "config/run.h"
#include "desk/facts.h"
#include "desk/flow.h"
#include "order/change_answer.h"
#include "order/order_change.h"

/* What a person says of a change that waited for it. */
enum amend_consent {
    AMEND_OPEN, /* nobody was asked: what must be waits */
    AMEND_ACCEPTED,
    AMEND_REJECTED,
    AMEND_EXPIRED, /* nobody has said anything in time */
};

struct amendment {
    const struct order_change *change;
    const struct cause *cause;
    bool is_all_or_nothing; /* parts that cannot be taken refuse the others */
    int64_t request_id;     /* of the store; 0: a person here asks for it */
    enum amend_consent consent;
    const char *reason; /* of whoever said so; "" */
};

/* In the caller's transaction; the subject is not in state 'received'.  The answer's texts lie in
 * `arena`.  Of a partner that is not configured any more a change can only be rejected, or expire.
 */
MUST_USE enum outcome
amending(struct run *run, struct subject *subject, const struct amendment *amendment,
         struct arena *arena, struct change_answer *answer, struct fault *why);

/* A person has decided about a change that waits, or nobody has in time: it is judged anew, as the
 * order stands by now, carried out or refused, and answered once more.  What kept the order from
 * its release ends with the last one that waits. */
struct pending_change;
MUST_USE enum outcome
amending_decide(struct run *run, struct facts *facts, struct subject *subject,
                const struct pending_change *pending, const struct amendment *consent,
                struct arena *arena, struct change_answer *answer, struct fault *why);

/* Whoever has goods of an order has answered whether they go to the other address that a change
 * wanted: its customer is answered once more. */
struct stop_notice;
MUST_USE enum outcome
amending_redirected(struct run *run, const struct subject *subject,
                    const struct stop_notice *notice, const struct cause *cause,
                    struct arena *arena, struct fault *why);

/* Those whose last day is over are refused; those of partners that are not configured any more wait
 * till then, or till somebody rejects them, and are told of. */
MUST_USE enum outcome amending_work(struct run *run, struct facts *facts, struct fault *why);

#endif
