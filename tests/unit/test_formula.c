#include "formula_names.h"

/* Arenas are given back, so that a test may compile as much as it likes. */
static void
assert_value(const char *text, const char *expected)
{
    OWNED(arena) arena;
    struct formula_mistakes mistakes;
    struct formula_evaluation evaluation;
    char shown[PICOS_TEXT_SIZE];
    arena_init(&arena, ARENA_MAX);
    const struct formula *formula =
        formula_compile(text, &names, FORMULA_NUMBER, &arena, &mistakes);
    if (formula == NULL) {
        fail_msg("%s: %s at %zu", text, formula_code_names[mistakes.items[0].code],
                 mistakes.items[0].column);
    }
    const enum formula_code code = formula_evaluate(formula, usual, &evaluation);
    const char *got = code == FORMULA_FINE ? picos_format(shown, evaluation.value.picos, false)
                                           : formula_code_names[code];
    if (strcmp(got, expected) != 0) {
        fail_msg("%s: is %s, not %s", text, got, expected);
    }
    if (code == FORMULA_FINE) {
        assert_true(picos_range_holds(formula_range(formula), evaluation.value.picos));
    }
}

static void
prices_are_as_reckoned(void **state)
{
    static const char *const cases[][2] = {
        {"length * width * 12.00 + setup", "36.68"},
        {"length * width * 0.000125 + setup", "5.00033"},
        {"max(round(base * 1.15, 2), 9.90)", "11.50"},
        {"if(quantity >= 100, 0.80, 1.00) * base", "8"},
        {"1 - 2 - 3 * 4 / 6", "-3"},
        {"-base + -(2 - 5)", "-7"},
        {"--2", "2"},
        {"2 * (3 + 4)", "14"},
        /* Odoo: 10 % off, rounded to tens, one cent less. */
        {"round(149.99 * 0.9, -1) - 0.01", "129.99"},
        {"clamp(round(149.99 * 0.9, -1) - 0.01, base + 1, base + 100)", "110"},
        /* Volume and bands, the vectors of order-management.md. */
        {"tier(15000, 0: 0.10, 1000: 0.05, 10000: 0.01) * 15000", "150"},
        {"graduated(15000, 0: 0.10, 1000: 0.05, 10000: 0.01)", "600"},
        {"graduated(15000, 0: 0.01, 1000: 0.008, 10000: 0.005)", "107"},
        {"graduated(1000, 0: 0.10, 1000: 0.05)", "100"},
        {"graduated(0, 0: 0.10, 1000: 0.05)", "0"},
        {"tier(999.999999, 0: 1, 1000: 2)", "1"},
        {"tier(1000, 0: 1, 1000: 2)", "2"},
        {"tier(quantity, 0: base, 100: base * 0.9)", "9"},
        {"tier(65000, 0: 0.0006) * 65000 + 10", "49"},
        {"ceil(4.5)", "5"},
        {"ceil(quantity, 48) / 48", "3"},
        {"floor(quantity, 48)", "96"},
        {"floor(-7, 5)", "-10"},
        {"ceil(-7, 5)", "-5"},
        {"floor(-10, 5)", "-10"},
        {"abs(offset)", "0.50"},
        {"min(3, 1, 2) + max(3, 1, 2)", "4"},
        {"clamp(5, 1, 3)", "3"},
        {"clamp(-5, 1, 3)", "1"},
        {"clamp(2, base, setup)", "10"}, /* crossed: low wins */
        {"round(2.5, 0)", "3"},
        {"round(-2.5, 0)", "-3"},
        {"round(2.5, 0, \"half-even\")", "2"},
        {"round(2.1, 0, 'up')", "3"},
        {"round(-2.1, 0, 'up')", "-3"},
        {"round(2.9, 0, 'down')", "2"},
        {"1 / 3", "0.333333333333"},
        {"2 / 3", "0.666666666667"},
        {"-2 / 3", "-0.666666666667"},
        {"0.000001 * 0.0000005", "0.000000000001"}, /* a half, away from zero */
        {"0.000000000001 / 2", "0.000000000001"},
        {"-0.000000000001 / 2", "-0.000000000001"},
        {"-0.000001 * 0.0000005", "-0.000000000001"},
        {"0.000001 * 0.0000004", "0"},
        {"1000000000000 * 999999999999.999999999999", "999999999999999999999999"},
        {"暖色 * 2", "6"},
        {"[暖色] + [base]\n\t+ 1", "14"},
        {"0.1 + 0.2", "0.30"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        assert_value(cases[index][0], cases[index][1]);
    }
}

static void
conditions_are_as_they_read(void **state)
{
    static const struct {
        const char *condition;
        bool is_met;
    } cases[] = {
        {"quantity = 120", true},
        {"quantity != 120", false},
        {"120 < quantity", false},
        {"120 <= quantity", true},
        {"quantity > 119.999999", true},
        {"colour = \"red\"", true},
        {"colour = 'Red'", false},
        {"colour != 'blue'", true},
        {"colour in (\"red\", \"blue\")", true},
        {"colour in ('blue')", false},
        {"quantity in (1, 120)", true},
        {"[gift wrap]", true},
        {"not [gift wrap]", false},
        {"[gift wrap] = false", false},
        {"not colour = 'red' or true", true}, /* (not (colour = 'red')) or true */
        {"true or false and false", true},
        {"(true or false) and false", false},
        {"given(engraving)", false},
        {"given(setup)", true},
        {"given(engraving) and engraving > 3", false}, /* the second part is not evaluated */
        {"not given(engraving) or engraving > 3", true},
        {"quantity > 0 and 1 / quantity < 1", true},
        {"if(quantity > 1, colour, 'none') = 'red'", true},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        char text[200];
        snprintf(text, sizeof text, "if(%s, 1, 0)", cases[index].condition);
        assert_value(text, cases[index].is_met ? "1" : "0");
    }
}

static void
what_has_no_value_says_where(void **state)
{
    static const struct {
        const char *text;
        int name; /* and what is written for it; NULL: absent */
        const char *written;
        const char *expected; /* code@column place */
    } cases[] = {
        {"setup + engraving", ENGRAVING, NULL, "missing@9 engraving"},
        {"setup + width", WIDTH, NULL, "missing@9 width"},
        {"setup + width", WIDTH, "wide", "not-a-number@9 width"},
        {"setup + width", WIDTH, "", "not-a-number@9 width"},
        {"setup + width", WIDTH, "1,5", "not-a-number@9 width"},
        {"setup + width", WIDTH, "1.1234567", "not-a-number@9 width"},
        {"setup + width", WIDTH, "3.000001", "out-of-bounds@9 width"},
        {"setup + width", WIDTH, "-1", "out-of-bounds@9 width"},
        {"setup + width", WIDTH, "99999999999999999999999999", "out-of-bounds@9 width"},
        {"if([gift wrap], 1, 2)", GIFT, "yes", "not-a-truth@4 [gift wrap]"},
        {"base + tier(quantity, 10: 1)", QUANTITY, "9", "below-breaks@13 quantity"},
        {"base + graduated(offset, 0: 1)", OFFSET, "-1", "below-breaks@18 offset"},
        {"暖色 + 暖色 * 1000000000 * 1000000000", WARM, "1000000000",
         "overflow@6 暖色 * 1000000000 * 1000000000"},
        {"if(quantity > 1000, width, 1)", WIDTH, "wide", "fine@0 "}, /* nobody looks at it */
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(arena) arena;
        struct formula_mistakes mistakes;
        struct formula_evaluation evaluation;
        struct formula_input inputs[NAME_COUNT];
        arena_init(&arena, ARENA_MAX);
        memcpy(inputs, usual, sizeof inputs);
        inputs[cases[index].name] = (struct formula_input){
            .state = cases[index].written == NULL ? FORMULA_ABSENT : FORMULA_WRITTEN,
            .text = cases[index].written};
        const struct formula *formula =
            formula_compile(cases[index].text, &names, FORMULA_NUMBER, &arena, &mistakes);
        assert_non_null(formula);
        const enum formula_code code = formula_evaluate(formula, inputs, &evaluation);
        assert_string_equal(arena_format(&arena, "%s@%zu %.*s", formula_code_names[code],
                                         evaluation.column, (int)evaluation.place_size,
                                         evaluation.place),
                            cases[index].expected);
        assert_true(code == FORMULA_FINE || evaluation.value.type == FORMULA_TYPE_COUNT);
    }
}

static void
told_is_how_it_came_about(void **state)
{
    static const char *const cases[][2] = {
        {"length * width * 12.00 + setup",
         "length 2.40 m * width 1.10 m * 12.00 = 31.68; 31.68 + setup 5 = 36.68"},
        {"max(round(base * 1.15, 2), 9.90)",
         "round(base 10 * 1.15, 2) = 11.50; max(11.50, 9.90) = 11.50"},
        {"if(colour = 'red', 0.80, width)\n * base",
         "if(colour \"red\" = 'red', 0.80, width) = 0.80; 0.80 * base 10 = 8.00"},
        {"(setup - 2) * (base + 1)", "(setup 5 - 2) * (base 10 + 1) = 33.00"},
        {"setup - (base * 2)", "base 10 * 2 = 20.00; setup 5 - (20.00) = -15.00"},
        {"graduated(quantity, 0: 0.10, 100: min(0.05, 1))",
         "min(0.05, 1) = 0.05; graduated(quantity 120, 0: 0.10, 100: 0.05) = 11.00"},
        {"5", "5 = 5.00"},
    };
    OWNED(arena) arena;
    struct formula_mistakes mistakes;
    struct formula_evaluation evaluation;
    (void)state;
    arena_init(&arena, ARENA_MAX);
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const struct formula *formula =
            formula_compile(cases[index][0], &names, FORMULA_NUMBER, &arena, &mistakes);
        assert_non_null(formula);
        assert_int_equal(formula_evaluate(formula, usual, &evaluation), FORMULA_FINE);
        assert_string_equal(formula_tell(&evaluation, &arena), cases[index][1]);
    }
}

static void
told_is_bounded(void **state)
{
    OWNED(arena) arena;
    struct formula_mistakes mistakes;
    struct formula_evaluation evaluation;
    (void)state;
    arena_init(&arena, ARENA_MAX);
    const struct formula *formula = formula_compile(repeated(&arena, "1", "+abs(base)", 200, ""),
                                                    &names, FORMULA_NUMBER, &arena, &mistakes);
    assert_int_equal(formula_evaluate(formula, usual, &evaluation), FORMULA_FINE);
    assert_int_equal(evaluation.step_count, FORMULA_TRACE_MAX);
    assert_int_equal(evaluation.left_out, 201 - FORMULA_TRACE_MAX);
    /* Each width becomes "width 1.123456 m". */
    struct formula_input inputs[NAME_COUNT];
    memcpy(inputs, usual, sizeof inputs);
    inputs[WIDTH].text = "1.123456";
    formula = formula_compile(repeated(&arena, "1", "+width", 660, ""), &names, FORMULA_NUMBER,
                              &arena, &mistakes);
    assert_int_equal(formula_evaluate(formula, inputs, &evaluation), FORMULA_FINE);
    assert_in_range(strlen(formula_tell(&evaluation, &arena)), FORMULA_TOLD_MAX - 3,
                    FORMULA_TOLD_MAX + 3);
}

static void
results_become_micros_and_minor_units(void **state)
{
    int64_t result = 0;
    (void)state;
    assert_true(picos_to(PICOS / 3, 6, ROUND_HALF_UP, DECIMAL_MICROS_MAX, &result));
    assert_int_equal(result, 333333);
    assert_true(picos_to(-PICOS / 200, 2, ROUND_HALF_UP, 100, &result));
    assert_int_equal(result, -1);
    assert_false(picos_to(101 * PICOS / 100, 2, ROUND_HALF_UP, 100, &result));
    assert_false(picos_to(PICOS_MAX, 12, ROUND_HALF_UP, INT64_MAX, &result));
    assert_int_equal(result, -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_are_as_reckoned),
        cmocka_unit_test(conditions_are_as_they_read),
        cmocka_unit_test(what_has_no_value_says_where),
        cmocka_unit_test(told_is_how_it_came_about),
        cmocka_unit_test(told_is_bounded),
        cmocka_unit_test(results_become_micros_and_minor_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
