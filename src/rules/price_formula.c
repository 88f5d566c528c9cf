/* Names of one product as a table for the formula, and their values for one line. */
#include "rules/price_formula.h"

#include "base/fault.h"
#include "base/text.h"
#include "rules/pricing.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACE_SHOWN_MAX = 60,
    USED_BYTES_MAX = 4096,
    NAMES_BYTES_MAX = 64 * 1024,
    TOLD_BYTES_MAX = PRICE_TRACE_BYTES_MAX
};

/* The names of ours, in front of the options. */
enum our_name {
    NAME_QUANTITY,
    NAME_CUSTOMER,
    NAME_GROUP,
    NAME_COUNTRY,
    NAME_CHANNEL,
    NAME_YEAR,
    NAME_MONTH,
    NAME_DAY,
    OUR_NAME_COUNT, /* always there; the next only where there is a price: */
    NAME_BASE = OUR_NAME_COUNT
};

static const struct formula_name our_names[] = {
    [NAME_QUANTITY] = {"quantity", FORMULA_NUMBER, "", 1, DECIMAL_MICROS_MAX, true},
    [NAME_CUSTOMER] = {"customer", FORMULA_TEXT, "", 0, 0, true},
    [NAME_GROUP] = {"group", FORMULA_TEXT, "", 0, 0, true},
    [NAME_COUNTRY] = {"country", FORMULA_TEXT, "", 0, 0, true},
    [NAME_CHANNEL] = {"channel", FORMULA_TEXT, "", 0, 0, true},
    [NAME_YEAR] = {"order_year", FORMULA_NUMBER, "", 1900 * MICROS, 2999 * MICROS, true},
    [NAME_MONTH] = {"order_month", FORMULA_NUMBER, "", 1 * MICROS, 12 * MICROS, true},
    [NAME_DAY] = {"order_day", FORMULA_NUMBER, "", 1 * MICROS, 31 * MICROS, true},
    [NAME_BASE] = {"base", FORMULA_NUMBER, "", 0, 0, true},
};

static bool
is_ours(const char *name)
{
    for (size_t index = 0; index < sizeof our_names / sizeof our_names[0]; index++) {
        if (strcmp(our_names[index].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static int
compare_options(const void *one_pointer, const void *other_pointer)
{
    const struct option_fact *one = *(const struct option_fact *const *)one_pointer;
    const struct option_fact *other = *(const struct option_fact *const *)other_pointer;
    const int by_name = strcmp(one->name, other->name);
    return by_name != 0 ? by_name : strcmp(one->value, other->value);
}

/* Options as names, each once, in the order of their names: that of the facts cannot matter. */
static void
add_options(struct price_formula *formula, struct formula_name *items,
            const struct line_facts *product, struct arena *arena)
{
    const struct option_fact **sorted =
        arena_array(arena, const struct option_fact *, product->option_count + 1);
    for (size_t index = 0; index < product->option_count; index++) {
        sorted[index] = &product->options[index];
    }
    qsort(sorted, product->option_count, sizeof *sorted, compare_options);
    for (size_t index = 0; index < product->option_count; index++) {
        const struct option_fact *option = sorted[index];
        if (is_ours(option->name)) {
            continue;
        }
        struct formula_name *last = &items[formula->names.count - 1];
        if (strcmp(last->name, option->name) == 0) {
            last->is_required |= option->is_required;
            continue;
        }
        formula->options[formula->names.count] = option;
        items[formula->names.count++] = (struct formula_name){
            .name = option->name,
            .type = price_option_is_number(option) ? FORMULA_NUMBER : FORMULA_TEXT,
            .unit = price_option_is_number(option) ? option->unit : "",
            .minimum_micros = price_option_is_number(option) ? option->minimum_micros : 0,
            .maximum_micros = price_option_is_number(option) ? option->maximum_micros : 0,
            .is_required = option->is_required,
        };
    }
}

/* The bounds of `base` are the price itself, so that 1 / base is known to be fine where it is. */
static void
make_names(struct price_formula *formula, int64_t base_micros, const char *currency,
           const struct line_facts *product, struct arena *arena)
{
    const size_t count_max = OUR_NAME_COUNT + 1 + product->option_count;
    struct formula_name *items = arena_array(arena, struct formula_name, count_max);
    formula->options = arena_array(arena, const struct option_fact *, count_max);
    memcpy(items, our_names, sizeof our_names);
    items[NAME_QUANTITY].unit = product->unit;
    if (product->minimum_micros > 0) {
        items[NAME_QUANTITY].minimum_micros = product->minimum_micros;
    }
    items[NAME_BASE].unit = currency;
    items[NAME_BASE].minimum_micros = base_micros;
    items[NAME_BASE].maximum_micros = base_micros == 0 ? 1 : base_micros; /* both 0: no bounds */
    formula->names.items = items;
    formula->names.count = base_micros == AMOUNT_NONE ? OUR_NAME_COUNT : OUR_NAME_COUNT + 1;
    add_options(formula, items, product, arena);
}

const struct price_formula *
price_formula_compile(const char *text, int64_t base_micros, const char *currency,
                      const struct line_facts *product, struct arena *arena,
                      struct formula_mistakes *mistakes)
{
    struct price_formula *formula = arena_new(arena, struct price_formula);
    formula->text = text;
    make_names(formula, base_micros, currency, product, arena);
    formula->formula = formula_compile(text, &formula->names, FORMULA_NUMBER, arena, mistakes);
    for (size_t index = mistakes->count; formula->formula == NULL && index > 0; index--) {
        if (!formula_is_warning(mistakes->items[index - 1].code)) {
            formula->mistake = mistakes->items[index - 1];
        }
    }
    return formula;
}

const char *
price_formula_names(const struct price_formula *formula, struct arena *arena)
{
    OWNED(buf) list;
    buf_init(&list, NAMES_BYTES_MAX);
    for (size_t index = 0; index < formula->names.count && list.size < NAMES_BYTES_MAX / 16;
         index++) {
        const char *name = formula->names.items[index].name;
        buf_text(&list, index == 0 ? "" : ", ");
        buf_text(&list, text_show(arena, name, strlen(name), PLACE_SHOWN_MAX));
    }
    return arena_copy(arena, list.bytes);
}

enum message
price_formula_message(enum formula_code code)
{
    static const enum message messages[FORMULA_CODE_COUNT] = {
        [FORMULA_EMPTY] = M_FORMULA_VALUE_EXPECTED, /* a cell that is empty is no formula */
        [FORMULA_TOO_LONG] = M_FORMULA_TOO_LONG,
        [FORMULA_TOO_DEEP] = M_FORMULA_TOO_DEEP,
        [FORMULA_TOO_MANY_STEPS] = M_FORMULA_TOO_MANY_STEPS,
        [FORMULA_CHARACTER] = M_FORMULA_CHARACTER,
        [FORMULA_NOT_CLOSED] = M_FORMULA_NOT_CLOSED,
        [FORMULA_NUMBER_FORM] = M_FORMULA_NUMBER_FORM,
        [FORMULA_NUMBER_PRECISION] = M_FORMULA_NUMBER_PRECISION,
        [FORMULA_NUMBER_SIZE] = M_FORMULA_NUMBER_SIZE,
        [FORMULA_VALUE_EXPECTED] = M_FORMULA_VALUE_EXPECTED,
        [FORMULA_SYMBOL_EXPECTED] = M_FORMULA_SYMBOL_EXPECTED,
        [FORMULA_UNKNOWN_NAME] = M_FORMULA_UNKNOWN_NAME,
        [FORMULA_UNKNOWN_FUNCTION] = M_FORMULA_UNKNOWN_FUNCTION,
        [FORMULA_ARGUMENTS] = M_FORMULA_ARGUMENTS,
        [FORMULA_LITERAL_EXPECTED] = M_FORMULA_LITERAL_EXPECTED,
        [FORMULA_WRONG_TYPE] = M_FORMULA_WRONG_TYPE,
        [FORMULA_BREAKS_DESCEND] = M_FORMULA_BREAKS_DESCEND,
        [FORMULA_BREAK_FIRST] = M_FORMULA_BREAK_FIRST,
        [FORMULA_STEP] = M_FORMULA_STEP,
        [FORMULA_BOUNDS_CROSSED] = M_FORMULA_BOUNDS_CROSSED,
        [FORMULA_DIVISION_BY_ZERO] = M_FORMULA_DIVISION_BY_ZERO,
        [FORMULA_MAY_DIVIDE_BY_ZERO] = M_FORMULA_MAY_DIVIDE_BY_ZERO,
        [FORMULA_MAY_BE_NEGATIVE] = M_FORMULA_MAY_BE_NEGATIVE,
        [FORMULA_MAY_OVERFLOW] = M_FORMULA_MAY_OVERFLOW,
        [FORMULA_MAY_BE_MISSING] = M_FORMULA_MAY_BE_MISSING,
        [FORMULA_MAY_MISS_BREAKS] = M_FORMULA_MAY_MISS_BREAKS,
        [FORMULA_UNITS_DIFFER] = M_FORMULA_UNITS_DIFFER,
    };
    assert(code > FORMULA_FINE && code < FORMULA_OVERFLOW && "the check finds these only");
    return messages[code];
}

/* Evaluation. */

static struct formula_input
number_of(int64_t number)
{
    return (struct formula_input){.state = FORMULA_GIVEN, .micros = number * MICROS};
}

static struct formula_input
text_of(const char *text)
{
    return (struct formula_input){.state = FORMULA_GIVEN, .text = text};
}

/* The value that the line orders of an option. */
static struct formula_input
option_input(const struct order_line *line, const struct option_fact *option)
{
    struct formula_input input = {.state = FORMULA_ABSENT};
    for (size_t index = 0; index < line->option_count; index++) {
        const struct option *ordered = &line->options[index];
        if (strcmp(ordered->name, option->name) != 0) {
            continue;
        }
        if (!price_option_is_number(option)) {
            input = text_of(ordered->value);
        } else if (price_option_number(option, ordered->value, &input.micros)) {
            input.state = FORMULA_GIVEN;
        }
    }
    return input;
}

static struct formula_input *
make_inputs(struct pricing *pricing, size_t line_index, const struct price_candidate *candidate)
{
    const struct price_formula *formula = candidate->formula;
    const struct price_facts *facts = pricing->facts;
    struct formula_input *inputs =
        arena_array(&pricing->findings->scratch, struct formula_input, formula->names.count);
    int year, month, day;
    day_split(pricing->order->order_date, &year, &month, &day);
    inputs[NAME_QUANTITY] = (struct formula_input){
        .state = FORMULA_GIVEN, .micros = pricing->quantities_micros[line_index]};
    inputs[NAME_CUSTOMER] = text_of(facts->customer);
    inputs[NAME_GROUP] = text_of(facts->customer_group);
    inputs[NAME_COUNTRY] = text_of(facts->customer_country);
    inputs[NAME_CHANNEL] = text_of(facts->channel);
    inputs[NAME_YEAR] = number_of(year);
    inputs[NAME_MONTH] = number_of(month);
    inputs[NAME_DAY] = number_of(day);
    for (size_t index = OUR_NAME_COUNT; index < formula->names.count; index++) {
        inputs[index] =
            formula->options[index] == NULL
                ? (struct formula_input){.state = FORMULA_GIVEN, .micros = candidate->price_micros}
                : option_input(&pricing->order->lines[line_index], formula->options[index]);
    }
    return inputs;
}

/* "length 2.40 m, width 1.10 m": the values that were looked at. */
static const char *
used_text(struct pricing *pricing, const struct formula_evaluation *evaluation,
          const struct formula_names *names)
{
    struct arena *scratch = &pricing->findings->scratch;
    OWNED(buf) list;
    buf_init(&list, USED_BYTES_MAX * 4);
    buf_text(&list, "");
    for (size_t index = 0; index < evaluation->used_count && list.size < USED_BYTES_MAX; index++) {
        const struct formula_used *used = &evaluation->used[index];
        const struct formula_name *name = &names->items[used->name];
        char number[PICOS_TEXT_SIZE];
        buf_text(&list, index == 0 ? "" : ", ");
        buf_text(&list, pricing_shown(pricing, name->name));
        buf_text(&list, " ");
        if (used->value.type == FORMULA_NUMBER) {
            buf_text(&list, picos_format(number, used->value.picos, false));
            buf_text(&list, name->unit[0] == '\0' ? "" : " ");
            buf_text(&list, pricing_shown(pricing, name->unit));
        } else {
            buf_text(&list, pricing_shown(pricing, used->value.text));
        }
    }
    return arena_copy(scratch, list.bytes);
}

/* Why a formula that was compiled gives no price. */
static struct finding
no_result(struct pricing *pricing, size_t line_index, const struct price_formula *formula,
          const struct formula_evaluation *evaluation)
{
    struct arena *scratch = &pricing->findings->scratch;
    struct finding finding = {
        .code = evaluation->code == FORMULA_OVERFLOW       ? M_PRICE_FORMULA_TOO_LARGE
                : evaluation->code == FORMULA_BELOW_BREAKS ? M_PRICE_FORMULA_BREAKS
                : evaluation->code == FORMULA_MISSING      ? M_PRICE_FORMULA_OPTION
                                                           : M_PRICE_FORMULA_BROKEN,
        .field = "sku",
        .value = text_show(scratch, evaluation->place, evaluation->place_size, PLACE_SHOWN_MAX),
        .expected = used_text(pricing, evaluation, &formula->names)};
    if (evaluation->code == FORMULA_MISSING) {
        const char *name = formula->names.items[evaluation->name].name;
        finding.field = "options";
        finding.value = pricing_shown(pricing, name);
        finding.expected = price_option_values(pricing, &pricing->facts->lines[line_index], name);
    }
    return finding;
}

/* Why there is no price; code 0: there is one. */
static struct finding
evaluate(struct pricing *pricing, size_t line_index, const struct price_candidate *candidate,
         struct formula_result *result)
{
    const struct price_formula *formula = candidate->formula;
    struct formula_evaluation evaluation;
    arena_reset(&pricing->findings->scratch); /* any number of lines, and no finding may come */
    if (formula->formula == NULL) {
        return (struct finding){
            .code = M_PRICE_FORMULA_BROKEN,
            .field = "sku",
            .value = formula->mistake.place,
            .expected = message_entry(price_formula_message(formula->mistake.code))->id};
    }
    if (formula_evaluate(formula->formula, make_inputs(pricing, line_index, candidate),
                         &evaluation) != FORMULA_FINE) {
        return no_result(pricing, line_index, formula, &evaluation);
    }
    if (!picos_to(evaluation.value.picos, MICROS_PLACES, ROUND_HALF_UP, DECIMAL_MICROS_MAX,
                  &result->price_micros)) {
        char number[PICOS_TEXT_SIZE];
        return (struct finding){.code = M_PRICE_FORMULA_TOO_LARGE,
                                .field = "sku",
                                .value =
                                    arena_copy(&pricing->findings->scratch,
                                               picos_format(number, evaluation.value.picos, true)),
                                .expected = used_text(pricing, &evaluation, &formula->names)};
    }
    if (result->price_micros < 0) {
        return (struct finding){
            .code = M_PRICE_FORMULA_NEGATIVE,
            .field = "sku",
            .value = pricing_micros(pricing, result->price_micros, pricing->exponent),
            .expected = used_text(pricing, &evaluation, &formula->names)};
    }
    result->candidate = candidate;
    result->told = pricing->told_bytes < TOLD_BYTES_MAX ? formula_tell(&evaluation, pricing->arena)
                                                        : ""; /* any number of lines and bands */
    pricing->told_bytes += strlen(result->told);
    return (struct finding){.code = MESSAGE_COUNT};
}

enum message
price_of_candidate(struct pricing *pricing, size_t line_index, struct line_verdict *verdict,
                   const struct price_candidate *candidate, int64_t *price_micros)
{
    *price_micros = candidate->price_micros;
    if (candidate->formula == NULL) {
        return price_convert(pricing, line_index, price_micros);
    }
    struct formula_result result = {.price_micros = 0};
    struct finding finding = {.code = MESSAGE_COUNT};
    if (verdict->mistake == MESSAGE_COUNT) {
        finding = evaluate(pricing, line_index, candidate, &result);
    }
    *price_micros = result.price_micros;
    if (finding.code != MESSAGE_COUNT) {
        pricing_mistake(pricing, &pricing->order->lines[line_index], finding);
    } else if (result.candidate != NULL) {
        verdict->formulas = arena_grow(pricing->arena, verdict->formulas, sizeof result,
                                       verdict->formula_count, &verdict->formula_capacity);
        verdict->formulas[verdict->formula_count++] = result;
        return price_convert(pricing, line_index, price_micros);
    }
    return finding.code;
}
