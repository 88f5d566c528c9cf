/* log.h -- what the program says while it works.  Stations note; the log decides where it goes.
 *
 * stderr is talk.  In cron nothing is said unless a person is needed, so LOG_NOTE is shown only on
 * a terminal or with --verbose, LOG_WARNING and LOG_TROUBLE always.  Under systemd (JOURNAL_STREAM)
 * lines carry <N> priorities, as in sd-daemon(3).  One line an event; control characters are shown
 * as \xNN.
 */
#ifndef PURSER_LOG_H
#define PURSER_LOG_H

#include <stdatomic.h>
#include <stdbool.h>

enum log_level {
    LOG_TROUBLE, /* a person must act */
    LOG_WARNING, /* a person should look */
    LOG_NOTE,    /* what happened, for who watches */
};

struct log {
    enum log_level level_max; /* what is said */
    bool is_terminal;         /* progress lines are allowed */
    bool has_colour;
    bool is_journal;
    atomic_bool has_progress; /* a progress line stands on the terminal now */
};

/* Look at stderr and the environment (NO_COLOR, TERM, JOURNAL_STREAM). */
void log_init(struct log *log, bool is_quiet, bool is_verbose);

void log_write(struct log *log, enum log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* One line rewritten in place, on a terminal only; "" clears it. */
void log_progress(struct log *log, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
