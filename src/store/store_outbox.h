/* store_outbox.h -- rows of the transactional outbox: messages that wait, and the files they
 * become.
 *
 * A message is added in the transaction that makes it true; writers/outbox.c turns it into a file.
 */
#ifndef PURSER_STORE_OUTBOX_H
#define PURSER_STORE_OUTBOX_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* What one message is about: the members that its kind names in writers/writer.h, the others 0
 * (NULL in the store). */
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
    int64_t invoice_id;
    int64_t production_id;
    int64_t release_id;
    int64_t return_id;
    int64_t stop_id;
    int64_t reminder; /* of an approval: 0 the request; of a production 1: it is taken back */
};

/* Add it to the messages that wait for a file.  Within the caller's transaction. */
MUST_USE enum outcome
outbox_message_add(struct store *store, const struct outbox_message *message, struct fault *why);

/* Sealing, all in one transaction: the waiting messages of a partner and kind become files of so
 * many messages each, in the order in which they came to wait, which is that of their numbers.  A
 * file names its messages by the first and the last; what is above the last one sealed waits. */
struct outbox_group {
    const char *partner;
    const char *kind;
    int64_t newest_message;
    int64_t sealed_message; /* the last in a file, 0 when none */
    int64_t sequence;       /* of that file, 0 when none */
};
/* Those in which messages wait, sorted. */
MUST_USE enum outcome outbox_groups(struct store *store, struct arena *arena,
                                    struct outbox_group **groups, size_t *count, struct fault *why);

/* Up to when the set times of a partner's order-status files have passed; `otherwise` when that was
 * never noted. */
MUST_USE enum outcome status_look_get(struct store *store, const char *partner, int64_t otherwise,
                                      int64_t *looked_ms, struct fault *why);
MUST_USE enum outcome
status_look_put(struct store *store, const char *partner, int64_t looked_ms, struct fault *why);

struct outbox_file {
    int64_t id;
    int64_t messages_of; /* file whose messages it shows: itself, or the one it is a format of */
    const char *partner;
    const char *kind;
    int64_t sequence;
    const char *name;
    const char *format;
    bool is_staged;
    bool is_dropped; /* there was nothing to write */
    int64_t first_message;
    int64_t last_message;
    int64_t created_ms;
    int64_t size; /* filled while it is written */
    char sha256[DIGEST_HEX_SIZE];
};
/* So many messages it holds. */
static inline int64_t
outbox_file_messages(const struct outbox_file *file)
{
    return file->last_message - file->first_message + 1;
}
/* Add a sealed file; fills its id.  `messages_of` 0: its own. */
MUST_USE enum outcome
outbox_file_add(struct store *store, struct outbox_file *file, struct fault *why);
/* Up to count_max sealed or staged files with ids above `after`, by id, which is the order of
 * sealing. */
MUST_USE enum outcome
outbox_files_open(struct store *store, int64_t after, size_t count_max, struct arena *arena,
                  struct outbox_file **files, size_t *count, struct fault *why);
MUST_USE enum outcome
outbox_file_staged(struct store *store, const struct outbox_file *file, struct fault *why);
/* It goes out without this form: a sealed file that is no other's messages_of. */
MUST_USE enum outcome
outbox_file_drop(struct store *store, const struct outbox_file *file, struct fault *why);
MUST_USE enum outcome
outbox_file_written(struct store *store, const struct outbox_file *file, struct fault *why);

#endif
