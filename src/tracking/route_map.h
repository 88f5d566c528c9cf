/* route_map.h -- the way of a parcel as a small schematic map: an inline SVG of coasts, without
 * borders, the way done as a solid line and what is ahead of it dashed.
 *
 * Stops are numbered as they stand in the list beside the map, which says the same in words. Places
 * are joined by great circles, so that a flight looks like one.  The map is cut out around the way
 * and is never stretched: equirectangular, true in the middle latitude.
 */
#ifndef PURSER_ROUTE_MAP_H
#define PURSER_ROUTE_MAP_H

#include "writers/page.h"

#include <stddef.h>
#include <stdint.h>

enum route_progress {
    ROUTE_DONE,  /* it has left here */
    ROUTE_HERE,  /* it was seen here last */
    ROUTE_AHEAD, /* it is on its way to here */
};

struct route_stop {
    const char *name;
    int64_t latitude_micros;  /* degrees north, -90 to 90 */
    int64_t longitude_micros; /* degrees east, -180 to 180 */
    enum route_progress progress;
};

enum { ROUTE_STOPS_MAX = 24 };

/* Two stops or more, at most ROUTE_STOPS_MAX, in the order of the way, of which no two neighbours
 * are at the same place; fewer draw nothing. */
void route_map(struct page *page, const struct route_stop *stops, size_t count, const char *title,
               const char *description);

#endif
