/* trail.h -- a few bytes that outlive this process: what it was at when it ended.
 *
 * The note is rewritten in place and never synced, so it costs one system call: the page cache
 * keeps it when the process is killed.  After a power cut it may be old, torn or gone; whoever
 * reads it takes it for a hint and checks what it says.
 */
#ifndef PURSER_TRAIL_H
#define PURSER_TRAIL_H

#include "base/fault.h"

#include <stdbool.h>

enum { TRAIL_SIZE = 80 };

struct trail {
    int descriptor;
    bool is_open;
    bool is_blank;         /* nothing stands in the file */
    char text[TRAIL_SIZE]; /* what stood there when it was opened, without the blanks at its end */
};

/* Open the file `name` in the folder `at`, made when missing. */
MUST_USE enum outcome trail_open(struct trail *trail, int at, const char *name, struct fault *why);

/* Put `text` (shorter than TRAIL_SIZE) in place of what stands there. */
MUST_USE enum outcome trail_write(struct trail *trail, const char *text, struct fault *why);

/* Nothing stands there any more. */
MUST_USE enum outcome trail_clear(struct trail *trail, struct fault *why);
void trail_close(struct trail *trail);

#endif
