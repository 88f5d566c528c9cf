/* pdf_program.h -- private to reports/: another program is run to its end, or to that of its time.
 */
#ifndef PURSER_PDF_PROGRAM_H
#define PURSER_PDF_PROGRAM_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum program_end { PROGRAM_WELL, PROGRAM_BADLY, PROGRAM_NOT_STARTED, PROGRAM_TIMED_OUT };

struct program {
    int folder;       /* it works there */
    char **arguments; /* the first is its path */
    char **environment;
    int64_t timeout_ms;
    struct buf *said; /* its stderr is added, of SAID_BYTES_MAX at most */
};

/* It has a process group of its own, of which nothing is left afterwards.  *detail is the errno of
 * PROGRAM_NOT_STARTED, or how it ended, as waitpid tells. */
enum program_end program_run(const struct program *program, int *detail);

#endif
