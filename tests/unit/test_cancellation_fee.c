/* What cancellations cost: the clause that decides, the fee it computes, and what is claimed back.
 */
#include "rules/cancellation_check.h"
#include "rules/cancellation_fee.h"

#include "base/decimal.h"
#include "base/fault.h"
#include "rules/cancellation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct fee_clause
clause(const char *name, int64_t rank, enum fee_kind kind)
{
    return (struct fee_clause){.clause = name,
                               .rank = rank,
                               .stages = "",
                               .product_kind = "",
                               .categories = "",
                               .skus = "",
                               .groups = "",
                               .hours_from = FEE_NOT_GIVEN,
                               .hours_below = FEE_NOT_GIVEN,
                               .promised_within = FEE_NOT_GIVEN,
                               .faults = "",
                               .deposit_paid = "",
                               .currency = "",
                               .kind = kind,
                               .amount_micros = FEE_NOT_GIVEN,
                               .percent_micros = FEE_NOT_GIVEN,
                               .minimum_micros = FEE_NOT_GIVEN,
                               .maximum_micros = FEE_NOT_GIVEN,
                               .gifts = GIFTS_KEEP,
                               .waived_by = "",
                               .waive_up_to_micros = FEE_NOT_GIVEN};
}

static struct fee_line
line(const char *number, enum cancel_stage stage, int64_t net_minor, int64_t tax_minor)
{
    return (struct fee_line){number, "SKU-1", "tea", false, stage, net_minor, tax_minor};
}

static struct fee_facts
facts(const struct fee_line *lines, size_t count)
{
    return (struct fee_facts){.group = "retail",
                              .fault = "customer",
                              .currency = "EUR",
                              .exponent = 2,
                              .hours_left = FEE_HOURS_NONE,
                              .deposit_for_minor = 100000,
                              .deposit_left_minor = INT64_MAX,
                              .lines = lines,
                              .line_count = count};
}

/* "C-1 1000+190, ..." and the first trace. */
static const char *
judged(struct fee_clause *clauses, size_t count, const struct fee_facts *known, bool with_trace)
{
    static char said[1000];
    OWNED(arena) arena;
    struct fee_table table;
    struct fee_ruling ruling;
    size_t size = 0;
    arena_init(&arena, 1024 * 1024);
    fee_table_init(&table, clauses, count);
    cancellation_fee(&table, known, &arena, &ruling);
    said[0] = '\0';
    for (size_t index = 0; index < ruling.count; index++) {
        const struct fee_item *item = &ruling.items[index];
        size += (size_t)snprintf(said + size, sizeof said - size, "%s%s %lld+%lld",
                                 index == 0 ? "" : ", ", item->clause->clause,
                                 (long long)item->net_minor, (long long)item->tax_minor);
        if (with_trace) {
            size += (size_t)snprintf(said + size, sizeof said - size, " | %s | %s",
                                     item->trace[LANGUAGE_EN], item->trace[LANGUAGE_ZH]);
        }
    }
    return said;
}

/* 100.01 so far, of lines of 20.00, 10.00 and 30.00: two clauses by cost share it, halves up. */
static void
what_it_has_cost_is_charged_once(void **state)
{
    (void)state;
    struct fee_clause clauses[] = {clause("C-1", 1, FEE_COST), clause("C-2", 2, FEE_COST),
                                   clause("C-3", 3, FEE_NONE)};
    const struct fee_line lines[] = {line("1", CANCEL_APPROVED, 2000, 380),
                                     line("2", CANCEL_RELEASED, 1000, 190),
                                     line("3", CANCEL_IN_PRODUCTION, 3000, 570)};
    struct fee_facts known = facts(lines, 3);
    known.cost_minor = 10001;
    clauses[0].stages = "approved";
    clauses[1].stages = "released";
    assert_string_equal(judged(clauses, 3, &known, false), "C-1 6667+0, C-2 3334+0, C-3 0+0");
    known.line_count = 1;
    assert_string_equal(judged(clauses, 3, &known, false), "C-1 10001+0");
    const struct fee_line free_lines[] = {line("1", CANCEL_APPROVED, 0, 0),
                                          line("2", CANCEL_RELEASED, 0, 0)};
    known = facts(free_lines, 2);
    known.cost_minor = 10001;
    assert_string_equal(judged(clauses, 3, &known, false), "C-1 10001+0, C-2 0+0");
}

static void
the_least_rank_decides_and_its_lines_are_charged_together(void **state)
{
    (void)state;
    struct fee_clause clauses[] = {clause("C-9", 9, FEE_PERCENT), clause("C-2", 2, FEE_FIXED),
                                   clause("C-1", 2, FEE_NONE)};
    const struct fee_line lines[] = {line("1", CANCEL_APPROVED, 10000, 1900),
                                     line("2", CANCEL_APPROVED, 333, 63),
                                     line("3", CANCEL_RELEASED, 5000, 950)};
    struct fee_facts known = facts(lines, 3);
    clauses[0].percent_micros = 100000;
    clauses[1].stages = "released | in-production";
    clauses[1].amount_micros = 20 * MICROS;
    clauses[2].stages = "submitted";
    assert_string_equal(judged(clauses, 3, &known, false), "C-2 2000+0, C-9 1033+0");
    known.fault = "company";
    assert_string_equal(judged(clauses, 3, &known, false), "C-2 0+0, C-9 0+0");
}

static void
a_fee_has_limits_and_may_bear_tax(void **state)
{
    (void)state;
    struct fee_clause one[] = {clause("C-1", 1, FEE_PERCENT)};
    const struct fee_line lines[] = {line("1", CANCEL_APPROVED, 10005, 1901)};
    const struct fee_facts known = facts(lines, 1);
    one[0].percent_micros = 100000;
    one[0].bears_tax = true;
    assert_string_equal(judged(one, 1, &known, true),
                        "C-1 1001+190 | By the clause C-1, 10 % of 100.05 EUR, the net of what is"
                        " cancelled: 10.01 EUR. With tax of 1.90 EUR: 11.91 EUR. | 根据条款"
                        " C-1，按取消部分净额 100.05 EUR 的 10 % 计：10.01 EUR。加税额 1.90 EUR，"
                        "合计：11.91 EUR。");
    one[0].bears_tax = false;
    one[0].minimum_micros = 15 * MICROS;
    assert_string_equal(judged(one, 1, &known, false), "C-1 1500+0");
    one[0].percent_micros = 900000;
    one[0].maximum_micros = 30 * MICROS;
    assert_string_equal(judged(one, 1, &known, false), "C-1 3000+0");
    one[0].kind = FEE_FIXED;
    one[0].maximum_micros = FEE_NOT_GIVEN;
    one[0].amount_micros = 5000 * MICROS;
    assert_string_equal(judged(one, 1, &known, false), "C-1 10005+0"); /* no more than it is */
}

static void
costs_and_deposits_are_kept(void **state)
{
    (void)state;
    struct fee_clause one[] = {clause("C-1", 1, FEE_COST)};
    const struct fee_line lines[] = {line("1", CANCEL_IN_PRODUCTION, 20000, 5000)};
    struct fee_facts known = facts(lines, 1);
    known.cost_minor = 30005;
    one[0].percent_micros = 100000;
    assert_string_equal(judged(one, 1, &known, false), "C-1 33006+0");
    one[0].kind = FEE_DEPOSIT;
    one[0].percent_micros = 500000;
    known.deposit_minor =
        20000; /* a quarter of the order is cancelled: 50.00 of it, half is kept */
    assert_string_equal(judged(one, 1, &known, false), "C-1 2500+0");
    one[0].deposit_paid = "no";
    assert_string_equal(judged(one, 1, &known, false), "");
}

/* What is rounded up of one clause is not there for the next; what went back is not kept; and tax
 * is in it. */
static void
no_more_of_a_deposit_is_kept_than_is_here(void **state)
{
    (void)state;
    struct fee_clause two[] = {clause("C-1", 1, FEE_DEPOSIT), clause("C-2", 2, FEE_DEPOSIT)};
    struct fee_line lines[] = {line("1", CANCEL_APPROVED, 10000, 0),
                               line("2", CANCEL_RELEASED, 10000, 0)};
    struct fee_facts known = facts(lines, 2);
    two[0].stages = "approved";
    two[0].percent_micros = two[1].percent_micros = MICROS;
    known.deposit_minor = 101;
    known.deposit_for_minor = 20000;
    assert_string_equal(judged(two, 2, &known, false), "C-1 51+0, C-2 50+0");
    known.deposit_left_minor = 41;
    assert_string_equal(judged(two, 2, &known, false), "C-1 21+0, C-2 20+0");
    const struct fee_before before = {"C-1", 10000, 0, 0, 51, 0};
    known.deposit_left_minor = 101;
    known.before = &before;
    known.before_count = 1;
    known.lines = lines + 1;
    known.line_count = 1;
    assert_string_equal(judged(two, 2, &known, false), "C-2 50+0");
    lines[1].tax_minor = 1900;
    two[1].bears_tax = true;
    known = facts(&lines[1], 1);
    known.deposit_minor = known.deposit_left_minor = 5950;
    known.deposit_for_minor = 11900;
    assert_string_equal(judged(two, 2, &known, false), "C-2 5000+950");
    assert_non_null(strstr(judged(two, 2, &known, true), "Of that 9.50 EUR are tax."));
}

static void
hours_groups_and_products_are_conditions(void **state)
{
    (void)state;
    struct fee_clause one[] = {clause("C-1", 1, FEE_NONE)};
    struct fee_line lines[] = {line("1", CANCEL_APPROVED, 100, 0)};
    struct fee_facts known = facts(lines, 1);
    one[0].hours_from = 24;
    one[0].hours_below = 48;
    known.hours_since = 23;
    assert_string_equal(judged(one, 1, &known, false), "");
    known.hours_since = 24;
    assert_string_equal(judged(one, 1, &known, false), "C-1 0+0");
    known.hours_since = 48;
    assert_string_equal(judged(one, 1, &known, false), "");
    known.hours_since = 30;
    one[0].promised_within = 72;
    assert_string_equal(judged(one, 1, &known, false), "");
    known.hours_left = 71;
    assert_string_equal(judged(one, 1, &known, false), "C-1 0+0");
    one[0].product_kind = "custom";
    assert_string_equal(judged(one, 1, &known, false), "");
    lines[0].is_custom = true;
    one[0].groups = "wholesale";
    assert_string_equal(judged(one, 1, &known, false), "");
    one[0].groups = "trade | retail";
    one[0].currency = "EUR";
    assert_string_equal(judged(one, 1, &known, false), "C-1 0+0");
    one[0].currency = "CNY";
    assert_string_equal(judged(one, 1, &known, false), "");
}

/* 满300减50, three lines of 100.00, the third is cancelled. */
static void
promotions_are_locked_or_evaluated(void **state)
{
    (void)state;
    static const int64_t paid[] = {8333, 8333, 8334}; /* 16.67, 16.67 and 16.66 off */
    const int64_t refund = cancel_share(paid[2], MICROS, 0, MICROS);
    assert_int_equal(refund, 8334);
    const struct fee_amount locked = {25000 - refund, 0};
    assert_int_equal(locked.net_minor, 16666);
    const struct fee_amount none = {0, 0};
    const struct fee_amount alone = {20000, 0};
    struct fee_amount now = cancellation_clawback(locked, alone, none, true);
    assert_int_equal(now.net_minor,
                     3334); /* so that 50.00 of 250.00 go back, and 200.00 are paid */
    assert_int_equal(refund - now.net_minor, 5000);
    assert_int_equal(cancellation_clawback(locked, alone, none, false).net_minor, 0);
    /* It only claims back. */
    assert_int_equal(
        cancellation_clawback(locked, (struct fee_amount){15000, 0}, none, true).net_minor, 0);
    /* The second goes too: 100.00 stay, and 16.67 of what was claimed goes back. */
    now = cancellation_clawback((struct fee_amount){8333, 0}, (struct fee_amount){10000, 0},
                                (struct fee_amount){3334, 0}, false);
    assert_int_equal(now.net_minor, 1667 - 3334);
    /* All goes, and so does the claim. */
    assert_int_equal(
        cancellation_clawback(none, none, (struct fee_amount){1667, 0}, true).net_minor, -1667);
    /* Net and tax move apart: both foot. */
    now = cancellation_clawback((struct fee_amount){100, 30}, (struct fee_amount){140, 20}, none,
                                true);
    assert_int_equal(now.net_minor + now.tax_minor, 30);
    assert_true(now.net_minor >= 0 && now.tax_minor >= 0);
}

static void
who_may_waive_is_said_by_the_clause(void **state)
{
    (void)state;
    assert_int_equal(cancellation_waiver("", FEE_NOT_GIVEN, "user:anna", 1), WAIVER_NOBODY);
    assert_int_equal(cancellation_waiver("anna | boris", 500, "user:anna", 500), WAIVER_MAY);
    assert_int_equal(cancellation_waiver("anna | boris", 500, "user:anna", 501), WAIVER_AMOUNT);
    assert_int_equal(cancellation_waiver("anna | boris", FEE_NOT_GIVEN, "boris", 501), WAIVER_MAY);
    assert_int_equal(cancellation_waiver("anna | boris", 500, "user:carl", 1), WAIVER_PERSON);
}

/* "C-1 needs amount, ..." */
static const char *
doubts(struct fee_clause *clauses, size_t count)
{
    static char said[500];
    static const char *const names[POLICY_DOUBT_COUNT] = {"needs",   "currency", "word",  "limits",
                                                          "never",   "hidden",   "equal", "penalty",
                                                          "company", "gifts"};
    OWNED(arena) arena;
    struct fee_table table;
    struct policy_remark *remarks = NULL;
    size_t remark_count = 0;
    size_t size = 0;
    arena_init(&arena, 1024 * 1024);
    fee_table_init(&table, clauses, count);
    cancellation_check(&table, &arena, &remarks, &remark_count);
    said[0] = '\0';
    for (size_t index = 0; index < remark_count; index++) {
        size += (size_t)snprintf(said + size, sizeof said - size, "%s%s %s %s",
                                 index == 0 ? "" : ", ", remarks[index].clause->clause,
                                 names[remarks[index].doubt], remarks[index].field);
    }
    return said;
}

static void
what_is_doubtful_in_a_policy_is_seen(void **state)
{
    (void)state;
    struct fee_clause two[] = {clause("A", 1, FEE_FIXED), clause("B", 2, FEE_NONE)};
    assert_string_equal(doubts(two, 1), "A needs amount");
    two[0].amount_micros = MICROS;
    assert_string_equal(doubts(two, 1), "A currency currency");
    two[0].currency = "EUR";
    two[0].stages = "approved";
    assert_string_equal(doubts(two, 2), "");
    two[0].stages = "approved | gone";
    two[0].faults = "company";
    assert_string_equal(doubts(two, 1), "A word stages, A company faults");
    struct fee_clause gifts = clause("A", 1, FEE_NONE);
    gifts.gifts = GIFTS_BACK;
    assert_string_equal(doubts(&gifts, 1), "A gifts gifts");
    gifts.evaluates = true;
    assert_string_equal(doubts(&gifts, 1), "");
    struct fee_clause same[] = {clause("A", 1, FEE_PERCENT), clause("B", 1, FEE_NONE)};
    same[0].percent_micros = 300000;
    same[0].stages = "approved";
    same[1].skus = "X";
    assert_string_equal(doubts(same, 2), "B equal rank");
    same[0].percent_micros = 300001;
    same[0].stages = "";
    assert_string_equal(doubts(same, 2), "A penalty percent, B hidden rank");
    same[1].hours_from = same[1].hours_below = 5;
    same[1].skus = "";
    same[0].skus = "Y";
    same[1].minimum_micros = 2;
    same[1].maximum_micros = 1;
    same[1].currency = "EUR";
    assert_string_equal(doubts(same, 2),
                        "A penalty percent, B limits minimum, B never hours_from, B equal rank");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_has_cost_is_charged_once),
        cmocka_unit_test(the_least_rank_decides_and_its_lines_are_charged_together),
        cmocka_unit_test(a_fee_has_limits_and_may_bear_tax),
        cmocka_unit_test(costs_and_deposits_are_kept),
        cmocka_unit_test(no_more_of_a_deposit_is_kept_than_is_here),
        cmocka_unit_test(hours_groups_and_products_are_conditions),
        cmocka_unit_test(promotions_are_locked_or_evaluated),
        cmocka_unit_test(who_may_waive_is_said_by_the_clause),
        cmocka_unit_test(what_is_doubtful_in_a_policy_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
