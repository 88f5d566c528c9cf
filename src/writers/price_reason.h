/* price_reason.h -- why an approver is asked about the prices of an order, in words; private to
 * writers/. */
#ifndef PURSER_PRICE_REASON_H
#define PURSER_PRICE_REASON_H

#include "order/message.h"
#include "store/store_document.h"
#include "writers/xml_out.h"

struct buf;

/* One sentence for each reason, with blanks between them: appended to `why`, which may have one
 * already.  A floor whose cost is AMOUNT_NONE is told without figures. */
void price_reason_sentences(struct buf *why, const struct document_request *request, int exponent,
                            enum language language);

/* What a line costs us and what is left over it: elements.  Nothing when it is not known. */
void price_reason_floor_xml(struct xml_out *xml, const struct document_floor *floor, int exponent);

/* The manual price of a line: elements, and a remark behind its price. */
void price_reason_xml(struct xml_out *xml, const struct document_manual *manual, int exponent);
void price_reason_remark(struct buf *buf, const struct document_manual *manual, int exponent,
                         enum language language);

#endif
