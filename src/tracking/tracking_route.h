/* tracking_route.h -- the stops of an order's way, for the map; private to src/tracking.  Pure. */
#ifndef PURSER_TRACKING_ROUTE_H
#define PURSER_TRACKING_ROUTE_H

#include "tracking/route_map.h"
#include "tracking/tracking.h"

struct tracking_route {
    struct route_stop stops[ROUTE_STOPS_MAX];
    size_t count; /* less than two: there is nothing to draw */
};

/* Of the parcel that is furthest behind: where it left, where it was seen, where it goes.  Events
 * whose places are not known are passed over; of too many stops those in the middle are. */
void tracking_route(struct tracking_route *route, const struct tracking *tracking);

#endif
