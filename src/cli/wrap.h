/* wrap.h -- private to cli/: sentences in lines that fit the terminal. */
#ifndef PURSER_WRAP_H
#define PURSER_WRAP_H

#include "base/arena.h"

#include <stddef.h>

/* Columns of the terminal; of what is no terminal always the same, so that its bytes are. */
size_t wrap_width(void);

/* The text in lines of at most `width` columns: broken at blanks, between Chinese characters, and
 * elsewhere only what is longer than a line.  Line feeds in it stay.  In the arena. */
const char **wrap_lines(struct arena *arena, const char *text, size_t width, size_t *count);

#endif
