#include "rules/cancellation_check.h"

#include "base/decimal.h"
#include "base/text.h"

#include <string.h>

enum { PENALTY_MAX_MICROS = 300000 };

struct checking {
    const struct fee_table *table;
    const struct fee_clause *clause;
    struct arena *arena;
    struct policy_remark *items;
    size_t count;
    size_t capacity;
};

static void
add(struct checking *checking, struct policy_remark remark)
{
    remark.clause = checking->clause;
    remark.value = remark.value == NULL ? "" : remark.value;
    remark.expected = remark.expected == NULL ? "" : remark.expected;
    checking->items = arena_grow(checking->arena, checking->items, sizeof *checking->items,
                                 checking->count, &checking->capacity);
    checking->items[checking->count++] = remark;
}

/* ---- of a clause alone ---------------------------------------------------------------------- */

static void
check_words(struct checking *checking, const char *field, const char *list,
            const char *const *names, size_t count)
{
    const char *rest = list;
    const char *item;
    size_t size;
    while ((item = text_list_next(&rest, &size)) != NULL) {
        const char *expected = "";
        bool is_known = false;
        for (size_t index = 0; index < count; index++) {
            is_known |= strlen(names[index]) == size && memcmp(names[index], item, size) == 0;
            expected = arena_format(checking->arena, "%s%s%s", expected, index == 0 ? "" : ", ",
                                    names[index]);
        }
        if (!is_known) {
            add(checking,
                (struct policy_remark){POLICY_WORD, .field = field,
                                       .value = arena_copy_bytes(checking->arena, item, size),
                                       .expected = expected});
        }
    }
}

static void
check_fee(struct checking *checking)
{
    const struct fee_clause *clause = checking->clause;
    const bool is_rate = clause->kind == FEE_PERCENT || clause->kind == FEE_DEPOSIT;
    const bool has_amounts =
        clause->amount_micros != FEE_NOT_GIVEN || clause->minimum_micros != FEE_NOT_GIVEN ||
        clause->maximum_micros != FEE_NOT_GIVEN || clause->waive_up_to_micros != FEE_NOT_GIVEN;
    if (clause->kind == FEE_FIXED && clause->amount_micros == FEE_NOT_GIVEN) {
        add(checking, (struct policy_remark){POLICY_NEEDS, .field = "amount",
                                             .value = fee_kind_names[clause->kind]});
    }
    if (is_rate && clause->percent_micros == FEE_NOT_GIVEN) {
        add(checking, (struct policy_remark){POLICY_NEEDS, .field = "percent",
                                             .value = fee_kind_names[clause->kind]});
    }
    if (has_amounts && clause->currency[0] == '\0') {
        add(checking, (struct policy_remark){POLICY_CURRENCY, .field = "currency"});
    }
    if (clause->maximum_micros != FEE_NOT_GIVEN &&
        clause->minimum_micros > clause->maximum_micros) {
        add(checking, (struct policy_remark){POLICY_LIMITS, .field = "minimum"});
    }
    if (clause->hours_below != FEE_NOT_GIVEN && clause->hours_from >= clause->hours_below) {
        add(checking, (struct policy_remark){POLICY_NEVER, .field = "hours_from"});
    }
    if (clause->kind == FEE_PERCENT && clause->percent_micros > PENALTY_MAX_MICROS) {
        char text[DECIMAL_TEXT_SIZE];
        add(checking,
            (struct policy_remark){
                POLICY_PENALTY, .field = "percent",
                .value = arena_copy(checking->arena, decimal_format(text, clause->percent_micros,
                                                                    MICROS_PLACES - 2, 0))});
    }
    if (clause->kind != FEE_NONE && clause->faults[0] != '\0' &&
        text_list_has(clause->faults, FEE_FAULT_COMPANY)) {
        add(checking, (struct policy_remark){POLICY_COMPANY, .field = "faults"});
    }
}

static void
check_gifts(struct checking *checking)
{
    const struct fee_clause *clause = checking->clause;
    if (clause->gifts != GIFTS_KEEP && !clause->evaluates) {
        add(checking, (struct policy_remark){POLICY_GIFTS, .field = "gifts",
                                             .value = gift_terms_names[clause->gifts]});
    }
}

/* ---- of two ------------------------------------------------------------------------------- */

static bool
list_is_wider(const char *one, const char *other)
{
    const char *rest = other;
    const char *item;
    size_t size;
    if (one[0] == '\0' || strcmp(one, other) == 0) {
        return true;
    }
    while ((item = text_list_next(&rest, &size)) != NULL) {
        char text[256];
        if (size >= sizeof text) {
            return false;
        }
        memcpy(text, item, size);
        text[size] = '\0';
        if (!text_list_has(one, text)) {
            return false;
        }
    }
    return other[0] != '\0';
}

static bool
list_meets(const char *one, const char *other)
{
    const char *rest = other;
    const char *item;
    size_t size;
    if (one[0] == '\0' || other[0] == '\0') {
        return true;
    }
    while ((item = text_list_next(&rest, &size)) != NULL) {
        char text[256];
        if (size < sizeof text) {
            memcpy(text, item, size);
            text[size] = '\0';
            if (text_list_has(one, text)) {
                return true;
            }
        }
    }
    return false;
}

static int64_t
most(int64_t hours)
{
    return hours == FEE_NOT_GIVEN ? INT64_MAX : hours;
}

static bool
is_wider(const struct fee_clause *one, const struct fee_clause *other)
{
    return list_is_wider(one->stages, other->stages) &&
           list_is_wider(one->product_kind, other->product_kind) &&
           list_is_wider(one->categories, other->categories) &&
           list_is_wider(one->skus, other->skus) && list_is_wider(one->groups, other->groups) &&
           list_is_wider(one->faults, other->faults) &&
           list_is_wider(one->deposit_paid, other->deposit_paid) &&
           list_is_wider(one->currency, other->currency) && one->hours_from <= other->hours_from &&
           most(one->hours_below) >= most(other->hours_below) &&
           most(one->promised_within) >= most(other->promised_within);
}

static bool
meet(const struct fee_clause *one, const struct fee_clause *other)
{
    return list_meets(one->stages, other->stages) &&
           list_meets(one->product_kind, other->product_kind) &&
           list_meets(one->categories, other->categories) && list_meets(one->skus, other->skus) &&
           list_meets(one->groups, other->groups) && list_meets(one->faults, other->faults) &&
           list_meets(one->deposit_paid, other->deposit_paid) &&
           list_meets(one->currency, other->currency) &&
           one->hours_from < most(other->hours_below) && other->hours_from < most(one->hours_below);
}

/* Those before it in the table. */
static void
compare(struct checking *checking)
{
    const struct fee_clause *equal = NULL;
    for (const struct fee_clause *other = checking->table->items; other < checking->clause;
         other++) {
        if (is_wider(other, checking->clause)) {
            add(checking, (struct policy_remark){POLICY_HIDDEN, .other = other, .field = "rank"});
            return;
        }
        if (other->rank == checking->clause->rank && equal == NULL &&
            meet(other, checking->clause)) {
            equal = other;
        }
    }
    if (equal != NULL) {
        add(checking, (struct policy_remark){POLICY_EQUAL, .other = equal, .field = "rank"});
    }
}

void
cancellation_check(const struct fee_table *table, struct arena *arena,
                   struct policy_remark **remarks, size_t *count)
{
    static const char *const faults[] = {"customer", FEE_FAULT_COMPANY, "nobody"};
    struct checking checking = {.table = table, .arena = arena};
    for (size_t index = 0; index < table->count; index++) {
        checking.clause = &table->items[index];
        check_words(&checking, "stages", checking.clause->stages, cancel_stage_names,
                    CANCEL_STAGE_COUNT);
        check_words(&checking, "faults", checking.clause->faults, faults,
                    sizeof faults / sizeof faults[0]);
        check_fee(&checking);
        check_gifts(&checking);
        compare(&checking);
    }
    *remarks = checking.items;
    *count = checking.count;
}
