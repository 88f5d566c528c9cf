#include "store/store_rhythm.h"

#include "store/store.h"

#include <string.h>

enum outcome
rhythm_note(struct store *store, const char *partner, const char *document, int64_t received_ms,
            struct fault *why)
{
    TRY(store_run(store, SQL_rhythm_gap, why, INTEGER(RHYTHM_GAPS_MAX), INTEGER(received_ms),
                  TEXT(partner), TEXT(document)));
    return store_run(store, SQL_rhythm_note, why, TEXT(partner), TEXT(document),
                     INTEGER(received_ms));
}

enum outcome
rhythm_list(struct store *store, struct arena *arena, struct partner_rhythm **items, size_t *count,
            struct fault *why)
{
    OWNED(rows) rows = {0};
    struct partner_rhythm *last = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query_bare(store, SQL_rhythm_list, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        if (last == NULL || strcmp(last->partner, rows_text(&rows, 0)) != 0 ||
            strcmp(last->document, rows_text(&rows, 1)) != 0) {
            *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
            last = &(*items)[(*count)++];
            *last = (struct partner_rhythm){.partner = rows_copy(&rows, 0, arena),
                                            .document = rows_copy(&rows, 1, arena),
                                            .rhythm = {.last_ms = rows_integer(&rows, 2)}};
        }
        if (!rows_is_null(&rows, 3) && last->rhythm.gap_count < RHYTHM_GAPS_MAX) {
            last->rhythm.gaps_ms[last->rhythm.gap_count++] = rows_integer(&rows, 3);
        }
    }
    return outcome == NONE ? DONE : outcome;
}
