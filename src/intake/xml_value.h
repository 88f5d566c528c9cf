/* xml_value.h -- the value of one element, when its end tag is reached. */
#ifndef PURSER_XML_VALUE_H
#define PURSER_XML_VALUE_H

#include "intake/xml_events.h"

/* Judge the text that was gathered and put it where it belongs; the frame is closed already. */
void xml_value_end(struct xml_events *events, const struct xml_frame *frame);

bool xml_value_is_blank(const char *text, size_t size);

/* Where a header field stood, by its CSV name: struct check's place_of. */
struct place xml_value_place(const void *context, const char *field);

#endif
