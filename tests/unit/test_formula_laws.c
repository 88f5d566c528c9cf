#include "formula_names.h"

/* What must hold of any formula.  The dice are the same every time. */

struct dice {
    uint64_t state;
};

static uint64_t
roll(struct dice *dice, uint64_t sides)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return (dice->state >> 11) % sides;
}

static const char *random_number(struct dice *dice, struct arena *arena, int depth);

static const char *
random_literal(struct dice *dice, struct arena *arena)
{
    static const char *const literals[] = {"0",
                                           "1",
                                           "2",
                                           "0.5",
                                           "-1",
                                           "0.01",
                                           "-0.003",
                                           "7.25",
                                           "100",
                                           "123456.789",
                                           "0.000000000001",
                                           "1000000000000000000"};
    const uint64_t which = roll(dice, 20);
    return which < 12 ? literals[which]
                      : arena_format(arena, "%d.%02d", (int)roll(dice, 200), (int)roll(dice, 100));
}

static const char *
random_truth(struct dice *dice, struct arena *arena, int depth)
{
    static const char *const signs[] = {"=", "!=", "<", "<=", ">", ">="};
    static const char *const numbers[] = {"quantity", "base", "length", "setup", "offset", "暖色"};
    const int below = depth - 1;
    switch (depth <= 0 ? 8 : roll(dice, 9)) {
    case 0:
        return arena_format(arena, "(%s and %s)", random_truth(dice, arena, below),
                            random_truth(dice, arena, below));
    case 1:
        return arena_format(arena, "(%s or %s)", random_truth(dice, arena, below),
                            random_truth(dice, arena, below));
    case 2: return arena_format(arena, "(not %s)", random_truth(dice, arena, below));
    case 3:
        return arena_format(arena, "%s %s %s", random_number(dice, arena, below),
                            signs[roll(dice, 6)], random_number(dice, arena, below));
    case 4: return roll(dice, 2) ? "[gift wrap]" : "given(engraving)";
    case 5: return roll(dice, 2) ? "colour = 'red'" : "colour in ('blue', 'green')";
    default:
        return roll(dice, 2) ? arena_format(arena, "%s %s %s", numbers[roll(dice, 6)],
                                            signs[roll(dice, 6)], random_literal(dice, arena))
                             : arena_format(arena, "%s %s %s", random_literal(dice, arena),
                                            signs[roll(dice, 6)], numbers[roll(dice, 6)]);
    }
}

static const char *
random_leaf(struct dice *dice, struct arena *arena)
{
    static const char *const leaves[] = {"quantity", "base",      "length", "width",
                                         "setup",    "engraving", "offset", "暖色"};
    const uint64_t which = roll(dice, 12);
    return which < 8 ? leaves[which] : random_literal(dice, arena);
}

static const char *
random_breaks(struct dice *dice, struct arena *arena, int depth)
{
    return arena_format(arena, "%s(%s, 0: %s, %d: %s, 1000: %s)",
                        roll(dice, 2) ? "tier" : "graduated", random_number(dice, arena, depth),
                        random_number(dice, arena, depth), 1 + (int)roll(dice, 100),
                        random_number(dice, arena, depth), random_number(dice, arena, depth));
}

static const char *
random_pair(struct dice *dice, struct arena *arena, int depth)
{
    static const char *const forms[] = {
        "(%s + %s)",   "(%s - %s)", "%s * %s",       "(%s) / (%s)",  "min(%s, %s)",
        "max(%s, %s)", "%s - -%s",  "floor(%s, %s)", "ceil(%s, %s)", "(%s) / abs(%s)",
    };
    const char *left = random_number(dice, arena, depth);
    const char *right = random_number(dice, arena, depth);
    return arena_format(arena, forms[roll(dice, sizeof forms / sizeof forms[0])], left, right);
}

static const char *
random_number(struct dice *dice, struct arena *arena, int depth)
{
    static const char *const modes[] = {"half-up", "half-even", "up", "down"};
    if (depth <= 0) {
        return random_leaf(dice, arena);
    }
    const char *one = random_number(dice, arena, depth - 1);
    const char *other = random_number(dice, arena, depth - 1);
    switch (roll(dice, 17)) {
    case 0:
        return arena_format(arena, "clamp(%s, %s, %s)", one, other,
                            random_number(dice, arena, depth - 1));
    case 1:
        return arena_format(arena, "round(%s, %d, \"%s\")", one, (int)roll(dice, 12) - 4,
                            modes[roll(dice, 4)]);
    case 2: return random_breaks(dice, arena, depth - 1);
    case 3: return arena_format(arena, "abs(%s)", one);
    case 4:
    case 5:
    case 6:
        return arena_format(arena, "if(%s, %s, %s)", random_truth(dice, arena, depth - 1), one,
                            other);
    default: return random_pair(dice, arena, depth - 1);
    }
}

/* Inside the bounds, and often at their ends. */
static void
random_inputs(struct dice *dice, struct formula_input *inputs)
{
    static const char *const colours[] = {"red", "blue", "green", ""};
    for (int index = 0; index < NAME_COUNT; index++) {
        const struct formula_name *name = &name_table[index];
        const bool is_bounded = name->minimum_micros != 0 || name->maximum_micros != 0;
        const int64_t low = is_bounded ? name->minimum_micros : -DECIMAL_MICROS_MAX;
        const int64_t high = is_bounded ? name->maximum_micros : DECIMAL_MICROS_MAX;
        const int64_t near[] = {low, high, 0, 1, -1, MICROS, -MICROS, 100 * MICROS};
        const uint64_t which = roll(dice, 16);
        int64_t value =
            which < 8 ? near[which] : low + (int64_t)roll(dice, (uint64_t)(high - low) + 1);
        value = value < low ? low : value > high ? high : value;
        inputs[index] = (struct formula_input){.state = FORMULA_GIVEN,
                                               .micros = value,
                                               .truth = roll(dice, 2) == 1,
                                               .text = colours[roll(dice, 4)]};
        if (!name->is_required && roll(dice, 2)) {
            inputs[index].state = FORMULA_ABSENT;
        }
    }
}

static bool
has_mistake(const struct formula_mistakes *mistakes, enum formula_code code)
{
    for (size_t index = 0; index < mistakes->count; index++) {
        if (mistakes->items[index].code == code) {
            return true;
        }
    }
    return false;
}

/* What the check did not warn of does not happen. */
static bool
was_foreseen(enum formula_code code, const struct formula_mistakes *mistakes)
{
    switch (code) {
    case FORMULA_FINE: return true;
    case FORMULA_OVERFLOW: return has_mistake(mistakes, FORMULA_MAY_OVERFLOW);
    case FORMULA_MISSING: return has_mistake(mistakes, FORMULA_MAY_BE_MISSING);
    case FORMULA_BELOW_BREAKS: return has_mistake(mistakes, FORMULA_MAY_MISS_BREAKS);
    default: return false;
    }
}

static void
the_check_foresees_every_result(void **state)
{
    enum { FORMULAS = 6000, EVALUATIONS = 20 };
    struct dice dice = {UINT64_C(88172645463325252)};
    struct formula_evaluation evaluation, again;
    struct formula_mistakes mistakes;
    struct formula_input inputs[NAME_COUNT];
    int compiled = 0, evaluated = 0;
    (void)state;
    for (int round = 0; round < FORMULAS; round++) {
        OWNED(arena) arena;
        arena_init(&arena, ARENA_MAX);
        const char *text = random_number(&dice, &arena, 1 + round % 4);
        const struct formula *formula =
            formula_compile(text, &names, FORMULA_NUMBER, &arena, &mistakes);
        if (formula == NULL) {
            continue;
        }
        compiled++;
        for (int index = 0; index < EVALUATIONS; index++) {
            random_inputs(&dice, inputs);
            const enum formula_code code = formula_evaluate(formula, inputs, &evaluation);
            assert_int_equal(formula_evaluate(formula, inputs, &again), code);
            assert_int_equal(again.column, evaluation.column);
            if (!was_foreseen(code, &mistakes)) {
                fail_msg("%s: %s was not foreseen", text, formula_code_names[code]);
            }
            if (code == FORMULA_FINE) {
                evaluated++;
                assert_true(again.value.picos == evaluation.value.picos);
                if (!picos_range_holds(formula_range(formula), evaluation.value.picos)) {
                    fail_msg("%s: the result is not in its range", text);
                }
            }
        }
    }
    assert_true(compiled > FORMULAS / 3 && evaluated > FORMULAS * EVALUATIONS / 4);
}

static int128
value_of(const char *text, const struct formula_input *inputs)
{
    OWNED(arena) arena;
    struct formula_mistakes mistakes;
    struct formula_evaluation evaluation;
    arena_init(&arena, ARENA_MAX);
    const struct formula *formula =
        formula_compile(text, &names, FORMULA_NUMBER, &arena, &mistakes);
    assert_non_null(formula);
    assert_int_equal(formula_evaluate(formula, inputs, &evaluation), FORMULA_FINE);
    return evaluation.value.picos;
}

static void
laws_of_arithmetic_hold(void **state)
{
    static const char *const ladder =
        "graduated(quantity, 0: base / 3, 50: offset * offset, 7000.5: 0.000125, 20000: 0)";
    struct dice dice = {UINT64_C(2463534242)};
    struct formula_input inputs[NAME_COUNT];
    (void)state;
    for (int round = 0; round < 500; round++) {
        random_inputs(&dice, inputs);
        assert_true(value_of("min(base, setup) + max(base, setup)", inputs) ==
                    value_of("base + setup", inputs));
        assert_true(value_of("clamp(offset, -1, 1)", inputs) ==
                    value_of("min(max(offset, -1), 1)", inputs));
        assert_true(value_of("floor(base, 0.25)", inputs) <= value_of("base", inputs));
        assert_true(value_of("ceil(base, 0.25) - base", inputs) < PICOS / 4);
        /* More costs no less, when no price is below zero. */
        const int128 less = value_of(ladder, inputs);
        inputs[QUANTITY].micros += (int64_t)roll(
            &dice, (uint64_t)(name_table[QUANTITY].maximum_micros - inputs[QUANTITY].micros) + 1);
        assert_true(value_of(ladder, inputs) >= less);
    }
}

/* Any bytes: a formula, or a mistake in its place; never a crash. */
static void
assert_survives(const char *text, const struct formula_input *inputs)
{
    OWNED(arena) arena;
    struct formula_mistakes mistakes;
    struct formula_evaluation evaluation;
    arena_init(&arena, ARENA_MAX);
    const struct formula *formula =
        formula_compile(text, &names, FORMULA_NUMBER, &arena, &mistakes);
    assert_true((formula == NULL) == mistakes.has_error);
    assert_true(formula != NULL || mistakes.count > 0);
    for (size_t index = 0; index < mistakes.count; index++) {
        const char *place = mistakes.items[index].place;
        assert_in_range(mistakes.items[index].column, 1, strlen(text) + 1);
        assert_true(text_is_utf8(place, strlen(place), NULL));
    }
    if (formula != NULL) {
        formula_evaluate(formula, inputs, &evaluation);
        const char *told = formula_tell(&evaluation, &arena);
        assert_true(text_is_utf8(told, strlen(told), NULL));
        assert_true(strlen(told) <= FORMULA_TOLD_MAX + 3);
    }
    assert_true(arena.bytes_used < 400 * 1024);
}

static const char *const pieces[] = {
    "quantity",  "base",
    "colour",    "[gift wrap]",
    "engraving", "暖色",
    "min(",      "max(",
    "if(",       "round(",
    "tier(",     "graduated(",
    "given(",    "clamp(",
    "floor(",    "(",
    "((((((((",  ")",
    "))))",      ",",
    ":",         "0:",
    "10:",       "+",
    "-",         "----",
    "*",         "/",
    "=",         "!=",
    "<",         ">=",
    " and ",     " or ",
    " not ",     " in (",
    "'red'",     "\"",
    "'",         "[",
    "]",         "0",
    "1",         "1e9",
    ".",         "0.000000000001",
    "\xFF",      "\xE2\x80\xAE",
    "\\",        "%s",
    "\n",        "true",
    "\x01",      "999999999999999999999999",
};

static const char *
random_piece(struct dice *dice)
{
    return pieces[roll(dice, sizeof pieces / sizeof pieces[0])];
}

static void
no_pieces_do_harm(void **state)
{
    struct dice dice = {UINT64_C(1181783497276652981)};
    struct formula_input inputs[NAME_COUNT];
    char text[FORMULA_BYTES_MAX + 100];
    (void)state;
    for (int round = 0; round < 10000; round++) {
        const size_t size_max = round % 50 == 0 ? sizeof text - 30 : 1 + roll(&dice, 120);
        size_t size = 0;
        while (size < size_max) {
            size += (size_t)snprintf(text + size, sizeof text - size, "%s", random_piece(&dice));
        }
        random_inputs(&dice, inputs);
        assert_survives(text, inputs);
    }
}

/* A good formula with a few bytes changed. */
static void
no_slips_do_harm(void **state)
{
    struct dice dice = {UINT64_C(362436069362436069)};
    struct formula_input inputs[NAME_COUNT];
    char text[FORMULA_BYTES_MAX];
    (void)state;
    for (int round = 0; round < 10000; round++) {
        OWNED(arena) arena;
        arena_init(&arena, ARENA_MAX);
        snprintf(text, sizeof text, "%s", random_number(&dice, &arena, 4));
        for (uint64_t changes = 1 + roll(&dice, 3); changes > 0; changes--) {
            text[roll(&dice, strlen(text))] = random_piece(&dice)[0];
        }
        random_inputs(&dice, inputs);
        assert_survives(text, inputs);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_check_foresees_every_result),
        cmocka_unit_test(laws_of_arithmetic_hold),
        cmocka_unit_test(no_pieces_do_harm),
        cmocka_unit_test(no_slips_do_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
