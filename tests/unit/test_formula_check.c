#include "formula_names.h"

/* "code@column place|expected|nearest; ..." of all mistakes. */
static const char *
mistakes_of(const char *text, struct arena *arena)
{
    struct formula_mistakes mistakes;
    const char *all = "";
    const bool is_usable = formula_compile(text, &names, FORMULA_NUMBER, arena, &mistakes) != NULL;
    assert_true(is_usable != mistakes.has_error);
    for (size_t index = 0; index < mistakes.count; index++) {
        const struct formula_mistake *mistake = &mistakes.items[index];
        all = arena_format(arena, "%s%s%s@%zu %s|%s|%s", all, index == 0 ? "" : "; ",
                           formula_code_names[mistake->code], mistake->column, mistake->place,
                           mistake->expected, mistake->nearest);
    }
    return all;
}

struct judged {
    const char *text;
    const char *mistakes;
};

static void
assert_mistakes(const struct judged *cases, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        OWNED(arena) arena;
        arena_init(&arena, ARENA_MAX);
        const char *mistakes = mistakes_of(cases[index].text, &arena);
        if (strcmp(mistakes, cases[index].mistakes) != 0) {
            fail_msg("%s: %s", cases[index].text, mistakes);
        }
    }
}

static void
what_cannot_be_read_is_told_with_its_column(void **state)
{
    static const struct judged cases[] = {
        {"", "empty@1 ||"},
        {" \t", "empty@3 ||"},
        {"base ? 2", "character@6 ?||"},
        {"暖色 ; 2", "character@4 ;||"},
        {"base \x01", "character@6 \\x01||"},
        {"base \xC3(", "character@6 \\xC3||"},
        {"colour = 'red", "not-closed@10 '|'|"},
        {"[base", "not-closed@1 [|]|"},
        {"1.2.3", "number-form@1 1.2.3||"},
        {"1e5", "number-form@1 1e5||"},
        {"5mm", "number-form@1 5mm||"},
        {".5", "number-form@1 .5||"},
        {"5.", "number-form@1 5.||"},
        {"0.0000000000001", "number-precision@1 0.0000000000001|12|"},
        {"1000000000000000000000001", "number-size@1 1000000000000000000000001||"},
        {"base +", "value-expected@7 ||"},
        {"base * / 2", "value-expected@8 /||"},
        {"base == 2", "value-expected@7 =||"},
        {"(base", "symbol-expected@6 |)|"},
        {"min(1, 2", "symbol-expected@9 |, )|"},
        {"length width", "symbol-expected@8 width|+ - * /|"},
        {"base)", "symbol-expected@5 )|+ - * /|"},
        {"1 < 2 < 3", "symbol-expected@7 <|+ - * /|"},
        {"min(1: 2, 3)", "symbol-expected@6 :|, )|"},
        {"tier(quantity, base: 2)", "literal-expected@16 base|number|"},
        {"colour in 'red'", "symbol-expected@11 'red'|(|"},
        {"min(1,)", "value-expected@7 )||"},
    };
    (void)state;
    assert_mistakes(cases, sizeof cases / sizeof cases[0]);
}

static void
what_makes_no_sense_is_told(void **state)
{
    static const struct judged cases[] = {
        {"lenght * 2", "unknown-name@1 lenght||length"},
        {"2 * Base", "unknown-name@5 Base||base"},
        {"2 * xyz + xyz", "unknown-name@5 xyz||"},
        {"IF(true, 1, 2)", "unknown-function@1 IF||if"},
        {"rounds(1, 2)", "unknown-function@1 rounds||round"},
        {"min(1)", "arguments@1 min(1)|min(number, number, ...)|"},
        {"round(1)", "arguments@1 round(1)|round(number, places[, mode])|"},
        {"abs()", "arguments@1 abs()|abs(number)|"},
        {"tier(quantity, 1)", "arguments@1 tier(quantity, 1)|tier(number, break: value, ...)|"},
        {"tier(0: 1, 5: 2)", "arguments@1 tier(0: 1, 5: 2)|tier(number, break: value, ...)|"},
        {"colour * 2", "wrong-type@1 colour|number|"},
        {"colour", "wrong-type@1 colour|number|"},
        {"quantity > 2", "wrong-type@1 quantity > 2|number|"},
        {"if(quantity, 1, 2)", "wrong-type@4 quantity|truth|"},
        {"if(colour = 2, 1, 2)", "wrong-type@13 2|text|"},
        {"if(colour < 'red', 1, 2)", "wrong-type@4 colour|number|; wrong-type@13 'red'|number|"},
        {"if(true, 1, 'red')", "wrong-type@13 'red'|number|"},
        {"if(true and 1, 1, 2)", "wrong-type@13 1|truth|"},
        {"if(colour in (1, 'red'), 1, 2)", "wrong-type@15 1|text|"},
        {"if(colour in (colour), 1, 2)", "literal-expected@15 colour|literal|"},
        {"tier(quantity, 0: 1, 5: 'red')", "wrong-type@25 'red'|number|"},
        {"round(base, setup)", "literal-expected@13 setup|-9..12|"},
        {"round(base, 1.5)", "literal-expected@13 1.5|-9..12|"},
        {"round(base, 13)", "literal-expected@13 13|-9..12|"},
        {"round(base, 2, 'odd')", "literal-expected@16 'odd'|half-up half-even up down|"},
        {"if(given(1), 1, 2)", "literal-expected@10 1|name|"},
        {"tier(quantity, 0: 3, 10: 2, 10: 1)", "breaks-descend@29 10: 1|10|"},
        {"graduated(quantity, 0: 3, 10: 2, 5: 1)", "breaks-descend@34 5: 1|10|"},
        {"graduated(quantity, 1: 3)", "break-first@21 1: 3|0|; may-miss-breaks@11 quantity|1|"},
        {"floor(base, quantity)", "step@13 quantity||"},
        {"floor(base, -1)", "step@13 -1||"},
        {"clamp(base, 5, 4)", "bounds-crossed@1 clamp(base, 5, 4)||"},
        {"base / 0", "division-by-zero@8 0||"},
        {"base / (2 - 2)", "division-by-zero@9 2 - 2||"},
        {"base / quantity", "may-divide-by-zero@8 quantity||"},
        {"base / (quantity - 7)", "may-divide-by-zero@9 quantity - 7||"},
        {"1 / offset", "may-divide-by-zero@5 offset||"},
        {"lenght * colour / quantity",
         "unknown-name@1 lenght||length; wrong-type@10 colour|number|; "
         "may-divide-by-zero@19 quantity||"},
    };
    (void)state;
    assert_mistakes(cases, sizeof cases / sizeof cases[0]);
}

static void
what_may_go_wrong_is_a_warning(void **state)
{
    static const struct judged cases[] = {
        {"base - 1", "may-be-negative@1 base - 1|-0.99|"},
        {"max(base - 1, 0)", ""},
        {"base * offset", "may-be-negative@1 base * offset|-50000|"},
        {"base * abs(offset)", ""},
        {"if(offset > 0, offset, 0)", ""},
        {"if(offset >= 0, offset, -offset)", ""},
        {"if(0 > offset, 0, offset)", ""},
        {"if(not (offset < 0), offset, 0)", ""},
        {"if(quantity > 5 and offset > 1, offset - 1, 0)", ""},
        {"if(quantity > 5 or offset > 1, offset, 0)",
         "may-be-negative@1 if(quantity > 5 or offset > 1, offset, 0)|-5|"},
        {"暖色 * 暖色 * 暖色", "may-overflow@1 暖色 * 暖色 * 暖色||; may-be-negative@1 暖色 * "
                               "暖色 * 暖色|-1000000000000000000000000|"},
        {"1000000000000 * 1000000000000 + quantity + 1",
         "may-overflow@1 1000000000000 * 1000000000000 + quantity + 1||"},
        {"setup + engraving * 2 + engraving", "may-be-missing@9 engraving||"},
        {"if(given(engraving), engraving, 0)", ""},
        {"if(not given(engraving), 0, engraving)", ""},
        {"if(given(engraving), 0, engraving)", "may-be-missing@25 engraving||"},
        {"tier(quantity, 10: 1)", "may-miss-breaks@6 quantity|10|"},
        {"tier(max(quantity, 10), 10: 1)", ""},
        {"tier(max(quantity, 10), 0: -1, 10: 1)", ""}, /* the first is never taken */
        {"tier(max(quantity, 20), 0: 1, 10: -1, 20: 2)", ""},
        {"tier(max(quantity, 10), 0: 5, 10: -1, 20: 2)",
         "may-be-negative@1 tier(max(quantity, 10), 0: 5, 10: -1, 20: 2)|-1|"},
        {"floor(quantity, max(quantity, 1))", ""},
        {"if(quantity != 0, quantity - 0.000001, 0)", ""},
        {"length + width", ""},
        {"length + setup", ""},
        {"if(given(engraving), engraving + length, 0)", "units-differ@34 length|mm|"},
        {"if(given(engraving) and engraving < width, 1, 0)", "units-differ@37 width|mm|"},
    };
    (void)state;
    assert_mistakes(cases, sizeof cases / sizeof cases[0]);
}

/* What guards a division, and what only seems to. */
static void
guarded_divisions_are_seen(void **state)
{
    static const struct judged cases[] = {
        {"if(quantity > 0, base / quantity, base)", ""},
        {"if(quantity != 0, base / quantity, base)", ""},
        {"if(quantity = 0, base, base / quantity)", ""},
        {"if(offset != 0, base / abs(offset), base)", ""},
        {"if(offset >= 0 and offset != 0, base / offset, base)", ""},
        {"if(quantity < 1, base, base / quantity)", ""},
        {"if(offset < 0, base / -offset, base)", ""},
        {"if(offset != 0, 1 / offset, 0)",
         "may-be-negative@1 if(offset != 0, 1 / offset, 0)|-1000000|"},
        {"500000 - if(offset != 0, 1 / abs(offset), 0)",
         "may-be-negative@1 500000 - if(offset != 0, 1 / abs(offset), 0)|-500000|"},
        {"base / max(quantity, 1)", ""},
        {"base / (quantity + 1)", ""},
        {"if(quantity >= 0, base / quantity, base)", "may-divide-by-zero@26 quantity||"},
        {"if(offset > -0.0000001, base / offset, base)", "may-divide-by-zero@32 offset||"},
        {"if(quantity > 0 or true, base / quantity, base)", "may-divide-by-zero@33 quantity||"},
        {"if(quantity > 0, 1, base) / quantity", "may-divide-by-zero@29 quantity||"},
        {"if(quantity > 0, 0, base / quantity)", "division-by-zero@28 quantity||"},
    };
    (void)state;
    assert_mistakes(cases, sizeof cases / sizeof cases[0]);
}

static void
limits_hold(void **state)
{
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, ARENA_MAX);
    assert_string_equal(mistakes_of(repeated(&arena, "1", " ", 4095, ""), &arena), "");
    assert_string_equal(mistakes_of(repeated(&arena, "1", " ", 4096, ""), &arena),
                        "too-long@1 |4096|");
    const char *deep = repeated(&arena, "", "(", 64, "1");
    assert_string_equal(mistakes_of(repeated(&arena, deep, ")", 64, ""), &arena), "");
    assert_string_equal(mistakes_of(repeated(&arena, "", "(", 65, "1"), &arena),
                        "too-deep@65 (|64|");
    assert_string_equal(mistakes_of(repeated(&arena, "", "abs(", 1000, "1"), &arena),
                        "too-deep@260 (|64|");
    assert_string_equal(mistakes_of(repeated(&arena, "", "-", 1000, "1"), &arena),
                        "too-deep@65 -|64|");
    assert_string_equal(mistakes_of(repeated(&arena, "1", "+(1)+abs(1)*--1", 65, ""), &arena), "");
    /* One sum and 999 values; depth does not grow with them. */
    assert_string_equal(mistakes_of(repeated(&arena, "1", "+1", 998, ""), &arena), "");
    assert_string_equal(mistakes_of(repeated(&arena, "1", "+1", 999, ""), &arena),
                        "too-many-steps@1999 1|1000|");
    /* Many mistakes: the first are kept, and there is still no formula. */
    struct formula_mistakes mistakes;
    char text[600] = "0";
    for (int index = 0; index < 40; index++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "+nobody%d", index);
    }
    assert_null(formula_compile(text, &names, FORMULA_NUMBER, &arena, &mistakes));
    assert_int_equal(mistakes.count, FORMULA_MISTAKES_MAX);
    assert_true(mistakes.has_error);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_read_is_told_with_its_column),
        cmocka_unit_test(what_makes_no_sense_is_told),
        cmocka_unit_test(what_may_go_wrong_is_a_warning),
        cmocka_unit_test(guarded_divisions_are_seen),
        cmocka_unit_test(limits_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
