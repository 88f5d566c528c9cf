#include "store/store_story.h"

#include "base/date.h"
#include "base/decimal.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

enum column {
    HAPPENED,
    KNOWN,
    SOURCE,
    FIRST,
    SECOND,
    KIND,
    ACTOR,
    VERSION,
    BEGINS,
    PARTNER,
    NAME,
    DIGEST,
    DETAIL,
    CURRENCY,
    FACT_KEY,
    FACT_VALUE,
    FACT_TYPE
};

/* What is added to a name says in which unit its number is. */
static bool
cut(struct arena *arena, const char **name, const char *unit)
{
    const size_t size = strlen(*name);
    const size_t unit_size = strlen(unit);
    if (size <= unit_size || strcmp(*name + size - unit_size, unit) != 0) {
        return false;
    }
    *name = arena_copy_bytes(arena, *name, size - unit_size);
    return true;
}

static struct story_fact
fact_of(const struct rows *rows, struct arena *arena)
{
    char text[DECIMAL_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    struct story_fact fact = {.name = rows_copy(rows, FACT_KEY, arena),
                              .value = rows_copy(rows, FACT_VALUE, arena)};
    if (strcmp(rows_text(rows, FACT_TYPE), "integer") != 0) {
        return fact;
    }
    const int64_t number = rows_integer(rows, FACT_VALUE);
    if (cut(arena, &fact.name, "_minor")) {
        const int exponent = currency_exponent(rows_text(rows, CURRENCY));
        const int places = exponent < 0 ? 2 : exponent;
        fact.value = arena_copy(arena, decimal_format(text, number, places, places));
    } else if (cut(arena, &fact.name, "_micros")) {
        fact.value = arena_copy(arena, decimal_format(text, number, MICROS_PLACES, 0));
    } else if (cut(arena, &fact.name, "_on")) {
        fact.value = arena_copy(arena, day_format(day, (int32_t)number));
    } else if (cut(arena, &fact.name, "_ms")) {
        fact.moment_ms = number;
        fact.value = story_moment_utc(arena, number);
    }
    return fact;
}

/* What is not known is no fact. */
static void
add_fact(const struct rows *rows, struct story_entry *entry, struct arena *arena)
{
    const char *value = rows_text(rows, FACT_VALUE);
    if (rows_is_null(rows, FACT_KEY) || rows_is_null(rows, FACT_VALUE) || value[0] == '\0') {
        return;
    }
    entry->facts = arena_grow(arena, entry->facts, sizeof *entry->facts, entry->fact_count,
                              &entry->fact_capacity);
    entry->facts[entry->fact_count++] = fact_of(rows, arena);
}

static struct story_entry
entry_of(const struct rows *rows, struct arena *arena)
{
    return (struct story_entry){
        .happened_ms = rows_integer(rows, HAPPENED),
        .known_ms = rows_integer(rows, KNOWN),
        .kind = rows_copy(rows, KIND, arena),
        .actor = rows_copy(rows, ACTOR, arena),
        .version = rows_integer_or(rows, VERSION, 0),
        .begins_version = rows_integer(rows, BEGINS) != 0,
        .partner = rows_copy(rows, PARTNER, arena),
        .file = rows_copy(rows, NAME, arena),
        .sha256 = rows_copy(rows, DIGEST, arena),
        .detail = rows_copy(rows, DETAIL, arena),
    };
}

/* Which row of the store it is; its facts come one after the other. */
struct place {
    int64_t source;
    int64_t first;
    int64_t second;
};

struct placed {
    int64_t at_ms; /* of the two times that it is sorted by first */
    int64_t then_ms;
    struct place place;
    struct story_entry entry;
};

struct reading {
    const struct story_ask *ask;
    struct arena *arena;
    struct placed *items;
    size_t count;
    size_t capacity;
};

static int
compare_numbers(int64_t one, int64_t other)
{
    return (one > other) - (one < other);
}

static int
compare_places(const struct place *one, const struct place *other)
{
    const int source = compare_numbers(one->source, other->source);
    const int first = compare_numbers(one->first, other->first);
    return source != 0 ? source : first != 0 ? first : compare_numbers(one->second, other->second);
}

static int
compare_placed(const void *one, const void *other)
{
    const struct placed *left = one;
    const struct placed *right = other;
    const int at = compare_numbers(left->at_ms, right->at_ms);
    const int then = compare_numbers(left->then_ms, right->then_ms);
    return at != 0 ? at : then != 0 ? then : compare_places(&left->place, &right->place);
}

static struct placed *
add_entry(struct reading *reading, const struct rows *rows, const struct place *place)
{
    reading->items = arena_grow(reading->arena, reading->items, sizeof *reading->items,
                                reading->count, &reading->capacity);
    struct placed *item = &reading->items[reading->count++];
    item->place = *place;
    item->entry = entry_of(rows, reading->arena);
    item->at_ms = reading->ask->by_known ? item->entry.known_ms : item->entry.happened_ms;
    item->then_ms = reading->ask->by_known ? item->entry.happened_ms : item->entry.known_ms;
    return item;
}

static enum outcome
read_source(struct store *store, enum statement statement, struct reading *reading,
            struct fault *why)
{
    OWNED(rows) rows = {0};
    struct placed *last = NULL;
    enum outcome outcome;
    TRY(store_query(store, statement, &rows, why, INTEGER(reading->ask->order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const struct place place = {rows_integer(&rows, SOURCE), rows_integer(&rows, FIRST),
                                    rows_integer(&rows, SECOND)};
        if (last == NULL || compare_places(&place, &last->place) != 0) {
            last = add_entry(reading, &rows, &place);
        }
        add_fact(&rows, &last->entry, reading->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

/* A file that both acknowledges and tells of the order stands in two sources. */
static bool
is_wanted(const struct reading *reading, size_t at)
{
    const struct placed *item = &reading->items[at];
    return item->at_ms >= reading->ask->from_ms && item->at_ms < reading->ask->to_ms &&
           (at == 0 || compare_placed(item, item - 1) != 0);
}

enum outcome
story_read(struct store *store, const struct story_ask *ask, struct arena *arena,
           struct story_entry **entries, size_t *count, struct fault *why)
{
    static const enum statement sources[] = {
        SQL_story_files, SQL_story_requests, SQL_story_goods,   SQL_story_money,
        SQL_story_turns, SQL_story_events,   SQL_story_answers, SQL_story_decisions};
    struct reading reading = {.ask = ask, .arena = arena};
    for (size_t index = 0; index < sizeof sources / sizeof sources[0]; index++) {
        TRY(read_source(store, sources[index], &reading, why));
    }
    *count = 0;
    *entries = arena_array(arena, struct story_entry, reading.count);
    if (reading.count > 0) {
        qsort(reading.items, reading.count, sizeof *reading.items, compare_placed);
    }
    for (size_t index = 0; index < reading.count; index++) {
        if (is_wanted(&reading, index)) {
            (*entries)[(*count)++] = reading.items[index].entry;
        }
    }
    return DONE;
}
