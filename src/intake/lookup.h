/* lookup.h -- where the rows of other files are found that a mapping needs.
 *
 * Reading knows no store: it is handed one of these.  The intake station answers from the table
 * lookup_row, `purser check` from the other files that it was given (lookup_memory.h).
 *
 * Columns and rows are JSON arrays of texts, as their file had them; a key is one as well, of the
 * values of the key columns.
 */
#ifndef PURSER_LOOKUP_H
#define PURSER_LOOKUP_H

#include "base/arena.h"
#include "base/fault.h"

struct lookup_source {
    void *context;
    /* The columns of a lookup; NONE: its file has not come. */
    MUST_USE enum outcome (*columns)(void *context, const char *lookup, struct arena *arena,
                                     const char **columns, struct fault *why);
    /* The row with this key; NONE: there is none. */
    MUST_USE enum outcome (*find)(void *context, const char *lookup, const char *key,
                                  struct arena *arena, const char **row, struct fault *why);
};

#endif
