/* tree.h -- copying, listing and removing trees of files of our own. */
#ifndef PURSER_TREE_H
#define PURSER_TREE_H

#include "base/arena.h"
#include "base/fault.h"

#include <stddef.h>

/* Copy the regular files of folder `from` (no sub-folders) whose names match `pattern` (NULL: all)
 * into the folder `to`, which is made; times are kept.  A `from` that is not there is an empty one.
 */
MUST_USE enum outcome
tree_copy_files(int at, const char *from, const char *to, const char *pattern, struct fault *why);

/* All regular files below `path` as paths from `at`, sorted by bytes, hidden ones left out. */
MUST_USE enum outcome tree_list(int at, const char *path, struct arena *arena, const char ***files,
                                size_t *count, struct fault *why);

/* Remove `path` with all that is in it; links are removed, not followed.  DONE also when it is not
 * there. */
MUST_USE enum outcome tree_remove(int at, const char *path, struct fault *why);

#endif
