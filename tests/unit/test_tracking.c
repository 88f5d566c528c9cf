/* Pages of orders: their names, what they tell and what they do not. */
#include "base/text.h"
#include "order/lifecycle.h"
#include "tracking/tracking_page.h"
#include "tracking/tracking_route.h"
#include "writers/tracking_link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { BYTES_MAX = 4 * 1024 * 1024, ARENA_MAX = 64 * 1024 * 1024 };
#define DEGREES(number) ((int64_t)((number)*1000000))
#define DAYS            INT64_C(86400000)

static struct tracking
blank(void)
{
    struct tracking tracking = {.language = LANGUAGE_EN,
                                .company = "Lanting",
                                .contact = "",
                                .order_number = "N-1",
                                .headline = "submitted",
                                .receiver = "",
                                .to = {"", "", AMOUNT_NONE, AMOUNT_NONE},
                                .from = {"", "", AMOUNT_NONE, AMOUNT_NONE},
                                .updated_ms = 1 * DAYS,
                                .window_from_ms = AMOUNT_NONE,
                                .window_to_ms = AMOUNT_NONE,
                                .notice = "",
                                .has_map = true};
    for (int step = 0; step < TRACKING_STEP_COUNT; step++) {
        tracking.reached_ms[step] = AMOUNT_NONE;
    }
    return tracking;
}

static struct tracking_parcel
parcel(struct tracking_event *events, size_t count)
{
    return (struct tracking_parcel){.number = "S-1",
                                    .carrier = "UPS",
                                    .tracking = "1Z",
                                    .shipped_ms = 1 * DAYS,
                                    .is_tracked = true,
                                    .state = TRANSPORT_IN_TRANSIT,
                                    .eta_from_ms = AMOUNT_NONE,
                                    .eta_to_ms = AMOUNT_NONE,
                                    .delivered_ms = AMOUNT_NONE,
                                    .signed_by = "",
                                    .events = events,
                                    .event_count = count};
}

static char *
write_page(const struct tracking *tracking)
{
    struct arena arena;
    struct buf buf = {0};
    arena_init(&arena, ARENA_MAX);
    buf_init(&buf, BYTES_MAX);
    struct page page = {.buf = &buf, .arena = &arena, .language = tracking->language};
    tracking_page(&page, tracking);
    arena_close(&arena);
    return buf.bytes; /* the caller frees it */
}

/* The value of `printf bluebird/BB-4471 | openssl dgst -sha256 -hmac KEY -binary | head -c 16 |
 * base32` in small letters. */
static void
a_page_has_a_name_that_nobody_guesses(void **state)
{
    (void)state;
    static const char key[] = "a secret of this scenario alone, no other";
    OWNED(arena) arena;
    arena_init(&arena, ARENA_MAX);
    struct tracking_policy policy = {
        .folder = "public", .key = key, .key_size = strlen(key), .url = "https://x.example/t"};
    assert_string_equal(tracking_link(&policy, "bluebird", "BB-4471", &arena),
                        "https://x.example/t/vlk4xfyyqh26twabcm6zh6d6li.html");
    policy.url = "https://x.example/t/";
    assert_string_equal(tracking_link(&policy, "bluebird", "BB-4471", &arena),
                        "https://x.example/t/vlk4xfyyqh26twabcm6zh6d6li.html");
    policy.key_size--;
    assert_string_not_equal(tracking_token(&policy, "bluebird", "BB-4471", &arena),
                            "vlk4xfyyqh26twabcm6zh6d6li");
    policy.key = NULL;
    assert_string_equal(tracking_link(&policy, "bluebird", "BB-4471", &arena), "");
}

static void
names_are_masked_by_their_first_character(void **state)
{
    (void)state;
    OWNED(arena) arena;
    arena_init(&arena, ARENA_MAX);
    assert_string_equal(text_mask_name(&arena, ""), "");
    assert_string_equal(text_mask_name(&arena, "Petersen"), "P**");
    assert_string_equal(text_mask_name(&arena, "张三丰"), "张**");
    assert_string_equal(text_mask_name(&arena, "Ü"), "Ü**");
}

/* Whoever adds a headline gives it words for customers. */
static void
every_headline_has_words(void **state)
{
    (void)state;
    struct tracking tracking = blank();
    for (int headline = 0; headline < HEADLINE_COUNT; headline++) {
        tracking.headline = headline_names[headline];
        assert_string_not_equal(tracking_words(&tracking), tracking.headline);
    }
}

static void
what_others_wrote_is_only_text(void **state)
{
    (void)state;
    struct tracking_event event = {
        2 * DAYS,      TRANSPORT_IN_TRANSIT, "<script>alert(1)</script>", "</style><b>", "DE",
        DEGREES(53.5), DEGREES(10)};
    struct tracking_parcel sent = parcel(&event, 1);
    struct tracking_item item = {"1", "<i>", "\"><img src=x>", "C62", 1000000, 0};
    struct tracking tracking = blank();
    tracking.order_number = "<script>";
    tracking.from = (struct tracking_place){"</title><script>", "CN", DEGREES(31), DEGREES(121)};
    tracking.parcels = &sent;
    tracking.parcel_count = 1;
    tracking.items = &item;
    tracking.item_count = 1;
    tracking.notice = "<script>";
    char *page = write_page(&tracking);
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "<img"));
    assert_null(strstr(page, "</style><b>"));
    assert_non_null(strstr(page, "default-src 'none'"));
    assert_non_null(strstr(page, "noindex"));
    free(page);
}

static void
the_map_can_be_left_out_and_waits_for_a_parcel(void **state)
{
    (void)state;
    struct tracking tracking = blank();
    tracking.from = (struct tracking_place){"Shanghai", "CN", DEGREES(31), DEGREES(121)};
    tracking.to = (struct tracking_place){"Hamburg", "DE", DEGREES(53.5), DEGREES(10)};
    char *page = write_page(&tracking);
    assert_null(strstr(page, "<svg"));
    free(page);
    struct tracking_parcel sent = parcel(NULL, 0);
    tracking.parcels = &sent;
    tracking.parcel_count = 1;
    page = write_page(&tracking);
    assert_non_null(strstr(page, "<svg"));
    free(page);
    tracking.has_map = false;
    page = write_page(&tracking);
    assert_null(strstr(page, "<svg"));
    free(page);
}

/* Of two parcels the one that has not arrived; places twice in a row are one stop, and the
 * destination is ahead until it has. */
static void
the_way_is_that_of_the_parcel_behind(void **state)
{
    (void)state;
    struct tracking_event news[] = {
        {1, TRANSPORT_IN_TRANSIT, "", "Shanghai", "CN", DEGREES(31.2), DEGREES(121.5)},
        {2, TRANSPORT_IN_TRANSIT, "", "a depot", "CN", AMOUNT_NONE, AMOUNT_NONE},
        {3, TRANSPORT_IN_TRANSIT, "", "Leipzig", "DE", DEGREES(51.34), DEGREES(12.37)},
        {4, TRANSPORT_OUT_FOR_DELIVERY, "", "Leipzig", "DE", DEGREES(51.34), DEGREES(12.37)}};
    struct tracking_parcel parcels[] = {parcel(news, 1), parcel(news, 4)};
    struct tracking_route route;
    struct tracking tracking = blank();
    parcels[0].state = TRANSPORT_DELIVERED;
    tracking.from = (struct tracking_place){"Shanghai", "CN", DEGREES(31.23), DEGREES(121.47)};
    tracking.to = (struct tracking_place){"Hamburg", "DE", DEGREES(53.55), DEGREES(10)};
    tracking.parcels = parcels;
    tracking.parcel_count = 2;
    tracking_route(&route, &tracking);
    assert_int_equal(route.count, 3);
    assert_string_equal(route.stops[0].name, "Shanghai");
    assert_int_equal(route.stops[0].progress, ROUTE_DONE);
    assert_string_equal(route.stops[1].name, "Leipzig");
    assert_int_equal(route.stops[1].progress, ROUTE_HERE);
    assert_string_equal(route.stops[2].name, "Hamburg");
    assert_int_equal(route.stops[2].progress, ROUTE_AHEAD);
    parcels[1].state = TRANSPORT_DELIVERED;
    tracking_route(&route, &tracking);
    assert_int_equal(route.stops[2].progress, ROUTE_DONE);
}

static void
a_long_way_fits(void **state)
{
    (void)state;
    struct tracking_event news[200];
    for (size_t index = 0; index < 200; index++) {
        news[index] =
            (struct tracking_event){(int64_t)index, TRANSPORT_IN_TRANSIT,           "", "x", "CN",
                                    DEGREES(20),    DEGREES((int64_t)(index % 100))};
    }
    struct tracking_parcel sent = parcel(news, 200);
    struct tracking_route route;
    struct tracking tracking = blank();
    tracking.to = (struct tracking_place){"Hamburg", "DE", DEGREES(53.55), DEGREES(10)};
    tracking.parcels = &sent;
    tracking.parcel_count = 1;
    tracking_route(&route, &tracking);
    assert_int_equal(route.count, ROUTE_STOPS_MAX);
    assert_int_equal(route.stops[route.count - 2].longitude_micros, DEGREES(99));
    assert_string_equal(route.stops[route.count - 1].name, "Hamburg");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_has_a_name_that_nobody_guesses),
        cmocka_unit_test(names_are_masked_by_their_first_character),
        cmocka_unit_test(every_headline_has_words),
        cmocka_unit_test(what_others_wrote_is_only_text),
        cmocka_unit_test(the_map_can_be_left_out_and_waits_for_a_parcel),
        cmocka_unit_test(the_way_is_that_of_the_parcel_behind),
        cmocka_unit_test(a_long_way_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
