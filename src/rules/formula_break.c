/* tier and graduated: `break: value` after the number that is compared with the breaks. */
#include "rules/formula_parts.h"

/* How much of a number lies between a break and the next; of a break that is not reached, 0. */
static int128
share(int128 number, const struct formula_node *at)
{
    const int128 end = at->next != NULL && at->next->picos < number ? at->next->picos : number;
    return end > at->picos ? end - at->picos : 0;
}

static void
check_breaks_ascend(struct formula_check *check, const struct formula_node *first)
{
    for (const struct formula_node *at = first; at->next != NULL; at = at->next) {
        if (at->next->picos <= at->picos) {
            char text[PICOS_TEXT_SIZE];
            formula_check_mistake(
                check, FORMULA_BREAKS_DESCEND, at->next,
                arena_copy(check->text->arena, picos_format(text, at->picos, false)));
        }
    }
}

static void
check_first_is_reached(struct formula_check *check, const struct formula_node *number,
                       const struct formula_known *known)
{
    if (known->type == FORMULA_NUMBER && known->range.low < number->next->picos) {
        char text[PICOS_TEXT_SIZE];
        formula_check_mistake(
            check, FORMULA_MAY_MISS_BREAKS, number,
            arena_copy(check->text->arena, picos_format(text, number->next->picos, false)));
    }
}

struct formula_known
formula_check_tier(struct formula_check *check, struct formula_node *call)
{
    struct formula_node *first = call->first->next;
    const struct formula_known number = formula_check_as(check, call->first, FORMULA_NUMBER);
    struct formula_known known = formula_check_node(check, first->first);
    bool is_any_reached = number.range.low < (first->next == NULL ? PICOS_MAX : first->next->picos);
    check_breaks_ascend(check, first);
    check_first_is_reached(check, call->first, &number);
    for (struct formula_node *at = first->next; at != NULL; at = at->next) {
        struct formula_known other = formula_check_as(check, at->first, known.type);
        const bool is_reached = number.range.high >= at->picos &&
                                (at->next == NULL || number.range.low < at->next->picos);
        struct picos_range range = !is_reached      ? known.range
                                   : is_any_reached ? picos_range_join(known.range, other.range)
                                                    : other.range;
        known = formula_check_either(check, at->first, known, other);
        known.range = range;
        is_any_reached |= is_reached;
    }
    return known;
}

bool
formula_value_tier(const struct formula_run *run, const struct formula_node *call,
                   struct formula_value *value)
{
    const struct formula_node *reached = NULL;
    int128 number = 0;
    if (!formula_number(run, call->first, &number)) {
        return false;
    }
    for (const struct formula_node *at = call->first->next; at != NULL && number >= at->picos;
         at = at->next) {
        reached = at;
    }
    return reached == NULL ? formula_give_up(run, FORMULA_BELOW_BREAKS, call->first)
                           : formula_value(run, reached->first, value);
}

/* What lies in each band is monotone in the number, so its ends come from the number's. */
struct formula_known
formula_check_graduated(struct formula_check *check, struct formula_node *call)
{
    struct formula_node *first = call->first->next;
    const struct formula_known number = formula_check_as(check, call->first, FORMULA_NUMBER);
    struct formula_known known = {FORMULA_NUMBER, picos_range_of(0, 0), ""};
    bool may_overflow = false;
    if (first->picos != 0) {
        formula_check_mistake(check, FORMULA_BREAK_FIRST, first, "0");
    }
    check_breaks_ascend(check, first);
    check_first_is_reached(check, call->first, &number);
    for (struct formula_node *at = first; at != NULL; at = at->next) {
        const struct formula_known price = formula_check_as(check, at->first, FORMULA_NUMBER);
        const struct picos_range units =
            picos_range_of(share(number.range.low, at), share(number.range.high, at));
        known.range = picos_range_add(
            known.range, picos_range_multiply(units, price.range, &may_overflow), &may_overflow);
    }
    formula_check_overflow(check, call, may_overflow);
    return known;
}

bool
formula_value_graduated(const struct formula_run *run, const struct formula_node *call,
                        struct formula_value *value)
{
    const struct formula_node *first = call->first->next;
    int128 number = 0;
    if (!formula_number(run, call->first, &number)) {
        return false;
    }
    if (number < first->picos) {
        return formula_give_up(run, FORMULA_BELOW_BREAKS, call->first);
    }
    for (const struct formula_node *at = first; at != NULL && share(number, at) > 0;
         at = at->next) {
        int128 price = 0, amount = 0;
        if (!formula_number(run, at->first, &price) ||
            !formula_must_fit(run, call, picos_multiply(share(number, at), price, &amount)) ||
            !formula_must_fit(run, call, picos_add(value->picos, amount, &value->picos))) {
            return false;
        }
    }
    return true;
}
