/* amend_file.h -- private to cli/: a change of an order that comes as a file, and its answer as
 * one. */
#ifndef PURSER_AMEND_FILE_H
#define PURSER_AMEND_FILE_H

#include "cli/command.h"
#include "config/run.h"
#include "desk/desk.h"
#include "intake/reading.h"

/* The change of a file lies in its reading, which is closed at the end. */
struct amend_file {
    struct reading *reading;
    struct findings findings;
    int descriptor;
};
void amend_file_close(struct amend_file *file);

/* The file must have one change, of the order, without a mistake: FAULT_USAGE says which it has. */
MUST_USE enum outcome
amend_file_read(struct cli *cli, const char *path, const char *partner, const char *order_number,
                struct amend_file *file, struct order_change *change, struct fault *why);

/* FAULT_USAGE: it cannot be opened. */
MUST_USE enum outcome amend_file_put(const char *path, const struct buf *buf, struct fault *why);

/* The answer as its customer would get it, into a file, or into a folder under its name; within the
 * transaction in which it was given. */
struct amend_answer {
    struct run *run;
    const char *partner;
    const char *path;
};
MUST_USE enum outcome
amend_answer_write(void *of, const struct change_answer *answer, struct fault *why);

#endif
