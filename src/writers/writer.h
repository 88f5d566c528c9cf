/* writer.h -- what every outgoing document must be able to do, and the kinds there are.
 *
 * A writer turns the messages of one outbox file into bytes.  It reads only what is never altered
 * (order versions, events, decisions, findings, shipments), so that the same file comes out the
 * same however often and whenever it is written. A kind lives in one file per kind
 * (writer_<kind>.c) that exports `const struct writer` objects and nothing else.
 */
#ifndef PURSER_WRITER_H
#define PURSER_WRITER_H

#include "base/buf.h"
#include "base/fault.h"
#include "base/file.h"
#include "config/config.h"
#include "order/document.h"

struct run;
struct store;

enum { OUTBOX_MESSAGES_PER_FILE_MAX = 10000 };

/* One outbox file to be written. */
struct writing {
    struct store *store;
    const struct config *config;
    const struct run *run;         /* of which it is a file; NULL: of none */
    const struct partner *partner; /* who gets it */
    int64_t file_id;
    int64_t sequence;
    const char *name;
    int64_t created_ms;
    struct draft *draft; /* bytes go here, by draft_write; use `buf` to gather and flush about every
                          * 64 KiB.  NULL: the whole document stays in `buf`, for another one */
    struct buf *buf;
};

struct writer {
    const char *kind;
    const char *format;    /* "xml", "csv", "html" */
    const char *extension; /* ".xml" */
    /* NONE: there is no such file after all; only of a kind that has others beside it. */
    enum outcome (*write)(struct writing *writing, struct fault *why);
};

/* All writers, by kind and format: src/documents.c. */
extern const struct writer *const document_writers[];
extern const size_t document_writer_count;

/* Kinds whose files differ much in how long they take: `weigh` says it of one against others.  What
 * takes longest is begun first. */
struct document_weight {
    const char *kind;
    enum outcome (*weigh)(const struct writing *writing, int *weight, struct fault *why);
};
extern const struct document_weight document_weights[];
extern const size_t document_weight_count;

#endif
