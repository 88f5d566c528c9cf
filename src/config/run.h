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
#include "order/message.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trail;
struct store;
struct suspect;

/* What one run did: the numbers of its summary, each counted by the station that did it. */
#define RUN_COUNTS(X)                                                                              \
    X(files_fetched, M_COUNT_FILES_FETCHED)                                                        \
    X(files_taken, M_COUNT_FILES_TAKEN)                                                            \
    X(files_refused, M_COUNT_FILES_REFUSED)                                                        \
    X(files_duplicate, M_COUNT_FILES_DUPLICATE)                                                    \
    X(files_waiting, M_COUNT_FILES_WAITING)                                                        \
    X(files_held, M_COUNT_FILES_HELD)                                                              \
    X(orders_received, M_COUNT_ORDERS_RECEIVED)                                                    \
    X(orders_refused, M_COUNT_ORDERS_REFUSED)                                                      \
    X(orders_cancelled, M_COUNT_ORDERS_CANCELLED)                                                  \
    X(orders_approved, M_COUNT_ORDERS_APPROVED)                                                    \
    X(orders_unpriced, M_COUNT_ORDERS_UNPRICED)                                                    \
    X(orders_waiting, M_COUNT_ORDERS_WAITING)                                                      \
    X(orders_shipped, M_COUNT_ORDERS_SHIPPED)                                                      \
    X(invoices_issued, M_COUNT_INVOICES_ISSUED)                                                    \
    X(orders_delivered, M_COUNT_ORDERS_DELIVERED)                                                  \
    X(decisions_taken, M_COUNT_DECISIONS_TAKEN)                                                    \
    X(master_files_in_force, M_COUNT_MASTER_FILES_IN_FORCE)                                        \
    X(files_written, M_COUNT_FILES_WRITTEN)                                                        \
    X(files_delivered, M_COUNT_FILES_DELIVERED)                                                    \
    X(deliveries_failed, M_COUNT_DELIVERIES_FAILED)                                                \
    X(mailboxes_failed, M_COUNT_MAILBOXES_FAILED)                                                  \
    X(reports_made, M_COUNT_REPORTS_MADE)                                                          \
    X(pages_made, M_COUNT_PAGES_MADE)                                                              \
    X(orders_held, M_COUNT_ORDERS_HELD)                                                            \
    X(holds_ended, M_COUNT_HOLDS_ENDED)                                                            \
    X(reminders_sent, M_COUNT_REMINDERS_SENT)                                                      \
    X(approvals_escalated, M_COUNT_APPROVALS_ESCALATED)                                            \
    X(approvals_timed_out, M_COUNT_APPROVALS_TIMED_OUT)                                            \
    X(delays_told, M_COUNT_DELAYS_TOLD)

#define RUN_COUNT_AS_FIELD(name, title) int64_t name;
struct run_counts {
    RUN_COUNTS(RUN_COUNT_AS_FIELD)
};

struct run {
    const struct config *config;
    enum language language; /* of what is said in the log */
    struct store *store;
    struct log *log;
    int home;  /* open folder */
    int state; /* open folder HOME/.purser */
    int64_t id;
    int64_t as_of_ms;
    const volatile sig_atomic_t *stop_signal; /* 0 until a signal asks to leave */
    struct run_counts counts;
    const struct partner *put_off;  /* of whom intake has left files until the desk has worked */
    struct trail *working;          /* which file is worked on now; NULL: nobody asks */
    const struct suspect *suspects; /* files that ended earlier runs, see suspect.h */
    size_t suspect_count;
    bool is_last_turn; /* of the partners whose files ended earlier runs */
};

static inline bool
run_must_stop(const struct run *run)
{
    return run->stop_signal != NULL && *run->stop_signal != 0;
}

/* Say a text of the catalogue in the log, in the language of the company's staff. */
#define run_say(run, level, message, ...)                                                          \
    run_say_values((run), (level), (message), (const char *const[]){__VA_ARGS__, NULL})
void run_say_values(const struct run *run, enum log_level level, enum message message,
                    const char *const *values);

struct station {
    const char *name; /* as in --only */
    enum outcome (*work)(struct run *run, struct fault *why);
    bool has_last_turn; /* works once more for partners that had to wait, see suspect.h */
};

#endif
