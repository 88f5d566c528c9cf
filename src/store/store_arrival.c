#include "store/store_arrival.h"

#include "store/store.h"

#include <string.h>

#define NAME(key) BYTES((key)->name, strlen((key)->name))

enum outcome
arrival_known(struct store *store, const struct arrival_key *key, struct arrival_known *known,
              struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_arrival_known, &rows, why, TEXT(key->partner), TEXT(key->mailbox),
                    NAME(key), INTEGER(key->size), INTEGER(key->mtime_s)));
    TRY(rows_next(&rows, why));
    known->count = rows_integer(&rows, 0);
    known->present = rows_integer(&rows, 1);
    return DONE;
}

enum outcome
arrival_claim(struct store *store, const struct arrival_key *key, const char *spool,
              int64_t arrived_ms, struct fault *why)
{
    return store_run(store, SQL_arrival_claim, why, TEXT(key->partner), TEXT(key->mailbox),
                     NAME(key), INTEGER(key->size), INTEGER(key->mtime_s), TEXT(spool),
                     INTEGER(arrived_ms));
}

static struct value
remote_state(const struct arrival_content *content)
{
    return TEXT(content->is_settled ? "settled" : "present");
}

enum outcome
arrival_land(struct store *store, const struct arrival_key *key,
             const struct arrival_content *content, int64_t arrived_ms, struct fault *why)
{
    return store_run(store, SQL_arrival_land, why, TEXT(key->partner), TEXT(key->mailbox),
                     NAME(key), INTEGER(key->size), INTEGER(key->mtime_s), TEXT(content->spool),
                     INTEGER(content->size), TEXT(content->sha256), remote_state(content),
                     INTEGER(arrived_ms));
}

enum outcome
arrival_claim_landed(struct store *store, int64_t id, const struct arrival_content *content,
                     struct fault *why)
{
    return store_run(store, SQL_arrival_claim_landed, why, INTEGER(content->size),
                     TEXT(content->sha256), remote_state(content), INTEGER(id));
}

enum outcome
arrival_claim_dropped(struct store *store, int64_t id, struct fault *why)
{
    return store_run(store, SQL_arrival_claim_dropped, why, INTEGER(id));
}

enum outcome
arrival_settled(struct store *store, int64_t id, struct fault *why)
{
    return store_run(store, SQL_arrival_settled, why, INTEGER(id));
}

static char *
copy_name(const struct rows *rows, int column, struct arena *arena)
{
    size_t size;
    const void *bytes = rows_bytes(rows, column, &size);
    return arena_copy_bytes(arena, bytes, size);
}

enum outcome
arrival_list_open(struct store *store, const struct arrival_key *mailbox, struct arena *arena,
                  struct arrival_open **list, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct arrival_open *items = NULL;
    size_t length = 0, capacity = 0;
    enum outcome outcome;
    TRY(store_query(store, SQL_arrival_open, &rows, why, TEXT(mailbox->partner),
                    TEXT(mailbox->mailbox)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        items = arena_grow(arena, items, sizeof *items, length, &capacity);
        items[length++] = (struct arrival_open){
            .id = rows_integer(&rows, 0),
            .name = copy_name(&rows, 1, arena),
            .size = rows_integer(&rows, 2),
            .mtime_s = rows_integer(&rows, 3),
            .spool = rows_copy(&rows, 4, arena),
            .is_claim = strcmp(rows_text(&rows, 5), "claiming") == 0,
        };
    }
    *list = items;
    *count = length;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
arrival_list_claims(struct store *store, struct arena *arena, struct arrival_claimed **list,
                    size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct arrival_claimed *items = NULL;
    size_t length = 0, capacity = 0;
    enum outcome outcome;
    TRY(store_query_bare(store, SQL_arrival_claims, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        items = arena_grow(arena, items, sizeof *items, length, &capacity);
        items[length++] = (struct arrival_claimed){
            .id = rows_integer(&rows, 0),
            .partner = rows_copy(&rows, 1, arena),
            .mailbox = rows_copy(&rows, 2, arena),
            .spool = rows_copy(&rows, 3, arena),
        };
    }
    *list = items;
    *count = length;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
arrival_last(struct store *store, int64_t *id, struct fault *why)
{
    return store_number_values(store, SQL_arrival_last, NULL, 0, 0, id, why);
}

enum outcome
arrival_hold(struct store *store, const struct arrival_key *mailbox, int64_t after, int64_t run_id,
             int64_t *count, struct fault *why)
{
    TRY(store_run(store, SQL_arrival_hold, why, INTEGER(run_id), TEXT(mailbox->partner),
                  TEXT(mailbox->mailbox), INTEGER(after)));
    *count = store_changes(store);
    return DONE;
}

enum outcome
arrival_wait(struct store *store, int64_t id, int64_t run_id, const char *trouble,
             struct fault *why)
{
    return store_run(store, SQL_arrival_wait, why, INTEGER(run_id), TEXT(trouble), INTEGER(id));
}

enum outcome
arrival_hold_rest(struct store *store, const char *partner, const char *mailbox, int64_t run_id,
                  int64_t *count, struct fault *why)
{
    TRY(store_run(store, SQL_arrival_hold_rest, why, INTEGER(run_id), TEXT(partner),
                  TEXT(mailbox)));
    *count = store_changes(store);
    return DONE;
}

enum outcome
arrival_spool_known(struct store *store, const char *spool, bool *is_known, struct fault *why)
{
    int64_t count;
    TRY(store_number(store, SQL_arrival_spool_known, 0, &count, why, TEXT(spool)));
    *is_known = count > 0;
    return DONE;
}

enum outcome
arrival_list_unmapped(struct store *store, const char *partner, struct arena *arena,
                      struct arrival_unmapped **list, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct arrival_unmapped *items = arena_array(arena, struct arrival_unmapped, ARRIVAL_BATCH);
    size_t length = 0;
    enum outcome outcome;
    TRY(store_query(store, SQL_arrival_unmapped, &rows, why, TEXT(partner),
                    INTEGER(ARRIVAL_BATCH)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        size_t size = 0;
        const void *name = rows_bytes(&rows, 1, &size);
        items[length++] = (struct arrival_unmapped){
            .id = rows_integer(&rows, 0),
            .name = arena_copy_bytes(arena, name, size),
            .spool = rows_copy(&rows, 2, arena),
        };
    }
    *list = items;
    *count = length;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
arrival_map(struct store *store, int64_t id, const struct arrival_mapping *mapping,
            struct fault *why)
{
    return store_run(store, SQL_arrival_map, why, TEXT(mapping->name), INTEGER(mapping->turn),
                     INTEGER(id));
}

enum outcome
arrival_copy(struct store *store, int64_t id, const char *spool,
             const struct arrival_mapping *mapping, struct fault *why)
{
    return store_run(store, SQL_arrival_copy, why, TEXT(spool), TEXT(mapping->name),
                     INTEGER(mapping->turn), INTEGER(id));
}

enum outcome
arrival_list_copies(struct store *store, const char *partner, struct arena *arena,
                    const char ***list, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    const char **items = NULL;
    size_t length = 0, capacity = 0;
    enum outcome outcome;
    TRY(store_query(store, SQL_arrival_copies, &rows, why, TEXT(partner)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        items = arena_grow(arena, items, sizeof *items, length, &capacity);
        items[length++] = rows_copy(&rows, 0, arena);
    }
    *list = items;
    *count = length;
    return outcome == NONE ? DONE : outcome;
}
