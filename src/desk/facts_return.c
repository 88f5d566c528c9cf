/* May goods come back: the policy in force, one small table, remembered as a whole. */
#include "desk/facts.h"

#include "base/text.h"
#include "rules/return_policy.h"

#include <string.h>

static enum disposition
disposition_of(const char *word)
{
    return (enum disposition)name_index(word, disposition_names, DISPOSITION_COUNT);
}

struct return_clause
return_clause_of(const struct return_row *row, int64_t line)
{
    struct return_clause clause = {
        .clause = row->clause,
        .rank = row->rank,
        .reasons = row->reasons,
        .kinds = row->kinds,
        .categories = row->categories,
        .skus = row->skus,
        .groups = row->groups,
        .window_days = row->window_days,
        .verdict = (enum return_verdict)name_index(row->verdict, return_verdict_names,
                                                   RETURN_VERDICT_COUNT),
        .company_pays_freight = strcmp(row->freight, "company") == 0,
        .refunds = strcmp(row->refunds, "yes") == 0,
        .exchanges = strcmp(row->exchanges, "yes") == 0,
        .gifts = (enum gift_terms)name_index(row->gifts, gift_terms_names, GIFT_TERMS_COUNT),
        .currency = row->currency,
        .line = line,
    };
    for (int at = 0; at < RETURN_CONDITION_COUNT; at++) {
        clause.dispositions[at] = disposition_of(row->when[at]);
    }
    for (int at = 0; at < CONDITION_WRONG_ITEM; at++) {
        (void)return_fee_read(row->fee[at], &clause.fees[at]); /* none, where it cannot be read */
    }
    return clause;
}

enum outcome
facts_return_policy(struct facts *facts, const struct return_table **table, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct master_row *rows = NULL;
    size_t count = 0;
    *table = &facts->returns;
    if (facts->has_returns) {
        return DONE;
    }
    TRY(facts_in_force(facts, &versions, why));
    arena_reset(&facts->rows);
    TRY(master_returns(facts->store, versions->of[DOCUMENT_RETURN_POLICY].id, &facts->rows, &rows,
                       &count, why));
    struct return_clause *items = arena_array(&facts->arena, struct return_clause, count + 1);
    for (size_t index = 0; index < count; index++) {
        struct master_row row;
        master_row_copy(DOCUMENT_RETURN_POLICY, &rows[index], &facts->arena, &row);
        items[index] = return_clause_of(&row.return_clause, rows[index].line);
    }
    return_table_init(&facts->returns, items, count);
    facts->has_returns = true;
    return DONE;
}
