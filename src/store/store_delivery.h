/* store_delivery.h -- outgoing files on their way from outbox/PARTNER/ to the partner's mailbox.
 *
 * The table is outbox_file; here it goes from `written` by `renaming` (complete under a temporary
 * name at the partner's, and the rename may have been sent) to `delivered`; `uploaded` is where a
 * file stays whose rename is known not to have happened.  Everything before is store_outbox.h's.
 */
#ifndef PURSER_STORE_DELIVERY_H
#define PURSER_STORE_DELIVERY_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum delivery_state {
    DELIVERY_WRITTEN,
    DELIVERY_UPLOADED,
    DELIVERY_RENAMING,
    DELIVERY_STATE_COUNT
};

struct delivery {
    int64_t id;
    const char *name;
    int64_t size;
    const char *sha256;
    enum delivery_state state;
    bool rename_is_open; /* an earlier rename may have been carried out */
    bool was_damaged;    /* false from here: the caller notes that it was uploaded in vain */
};

/* What waits for the partner, oldest first. */
MUST_USE enum outcome delivery_list(struct store *store, const char *partner, struct arena *arena,
                                    struct delivery **list, size_t *count, struct fault *why);

/* Was this file of outbox/PARTNER/ delivered (and only not put away yet)? */
MUST_USE enum outcome delivery_is_done(struct store *store, const char *partner, const char *name,
                                       bool *is_done, struct fault *why);

MUST_USE enum outcome
delivery_move(struct store *store, int64_t id, enum delivery_state state, struct fault *why);
/* `remark`: what was odd about it, "" for nothing. */
MUST_USE enum outcome delivery_delivered(struct store *store, int64_t id, int64_t delivered_ms,
                                         const char *remark, struct fault *why);
MUST_USE enum outcome
delivery_failed(struct store *store, int64_t id, const char *trouble, struct fault *why);

#endif
