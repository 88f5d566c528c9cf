#include "rules/return_policy.h"

#include "base/decimal.h"
#include "base/text.h"

#include <string.h>

enum { FEE_CHARACTERS_MAX = 32 };

struct checking {
    struct arena *arena;
    struct policy_remark *items;
    size_t count;
    size_t capacity;
};

bool
return_fee_read(const char *text, struct return_fee *fee)
{
    char number[FEE_CHARACTERS_MAX + 1];
    size_t size = strlen(text);
    *fee = (struct return_fee){RETURN_FEE_NONE, 0};
    if (size == 0) {
        return true;
    }
    const bool is_percent = text[size - 1] == '%';
    size -= is_percent;
    while (size > 0 && text[size - 1] == ' ') {
        size--;
    }
    if (size == 0 || size > FEE_CHARACTERS_MAX) {
        return false;
    }
    memcpy(number, text, size);
    number[size] = '\0';
    int64_t micros = 0;
    if (decimal_parse(number, MICROS_PLACES, &micros) != DECIMAL_FINE || micros < 0) {
        return false;
    }
    *fee = is_percent ? (struct return_fee){RETURN_FEE_PERCENT, micros / 100}
                      : (struct return_fee){RETURN_FEE_FIXED, micros};
    return !is_percent || (micros % 100 == 0 && fee->micros <= MICROS);
}

static void
add(struct checking *checking, const struct policy_remark *remark)
{
    checking->items = arena_grow(checking->arena, checking->items, sizeof *checking->items,
                                 checking->count, &checking->capacity);
    checking->items[checking->count++] = *remark;
}

static void
check_words(struct checking *checking, const struct return_clause *clause, const char *list,
            const char *words, enum policy_doubt doubt)
{
    const char *entry;
    size_t size = 0;
    while ((entry = text_list_next(&list, &size)) != NULL) {
        const char *word = arena_copy_bytes(checking->arena, entry, size);
        if (!text_list_has(words, word)) {
            add(checking, &(struct policy_remark){doubt, clause, NULL, word});
        }
    }
}

/* Does the list let through whatever the other does? */
static bool
covers(const char *list, const char *other, struct arena *arena)
{
    const char *entry;
    size_t size = 0;
    if (list[0] == '\0') {
        return true;
    }
    if (other[0] == '\0') {
        return false;
    }
    while ((entry = text_list_next(&other, &size)) != NULL) {
        if (!text_list_has(list, arena_copy_bytes(arena, entry, size))) {
            return false;
        }
    }
    return true;
}

static bool
covers_clause(const struct return_clause *one, const struct return_clause *other,
              struct arena *arena)
{
    return covers(one->reasons, other->reasons, arena) && covers(one->kinds, other->kinds, arena) &&
           covers(one->categories, other->categories, arena) &&
           covers(one->skus, other->skus, arena) && covers(one->groups, other->groups, arena) &&
           covers(one->currency, other->currency, arena);
}

static void
check_currency(struct checking *checking, const struct return_clause *clause)
{
    for (int at = 0; at < RETURN_CONDITION_COUNT && clause->currency[0] == '\0'; at++) {
        if (clause->fees[at].kind == RETURN_FEE_FIXED) {
            add(checking, &(struct policy_remark){POLICY_CURRENCY, clause, NULL, ""});
            return;
        }
    }
}

static bool
is_for(const char *list, const char *word)
{
    return list[0] == '\0' || text_list_has(list, word);
}

static void
check_window(struct checking *checking, const struct return_clause *clause)
{
    if (clause->verdict != RETURN_REFUSE && clause->window_days != RETURN_ANY_DAYS &&
        clause->window_days < RETURN_CONSUMER_DAYS &&
        is_for(clause->reasons, return_reason_names[RETURN_NOT_WANTED]) &&
        is_for(clause->kinds, "standard")) {
        add(checking, &(struct policy_remark){POLICY_SHORT, clause, NULL, ""});
    }
}

size_t
return_policy_check(const struct return_table *table, struct arena *arena,
                    struct policy_remark **remarks)
{
    struct checking checking = {.arena = arena};
    const char *reasons = return_reason_names[0];
    for (int index = 1; index < RETURN_REASON_COUNT; index++) {
        reasons = arena_format(arena, "%s | %s", reasons, return_reason_names[index]);
    }
    for (size_t index = 0; index < table->count; index++) {
        const struct return_clause *clause = &table->items[index];
        check_words(&checking, clause, clause->reasons, reasons, POLICY_REASON);
        check_words(&checking, clause, clause->kinds, "standard | custom", POLICY_KIND);
        check_currency(&checking, clause);
        for (size_t before = 0; before < index; before++) {
            if (covers_clause(&table->items[before], clause, arena)) {
                add(&checking,
                    &(struct policy_remark){POLICY_HIDDEN, clause, &table->items[before], ""});
                break;
            }
        }
        check_window(&checking, clause);
    }
    *remarks = checking.items;
    return checking.count;
}
