/* Orders go through their stages. */
#include "order/stages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { PASSES_MAX = 16 };

/* What an order's events come to: an hour is 1. */
struct told {
    struct stage_walk walk;
    struct stage_pass passes[PASSES_MAX];
    size_t count;
};

static void
step(struct told *told, enum order_event event, int64_t happened)
{
    const struct stage_event one = {event, happened, happened};
    assert_true(told->count < PASSES_MAX);
    told->count += stage_step(&told->walk, &one, &told->passes[told->count]);
}

static void
assert_pass(const struct told *told, size_t index, enum order_stage stage, enum stage_end end,
            int turn, int64_t duration)
{
    assert_true(index < told->count);
    const struct stage_pass *pass = &told->passes[index];
    assert_int_equal(pass->stage, stage);
    assert_int_equal(pass->end, end);
    assert_int_equal(pass->turn, turn);
    assert_int_equal(stage_duration(pass, 0), duration);
}

static void
stages_add_up_to_the_way(void **state)
{
    (void)state;
    struct told told = {.walk = {.has_parcels = true}};
    step(&told, EVENT_RECEIVED, 10);
    step(&told, EVENT_APPROVAL_ASKED, 10);
    step(&told, EVENT_APPROVED, 13);
    step(&told, EVENT_PAYMENT_DUE, 13);
    step(&told, EVENT_PART_PAID, 15);
    step(&told, EVENT_PAID, 20);
    step(&told, EVENT_RELEASED, 21);
    step(&told, EVENT_PARTLY_SHIPPED, 25);
    step(&told, EVENT_RELEASED, 26); /* the rest of it */
    step(&told, EVENT_SHIPPED, 30);
    step(&told, EVENT_PARTLY_DELIVERED, 40);
    assert_false(told.walk.is_complete);
    step(&told, EVENT_DELIVERED, 50);
    assert_int_equal(told.count, 5);
    assert_pass(&told, 0, STAGE_APPROVAL, STAGE_FINISHED, 1, 3);
    assert_pass(&told, 1, STAGE_PAYMENT, STAGE_FINISHED, 1, 7);
    assert_pass(&told, 2, STAGE_RELEASE, STAGE_FINISHED, 1, 1);
    assert_pass(&told, 3, STAGE_WAREHOUSE, STAGE_FINISHED, 1, 9);
    assert_pass(&told, 4, STAGE_TRANSIT, STAGE_FINISHED, 1, 20);
    assert_true(told.walk.is_complete);
    assert_int_equal(told.walk.completed_ms - told.walk.received_ms, 3 + 7 + 1 + 9 + 20);
    assert_false(told.walk.is_under_way);
}

static void
what_nobody_tells_the_delivery_of_is_complete_when_it_has_left(void **state)
{
    (void)state;
    struct told told = {.count = 0};
    step(&told, EVENT_RECEIVED, 1);
    step(&told, EVENT_APPROVED, 1);
    step(&told, EVENT_RELEASED, 2);
    step(&told, EVENT_SHIPPED, 5);
    assert_int_equal(told.count, 3);
    assert_true(told.walk.is_complete);
    assert_int_equal(told.walk.completed_ms, 5);
    assert_false(told.walk.is_under_way);
}

static void
a_change_begins_anew_and_counts_again(void **state)
{
    (void)state;
    struct told told = {.count = 0};
    step(&told, EVENT_RECEIVED, 1);
    step(&told, EVENT_APPROVED, 4);
    step(&told, EVENT_CHANGED, 9);
    assert_true(told.walk.is_under_way);
    assert_int_equal(told.walk.open.stage, STAGE_APPROVAL);
    step(&told, EVENT_APPROVED, 11);
    assert_pass(&told, 0, STAGE_APPROVAL, STAGE_FINISHED, 1, 3);
    assert_pass(&told, 1, STAGE_RELEASE, STAGE_LEFT, 1, 5);
    assert_pass(&told, 2, STAGE_APPROVAL, STAGE_FINISHED, 2, 2);
    assert_int_equal(told.walk.received_ms, 1);
    assert_int_equal(told.walk.open.turn, 2);
}

static void
a_price_that_was_awaited_is_no_repetition(void **state)
{
    (void)state;
    struct told told = {.count = 0};
    step(&told, EVENT_RECEIVED, 1);
    step(&told, EVENT_PRICE_AWAITED, 1);
    step(&told, EVENT_REPRICED, 6);
    step(&told, EVENT_APPROVED, 7);
    assert_int_equal(told.count, 1);
    assert_pass(&told, 0, STAGE_APPROVAL, STAGE_FINISHED, 1, 6);
    step(&told, EVENT_REPRICED, 8); /* another price */
    assert_pass(&told, 1, STAGE_RELEASE, STAGE_LEFT, 1, 1);
    assert_int_equal(told.walk.open.turn, 2);
}

static void
what_is_refused_is_in_no_stage_until_it_comes_again(void **state)
{
    (void)state;
    struct told told = {.count = 0};
    step(&told, EVENT_RECEIVED, 1);
    step(&told, EVENT_REFUSED, 3);
    assert_pass(&told, 0, STAGE_APPROVAL, STAGE_LEFT, 1, 2);
    assert_false(told.walk.is_under_way);
    step(&told, EVENT_RECEIVED, 10);
    assert_int_equal(told.count, 1);
    assert_int_equal(told.walk.open.turn, 2);
    step(&told, EVENT_CANCELLED, 12);
    assert_pass(&told, 1, STAGE_APPROVAL, STAGE_LEFT, 2, 2);
    assert_false(told.walk.is_complete);
}

static void
the_rest_that_is_cancelled_ends_the_warehouse_stage(void **state)
{
    (void)state;
    struct told told = {.count = 0};
    step(&told, EVENT_RECEIVED, 1);
    step(&told, EVENT_APPROVED, 1);
    step(&told, EVENT_RELEASED, 1);
    step(&told, EVENT_PARTLY_SHIPPED, 3);
    step(&told, EVENT_CLOSED, 8);
    assert_pass(&told, 2, STAGE_WAREHOUSE, STAGE_FINISHED, 1, 7);
    assert_true(told.walk.is_complete);
}

static void
what_is_open_has_an_age_and_what_ended_before_it_began_none(void **state)
{
    (void)state;
    struct told told = {.count = 0};
    step(&told, EVENT_RECEIVED, 10);
    assert_int_equal(stage_duration(&told.walk.open, 17), 7);
    step(&told, EVENT_APPROVED, 5);
    assert_pass(&told, 0, STAGE_APPROVAL, STAGE_FINISHED, 1, 0);
}

static void
money_that_came_before_it_was_asked_for_waits_for_nothing(void **state)
{
    (void)state;
    struct told told = {.count = 0};
    step(&told, EVENT_RECEIVED, 1);
    step(&told, EVENT_APPROVED, 2);
    step(&told, EVENT_PAID, 2);
    step(&told, EVENT_RELEASED, 6);
    assert_int_equal(told.count, 2);
    assert_pass(&told, 1, STAGE_RELEASE, STAGE_FINISHED, 1, 4);
    assert_int_equal(told.walk.turns[STAGE_PAYMENT], 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages_add_up_to_the_way),
        cmocka_unit_test(what_nobody_tells_the_delivery_of_is_complete_when_it_has_left),
        cmocka_unit_test(a_change_begins_anew_and_counts_again),
        cmocka_unit_test(a_price_that_was_awaited_is_no_repetition),
        cmocka_unit_test(what_is_refused_is_in_no_stage_until_it_comes_again),
        cmocka_unit_test(the_rest_that_is_cancelled_ends_the_warehouse_stage),
        cmocka_unit_test(what_is_open_has_an_age_and_what_ended_before_it_began_none),
        cmocka_unit_test(money_that_came_before_it_was_asked_for_waits_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
