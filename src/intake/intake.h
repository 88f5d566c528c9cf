/* intake.h -- station "intake": every landed arrival is judged and its documents enter the store.
 *
 * Arrivals are taken in the order of (partner, mailbox, name, sha256), not of landing, so that parallel fetching changes
 * no bytes.  One file is one transaction: interchange, findings, documents, all or none.  Afterwards the file moves from
 * the spool to archive/ (or quarantine/ when refused, duplicate/ when known), under a name that follows from its row, so the
 * move can be repeated.
 */
#ifndef PURSER_INTAKE_H
#define PURSER_INTAKE_H

#include "config/run.h"

MUST_USE enum outcome intake_work(struct run *run, struct fault *why);

#endif
