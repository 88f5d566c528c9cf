/* run.h -- what every station is handed, and what a station is.
 *
 * Stations hand over through the store and the folders only; none calls another.  Each takes work
 * in one state and leaves it in the next, so each can be killed at any instruction, started again,
 * or run alone.  A station finishes its current unit and returns DONE early when `run_must_stop`
 * says so.  Time is `as_of_ms`, never the clock.
 */
#ifndef PURSER_RUN_H
#define PURSER_RUN_H

#include "base/fault.h"
#include "base/log.h"
#include "config/config.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct store;

/* What one run did: the numbers of its summary, each counted by the station that did it. */
#define RUN_COUNTS(X)                                                                              \
    X(files_fetched)                                                                               \
    X(files_taken)                                                                                 \
    X(files_refused)                                                                               \
    X(files_duplicate)                                                                             \
    X(orders_received)                                                                             \
    X(orders_refused)                                                                              \
    X(orders_approved)                                                                             \
    X(orders_waiting)                                                                              \
    X(orders_shipped)                                                                              \
    X(decisions_taken)                                                                             \
    X(master_files_in_force)                                                                       \
    X(files_written)                                                                               \
    X(files_delivered)                                                                             \
    X(deliveries_failed)                                                                           \
    X(mailboxes_failed)                                                                            \
    X(reports_made)

#define RUN_COUNT_AS_FIELD(name) int64_t name;
struct run_counts {
    RUN_COUNTS(RUN_COUNT_AS_FIELD)
};

struct run {
    const struct config *config;
    struct store *store;
    struct log *log;
    int home;  /* open folder */
    int state; /* open folder HOME/.purser */
    int64_t id;
    int64_t as_of_ms;
    const volatile sig_atomic_t *stop_signal; /* 0 until a signal asks to leave */
    struct run_counts counts;
    const struct partner *put_off; /* of whom intake has left files until the desk has worked */
};

static inline bool
run_must_stop(const struct run *run)
{
    return run->stop_signal != NULL && *run->stop_signal != 0;
}

struct station {
    const char *name; /* as in --only */
    enum outcome (*work)(struct run *run, struct fault *why);
};

#endif
