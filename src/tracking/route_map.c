#include "tracking/route_map.h"

#include "tracking/coastline.h"

#include <assert.h>
#include <math.h>

/* The drawing, in its own units. */
enum { WIDTH = 720, HEIGHT = 405, BLEED = 4, LEG_POINTS = 24, STOP_RADIUS = 11, TURNS = 2 };

static const double margin = 0.12;     /* around the way, of its extent */
static const double width_least = 6.0; /* degrees that the map shows at least */
static const double step_least = 1.0;  /* points of a coast that are nearer are left out */
static const double full_turn = 360.0;
static const double half_turn = 180.0;
static const double radians = 0.017453292519943295; /* of a degree */

/* What the map shows, and how it lies in the drawing. */
struct view {
    double left; /* degrees */
    double top;
    double stretch; /* of a degree of longitude against one of latitude */
    double scale;   /* units per degree of latitude */
};

struct way {
    struct geo_point points[ROUTE_STOPS_MAX * LEG_POINTS]; /* stop i is the first of leg i */
    size_t count;
};

static struct geo_point
to_drawing(const struct view *view, struct geo_point point)
{
    return (struct geo_point){(point.longitude - view->left) * view->stretch * view->scale,
                              (view->top - point.latitude) * view->scale};
}

/* The same place, not more than half a turn away from `near`. */
static double
unwrap(double longitude, double near)
{
    while (longitude - near > half_turn) {
        longitude -= full_turn;
    }
    while (longitude - near < -half_turn) {
        longitude += full_turn;
    }
    return longitude;
}

/* -- the way ---------------------------------------------------------------------------------- */

struct vector {
    double x, y, z;
};

static struct vector
on_sphere(const struct route_stop *stop)
{
    static const double micros = 1e-6;
    const double latitude = (double)stop->latitude_micros * micros * radians;
    const double longitude = (double)stop->longitude_micros * micros * radians;
    return (struct vector){cos(latitude) * cos(longitude), cos(latitude) * sin(longitude),
                           sin(latitude)};
}

/* The point at `part` of the great circle from one to the other, which are not opposite. */
static struct geo_point
between(struct vector from, struct vector to, double part)
{
    static const double near = 1e-9;
    const double product = from.x * to.x + from.y * to.y + from.z * to.z;
    const double angle = acos(fmax(-1.0, fmin(1.0, product)));
    const double whole = sin(angle);
    const double first = whole < near ? 1.0 - part : sin((1.0 - part) * angle) / whole;
    const double second = whole < near ? part : sin(part * angle) / whole;
    const double x = first * from.x + second * to.x;
    const double y = first * from.y + second * to.y;
    const double z = first * from.z + second * to.z;
    return (struct geo_point){atan2(y, x) / radians, atan2(z, sqrt(x * x + y * y)) / radians};
}

static void
add_point(struct way *way, struct geo_point point)
{
    if (way->count > 0) {
        point.longitude = unwrap(point.longitude, way->points[way->count - 1].longitude);
    }
    way->points[way->count++] = point;
}

static void
find_way(struct way *way, const struct route_stop *stops, size_t count)
{
    way->count = 0;
    for (size_t index = 0; index + 1 < count; index++) {
        const struct vector from = on_sphere(&stops[index]);
        const struct vector to = on_sphere(&stops[index + 1]);
        for (int step = 0; step < LEG_POINTS; step++) {
            add_point(way, between(from, to, (double)step / LEG_POINTS));
        }
    }
    const struct vector last = on_sphere(&stops[count - 1]);
    add_point(way, between(last, last, 0.0));
}

/* The rectangle around the way, as wide and high as the drawing wants it. */
static struct view
look_at(const struct way *way)
{
    struct geo_point least = way->points[0];
    struct geo_point most = way->points[0];
    for (size_t index = 1; index < way->count; index++) {
        least.longitude = fmin(least.longitude, way->points[index].longitude);
        least.latitude = fmin(least.latitude, way->points[index].latitude);
        most.longitude = fmax(most.longitude, way->points[index].longitude);
        most.latitude = fmax(most.latitude, way->points[index].latitude);
    }
    const double middle = (least.latitude + most.latitude) / 2;
    const double stretch = fmax(cos(middle * radians), 0.2);
    const double width = (most.longitude - least.longitude) * stretch * (1 + 2 * margin);
    const double height = (most.latitude - least.latitude) * (1 + 2 * margin);
    const double shown = fmax(fmax(width, height * WIDTH / HEIGHT), width_least);
    return (struct view){(least.longitude + most.longitude) / 2 - shown / stretch / 2,
                         middle + shown * HEIGHT / WIDTH / 2, stretch, WIDTH / shown};
}

/* -- coasts ----------------------------------------------------------------------------------- */

/* One side of the drawing: what has `sign` * coordinate above `limit` is cut off. */
struct side {
    bool is_upright;
    double sign;
    double limit;
};

static double
beyond(const struct side *side, struct geo_point point)
{
    return side->sign * (side->is_upright ? point.longitude : point.latitude) - side->limit;
}

static struct geo_point
crossing(const struct side *side, struct geo_point from, struct geo_point to)
{
    const double first = beyond(side, from);
    const double part = first / (first - beyond(side, to));
    return (struct geo_point){from.longitude + part * (to.longitude - from.longitude),
                              from.latitude + part * (to.latitude - from.latitude)};
}

/* Cut a ring along one side (Sutherland and Hodgman, 1974); returns the points of what is left. */
static size_t
cut(const struct side *side, const struct geo_point *ring, size_t count, struct geo_point *left)
{
    size_t kept = 0;
    for (size_t index = 0; index < count; index++) {
        const struct geo_point from = ring[index == 0 ? count - 1 : index - 1];
        const struct geo_point to = ring[index];
        const bool was_out = beyond(side, from) > 0;
        const bool is_out = beyond(side, to) > 0;
        if (was_out != is_out) {
            left[kept++] = crossing(side, from, to);
        }
        if (!is_out) {
            left[kept++] = to;
        }
    }
    return kept;
}

/* A cut adds at most one point for each that the ring has. */
struct rings {
    struct geo_point *degrees; /* COASTLINE_RING_MAX */
    struct geo_point *first;   /* 16 times as many: four cuts may double it four times */
    struct geo_point *second;
};

static size_t
cut_out(struct rings *rings, size_t count)
{
    static const struct side sides[] = {{true, -1, BLEED},
                                        {true, 1, WIDTH + BLEED},
                                        {false, -1, BLEED},
                                        {false, 1, HEIGHT + BLEED}};
    for (size_t index = 0; index < sizeof sides / sizeof sides[0] && count > 0; index++) {
        count = cut(&sides[index], rings->first, count, rings->second);
        struct geo_point *spare = rings->first;
        rings->first = rings->second;
        rings->second = spare;
    }
    return count;
}

static void
put_ring(struct page *page, const struct geo_point *ring, size_t count)
{
    long x = lround(ring[0].longitude);
    long y = lround(ring[0].latitude);
    buf_format(page->buf, "M%ld %ld", x, y);
    for (size_t index = 1; index < count; index++) {
        const long next_x = lround(ring[index].longitude);
        const long next_y = lround(ring[index].latitude);
        if (next_x != x || next_y != y) {
            buf_format(page->buf, "l%ld %ld", next_x - x, next_y - y);
        }
        x = next_x;
        y = next_y;
    }
    page_markup(page, "z");
}

/* The ring in the drawing, `turns` around the world; it may lie beside it wholly. */
static size_t
draw_ring(const struct view *view, struct rings *rings, size_t count, int turns)
{
    size_t kept = 0;
    struct geo_point before = {-WIDTH, -HEIGHT};
    for (size_t index = 0; index < count; index++) {
        struct geo_point point = rings->degrees[index];
        point.longitude += turns * full_turn;
        point = to_drawing(view, point);
        if (index == 0 || fabs(point.longitude - before.longitude) >= step_least ||
            fabs(point.latitude - before.latitude) >= step_least) {
            rings->first[kept++] = point;
            before = point;
        }
    }
    return kept;
}

static void
put_coasts(struct page *page, const struct view *view)
{
    enum { CUTS_ROOM = 16, CORNERS = 3 };
    struct rings rings = {
        arena_array(page->arena, struct geo_point, COASTLINE_RING_MAX),
        arena_array(page->arena, struct geo_point, (size_t)COASTLINE_RING_MAX * CUTS_ROOM),
        arena_array(page->arena, struct geo_point, (size_t)COASTLINE_RING_MAX * CUTS_ROOM)};
    struct coastline coastline = coastline_begin();
    size_t count = 0;
    page_markup(page, "<path class=\"land\" fill=\"#d5dccf\" d=\"");
    while (coastline_next(&coastline, rings.degrees, &count)) {
        for (int turns = -TURNS; turns <= TURNS; turns++) {
            const size_t kept = cut_out(&rings, draw_ring(view, &rings, count, turns));
            if (kept >= CORNERS) {
                put_ring(page, rings.first, kept);
            }
        }
    }
    page_markup(page, "\"/>\n");
}

/* -- lines and stops -------------------------------------------------------------------------- */

/* The legs that end at stops of the way done, or those that lie ahead. */
static void
put_legs(struct page *page, const struct view *view, const struct way *way,
         const struct route_stop *stops, size_t count, bool is_ahead)
{
    page_markup(page, is_ahead ? "<path class=\"way ahead\" fill=\"none\" stroke=\"#0072b2\" d=\""
                               : "<path class=\"way\" fill=\"none\" stroke=\"#00704f\" d=\"");
    for (size_t leg = 0; leg + 1 < count; leg++) {
        if ((stops[leg + 1].progress == ROUTE_AHEAD) != is_ahead) {
            continue;
        }
        for (size_t step = 0; step <= LEG_POINTS; step++) {
            const struct geo_point point = to_drawing(view, way->points[leg * LEG_POINTS + step]);
            buf_format(page->buf, "%c%.1f %.1f", step == 0 ? 'M' : 'L', point.longitude,
                       point.latitude);
        }
    }
    page_markup(page, "\"/>\n");
}

static void
put_stops(struct page *page, const struct view *view, const struct way *way,
          const struct route_stop *stops, size_t count)
{
    static const char *const classes[] = {
        [ROUTE_DONE] = "stop", [ROUTE_HERE] = "stop here", [ROUTE_AHEAD] = "stop ahead"};
    for (size_t index = 0; index < count; index++) {
        const struct geo_point point = to_drawing(view, way->points[index * LEG_POINTS]);
        const long x = lround(point.longitude);
        const long y = lround(point.latitude);
        buf_format(page->buf,
                   "<g class=\"%s\"><circle cx=\"%ld\" cy=\"%ld\" r=\"%d\"/>"
                   "<text x=\"%ld\" y=\"%ld\">%zu</text><title>",
                   classes[stops[index].progress], x, y, STOP_RADIUS, x, y + 4, index + 1);
        page_escaped(page, stops[index].name);
        page_markup(page, "</title></g>\n");
    }
}

void
route_map(struct page *page, const struct route_stop *stops, size_t count, const char *title,
          const char *description)
{
    assert(count <= ROUTE_STOPS_MAX);
    if (count < 2) {
        return;
    }
    struct way *way = arena_array(page->arena, struct way, 1);
    find_way(way, stops, count);
    const struct view view = look_at(way);
    buf_format(page->buf,
               "<svg class=\"map\" viewBox=\"0 0 %d %d\" role=\"img\" "
               "aria-labelledby=\"map-title map-text\"><title id=\"map-title\">",
               WIDTH, HEIGHT);
    page_escaped(page, title);
    page_markup(page, "</title><desc id=\"map-text\">");
    page_escaped(page, description);
    buf_format(page->buf,
               "</desc>\n<rect class=\"sea\" fill=\"#eaf1f6\" width=\"%d\" height=\"%d\"/>\n",
               WIDTH, HEIGHT);
    put_coasts(page, &view);
    put_legs(page, &view, way, stops, count, false);
    put_legs(page, &view, way, stops, count, true);
    put_stops(page, &view, way, stops, count);
    page_markup(page, "</svg>\n");
}
