/* Credit: what is within the limit, what is not, and how it is told. */
#include "rules/credit.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { DAY = 20000 };

static const struct credit_account account = {.customer = "NORD",
                                              .currency = "EUR",
                                              .limit_minor = 100000,
                                              .unpaid_minor = 20000,
                                              .overdue_minor = 0,
                                              .overdue_max_minor = AMOUNT_NONE,
                                              .version = 3};
static const struct rate_fact dollar = {DAY - 1, 920000, 1};
static const struct rate_fact yen = {DAY, 613000, 100};

/* The verdict, with the exposure in cents: "above-limit 100001". */
static const char *
ask(const struct credit_question *question, struct arena *arena)
{
    struct credit_decision decision;
    credit_decide(question, arena, &decision);
    assert_int_equal(decision.is_let_go,
                     decision.verdict == CREDIT_WITHIN || decision.verdict == CREDIT_PREPAID);
    const char *verdict = credit_verdict_names[decision.verdict];
    return decision.exposure_minor == AMOUNT_NONE
               ? verdict
               : arena_format(arena, "%s %lld", verdict, (long long)decision.exposure_minor);
}

static struct credit_question
question_of(const struct credit_account *whose, const struct credit_orders *open, size_t open_count,
            int64_t order_minor)
{
    return (struct credit_question){.account = whose,
                                    .open = open,
                                    .open_count = open_count,
                                    .order = {"EUR", 1, order_minor, NULL},
                                    .day = DAY,
                                    .rate_days_max = 7};
}

static void
the_limit_itself_is_within_and_a_cent_more_is_above(void **state)
{
    static const struct credit_orders open[] = {{"EUR", 2, 30000, NULL}};
    static const struct {
        int64_t order_minor;
        const char *said;
    } cases[] = {{49999, "within-limit 99999"},
                 {50000, "within-limit 100000"},
                 {50001, "above-limit 100001"},
                 {0, "within-limit 50000"},
                 {INT64_C(999999999999999), "above-limit 1000000000049999"}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(arena) arena;
        arena_init(&arena, 1024 * 1024);
        const struct credit_question question =
            question_of(&account, open, 1, cases[index].order_minor);
        assert_string_equal(ask(&question, &arena), cases[index].said);
    }
}

static void
what_is_overdue_is_compared_too(void **state)
{
    static const struct {
        int64_t overdue_minor, overdue_max_minor;
        const char *said;
    } cases[] = {{20000, AMOUNT_NONE, "within-limit 20001"},
                 {5000, 5000, "within-limit 20001"},
                 {5001, 5000, "overdue 20001"},
                 {1, 0, "overdue 20001"},
                 {0, 0, "within-limit 20001"}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(arena) arena;
        struct credit_account whose = account;
        arena_init(&arena, 1024 * 1024);
        whose.overdue_minor = cases[index].overdue_minor;
        whose.overdue_max_minor = cases[index].overdue_max_minor;
        const struct credit_question question = question_of(&whose, NULL, 0, 1);
        assert_string_equal(ask(&question, &arena), cases[index].said);
    }
}

static void
other_currencies_are_exchanged(void **state)
{
    OWNED(arena) arena;
    struct credit_orders open[] = {{"USD", 2, 10801, &dollar}, {"JPY", 1, 5000, &yen}};
    struct credit_question question = question_of(&account, open, 2, 66998);
    (void)state;
    arena_init(&arena, 1024 * 1024);
    /* 108.01 USD are 99.3692, so 99.37; 5,000 JPY are 30.65. */
    assert_string_equal(ask(&question, &arena), "within-limit 100000");
    open[0].gross_minor = 10802; /* 99.3784: a cent more */
    assert_string_equal(ask(&question, &arena), "above-limit 100001");
}

static void
without_a_rate_of_these_days_nobody_can_say(void **state)
{
    OWNED(arena) arena;
    const struct rate_fact old = {DAY - 8, 920000, 1};
    const struct rate_fact edge = {DAY - 7, 1000000, 1};
    struct credit_orders open[] = {{"USD", 2, 1, NULL}};
    struct credit_question question = question_of(&account, open, 1, 1);
    (void)state;
    arena_init(&arena, 1024 * 1024);
    assert_string_equal(ask(&question, &arena), "no-rate");
    open[0].rate = &old;
    assert_string_equal(ask(&question, &arena), "no-rate");
    question.rate_days_max = 0;
    assert_string_equal(ask(&question, &arena), "within-limit 20002");
    question.rate_days_max = 7;
    open[0].rate = &edge;
    assert_string_equal(ask(&question, &arena), "within-limit 20002");
    question.open_count = 0;
    question.order = (struct credit_orders){"USD", 1, 1, NULL};
    assert_string_equal(ask(&question, &arena), "no-rate");
    struct credit_account late = account;
    late.overdue_minor = 1;
    late.overdue_max_minor = 0;
    question.account = &late;
    assert_string_equal(ask(&question, &arena), "overdue");
}

static void
who_pays_before_is_not_asked(void **state)
{
    OWNED(arena) arena;
    struct credit_account whose = account;
    struct credit_question question = question_of(&whose, NULL, 0, 9999999);
    (void)state;
    arena_init(&arena, 1024 * 1024);
    whose.is_prepaid = true;
    whose.overdue_minor = 20000;
    whose.overdue_max_minor = 0;
    assert_string_equal(ask(&question, &arena), "prepaid");
}

static void
the_trace_has_what_was_compared(void **state)
{
    OWNED(arena) arena;
    struct credit_decision decision;
    const struct credit_orders open[] = {{"EUR", 2, 30000, NULL}, {"USD", 1, 10801, &dollar}};
    struct credit_question question = question_of(&account, open, 2, 50001);
    (void)state;
    arena_init(&arena, 1024 * 1024);
    credit_decide(&question, &arena, &decision);
    assert_string_equal(
        decision.trace,
        "{\"rule\":\"credit-limits\",\"version\":3,\"customer\":\"NORD\",\"currency\":\"EUR\","
        "\"limit\":\"1000.00\",\"unpaid\":\"200.00\",\"overdue\":\"0.00\",\"overdue_max\":null,"
        "\"open\":[{\"currency\":\"EUR\",\"orders\":2,\"amount\":\"300.00\"},"
        "{\"currency\":\"USD\",\"orders\":1,\"amount\":\"108.01\",\"rate\":\"0.92\",\"units\":"
        "\"1\","
        "\"date\":\"2024-10-03\",\"exchanged\":\"99.37\"}],\"open_total\":\"399.37\","
        "\"order\":{\"currency\":\"EUR\",\"orders\":1,\"amount\":\"500.01\"},"
        "\"exposure\":\"1099.38\",\"verdict\":\"above-limit\"}");
    question.order = (struct credit_orders){"GBP", 1, 1, NULL};
    question.open_count = 0;
    credit_decide(&question, &arena, &decision);
    assert_non_null(strstr(decision.trace,
                           "\"order\":{\"currency\":\"GBP\",\"orders\":1,\"amount\":\"0.01\","
                           "\"exchanged\":null},\"exposure\":null,\"verdict\":\"no-rate\"}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_limit_itself_is_within_and_a_cent_more_is_above),
        cmocka_unit_test(what_is_overdue_is_compared_too),
        cmocka_unit_test(other_currencies_are_exchanged),
        cmocka_unit_test(without_a_rate_of_these_days_nobody_can_say),
        cmocka_unit_test(who_pays_before_is_not_asked),
        cmocka_unit_test(the_trace_has_what_was_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
