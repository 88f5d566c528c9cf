/* approval_reason.h -- why an approver is asked, in sentences; private to src/writers. */
#ifndef PURSER_APPROVAL_REASON_H
#define PURSER_APPROVAL_REASON_H

#include "base/buf.h"
#include "order/message.h"
#include "store/store_document.h"

/* The sentence about one condition of the rule that asks, appended after what `why` has already.
 * Some have none beside others (where the whole order is meant).  Who may not know what anything
 * costs us learns nothing of margins. */
void approval_reason_sentence(struct buf *why, const struct document_request *request,
                              const struct document_request_reason *reason, bool may_know_costs,
                              enum language language);

/* How the approver came to be asked, where that was not by name or role. */
void approval_reason_way(struct buf *why, const struct document_request *request,
                         enum language language);

/* That it is asked again, where it is. */
void approval_reason_reminder(struct buf *why, const struct document_request *request,
                              enum language language);

#endif
