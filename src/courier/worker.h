/* worker.h -- private to courier/: a process of its own for one connection to one mailbox.
 *
 * Why a process: libssh2 talks to servers that may be hostile, and a hanging one must be cut off at
 * any point.  The worker is forked without exec, keeps only its socket, the home folder and the
 * spool open, never touches the store, and is killed by the kernel when the run dies.  It tries
 * again by itself (attempts, backoff) and tells only the final result.
 *
 * Life: worker_start, parcels in both directions, worker_stop.
 */
#ifndef PURSER_WORKER_H
#define PURSER_WORKER_H

#include "config/run.h"
#include "courier/parcel.h"

#include <sys/types.h>

struct worker {
    pid_t process;
    int socket;
    int asked;     /* parcels not answered yet */
    bool is_ready; /* has logged in */
};

MUST_USE enum outcome
worker_start(struct worker *worker, const struct run *run, int spool, const struct partner *partner,
             const struct mailbox *mailbox, struct fault *why);

/* Ask it to end (by closing), wait a moment, then kill. */
void worker_stop(struct worker *worker);

#endif
