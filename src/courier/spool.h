/* spool.h -- private to courier/: names and order in .purser/spool.
 *
 * A file's name there follows from what it is (partner, mailbox, name, size, time, content) and how
 * often that came before, never from when or by which worker it was fetched: fetching it again
 * after a crash replaces it.
 */
#ifndef PURSER_SPOOL_H
#define PURSER_SPOOL_H

#include "config/run.h"
#include "courier/parcel.h"
#include "store/store_arrival.h"

/* `sha256` is "" for a file that is not read yet. */
void spool_name(char name[SPOOL_NAME_SIZE], const struct arrival_key *key, const char *sha256,
                int64_t came_before);

/* Before fetching: remove half files of an interrupted run, and bring claims of mailboxes that are
 * configured no longer to their end. */
MUST_USE enum outcome spool_recover(struct run *run, int spool, struct fault *why);

/* After fetching: whatever the store does not know (the partner changed a file just when a run was
 * interrupted, or the store was restored from a backup) is put aside into .purser/stray/ for a
 * person to see. */
MUST_USE enum outcome spool_put_strays_aside(struct run *run, int spool, struct fault *why);

#endif
