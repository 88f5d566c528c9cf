/* pairs.h -- reading the options of an order line back: the flat JSON object of texts that we
 * stored. */
#ifndef PURSER_PAIRS_H
#define PURSER_PAIRS_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>

struct pairs {
    const char *at;
    struct arena *arena; /* names and values are copied here */
};

void pairs_begin(struct pairs *pairs, const char *json, struct arena *arena);
bool pairs_next(struct pairs *pairs, const char **name, const char **value);

/* "colour=red; size=4", in `joined`. */
const char *pairs_join(const char *json, struct arena *arena, struct buf *joined);

#endif
