/* conffile.h -- private to config/: one configuration file as sections and settings, each with its
 * line.
 *
 * libConfuse reads the syntax; what is read here is still text.  A mistake never stops the reading
 * where it can go on: unknown keys and sections are noted (with the nearest known name) and
 * skipped, all others are found later by config.c.  Only broken syntax (a brace or quote that is
 * missing) hides what stands behind it.
 */
#ifndef PURSER_CONFFILE_H
#define PURSER_CONFFILE_H

#include "base/arena.h"
#include "base/fault.h"
#include "config/config.h"
#include "config/keys.h"

struct mistake {
    const char *file;
    int line; /* 0: about the whole file */
    const char *text;
};

struct mistakes {
    struct arena *arena; /* borrowed: texts lie there */
    struct mistake *items;
    size_t count;
    size_t capacity;
};

void mistake_add(struct mistakes *mistakes, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* ` (did you mean "x"?)`, or "" when nothing is near. */
const char *
near_name(struct arena *arena, const char *name, const char *const *names, size_t count);

/* Read `path` below `home`; its sections are appended to config->sections (in the config's arena),
 * in the order of the file, a mailbox behind its partner.  A file that cannot be read is a mistake
 * too. */
void conffile_read(struct config *config, int home, const char *path, struct mistakes *mistakes);

#endif
