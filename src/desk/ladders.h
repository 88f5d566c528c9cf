/* ladders.h -- private to desk/: a version of the prices, ladder by ladder (rules/ladder.h).
 *
 * Memory holds one ladder, of at most LADDER_ROWS_MAX rows. */
#ifndef PURSER_LADDERS_H
#define PURSER_LADDERS_H

#include "rules/ladder.h"
#include "store/store_master.h"

struct ladders {
    struct master_scan scan;
    struct arena arenas[2]; /* of this ladder, and of the next one's first row: by turns */
    int turn;
    struct master_row next; /* read already */
    bool has_next;
    struct master_row rows[LADDER_ROWS_MAX]; /* of the ladder */
    size_t count;
    bool is_cut; /* it has more rows */
};

MUST_USE enum outcome
ladders_open(struct ladders *ladders, struct store *store, int64_t version_id, struct fault *why);
/* The next ladder; NONE after the last. */
MUST_USE enum outcome ladders_next(struct ladders *ladders, struct fault *why);
void ladders_close(struct ladders *ladders);

#endif
