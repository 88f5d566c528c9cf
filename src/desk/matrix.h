/* matrix.h -- the modification matrix in force, as rules; private to src/desk. */
#ifndef PURSER_MATRIX_H
#define PURSER_MATRIX_H

#include "base/arena.h"
#include "base/fault.h"
#include "rules/modification.h"

struct store;

/* The rows of a version of the list (0: there is none), in the order of their lines. */
MUST_USE enum outcome
matrix_read(struct store *store, int64_t version_id, struct arena *arena,
            struct modification_rule **rules, size_t *count, struct fault *why);

#endif
