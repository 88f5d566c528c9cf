/* The value of a tree, which the check has found good: types are as they must be. */
#include "rules/formula_parts.h"

#include <assert.h>
#include <string.h>

bool
formula_give_up(const struct formula_run *run, enum formula_code code,
                const struct formula_node *node)
{
    struct formula_evaluation *evaluation = run->evaluation;
    const char *text = evaluation->formula->text;
    evaluation->code = code;
    evaluation->column = formula_column(text, node->span.start);
    evaluation->place = text + node->span.start;
    evaluation->place_size = node->span.end - node->span.start;
    evaluation->name = node->kind == NODE_NAME ? (size_t)node->name : SIZE_MAX;
    return false;
}

bool
formula_must_fit(const struct formula_run *run, const struct formula_node *node, bool fits)
{
    return fits || formula_give_up(run, FORMULA_OVERFLOW, node);
}

bool
formula_number(const struct formula_run *run, const struct formula_node *node, int128 *picos)
{
    struct formula_value value;
    if (!formula_value(run, node, &value)) {
        return false;
    }
    assert(value.type == FORMULA_NUMBER);
    *picos = value.picos;
    return true;
}

/* The same for a truth. */
static bool
truth_of(const struct formula_run *run, const struct formula_node *node, bool *truth)
{
    struct formula_value value;
    if (!formula_value(run, node, &value)) {
        return false;
    }
    assert(value.type == FORMULA_TRUTH);
    *truth = value.truth;
    return true;
}

/* Names. */

static void
remember_use(struct formula_evaluation *evaluation, size_t name, const struct formula_value *value)
{
    for (size_t index = 0; index < evaluation->used_count; index++) {
        if (evaluation->used[index].name == name) {
            return;
        }
    }
    if (evaluation->used_count == FORMULA_USED_MAX) {
        evaluation->left_out++;
    } else {
        evaluation->used[evaluation->used_count++] = (struct formula_used){name, *value};
    }
}

static enum formula_code
input_number(const struct formula_name *name, const struct formula_input *input, int128 *picos)
{
    int64_t micros = input->micros;
    if (input->state == FORMULA_WRITTEN) {
        const enum decimal_verdict verdict = decimal_parse(input->text, MICROS_PLACES, &micros);
        if (verdict != DECIMAL_FINE) {
            return verdict == DECIMAL_TOO_LARGE ? FORMULA_OUT_OF_BOUNDS : FORMULA_NOT_A_NUMBER;
        }
    }
    *picos = micros * PICOS_PER_MICRO;
    return picos_range_holds(formula_name_range(name), *picos) ? FORMULA_FINE
                                                               : FORMULA_OUT_OF_BOUNDS;
}

static enum formula_code
input_truth(const struct formula_input *input, bool *truth)
{
    *truth = input->truth;
    if (input->state == FORMULA_WRITTEN) {
        *truth = strcmp(input->text, "true") == 0;
        return *truth || strcmp(input->text, "false") == 0 ? FORMULA_FINE : FORMULA_NOT_A_TRUTH;
    }
    return FORMULA_FINE;
}

static bool
value_name(const struct formula_run *run, const struct formula_node *node,
           struct formula_value *value)
{
    const struct formula_name *name = &run->evaluation->formula->names->items[node->name];
    const struct formula_input *input = &run->inputs[node->name];
    enum formula_code code = FORMULA_FINE;
    *value = (struct formula_value){.type = name->type};
    if (input->state == FORMULA_ABSENT) {
        code = FORMULA_MISSING;
    } else if (name->type == FORMULA_NUMBER) {
        code = input_number(name, input, &value->picos);
    } else if (name->type == FORMULA_TRUTH) {
        code = input_truth(input, &value->truth);
    } else {
        value->text = input->text;
    }
    if (code != FORMULA_FINE) {
        return formula_give_up(run, code, node);
    }
    remember_use(run->evaluation, (size_t)node->name, value);
    return true;
}

/* The other kinds. */

static bool
value_number(const struct formula_run *run, const struct formula_node *node,
             struct formula_value *value)
{
    (void)run;
    *value = (struct formula_value){.type = FORMULA_NUMBER, .picos = node->picos};
    return true;
}

static bool
value_text(const struct formula_run *run, const struct formula_node *node,
           struct formula_value *value)
{
    (void)run;
    *value = (struct formula_value){.type = FORMULA_TEXT, .text = node->text};
    return true;
}

static bool
value_truth(const struct formula_run *run, const struct formula_node *node,
            struct formula_value *value)
{
    (void)run;
    *value = (struct formula_value){.type = FORMULA_TRUTH, .truth = node->truth};
    return true;
}

static bool
value_minus(const struct formula_run *run, const struct formula_node *node,
            struct formula_value *value)
{
    *value = (struct formula_value){.type = FORMULA_NUMBER};
    if (!formula_number(run, node->first, &value->picos)) {
        return false;
    }
    value->picos = -value->picos;
    return true;
}

static bool
value_not(const struct formula_run *run, const struct formula_node *node,
          struct formula_value *value)
{
    *value = (struct formula_value){.type = FORMULA_TRUTH};
    if (!truth_of(run, node->first, &value->truth)) {
        return false;
    }
    value->truth = !value->truth;
    return true;
}

/* Until a part is false (and) or true (or). */
static bool
value_junction(const struct formula_run *run, const struct formula_node *node,
               struct formula_value *value)
{
    const bool goes_on = node->kind == NODE_AND;
    *value = (struct formula_value){.type = FORMULA_TRUTH, .truth = goes_on};
    for (const struct formula_node *part = node->first; part != NULL && value->truth == goes_on;
         part = part->next) {
        if (!truth_of(run, part, &value->truth)) {
            return false;
        }
    }
    return true;
}

/* How two values of one type stand to each other; texts and truths are only equal or not. */
static int
outcome(const struct formula_value *left, const struct formula_value *right)
{
    if (left->type == FORMULA_NUMBER) {
        return left->picos < right->picos   ? OUTCOME_LESS
               : left->picos > right->picos ? OUTCOME_GREATER
                                            : OUTCOME_EQUAL;
    }
    const bool is_equal = left->type == FORMULA_TEXT ? strcmp(left->text, right->text) == 0
                                                     : left->truth == right->truth;
    return is_equal ? OUTCOME_EQUAL : OUTCOME_LESS;
}

static bool
value_compare(const struct formula_run *run, const struct formula_node *node,
              struct formula_value *value)
{
    struct formula_value left, right;
    if (!formula_value(run, node->first, &left) || !formula_value(run, node->first->next, &right)) {
        return false;
    }
    *value = (struct formula_value){.type = FORMULA_TRUTH,
                                    .truth = (node->outcomes & outcome(&left, &right)) != 0};
    return true;
}

static bool
value_in(const struct formula_run *run, const struct formula_node *node,
         struct formula_value *value)
{
    struct formula_value subject, other;
    *value = (struct formula_value){.type = FORMULA_TRUTH};
    if (!formula_value(run, node->first, &subject)) {
        return false;
    }
    for (const struct formula_node *one = node->first->next; one != NULL && !value->truth;
         one = one->next) {
        if (!formula_value(run, one, &other)) {
            return false;
        }
        value->truth = outcome(&subject, &other) == OUTCOME_EQUAL;
    }
    return true;
}

static bool
value_sum(const struct formula_run *run, const struct formula_node *node,
          struct formula_value *value)
{
    *value = (struct formula_value){.type = FORMULA_NUMBER};
    for (const struct formula_node *term = node->first; term != NULL; term = term->next) {
        int128 picos = 0;
        if (!formula_number(run, term, &picos)) {
            return false;
        }
        if (!picos_add(value->picos, term->join == TOKEN_MINUS ? -picos : picos, &value->picos)) {
            return formula_give_up(run, FORMULA_OVERFLOW, node);
        }
    }
    return true;
}

static bool
value_product(const struct formula_run *run, const struct formula_node *node,
              struct formula_value *value)
{
    *value = (struct formula_value){.type = FORMULA_NUMBER, .picos = PICOS};
    for (const struct formula_node *factor = node->first; factor != NULL; factor = factor->next) {
        int128 picos = 0;
        if (!formula_number(run, factor, &picos)) {
            return false;
        }
        if (factor->join == TOKEN_SLASH && picos == 0) {
            return formula_give_up(run, FORMULA_DIVISION_BY_ZERO, factor);
        }
        const bool fits = factor->join == TOKEN_SLASH
                              ? picos_divide(value->picos, picos, &value->picos)
                              : picos_multiply(value->picos, picos, &value->picos);
        if (!fits) {
            return formula_give_up(run, FORMULA_OVERFLOW, node);
        }
    }
    return true;
}

static bool
value_call(const struct formula_run *run, const struct formula_node *node,
           struct formula_value *value)
{
    *value = (struct formula_value){.type = FORMULA_NUMBER};
    return node->call.function->value(run, node, value);
}

static void
trace(struct formula_evaluation *evaluation, const struct formula_node *node,
      const struct formula_value *value)
{
    if (evaluation->step_count == FORMULA_TRACE_MAX) {
        evaluation->left_out++;
    } else {
        evaluation->steps[evaluation->step_count++] = (struct formula_step){node, *value};
    }
}

bool
formula_value(const struct formula_run *run, const struct formula_node *node,
              struct formula_value *value)
{
    static bool (*const values[NODE_KIND_COUNT])(
        const struct formula_run *, const struct formula_node *, struct formula_value *) = {
        [NODE_NUMBER] = value_number, [NODE_TEXT] = value_text,    [NODE_TRUTH] = value_truth,
        [NODE_NAME] = value_name,     [NODE_MINUS] = value_minus,  [NODE_NOT] = value_not,
        [NODE_OR] = value_junction,   [NODE_AND] = value_junction, [NODE_COMPARE] = value_compare,
        [NODE_IN] = value_in,         [NODE_SUM] = value_sum,      [NODE_PRODUCT] = value_product,
        [NODE_CALL] = value_call,
    };
    if (!values[node->kind](run, node, value)) {
        return false;
    }
    if (node->is_told) {
        trace(run->evaluation, node, value);
    }
    return true;
}

enum formula_code
formula_evaluate(const struct formula *formula, const struct formula_input *inputs,
                 struct formula_evaluation *evaluation)
{
    const struct formula_run run = {.evaluation = evaluation, .inputs = inputs};
    evaluation->formula = formula;
    evaluation->code = FORMULA_FINE;
    evaluation->column = 0;
    evaluation->place = "";
    evaluation->place_size = 0;
    evaluation->name = SIZE_MAX;
    evaluation->used_count = evaluation->step_count = evaluation->left_out = 0;
    if (!formula_value(&run, formula->root, &evaluation->value)) {
        evaluation->value = (struct formula_value){.type = FORMULA_TYPE_COUNT};
    }
    return evaluation->code;
}
