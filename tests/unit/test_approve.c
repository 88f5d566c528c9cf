#include "rules/approve.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Up to 10,000.00 by rule; above it the sales lead; above 100,000.00 the head instead, and finance
 * as second step; strategic orders always ask the board first. */
static const struct approval_limit matrix[] = {
    {"", "EUR", 1000000, 1, "lead"},     {"", "EUR", 10000000, 1, "head"},
    {"", "EUR", 10000000, 2, "finance"}, {"strategic", "EUR", 0, 3, "board"},
    {"", "CNY", 500000, 1, "linwei"},    {"strategic", "EUR", 1000000, 1, "strategy-lead"},
};
enum { LIMITS = sizeof matrix / sizeof matrix[0] };

static void
steps_follow_the_matrix(void **state)
{
    static const struct {
        struct approval_matter matter;
        const char *steps; /* "step:approver ..." */
    } cases[] = {
        {{ORDER_REGULAR, "EUR", 999999, 0}, ""},
        {{ORDER_REGULAR, "EUR", 1000000, 0}, ""}, /* equal is not above */
        {{ORDER_REGULAR, "EUR", 1000001, 0}, "1:lead "},
        {{ORDER_REGULAR, "EUR", 10000000, 0}, "1:lead "},
        {{ORDER_REGULAR, "EUR", 10000001, 0}, "1:head 2:finance "},
        {{ORDER_STRATEGIC, "EUR", 1, 0}, "3:board "},
        {{ORDER_STRATEGIC, "EUR", 0, 0}, ""},
        {{ORDER_STRATEGIC, "EUR", 1000001, 0},
         "1:strategy-lead 3:board "}, /* the type's own row wins a tie */
        {{ORDER_STRATEGIC, "EUR", 10000001, 0}, "1:head 2:finance 3:board "},
        {{ORDER_REGULAR, "CNY", 500001, 0}, "1:linwei "},
        {{ORDER_REGULAR, "USD", 99999999, 0}, ""}, /* no row of that currency */
        {{ORDER_REGULAR, "EUR", -5, 0}, ""},
        /* With prices to decide on: the lowest limit is asked when none matches. */
        {{ORDER_REGULAR, "EUR", 7, WAIT_EXPECTATION}, "1:lead "},
        {{ORDER_STRATEGIC, "EUR", 0, WAIT_EXPECTATION}, "1:lead "},
        {{ORDER_REGULAR, "EUR", 10000001, WAIT_EXPECTATION}, "1:head 2:finance "},
        {{ORDER_STRATEGIC, "EUR", 1, WAIT_EXPECTATION}, "3:board "},
        {{ORDER_REGULAR, "USD", 7, WAIT_EXPECTATION}, ""},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(arena) arena;
        struct approval_decision decision;
        const char *steps = "";
        arena_init(&arena, 1024 * 1024);
        approve_order(&cases[index].matter, matrix, LIMITS, &arena, &decision);
        for (size_t step = 0; step < decision.step_count; step++) {
            steps = arena_format(&arena, "%s%d:%s ", steps, (int)decision.steps[step].step,
                                 decision.steps[step].approver);
        }
        assert_string_equal(steps, cases[index].steps);
        assert_int_equal(decision.is_approved, decision.step_count == 0);
    }
}

static void
the_trace_tells_every_limit(void **state)
{
    static const char expected[] =
        "{\"rule\":\"approval-limits\",\"type\":\"regular\",\"currency\":\"EUR\","
        "\"gross\":\"150000.00\",\"limits\":["
        "{\"step\":1,\"type\":null,\"currency\":\"EUR\",\"above\":\"100000.00\","
        "\"approver\":\"head\",\"verdict\":\"asks\"},"
        "{\"step\":1,\"type\":\"strategic\",\"currency\":\"EUR\",\"above\":\"10000.00\","
        "\"approver\":\"strategy-lead\",\"verdict\":\"not-eligible\",\"why\":\"other-type\"},"
        "{\"step\":1,\"type\":null,\"currency\":\"EUR\",\"above\":\"10000.00\","
        "\"approver\":\"lead\",\"verdict\":\"lost\",\"to\":1},"
        "{\"step\":1,\"type\":null,\"currency\":\"CNY\",\"above\":\"5000.00\","
        "\"approver\":\"linwei\",\"verdict\":\"not-eligible\",\"why\":\"other-currency\"},"
        "{\"step\":2,\"type\":null,\"currency\":\"EUR\",\"above\":\"100000.00\","
        "\"approver\":\"finance\",\"verdict\":\"asks\"},"
        "{\"step\":3,\"type\":\"strategic\",\"currency\":\"EUR\",\"above\":\"0.00\","
        "\"approver\":\"board\",\"verdict\":\"not-eligible\",\"why\":\"other-type\"}],"
        "\"approved_by_rule\":false}";
    OWNED(arena) arena;
    struct approval_decision decision;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    approve_order(&(struct approval_matter){ORDER_REGULAR, "EUR", 15000000, 0}, matrix, LIMITS,
                  &arena, &decision);
    assert_string_equal(decision.trace, expected);
}

static void
the_order_of_the_limits_does_not_matter(void **state)
{
    OWNED(arena) arena;
    struct approval_limit turned[LIMITS];
    struct approval_decision decision, first;
    const struct approval_matter matter = {ORDER_STRATEGIC, "EUR", 15000000, 0};
    (void)state;
    arena_init(&arena, 1024 * 1024);
    approve_order(&matter, matrix, LIMITS, &arena, &first);
    for (size_t turn = 0; turn < LIMITS; turn++) {
        for (size_t index = 0; index < LIMITS; index++) {
            turned[index] = matrix[LIMITS - 1 - (index + turn) % LIMITS];
        }
        approve_order(&matter, turned, LIMITS, &arena, &decision);
        assert_string_equal(decision.trace, first.trace);
    }
}

static void
the_trace_tells_that_prices_differ(void **state)
{
    OWNED(arena) arena;
    struct approval_decision decision;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    approve_order(&(struct approval_matter){ORDER_REGULAR, "EUR", 7, WAIT_EXPECTATION}, matrix, 2,
                  &arena, &decision);
    assert_int_equal(decision.steps[0].limit_minor, AMOUNT_NONE);
    assert_string_equal(decision.trace,
                        "{\"rule\":\"approval-limits\",\"type\":\"regular\",\"currency\":\"EUR\","
                        "\"gross\":\"0.07\",\"wait_reasons\":[\"price-differs\"],\"limits\":["
                        "{\"step\":1,\"type\":null,\"currency\":\"EUR\",\"above\":\"100000.00\","
                        "\"approver\":\"head\",\"verdict\":\"not-eligible\","
                        "\"why\":\"amount-not-above\"},"
                        "{\"step\":1,\"type\":null,\"currency\":\"EUR\",\"above\":\"10000.00\","
                        "\"approver\":\"lead\",\"verdict\":\"asks\",\"why\":\"prices\"}],"
                        "\"approved_by_rule\":false}");
}

static void
no_limits_approve_by_rule(void **state)
{
    OWNED(arena) arena;
    struct approval_decision decision;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    approve_order(&(struct approval_matter){ORDER_SAMPLE, "JPY", 7, 0}, NULL, 0, &arena, &decision);
    assert_true(decision.is_approved);
    assert_string_equal(decision.trace,
                        "{\"rule\":\"approval-limits\",\"type\":\"sample\",\"currency\":\"JPY\","
                        "\"gross\":\"7\",\"limits\":[],\"approved_by_rule\":true}");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_follow_the_matrix),
        cmocka_unit_test(the_trace_tells_every_limit),
        cmocka_unit_test(the_order_of_the_limits_does_not_matter),
        cmocka_unit_test(the_trace_tells_that_prices_differ),
        cmocka_unit_test(no_limits_approve_by_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
