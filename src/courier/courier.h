/* courier.h -- brings files from the partners' mailboxes and takes ours to them.  The only user of
 * libssh2.
 *
 * Every mailbox with something to do is served by a worker process of its own (several at a time),
 * which has the network and the spool but not the store: what it did it reports over a pipe, and
 * only after our commit may it remove the partner's copy or rename an upload.  One mailbox that
 * fails never holds up the others, and never fails the run: it is counted, logged, and tried again
 * in the next run.
 *
 * A file over the limit file-size is answered like any other, so intake gets it to refuse it: a
 * claimed file as it is, of a copied one the first file-size + 1 bytes.  That one stays with the
 * partner and is remembered: it is fetched again only when it has changed, or the limit has.
 */
#ifndef PURSER_COURIER_H
#define PURSER_COURIER_H

#include "config/run.h"

/* Station "fetch": files of all mailboxes into .purser/spool, one row of `arrival` each. */
MUST_USE enum outcome courier_fetch(struct run *run, struct fault *why);

/* Station "deliver": written outbox files to the partners that have a mailbox for it; then into
 * .purser/sent/PARTNER/. */
MUST_USE enum outcome courier_deliver(struct run *run, struct fault *why);

/* For `purser doctor` and `purser partner test`: connect, check the host key, log in, list; a plain
 * sentence on trouble. */
MUST_USE enum outcome courier_test(const struct config *config, const struct partner *partner,
                                   const struct mailbox *mailbox, int home, char *sentence,
                                   size_t sentence_size, struct fault *why);

#endif
