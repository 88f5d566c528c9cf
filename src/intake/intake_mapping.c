/* A file that several mappings take becomes as many arrivals: each is judged, answered and filed on
 * its own.  The rows of the copies are committed before their files are made (second names of the
 * same file), and these before any is taken: so at whatever instruction a run is killed, the next
 * one finds the file that a copy is made from still in the spool. */
#include "intake/intake_mapping.h"

#include "base/file.h"
#include "store/store.h"
#include "store/store_arrival.h"
#include "store/store_lookup.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BYTES_MAX = 512 * 1024 * 1024, LIST_BYTES_MAX = 16 * 1024 * 1024 };

/* Between the name of a file in the spool and the number of its copy. */
static const char copy_mark[] = ".as-";

static enum outcome
add_copy(struct run *run, const struct arrival_unmapped *arrival,
         const struct arrival_mapping *mapping, int number, struct arena *arena, struct fault *why)
{
    const char *spool = arena_format(arena, "%s%s%d", arrival->spool, copy_mark, number);
    return arrival_copy(run->store, arrival->id, spool, mapping, why);
}

static enum outcome
map_arrival(struct run *run, const struct mappings *mappings,
            const struct arrival_unmapped *arrival, struct arena *arena, struct fault *why)
{
    struct arrival_mapping first = {"", 1};
    const struct mapping *mapping;
    size_t at = 0;
    int number = 0;
    while ((mapping = mappings_next(mappings, arrival->name, &at)) != NULL) {
        const struct arrival_mapping found = {mapping->name, mapping->kind != DOCUMENT_LOOKUP};
        if (number++ == 0) {
            first = found;
        } else {
            TRY(add_copy(run, arrival, &found, number, arena, why));
        }
    }
    return arrival_map(run->store, arrival->id, &first, why);
}

static enum outcome
map_arrivals(struct run *run, const struct partner_mappings *item, struct arena *arena,
             struct fault *why)
{
    struct arrival_unmapped *list = NULL;
    size_t count = 0;
    do {
        OWNED(store_tx) tx = {0};
        arena_reset(arena);
        TRY(store_begin(run->store, &tx, why));
        TRY(arrival_list_unmapped(run->store, item->partner->id, arena, &list, &count, why));
        for (size_t index = 0; index < count; index++) {
            TRY(map_arrival(run, &item->mappings, &list[index], arena, why));
        }
        TRY(store_commit(&tx, why));
    } while (count == ARRIVAL_BATCH);
    return DONE;
}

static enum outcome
make_copies(struct run *run, const struct partner_mappings *item, struct arena *arena,
            struct fault *why)
{
    const char **list = NULL;
    size_t count = 0;
    bool has_made = false;
    int spool = -1;
    arena_reset(arena);
    TRY(arrival_list_copies(run->store, item->partner->id, arena, &list, &count, why));
    if (count == 0) {
        return DONE;
    }
    TRY(file_open_folder(run->state, "spool", &spool, why));
    enum outcome outcome = DONE;
    for (size_t index = 0; index < count && outcome == DONE; index++) {
        const char *mark = strstr(list[index], copy_mark);
        const char *from = arena_copy_bytes(arena, list[index], (size_t)(mark - list[index]));
        /* One whose original is gone is told of where it is opened. */
        if (!file_exists(spool, list[index]) && file_exists(spool, from)) {
            outcome = file_link(spool, from, list[index], why);
            has_made = true;
        }
    }
    if (outcome == DONE && has_made) {
        outcome = file_sync_folder(spool, ".purser/spool", why);
    }
    close(spool);
    return outcome;
}

static enum outcome
prepare(struct run *run, const struct partner_mappings *item, struct fault *why)
{
    OWNED(arena) arena;
    arena_init(&arena, LIST_BYTES_MAX);
    for (size_t index = 0; index < item->mappings.mistake_count; index++) {
        run_say(run, LOG_TROUBLE, M_RUN_MAPPINGS_BROKEN, item->partner->id, item->partner->mappings,
                item->mappings.mistakes[index]);
    }
    if (item->mappings.mistake_count > 0) {
        return DONE;
    }
    TRY(map_arrivals(run, item, &arena, why));
    return make_copies(run, item, &arena, why);
}

enum outcome
intake_mappings_open(struct intake_mappings *mappings, struct run *run, struct fault *why)
{
    const struct config *config = run->config;
    *mappings = (struct intake_mappings){.count = 0};
    arena_init(&mappings->arena, BYTES_MAX);
    mappings->items =
        arena_array(&mappings->arena, struct partner_mappings, config->partner_count + 1);
    for (size_t index = 0; index < config->partner_count; index++) {
        const struct partner *partner = &config->partners[index];
        if (partner->mappings[0] == '\0') {
            continue;
        }
        struct partner_mappings *item = &mappings->items[mappings->count++];
        item->partner = partner;
        mappings_load(&item->mappings, partner->mappings_text, partner->mappings_size,
                      &mappings->arena);
        TRY(prepare(run, item, why));
    }
    return DONE;
}

void
intake_mappings_close(struct intake_mappings *mappings)
{
    arena_close(&mappings->arena);
}

bool
intake_mapping_of(const struct intake_mappings *mappings, const struct landed *landed,
                  const struct mapping **mapping)
{
    *mapping = NULL;
    for (size_t index = 0; index < mappings->count; index++) {
        const struct partner_mappings *item = &mappings->items[index];
        if (strcmp(item->partner->id, landed->partner) == 0) {
            *mapping = mappings_named(&item->mappings, landed->mapping);
            return item->mappings.mistake_count == 0;
        }
    }
    return true;
}

static enum outcome
columns(void *context, const char *lookup, struct arena *arena, const char **columns,
        struct fault *why)
{
    const struct intake_lookups *lookups = context;
    return lookup_columns(lookups->store, &(struct lookup_name){lookups->partner, lookup}, arena,
                          columns, why);
}

static enum outcome
find(void *context, const char *lookup, const char *key, struct arena *arena, const char **row,
     struct fault *why)
{
    const struct intake_lookups *lookups = context;
    return lookup_find(lookups->store, &(struct lookup_name){lookups->partner, lookup}, key, arena,
                       row, why);
}

struct lookup_source
intake_lookup_source(struct intake_lookups *lookups)
{
    return (struct lookup_source){lookups, columns, find};
}
