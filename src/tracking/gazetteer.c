#include "tracking/gazetteer.h"

#include "base/text.h"
#include "store/store_tracking.h"

#include <stdlib.h>
#include <string.h>

enum { GAZETTEER_BYTES_MAX = 256 * 1024 * 1024 };

static int
compare_entries(const void *one, const void *other)
{
    const struct gazetteer_entry *left = one;
    const struct gazetteer_entry *right = other;
    const int by_name = strcmp(left->name, right->name);
    return by_name != 0 ? by_name : strcmp(left->country, right->country);
}

static void
add(struct gazetteer *gazetteer, size_t *capacity, const char *name, size_t size,
    const struct tracked_place *place)
{
    const char *copy = arena_format(&gazetteer->arena, "%.*s", (int)size, name);
    gazetteer->entries = arena_grow(&gazetteer->arena, gazetteer->entries,
                                    sizeof *gazetteer->entries, gazetteer->count, capacity);
    gazetteer->entries[gazetteer->count++] =
        (struct gazetteer_entry){text_fold(&gazetteer->arena, copy), place->country,
                                 place->latitude_micros, place->longitude_micros};
}

enum outcome
gazetteer_open(struct gazetteer *gazetteer, struct store *store, struct fault *why)
{
    struct tracked_place *places = NULL;
    size_t count = 0;
    size_t capacity = 0;
    arena_init(&gazetteer->arena, GAZETTEER_BYTES_MAX);
    gazetteer->entries = NULL;
    gazetteer->count = 0;
    TRY(tracked_places(store, &gazetteer->arena, &places, &count, why));
    for (size_t index = 0; index < count; index++) {
        const char *rest = places[index].aliases;
        const char *alias;
        size_t size = 0;
        add(gazetteer, &capacity, places[index].name, strlen(places[index].name), &places[index]);
        while ((alias = text_list_next(&rest, &size)) != NULL) {
            add(gazetteer, &capacity, alias, size, &places[index]);
        }
    }
    if (gazetteer->count > 1) {
        qsort(gazetteer->entries, gazetteer->count, sizeof *gazetteer->entries, compare_entries);
    }
    return DONE;
}

void
gazetteer_close(struct gazetteer *gazetteer)
{
    arena_close(&gazetteer->arena);
}

/* The first entry that is not below the name. */
static size_t
lower_bound(const struct gazetteer *gazetteer, const char *name)
{
    size_t from = 0;
    size_t to = gazetteer->count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (strcmp(gazetteer->entries[middle].name, name) < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

bool
gazetteer_find(const struct gazetteer *gazetteer, const char *name, const char *country,
               int64_t *latitude_micros, int64_t *longitude_micros)
{
    enum { NAME_BYTES_MAX = 64 * 1024 };
    OWNED(arena) arena;
    const struct gazetteer_entry *found = NULL;
    size_t matches = 0;
    arena_init(&arena, NAME_BYTES_MAX);
    const char *folded = text_fold(&arena, name);
    for (size_t at = lower_bound(gazetteer, folded);
         at < gazetteer->count && strcmp(gazetteer->entries[at].name, folded) == 0; at++) {
        if (country[0] == '\0' || strcmp(gazetteer->entries[at].country, country) == 0) {
            found = &gazetteer->entries[at];
            matches++;
        }
    }
    if (matches != 1) {
        return false;
    }
    *latitude_micros = found->latitude_micros;
    *longitude_micros = found->longitude_micros;
    return true;
}
