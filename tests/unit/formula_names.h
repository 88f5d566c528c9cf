/* formula_names.h -- the names that the tests of formulas use, and usual values. */
#ifndef TESTS_FORMULA_NAMES_H
#define TESTS_FORMULA_NAMES_H

#include "base/fault.h"
#include "base/text.h"
#include "rules/formula.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA_MAX = 64 * 1024 * 1024 };

enum { QUANTITY, BASE, LENGTH, WIDTH, SETUP, COLOUR, GIFT, ENGRAVING, OFFSET, WARM, NAME_COUNT };

static const struct formula_name name_table[NAME_COUNT] = {
    [QUANTITY] = {"quantity", FORMULA_NUMBER, "", 0, 100000 * MICROS, true},
    [BASE] = {"base", FORMULA_NUMBER, "", 10000, 10000 * MICROS, true},
    [LENGTH] = {"length", FORMULA_NUMBER, "m", 100000, 6 * MICROS, true},
    [WIDTH] = {"width", FORMULA_NUMBER, "m", 100000, 3 * MICROS, true},
    [SETUP] = {"setup", FORMULA_NUMBER, "", 0, 100 * MICROS, true},
    [COLOUR] = {"colour", FORMULA_TEXT, "", 0, 0, true},
    [GIFT] = {"gift wrap", FORMULA_TRUTH, "", 0, 0, true},
    [ENGRAVING] = {"engraving", FORMULA_NUMBER, "mm", 0, 40 * MICROS, false},
    [OFFSET] = {"offset", FORMULA_NUMBER, "", -5 * MICROS, 5 * MICROS, true},
    [WARM] = {"暖色", FORMULA_NUMBER, "", 0, 0, true},
};
static const struct formula_names names = {name_table, NAME_COUNT};

/* quantity 120, base 10.00, 2.40 m x 1.10 m, setup 5.00, red, wrapped; not engraved. */
static const struct formula_input usual[NAME_COUNT] = {
    [QUANTITY] = {.state = FORMULA_GIVEN, .micros = 120 * MICROS},
    [BASE] = {.state = FORMULA_GIVEN, .micros = 10 * MICROS},
    [LENGTH] = {.state = FORMULA_WRITTEN, .text = "2.40"},
    [WIDTH] = {.state = FORMULA_WRITTEN, .text = "1.1"},
    [SETUP] = {.state = FORMULA_GIVEN, .micros = 5 * MICROS},
    [COLOUR] = {.state = FORMULA_WRITTEN, .text = "red"},
    [GIFT] = {.state = FORMULA_WRITTEN, .text = "true"},
    [ENGRAVING] = {.state = FORMULA_ABSENT},
    [OFFSET] = {.state = FORMULA_GIVEN, .micros = -500000},
    [WARM] = {.state = FORMULA_GIVEN, .micros = 3 * MICROS},
};

/* `before`, so many times `part`, `after`. */
static inline char *
repeated(struct arena *arena, const char *before, const char *part, int count, const char *after)
{
    const size_t size = strlen(before) + strlen(part) * (size_t)count + strlen(after) + 1;
    char *text = arena_alloc(arena, size);
    char *at = stpcpy(text, before);
    while (count-- > 0) {
        at = stpcpy(at, part);
    }
    stpcpy(at, after);
    return text;
}

#endif
