/* gazetteer.h -- where places are: the list of places in force, remembered for a run; private to
 * src/tracking. */
#ifndef PURSER_GAZETTEER_H
#define PURSER_GAZETTEER_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

struct gazetteer_entry {
    const char *name; /* as it is compared: in small letters */
    const char *country;
    int64_t latitude_micros;
    int64_t longitude_micros;
};

struct gazetteer {
    struct arena arena;
    struct gazetteer_entry *entries; /* by name and country */
    size_t count;
};

/* Read the list in force; without one it is empty. */
MUST_USE enum outcome
gazetteer_open(struct gazetteer *gazetteer, struct store *store, struct fault *why);
void gazetteer_close(struct gazetteer *gazetteer);

/* Where a place is, by one of its names; capitals do not matter.  A place of no country may be in
 * any, when only one has it.  False: not known. */
bool gazetteer_find(const struct gazetteer *gazetteer, const char *name, const char *country,
                    int64_t *latitude_micros, int64_t *longitude_micros);

#endif
