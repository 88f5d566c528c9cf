/* progress_state.h -- what becomes of what a warehouse was told to send, and of what a plant was
 * asked to make, and what they may tell of it.
 *
 * Pure data; rules/progress.h decides. */
#ifndef PURSER_PROGRESS_STATE_H
#define PURSER_PROGRESS_STATE_H

#include <stdint.h>

/* X(enumerator, "stored name"), by rank: both go forward only.  What is short stays so until it
 * leaves or is refused, so that it is not forgotten. */
#define RELEASE_STATES(X)                                                                          \
    X(RELEASE_SENT, "sent") /* the warehouse has said nothing yet */                               \
    X(RELEASE_RECEIVED, "received")                                                                \
    X(RELEASE_PICKING, "picking")                                                                  \
    X(RELEASE_PACKED, "packed")                                                                    \
    X(RELEASE_SHORT, "short") /* not all of it is there */                                         \
    X(RELEASE_REFUSED, "refused")                                                                  \
    X(RELEASE_SHIPPED, "shipped") /* its shipments say so, no status does */                       \
    X(RELEASE_STOPPED, "stopped") /* all of it that had not left, as we asked; likewise */

/* What was made is a fact, so that it ranks above a refusal; some of it made is 'started'. */
#define PRODUCTION_STATES(X)                                                                       \
    X(PRODUCTION_ASKED, "asked") /* the plant has said nothing yet */                              \
    X(PRODUCTION_ACCEPTED, "accepted")                                                             \
    X(PRODUCTION_STARTED, "started")                                                               \
    X(PRODUCTION_LATE, "late")                                                                     \
    X(PRODUCTION_REFUSED, "refused")                                                               \
    X(PRODUCTION_STOPPED, "stopped") /* we took it back, or the plant makes no more */             \
    X(PRODUCTION_DONE, "done")       /* all of it */

#define PROGRESS_AS_ENUM(enumerator, name) enumerator,
enum release_state { RELEASE_STATES(PROGRESS_AS_ENUM) RELEASE_STATE_COUNT };
enum production_state { PRODUCTION_STATES(PROGRESS_AS_ENUM) PRODUCTION_STATE_COUNT };
extern const char *const release_state_names[RELEASE_STATE_COUNT];
extern const char *const production_state_names[PRODUCTION_STATE_COUNT];

/* Why a plant is late, or refuses. */
enum { PRODUCTION_CAUSE_COUNT = 6 };
extern const char *const production_cause_names[PRODUCTION_CAUSE_COUNT]; /* "", "material", ... */

#define PROGRESS_MOMENT_NONE INT64_MIN

/* Where one of them stands. */
struct progress {
    int state; /* enum release_state, or production_state */
    int64_t since_ms;
    int64_t told_ms; /* of the news that the next two are from; PROGRESS_MOMENT_NONE: of none */
    const char *cause;
    const char *reason;
};

/* A day or an amount of the latest news that name one. */
struct latest {
    int64_t value;
    int64_t told_ms; /* PROGRESS_MOMENT_NONE: none was told */
};

/* A row of a file of a warehouse.  Texts are never NULL. */
struct release_status {
    const char *partner; /* whose order */
    const char *order_number;
    int64_t release;    /* number of it, of the order */
    const char *status; /* release_state_names */
    int64_t at_ms;
    int32_t ship_on;         /* the day that it is expected to leave; DAY_NONE */
    const char *order_line;  /* of what is short */
    int64_t quantity_micros; /* of that line, that can be sent; AMOUNT_NONE */
    const char *reason;
    int64_t line; /* in the file */
};
/* With every text empty, amounts and days absent, and release 1. */
extern const struct release_status release_status_blank;

/* A row of a file of a plant. */
struct production_status {
    int64_t number;     /* of our request; 0: not read */
    const char *status; /* production_state_names */
    int64_t at_ms;
    int64_t done_micros;  /* so far; AMOUNT_NONE */
    int32_t expected_on;  /* DAY_NONE */
    const char *cause;    /* production_cause_names */
    int64_t cost_micros;  /* so far, as it was read; AMOUNT_NONE */
    const char *currency; /* of it; "": the company's */
    const char *reason;
    int64_t line; /* in the file */
};
extern const struct production_status production_status_blank;

#endif
