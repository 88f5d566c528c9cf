/* outbox.h -- the transactional outbox: messages become numbered files, each complete or absent.
 *
 * States of an outbox_file and what brings it on (a crash between any two lines repeats the line):
 *   sealed     one transaction gives number, name and messages
 *   staged     bytes are complete and synced under the temporary name ".NAME.part" in
 * outbox/PARTNER/; size and SHA-256 in the row written    renamed to NAME.  When the temporary name
 * is gone the rename happened, even if the partner took the file since: it is never written twice
 * Delivery over SFTP goes on from there (courier/).
 */
#ifndef PURSER_OUTBOX_H
#define PURSER_OUTBOX_H

#include "config/run.h"
#include "writers/writer.h"

/* Station "recover", first in every run: finish sealed and staged files of an interrupted run
 * before anything changes. */
MUST_USE enum outcome outbox_recover(struct run *run, struct fault *why);

/* Station "write": seal all waiting messages and write the files. */
MUST_USE enum outcome outbox_write(struct run *run, struct fault *why);

#endif
