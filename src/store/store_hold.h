/* store_hold.h -- versions of master data that wait for a person before they are in force.
 *
 * Of each master at most one waits: a later file takes its place.  Every function works within the
 * caller's transaction. */
#ifndef PURSER_STORE_HOLD_H
#define PURSER_STORE_HOLD_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document_kind.h"

#include <stdint.h>

struct store;

enum hold_verdict { HOLD_CONFIRMED, HOLD_REJECTED, HOLD_REPLACED, HOLD_VERDICT_COUNT };

MUST_USE enum outcome hold_add(struct store *store, int64_t interchange_id, enum document_kind kind,
                               int64_t moment_ms, struct fault *why);

/* The file that waits with a version of the master; NONE: none does. */
MUST_USE enum outcome
hold_find(struct store *store, enum document_kind kind, int64_t *interchange_id, struct fault *why);

/* The file that waits by its partner and its name, or the beginning of its SHA-256. */
MUST_USE enum outcome hold_find_file(struct store *store, const char *partner, const char *name,
                                     int64_t *interchange_id, struct fault *why);

MUST_USE enum outcome
hold_decide(struct store *store, int64_t interchange_id, enum hold_verdict verdict,
            int64_t moment_ms, const char *by, struct fault *why);

#endif
