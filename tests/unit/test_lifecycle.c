/* The table of moves is proved as a graph: no double edge, all states reachable, all non-final ones
 * left. */
#include "order/lifecycle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    int count;
    int first;
    const char *const *names;
} axes[AXIS_COUNT] = {
    [AXIS_APPROVAL] = {APPROVAL_STATE_COUNT, APPROVAL_RECEIVED, approval_state_names},
    [AXIS_FULFILMENT] = {FULFILMENT_STATE_COUNT, FULFILMENT_NONE, fulfilment_state_names},
    [AXIS_PAYMENT] = {PAYMENT_STATE_COUNT, PAYMENT_NONE, payment_state_names},
};

/* An approved order may still be priced again, as long as it is not released. */
static bool
is_final(enum axis axis, int state)
{
    return (axis == AXIS_FULFILMENT && state == FULFILMENT_DELIVERED) ||
           (axis == AXIS_APPROVAL && state == APPROVAL_CANCELLED);
}

static void
no_move_is_there_twice(void **state)
{
    (void)state;
    for (size_t one = 0; one < lifecycle_edge_count; one++) {
        const struct edge *edge = &lifecycle_edges[one];
        for (size_t other = one + 1; other < lifecycle_edge_count; other++) {
            const struct edge *second = &lifecycle_edges[other];
            assert_false(edge->axis == second->axis && edge->from == second->from &&
                         edge->on == second->on);
        }
        assert_true(edge->from >= 0 && edge->from < axes[edge->axis].count);
        assert_true(edge->to >= 0 && edge->to < axes[edge->axis].count);
        assert_int_equal(lifecycle_next(edge->axis, edge->from, edge->on), edge->to);
    }
}

static void
every_state_is_reached(void **state)
{
    (void)state;
    for (int axis = 0; axis < AXIS_COUNT; axis++) {
        bool reached[16] = {false};
        reached[axes[axis].first] = true;
        for (size_t round = 0; round < lifecycle_edge_count; round++) {
            for (size_t index = 0; index < lifecycle_edge_count; index++) {
                const struct edge *edge = &lifecycle_edges[index];
                if ((int)edge->axis == axis && reached[edge->from]) {
                    reached[edge->to] = true;
                }
            }
        }
        for (int at = 0; at < axes[axis].count; at++) {
            if (!reached[at]) {
                fail_msg("%s is never reached", axes[axis].names[at]);
            }
        }
    }
}

static void
only_final_states_are_never_left(void **state)
{
    (void)state;
    for (int axis = 0; axis < AXIS_COUNT; axis++) {
        for (int at = 0; at < axes[axis].count; at++) {
            bool is_left = false;
            for (int on = 0; on < ORDER_EVENT_COUNT; on++) {
                const int next = lifecycle_next((enum axis)axis, at, (enum order_event)on);
                is_left |= next >= 0 && next != at;
            }
            assert_int_equal(is_left, !is_final((enum axis)axis, at));
        }
    }
}

/* A refused order may only be sent again, and what was shipped stays shipped. */
static void
closed_doors_stay_closed(void **state)
{
    (void)state;
    for (int on = 0; on < ORDER_EVENT_COUNT; on++) {
        const int next = lifecycle_next(AXIS_APPROVAL, APPROVAL_REFUSED, (enum order_event)on);
        assert_int_equal(next, on == EVENT_RECEIVED ? APPROVAL_RECEIVED : -1);
        assert_int_equal(
            lifecycle_next(AXIS_FULFILMENT, FULFILMENT_DELIVERED, (enum order_event)on), -1);
    }
    assert_int_equal(lifecycle_next(AXIS_FULFILMENT, FULFILMENT_NONE, EVENT_SHIPPED), -1);
}

/* Holds leave an order where it is, and nothing is held that has left or is refused. */
static void
a_hold_is_no_move(void **state)
{
    (void)state;
    for (int axis = 0; axis < AXIS_COUNT; axis++) {
        for (int at = 0; at < axes[axis].count; at++) {
            const int placed = lifecycle_next((enum axis)axis, at, EVENT_HOLD_PLACED);
            const int ended = lifecycle_next((enum axis)axis, at, EVENT_HOLD_ENDED);
            assert_true(placed == at || placed == -1);
            assert_true(ended == at || ended == -1);
        }
    }
    assert_int_equal(lifecycle_next(AXIS_APPROVAL, APPROVAL_REFUSED, EVENT_HOLD_PLACED), -1);
    assert_int_equal(lifecycle_next(AXIS_FULFILMENT, FULFILMENT_RELEASED, EVENT_HOLD_PLACED), -1);
}

static void
names_are_whole_and_unique(void **state)
{
    const struct {
        const char *const *names;
        int count;
    } tables[] = {
        {axis_names, AXIS_COUNT},
        {approval_state_names, APPROVAL_STATE_COUNT},
        {fulfilment_state_names, FULFILMENT_STATE_COUNT},
        {payment_state_names, PAYMENT_STATE_COUNT},
        {order_event_names, ORDER_EVENT_COUNT},
        {headline_names, HEADLINE_COUNT},
    };
    (void)state;
    for (size_t table = 0; table < sizeof tables / sizeof tables[0]; table++) {
        for (int one = 0; one < tables[table].count; one++) {
            assert_non_null(tables[table].names[one]);
            for (int other = 0; other < one; other++) {
                assert_string_not_equal(tables[table].names[one], tables[table].names[other]);
            }
        }
    }
}

static void
the_headline_follows_from_the_axes(void **state)
{
    bool shown[HEADLINE_COUNT] = {false};
    (void)state;
    for (int approval = 0; approval < APPROVAL_STATE_COUNT; approval++) {
        for (int at = 0; at < FULFILMENT_STATE_COUNT * PAYMENT_STATE_COUNT; at++) {
            const int fulfilment = at / PAYMENT_STATE_COUNT;
            const enum headline headline =
                lifecycle_headline((enum approval_state)approval, (enum fulfilment_state)fulfilment,
                                   (enum payment_state)(at % PAYMENT_STATE_COUNT));
            shown[headline] = true;
            if (approval == APPROVAL_REFUSED) {
                assert_int_equal(headline, HEADLINE_REFUSED);
            }
            /* What left the warehouse stands there, paid or not. */
            if (approval == APPROVAL_APPROVED && fulfilment != FULFILMENT_NONE) {
                assert_int_equal(headline, lifecycle_headline(APPROVAL_APPROVED,
                                                              (enum fulfilment_state)fulfilment,
                                                              PAYMENT_NONE));
            }
        }
    }
    for (int headline = 0; headline < HEADLINE_COUNT; headline++) {
        assert_true(shown[headline]);
    }
    assert_int_equal(lifecycle_headline(APPROVAL_APPROVED, FULFILMENT_NONE, PAYMENT_NONE),
                     HEADLINE_APPROVED);
    assert_int_equal(lifecycle_headline(APPROVAL_APPROVED, FULFILMENT_NONE, PAYMENT_PART),
                     HEADLINE_WAITING_FOR_PAYMENT);
    assert_int_equal(lifecycle_headline(APPROVAL_APPROVED, FULFILMENT_NONE, PAYMENT_PAID),
                     HEADLINE_PAID);
    assert_int_equal(lifecycle_headline(APPROVAL_APPROVED, FULFILMENT_PARTLY, PAYMENT_DUE),
                     HEADLINE_PARTLY_SHIPPED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_move_is_there_twice),
        cmocka_unit_test(every_state_is_reached),
        cmocka_unit_test(only_final_states_are_never_left),
        cmocka_unit_test(closed_doors_stay_closed),
        cmocka_unit_test(a_hold_is_no_move),
        cmocka_unit_test(names_are_whole_and_unique),
        cmocka_unit_test(the_headline_follows_from_the_axes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
