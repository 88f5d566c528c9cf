/* Maps of a way: what is drawn lies in the drawing, also across the date line; the coasts are read
 * to the end. */
#include "tracking/coastline.h"
#include "tracking/route_map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { BYTES_MAX = 4 * 1024 * 1024 };
#define DEGREES(number) ((int64_t)((number)*1000000))

struct map {
    struct arena arena;
    struct buf buf;
};

static struct map *
draw(const struct route_stop *stops, size_t count)
{
    struct map *map = calloc(1, sizeof *map);
    assert_non_null(map);
    arena_init(&map->arena, 32 * 1024 * 1024);
    buf_init(&map->buf, BYTES_MAX);
    struct page page = {.buf = &map->buf, .arena = &map->arena, .language = LANGUAGE_EN};
    page_markup(&page, "");
    route_map(&page, stops, count, "A <way>", "From \"here\" to there");
    return map;
}

static void
discard(struct map *map)
{
    arena_close(&map->arena);
    buf_close(&map->buf);
    free(map);
}

static const struct route_stop shanghai = {"Shanghai", DEGREES(31.2), DEGREES(121.5), ROUTE_DONE};
static const struct route_stop hamburg = {"Hamburg", DEGREES(53.55), DEGREES(9.99), ROUTE_AHEAD};
static const struct route_stop angeles = {"Los Angeles", DEGREES(33.9), DEGREES(-118.4),
                                          ROUTE_AHEAD};

/* All moves of a path, which are "M x y" and "l dx dy" or "L x y". */
static void
check_path(const char *path, long least_x, long most_x, long least_y, long most_y)
{
    long x = 0;
    long y = 0;
    for (const char *at = path; *at != '"'; at++) {
        if (*at != 'M' && *at != 'L' && *at != 'l') {
            continue;
        }
        char *end;
        const long first = (long)strtod(at + 1, &end);
        const long second = (long)strtod(end, &end);
        x = *at == 'l' ? x + first : first;
        y = *at == 'l' ? y + second : second;
        assert_in_range(x + 100, least_x + 100, most_x + 100);
        assert_in_range(y + 100, least_y + 100, most_y + 100);
    }
}

static void
check_map(const struct map *map)
{
    const char *land = strstr(map->buf.bytes, "class=\"land\" fill=\"#d5dccf\" d=\"");
    const char *way = strstr(map->buf.bytes, "class=\"way\" fill=\"none\" stroke=\"#00704f\" d=\"");
    const char *ahead =
        strstr(map->buf.bytes, "class=\"way ahead\" fill=\"none\" stroke=\"#0072b2\" d=\"");
    assert_non_null(land);
    assert_non_null(way);
    assert_non_null(ahead);
    check_path(land + strlen("class=\"land\" fill=\"#d5dccf\" d=\""), -4, 724, -4, 409);
    check_path(way + strlen("class=\"way\" fill=\"none\" stroke=\"#00704f\" d=\""), 20, 700, 20,
               385);
    check_path(ahead + strlen("class=\"way ahead\" fill=\"none\" stroke=\"#0072b2\" d=\""), 20, 700,
               20, 385);
}

static void
the_way_lies_in_the_drawing(void **state)
{
    (void)state;
    const struct route_stop stops[] = {shanghai, hamburg};
    struct map *map = draw(stops, 2);
    check_map(map);
    assert_non_null(strstr(map->buf.bytes, "A &lt;way&gt;"));
    assert_non_null(strstr(map->buf.bytes, "<title>Shanghai</title>"));
    discard(map);
}

/* Where a circle is drawn: 0 is the first. */
static long
circle_x(const struct map *map, int which)
{
    const char *at = map->buf.bytes;
    for (int seen = 0; seen <= which; seen++) {
        at = strstr(at, "<circle cx=\"");
        assert_non_null(at);
        at += strlen("<circle cx=\"");
    }
    return strtol(at, NULL, 10);
}

/* The short way is taken, in either direction: the map is of the Pacific, not of the whole world.
 */
static void
the_date_line_is_no_border(void **state)
{
    (void)state;
    const struct route_stop east[] = {shanghai, angeles};
    const struct route_stop west[] = {angeles, shanghai};
    struct map *map = draw(east, 2);
    check_map(map);
    assert_true(circle_x(map, 0) < circle_x(map, 1));
    assert_true(circle_x(map, 0) > 40 && circle_x(map, 1) < 680);
    discard(map);
    map = draw(west, 2);
    check_map(map);
    assert_true(circle_x(map, 0) > circle_x(map, 1));
    assert_true(circle_x(map, 1) > 40 && circle_x(map, 0) < 680);
    discard(map);
}

static void
a_short_way_shows_its_surroundings(void **state)
{
    (void)state;
    const struct route_stop stops[] = {{"Altona", DEGREES(53.56), DEGREES(9.9), ROUTE_DONE},
                                       hamburg};
    struct map *map = draw(stops, 2);
    check_map(map);
    assert_true(strlen(map->buf.bytes) < 8000);
    discard(map);
}

static void
one_place_is_no_way(void **state)
{
    (void)state;
    struct map *map = draw(&shanghai, 1);
    assert_string_equal(map->buf.bytes, "");
    discard(map);
}

static void
the_same_way_makes_the_same_map(void **state)
{
    (void)state;
    const struct route_stop stops[] = {shanghai, angeles, hamburg};
    struct map *one = draw(stops, 3);
    struct map *two = draw(stops, 3);
    assert_string_equal(one->buf.bytes, two->buf.bytes);
    discard(one);
    discard(two);
}

static void
coasts_are_rings_on_the_earth(void **state)
{
    (void)state;
    struct geo_point *points = calloc(COASTLINE_RING_MAX, sizeof *points);
    struct coastline coastline = coastline_begin();
    size_t count = 0;
    size_t rings = 0;
    assert_non_null(points);
    while (coastline_next(&coastline, points, &count)) {
        assert_true(count >= 3);
        rings++;
        for (size_t index = 0; index < count; index++) {
            assert_true(points[index].latitude >= -60 && points[index].latitude <= 84);
            assert_true(points[index].longitude >= -190 && points[index].longitude <= 200);
        }
    }
    assert_true(rings > 300);
    free(points);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_way_lies_in_the_drawing),
        cmocka_unit_test(the_date_line_is_no_border),
        cmocka_unit_test(a_short_way_shows_its_surroundings),
        cmocka_unit_test(one_place_is_no_way),
        cmocka_unit_test(the_same_way_makes_the_same_map),
        cmocka_unit_test(coasts_are_rings_on_the_earth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
