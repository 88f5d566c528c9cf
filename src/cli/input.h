/* input.h -- private to cli/: a file that a person named, or standard input, as a file that can be
 * read twice. */
#ifndef PURSER_INPUT_H
#define PURSER_INPUT_H

#include "cli/command.h"
#include "intake/reading.h"

/* A descriptor at the beginning of a regular file; "-" is standard input. */
MUST_USE enum outcome input_open(const char *path, int *descriptor, struct fault *why);

/* Its name without folders, as a partner would have named it. */
const char *input_name(const char *path);

/* As the partner is configured, or (NULL) the most forgiving sender; --encoding goes before the
 * configuration. */
struct sender input_sender(const struct cli *cli, const struct partner *partner);

#endif
