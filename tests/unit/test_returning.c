/* May goods come back: clauses against requests, worked by hand. */
#include "base/date.h"
#include "base/decimal.h"
#include "base/fault.h"
#include "rules/returning.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { TODAY = 20000 };

#define ANY .reasons = "", .kinds = "", .categories = "", .skus = "", .groups = "", .currency = ""
#define CLAUSE(name, at)                                                                           \
    {                                                                                              \
        .clause = name, .rank = at, ANY, .window_days = 14, .refunds = true                        \
    }

static struct return_facts
facts_of(enum return_reason reason, int32_t days_ago)
{
    return (struct return_facts){.reason = reason,
                                 .sku = "TEA-1",
                                 .category = "tea",
                                 .package = "",
                                 .package_category = "",
                                 .group = "EU",
                                 .currency = "EUR",
                                 .wanted_micros = 2 * MICROS,
                                 .left_micros = 3 * MICROS,
                                 .since_day = TODAY - days_ago,
                                 .today = TODAY};
}

static void
built_in_clauses(void **state)
{
    static const struct {
        enum return_reason reason;
        int32_t days_ago;
        bool is_custom;
        enum return_wish wish;
        enum return_verdict verdict;
        enum return_why why;
        const char *clause;
    } vectors[] = {
        {RETURN_NOT_WANTED, 0, false, RETURN_REFUND, RETURN_ALLOW, RETURN_WHY_CLAUSE,
         "DEFAULT-30-DAYS"},
        {RETURN_NOT_WANTED, 30, false, RETURN_EXCHANGE, RETURN_ALLOW, RETURN_WHY_CLAUSE,
         "DEFAULT-30-DAYS"},
        {RETURN_NOT_WANTED, 31, false, RETURN_REFUND, RETURN_REFUSE, RETURN_WHY_LATE,
         "DEFAULT-30-DAYS"},
        {RETURN_NOT_WANTED, 0, true, RETURN_REFUND, RETURN_REFUSE, RETURN_WHY_CLAUSE,
         "DEFAULT-CUSTOM"},
        {RETURN_DEFECTIVE, 400, true, RETURN_REFUND, RETURN_ALLOW, RETURN_WHY_CLAUSE,
         "DEFAULT-FAULT"},
        {RETURN_DAMAGED, 31, false, RETURN_EXCHANGE, RETURN_ALLOW, RETURN_WHY_CLAUSE,
         "DEFAULT-FAULT"},
        {RETURN_OTHER, 31, false, RETURN_REFUND, RETURN_REFUSE, RETURN_WHY_LATE, "DEFAULT-30-DAYS"},
    };
    struct return_table none;
    (void)state;
    return_table_init(&none, NULL, 0);
    for (size_t index = 0; index < sizeof vectors / sizeof vectors[0]; index++) {
        struct return_facts facts = facts_of(vectors[index].reason, vectors[index].days_ago);
        facts.is_custom = vectors[index].is_custom;
        facts.wish = vectors[index].wish;
        const struct return_ruling ruling = returning_judge(&none, &facts);
        assert_int_equal(ruling.verdict, vectors[index].verdict);
        assert_int_equal(ruling.why, vectors[index].why);
        assert_string_equal(ruling.clause->clause, vectors[index].clause);
    }
}

static void
what_has_not_left_does_not_come_back(void **state)
{
    struct return_table none;
    struct return_facts facts = facts_of(RETURN_DEFECTIVE, 1);
    (void)state;
    return_table_init(&none, NULL, 0);
    facts.wanted_micros = facts.left_micros;
    assert_int_equal(returning_judge(&none, &facts).verdict, RETURN_ALLOW);
    facts.wanted_micros++;
    assert_int_equal(returning_judge(&none, &facts).why, RETURN_WHY_NOT_LEFT);
    facts = facts_of(RETURN_DEFECTIVE, 1);
    facts.since_day = DAY_NONE;
    assert_int_equal(returning_judge(&none, &facts).why, RETURN_WHY_NOT_LEFT);
}

static void
the_least_rank_decides_and_then_the_name(void **state)
{
    struct return_clause items[] = {CLAUSE("B", 2), CLAUSE("C", 1), CLAUSE("A", 2),
                                    CLAUSE("TEA", 1)};
    struct return_table table;
    struct return_facts facts = facts_of(RETURN_NOT_WANTED, 1);
    (void)state;
    items[1].skus = "CUP-1 | CUP-2";
    items[3].groups = "US";
    return_table_init(&table, items, sizeof items / sizeof items[0]);
    assert_string_equal(returning_judge(&table, &facts).clause->clause, "A");
    facts.group = "US";
    assert_string_equal(returning_judge(&table, &facts).clause->clause, "TEA");
    facts.sku = "CUP-2";
    assert_string_equal(returning_judge(&table, &facts).clause->clause, "C");
    facts.wish = RETURN_EXCHANGE;
    assert_int_equal(returning_judge(&table, &facts).why, RETURN_WHY_NO_EXCHANGE);
}

static int64_t
fee_of(const struct return_clause *clause, enum return_reason reason,
       enum return_condition condition, int64_t refund_minor, int exponent)
{
    const struct return_before none = {0, 0};
    return returning_fee(clause, reason, condition, &none, refund_minor, exponent);
}

static void
fees_are_of_the_refund_and_never_for_our_fault(void **state)
{
    struct return_clause clause = CLAUSE("FEE", 1);
    (void)state;
    clause.fees[CONDITION_OPENED] = (struct return_fee){RETURN_FEE_PERCENT, 150000};
    clause.fees[CONDITION_DAMAGED] = (struct return_fee){RETURN_FEE_FIXED, 5 * MICROS};
    assert_int_equal(fee_of(&clause, RETURN_NOT_WANTED, CONDITION_NEW, 991, 2), 0);
    /* 15 % of 9.91 is 1.4865 */
    assert_int_equal(fee_of(&clause, RETURN_NOT_WANTED, CONDITION_OPENED, 991, 2), 149);
    assert_int_equal(fee_of(&clause, RETURN_NOT_WANTED, CONDITION_DAMAGED, 991, 2), 500);
    assert_int_equal(fee_of(&clause, RETURN_NOT_WANTED, CONDITION_DAMAGED, 300, 2), 300);
    assert_int_equal(fee_of(&clause, RETURN_NOT_WANTED, CONDITION_DAMAGED, 991, 0), 5);
    assert_int_equal(fee_of(&clause, RETURN_DEFECTIVE, CONDITION_OPENED, 991, 2), 0);
    assert_int_equal(fee_of(&clause, RETURN_NOT_WANTED, CONDITION_WRONG_ITEM, 991, 2), 0);
}

/* However it is split, and in whichever order: the same as of all at once. */
static void
fees_are_the_same_however_it_is_split(void **state)
{
    static const int64_t refunds[][5] = {
        {991, 993, 991, 0, 1}, {1, 0, 991, 991, 993}, {300, 2, 2, 2, 2670}};
    struct return_clause clause = CLAUSE("FEE", 1);
    (void)state;
    clause.fees[CONDITION_OPENED] = (struct return_fee){RETURN_FEE_PERCENT, 155000};
    clause.fees[CONDITION_DAMAGED] = (struct return_fee){RETURN_FEE_FIXED, 5 * MICROS};
    for (int condition = CONDITION_OPENED; condition <= CONDITION_DAMAGED; condition++) {
        for (size_t split = 0; split < 3; split++) {
            struct return_before before = {0, 0};
            for (size_t at = 0; at < 5; at++) {
                const int64_t fee =
                    returning_fee(&clause, RETURN_NOT_WANTED, (enum return_condition)condition,
                                  &before, refunds[split][at], 2);
                assert_in_range(fee, 0, refunds[split][at]);
                before.refund_minor += refunds[split][at];
                before.fee_minor += fee;
            }
            assert_int_equal(before.fee_minor,
                             fee_of(&clause, RETURN_NOT_WANTED, (enum return_condition)condition,
                                    before.refund_minor, 2));
        }
    }
}

static void
it_is_told_in_two_languages(void **state)
{
    OWNED(arena) arena;
    struct return_table none;
    struct return_facts facts = facts_of(RETURN_NOT_WANTED, 31);
    (void)state;
    arena_init(&arena, 1 << 16);
    return_table_init(&none, NULL, 0);
    const struct return_ruling ruling = returning_judge(&none, &facts);
    assert_string_equal(returning_text(&ruling, &facts, LANGUAGE_EN, &arena),
                        "The clause DEFAULT-30-DAYS lets it come back until 2024-10-03; it was"
                        " asked for on 2024-10-04.");
    assert_string_equal(returning_text(&ruling, &facts, LANGUAGE_ZH, &arena),
                        "条款 DEFAULT-30-DAYS 规定最晚于 2024-10-03 申请退回，而申请日期为"
                        " 2024-10-04。");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_clauses),
        cmocka_unit_test(what_has_not_left_does_not_come_back),
        cmocka_unit_test(the_least_rank_decides_and_then_the_name),
        cmocka_unit_test(fees_are_of_the_refund_and_never_for_our_fault),
        cmocka_unit_test(fees_are_the_same_however_it_is_split),
        cmocka_unit_test(it_is_told_in_two_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
