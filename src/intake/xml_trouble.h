/* xml_trouble.h -- what libxml2 says about a file that is not well-formed, in our own words. */
#ifndef PURSER_XML_TROUBLE_H
#define PURSER_XML_TROUBLE_H

#include "base/arena.h"
#include "order/finding.h"

#include <libxml/parser.h>

#include <stdbool.h>

/* Fill the finding from an error of the parser.  is_at_end: the file had no more bytes; is_open:
 * elements were still open. */
void xml_trouble_describe(struct finding *finding, xmlParserCtxtPtr parser, const xmlError *error,
                          bool is_cut_off, struct arena *arena);

/* Is the parser at an & or just behind it? */
bool xml_trouble_is_at_ampersand(xmlParserCtxtPtr parser);

/* A few characters of the file around the place where the parser is, shown safely. */
const char *xml_trouble_excerpt(xmlParserCtxtPtr parser, struct arena *arena);

/* Where the parser is, and where the tag began that it has just read. */
struct place xml_trouble_place(xmlParserCtxtPtr parser);
struct place xml_trouble_tag_place(xmlParserCtxtPtr parser);

#endif
