#include "desk/ladders.h"

#include <string.h>

enum { LADDER_BYTES_MAX = 16 * 1024 * 1024 };

enum outcome
ladders_open(struct ladders *ladders, struct store *store, int64_t version_id, struct fault *why)
{
    memset(ladders, 0, sizeof *ladders);
    arena_init(&ladders->arenas[0], LADDER_BYTES_MAX);
    arena_init(&ladders->arenas[1], LADDER_BYTES_MAX);
    TRY(master_scan_open(&ladders->scan, store, DOCUMENT_PRICES, version_id, why));
    const enum outcome outcome =
        master_scan_next(&ladders->scan, &ladders->arenas[0], &ladders->next, why);
    ladders->has_next = outcome == DONE;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
ladders_next(struct ladders *ladders, struct fault *why)
{
    if (!ladders->has_next) {
        return NONE;
    }
    struct arena *arena = &ladders->arenas[ladders->turn];
    struct arena *other = &ladders->arenas[1 - ladders->turn];
    ladders->turn = 1 - ladders->turn;
    ladders->rows[0] = ladders->next;
    ladders->count = 1;
    ladders->is_cut = false;
    for (;;) {
        /* Whose row it is shows only when it is read, so it may have to outlive the ladder. */
        arena_reset(other);
        const enum outcome outcome = master_scan_next(&ladders->scan, other, &ladders->next, why);
        ladders->has_next = outcome == DONE;
        if (outcome == NONE) {
            return DONE;
        }
        TRY(outcome);
        if (!ladder_is_same(&ladders->rows[0], &ladders->next)) {
            return DONE;
        }
        if (ladders->count == LADDER_ROWS_MAX) {
            ladders->is_cut = true;
            continue;
        }
        master_row_copy(DOCUMENT_PRICES, &ladders->next, arena, &ladders->rows[ladders->count++]);
    }
}

void
ladders_close(struct ladders *ladders)
{
    master_scan_close(&ladders->scan);
    arena_close(&ladders->arenas[0]);
    arena_close(&ladders->arenas[1]);
}
