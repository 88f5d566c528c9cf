/* Where a parcel is, by rules/transport.h: the same whatever order its events came in. */
#include "rules/transport.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { EVENTS_MAX = 8, SHIPPED = 50 };

/* An event at a moment, of identity `id`; known at once unless said otherwise. */
#define AT(moment, name, of_state)                                                                 \
    {                                                                                              \
        .id = (moment), .identity = (name), .state = (of_state), .happened_ms = (moment),          \
        .known_ms = 1000, .eta_from_ms = TRANSPORT_MOMENT_NONE,                                    \
        .eta_to_ms = TRANSPORT_MOMENT_NONE, .signed_by = "", .proof = ""                           \
    }

static bool
is_same(const struct transport_standing *one, const struct transport_standing *other)
{
    return one->state == other->state && one->cause == other->cause &&
           one->since_ms == other->since_ms && one->last_ms == other->last_ms &&
           one->last_event_id == other->last_event_id &&
           one->first_eta_from_ms == other->first_eta_from_ms &&
           one->first_eta_to_ms == other->first_eta_to_ms &&
           one->eta_from_ms == other->eta_from_ms && one->eta_to_ms == other->eta_to_ms &&
           one->delivered_ms == other->delivered_ms &&
           strcmp(one->signed_by, other->signed_by) == 0 && strcmp(one->proof, other->proof) == 0 &&
           one->is_final == other->is_final;
}

static const struct transport_news *
find(const struct transport_news *news, size_t count, const char *identity)
{
    for (size_t index = 0; index < count; index++) {
        if (strcmp(news[index].identity, identity) == 0) {
            return &news[index];
        }
    }
    fail_msg("%s is lost", identity);
    return NULL;
}

/* Heap's way through all orders of `news`; each must give what the first gave. */
static void
permute(struct transport_news *news, size_t count, size_t left,
        const struct transport_standing *wanted, const struct transport_news *judged)
{
    if (left <= 1) {
        struct transport_news copy[EVENTS_MAX];
        memcpy(copy, news, count * sizeof *news);
        const struct transport_standing standing = transport_fold(copy, count, SHIPPED);
        assert_true(is_same(&standing, wanted));
        for (size_t index = 0; index < count; index++) {
            assert_int_equal(find(copy, count, judged[index].identity)->verdict,
                             judged[index].verdict);
        }
        return;
    }
    for (size_t index = 0; index < left; index++) {
        permute(news, count, left - 1, wanted, judged);
        const size_t other = left % 2 == 0 ? index : 0;
        const struct transport_news held = news[other];
        news[other] = news[left - 1];
        news[left - 1] = held;
    }
}

/* Fold them in the order given, and see that every other order gives the same. */
static struct transport_standing
fold(struct transport_news *news, size_t count)
{
    struct transport_news shuffled[EVENTS_MAX];
    assert_true(count <= EVENTS_MAX);
    memcpy(shuffled, news, count * sizeof *news);
    const struct transport_standing standing = transport_fold(news, count, SHIPPED);
    permute(shuffled, count, count, &standing, news);
    return standing;
}
#define FOLD(news)              fold((news), sizeof(news) / sizeof(news)[0])
#define VERDICT(news, identity) (find((news), sizeof(news) / sizeof(news)[0], (identity))->verdict)

static void
without_news_it_is_pending_since_it_was_shipped(void **state)
{
    (void)state;
    const struct transport_standing standing = transport_fold(NULL, 0, SHIPPED);
    assert_int_equal(standing.state, TRANSPORT_PENDING);
    assert_int_equal(standing.since_ms, SHIPPED);
    assert_int_equal(standing.last_ms, SHIPPED);
    assert_int_equal(standing.last_event_id, 0);
    assert_false(standing.is_final);
}

static void
it_goes_forward_by_time(void **state)
{
    (void)state;
    struct transport_news news[] = {
        AT(100, "a", TRANSPORT_INFO_RECEIVED), AT(200, "b", TRANSPORT_IN_TRANSIT),
        AT(300, "c", TRANSPORT_IN_TRANSIT), AT(400, "d", TRANSPORT_OUT_FOR_DELIVERY),
        AT(500, "e", TRANSPORT_DELIVERED)};
    news[4].signed_by = "Chen";
    news[4].proof = "P-1";
    struct transport_standing standing = FOLD(news);
    assert_int_equal(standing.state, TRANSPORT_DELIVERED);
    assert_int_equal(standing.delivered_ms, 500);
    assert_string_equal(standing.signed_by, "Chen");
    assert_true(standing.is_final);
    standing = transport_fold(news, 3, SHIPPED);
    assert_int_equal(standing.state, TRANSPORT_IN_TRANSIT);
    assert_int_equal(standing.since_ms, 200); /* the second scan leaves it there */
    assert_int_equal(standing.last_ms, 300);
    assert_int_equal(standing.last_event_id, 300);
}

static void
news_of_a_lower_rank_do_not_move_it_back(void **state)
{
    (void)state;
    struct transport_news news[] = {AT(100, "a", TRANSPORT_OUT_FOR_DELIVERY),
                                    AT(200, "b", TRANSPORT_IN_TRANSIT),
                                    AT(300, "c", TRANSPORT_INFO_RECEIVED)};
    const struct transport_standing standing = FOLD(news);
    assert_int_equal(standing.state, TRANSPORT_OUT_FOR_DELIVERY);
    assert_int_equal(standing.last_ms, 300);
    assert_int_equal(VERDICT(news, "b"), VERDICT_LATE);
    assert_int_equal(VERDICT(news, "c"), VERDICT_LATE);
}

static void
what_comes_after_later_news_is_late(void **state)
{
    (void)state;
    struct transport_news news[] = {AT(100, "a", TRANSPORT_INFO_RECEIVED),
                                    AT(200, "b", TRANSPORT_IN_TRANSIT),
                                    AT(300, "c", TRANSPORT_OUT_FOR_DELIVERY)};
    news[1].known_ms = 2000;
    const struct transport_standing standing = FOLD(news);
    assert_int_equal(standing.state, TRANSPORT_OUT_FOR_DELIVERY);
    assert_int_equal(VERDICT(news, "a"), VERDICT_APPLIED);
    assert_int_equal(VERDICT(news, "b"), VERDICT_LATE);
    assert_int_equal(VERDICT(news, "c"), VERDICT_APPLIED);
}

static void
exceptions_and_failed_attempts_are_gone_on_from(void **state)
{
    (void)state;
    struct transport_news news[] = {
        AT(100, "a", TRANSPORT_OUT_FOR_DELIVERY), AT(200, "b", TRANSPORT_ATTEMPT_FAILED),
        AT(300, "c", TRANSPORT_IN_TRANSIT),       AT(400, "d", TRANSPORT_EXCEPTION),
        AT(450, "e", TRANSPORT_INFO_RECEIVED),    AT(500, "f", TRANSPORT_IN_TRANSIT)};
    news[3].cause = CAUSE_WEATHER;
    const struct transport_standing standing = FOLD(news);
    assert_int_equal(standing.state, TRANSPORT_IN_TRANSIT);
    assert_int_equal(standing.since_ms, 500);
    assert_int_equal(standing.cause, CAUSE_NONE);
    assert_int_equal(VERDICT(news, "e"), VERDICT_LATE); /* not back before its way */
    const struct transport_standing stopped = transport_fold(news, 5, SHIPPED);
    assert_int_equal(stopped.state, TRANSPORT_EXCEPTION);
    assert_int_equal(stopped.cause, CAUSE_WEATHER);
}

static void
a_delivery_is_final_and_what_follows_contradicts(void **state)
{
    (void)state;
    struct transport_news news[] = {
        AT(100, "a", TRANSPORT_IN_TRANSIT), AT(200, "b", TRANSPORT_DELIVERED),
        AT(300, "c", TRANSPORT_IN_TRANSIT), AT(400, "d", TRANSPORT_EXCEPTION),
        AT(500, "e", TRANSPORT_DELIVERED)};
    news[1].known_ms = 3000; /* it came when the others were known */
    news[4].signed_by = "Dock 3";
    const struct transport_standing standing = FOLD(news);
    assert_int_equal(standing.state, TRANSPORT_DELIVERED);
    assert_int_equal(standing.delivered_ms, 200);
    assert_int_equal(standing.since_ms, 200);
    assert_string_equal(standing.signed_by, "Dock 3");
    assert_int_equal(VERDICT(news, "c"), VERDICT_CONTRADICTORY);
    assert_int_equal(VERDICT(news, "d"), VERDICT_CONTRADICTORY);
    assert_int_equal(VERDICT(news, "e"), VERDICT_APPLIED);
}

static void
a_final_exception_ends_it_but_for_a_delivery(void **state)
{
    (void)state;
    struct transport_news news[] = {
        AT(100, "a", TRANSPORT_IN_TRANSIT), AT(200, "b", TRANSPORT_EXCEPTION),
        AT(300, "c", TRANSPORT_IN_TRANSIT), AT(400, "d", TRANSPORT_DELIVERED)};
    news[1].is_final = true;
    news[1].cause = CAUSE_REFUSED;
    struct transport_standing standing = FOLD(news);
    assert_int_equal(standing.state, TRANSPORT_DELIVERED);
    assert_int_equal(VERDICT(news, "c"), VERDICT_CONTRADICTORY);
    standing = transport_fold(news, 3, SHIPPED);
    assert_int_equal(standing.state, TRANSPORT_EXCEPTION);
    assert_int_equal(standing.cause, CAUSE_REFUSED);
    assert_true(standing.is_final);
}

static void
of_equal_times_the_higher_rank_is_later_then_the_identity(void **state)
{
    (void)state;
    struct transport_news news[] = {AT(100, "z", TRANSPORT_IN_TRANSIT),
                                    AT(100, "a", TRANSPORT_OUT_FOR_DELIVERY),
                                    AT(100, "m", TRANSPORT_OUT_FOR_DELIVERY)};
    news[0].id = 1;
    news[1].id = 2;
    news[2].id = 3;
    const struct transport_standing standing = FOLD(news);
    assert_int_equal(standing.state, TRANSPORT_OUT_FOR_DELIVERY);
    assert_int_equal(standing.last_event_id, 3);
    assert_int_equal(VERDICT(news, "z"), VERDICT_APPLIED);
    struct transport_news stopped[] = {AT(100, "z", TRANSPORT_IN_TRANSIT),
                                       AT(100, "a", TRANSPORT_EXCEPTION)};
    assert_int_equal(FOLD(stopped).state, TRANSPORT_EXCEPTION);
}

static void
what_is_expected_is_kept_as_first_and_last_said(void **state)
{
    (void)state;
    struct transport_news news[] = {
        AT(100, "a", TRANSPORT_IN_TRANSIT), AT(200, "b", TRANSPORT_IN_TRANSIT),
        AT(300, "c", TRANSPORT_IN_TRANSIT), AT(400, "d", TRANSPORT_DELIVERED),
        AT(500, "e", TRANSPORT_EXCEPTION)};
    news[0].eta_to_ms = 700;
    news[2].eta_from_ms = 900;
    news[4].eta_from_ms = 9999; /* contradicts: it counts for nothing */
    const struct transport_standing standing = FOLD(news);
    assert_int_equal(standing.first_eta_to_ms, 700);
    assert_int_equal(standing.first_eta_from_ms, TRANSPORT_MOMENT_NONE);
    assert_int_equal(standing.eta_from_ms, 900);
    assert_int_equal(standing.eta_to_ms, TRANSPORT_MOMENT_NONE);
}

/* Any five or six events, drawn from a fixed sequence: no order of arrival matters, more news never
 * take a delivery back, and no parcel is without a state that one of its events gave. */
static void
no_order_of_arrival_matters(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    uint32_t seed = 20261128;
    for (int round = 0; round < 400; round++) {
        struct transport_news news[6];
        const size_t count = 1 + (size_t)round % 6;
        for (size_t index = 0; index < count; index++) {
            seed = seed * 1664525 + 1013904223;
            const uint32_t drawn = seed >> 8;
            news[index] = (struct transport_news)AT(
                (int64_t)(100 * (1 + drawn % 4)), names[index],
                (enum transport_state)(drawn / 4 % TRANSPORT_STATE_COUNT));
            news[index].id = (int64_t)index + 1;
            news[index].known_ms = 1000 + drawn / 64 % 3;
            news[index].is_final = drawn / 256 % 5 == 0;
            news[index].eta_from_ms = drawn / 2048 % 2 == 0 ? 5 : TRANSPORT_MOMENT_NONE;
            news[index].signed_by = drawn / 4096 % 2 == 0 ? names[index] : "";
        }
        bool was_delivered = false;
        for (size_t some = 1; some <= count; some++) {
            struct transport_news copy[6];
            memcpy(copy, news, sizeof copy);
            const struct transport_standing standing = fold(copy, some);
            assert_true(!was_delivered || standing.state == TRANSPORT_DELIVERED);
            was_delivered = standing.state == TRANSPORT_DELIVERED;
            assert_int_equal(was_delivered, standing.delivered_ms != TRANSPORT_MOMENT_NONE);
            assert_in_range(standing.last_event_id, 1, (int64_t)count);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_news_it_is_pending_since_it_was_shipped),
        cmocka_unit_test(it_goes_forward_by_time),
        cmocka_unit_test(news_of_a_lower_rank_do_not_move_it_back),
        cmocka_unit_test(what_comes_after_later_news_is_late),
        cmocka_unit_test(exceptions_and_failed_attempts_are_gone_on_from),
        cmocka_unit_test(a_delivery_is_final_and_what_follows_contradicts),
        cmocka_unit_test(a_final_exception_ends_it_but_for_a_delivery),
        cmocka_unit_test(of_equal_times_the_higher_rank_is_later_then_the_identity),
        cmocka_unit_test(what_is_expected_is_kept_as_first_and_last_said),
        cmocka_unit_test(no_order_of_arrival_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
