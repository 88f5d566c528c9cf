/* xml_tell.h -- findings of the XML reader: where in the document it is, and the words of the
 * catalogue. */
#ifndef PURSER_XML_TELL_H
#define PURSER_XML_TELL_H

#include "intake/xml_events.h"

/* Add a finding; the numbers of the order and line that are being read are filled in here. */
void xml_tell(struct xml_events *events, struct finding finding);
/* The file is hopeless: nothing behind this place is looked at. */
void xml_tell_fatal(struct xml_events *events, const struct finding *finding);

/* An element that its parent's table does not have; what its parent must have and did not. */
void xml_tell_unknown(struct xml_events *events, const struct xml_frame *parent,
                      const xmlChar *name, const xmlChar *namespace, struct place place);
void xml_tell_missing(struct xml_events *events, const struct xml_frame *frame);

/* "line/quantity": the open elements below the document, then the child; NULL: without.  Lives
 * until the next call. */
const char *xml_tell_path(struct xml_events *events, const char *child);
const char *xml_tell_shown(struct xml_events *events, const char *text);
const char *xml_tell_order_number(const struct xml_events *events);
const char *xml_tell_line_number(const struct xml_events *events);

/* Errors and worse, in the whole file so far. */
size_t xml_tell_error_count(const struct xml_events *events);

#endif
