#include "tracking/tracking_route.h"

#include <stdlib.h>

/* Nearer than this two stops are one, in degrees. */
static const int64_t same_micros = 50000;

static bool
is_known(int64_t latitude_micros, int64_t longitude_micros)
{
    return latitude_micros != AMOUNT_NONE && longitude_micros != AMOUNT_NONE;
}

static bool
is_same(const struct route_stop *stop, int64_t latitude_micros, int64_t longitude_micros)
{
    return llabs(stop->latitude_micros - latitude_micros) < same_micros &&
           llabs(stop->longitude_micros - longitude_micros) < same_micros;
}

/* One place is kept free for the destination; the last seen takes the place of the one before. */
static void
add(struct tracking_route *route, const char *name, int64_t latitude_micros,
    int64_t longitude_micros)
{
    if (!is_known(latitude_micros, longitude_micros) ||
        (route->count > 0 &&
         is_same(&route->stops[route->count - 1], latitude_micros, longitude_micros))) {
        return;
    }
    if (route->count == ROUTE_STOPS_MAX - 1) {
        route->count--;
    }
    route->stops[route->count++] =
        (struct route_stop){name, latitude_micros, longitude_micros, ROUTE_DONE};
}

static bool
is_delivered(const struct tracking_parcel *parcel)
{
    return parcel->is_tracked && parcel->state == TRANSPORT_DELIVERED;
}

/* The first that has not arrived, else the last that left; NULL: nothing has left. */
static const struct tracking_parcel *
parcel_behind(const struct tracking *tracking)
{
    for (size_t index = 0; index < tracking->parcel_count; index++) {
        if (tracking->parcels[index].is_tracked && !is_delivered(&tracking->parcels[index])) {
            return &tracking->parcels[index];
        }
    }
    return tracking->parcel_count == 0 ? NULL : &tracking->parcels[tracking->parcel_count - 1];
}

static void
add_destination(struct tracking_route *route, const struct tracking_place *to, bool has_arrived)
{
    struct route_stop *last = route->count == 0 ? NULL : &route->stops[route->count - 1];
    const bool is_there = last != NULL && is_known(to->latitude_micros, to->longitude_micros) &&
                          is_same(last, to->latitude_micros, to->longitude_micros);
    if (last != NULL && !has_arrived) {
        last->progress = ROUTE_HERE;
    }
    if (!is_known(to->latitude_micros, to->longitude_micros) || is_there) {
        return;
    }
    route->stops[route->count++] =
        (struct route_stop){to->name, to->latitude_micros, to->longitude_micros,
                            has_arrived ? ROUTE_DONE : ROUTE_AHEAD};
}

void
tracking_route(struct tracking_route *route, const struct tracking *tracking)
{
    const struct tracking_parcel *parcel = parcel_behind(tracking);
    route->count = 0;
    add(route, tracking->from.name, tracking->from.latitude_micros,
        tracking->from.longitude_micros);
    for (size_t index = 0; parcel != NULL && index < parcel->event_count; index++) {
        const struct tracking_event *event = &parcel->events[index];
        add(route, event->place, event->latitude_micros, event->longitude_micros);
    }
    add_destination(route, &tracking->to, parcel != NULL && is_delivered(parcel));
}
