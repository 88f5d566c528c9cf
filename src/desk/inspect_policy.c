/* A policy of cancellations that came in: clauses that say too little, hide each other, or go
 * further than the law commonly lets them. */
#include "base/text.h"
#include "desk/cancel_fee.h"
#include "desk/inspect.h"
#include "rules/cancellation_check.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN_MAX = 80 };

static void
tell(struct inspection *inspection, const struct policy_remark *remark)
{
    static const enum message codes[POLICY_DOUBT_COUNT] = {
        [POLICY_NEEDS] = M_MASTER_POLICY_NEEDS,     [POLICY_CURRENCY] = M_MASTER_POLICY_CURRENCY,
        [POLICY_WORD] = M_MASTER_POLICY_WORD,       [POLICY_LIMITS] = M_MASTER_POLICY_LIMITS,
        [POLICY_NEVER] = M_MASTER_POLICY_NEVER,     [POLICY_HIDDEN] = M_MASTER_POLICY_HIDDEN,
        [POLICY_EQUAL] = M_MASTER_POLICY_EQUAL,     [POLICY_PENALTY] = M_MASTER_POLICY_PENALTY,
        [POLICY_COMPANY] = M_MASTER_POLICY_COMPANY, [POLICY_GIFTS] = M_MASTER_POLICY_GIFTS,
    };
    struct arena *scratch = lint_scratch(&inspection->lint);
    const char *value = *remark->value == '\0' ? remark->clause->clause : remark->value;
    lint_tell(&inspection->lint,
              &(struct finding){.code = codes[remark->doubt],
                                .place = {remark->clause->line, 0},
                                .field = remark->field,
                                .value = text_show(scratch, value, strlen(value), SHOWN_MAX),
                                .expected =
                                    remark->other == NULL
                                        ? remark->expected
                                        : arena_format(scratch, "%" PRId64, remark->other->line)});
}

enum outcome
inspect_policy(struct inspection *inspection, struct fault *why)
{
    struct master_row *rows = NULL;
    struct fee_table table;
    struct policy_remark *remarks = NULL;
    size_t remark_count = 0;
    size_t count = 0;
    arena_reset(&inspection->arena);
    TRY(master_policies(inspection->store, inspection->version_id, &inspection->arena, &rows,
                        &count, why));
    struct fee_clause *items = arena_array(&inspection->arena, struct fee_clause, count + 1);
    for (size_t index = 0; index < count; index++) {
        items[index] = cancel_clause_of(&rows[index].policy, rows[index].line);
    }
    fee_table_init(&table, items, count);
    cancellation_check(&table, &inspection->arena, &remarks, &remark_count);
    for (size_t index = 0; index < remark_count; index++) {
        tell(inspection, &remarks[index]);
    }
    return DONE;
}
