/* One walk over the tree, operands before what is made of them: types, units, and ranges. */
#include "rules/formula_parts.h"

#include <assert.h>
#include <string.h>

static const struct formula_known unknown = {
    .type = FORMULA_TYPE_COUNT, .range = {-PICOS_MAX, PICOS_MAX, false}, .unit = ""};

static struct formula_known
known_truth(bool may_be_false, bool may_be_true)
{
    return (struct formula_known){FORMULA_TRUTH,
                                  picos_range_of(may_be_false ? 0 : 1, may_be_true ? 1 : 0), ""};
}

void
formula_check_mistake(struct formula_check *check, enum formula_code code,
                      const struct formula_node *node, const char *expected)
{
    formula_mistake_add(check->text, code, node->span, expected);
}

const char *
formula_check_units(struct formula_check *check, const struct formula_node *node, const char *unit,
                    const char *other)
{
    if (unit[0] != '\0' && other[0] != '\0' && strcmp(unit, other) != 0) {
        formula_check_mistake(check, FORMULA_UNITS_DIFFER, node, unit);
    }
    return unit[0] != '\0' ? unit : other;
}

void
formula_check_overflow(struct formula_check *check, const struct formula_node *node,
                       bool may_overflow)
{
    if (may_overflow && !check->overflow_told && !check->text->mistakes->has_error) {
        check->overflow_told = true;
        formula_check_mistake(check, FORMULA_MAY_OVERFLOW, node, "");
    }
}

struct formula_known
formula_check_as(struct formula_check *check, struct formula_node *node, enum formula_type type)
{
    struct formula_known known = formula_check_node(check, node);
    if (known.type != type && known.type != FORMULA_TYPE_COUNT && type != FORMULA_TYPE_COUNT) {
        formula_check_mistake(check, FORMULA_WRONG_TYPE, node, formula_type_names[type]);
        return unknown;
    }
    return known;
}

struct formula_known
formula_check_either(struct formula_check *check, const struct formula_node *node,
                     struct formula_known one, struct formula_known other)
{
    one.range = picos_range_join(one.range, other.range);
    one.unit = formula_check_units(check, node, one.unit, other.unit);
    one.type = one.type == FORMULA_TYPE_COUNT ? other.type : one.type;
    return one;
}

bool
formula_check_divisor(struct formula_check *check, const struct formula_node *node,
                      const struct formula_known *known)
{
    if (known->type == FORMULA_TYPE_COUNT) {
        return false;
    }
    if (known->range.low == 0 && known->range.high == 0) {
        formula_check_mistake(check, FORMULA_DIVISION_BY_ZERO, node, "");
        return false;
    }
    if (picos_range_holds(known->range, 0)) {
        formula_check_mistake(check, FORMULA_MAY_DIVIDE_BY_ZERO, node, "");
        return false;
    }
    return true;
}

struct picos_range
formula_name_range(const struct formula_name *name)
{
    const bool is_bounded = name->minimum_micros != 0 || name->maximum_micros != 0;
    const int64_t low = is_bounded ? name->minimum_micros : -DECIMAL_MICROS_MAX;
    const int64_t high = is_bounded ? name->maximum_micros : DECIMAL_MICROS_MAX;
    return picos_range_of(low * PICOS_PER_MICRO, high * PICOS_PER_MICRO);
}

/* What conditions say of names. */

/* What both ranges hold, or the first when that is nothing: then nobody comes here. */
static struct picos_range
narrowed(struct picos_range range, struct picos_range by)
{
    struct picos_range both = {.low = range.low > by.low ? range.low : by.low,
                               .high = range.high < by.high ? range.high : by.high,
                               .skips_zero = range.skips_zero || by.skips_zero};
    if (both.skips_zero && both.low == 0) {
        both.low = PICOS_PER_MICRO;
    }
    if (both.skips_zero && both.high == 0) {
        both.high = -PICOS_PER_MICRO;
    }
    return both.low <= both.high ? both : range;
}

/* The values of names are whole micros, so that more than 0 is at least a millionth. */
static struct picos_range
range_of_comparison(int outcomes, int128 with)
{
    struct picos_range range = PICOS_RANGE_ALL;
    const bool is_among_them = (outcomes & OUTCOME_EQUAL) != 0;
    if ((outcomes & OUTCOME_GREATER) == 0) {
        (void)!picos_floor(is_among_them ? with : with - 1, PICOS_PER_MICRO, &range.high);
    }
    if ((outcomes & OUTCOME_LESS) == 0) {
        (void)!picos_ceil(is_among_them ? with : with + 1, PICOS_PER_MICRO, &range.low);
    }
    range.skips_zero = outcomes == OUTCOME_UNEQUAL && with == 0;
    return range;
}

static int
mirrored(int outcomes)
{
    return (outcomes & OUTCOME_EQUAL) | (outcomes & OUTCOME_LESS ? OUTCOME_GREATER : 0) |
           (outcomes & OUTCOME_GREATER ? OUTCOME_LESS : 0);
}

static void
push(struct formula_check *check, struct formula_assumption assumption)
{
    assert(check->assumption_count < FORMULA_ASSUMPTIONS_MAX);
    if (assumption.name != NAME_UNKNOWN) {
        check->assumptions[check->assumption_count++] = assumption;
    }
}

static void
assume_comparison(struct formula_check *check, const struct formula_node *node, int outcomes)
{
    const struct formula_node *left = node->first, *right = node->first->next;
    if (left->kind == NODE_NUMBER && right->kind == NODE_NAME) {
        const struct formula_node *swapped = left;
        left = right;
        right = swapped;
        outcomes = mirrored(outcomes);
    }
    if (left->kind == NODE_NAME && right->kind == NODE_NUMBER) {
        push(check, (struct formula_assumption){
                        .name = left->name, .range = range_of_comparison(outcomes, right->picos)});
    }
}

void
formula_check_assume(struct formula_check *check, const struct formula_node *node, bool truth)
{
    if (node->kind == NODE_NOT) {
        formula_check_assume(check, node->first, !truth);
    } else if (node->kind == (truth ? NODE_AND : NODE_OR)) {
        for (const struct formula_node *part = node->first; part != NULL; part = part->next) {
            formula_check_assume(check, part, truth);
        }
    } else if (node->kind == NODE_COMPARE) {
        assume_comparison(check, node, truth ? node->outcomes : OUTCOME_ANY - node->outcomes);
    } else if (truth && formula_is_given(node)) {
        push(check, (struct formula_assumption){
                        .name = node->first->name, .is_given = true, .range = PICOS_RANGE_ALL});
    }
}

/* The checks, one a kind. */

static struct formula_known
check_number(struct formula_check *check, struct formula_node *node)
{
    (void)check;
    return (struct formula_known){FORMULA_NUMBER, picos_range_of(node->picos, node->picos), ""};
}

static struct formula_known
check_text(struct formula_check *check, struct formula_node *node)
{
    (void)check;
    (void)node;
    return (struct formula_known){FORMULA_TEXT, PICOS_RANGE_ALL, ""};
}

static struct formula_known
check_truth(struct formula_check *check, struct formula_node *node)
{
    (void)check;
    return known_truth(!node->truth, node->truth);
}

static struct formula_known
check_name(struct formula_check *check, struct formula_node *node)
{
    if (node->name == NAME_UNKNOWN) {
        return unknown;
    }
    const struct formula_name *name = &check->names->items[node->name];
    struct formula_known known = {.type = name->type, .range = PICOS_RANGE_ALL, .unit = ""};
    bool is_given = name->is_required;
    if (name->type == FORMULA_NUMBER) {
        known.range = formula_name_range(name);
        known.unit = name->unit;
    } else if (name->type == FORMULA_TRUTH) {
        known = known_truth(true, true);
    }
    for (size_t index = 0; index < check->assumption_count; index++) {
        const struct formula_assumption *assumption = &check->assumptions[index];
        if (assumption->name == node->name) {
            is_given |= assumption->is_given;
            if (name->type == FORMULA_NUMBER) {
                known.range = narrowed(known.range, assumption->range);
            }
        }
    }
    if (!is_given) {
        formula_check_mistake(check, FORMULA_MAY_BE_MISSING, node, "");
    }
    return known;
}

static struct formula_known
check_minus(struct formula_check *check, struct formula_node *node)
{
    struct formula_known known = formula_check_as(check, node->first, FORMULA_NUMBER);
    known.range = picos_range_negate(known.range);
    return known;
}

static struct formula_known
check_not(struct formula_check *check, struct formula_node *node)
{
    const struct formula_known known = formula_check_as(check, node->first, FORMULA_TRUTH);
    return known.type == FORMULA_TRUTH ? known_truth(known.range.high == 1, known.range.low == 0)
                                       : unknown;
}

/* A part is evaluated only when all before it were true (and) or false (or). */
static struct formula_known
check_junction(struct formula_check *check, struct formula_node *node)
{
    const size_t assumption_count = check->assumption_count;
    struct picos_range range = picos_range_of(node->kind == NODE_AND, node->kind == NODE_AND);
    for (struct formula_node *part = node->first; part != NULL; part = part->next) {
        struct formula_known known = formula_check_as(check, part, FORMULA_TRUTH);
        if (known.type != FORMULA_TRUTH) {
            known = known_truth(true, true);
        }
        range = node->kind == NODE_AND ? picos_range_least(range, known.range)
                                       : picos_range_greatest(range, known.range);
        formula_check_assume(check, part, node->kind == NODE_AND);
    }
    check->assumption_count = assumption_count;
    return (struct formula_known){FORMULA_TRUTH, range, ""};
}

static struct formula_known
check_compare(struct formula_check *check, struct formula_node *node)
{
    const struct formula_known left = formula_check_node(check, node->first);
    const bool is_equality = node->outcomes == OUTCOME_EQUAL || node->outcomes == OUTCOME_UNEQUAL;
    if (!is_equality && left.type != FORMULA_NUMBER && left.type != FORMULA_TYPE_COUNT) {
        formula_check_mistake(check, FORMULA_WRONG_TYPE, node->first,
                              formula_type_names[FORMULA_NUMBER]);
    }
    const struct formula_known right =
        formula_check_as(check, node->first->next, is_equality ? left.type : FORMULA_NUMBER);
    if (left.type != FORMULA_NUMBER || right.type != FORMULA_NUMBER) {
        return known_truth(true, true);
    }
    formula_check_units(check, node->first->next, left.unit, right.unit);
    const int possible =
        (left.range.low < right.range.high ? OUTCOME_LESS : 0) |
        (left.range.high > right.range.low ? OUTCOME_GREATER : 0) |
        (left.range.low <= right.range.high && right.range.low <= left.range.high ? OUTCOME_EQUAL
                                                                                  : 0);
    return known_truth((possible & ~node->outcomes) != 0, (possible & node->outcomes) != 0);
}

static struct formula_known
check_in(struct formula_check *check, struct formula_node *node)
{
    const struct formula_known subject = formula_check_node(check, node->first);
    for (struct formula_node *other = node->first->next; other != NULL; other = other->next) {
        if (other->kind != NODE_NUMBER && other->kind != NODE_TEXT) {
            formula_check_mistake(check, FORMULA_LITERAL_EXPECTED, other, "literal");
        } else {
            formula_check_as(check, other, subject.type);
        }
    }
    return known_truth(true, true);
}

static struct formula_known
check_sum(struct formula_check *check, struct formula_node *node)
{
    struct formula_known sum = {FORMULA_NUMBER, picos_range_of(0, 0), ""};
    bool may_overflow = false;
    for (struct formula_node *term = node->first; term != NULL; term = term->next) {
        const struct formula_known known = formula_check_as(check, term, FORMULA_NUMBER);
        sum.unit = formula_check_units(check, term, sum.unit, known.unit);
        sum.range = picos_range_add(
            sum.range, term->join == TOKEN_MINUS ? picos_range_negate(known.range) : known.range,
            &may_overflow);
    }
    formula_check_overflow(check, node, may_overflow);
    return sum;
}

/* Units are not multiplied: metres x metres is no unit that a price list names. */
static struct formula_known
check_product(struct formula_check *check, struct formula_node *node)
{
    struct formula_known product = {FORMULA_NUMBER, picos_range_of(PICOS, PICOS), ""};
    bool may_overflow = false;
    for (struct formula_node *factor = node->first; factor != NULL; factor = factor->next) {
        const struct formula_known known = formula_check_as(check, factor, FORMULA_NUMBER);
        if (factor->join != TOKEN_SLASH) {
            product.range = picos_range_multiply(product.range, known.range, &may_overflow);
        } else if (formula_check_divisor(check, factor, &known)) {
            product.range = picos_range_divide(product.range, known.range, &may_overflow);
        } else {
            product.range = PICOS_RANGE_ALL;
        }
    }
    formula_check_overflow(check, node, may_overflow);
    return product;
}

static bool
are_arguments_in_place(const struct formula_node *call)
{
    const struct formula_function *function = call->call.function;
    size_t count = 0;
    for (const struct formula_node *argument = call->first; argument != NULL;
         argument = argument->next) {
        if ((argument->kind == NODE_BREAK) != (function->takes_breaks && count > 0)) {
            return false;
        }
        count++;
    }
    return count >= function->arguments_min && count <= function->arguments_max;
}

static struct formula_known
check_call(struct formula_check *check, struct formula_node *node)
{
    if (node->call.function != NULL && are_arguments_in_place(node)) {
        return node->call.function->check(check, node);
    }
    if (node->call.function != NULL) {
        formula_check_mistake(check, FORMULA_ARGUMENTS, node, node->call.function->usage);
    }
    for (struct formula_node *argument = node->first; argument != NULL; argument = argument->next) {
        formula_check_node(check, argument);
    }
    return unknown;
}

static struct formula_known
check_break(struct formula_check *check, struct formula_node *node)
{
    return formula_check_node(check, node->first);
}

struct formula_known
formula_check_node(struct formula_check *check, struct formula_node *node)
{
    static struct formula_known (*const checks[NODE_KIND_COUNT])(struct formula_check *,
                                                                 struct formula_node *) = {
        [NODE_NUMBER] = check_number, [NODE_TEXT] = check_text,    [NODE_TRUTH] = check_truth,
        [NODE_NAME] = check_name,     [NODE_MINUS] = check_minus,  [NODE_NOT] = check_not,
        [NODE_OR] = check_junction,   [NODE_AND] = check_junction, [NODE_COMPARE] = check_compare,
        [NODE_IN] = check_in,         [NODE_SUM] = check_sum,      [NODE_PRODUCT] = check_product,
        [NODE_CALL] = check_call,     [NODE_BREAK] = check_break,
    };
    return checks[node->kind](check, node);
}

/* What the trace tells: the calls, which are marked already, the terms of the sum that the whole
 * is, and the whole. */
static void
mark_terms(struct formula_node *root)
{
    root->is_told = true;
    for (struct formula_node *term = root->kind == NODE_SUM ? root->first : NULL; term != NULL;
         term = term->next) {
        term->is_told = term->first != NULL;
    }
}

struct picos_range
formula_check(const struct formula_text *text, const struct formula_names *names,
              struct formula_node *root, enum formula_type type)
{
    struct formula_check check = {.text = text, .names = names};
    const struct formula_known known = formula_check_as(&check, root, type);
    if (known.type == FORMULA_NUMBER && known.range.low < 0 && !text->mistakes->has_error) {
        char least[PICOS_TEXT_SIZE];
        formula_check_mistake(&check, FORMULA_MAY_BE_NEGATIVE, root,
                              arena_copy(text->arena, picos_format(least, known.range.low, false)));
    }
    mark_terms(root);
    return known.range;
}
