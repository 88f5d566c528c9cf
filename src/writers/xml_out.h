/* xml_out.h -- writing XML: declared as UTF-8, one namespace, indented, every element closed.
 *
 *     xml_out_begin(&xml, &buf, "orderStatuses", "order-status");
 *     xml_out_open(&xml, "orderStatus"); xml_out_text(&xml, "orderNumber", ...);
 * xml_out_close(&xml); xml_out_end(&xml); The functions ending in _if write nothing when there is
 * nothing to say.
 */
#ifndef PURSER_XML_OUT_H
#define PURSER_XML_OUT_H

#include "base/buf.h"

#include <stdint.h>

enum { XML_OUT_DEPTH_MAX = 8 };

struct xml_out {
    struct buf *buf;
    int depth;
    const char *names[XML_OUT_DEPTH_MAX]; /* of the open elements */
};

/* Opens the root element in the namespace urn:purser:DOCUMENT:1. */
void xml_out_begin(struct xml_out *xml, struct buf *buf, const char *root, const char *document);
void xml_out_end(struct xml_out *xml);

void xml_out_open(struct xml_out *xml, const char *name); /* `name` must live until its close */
void xml_out_close(struct xml_out *xml);

void xml_out_text(struct xml_out *xml, const char *name, const char *text);
void xml_out_text_if(struct xml_out *xml, const char *name, const char *text);
/* <name attribute="attribute_value">text</name> */
void xml_out_text_with(struct xml_out *xml, const char *name, const char *attribute,
                       const char *attribute_value, const char *text);
void xml_out_integer(struct xml_out *xml, const char *name, int64_t number);
void
xml_out_decimal(struct xml_out *xml, const char *name, int64_t value, int places, int places_min);
void xml_out_day_if(struct xml_out *xml, const char *name, int32_t day);
void xml_out_moment(struct xml_out *xml, const char *name, int64_t moment_ms);

#endif
