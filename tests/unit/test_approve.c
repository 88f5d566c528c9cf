#include "rules/approve.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The macros say the plainest first, and a test what differs. */
#pragma GCC diagnostic ignored "-Woverride-init"

#define M INT64_C(1000000)
#define RULE(...)                                                                                  \
    {                                                                                              \
        .type = "", .currency = "EUR", .above_micros = -1, .up_to_micros = -1, .customers = "",    \
        .groups = "", .channels = "", .countries = "", .categories = "", .changed = "",            \
        .manual = "", .lead_days_below = -1, .discount_above_micros = -1,                          \
        .margin_below_micros = APPROVAL_RATE_NONE, .credit = "", .increase_above_micros = -1,      \
        .country_changed = "", .step = 1, .asking.approvers = "", .asking.roles = "",              \
        .asking.quorum = QUORUM_ANY, .asking.remind_hours = -1, .asking.escalate_hours = -1,       \
        .asking.decide_hours = -1, .asking.told = "", __VA_ARGS__                                  \
    }

/* An order about which nothing is said but what the test says. */
#define MATTER(...)                                                                                \
    {                                                                                              \
        .type = ORDER_REGULAR, .currency = "EUR", .customer = "NORD", .customer_group = "europe",  \
        .channel = "sftp", .country = "DE", .lead_days = AMOUNT_NONE,                              \
        .margin_micros = APPROVAL_RATE_NONE, .credit = CREDIT_UNKNOWN,                             \
        .increase_micros = AMOUNT_NONE, .approved_country = "", .company_currency = "EUR",         \
        __VA_ARGS__                                                                                \
    }

/* A matrix in any sequence. */
static void
approve(const struct approval_matter *matter, const struct approval_rule *rules, size_t count,
        struct arena *arena, struct approval_decision *decision)
{
    struct approval_rule *sorted = arena_array(arena, struct approval_rule, count);
    if (count > 0) {
        memcpy(sorted, rules, count * sizeof *sorted);
    }
    approval_sort(sorted, count);
    approve_order(matter, sorted, count, arena, decision);
}

/* "1:lead 2:finance " */
static const char *
steps_of(const struct approval_decision *decision, struct arena *arena)
{
    const char *steps = "";
    for (size_t step = 0; step < decision->step_count; step++) {
        steps = arena_format(arena, "%s%d:%s ", steps, (int)decision->steps[step].step,
                             decision->steps[step].asking.approvers);
    }
    assert_int_equal(decision->is_approved, decision->step_count == 0);
    return steps;
}

static void
expect(const struct approval_matter *matter, const struct approval_rule *rules, size_t count,
       const char *steps)
{
    OWNED(arena) arena;
    struct approval_decision decision;
    arena_init(&arena, 1024 * 1024);
    approve(matter, rules, count, &arena, &decision);
    assert_string_equal(steps_of(&decision, &arena), steps);
}

/* Up to 10,000.00 by rule; above it the sales lead; above 100,000.00 the head instead, and finance
 * as second step; strategic orders always ask the board first. */
static const struct approval_rule matrix[] = {
    RULE(.above_micros = 10000 * M, .asking.approvers = "lead"),
    RULE(.above_micros = 100000 * M, .asking.approvers = "head"),
    RULE(.above_micros = 100000 * M, .step = 2, .asking.approvers = "finance"),
    RULE(.type = "strategic", .above_micros = 0, .step = 3, .asking.approvers = "board"),
    RULE(.currency = "CNY", .above_micros = 5000 * M, .asking.approvers = "linwei"),
    RULE(.type = "strategic", .above_micros = 10000 * M, .asking.approvers = "strategy-lead"),
};
enum { RULES = sizeof matrix / sizeof matrix[0] };

static void
steps_follow_the_matrix(void **state)
{
    static const struct {
        struct approval_matter matter;
        const char *steps;
    } cases[] = {
        {MATTER(.gross_minor = 999999), ""},
        {MATTER(.gross_minor = 1000000), ""}, /* equal is not above */
        {MATTER(.gross_minor = 1000001), "1:lead "},
        {MATTER(.gross_minor = 10000000), "1:lead "},
        {MATTER(.gross_minor = 10000001), "1:head 2:finance "},
        {MATTER(.type = ORDER_STRATEGIC, .gross_minor = 1), "3:board "},
        {MATTER(.type = ORDER_STRATEGIC, .gross_minor = 0), ""},
        {MATTER(.type = ORDER_STRATEGIC, .gross_minor = 1000001),
         "1:strategy-lead 3:board "}, /* the type's own row wins a tie */
        {MATTER(.type = ORDER_STRATEGIC, .gross_minor = 10000001), "1:head 2:finance 3:board "},
        {MATTER(.currency = "CNY", .gross_minor = 500001), "1:linwei "},
        {MATTER(.gross_minor = -5), ""},
        /* With prices to decide on: the lowest limit is asked when none matches. */
        {MATTER(.gross_minor = 7, .wait_reasons = WAIT_EXPECTATION), "1:lead "},
        {MATTER(.type = ORDER_STRATEGIC, .wait_reasons = WAIT_EXPECTATION), "1:lead "},
        {MATTER(.gross_minor = 10000001, .wait_reasons = WAIT_EXPECTATION), "1:head 2:finance "},
        {MATTER(.type = ORDER_STRATEGIC, .gross_minor = 1, .wait_reasons = WAIT_EXPECTATION),
         "3:board "},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        expect(&cases[index].matter, matrix, RULES, cases[index].steps);
    }
}

/* Each condition, just met and just not. */
static void
each_condition_is_exact(void **state)
{
    static const char *const tea[] = {"tea", "tea ware"};
    static const struct {
        struct approval_rule rule;
        struct approval_matter met, missed;
    } cases[] = {
        {RULE(.type = "custom"), MATTER(.type = ORDER_CUSTOM), MATTER(.type = ORDER_SAMPLE)},
        {RULE(.customers = "BLUE | NORD"), MATTER(.customer = "NORD"), MATTER(.customer = "NOR")},
        {RULE(.groups = "europe"), MATTER(.customer_group = "europe"),
         MATTER(.customer_group = "")},
        {RULE(.channels = "edi | sftp"), MATTER(.channel = "edi"), MATTER(.channel = "shop")},
        {RULE(.countries = "RU | BY"), MATTER(.country = "BY"), MATTER(.country = "DE")},
        {RULE(.categories = "tea ware"), MATTER(.categories = tea, .category_count = 2),
         MATTER(.categories = tea, .category_count = 1)},
        {RULE(.lead_days_below = 3), MATTER(.lead_days = 2), MATTER(.lead_days = 3)},
        {RULE(.lead_days_below = 3), MATTER(.lead_days = -1), MATTER(.lead_days = AMOUNT_NONE)},
        {RULE(.changed = "yes"), MATTER(.is_changed = true), MATTER(.is_changed = false)},
        {RULE(.changed = "no"), MATTER(.is_changed = false), MATTER(.is_changed = true)},
        {RULE(.manual = "yes"), MATTER(.has_manual = true), MATTER(.has_manual = false)},
        {RULE(.discount_above_micros = 200000), MATTER(.discount_micros = 200001),
         MATTER(.discount_micros = 200000)},
        {RULE(.discount_above_micros = 0), MATTER(.discount_micros = 1),
         MATTER(.discount_micros = 0)},
        {RULE(.margin_below_micros = 100000), MATTER(.margin_micros = 99999),
         MATTER(.margin_micros = 100000)},
        {RULE(.margin_below_micros = 0), MATTER(.margin_micros = -1),
         MATTER(.margin_micros = APPROVAL_RATE_NONE)}, /* not known */
        {RULE(.credit = "overdue | above-limit"), MATTER(.credit = "above-limit"),
         MATTER(.credit = "within-limit")},
        {RULE(.credit = CREDIT_UNKNOWN), MATTER(.gross_minor = 1), MATTER(.credit = "prepaid")},
        {RULE(.increase_above_micros = 100000), MATTER(.increase_micros = 100001),
         MATTER(.increase_micros = 100000)},
        {RULE(.increase_above_micros = 0), MATTER(.increase_micros = INT64_MAX),
         MATTER(.gross_minor = 100)}, /* not approved before */
        {RULE(.country_changed = "yes"), MATTER(.approved_country = "AT"),
         MATTER(.approved_country = "DE")},
        {RULE(.country_changed = "yes"), MATTER(.approved_country = "AT"), MATTER(.country = "AT")},
        {RULE(.above_micros = 10 * M, .up_to_micros = 20 * M), MATTER(.gross_minor = 2000),
         MATTER(.gross_minor = 2001)},
        {RULE(.above_micros = 10 * M, .is_net = true), MATTER(.net_minor = 1001),
         MATTER(.net_minor = 1000, .gross_minor = 1190)},
        {RULE(.above_micros = 10 * M),
         MATTER(.gross_minor = 501, .same_day_gross_minor = 500, .same_day_count = 1),
         MATTER(.gross_minor = 500, .same_day_gross_minor = 500, .same_day_count = 1)},
        {RULE(.above_micros = 10 * M, .is_net = true),
         MATTER(.net_minor = 501, .same_day_net_minor = 500, .same_day_count = 1),
         MATTER(.net_minor = 501, .same_day_gross_minor = 5000, .same_day_count = 1)},
        {RULE(.above_micros = 10 * M, .is_alone = true), MATTER(.gross_minor = 1001),
         MATTER(.gross_minor = 1000, .same_day_gross_minor = 5000, .same_day_count = 1)},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct approval_rule rule = cases[index].rule;
        rule.asking.approvers = "anna";
        expect(&cases[index].met, &rule, 1, "1:anna ");
        expect(&cases[index].missed, &rule, 1, "");
    }
}

/* What a custom order above a limit goes through, one after another. */
static void
a_custom_order_goes_to_three_people_in_turn(void **state)
{
    static const struct approval_rule rules[] = {
        RULE(.type = "custom", .above_micros = 10000 * M, .step = 3,
             .asking.approvers = "production"),
        RULE(.type = "custom", .above_micros = 10000 * M, .asking.approvers = "sales-manager"),
        RULE(.type = "custom", .above_micros = 10000 * M, .step = 2, .asking.approvers = "finance"),
    };
    (void)state;
    expect(&(struct approval_matter)MATTER(.type = ORDER_CUSTOM, .gross_minor = 1000001), rules, 3,
           "1:sales-manager 2:finance 3:production ");
    expect(&(struct approval_matter)MATTER(.type = ORDER_CUSTOM, .gross_minor = 1000000), rules, 3,
           "");
    expect(&(struct approval_matter)MATTER(.gross_minor = 1000001), rules, 3, "");
}

/* In the order's currency when the matrix has it; else in the company's, at the rate: 10,000.00 EUR
 * are 80,000.00 CNY at 800 for 100. */
static void
other_currencies_are_compared_at_the_rate(void **state)
{
    static const struct rate_fact rate = {0, 800 * M, 100};
    static const struct approval_rule rules[] = {
        RULE(.above_micros = 10000 * M, .asking.approvers = "lead"),
        RULE(.currency = "", .above_micros = 20000 * M, .asking.approvers = "head"),
        RULE(.currency = "USD", .above_micros = 1 * M, .step = 2, .asking.approvers = "dollar"),
    };
    (void)state;
    expect(
        &(struct approval_matter)MATTER(.currency = "CNY", .rate = &rate, .gross_minor = 8000000),
        rules, 3, "");
    expect(
        &(struct approval_matter)MATTER(.currency = "CNY", .rate = &rate, .gross_minor = 8000001),
        rules, 3, "1:lead ");
    expect(
        &(struct approval_matter)MATTER(.currency = "CNY", .rate = &rate, .gross_minor = 16000001),
        rules, 3, "1:head ");
    expect(
        &(struct approval_matter)MATTER(.currency = "USD", .rate = &rate, .gross_minor = 99999999),
        rules, 3, "2:dollar "); /* the matrix has its currency */
    expect(&(struct approval_matter)MATTER(.currency = "CNY", .gross_minor = 1), rules, 3,
           "1:head "); /* no rate: as if exceeded */
    expect(&(struct approval_matter)MATTER(.currency = "JPY", .rate = &rate, .gross_minor = 80000),
           rules, 3, "");
    expect(&(struct approval_matter)MATTER(.currency = "JPY", .rate = &rate, .gross_minor = 80001),
           rules, 3, "1:lead ");
}

/* The largest amount at the largest rate does not overflow, and is not rounded. */
static void
the_largest_amounts_compare_exactly(void **state)
{
    static const struct rate_fact rate = {0, INT64_C(1000000000000000), 1000000};
    static const struct approval_rule rules[] = {
        RULE(.above_micros = INT64_C(1000000000000000), .asking.approvers = "lead")};
    (void)state;
    expect(&(struct approval_matter)MATTER(.currency = "JPY", .rate = &rate,
                                           .gross_minor = INT64_C(1000000000000)),
           rules, 1, "");
    expect(&(struct approval_matter)MATTER(.currency = "JPY", .rate = &rate,
                                           .gross_minor = INT64_C(1000000000001)),
           rules, 1, "1:lead ");
}

static void
somebody_can_be_asked_about_prices(void **state)
{
    static const struct approval_rule rules[] = {
        RULE(.countries = "CN", .above_micros = 100 * M, .asking.approvers = "china"),
        RULE(.manual = "yes", .asking.approvers = "manual"),
    };
    const struct approval_matter german = MATTER(.wait_reasons = WAIT_MANUAL);
    const struct approval_matter chinese = MATTER(.country = "CN", .wait_reasons = WAIT_MANUAL);
    (void)state;
    assert_false(approve_can_ask(&german, rules, 2));
    assert_true(approve_can_ask(&chinese, rules, 2));
    expect(&german, rules, 2, "");
    expect(&chinese, rules, 2, "1:china ");
    expect(&(struct approval_matter)MATTER(.has_manual = true, .wait_reasons = WAIT_MANUAL), rules,
           2, "1:manual ");
}

static void
the_trace_tells_every_rule(void **state)
{
    static const char expected[] =
        "{\"rule\":\"approval-matrix\",\"type\":\"regular\",\"currency\":\"EUR\","
        "\"gross\":\"150000.00\",\"net\":\"130000.00\",\"rules\":["
        "{\"step\":1,\"amount-above\":\"100000.00\",\"approver\":\"head\",\"verdict\":\"asks\"},"
        "{\"step\":1,\"type\":\"strategic\",\"amount-above\":\"10000.00\","
        "\"approver\":\"strategy-lead\",\"verdict\":\"not-eligible\",\"why\":\"type\","
        "\"compared\":\"regular\"},"
        "{\"step\":1,\"amount-above\":\"10000.00\",\"approver\":\"lead\",\"verdict\":\"lost\","
        "\"to\":1},"
        "{\"step\":1,\"amount-above\":\"5000.00\",\"currency\":\"CNY\",\"approver\":\"linwei\","
        "\"verdict\":\"not-eligible\",\"why\":\"currency\",\"compared\":\"EUR\"},"
        "{\"step\":2,\"amount-above\":\"100000.00\",\"approver\":\"finance\","
        "\"verdict\":\"asks\"},"
        "{\"step\":3,\"type\":\"strategic\",\"amount-above\":\"0.00\",\"approver\":\"board\","
        "\"verdict\":\"not-eligible\",\"why\":\"type\",\"compared\":\"regular\"}],"
        "\"approved_by_rule\":false}";
    OWNED(arena) arena;
    struct approval_decision decision;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    approve(&(struct approval_matter)MATTER(.gross_minor = 15000000, .net_minor = 13000000), matrix,
            RULES, &arena, &decision);
    assert_string_equal(decision.trace, expected);
}

static void
a_step_tells_why_it_asks(void **state)
{
    static const struct rate_fact rate = {20000, 8 * M, 1};
    static const struct approval_rule rules[] = {RULE(.above_micros = 10000 * M, .countries = "CN",
                                                      .discount_above_micros = 100000,
                                                      .asking.approvers = "lead")};
    OWNED(arena) arena;
    struct approval_decision decision;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    approve(&(struct approval_matter)MATTER(.currency = "CNY", .country = "CN",
                                            .discount_micros = 250000, .rate = &rate,
                                            .gross_minor = 9000000),
            rules, 1, &arena, &decision);
    assert_int_equal(decision.step_count, 1);
    const struct approval_step *step = &decision.steps[0];
    assert_int_equal(step->limit_minor, 8000000);
    assert_int_equal(step->reason_count, 3);
    assert_string_equal(step->reasons[0].name, "country");
    assert_string_equal(step->reasons[1].value, "25");
    assert_string_equal(step->reasons[1].limit, "10");
    assert_string_equal(step->reasons[2].name, "amount-above");
    assert_string_equal(step->reasons[2].value, "90000.00");
    assert_string_equal(step->reasons[2].limit, "80000.00");
    assert_non_null(strstr(decision.trace, "\"exchange\":{\"from\":\"EUR\",\"to\":\"CNY\","
                                           "\"rate\":\"8.00\",\"units\":\"1\","));
}

static void
the_order_of_the_rules_does_not_matter(void **state)
{
    OWNED(arena) arena;
    struct approval_rule turned[RULES];
    struct approval_decision decision, first;
    const struct approval_matter matter = MATTER(.type = ORDER_STRATEGIC, .gross_minor = 15000000);
    (void)state;
    arena_init(&arena, 1024 * 1024);
    approve(&matter, matrix, RULES, &arena, &first);
    for (size_t turn = 0; turn < RULES; turn++) {
        for (size_t index = 0; index < RULES; index++) {
            turned[index] = matrix[RULES - 1 - (index + turn) % RULES];
        }
        approve(&matter, turned, RULES, &arena, &decision);
        assert_string_equal(decision.trace, first.trace);
    }
}

static void
no_rules_approve(void **state)
{
    OWNED(arena) arena;
    struct approval_decision decision;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    approve(
        &(struct approval_matter)MATTER(.type = ORDER_SAMPLE, .currency = "JPY", .gross_minor = 7),
        NULL, 0, &arena, &decision);
    assert_true(decision.is_approved);
    assert_string_equal(decision.trace,
                        "{\"rule\":\"approval-matrix\",\"type\":\"sample\",\"currency\":\"JPY\","
                        "\"gross\":\"7\",\"net\":\"0\",\"exchange\":{\"from\":\"EUR\",\"to\":"
                        "\"JPY\",\"rate\":null},\"rules\":[],\"approved_by_rule\":true}");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_follow_the_matrix),
        cmocka_unit_test(each_condition_is_exact),
        cmocka_unit_test(a_custom_order_goes_to_three_people_in_turn),
        cmocka_unit_test(other_currencies_are_compared_at_the_rate),
        cmocka_unit_test(the_largest_amounts_compare_exactly),
        cmocka_unit_test(somebody_can_be_asked_about_prices),
        cmocka_unit_test(the_trace_tells_every_rule),
        cmocka_unit_test(a_step_tells_why_it_asks),
        cmocka_unit_test(the_order_of_the_rules_does_not_matter),
        cmocka_unit_test(no_rules_approve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
