/* xml_check.h -- what must hold between the fields of a document, when its end tag is reached. */
#ifndef PURSER_XML_CHECK_H
#define PURSER_XML_CHECK_H

#include "intake/xml_events.h"

void xml_check_document(struct xml_events *events);

#endif
