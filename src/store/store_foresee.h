/* store_foresee.h -- which lines are promised, and for which day: to be compared with what a change
 * would make of it.
 *
 * Every function works within the caller's transaction. */
#ifndef PURSER_STORE_FORESEE_H
#define PURSER_STORE_FORESEE_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

struct foreseen_line {
    int64_t order_id;
    int64_t ordinal; /* of the order line; 100000 + that of goods that are given */
    const char *partner;
    const char *order_number;
    const char *number;
    const char *sku;
    bool is_wanted; /* something of it has come or is to come; these two by foresee_promised */
    int32_t promised;
};

/* The open lines of all orders in line, by partner, number and line; and all that is wanted of one
 * order.  Both without their days. */
MUST_USE enum outcome foresee_open(struct store *store, struct arena *arena,
                                   struct foreseen_line **lines, size_t *count, struct fault *why);
MUST_USE enum outcome
foresee_wanted(struct store *store, int64_t order_id, struct arena *arena,
               struct foreseen_line **lines, size_t *count, struct fault *why);

/* Whether it is wanted, and for which day it is promised; DAY_NONE: nobody can say.  What is not in
 * line is not wanted there. */
MUST_USE enum outcome
foresee_promised(struct store *store, struct foreseen_line *line, struct fault *why);

#endif
