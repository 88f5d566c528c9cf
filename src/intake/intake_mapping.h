/* intake_mapping.h -- which files are in their partner's own layout; private to src/intake. */
#ifndef PURSER_INTAKE_MAPPING_H
#define PURSER_INTAKE_MAPPING_H

#include "config/run.h"
#include "intake/lookup.h"
#include "intake/mapping.h"
#include "store/store_interchange.h"

struct partner_mappings {
    const struct partner *partner;
    struct mappings mappings;
};

struct intake_mappings {
    struct arena arena;
    struct partner_mappings *items; /* of partners that have mappings */
    size_t count;
};

/* Read all mappings, and find out what the files are that have landed.  Mistakes are said in the
 * log. */
MUST_USE enum outcome
intake_mappings_open(struct intake_mappings *mappings, struct run *run, struct fault *why);
void intake_mappings_close(struct intake_mappings *mappings);

/* The mapping of a file; NULL: it is in our layout.  False: the partner's mappings cannot be used,
 * so its files wait. */
bool intake_mapping_of(const struct intake_mappings *mappings, const struct landed *landed,
                       const struct mapping **mapping);

/* Lookups of a partner, from the store. */
struct intake_lookups {
    struct store *store;
    const char *partner;
};
struct lookup_source intake_lookup_source(struct intake_lookups *lookups);

#endif
