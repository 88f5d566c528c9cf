#include "rules/returning.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *const return_verdict_names[RETURN_VERDICT_COUNT] = {"allow", "ask", "refuse"};
const char *const disposition_names[DISPOSITION_COUNT] = {"restock", "refurbish", "scrap"};
const char *const gift_terms_names[GIFT_TERMS_COUNT] = {"value", "back", "keep"};
const char *const return_why_names[RETURN_WHY_COUNT] = {
    "clause", "not-left", "late", "no-exchange", "no-refund", "gift", "opened"};

/* What holds where a company has said nothing. */
static const struct return_clause built_in[] = {
    {.clause = "DEFAULT-FAULT",
     .reasons = "damaged | wrong-item | defective | too-late",
     .kinds = "",
     .categories = "",
     .skus = "",
     .groups = "",
     .currency = "",
     .window_days = RETURN_ANY_DAYS,
     .dispositions = {DISPOSE_RESTOCK, DISPOSE_RESTOCK, DISPOSE_SCRAP, DISPOSE_RESTOCK},
     .company_pays_freight = true,
     .refunds = true,
     .exchanges = true},
    {.clause = "DEFAULT-CUSTOM",
     .reasons = "",
     .kinds = "custom",
     .categories = "",
     .skus = "",
     .groups = "",
     .currency = "",
     .window_days = RETURN_ANY_DAYS,
     .verdict = RETURN_REFUSE,
     .dispositions = {DISPOSE_RESTOCK, DISPOSE_RESTOCK, DISPOSE_SCRAP, DISPOSE_RESTOCK},
     .refunds = true},
    {.clause = "DEFAULT-30-DAYS",
     .reasons = "",
     .kinds = "",
     .categories = "",
     .skus = "",
     .groups = "",
     .currency = "",
     .window_days = 30,
     .dispositions = {DISPOSE_RESTOCK, DISPOSE_RESTOCK, DISPOSE_SCRAP, DISPOSE_RESTOCK},
     .refunds = true,
     .exchanges = true},
};
enum { BUILT_IN_COUNT = sizeof built_in / sizeof built_in[0] };

static int
compare(const void *one, const void *other)
{
    const struct return_clause *left = one;
    const struct return_clause *right = other;
    return left->rank != right->rank ? (left->rank > right->rank) - (left->rank < right->rank)
                                     : strcmp(left->clause, right->clause);
}

void
return_table_init(struct return_table *table, struct return_clause *items, size_t count)
{
    if (count > 1) {
        qsort(items, count, sizeof *items, compare);
    }
    *table = (struct return_table){items, count};
}

bool
return_is_fault_of_company(enum return_reason reason)
{
    return reason == RETURN_DAMAGED || reason == RETURN_WRONG_ITEM || reason == RETURN_DEFECTIVE ||
           reason == RETURN_TOO_LATE;
}

static bool
has(const char *list, const char *text)
{
    return list[0] == '\0' || text_list_has(list, text);
}

/* What names the package fits its parts, too. */
static bool
has_either(const char *list, const char *text, const char *of_package, const char *package)
{
    return has(list, text) || (package[0] != '\0' && text_list_has(list, of_package));
}

static bool
fits(const struct return_clause *clause, const struct return_facts *facts)
{
    return has(clause->reasons, return_reason_names[facts->reason]) &&
           has(clause->kinds, facts->is_custom ? "custom" : "standard") &&
           has_either(clause->categories, facts->category, facts->package_category,
                      facts->package) &&
           has_either(clause->skus, facts->sku, facts->package, facts->package) &&
           has(clause->groups, facts->group) && has(clause->currency, facts->currency);
}

static const struct return_clause *
find(const struct return_clause *items, size_t count, const struct return_facts *facts)
{
    for (size_t index = 0; index < count; index++) {
        if (fits(&items[index], facts)) {
            return &items[index];
        }
    }
    return NULL;
}

static struct return_ruling
refuse(struct return_ruling ruling, enum return_why why)
{
    ruling.verdict = RETURN_REFUSE;
    ruling.why = why;
    return ruling;
}

struct return_ruling
returning_judge(const struct return_table *table, const struct return_facts *facts)
{
    const struct return_clause *clause = find(table->items, table->count, facts);
    if (clause == NULL) {
        clause = find(built_in, BUILT_IN_COUNT, facts); /* the last of them fits all */
    }
    struct return_ruling ruling = {.verdict = clause->verdict,
                                   .clause = clause,
                                   .last_day = DAY_NONE,
                                   .is_fault_of_company =
                                       return_is_fault_of_company(facts->reason)};
    ruling.company_pays_freight = clause->company_pays_freight || ruling.is_fault_of_company;
    if (facts->since_day == DAY_NONE || facts->wanted_micros > facts->left_micros) {
        const bool is_opened = facts->wanted_micros > facts->left_micros &&
                               facts->wanted_micros <= facts->left_micros + facts->opened_micros;
        return refuse(ruling, is_opened ? RETURN_WHY_OPENED : RETURN_WHY_NOT_LEFT);
    }
    if (clause->window_days != RETURN_ANY_DAYS) {
        ruling.last_day = facts->since_day + (int32_t)clause->window_days;
        if (facts->today > ruling.last_day) {
            return refuse(ruling, RETURN_WHY_LATE);
        }
    }
    if (facts->wish == RETURN_EXCHANGE && !clause->exchanges) {
        return refuse(ruling, RETURN_WHY_NO_EXCHANGE);
    }
    return facts->wish == RETURN_REFUND && !clause->refunds ? refuse(ruling, RETURN_WHY_NO_REFUND)
                                                            : ruling;
}

void
returning_refuse_gift(struct return_ruling *ruling)
{
    *ruling = refuse(*ruling, RETURN_WHY_GIFT);
}

enum gift_terms
returning_gifts(const struct return_clause *clause, enum return_reason reason, bool is_same_again)
{
    return is_same_again || return_is_fault_of_company(reason) ? GIFTS_KEEP : clause->gifts;
}

static const char *
quantity_text(int64_t micros, struct arena *arena)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

static const char *
day_text(int32_t day, struct arena *arena)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(arena, day_format(text, day));
}

const char *
returning_text(const struct return_ruling *ruling, const struct return_facts *facts,
               enum language language, struct arena *arena)
{
    static const enum message clause_messages[RETURN_VERDICT_COUNT] = {
        M_RETURN_RULE_ALLOW, M_RETURN_RULE_ASK, M_RETURN_RULE_REFUSE};
    static const enum message messages[RETURN_WHY_COUNT] = {
        [RETURN_WHY_NOT_LEFT] = M_RETURN_RULE_NOT_LEFT,
        [RETURN_WHY_LATE] = M_RETURN_RULE_LATE,
        [RETURN_WHY_NO_EXCHANGE] = M_RETURN_RULE_NO_EXCHANGE,
        [RETURN_WHY_NO_REFUND] = M_RETURN_RULE_NO_REFUND,
        [RETURN_WHY_GIFT] = M_RETURN_RULE_GIFT,
        [RETURN_WHY_OPENED] = M_RETURN_RULE_OPENED,
    };
    const enum message message =
        ruling->why == RETURN_WHY_CLAUSE ? clause_messages[ruling->verdict] : messages[ruling->why];
    const char *values[] = {ruling->clause->clause,
                            quantity_text(facts->wanted_micros, arena),
                            quantity_text(facts->left_micros < 0 ? 0 : facts->left_micros, arena),
                            day_text(ruling->last_day, arena),
                            day_text(facts->today, arena),
                            facts->gifts == NULL ? "" : facts->gifts,
                            quantity_text(facts->opened_micros, arena),
                            NULL};
    return message_fill(message, language, values, arena);
}

int64_t
returning_fee(const struct return_clause *clause, enum return_reason reason,
              enum return_condition condition, const struct return_before *before,
              int64_t refund_minor, int exponent)
{
    const struct return_fee *fee = &clause->fees[condition];
    const int64_t all_minor = before->refund_minor + refund_minor;
    int64_t minor = 0;
    if (return_is_fault_of_company(reason) || condition == CONDITION_WRONG_ITEM) {
        return 0;
    }
    if (fee->kind == RETURN_FEE_PERCENT) {
        minor = money_rate(all_minor, fee->micros, ROUND_HALF_UP);
    } else if (fee->kind == RETURN_FEE_FIXED) {
        minor = money_extend(fee->micros, MICROS, exponent, ROUND_HALF_UP);
    }
    minor = (minor < all_minor ? minor : all_minor) - before->fee_minor;
    return minor < 0 ? 0 : minor < refund_minor ? minor : refund_minor;
}
