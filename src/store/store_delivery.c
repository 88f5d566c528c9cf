#include "store/store_delivery.h"

#include "store/store.h"

#include <string.h>

static const char *const state_names[DELIVERY_STATE_COUNT] = {"written", "uploaded", "renaming"};

static enum delivery_state
state_of(const char *name)
{
    enum delivery_state state = DELIVERY_WRITTEN;
    while (state < DELIVERY_RENAMING && strcmp(state_names[state], name) != 0) {
        state++;
    }
    return state;
}

enum outcome
delivery_list(struct store *store, const char *partner, struct arena *arena, struct delivery **list,
              size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct delivery *items = NULL;
    size_t length = 0, capacity = 0;
    enum outcome outcome;
    TRY(store_query(store, SQL_delivery_list, &rows, why, TEXT(partner)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const enum delivery_state state = state_of(rows_text(&rows, 4));
        items = arena_grow(arena, items, sizeof *items, length, &capacity);
        items[length++] = (struct delivery){
            .id = rows_integer(&rows, 0),
            .name = rows_copy(&rows, 1, arena),
            .size = rows_integer(&rows, 2),
            .sha256 = rows_copy(&rows, 3, arena),
            .state = state,
            .rename_is_open = state == DELIVERY_RENAMING,
        };
    }
    *list = items;
    *count = length;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
delivery_is_done(struct store *store, const char *partner, const char *name, bool *is_done,
                 struct fault *why)
{
    int64_t count;
    TRY(store_number(store, SQL_delivery_state, 0, &count, why, TEXT(partner), TEXT(name)));
    *is_done = count > 0;
    return DONE;
}

enum outcome
delivery_move(struct store *store, int64_t id, enum delivery_state state, struct fault *why)
{
    return store_run(store, SQL_delivery_move, why, TEXT(state_names[state]), INTEGER(id));
}

enum outcome
delivery_delivered(struct store *store, int64_t id, int64_t delivered_ms, const char *remark,
                   struct fault *why)
{
    return store_run(store, SQL_delivery_delivered, why, INTEGER(delivered_ms),
                     remark[0] == '\0' ? NOTHING : TEXT(remark), INTEGER(id));
}

enum outcome
delivery_failed(struct store *store, int64_t id, const char *trouble, struct fault *why)
{
    return store_run(store, SQL_delivery_failed, why, TEXT(trouble), INTEGER(id));
}
