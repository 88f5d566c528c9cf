/* staging.h -- sealed files become complete ones under their temporary names.
 *
 * Files are independent of each other and read only what is final, so where there is much to write
 * several threads do it, each with a read connection of its own; the bytes are the same.  Nothing
 * is written to the store while they work.  What takes longest is begun first, so that no thread
 * waits for another's at the end.  Reports that another program converts are written one after the
 * other: what stops it at one of them counts for those that follow.
 */
#ifndef PURSER_STAGING_H
#define PURSER_STAGING_H

#include "config/run.h"
#include "store/store_outbox.h"
#include "writers/writer.h"

/* The writer of a kind and format, NULL when there is none. */
const struct writer *staging_writer(const char *kind, const char *format);

/* Write those of the files that are only sealed, up to the first moment at which the run must stop;
 * *count becomes the number of the first of them that are all written, as size and digest of each
 * say: what was begun before its turn is written once more. */
MUST_USE enum outcome
staging_write(struct run *run, struct outbox_file *files, size_t *count, struct fault *why);

#endif
