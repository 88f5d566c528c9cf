/* xml_source.h -- the bytes of an XML file, decoded and cut into pieces that are safe to parse.
 *
 * libxml2 2.9 has three weaknesses that its own limits do not cover: it takes quadratic time over
 * the attributes of one tag, it keeps a whole tag, comment or DOCTYPE in memory before it looks at
 * it, and it decodes whatever encoding iconv knows (UTF-7, EBCDIC).  So what reaches the parser is
 * always UTF-8, of an encoding that we allow, without NUL bytes, without any DOCTYPE, with markup
 * of limited size.
 *
 * A piece never ends inside markup, and always ends behind the tag that opens or closes a child of
 * the root element; so one piece completes at most one document.
 */
#ifndef PURSER_XML_SOURCE_H
#define PURSER_XML_SOURCE_H

#include "intake/encoding.h"
#include "intake/reader.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    XML_DEPTH_MAX = 32,
    XML_TAG_BYTES_MAX = 16 * 1024,    /* from '<' to '>' */
    XML_REMARK_BYTES_MAX = 64 * 1024, /* a comment, processing instruction or CDATA section */
    XML_PROLOG_BYTES_MAX = 64 * 1024, /* before the root element */
};

struct xml_source {
    struct reading *reading; /* borrowed: for its descriptor and for findings */
    struct decoder decoder;
    char *bytes; /* what was decoded and is not used up */
    size_t size;
    size_t at;            /* first byte that was not yet given out */
    int depth;            /* elements that are open at `at` */
    const char *encoding; /* its name */
    size_t prolog_size;   /* given out before the root's tag */
    bool ends_document;   /* the piece that was measured last */
    bool has_root;        /* the root's tag was given out */
    bool is_at_end;       /* of the file */
    bool is_refused;      /* a fatal finding was added */
    struct place place;   /* of bytes[0] */
};

/* Decides the encoding (byte order mark, XML declaration, the sender's) and adds a fatal finding
 * when it is not allowed. */
MUST_USE enum outcome
xml_source_open(struct xml_source *source, struct reading *reading, struct fault *why);
struct xml_piece {
    const char *bytes; /* until the next call */
    size_t size;
    bool ends_document; /* the last tag closes a child of the root */
};

/* The next piece; NONE at the end of the file or after a fatal finding (is_refused). */
MUST_USE enum outcome
xml_source_next(struct xml_source *source, struct xml_piece *piece, struct fault *why);
void xml_source_close(struct xml_source *source);

#endif
