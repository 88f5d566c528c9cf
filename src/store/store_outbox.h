/* store_outbox.h -- rows of the transactional outbox: messages that wait, and the files they become.
 *
 * A message is added in the transaction that makes it true; writers/outbox.c turns it into a file.
 */
#ifndef PURSER_STORE_OUTBOX_H
#define PURSER_STORE_OUTBOX_H

#include "base/fault.h"

#include <stdint.h>

struct store;

/* What one message is about: the members that its kind names in writers/writer.h, the others 0 (NULL in the store). */
struct outbox_message {
    const char *partner; /* who gets it */
    const char *kind;    /* KIND_... of writers/writer.h */
    int64_t interchange_id;
    int64_t order_id;
    int64_t version;
    int64_t event_id;
    int64_t shipment_id;
    int64_t approval_id;
    int64_t report_id;
};

/* Add it to the messages that wait for a file.  Within the caller's transaction. */
MUST_USE enum outcome outbox_message_add(struct store *store, const struct outbox_message *message,
                                         struct fault *why);

#endif
