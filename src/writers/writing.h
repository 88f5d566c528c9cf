/* writing.h -- what all writers share: bytes on their way to the draft, and the heads of files.
 *
 * A writer builds its document in writing->buf and calls writing_flush_full after each message (and
 * within long ones), so that memory does not grow with the file.  What is left at the end the
 * outbox flushes.
 */
#ifndef PURSER_WRITING_H
#define PURSER_WRITING_H

#include "writers/csv_out.h"
#include "writers/writer.h"
#include "writers/xml_out.h"

/* Hand the bytes to the draft when enough have gathered. */
MUST_USE enum outcome writing_flush_full(struct writing *writing, struct fault *why);

/* Begin the XML document `root` of namespace urn:purser:DOCUMENT:1 with its header element, which
 * is the same in every document: file, sequence, created, from, to. */
void writing_begin_xml(struct writing *writing, struct xml_out *xml, const char *root,
                       const char *document);

/* Begin a CSV file: byte order mark (for spreadsheets) and column names. */
void writing_begin_csv(struct writing *writing, struct csv_out *csv, const char *const *columns,
                       size_t column_count);

/* The text of a message with its {placeholders} replaced. */
struct filling {
    const char *placeholder; /* "{taken}" */
    const char *value;
};
void writing_fill(struct buf *buf, const char *pattern, const struct filling *fillings,
                  size_t filling_count);

#endif
