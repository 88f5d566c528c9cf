/* dry_run.h -- private to cli/: what a run would do, found out on a copy.
 *
 * The store, the spool, and the local inboxes are copied to .purser/dry-run/; the stations from
 * recover to write work there, so that the answer is exact: the same findings, prices and files.
 * SFTP servers are not asked and nothing is delivered; both are said.  The copy is removed at the
 * end (one that a kill left behind, at the next dry run).
 */
#ifndef PURSER_DRY_RUN_H
#define PURSER_DRY_RUN_H

#include "cli/command.h"

MUST_USE enum outcome dry_run(struct cli *cli, unsigned int chosen, struct fault *why);

#endif
