/* coastline.h -- the coasts of the world (schemas/coastline.txt), ring after ring; private to
 * src/tracking. */
#ifndef PURSER_COASTLINE_H
#define PURSER_COASTLINE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Degrees east and north. */
struct geo_point {
    double longitude;
    double latitude;
};

struct coastline {
    const char *at; /* the rest of the file */
    const char *end;
};

struct coastline coastline_begin(void);

/* The next ring, into `points`, which holds `capacity` of them: more than the file has in any ring
 * (asserted).  False after the last. */
enum { COASTLINE_RING_MAX = 4096 };
bool coastline_next(struct coastline *coastline, struct geo_point *points, size_t *count);

#endif
