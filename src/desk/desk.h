/* desk.h -- station "desk": applies the documents that intake stored.
 *
 * Interchanges in state 'read' are worked in the order: master data, orders, decisions, shipments; within a kind by
 * (partner, name, sha256).  One interchange (for orders: a batch of them) is one transaction, together with the outbox
 * messages it causes.
 */
#ifndef PURSER_DESK_H
#define PURSER_DESK_H

#include "config/run.h"

#include <stdbool.h>

MUST_USE enum outcome desk_work(struct run *run, struct fault *why);

/* A decision from the command line.  NONE: no such order; FAULT_CONFLICT: nothing waits there; FAULT_NOT_PERMITTED. */
MUST_USE enum outcome desk_decide(struct run *run, const char *partner, const char *order_number,
                                  bool approves, const char *actor, const char *reason,
                                  struct fault *why);

#endif
