/* intake.h -- station "intake": every landed arrival is judged and its documents enter the store.
 *
 * Arrivals are taken in the order of (partner, mailbox, name, sha256), not of landing, so that
 * parallel fetching changes no bytes.  One file is one transaction: interchange, findings,
 * documents, all or none.  The file stays in the spool until its state is final; the desk files it
 * then.
 *
 * A file with another order under a number about which the desk has not decided yet is put off:
 * what becomes of the first order says what the second is.  The partner's later files wait as well.
 * batch.c has intake and desk work again then.
 *
 * The same bytes from the same partner are a duplicate when they were taken before; a file that was
 * refused or only tested may be sent again.  So may master data that others have replaced since:
 * the same bytes make the next version, and what was in force before is in force again.
 */
#ifndef PURSER_INTAKE_H
#define PURSER_INTAKE_H

#include "config/run.h"

MUST_USE enum outcome intake_work(struct run *run, struct fault *why);

#endif
