/* filing.h -- files whose interchange is final leave the spool; private to src/desk. */
#ifndef PURSER_FILING_H
#define PURSER_FILING_H

#include "config/run.h"

/* Move them to archive/, quarantine/ or duplicate/ of their partner, under names that follow from
 * their rows; a move that was interrupted is taken up again. */
MUST_USE enum outcome filing_work(struct run *run, struct fault *why);

#endif
