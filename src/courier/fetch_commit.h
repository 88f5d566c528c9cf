/* fetch_commit.h -- private to courier/: what fetch.c gathers, and its commit.
 *
 * Answers that come soon after one another are committed together, so that a thousand small files
 * do not cost a thousand syncs.
 */
#ifndef PURSER_FETCH_COMMIT_H
#define PURSER_FETCH_COMMIT_H

#include "courier/crew.h"
#include "courier/visit.h"

enum { BATCH_MAX = 64 };

/* An answer that waits for its commit. */
struct done {
    struct visit *visit;
    struct task task;
    struct parcel answer;
    char spool[SPOOL_NAME_SIZE];
    int64_t arrival_id;
};

struct fetch {
    struct run *run;
    struct crew crew;
    struct visit *visits;
    size_t visit_count;
    struct done *batch;
    size_t batch_count;
    int64_t batch_ms; /* when its first answer came */
    int64_t stop_ms;  /* 0: nobody asked to stop; else when patience ends */
};

/* Name copied files in the spool, sync it, commit the rows; only then are the partner's copies due
 * to go. */
MUST_USE enum outcome fetch_commit(struct fetch *fetch, struct fault *why);

/* What landed (after the arrival `before`) from a mailbox that could not be fetched wholly may
 * refer to what is missing, as prices do to products: it waits for the next run, one run and no
 * longer, so that a file which can never be fetched stops nothing for good. */
MUST_USE enum outcome fetch_hold_back(struct fetch *fetch, int64_t before, struct fault *why);

#endif
