#include "rules/modification.h"

#include <assert.h>
#include <string.h>

const char *const modification_state_names[] = {
    [MODIFY_SUBMITTED] = "submitted", [MODIFY_APPROVED] = "approved",
    [MODIFY_RELEASED] = "released",   [MODIFY_PARTLY_SHIPPED] = "partly-shipped",
    [MODIFY_SHIPPED] = "shipped",     [MODIFY_DELIVERED] = "delivered",
};
const char *const modification_way_names[] = {
    [MODIFY_ALLOW] = "allow",       [MODIFY_ASK] = "ask",       [MODIFY_REFUSE] = "refuse",
    [MODIFY_NEW_LINE] = "new-line", [MODIFY_CANCEL] = "cancel", [MODIFY_REDIRECT] = "redirect",
};
const char *const modification_basis_names[] = {
    [BASIS_KEEP] = "keep",
    [BASIS_NEW_QUANTITY] = "new-quantity",
    [BASIS_ALL] = "all",
};
const char *const modification_promotions_names[] = {
    [PROMOTIONS_KEEP] = "keep",
    [PROMOTIONS_EVALUATE] = "evaluate",
};
const char *const modification_approval_names[] = {
    [CHANGE_BY_MATRIX] = "by-matrix",
    [CHANGE_ALWAYS] = "always",
    [CHANGE_NEVER] = "never",
};

#define ANY MODIFICATION_ANY
#define ROW(change, state, way, basis, approval)                                                   \
    {                                                                                              \
        (change), (state), "", (way), (basis), PROMOTIONS_EVALUATE, (approval), 0                  \
    }

/* Before the release all may change, and is priced as it was ordered.  After it a version only
 * grows: more is another line at the prices of that day, less is cancelled, another address goes to
 * whoever has the goods, and what a person must settle with the warehouse is asked. */
const struct modification_rule modification_built_in[] = {
    ROW(ANY, MODIFY_SUBMITTED, MODIFY_ALLOW, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(ANY, MODIFY_APPROVED, MODIFY_ALLOW, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_NOTE, MODIFY_APPROVED, MODIFY_ALLOW, BASIS_KEEP, CHANGE_NEVER),
    ROW(ANY, MODIFY_RELEASED, MODIFY_REFUSE, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_INCREASE, MODIFY_RELEASED, MODIFY_NEW_LINE, BASIS_NEW_QUANTITY,
        CHANGE_BY_MATRIX),
    ROW(MODIFICATION_ADD_LINE, MODIFY_RELEASED, MODIFY_NEW_LINE, BASIS_NEW_QUANTITY,
        CHANGE_BY_MATRIX),
    ROW(MODIFICATION_DECREASE, MODIFY_RELEASED, MODIFY_CANCEL, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_REMOVE_LINE, MODIFY_RELEASED, MODIFY_CANCEL, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_ADDRESS, MODIFY_RELEASED, MODIFY_REDIRECT, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_DATE, MODIFY_RELEASED, MODIFY_ASK, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_NOTE, MODIFY_RELEASED, MODIFY_ASK, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(ANY, MODIFY_PARTLY_SHIPPED, MODIFY_REFUSE, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_INCREASE, MODIFY_PARTLY_SHIPPED, MODIFY_NEW_LINE, BASIS_NEW_QUANTITY,
        CHANGE_BY_MATRIX),
    ROW(MODIFICATION_ADD_LINE, MODIFY_PARTLY_SHIPPED, MODIFY_NEW_LINE, BASIS_NEW_QUANTITY,
        CHANGE_BY_MATRIX),
    ROW(MODIFICATION_DECREASE, MODIFY_PARTLY_SHIPPED, MODIFY_CANCEL, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_REMOVE_LINE, MODIFY_PARTLY_SHIPPED, MODIFY_CANCEL, BASIS_KEEP,
        CHANGE_BY_MATRIX),
    ROW(MODIFICATION_ADDRESS, MODIFY_PARTLY_SHIPPED, MODIFY_REDIRECT, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_DATE, MODIFY_PARTLY_SHIPPED, MODIFY_ASK, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_NOTE, MODIFY_PARTLY_SHIPPED, MODIFY_ASK, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(ANY, MODIFY_SHIPPED, MODIFY_REFUSE, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_ADDRESS, MODIFY_SHIPPED, MODIFY_REDIRECT, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(MODIFICATION_NOTE, MODIFY_SHIPPED, MODIFY_ASK, BASIS_KEEP, CHANGE_BY_MATRIX),
    ROW(ANY, MODIFY_DELIVERED, MODIFY_REFUSE, BASIS_KEEP, CHANGE_BY_MATRIX),
};
const size_t modification_built_in_count =
    sizeof modification_built_in / sizeof modification_built_in[0];

enum modification_state
modification_state_of(enum approval_state approval, enum fulfilment_state fulfilment)
{
    static const enum modification_state states[] = {
        [FULFILMENT_NONE] = MODIFY_APPROVED,
        [FULFILMENT_RELEASED] = MODIFY_RELEASED,
        [FULFILMENT_PARTLY] = MODIFY_PARTLY_SHIPPED,
        [FULFILMENT_SHIPPED] = MODIFY_SHIPPED,
        [FULFILMENT_PARTLY_DELIVERED] = MODIFY_SHIPPED,
        [FULFILMENT_DELIVERED] = MODIFY_DELIVERED,
    };
    return approval == APPROVAL_REFUSED || approval == APPROVAL_CANCELLED ? MODIFY_STATE_COUNT
           : approval == APPROVAL_APPROVED                                ? states[fulfilment]
                                                                          : MODIFY_SUBMITTED;
}

/* How closely a row fits; -1: not at all. */
static int
fit(const struct modification_rule *rule, const struct modification_question *question)
{
    const bool is_group = rule->group[0] != '\0';
    if ((rule->change != ANY && rule->change != (int)question->change) ||
        (rule->state != ANY && rule->state != (int)question->state) ||
        (is_group && strcmp(rule->group, question->group) != 0)) {
        return -1;
    }
    return 4 * is_group + 2 * (rule->change != ANY) + (rule->state != ANY);
}

static const struct modification_rule *
find(const struct modification_rule *rules, size_t count,
     const struct modification_question *question)
{
    const struct modification_rule *best = NULL;
    int best_fit = -1;
    for (size_t index = 0; index < count; index++) {
        const int this_fit = fit(&rules[index], question);
        if (this_fit > best_fit) {
            best = &rules[index];
            best_fit = this_fit;
        }
    }
    return best;
}

static bool
is_less(enum modification change)
{
    return change == MODIFICATION_DECREASE || change == MODIFICATION_REMOVE_LINE;
}

static bool
is_more(enum modification change)
{
    return change == MODIFICATION_INCREASE || change == MODIFICATION_ADD_LINE;
}

bool
modification_decides(const struct modification_rule *rules, size_t count, size_t at)
{
    struct modification_question question = {.group = rules[at].group};
    for (int change = 0; change < MODIFICATION_COUNT; change++) {
        for (int state = 0; state < MODIFY_STATE_COUNT; state++) {
            question.change = (enum modification)change;
            question.state = (enum modification_state)state;
            if (find(rules, count, &question) == &rules[at]) {
                return true;
            }
        }
    }
    return false;
}

/* After the release nothing that was ordered is altered, and when all has left nothing joins it. */
static bool
can_do(enum modification change, enum modification_state state, enum modification_way way)
{
    const bool is_early = state < MODIFY_RELEASED;
    const bool is_told = change == MODIFICATION_DATE || change == MODIFICATION_NOTE;
    const bool is_quantity = (is_more(change) || is_less(change)) && state <= MODIFY_PARTLY_SHIPPED;
    switch (way) {
    case MODIFY_ALLOW: return is_early || is_told || is_quantity;
    case MODIFY_NEW_LINE: return is_more(change) && is_quantity;
    case MODIFY_CANCEL: return is_less(change) && is_quantity;
    case MODIFY_REDIRECT: return change == MODIFICATION_ADDRESS;
    default: return true;
    }
}

bool
modification_fits(const struct modification_rule *rule)
{
    for (int change = 0; change < MODIFICATION_COUNT; change++) {
        for (int state = 0; state < MODIFY_STATE_COUNT; state++) {
            if ((rule->change == ANY || rule->change == change) &&
                (rule->state == ANY || rule->state == state) &&
                can_do((enum modification)change, (enum modification_state)state, rule->way)) {
                return true;
            }
        }
    }
    return false;
}

void
modification_decide(const struct modification_rule *rules, size_t count,
                    const struct modification_question *question, struct arena *arena,
                    struct modification_decision *decision)
{
    const struct modification_rule *rule = find(rules, count, question);
    assert(question->state < MODIFY_STATE_COUNT);
    if (rule == NULL) {
        rule = find(modification_built_in, modification_built_in_count, question);
    }
    assert(rule != NULL && "the built-in table has a row for each state");
    const bool is_cancelled = rule->way == MODIFY_ALLOW && is_less(question->change) &&
                              question->state >= question->cancellation_point;
    decision->rule = *rule;
    decision->way = is_cancelled ? MODIFY_CANCEL : rule->way;
    const char *source = rule->line == 0 ? "built in"
                                         : arena_format(arena, "modification-rules line %lld",
                                                        (long long)rule->line);
    decision->trace = arena_format(arena, "%s, %s: %s (%s%s)", modification_names[question->change],
                                   modification_state_names[question->state],
                                   modification_way_names[decision->way], source,
                                   is_cancelled ? ", beyond the cancellation point" : "");
}
