/* batch.h -- one run: the table of stations, worked through in order, under the run lock.
 *
 * A run may end at any instruction; the next one finishes what it left (each station's header says
 * how).
 */
#ifndef PURSER_BATCH_H
#define PURSER_BATCH_H

#include "config/run.h"

#include <stdbool.h>
#include <stddef.h>

/* The stations there are, in the order of a run. */
extern const struct station batch_stations[];
extern const size_t batch_station_count;

/* The station of this name, or NULL. */
const struct station *batch_station(const char *name);

/* Take HOME/.purser/run.lock (a descriptor that keeps it).  FAULT_LOCKED says who holds it. */
MUST_USE enum outcome batch_lock(int state, int64_t started_ms, int *lock, struct fault *why);

/* SIGTERM and SIGINT are noted from now on instead of ending the program, so that a run finishes
 * its current unit; a second one ends it at once.  Returns where the number of the signal appears.
 */
const volatile sig_atomic_t *batch_watch_signals(void);

/* Free space for a run? */
MUST_USE enum outcome batch_check_space(int state, struct fault *why);

/* Work the stations whose bit is set in `chosen` (all: ~0U), with a row in `run`.  The outcome is
 * the first fault that stopped it; the row is finished either way. */
MUST_USE enum outcome
batch_work(struct run *run, unsigned int chosen, int64_t started_ms, struct fault *why);

/* The exit code of a run that was not stopped by a fault: 0, 4 for partners left out, 5 for
 * mailboxes or deliveries that failed and files that cannot be read, 128+N for a signal. */
int batch_exit_code(const struct run *run);

/* The counts of a run that are not zero, as one sentence. */
const char *
batch_summary(const struct run_counts *counts, enum language language, struct arena *arena);

/* The same as the members of a JSON object. */
struct json;
void batch_counts_json(const struct run_counts *counts, struct json *json, const char *key);

#endif
