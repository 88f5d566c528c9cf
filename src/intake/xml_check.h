/* xml_check.h -- what must hold between the fields of a document that has ended, of the kinds whose
 * checks name no fields of their own. */
#ifndef PURSER_XML_CHECK_H
#define PURSER_XML_CHECK_H

#include "intake/xml_events.h"

void xml_check_decision(struct xml_events *events, const struct decision *decision);
void xml_check_payment(struct xml_events *events, struct payment *payment);

#endif
