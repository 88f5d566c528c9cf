/* xml_events.h -- from pieces of XML to documents: libxml2's SAX2 events, our tables, the schema.
 *
 * Why events and not xmlTextReader: the reader does the same streaming validation, but builds and
 * frees a tree of nodes on the way, tells a mistake before the place it is at, and gives the schema
 * more text than any field may have.
 *
 * Life: xml_events_open; for each document xml_events_expect, then xml_events_feed piece by piece
 * until is_complete; xml_events_finish at the end of the file; xml_events_close.
 */
#ifndef PURSER_XML_EVENTS_H
#define PURSER_XML_EVENTS_H

#include "base/buf.h"
#include "intake/reader.h"
#include "intake/xml_schema.h"
#include "intake/xml_scope.h"
#include "intake/xml_source.h"

enum {
    XML_ATTRIBUTES_MAX = 32, /* of one tag, name space declarations included */
    XML_NAMES_MAX = 20000,   /* different names in a file, which the parser keeps */
    /* Of what the arena holds: no single element needs the rest, and an order of as many lines and
     * options as are taken fits. */
    XML_DOCUMENT_BYTES_MAX = ORDER_BYTES_MAX / 8 * 5,
    XML_PLACES_MAX = 64,
    XML_PATH_SIZE = 256,
};

/* An element that is open. */
struct xml_frame {
    enum xml_scope scope;
    const struct xml_element *element; /* NULL: the root, or unknown */
    const xmlChar *name;
    void *target; /* of its children's values; NULL: they are dropped */
    struct place place;
    unsigned int seen;  /* bit n: its scope's element n was there */
    unsigned int times; /* that the latest one was */
    size_t latest;      /* index of the furthest element that was seen */
    const char *attribute;
    bool is_hidden; /* from the schema, because it is known to be wrong */
    bool has_stray_text;
    bool has_bad_attribute; /* so says the schema */
};

/* Where a header field stood. */
struct xml_place {
    const char *column;
    int role; /* of a party's field, or -1 */
    struct place place;
};

struct xml_events {
    struct reading *reading; /* borrowed */
    xmlParserCtxtPtr parser;
    struct xml_schema schema;
    const struct xml_root *root;
    const xmlChar *namespace;
    const xmlChar
        *names[SCOPE_COUNT][XML_SCOPE_ELEMENTS_MAX]; /* of the tables, in the parser's dictionary */
    struct xml_frame frames[XML_DEPTH_MAX];
    size_t depth;
    struct buf text; /* of the value that is being read */
    bool text_is_too_long;
    struct check check;
    struct document *document;
    size_t error_count_before; /* errors there were when the document began */
    struct place document_place;
    struct xml_place places[XML_PLACES_MAX];
    size_t place_count;
    char path[XML_PATH_SIZE];
    char attribute_path[XML_PATH_SIZE + 32];
    size_t document_count;
    bool is_complete;  /* the expected document is filled */
    bool is_finishing; /* the file has no more bytes */
    bool is_over;      /* a fatal finding was added */
    struct fault *why; /* of the call that is running */
    enum outcome outcome;
};

void xml_events_open(struct xml_events *events, struct reading *reading);
void xml_events_close(struct xml_events *events);

void xml_events_expect(struct xml_events *events, struct document *document);
MUST_USE enum outcome
xml_events_feed(struct xml_events *events, const struct xml_piece *piece, struct fault *why);
void xml_events_finish(struct xml_events *events);

#endif
