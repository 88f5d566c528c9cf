#include "writers/xml_out.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

static void
begin_line(struct xml_out *xml)
{
    static const char blanks[] = "                ";
    buf_add(xml->buf, blanks, 2 * (size_t)xml->depth);
}

static void
put_tag(struct xml_out *xml, const char *opener, const char *name, const char *closer)
{
    buf_text(xml->buf, opener);
    buf_text(xml->buf, name);
    buf_text(xml->buf, closer);
}

static void
push(struct xml_out *xml, const char *name)
{
    assert(xml->depth < XML_OUT_DEPTH_MAX);
    xml->names[xml->depth++] = name;
}

void
xml_out_begin(struct xml_out *xml, struct buf *buf, const char *root, const char *document)
{
    *xml = (struct xml_out){.buf = buf};
    buf_format(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s xmlns=\"urn:purser:%s:1\">\n",
               root, document);
    push(xml, root);
}

void
xml_out_end(struct xml_out *xml)
{
    assert(xml->depth == 1 && "only the root is open at the end");
    xml_out_close(xml);
}

void
xml_out_open(struct xml_out *xml, const char *name)
{
    begin_line(xml);
    put_tag(xml, "<", name, ">\n");
    push(xml, name);
}

void
xml_out_close(struct xml_out *xml)
{
    assert(xml->depth > 0);
    xml->depth--;
    begin_line(xml);
    put_tag(xml, "</", xml->names[xml->depth], ">\n");
}

void
xml_out_text(struct xml_out *xml, const char *name, const char *text)
{
    begin_line(xml);
    put_tag(xml, "<", name, ">");
    text_escape_xml(xml->buf, text);
    put_tag(xml, "</", name, ">\n");
}

void
xml_out_text_if(struct xml_out *xml, const char *name, const char *text)
{
    if (text[0] != '\0') {
        xml_out_text(xml, name, text);
    }
}

void
xml_out_text_with(struct xml_out *xml, const char *name, const char *attribute,
                  const char *attribute_value, const char *text)
{
    begin_line(xml);
    put_tag(xml, "<", name, " ");
    put_tag(xml, "", attribute, "=\"");
    text_escape_xml(xml->buf, attribute_value);
    buf_text(xml->buf, "\">");
    text_escape_xml(xml->buf, text);
    put_tag(xml, "</", name, ">\n");
}

void
xml_out_integer(struct xml_out *xml, const char *name, int64_t number)
{
    char text[DECIMAL_TEXT_SIZE];
    xml_out_text(xml, name, decimal_format(text, number, 0, 0));
}

void
xml_out_decimal(struct xml_out *xml, const char *name, int64_t value, int places, int places_min)
{
    char text[DECIMAL_TEXT_SIZE];
    xml_out_text(xml, name, decimal_format(text, value, places, places_min));
}

void
xml_out_day_if(struct xml_out *xml, const char *name, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    xml_out_text_if(xml, name, day_format(text, day));
}

void
xml_out_moment(struct xml_out *xml, const char *name, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    xml_out_text(xml, name, moment_format(text, moment_ms));
}
