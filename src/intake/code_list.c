#include "intake/code_list.h"

#include "base/text.h"
#include "config/embedded.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { CODE_COLUMNS = 6 }; /* code,en,zh,calling,postal,aliases */

/* Cut a row (without quotes: ours to keep so) at its commas, in place. */
static char *
cut_row(char *row, char *cells[CODE_COLUMNS])
{
    char *next = strchr(row, '\n');
    assert(next != NULL && "a code list ends with a line feed");
    *next = '\0';
    for (int index = 0; index < CODE_COLUMNS; index++) {
        cells[index] = row;
        char *comma = strchr(row, ',');
        assert((comma == NULL) == (index == CODE_COLUMNS - 1));
        if (comma != NULL) {
            *comma = '\0';
            row = comma + 1;
        }
    }
    return next + 1;
}

static void
add_label(struct code_list *list, const char *name, size_t *capacity, struct arena *arena)
{
    if (*name == '\0') {
        return;
    }
    list->labels =
        arena_grow(arena, list->labels, sizeof *list->labels, list->label_count, capacity);
    list->labels[list->label_count++] = (struct label){label_key(arena, name), list->count - 1};
}

static void
add_aliases(struct code_list *list, char *aliases, size_t *capacity, struct arena *arena)
{
    for (char *rest = aliases; rest != NULL;) {
        char *bar = strchr(rest, '|');
        if (bar != NULL) {
            *bar = '\0';
        }
        add_label(list, rest, capacity, arena);
        rest = bar == NULL ? NULL : bar + 1;
    }
}

static void
load(struct code_list *list, const char *name, struct arena *arena)
{
    const struct embedded *file = embedded_find(name);
    char *bytes = arena_copy_bytes(arena, file->bytes, file->size);
    char *cells[CODE_COLUMNS];
    size_t capacity = 0;
    size_t label_capacity = 0;
    char *at = cut_row(bytes, cells);
    assert(strcmp(cells[0], "code") == 0);
    while (*at != '\0') {
        at = cut_row(at, cells);
        list->entries =
            arena_grow(arena, list->entries, sizeof *list->entries, list->count, &capacity);
        assert(list->count == 0 || strcmp(list->entries[list->count - 1].code, cells[0]) < 0);
        list->entries[list->count++] =
            (struct code_entry){cells[0], cells[1], cells[2], cells[3], cells[4]};
        for (int index = 0; index < 3; index++) {
            add_label(list, cells[index], &label_capacity, arena);
        }
        add_aliases(list, cells[5], &label_capacity, arena);
    }
    label_sort(list->labels, list->label_count);
}

const struct code_lists *
code_lists_load(struct arena *arena)
{
    struct code_lists *lists = arena_new(arena, struct code_lists);
    load(&lists->units, "units.csv", arena);
    load(&lists->countries, "countries.csv", arena);
    return lists;
}

static int
compare_code(const void *code, const void *entry)
{
    return strcmp(code, ((const struct code_entry *)entry)->code);
}

const struct code_entry *
code_by_code(const struct code_list *list, const char *code)
{
    return bsearch(code, list->entries, list->count, sizeof *list->entries, compare_code);
}

const struct code_entry *
code_by_name(const struct code_list *list, const char *name, struct arena *arena)
{
    const struct code_entry *exact = code_by_code(list, name);
    if (exact != NULL) {
        return exact;
    }
    const struct label *found = label_find(list->labels, list->label_count, label_key(arena, name));
    return found == NULL ? NULL : &list->entries[found->index];
}

const char *
code_suggestion(const struct code_list *list, const char *name, struct arena *arena)
{
    const struct label *near =
        label_nearest(list->labels, list->label_count, label_key(arena, name));
    if (near == NULL) {
        return "";
    }
    const struct code_entry *entry = &list->entries[near->index];
    return arena_format(arena, "%s (%s, %s)", entry->code, entry->en, entry->zh);
}
