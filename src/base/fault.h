/* fault.h -- trouble of our own world: disk, memory, network, database, configuration.
 *
 * Three kinds of trouble have three mechanisms.  A fault (this file) is returned and printed once,
 * by the command that ran.  A partner's mistake is a finding (order/finding.h), which is data.  Our
 * own bug is an assert, which stays on in the shipped program.  Running out of memory ends the
 * program: cron starts it again, and every step is safe to repeat.
 *
 * The first to notice sets the text; nobody on the way up overwrites it.  `why` is always the last
 * parameter, and an out parameter is untouched unless the call says DONE.
 */
#ifndef PURSER_FAULT_H
#define PURSER_FAULT_H

enum outcome {
    DONE,   /* it happened */
    NONE,   /* nothing left, not found, or already so: no fault was set */
    RETRY,  /* a fault that may pass by itself: busy, offline, timed out */
    FAILED, /* a fault that will not pass by itself */
};

/* What a fault means to whoever started the program; each kind is one exit code (see `purser help
 * exit-codes`).  The values are the codes. */
enum fault_kind {
    FAULT_UNEXPECTED = 1,
    FAULT_USAGE = 2,
    FAULT_CONFIG = 4,        /* configuration or master data is invalid */
    FAULT_TEMPORARY = 5,     /* network or partner down: another try may work */
    FAULT_LOCKED = 6,        /* another run holds the lock */
    FAULT_NOT_FOUND = 7,     /* no such order, file or partner */
    FAULT_NOT_PERMITTED = 8, /* authority is missing */
    FAULT_CONFLICT = 9,      /* the state does not allow it (any more) */
    FAULT_STORE = 10,        /* database needs migration, or failed its integrity check */
};

struct fault {
    enum fault_kind kind; /* 0 while nothing went wrong */
    const char *file;     /* where in our source it was noticed */
    int line;
    char text[600]; /* one line, no full stop, says what was tried and what went wrong */
};

/* Set the fault (which must still be empty) and return FAILED, or RETRY for FAULT_TEMPORARY. */
enum outcome fault_set(struct fault *why, enum fault_kind kind, const char *file, int line,
                       const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Forget a fault that the caller has dealt with (logged, counted, retried). */
void fault_clear(struct fault *why);

#define fail(why, ...)          fault_set((why), FAULT_UNEXPECTED, __FILE__, __LINE__, __VA_ARGS__)
#define fail_as(why, kind, ...) fault_set((why), (kind), __FILE__, __LINE__, __VA_ARGS__)

/* Leave the function unless the call says DONE. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        const enum outcome try_outcome_ = (call);                                                  \
        if (try_outcome_ != DONE) {                                                                \
            return try_outcome_;                                                                   \
        }                                                                                          \
    } while (0)

/* A variable of struct type that is closed on every way out of its scope; NAME_close must accept a
 * zeroed or half-opened object. */
#define OWNED(type) __attribute__((cleanup(type##_close))) struct type

#define MUST_USE __attribute__((warn_unused_result))

#endif
