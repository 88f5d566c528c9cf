/* price_moves.h -- private to desk/: how far a version of the prices moves them against another. */
#ifndef PURSER_PRICE_MOVES_H
#define PURSER_PRICE_MOVES_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdint.h>

struct store;

struct price_moves {
    int64_t count;  /* rows of the new version that move a price */
    int64_t beyond; /* of them by more than the share */
    const char
        *where; /* the one that moves most: "LJ-100, base, EUR, from 12"; "" when none does */
    const char *prices; /* "20.40 -> 30.60" */
    const char *share;  /* "+50%" */
    int64_t line;       /* of its row */
};

/* Texts lie in `arena`. */
MUST_USE enum outcome price_moves(struct store *store, int64_t version_before, int64_t version_now,
                                  int64_t share_max_micros, struct arena *arena,
                                  struct price_moves *moves, struct fault *why);

#endif
