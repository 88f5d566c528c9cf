/* approval_reason.h -- why an approver is asked, in sentences, and what it may know; private to
 * src/writers. */
#ifndef PURSER_APPROVAL_REASON_H
#define PURSER_APPROVAL_REASON_H

#include "base/buf.h"
#include "config/config.h"
#include "order/message.h"
#include "store/store_document.h"

/* Who also orders learns neither what anything costs us nor what we must get for it. */
bool approval_knows_costs(const struct partner *partner);
void approval_hide_costs(const struct partner *partner, struct document_request *request);
void approval_hide_line_costs(const struct partner *partner, struct document_request_line *line);

/* Places of the request's currency; of one that we do not know, two. */
int approval_exponent(const struct document_request *request);

/* Everything that the rule which asks looks at, prices that somebody must decide about, how the
 * approver came to be asked, and that it is asked again, into `text`; `reasons` is a scan of
 * SQL_document_request_reasons, whose part at the request's position is read. */
MUST_USE enum outcome
approval_reason_gather(const struct partner *partner, struct document_scan *reasons,
                       int64_t position, const struct document_request *request, struct buf *text,
                       struct fault *why);

#endif
