/* The functions: of each its check, its value, and its row in the table below. */
#include "rules/formula_parts.h"

#include <string.h>

static const char *const round_modes[] = {
    [ROUND_HALF_UP] = "half-up",
    [ROUND_HALF_EVEN] = "half-even",
    [ROUND_DOWN] = "down",
    [ROUND_UP] = "up",
};
enum { ROUND_MODE_COUNT = sizeof round_modes / sizeof round_modes[0] };

/* min, max */

static struct formula_known
check_extreme(struct formula_check *check, struct formula_node *call,
              struct picos_range extreme(struct picos_range, struct picos_range))
{
    struct formula_known known = formula_check_as(check, call->first, FORMULA_NUMBER);
    for (struct formula_node *one = call->first->next; one != NULL; one = one->next) {
        const struct formula_known other = formula_check_as(check, one, FORMULA_NUMBER);
        known.unit = formula_check_units(check, one, known.unit, other.unit);
        known.range = extreme(known.range, other.range);
    }
    known.type = FORMULA_NUMBER;
    return known;
}

static struct formula_known
check_min(struct formula_check *check, struct formula_node *call)
{
    return check_extreme(check, call, picos_range_least);
}

static struct formula_known
check_max(struct formula_check *check, struct formula_node *call)
{
    return check_extreme(check, call, picos_range_greatest);
}

static bool
value_extreme(const struct formula_run *run, const struct formula_node *call, bool greatest,
              struct formula_value *value)
{
    if (!formula_number(run, call->first, &value->picos)) {
        return false;
    }
    for (const struct formula_node *one = call->first->next; one != NULL; one = one->next) {
        int128 other = 0;
        if (!formula_number(run, one, &other)) {
            return false;
        }
        value->picos = (other > value->picos) == greatest ? other : value->picos;
    }
    return true;
}

static bool
value_min(const struct formula_run *run, const struct formula_node *call,
          struct formula_value *value)
{
    return value_extreme(run, call, false, value);
}

static bool
value_max(const struct formula_run *run, const struct formula_node *call,
          struct formula_value *value)
{
    return value_extreme(run, call, true, value);
}

/* abs */

static struct formula_known
check_abs(struct formula_check *check, struct formula_node *call)
{
    struct formula_known known = formula_check_as(check, call->first, FORMULA_NUMBER);
    known.range = picos_range_abs(known.range);
    return known;
}

static bool
value_abs(const struct formula_run *run, const struct formula_node *call,
          struct formula_value *value)
{
    if (!formula_number(run, call->first, &value->picos)) {
        return false;
    }
    value->picos = value->picos < 0 ? -value->picos : value->picos;
    return true;
}

/* clamp */

static struct formula_known
check_clamp(struct formula_check *check, struct formula_node *call)
{
    struct formula_node *low = call->first->next, *high = low->next;
    struct formula_known known = formula_check_as(check, call->first, FORMULA_NUMBER);
    const struct formula_known least = formula_check_as(check, low, FORMULA_NUMBER);
    const struct formula_known most = formula_check_as(check, high, FORMULA_NUMBER);
    if (least.range.low > most.range.high) {
        formula_check_mistake(check, FORMULA_BOUNDS_CROSSED, call, "");
    }
    known.unit = formula_check_units(check, low, known.unit, least.unit);
    known.unit = formula_check_units(check, high, known.unit, most.unit);
    known.range = picos_range_greatest(least.range, picos_range_least(known.range, most.range));
    return known;
}

static bool
value_clamp(const struct formula_run *run, const struct formula_node *call,
            struct formula_value *value)
{
    int128 low = 0, high = 0;
    if (!formula_number(run, call->first, &value->picos) ||
        !formula_number(run, call->first->next, &low) ||
        !formula_number(run, call->first->next->next, &high)) {
        return false;
    }
    value->picos = value->picos > high ? high : value->picos;
    value->picos = value->picos < low ? low : value->picos;
    return true;
}

/* if */

static struct formula_known
check_branch(struct formula_check *check, const struct formula_node *condition,
             struct formula_node *branch, bool truth, enum formula_type type)
{
    const size_t assumption_count = check->assumption_count;
    formula_check_assume(check, condition, truth);
    const struct formula_known known = formula_check_as(check, branch, type);
    check->assumption_count = assumption_count;
    return known;
}

static struct formula_known
check_if(struct formula_check *check, struct formula_node *call)
{
    struct formula_node *condition = call->first, *met = condition->next, *unmet = met->next;
    const struct formula_known truth = formula_check_as(check, condition, FORMULA_TRUTH);
    const struct formula_known one = check_branch(check, condition, met, true, FORMULA_TYPE_COUNT);
    const struct formula_known other = check_branch(check, condition, unmet, false, one.type);
    struct formula_known known = formula_check_either(check, unmet, one, other);
    if (truth.type == FORMULA_TRUTH && truth.range.low == truth.range.high) {
        known.range = truth.range.low == 1 ? one.range : other.range;
    }
    return known;
}

static bool
value_if(const struct formula_run *run, const struct formula_node *call,
         struct formula_value *value)
{
    struct formula_value condition;
    const struct formula_node *met = call->first->next;
    return formula_value(run, call->first, &condition) &&
           formula_value(run, condition.truth ? met : met->next, value);
}

/* given */

static struct formula_known
check_given(struct formula_check *check, struct formula_node *call)
{
    if (call->first->kind != NODE_NAME) {
        formula_check_mistake(check, FORMULA_LITERAL_EXPECTED, call->first, "name");
    }
    return (struct formula_known){FORMULA_TRUTH, picos_range_of(0, 1), ""};
}

static bool
value_given(const struct formula_run *run, const struct formula_node *call,
            struct formula_value *value)
{
    *value = (struct formula_value){
        .type = FORMULA_TRUTH, .truth = run->inputs[call->first->name].state != FORMULA_ABSENT};
    return true;
}

bool
formula_is_given(const struct formula_node *node)
{
    return node->kind == NODE_CALL && node->call.function != NULL &&
           node->call.function->check == check_given && node->first != NULL &&
           node->first->kind == NODE_NAME;
}

/* round */

/* Sets the places of a call, and the mode. */
static bool
read_rounding(struct formula_check *check, struct formula_node *call)
{
    const struct formula_node *places = call->first->next, *mode = places->next;
    const bool is_whole = places->kind == NODE_NUMBER && places->picos % PICOS == 0 &&
                          places->picos >= PICOS_ROUND_PLACES_MIN * PICOS &&
                          places->picos <= PICOS_ROUND_PLACES_MAX * PICOS;
    int rounding = ROUND_HALF_UP;
    if (!is_whole) {
        formula_check_mistake(check, FORMULA_LITERAL_EXPECTED, places, "-9..12");
        return false;
    }
    for (rounding = mode == NULL ? ROUND_MODE_COUNT : 0; rounding < ROUND_MODE_COUNT; rounding++) {
        if (mode->kind == NODE_TEXT && strcmp(mode->text, round_modes[rounding]) == 0) {
            break;
        }
    }
    if (mode != NULL && rounding == ROUND_MODE_COUNT) {
        formula_check_mistake(check, FORMULA_LITERAL_EXPECTED, mode, "half-up half-even up down");
        return false;
    }
    call->call.places = (int)(places->picos / PICOS);
    call->call.rounding = mode == NULL ? ROUND_HALF_UP : (enum rounding)rounding;
    return true;
}

static struct formula_known
check_round(struct formula_check *check, struct formula_node *call)
{
    struct formula_known known = formula_check_as(check, call->first, FORMULA_NUMBER);
    bool may_overflow = false;
    if (read_rounding(check, call)) {
        known.range =
            picos_range_round(known.range, call->call.places, call->call.rounding, &may_overflow);
    }
    formula_check_overflow(check, call, may_overflow);
    return known;
}

static bool
value_round(const struct formula_run *run, const struct formula_node *call,
            struct formula_value *value)
{
    return formula_number(run, call->first, &value->picos) &&
           formula_must_fit(
               run, call,
               picos_round(value->picos, call->call.places, call->call.rounding, &value->picos));
}

/* floor, ceil */

static struct formula_known
check_multiple(struct formula_check *check, struct formula_node *call,
               struct picos_range multiple(struct picos_range, struct picos_range, bool *))
{
    struct formula_known known = formula_check_as(check, call->first, FORMULA_NUMBER);
    struct formula_node *by = call->first->next;
    struct picos_range step = picos_range_of(PICOS, PICOS);
    bool may_overflow = false;
    if (by != NULL) {
        const struct formula_known stated = formula_check_as(check, by, FORMULA_NUMBER);
        known.unit = formula_check_units(check, by, known.unit, stated.unit);
        if (stated.type == FORMULA_NUMBER && stated.range.low <= 0) {
            formula_check_mistake(check, FORMULA_STEP, by, "");
        } else if (stated.type == FORMULA_NUMBER) {
            step = stated.range;
        }
    }
    known.range = multiple(known.range, step, &may_overflow);
    formula_check_overflow(check, call, may_overflow);
    return known;
}

static struct formula_known
check_floor(struct formula_check *check, struct formula_node *call)
{
    return check_multiple(check, call, picos_range_floor);
}

static struct formula_known
check_ceil(struct formula_check *check, struct formula_node *call)
{
    return check_multiple(check, call, picos_range_ceil);
}

static bool
value_multiple(const struct formula_run *run, const struct formula_node *call,
               bool multiple(int128, int128, int128 *), struct formula_value *value)
{
    int128 step = PICOS;
    if (!formula_number(run, call->first, &value->picos) ||
        (call->first->next != NULL && !formula_number(run, call->first->next, &step))) {
        return false;
    }
    if (step <= 0) { /* the check is sound, so this is never so; but no price may come of it */
        return formula_give_up(run, FORMULA_DIVISION_BY_ZERO, call->first->next);
    }
    return formula_must_fit(run, call, multiple(value->picos, step, &value->picos));
}

static bool
value_floor(const struct formula_run *run, const struct formula_node *call,
            struct formula_value *value)
{
    return value_multiple(run, call, picos_floor, value);
}

static bool
value_ceil(const struct formula_run *run, const struct formula_node *call,
           struct formula_value *value)
{
    return value_multiple(run, call, picos_ceil, value);
}

const struct formula_function formula_functions[FORMULA_FUNCTION_COUNT] = {
    {"min", "min(number, number, ...)", 2, SIZE_MAX, false, check_min, value_min},
    {"max", "max(number, number, ...)", 2, SIZE_MAX, false, check_max, value_max},
    {"abs", "abs(number)", 1, 1, false, check_abs, value_abs},
    {"clamp", "clamp(number, low, high)", 3, 3, false, check_clamp, value_clamp},
    {"if", "if(truth, value, value)", 3, 3, false, check_if, value_if},
    {"given", "given(name)", 1, 1, false, check_given, value_given},
    {"round", "round(number, places[, mode])", 2, 3, false, check_round, value_round},
    {"floor", "floor(number[, step])", 1, 2, false, check_floor, value_floor},
    {"ceil", "ceil(number[, step])", 1, 2, false, check_ceil, value_ceil},
    {"tier", "tier(number, break: value, ...)", 2, SIZE_MAX, true, formula_check_tier,
     formula_value_tier},
    {"graduated", "graduated(number, 0: price, ...)", 2, SIZE_MAX, true, formula_check_graduated,
     formula_value_graduated},
};
