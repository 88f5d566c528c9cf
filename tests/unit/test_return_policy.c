/* A return policy before it is in force: fees as they are written, and what is doubtful. */
#include "base/decimal.h"
#include "base/fault.h"
#include "rules/return_policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define CLAUSE(name, at, days)                                                                     \
    {                                                                                              \
        .clause = name, .rank = at, .reasons = "", .kinds = "", .categories = "", .skus = "",      \
        .groups = "", .currency = "", .window_days = days, .refunds = true, .line = (at) + 1       \
    }

static void
fees_are_percentages_or_amounts(void **state)
{
    static const struct {
        const char *text;
        bool is_fee;
        enum return_fee_kind kind;
        int64_t micros;
    } vectors[] = {
        {"", true, RETURN_FEE_NONE, 0},
        {"10%", true, RETURN_FEE_PERCENT, 100000},
        {"12.5 %", true, RETURN_FEE_PERCENT, 125000},
        {"100%", true, RETURN_FEE_PERCENT, MICROS},
        {"5.00", true, RETURN_FEE_FIXED, 5 * MICROS},
        {"0", true, RETURN_FEE_FIXED, 0},
        {"100.0001%", false, RETURN_FEE_NONE, 0},
        {"0.000001%", false, RETURN_FEE_NONE, 0},
        {"-5", false, RETURN_FEE_NONE, 0},
        {"%", false, RETURN_FEE_NONE, 0},
        {"a tenth", false, RETURN_FEE_NONE, 0},
        {"00000000000000000000000000000000000000001", false, RETURN_FEE_NONE, 0},
    };
    (void)state;
    for (size_t index = 0; index < sizeof vectors / sizeof vectors[0]; index++) {
        struct return_fee fee;
        assert_int_equal(return_fee_read(vectors[index].text, &fee), vectors[index].is_fee);
        if (vectors[index].is_fee) {
            assert_int_equal(fee.kind, vectors[index].kind);
            assert_int_equal(fee.micros, vectors[index].micros);
        }
    }
}

/* "HIDDEN FAULT ALL": doubt, clause, and what it is about. */
static const char *
doubts(struct return_clause *items, size_t count, struct arena *arena)
{
    static const char *const names[POLICY_DOUBT_COUNT] = {"REASON", "KIND", "CURRENCY", "HIDDEN",
                                                          "SHORT"};
    struct return_table table;
    struct policy_remark *remarks = NULL;
    const char *text = "";
    return_table_init(&table, items, count);
    const size_t told = return_policy_check(&table, arena, &remarks);
    for (size_t index = 0; index < told; index++) {
        text = arena_format(arena, "%s%s%s %s %s", text, index == 0 ? "" : ", ",
                            names[remarks[index].doubt], remarks[index].clause->clause,
                            remarks[index].other != NULL ? remarks[index].other->clause
                                                         : remarks[index].value);
    }
    return text;
}

static void
what_is_doubtful_is_told(void **state)
{
    OWNED(arena) arena;
    struct return_clause items[] = {CLAUSE("A", 1, 14), CLAUSE("B", 2, 6), CLAUSE("C", 3, 30)};
    (void)state;
    arena_init(&arena, 1 << 16);
    items[0].reasons = "damaged | defective";
    assert_string_equal(doubts(items, 3, &arena), "SHORT B , HIDDEN C B");
    items[1].verdict = RETURN_REFUSE;
    items[1].skus = "TEA-1 | TEA-2";
    assert_string_equal(doubts(items, 3, &arena), "");
    items[2].skus = "TEA-2";
    assert_string_equal(doubts(items, 3, &arena), "HIDDEN C B");
    items[2].skus = "TEA-2 | CUP-1";
    assert_string_equal(doubts(items, 3, &arena), "");
    items[2].reasons = "defective | late | ";
    items[2].kinds = "special";
    items[2].fees[CONDITION_NEW] = (struct return_fee){RETURN_FEE_FIXED, MICROS};
    assert_string_equal(doubts(items, 3, &arena), "REASON C late, KIND C special, CURRENCY C ");
    items[2].currency = "EUR";
    items[1].currency = "USD";
    assert_string_equal(doubts(items, 3, &arena), "REASON C late, KIND C special");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fees_are_percentages_or_amounts),
        cmocka_unit_test(what_is_doubtful_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
