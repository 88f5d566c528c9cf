/* embedded.h -- the files of schemas/, as they were when the program was built.
 *
 * The program carries its schemas, so that it is one file to copy (to a partner, for `purser
 * check`) and can never meet schemas of another version.  `make install` puts the same files where
 * partners and people can read them. */
#ifndef PURSER_EMBEDDED_H
#define PURSER_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *name; /* below schemas/: "store/001_foundation.sql" */
    const unsigned char *bytes;
    size_t size;
};

extern const struct embedded embedded_files[];
extern const size_t embedded_file_count;

/* The file of this name; a name that does not exist is our bug (assert). */
const struct embedded *embedded_find(const char *name);

/* The same for names that come from outside; NULL when there is none. */
const struct embedded *embedded_lookup(const char *name);

#endif
