#include "rules/delegation.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int
compare_days(int32_t one, int32_t other)
{
    return (one > other) - (one < other);
}

/* To the last column, so that tables of the same rows are the same. */
static int
compare_delegations(const void *one, const void *other)
{
    const struct delegation *left = one;
    const struct delegation *right = other;
    int order = strcmp(left->person, right->person);
    order = order != 0 ? order : compare_days(left->valid_from, right->valid_from);
    order = order != 0 ? order : compare_days(left->valid_to, right->valid_to);
    order = order != 0 ? order : strcmp(left->delegate, right->delegate);
    return order != 0 ? order : strcmp(left->reason, right->reason);
}

void
delegation_table_init(struct delegation_table *table, struct delegation *items, size_t count)
{
    if (count > 0) {
        qsort(items, count, sizeof *items, compare_delegations);
    }
    *table = (struct delegation_table){items, count};
}

/* How many rows stand before all that begin later, or are of persons behind this one. */
static size_t
begun_by(const struct delegation_table *table, const char *person, int32_t day)
{
    size_t low = 0;
    size_t high = table->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct delegation *item = &table->items[middle];
        const int order = strcmp(item->person, person);
        if (order < 0 || (order == 0 && item->valid_from <= day)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct delegation *
delegation_of(const struct delegation_table *table, const char *person, int32_t day)
{
    for (size_t index = begun_by(table, person, day); index > 0; index--) {
        const struct delegation *item = &table->items[index - 1];
        if (strcmp(item->person, person) != 0) {
            return NULL;
        }
        if (day <= item->valid_to) {
            return item;
        }
    }
    return NULL;
}

static bool
is_on_the_way(const struct stand_in *stand_in, const char *name)
{
    for (size_t index = 0; index < stand_in->name_count; index++) {
        if (strcmp(stand_in->names[index], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Where the chain ends. */
static enum stand_in_verdict
follow(const struct delegation_table *table, int32_t day, struct stand_in *stand_in)
{
    for (;;) {
        const char *last = stand_in->names[stand_in->name_count - 1];
        const struct delegation *link = delegation_of(table, last, day);
        if (link == NULL) {
            return stand_in->link_count == 0 ? STAND_IN_NOT_NEEDED : STAND_IN_FOUND;
        }
        if (stand_in->link_count == STAND_IN_LINKS_MAX) {
            return STAND_IN_TOO_FAR;
        }
        stand_in->links[stand_in->link_count++] = link;
        if (link->delegate[0] == '\0') {
            return STAND_IN_NOBODY;
        }
        const bool is_again = is_on_the_way(stand_in, link->delegate);
        stand_in->names[stand_in->name_count++] = link->delegate;
        if (is_again) {
            return STAND_IN_LOOP;
        }
    }
}

void
delegation_resolve(const struct delegation_table *table, const char *person, int32_t day,
                   struct stand_in *stand_in)
{
    *stand_in = (struct stand_in){.names = {person}, .name_count = 1};
    stand_in->verdict = follow(table, day, stand_in);
    if (stand_in->verdict == STAND_IN_NOT_NEEDED || stand_in->verdict == STAND_IN_FOUND) {
        stand_in->decides = stand_in->names[stand_in->name_count - 1];
    }
}

static const char *
chain_text(const char *const *names, size_t count, struct arena *arena)
{
    const char *text = "";
    for (size_t index = 0; index < count; index++) {
        text = arena_format(arena, "%s%s%s", text, index == 0 ? "" : " -> ", names[index]);
    }
    return text;
}

const char *
stand_in_text(const struct stand_in *stand_in, struct arena *arena)
{
    return chain_text(stand_in->names, stand_in->name_count, arena);
}

/* The persons of the loop that `closing` closes, from its own on; 0 when it closes none.  Of rows
 * that begin on the same day the one with the least person does.  Into `names`, where there is
 * room. */
static size_t
loop_of(const struct delegation_table *table, const struct delegation *closing, const char **names)
{
    const int32_t day = closing->valid_from;
    const char *name = closing->person;
    for (size_t count = 0; count < table->count; count++) {
        const struct delegation *link = delegation_of(table, name, day);
        if (link == NULL || link->delegate[0] == '\0' || (count == 0 && link != closing) ||
            (link->valid_from == day && strcmp(link->person, closing->person) < 0)) {
            return 0;
        }
        if (names != NULL) {
            names[count] = name;
        }
        name = link->delegate;
        if (strcmp(name, closing->person) == 0) {
            return count + 1;
        }
    }
    return 0;
}

const char *
delegation_loop(const struct delegation_table *table, const struct delegation *closing,
                struct arena *arena)
{
    enum { NAMES_TOLD_MAX = 12 };
    const char *told[NAMES_TOLD_MAX + 2];
    const size_t count = loop_of(table, closing, NULL);
    size_t least = 0;
    size_t told_count = 0;
    if (count == 0) {
        return NULL;
    }
    const char **names = arena_array(arena, const char *, count);
    (void)loop_of(table, closing, names);
    for (size_t index = 1; index < count; index++) {
        least = strcmp(names[index], names[least]) < 0 ? index : least;
    }
    for (; told_count < count && told_count < NAMES_TOLD_MAX; told_count++) {
        told[told_count] = names[(least + told_count) % count];
    }
    if (told_count < count) {
        told[told_count++] = "…";
    }
    told[told_count++] = names[least];
    return chain_text(told, told_count, arena);
}
