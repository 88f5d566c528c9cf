/* What may still be changed of an order, as a table worked by hand. */
#include "rules/modification.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ALLOWED  MODIFY_ALLOW
#define ASKED    MODIFY_ASK
#define REFUSED  MODIFY_REFUSE
#define NEW_LINE MODIFY_NEW_LINE
#define CANCEL   MODIFY_CANCEL
#define REDIRECT MODIFY_REDIRECT

/* Without a list; less is a cancellation from the approval on. */
static const enum modification_way expected[MODIFICATION_COUNT][MODIFY_STATE_COUNT] = {
    [MODIFICATION_INCREASE] = {ALLOWED, ALLOWED, NEW_LINE, NEW_LINE, REFUSED, REFUSED},
    [MODIFICATION_DECREASE] = {ALLOWED, CANCEL, CANCEL, CANCEL, REFUSED, REFUSED},
    [MODIFICATION_ADD_LINE] = {ALLOWED, ALLOWED, NEW_LINE, NEW_LINE, REFUSED, REFUSED},
    [MODIFICATION_REMOVE_LINE] = {ALLOWED, CANCEL, CANCEL, CANCEL, REFUSED, REFUSED},
    [MODIFICATION_OPTIONS] = {ALLOWED, ALLOWED, REFUSED, REFUSED, REFUSED, REFUSED},
    [MODIFICATION_ADDRESS] = {ALLOWED, ALLOWED, REDIRECT, REDIRECT, REDIRECT, REFUSED},
    [MODIFICATION_DATE] = {ALLOWED, ALLOWED, ASKED, ASKED, REFUSED, REFUSED},
    [MODIFICATION_NOTE] = {ALLOWED, ALLOWED, ASKED, ASKED, ASKED, REFUSED},
    [MODIFICATION_TERMS] = {ALLOWED, ALLOWED, REFUSED, REFUSED, REFUSED, REFUSED},
    [MODIFICATION_OTHER] = {ALLOWED, ALLOWED, REFUSED, REFUSED, REFUSED, REFUSED},
};

static struct modification_decision
decide(const struct modification_rule *rules, size_t count, enum modification change,
       enum modification_state state, const char *group, struct arena *arena)
{
    struct modification_decision decision;
    const struct modification_question question = {change, state, group, MODIFY_APPROVED};
    modification_decide(rules, count, &question, arena, &decision);
    return decision;
}

static void
test_built_in_table(void **state)
{
    (void)state;
    OWNED(arena) arena;
    arena_init(&arena, 1024 * 1024);
    for (int change = 0; change < MODIFICATION_COUNT; change++) {
        for (int at = 0; at < MODIFY_STATE_COUNT; at++) {
            const struct modification_decision decision =
                decide(NULL, 0, (enum modification)change, (enum modification_state)at, "", &arena);
            if (decision.way != expected[change][at]) {
                fail_msg("%s", decision.trace);
            }
        }
    }
}

static void
test_point_moves(void **state)
{
    (void)state;
    OWNED(arena) arena;
    struct modification_decision decision;
    struct modification_question question = {MODIFICATION_DECREASE, MODIFY_APPROVED, "",
                                             MODIFY_RELEASED};
    arena_init(&arena, 1024 * 1024);
    modification_decide(NULL, 0, &question, &arena, &decision);
    assert_int_equal(decision.way, MODIFY_ALLOW);
    assert_string_equal(decision.trace, "decrease, approved: allow (built in)");
    question.cancellation_point = MODIFY_SUBMITTED;
    question.state = MODIFY_SUBMITTED;
    modification_decide(NULL, 0, &question, &arena, &decision);
    assert_int_equal(decision.way, MODIFY_CANCEL);
    assert_string_equal(decision.trace,
                        "decrease, submitted: cancel (built in, beyond the cancellation point)");
}

static struct modification_rule
row(int change, int state, const char *group, enum modification_way way, int64_t line)
{
    return (struct modification_rule){
        .change = change, .state = state, .group = group, .way = way, .line = line};
}

/* Group before kind before state; the first of two alike; the built-in table where no row fits. */
static void
test_most_specific_row_wins(void **state)
{
    (void)state;
    OWNED(arena) arena;
    arena_init(&arena, 1024 * 1024);
    const struct modification_rule rules[] = {
        row(MODIFICATION_ANY, MODIFY_RELEASED, "", MODIFY_REFUSE, 2),
        row(MODIFICATION_DATE, MODIFICATION_ANY, "", MODIFY_ALLOW, 3),
        row(MODIFICATION_DATE, MODIFY_RELEASED, "", MODIFY_ASK, 4),
        row(MODIFICATION_DATE, MODIFY_RELEASED, "", MODIFY_REFUSE, 5),
        row(MODIFICATION_ANY, MODIFICATION_ANY, "europe", MODIFY_ALLOW, 6),
    };
    const size_t count = sizeof rules / sizeof rules[0];
    static const struct {
        enum modification change;
        enum modification_state state;
        const char *group;
        int64_t line;
    } cases[] = {
        {MODIFICATION_DATE, MODIFY_RELEASED, "", 4},
        {MODIFICATION_DATE, MODIFY_SHIPPED, "", 3},
        {MODIFICATION_NOTE, MODIFY_RELEASED, "", 2},
        {MODIFICATION_NOTE, MODIFY_SHIPPED, "", 0},
        {MODIFICATION_NOTE, MODIFY_SHIPPED, "europe", 6},
        {MODIFICATION_DATE, MODIFY_RELEASED, "europe", 6},
        {MODIFICATION_DATE, MODIFY_RELEASED, "asia", 4},
    };
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const struct modification_decision decision = decide(
            rules, count, cases[index].change, cases[index].state, cases[index].group, &arena);
        assert_int_equal(decision.rule.line, cases[index].line);
    }
}

static void
test_states(void **state)
{
    (void)state;
    assert_int_equal(modification_state_of(APPROVAL_UNPRICED, FULFILMENT_NONE), MODIFY_SUBMITTED);
    assert_int_equal(modification_state_of(APPROVAL_WAITING, FULFILMENT_NONE), MODIFY_SUBMITTED);
    assert_int_equal(modification_state_of(APPROVAL_APPROVED, FULFILMENT_NONE), MODIFY_APPROVED);
    assert_int_equal(modification_state_of(APPROVAL_APPROVED, FULFILMENT_PARTLY),
                     MODIFY_PARTLY_SHIPPED);
    assert_int_equal(modification_state_of(APPROVAL_APPROVED, FULFILMENT_PARTLY_DELIVERED),
                     MODIFY_SHIPPED);
    assert_int_equal(modification_state_of(APPROVAL_REFUSED, FULFILMENT_NONE), MODIFY_STATE_COUNT);
    assert_int_equal(modification_state_of(APPROVAL_CANCELLED, FULFILMENT_NONE),
                     MODIFY_STATE_COUNT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_built_in_table),
        cmocka_unit_test(test_point_moves),
        cmocka_unit_test(test_most_specific_row_wins),
        cmocka_unit_test(test_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
