/* A record of fixed size, filled with blanks: a shorter text leaves nothing of a longer one. */
#include "base/trail.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum outcome
read_text(struct trail *trail, const char *name, struct fault *why)
{
    ssize_t size;
    do {
        size = pread(trail->descriptor, trail->text, sizeof trail->text - 1, 0);
    } while (size < 0 && errno == EINTR);
    if (size < 0) {
        return fail(why, "cannot read %s: %s", name, strerror(errno));
    }
    trail->is_blank = size == 0;
    trail->text[size] = '\0';
    while (size > 0 && (trail->text[size - 1] == ' ' || trail->text[size - 1] == '\n')) {
        trail->text[--size] = '\0';
    }
    return DONE;
}

enum outcome
trail_open(struct trail *trail, int at, const char *name, struct fault *why)
{
    *trail = (struct trail){0};
    trail->descriptor = openat(at, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
    if (trail->descriptor < 0) {
        return fail(why, "cannot open %s: %s", name, strerror(errno));
    }
    trail->is_open = true;
    return read_text(trail, name, why);
}

enum outcome
trail_write(struct trail *trail, const char *text, struct fault *why)
{
    char record[TRAIL_SIZE + 1];
    assert(trail->is_open && strlen(text) < TRAIL_SIZE);
    snprintf(record, sizeof record, "%-*s\n", TRAIL_SIZE - 1, text);
    trail->is_blank = false;
    for (size_t at = 0; at < TRAIL_SIZE;) {
        const ssize_t put = pwrite(trail->descriptor, record + at, TRAIL_SIZE - at, (off_t)at);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return fail(why, "cannot note what is worked on: %s", strerror(errno));
        }
        at += (size_t)put;
    }
    return DONE;
}

enum outcome
trail_clear(struct trail *trail, struct fault *why)
{
    if (trail->is_blank) {
        return DONE;
    }
    while (ftruncate(trail->descriptor, 0) != 0) {
        if (errno != EINTR) {
            return fail(why, "cannot clear the note of what is worked on: %s", strerror(errno));
        }
    }
    trail->is_blank = true;
    return DONE;
}

void
trail_close(struct trail *trail)
{
    if (trail->is_open) {
        close(trail->descriptor);
        trail->is_open = false;
    }
}
