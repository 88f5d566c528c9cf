/* store_death.h -- runs that ended in the middle of a file: rows of the table `death`. */
#ifndef PURSER_STORE_DEATH_H
#define PURSER_STORE_DEATH_H

#include "base/arena.h"
#include "base/fault.h"
#include "config/suspect.h"

#include <stddef.h>
#include <stdint.h>

struct store;

/* Record that the run `run_id` ended while it worked on an arrival; NONE when that is known
 * already, or the file has come through since. */
MUST_USE enum outcome death_add(struct store *store, int64_t run_id, int64_t arrival_id,
                                int64_t noted_ms, struct fault *why);

/* Files that have ended runs and wait to be worked, and those that were set aside since
 * `since_ms`; by partner and age. */
MUST_USE enum outcome death_list(struct store *store, int64_t since_ms, struct arena *arena,
                                 struct suspect **suspects, size_t *count, struct fault *why);

/* The file has come through: it was not to blame. */
MUST_USE enum outcome death_forget(struct store *store, int64_t arrival_id, struct fault *why);

#endif
