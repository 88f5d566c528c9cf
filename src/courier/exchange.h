/* exchange.h -- private to courier/: the single steps of fetching and delivering, each safe to
 * repeat.
 *
 * The same for both kinds of mailbox.  A worker calls them (worker.c); what they need from the
 * store comes in the parcel that asks, what they found goes back in the answer.  RETRY: the
 * connection is gone, open another and call again.
 */
#ifndef PURSER_EXCHANGE_H
#define PURSER_EXCHANGE_H

#include "base/file.h"
#include "courier/parcel.h"
#include "courier/remote.h"

struct exchange {
    const struct partner *partner;
    const struct mailbox *mailbox;
    const struct limits *limits;
    struct remote remote; /* closed while not connected */
    int home;             /* borrowed, like the next */
    int spool;
    char *buffer;         /* EXCHANGE_BUFFER_SIZE bytes */
    struct draft landing; /* of the file being fetched; outlives a broken connection, so that it
                             goes on where it was */
    bool is_landing;
    bool reads_small;
    bool rename_is_open; /* of the file being finished: a rename was sent and not answered; outlives
                            the connection too */
};

enum { EXCHANGE_BUFFER_SIZE = 1024 * 1024 };

void exchange_init(struct exchange *exchange);
void exchange_close(struct exchange *exchange);

/* The answer is filled in but for kind and key where a call fails. */
MUST_USE enum outcome exchange_claim(struct exchange *exchange, const struct parcel *asked,
                                     struct parcel *answer, struct fault *why);
MUST_USE enum outcome exchange_get(struct exchange *exchange, const struct parcel *asked,
                                   struct parcel *answer, struct fault *why);
MUST_USE enum outcome exchange_settle(struct exchange *exchange, const struct parcel *asked,
                                      struct parcel *answer, struct fault *why);
MUST_USE enum outcome exchange_put(struct exchange *exchange, const struct parcel *asked,
                                   struct parcel *answer, struct fault *why);
MUST_USE enum outcome exchange_finish(struct exchange *exchange, const struct parcel *asked,
                                      struct parcel *answer, struct fault *why);

/* Size and digest of a file in the spool, synced; NONE when it is not there.  Also for claims of an
 * interrupted run. */
MUST_USE enum outcome exchange_measure(int spool, const char *name, char *buffer, int64_t *size,
                                       char sha256[DIGEST_HEX_SIZE], struct fault *why);

#endif
