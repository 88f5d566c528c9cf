/* price_reason.h -- why an approver is asked about the prices of an order, in words; private to
 * writers/. */
#ifndef PURSER_PRICE_REASON_H
#define PURSER_PRICE_REASON_H

#include "order/message.h"
#include "store/store_document.h"
#include "writers/xml_out.h"

struct buf;

/* One sentence for each reason, with blanks between them: appended to `why`, which may have one
 * already. */
void price_reason_sentences(struct buf *why, const struct document_request *request, int exponent,
                            enum language language);

/* The manual price of a line: elements, and a remark behind its price. */
void price_reason_xml(struct xml_out *xml, const struct document_manual *manual, int exponent);
void price_reason_remark(struct buf *buf, const struct document_manual *manual, int exponent,
                         enum language language);

#endif
