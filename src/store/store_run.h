/* store_run.h -- the rows that tell of runs. */
#ifndef PURSER_STORE_RUN_H
#define PURSER_STORE_RUN_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdint.h>

struct store;

struct run_row {
    int64_t id;
    int64_t as_of_ms;
    int64_t started_ms;
    int64_t finished_ms; /* 0: it was interrupted, or runs now */
    int64_t exit_code;
    const char *summary; /* JSON object of counts, "" */
};

/* Begin a run: a row with a new id.  Rows of the oldest runs go (the last RUN_ROWS_KEPT stay), so
 * that a cron line that starts every minute does not fill the store. */
enum { RUN_ROWS_KEPT = 1000 };
MUST_USE enum outcome store_run_begin(struct store *store, int64_t as_of_ms, int64_t started_ms,
                                      int64_t *id, struct fault *why);
MUST_USE enum outcome
store_run_finish(struct store *store, const struct run_row *row, struct fault *why);

/* The last run; NONE when there was none. */
MUST_USE enum outcome
store_run_last(struct store *store, struct arena *arena, struct run_row *row, struct fault *why);

#endif
