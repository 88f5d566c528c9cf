/* code_list.h -- the code lists of schemas/: countries.csv (ISO 3166-1) and units.csv (UN/ECE
 * Recommendation 20).
 *
 * They are made once per reading; all texts live in the arena they were loaded into. */
#ifndef PURSER_CODE_LIST_H
#define PURSER_CODE_LIST_H

#include "base/arena.h"
#include "intake/label.h"

#include <stdbool.h>

struct code_entry {
    const char *code;
    const char *en;
    const char *zh;
    const char *calling; /* countries: "49" */
    const char *postal;  /* countries: patterns of N (digit) and A (letter), with | between; "" when
                            there are none */
};

struct code_list {
    struct code_entry *entries; /* sorted by code */
    size_t count;
    struct label *labels; /* every name and alias -> index of entry */
    size_t label_count;
};

struct code_lists {
    struct code_list units;
    struct code_list countries;
};

const struct code_lists *code_lists_load(struct arena *arena);

/* By exact code, fast. */
const struct code_entry *code_by_code(const struct code_list *list, const char *code);
/* By code, name or alias in any dress; NULL when there is none. */
const struct code_entry *
code_by_name(const struct code_list *list, const char *name, struct arena *arena);
/* "KGM (kilogram)" for the nearest name, or the first few codes when none is near. */
const char *code_suggestion(const struct code_list *list, const char *name, struct arena *arena);

#endif
