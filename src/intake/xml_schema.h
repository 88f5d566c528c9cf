/* xml_schema.h -- one of our schemas, set to judge documents while they are parsed.
 *
 * libxml2's own plug stops judging the rest of a parent element after one mistake in its structure,
 * and of a whole file after a mistake below the root.  So each document is judged by itself: the
 * root element is begun and ended around it, and elements that were already found wrong are not
 * shown to the schema.
 *
 * Life: xml_schema_open; for each document xml_schema_begin, then start, text and end as the parser
 * tells them, xml_schema_finish; xml_schema_close.  Names must be those of the parser's dictionary
 * and live as long.
 */
#ifndef PURSER_XML_SCHEMA_H
#define PURSER_XML_SCHEMA_H

#include "base/fault.h"
#include "intake/xml_scope.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

struct xml_schema {
    xmlSchemaPtr schema;
    xmlSchemaValidCtxtPtr judge;
    xmlSchemaSAXPlugPtr plug;
    xmlSAXHandlerPtr events; /* the judge's */
    void *judge_data;
    const xmlChar *root_name;
    const xmlChar *root_namespace;
    size_t complaints; /* since xml_schema_begin */
    int last_code;     /* of the last one; for our tests */
};

MUST_USE enum outcome xml_schema_open(struct xml_schema *schema, const struct xml_root *root,
                                      xmlDictPtr names, struct fault *why);
void xml_schema_close(struct xml_schema *schema);

void xml_schema_begin(struct xml_schema *schema);
void xml_schema_finish(struct xml_schema *schema);

/* As in libxml2's SAX2 events: five pointers for each attribute. */
void xml_schema_start(struct xml_schema *schema, const xmlChar *name, int attribute_count,
                      const xmlChar **attributes);
void xml_schema_text(struct xml_schema *schema, const char *text, size_t size);
void xml_schema_end(struct xml_schema *schema, const xmlChar *name);

#endif
