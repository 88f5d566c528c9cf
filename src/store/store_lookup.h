/* store_lookup.h -- files that a partner's mappings look things up in: tables lookup, lookup_row.
 */
#ifndef PURSER_STORE_LOOKUP_H
#define PURSER_STORE_LOOKUP_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document.h"

#include <stdbool.h>
#include <stdint.h>

struct store;

/* Whose lookup. */
struct lookup_name {
    const char *partner;
    const char *name;
};

/* The rows of an earlier file go; `columns` is its header, as JSON. */
MUST_USE enum outcome
lookup_begin(struct store *store, const struct lookup_name *lookup, int64_t interchange_id,
             const char *columns, int64_t *id, struct fault *why);
/* *is_new: no row had this key. */
MUST_USE enum outcome lookup_add(struct store *store, int64_t id, const struct lookup_row *row,
                                 bool *is_new, struct fault *why);

/* NONE: such a file has not come, or has no such row. */
MUST_USE enum outcome lookup_columns(struct store *store, const struct lookup_name *lookup,
                                     struct arena *arena, const char **columns, struct fault *why);
MUST_USE enum outcome
lookup_find(struct store *store, const struct lookup_name *lookup, const char *key,
            struct arena *arena, const char **cells, struct fault *why);

#endif
