/* What must be paid before a release, and when it is. */
#include "rules/payment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PREPAID                                                                                    \
    {                                                                                              \
        PAYMENT_PREPAID, 0, 0                                                                      \
    }
#define DEPOSIT(micros)                                                                            \
    {                                                                                              \
        PAYMENT_DEPOSIT, micros, 0                                                                 \
    }

static void
what_is_asked_follows_the_terms(void **state)
{
    static const struct {
        struct payment_terms terms;
        struct payment_tolerance tolerance;
        int64_t gross;
        int64_t required;
        int64_t enough;
    } cases[] = {
        {{PAYMENT_ACCOUNT, 500000, 30}, {10000, 5}, 10000, 0, 0},
        {PREPAID, {0, 0}, 10000, 10000, 10000},
        {PREPAID, {0, 0}, 0, 0, 0}, /* a gift */
        {PREPAID, {0, 0}, -500, 0, 0},
        {DEPOSIT(300000), {0, 0}, 10000, 3000, 3000},
        {DEPOSIT(333333), {0, 0}, 1, 0, 0},
        {DEPOSIT(500000), {0, 0}, 1, 1, 1}, /* half a cent is one */
        {DEPOSIT(0), {0, 0}, 10000, 0, 0},
        {DEPOSIT(1000000), {0, 0}, 10000, 10000, 10000},
        {PREPAID, {10000, 0}, 9999, 9999, 9900}, /* 99.99 of a hundredth: down */
        {PREPAID, {10000, 150}, 9999, 9999, 9849},
        {PREPAID, {20000, 150}, 9999, 9999, 9800},
        {PREPAID, {0, 5}, 5, 5, 1}, /* nothing at all is never enough */
        {PREPAID, {1000000, 0}, 5, 5, 1},
        {PREPAID,
         {0, 0},
         INT64_C(9000000000000000),
         INT64_C(9000000000000000),
         INT64_C(9000000000000000)},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const struct payment_demand demand =
            payment_demand(&cases[index].terms, cases[index].gross, &cases[index].tolerance);
        assert_int_equal(demand.required_minor, cases[index].required);
        assert_int_equal(demand.enough_minor, cases[index].enough);
    }
}

/* Of an order that asks for others: a deposit is the customer's own, else the company's. */
static void
terms_may_be_those_of_one_order(void **state)
{
    static const struct {
        struct payment_terms agreed;
        const char *asked;
        struct payment_terms terms;
    } cases[] = {
        {DEPOSIT(200000), "", DEPOSIT(200000)},
        {DEPOSIT(200000), "deposit", DEPOSIT(200000)},
        {DEPOSIT(200000), "prepaid", PREPAID},
        {{PAYMENT_ACCOUNT, 200000, 30}, "deposit", {PAYMENT_DEPOSIT, 200000, 30}},
        {{PAYMENT_ACCOUNT, 200000, 30}, "", {PAYMENT_ACCOUNT, 0, 30}},
        {PREPAID, "deposit", DEPOSIT(500000)},
        {PREPAID, "account", {PAYMENT_ACCOUNT, 0, 0}},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const struct payment_terms terms =
            payment_terms_as(&cases[index].agreed, cases[index].asked, 500000);
        assert_int_equal(terms.kind, cases[index].terms.kind);
        assert_int_equal(terms.deposit_micros, cases[index].terms.deposit_micros);
        assert_int_equal(terms.days, cases[index].terms.days);
    }
}

static void
the_state_follows_what_came(void **state)
{
    static const struct {
        struct payment_demand demand;
        int64_t net;
        enum payment_state state;
        enum order_event event;
    } cases[] = {
        {{100, 95}, 0, PAYMENT_DUE, EVENT_PAYMENT_DUE},
        {{100, 95}, 1, PAYMENT_PART, EVENT_PART_PAID},
        {{100, 95}, 94, PAYMENT_PART, EVENT_PART_PAID},
        {{100, 95}, 95, PAYMENT_PAID, EVENT_PAID},
        {{100, 95}, 1000, PAYMENT_PAID, EVENT_PAID},
        {{1, 1}, 1, PAYMENT_PAID, EVENT_PAID},
    };
    const struct payment_demand nothing = {0, 0};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const enum payment_state now = payment_state(&cases[index].demand, cases[index].net);
        assert_int_equal(now, cases[index].state);
        assert_int_equal(payment_event(now), cases[index].event);
    }
    assert_int_equal(payment_state(&nothing, 0), PAYMENT_NONE);
    assert_int_equal(payment_state(&nothing, 100), PAYMENT_NONE);
}

static void
what_is_open_and_what_is_owed_never_go_together(void **state)
{
    (void)state;
    for (int64_t net = 0; net <= 20; net++) {
        const int64_t open = payment_open(10, net);
        const int64_t owed = payment_owed(10, net);
        assert_true(open >= 0 && owed >= 0);
        assert_true(open == 0 || owed == 0);
        assert_int_equal(net + open - owed, 10);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_may_be_those_of_one_order),
        cmocka_unit_test(what_is_asked_follows_the_terms),
        cmocka_unit_test(the_state_follows_what_came),
        cmocka_unit_test(what_is_open_and_what_is_owed_never_go_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
