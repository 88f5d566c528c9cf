/* Compiling: read, then check; and the names of all that can be wrong. */
#include "rules/formula_parts.h"

#include "base/text.h"

#include <string.h>

enum { PLACE_SHOWN_MAX = 60 };

const char *const formula_type_names[FORMULA_TYPE_COUNT] = {"number", "text", "truth"};

const char *const formula_code_names[FORMULA_CODE_COUNT] = {
    [FORMULA_FINE] = "fine",
    [FORMULA_EMPTY] = "empty",
    [FORMULA_TOO_LONG] = "too-long",
    [FORMULA_TOO_DEEP] = "too-deep",
    [FORMULA_TOO_MANY_STEPS] = "too-many-steps",
    [FORMULA_CHARACTER] = "character",
    [FORMULA_NOT_CLOSED] = "not-closed",
    [FORMULA_NUMBER_FORM] = "number-form",
    [FORMULA_NUMBER_PRECISION] = "number-precision",
    [FORMULA_NUMBER_SIZE] = "number-size",
    [FORMULA_VALUE_EXPECTED] = "value-expected",
    [FORMULA_SYMBOL_EXPECTED] = "symbol-expected",
    [FORMULA_UNKNOWN_NAME] = "unknown-name",
    [FORMULA_UNKNOWN_FUNCTION] = "unknown-function",
    [FORMULA_ARGUMENTS] = "arguments",
    [FORMULA_LITERAL_EXPECTED] = "literal-expected",
    [FORMULA_WRONG_TYPE] = "wrong-type",
    [FORMULA_BREAKS_DESCEND] = "breaks-descend",
    [FORMULA_BREAK_FIRST] = "break-first",
    [FORMULA_STEP] = "step",
    [FORMULA_BOUNDS_CROSSED] = "bounds-crossed",
    [FORMULA_DIVISION_BY_ZERO] = "division-by-zero",
    [FORMULA_MAY_DIVIDE_BY_ZERO] = "may-divide-by-zero",
    [FORMULA_MAY_BE_NEGATIVE] = "may-be-negative",
    [FORMULA_MAY_OVERFLOW] = "may-overflow",
    [FORMULA_MAY_BE_MISSING] = "may-be-missing",
    [FORMULA_MAY_MISS_BREAKS] = "may-miss-breaks",
    [FORMULA_UNITS_DIFFER] = "units-differ",
    [FORMULA_OVERFLOW] = "overflow",
    [FORMULA_MISSING] = "missing",
    [FORMULA_NOT_A_NUMBER] = "not-a-number",
    [FORMULA_NOT_A_TRUTH] = "not-a-truth",
    [FORMULA_OUT_OF_BOUNDS] = "out-of-bounds",
    [FORMULA_BELOW_BREAKS] = "below-breaks",
};

bool
formula_is_warning(enum formula_code code)
{
    return code >= FORMULA_MAY_BE_NEGATIVE && code <= FORMULA_UNITS_DIFFER;
}

size_t
formula_column(const char *bytes, size_t at)
{
    size_t column = 1;
    for (size_t index = 0; index < at; index++) {
        column += ((unsigned char)bytes[index] & 0xC0) != 0x80;
    }
    return column;
}

struct formula_mistake *
formula_mistake_add(const struct formula_text *text, enum formula_code code,
                    struct formula_span span, const char *expected)
{
    struct formula_mistakes *mistakes = text->mistakes;
    const char *bytes = text->bytes + span.start;
    mistakes->has_error |= !formula_is_warning(code);
    if (mistakes->count == FORMULA_MISTAKES_MAX) {
        return NULL;
    }
    const char *place = text_show(text->arena, bytes, span.end - span.start, PLACE_SHOWN_MAX);
    for (size_t index = 0; index < mistakes->count; index++) {
        if (mistakes->items[index].code == code &&
            strcmp(mistakes->items[index].place, place) == 0) {
            return NULL;
        }
    }
    struct formula_mistake *mistake = &mistakes->items[mistakes->count++];
    *mistake = (struct formula_mistake){.code = code,
                                        .column = formula_column(text->bytes, span.start),
                                        .place = place,
                                        .expected = expected,
                                        .nearest = ""};
    return mistake;
}

static bool
is_fit_to_read(const struct formula_text *text)
{
    size_t bad_at = 0;
    if (text->size > FORMULA_BYTES_MAX) {
        formula_mistake_add(text, FORMULA_TOO_LONG, (struct formula_span){0, 0},
                            arena_format(text->arena, "%d", FORMULA_BYTES_MAX));
        return false;
    }
    if (!text_is_utf8(text->bytes, text->size, &bad_at)) {
        formula_mistake_add(text, FORMULA_CHARACTER, (struct formula_span){bad_at, bad_at + 1}, "");
        return false;
    }
    return true;
}

const struct formula *
formula_compile(const char *bytes, const struct formula_names *names, enum formula_type type,
                struct arena *arena, struct formula_mistakes *mistakes)
{
    const struct formula_text text = {
        .bytes = bytes, .size = strlen(bytes), .arena = arena, .mistakes = mistakes};
    memset(mistakes, 0, sizeof *mistakes);
    struct formula_node *root = is_fit_to_read(&text) ? formula_read(&text, names) : NULL;
    if (root == NULL) {
        return NULL;
    }
    const struct picos_range range = formula_check(&text, names, root, type);
    if (mistakes->has_error) {
        return NULL;
    }
    struct formula *formula = arena_new(arena, struct formula);
    *formula = (struct formula){
        .text = arena_copy(arena, bytes), .names = names, .root = root, .range = range};
    return formula;
}

struct picos_range
formula_range(const struct formula *formula)
{
    return formula->range;
}
