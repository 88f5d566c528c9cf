#include "desk/price_moves.h"

#include "desk/ladders.h"

#include <assert.h>
#include <stdlib.h>

enum { LADDER_BYTES_MAX = 16 * 1024 * 1024 };

/* Where a comparison of two versions stands. */
struct comparison {
    struct store *store;
    int64_t version_before;
    int64_t share_max_micros;
    struct ladders ladders; /* of the new version */
    struct arena arena;     /* of the ladder that it is compared with */
    struct arena kept;      /* of the rows that move most so far */
    struct master_row before;
    struct master_row now;
    struct price_move largest;
    int64_t count;
    int64_t beyond;
    struct price_move moves[LADDER_ROWS_MAX];
};

static void
comparison_free(struct comparison **comparison)
{
    ladders_close(&(*comparison)->ladders);
    arena_close(&(*comparison)->arena);
    arena_close(&(*comparison)->kept);
    free(*comparison);
}

static void
keep(struct comparison *comparison, const struct price_move *move)
{
    arena_reset(&comparison->kept);
    master_row_copy(DOCUMENT_PRICES, move->before, &comparison->kept, &comparison->before);
    master_row_copy(DOCUMENT_PRICES, move->now, &comparison->kept, &comparison->now);
    comparison->largest = (struct price_move){&comparison->before, &comparison->now};
}

static enum outcome
compare_ladder(struct comparison *comparison, struct fault *why)
{
    struct ladders *ladders = &comparison->ladders;
    struct master_row *rows = NULL;
    size_t count = 0;
    arena_reset(&comparison->arena);
    TRY(master_ladder(comparison->store, comparison->version_before, &ladders->rows[0].price,
                      LADDER_ROWS_MAX, &comparison->arena, &rows, &count, why));
    const struct ladder before = {.rows = rows, .count = count};
    const struct ladder now = {.rows = ladders->rows, .count = ladders->count};
    const size_t moved = ladder_moves(&before, &now, comparison->moves);
    for (size_t index = 0; index < moved; index++) {
        const struct price_move *move = &comparison->moves[index];
        comparison->count++;
        comparison->beyond += price_move_exceeds(move, comparison->share_max_micros);
        if (price_move_is_larger(move, &comparison->largest)) {
            keep(comparison, move);
        }
    }
    return DONE;
}

static void
tell(const struct comparison *comparison, struct arena *arena, struct price_moves *moves)
{
    char before[DECIMAL_TEXT_SIZE];
    char now[DECIMAL_TEXT_SIZE];
    const struct price_move *largest = &comparison->largest;
    *moves = (struct price_moves){.count = comparison->count,
                                  .beyond = comparison->beyond,
                                  .where = "",
                                  .prices = "",
                                  .share = ""};
    if (largest->before == NULL) {
        return;
    }
    moves->where = ladder_name(largest->now, true, arena);
    decimal_format(before, largest->before->price.price_micros, MICROS_PLACES, 2);
    decimal_format(now, largest->now->price.price_micros, MICROS_PLACES, 2);
    moves->prices = arena_format(arena, "%s -> %s", before, now);
    moves->share = price_move_text(largest, arena);
    moves->line = largest->now->line;
}

enum outcome
price_moves(struct store *store, int64_t version_before, int64_t version_now,
            int64_t share_max_micros, struct arena *arena, struct price_moves *moves,
            struct fault *why)
{
    __attribute__((cleanup(comparison_free))) struct comparison *comparison =
        calloc(1, sizeof *comparison);
    assert(comparison != NULL);
    comparison->store = store;
    comparison->version_before = version_before;
    comparison->share_max_micros = share_max_micros;
    arena_init(&comparison->arena, LADDER_BYTES_MAX);
    arena_init(&comparison->kept, LADDER_BYTES_MAX);
    TRY(ladders_open(&comparison->ladders, store, version_now, why));
    enum outcome outcome;
    while ((outcome = ladders_next(&comparison->ladders, why)) == DONE) {
        TRY(compare_ladder(comparison, why));
    }
    tell(comparison, arena, moves);
    return outcome == NONE ? DONE : outcome;
}
