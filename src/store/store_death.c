#include "store/store_death.h"

#include "base/text.h"
#include "store/store.h"

enum { NAME_SHOWN_MAX = 255 };

enum outcome
death_add(struct store *store, int64_t run_id, int64_t arrival_id, int64_t noted_ms,
          struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(store, &tx, why));
    TRY(store_run(store, SQL_death_add, why, INTEGER(run_id), INTEGER(noted_ms),
                  INTEGER(arrival_id)));
    const int64_t changes = store_changes(store);
    TRY(store_commit(&tx, why));
    return changes == 0 ? NONE : DONE;
}

enum outcome
death_list(struct store *store, int64_t since_ms, struct arena *arena, struct suspect **suspects,
           size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct suspect *items = NULL;
    size_t length = 0, capacity = 0;
    enum outcome outcome;
    TRY(store_query(store, SQL_death_list, &rows, why, INTEGER(since_ms)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        size_t size = 0;
        const void *name = rows_bytes(&rows, 2, &size);
        items = arena_grow(arena, items, sizeof *items, length, &capacity);
        items[length++] = (struct suspect){
            .arrival_id = rows_integer(&rows, 0),
            .partner = rows_copy(&rows, 1, arena),
            .name = text_show(arena, name, size, NAME_SHOWN_MAX),
            .deaths = rows_integer(&rows, 3),
        };
    }
    *suspects = items;
    *count = length;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
death_forget(struct store *store, int64_t arrival_id, struct fault *why)
{
    return store_run(store, SQL_death_forget, why, INTEGER(arrival_id));
}
