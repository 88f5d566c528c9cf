/* reader_xml.c -- XML orders, shipments, decisions and payments, one document at a time: bytes from
 * xml_source, events from xml_events.  Memory is that of one document and one block. */
#include "intake/reader.h"
#include "intake/xml_events.h"
#include "intake/xml_source.h"

#include <assert.h>
#include <stdlib.h>

struct xml_reader {
    struct xml_source source;
    struct xml_events events;
};

/* One more piece to the parser; NONE at the end of the file or after a fatal finding. */
static enum outcome
read_piece(struct xml_reader *reader, struct fault *why)
{
    struct xml_piece piece;
    if (reader->events.is_over) {
        return NONE;
    }
    TRY(xml_source_next(&reader->source, &piece, why));
    return xml_events_feed(&reader->events, &piece, why);
}

static enum outcome
reader_xml_open(struct reading *reading, struct fault *why)
{
    struct xml_reader *reader = calloc(1, sizeof *reader);
    assert(reader != NULL);
    reading->state = reader;
    TRY(xml_source_open(&reader->source, reading, why));
    xml_events_open(&reader->events, reading);
    while (reader->events.root == NULL && !reader->events.is_over && !reader->source.is_refused) {
        const enum outcome outcome = read_piece(reader, why);
        if (outcome == NONE && !reader->source.is_refused) {
            xml_events_finish(&reader->events);
        }
        if (outcome != DONE) {
            return outcome == NONE ? DONE : outcome;
        }
    }
    return DONE;
}

static enum outcome
reader_xml_next(struct reading *reading, struct document *document, struct fault *why)
{
    struct xml_reader *reader = reading->state;
    xml_events_expect(&reader->events, document);
    while (!reader->events.is_complete) {
        const enum outcome outcome = read_piece(reader, why);
        if (outcome == NONE && !reader->source.is_refused) {
            xml_events_finish(&reader->events);
        }
        if (outcome != DONE) {
            return outcome;
        }
    }
    return DONE;
}

static void
reader_xml_close(struct reading *reading)
{
    struct xml_reader *reader = reading->state;
    if (reader != NULL) {
        xml_events_close(&reader->events);
        xml_source_close(&reader->source);
        free(reader);
        reading->state = NULL;
    }
}

const struct reader reader_xml = {
    .open = reader_xml_open,
    .next = reader_xml_next,
    .close = reader_xml_close,
};
