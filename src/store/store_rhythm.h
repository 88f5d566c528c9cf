/* store_rhythm.h -- when partners sent their last files of each kind, and the times between them.
 */
#ifndef PURSER_STORE_RHYTHM_H
#define PURSER_STORE_RHYTHM_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/rhythm.h"

struct store;

/* A file of this kind has come.  Within the caller's transaction. */
MUST_USE enum outcome rhythm_note(struct store *store, const char *partner, const char *document,
                                  int64_t received_ms, struct fault *why);

struct partner_rhythm {
    const char *partner;
    const char *document;
    struct rhythm rhythm;
};
/* By partner, then kind. */
MUST_USE enum outcome rhythm_list(struct store *store, struct arena *arena,
                                  struct partner_rhythm **items, size_t *count, struct fault *why);

#endif
