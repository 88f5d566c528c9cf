/* store_interchange.h -- files as they arrived, what became of them, and their findings. */
#ifndef PURSER_STORE_INTERCHANGE_H
#define PURSER_STORE_INTERCHANGE_H

#include "base/arena.h"
#include "base/fault.h"
#include "config/config.h"
#include "order/document.h"
#include "order/finding.h"

#include <stddef.h>
#include <stdint.h>

struct store;

/* A list is read in pieces of at most this many, so that memory does not grow with what waits. */
enum { INTERCHANGE_BATCH = 256 };

/* An arrival that waits for intake. */
struct landed {
    int64_t id;
    const char *partner;
    const char *mailbox;
    const char *name; /* as the partner named it, any bytes */
    size_t name_size;
    const char *spool; /* below .purser/spool/ */
    int64_t size;
    const char *sha256;
    const char *mapping; /* of its partner, "": it is in our layout */
};

enum interchange_state {
    INTERCHANGE_READ,
    INTERCHANGE_TAKEN,
    INTERCHANGE_PARTLY,
    INTERCHANGE_REFUSED,
    INTERCHANGE_DUPLICATE,
    INTERCHANGE_HELD, /* its master data wait for a person: store_hold.h */
    INTERCHANGE_STATE_COUNT
};
extern const char *const interchange_state_names[INTERCHANGE_STATE_COUNT];
extern const char *const acceptance_names[]; /* by enum acceptance, as stored */

struct interchange {
    int64_t id;
    int64_t arrival_id;
    const char *partner;
    const char *name; /* shown safely */
    const char *sha256;
    int64_t size;
    const char *format;
    const char *mapping; /* of its partner; "" or NULL: none.  Only to insert */
    enum document_kind document;
    enum acceptance acceptance;
    enum interchange_state state;
    int64_t duplicate_of; /* 0: none */
    int64_t repetition;
    const char *place;
    int64_t documents;
    int64_t documents_taken;
    int64_t findings;
    int64_t received_ms;
};

/* Arrivals in state 'landed' by (partner, mailbox, name, sha256), without the first `skip`. */
MUST_USE enum outcome
interchange_landed(struct store *store, int64_t run_id, int64_t skip, struct arena *arena,
                   struct landed **items, size_t *count, struct fault *why);
MUST_USE enum outcome
interchange_arrival_taken(struct store *store, int64_t arrival_id, struct fault *why);

/* The interchange that already took these bytes by the same mapping (0: none), and how often the
 * partner had sent them.
 */
MUST_USE enum outcome
interchange_seen(struct store *store, const struct landed *landed, int64_t *original_id,
                 int64_t *repetition, struct fault *why);

MUST_USE enum outcome interchange_insert(struct store *store, struct interchange *interchange,
                                         struct fault *why); /* sets id */
/* Store what was learned since: format, document, state and counts. */
MUST_USE enum outcome
interchange_update(struct store *store, const struct interchange *interchange, struct fault *why);
MUST_USE enum outcome interchange_get(struct store *store, int64_t id, struct arena *arena,
                                      struct interchange *interchange, struct fault *why);

/* What waits for the desk, in the order in which the desk works. */
MUST_USE enum outcome
interchange_waiting(struct store *store, int64_t skip, struct arena *arena,
                    struct interchange **items, size_t *count, struct fault *why);

/* Interchanges in a final state whose file still lies in the spool. */
MUST_USE enum outcome
interchange_unfiled(struct store *store, int64_t skip, struct arena *arena,
                    struct interchange **items, size_t *count, struct fault *why);
MUST_USE enum outcome
interchange_filed(struct store *store, int64_t id, const char *place, struct fault *why);

/* Store findings behind those that the interchange has, as many as fit below FINDINGS_KEPT_MAX;
 * interchange->findings counts all. */
MUST_USE enum outcome interchange_add_findings(struct store *store, struct interchange *interchange,
                                               const struct findings *findings, struct fault *why);

/* Findings about an order version that we made: its response tells them, in place of those of the
 * file that brought the order; they are none of the file's. */
MUST_USE enum outcome
interchange_add_version_findings(struct store *store, int64_t interchange_id, int64_t version,
                                 const struct findings *findings, struct fault *why);

/* One unit within a transaction, which can be undone without the others. */
struct savepoint {
    struct store *store; /* NULL once kept or undone */
};
MUST_USE enum outcome
savepoint_open(struct store *store, struct savepoint *savepoint, struct fault *why);
MUST_USE enum outcome savepoint_keep(struct savepoint *savepoint, struct fault *why);
MUST_USE enum outcome savepoint_undo(struct savepoint *savepoint, struct fault *why);

#endif
