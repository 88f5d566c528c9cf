/* reading.h -- one file, from bytes to documents and findings, without store, network or clock.
 *
 * Both the intake station and `purser check` read through this.  The file comes as an open
 * descriptor of a regular file; it is never opened by name, nothing it says makes us open another
 * file or a connection, and memory grows with its largest document, not with its size.
 *
 * Life:      reading_open judges the file as a whole (name, size, emptiness, compression, NUL
 * bytes, encoding, format, document kind); reading_next yields one document at a time;
 * reading_close always. Ownership: a document lies in the reading's arena and lives until the next
 * call. Failure:   a fault is ours (disk); whatever is wrong with the file is a finding, and
 * reading goes on as far as it can: all mistakes of a file are reported at once.  After a fatal
 * finding reading_next says NONE, and nothing of the file may be taken (documents that were yielded
 * before it included).
 */
#ifndef PURSER_READING_H
#define PURSER_READING_H

#include "base/fault.h"
#include "config/config.h"
#include "order/document.h"
#include "order/finding.h"

struct mapping;       /* mapping.h */
struct lookup_source; /* lookup.h */

/* What the sender is known for; from its configuration, or defaults for `purser check`. */
struct sender {
    unsigned int roles;   /* which documents it may send; 0: any (for check) */
    const char *encoding; /* see struct partner */
    const char *default_currency;
    const char *default_country;
    const char *customer;
    int32_t today; /* for dates that lie in the past; DAY_NONE: not judged */
    int64_t file_bytes_max;
    const struct mapping *mapping;       /* NULL: CSV is in our layout */
    const struct lookup_source *lookups; /* that the mapping needs; NULL: none have come */
};

struct reading;

/* `name` is the file's name as its sender gave it (name_size bytes, any).  DONE also when the file
 * is hopeless: then findings has the reason and reading_next says NONE. */
MUST_USE enum outcome
reading_open(struct reading **reading, int descriptor, const char *name, size_t name_size,
             const struct sender *sender, struct findings *findings, struct fault *why);
MUST_USE enum outcome
reading_next(struct reading *reading, struct document **document, struct fault *why);
void reading_close(struct reading *reading); /* NULL is fine */

enum file_format reading_format(const struct reading *reading); /* FORMAT_COUNT: not recognised */
enum document_kind reading_document_kind(const struct reading *reading);

/* The columns of a lookup's file as JSON (lookup.h); for a file of the kind DOCUMENT_LOOKUP. */
const char *reading_columns(const struct reading *reading);

/* Findings that are made of a mapped file later get the partner's names, too, from number `first`
 * on. */
void reading_name_findings(const struct reading *reading, struct findings *findings, size_t first);

#endif
