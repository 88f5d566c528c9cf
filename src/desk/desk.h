/* desk.h -- station "desk": applies the documents that intake stored.
 *
 * Interchanges in state 'read' are worked in the order: master data, orders, decisions, shipments;
 * within a kind by (partner, name, sha256).  One interchange is one unit, together with the outbox
 * messages it causes: it is applied wholly or not at all.  Small ones share a transaction.  When a
 * file's state is final, it is acknowledged and moves from the spool to archive/, quarantine/ or
 * duplicate/.
 */
#ifndef PURSER_DESK_H
#define PURSER_DESK_H

#include "config/run.h"

#include <stdbool.h>

MUST_USE enum outcome desk_work(struct run *run, struct fault *why);

/* A decision from the command line, for the step that is open, whoever was asked: the operating
 * system has decided who may use the store, and the actor is recorded.  NONE: no such order;
 * FAULT_CONFLICT: nothing waits there. */
MUST_USE enum outcome
desk_decide(struct run *run, const char *partner, const char *order_number, bool approves,
            const char *actor, const char *reason, struct fault *why);

#endif
