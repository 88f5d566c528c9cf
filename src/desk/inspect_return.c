/* A return policy that came in: its words and fees must be known, what its lists mention should be,
 * and what the rule finds doubtful is told. */
#include "base/text.h"
#include "desk/inspect.h"
#include "rules/return_policy.h"
#include "store/store_master.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN_MAX = 80 };

static const char *
shown(struct inspection *inspection, const char *text)
{
    return text_show(lint_scratch(&inspection->lint), text, strlen(text), SHOWN_MAX);
}

static void
tell_fees(struct inspection *inspection, const struct return_row *row, int64_t line)
{
    static const char *const fields[] = {"fee_new", "fee_opened", "fee_damaged"};
    for (size_t at = 0; at < sizeof fields / sizeof fields[0]; at++) {
        struct return_fee fee;
        if (!return_fee_read(row->fee[at], &fee)) {
            lint_tell(&inspection->lint,
                      &(struct finding){.code = M_MASTER_RETURN_FEE,
                                        .place = {line, 0},
                                        .field = fields[at],
                                        .value = shown(inspection, row->fee[at])});
        }
    }
}

static void
tell_remark(struct inspection *inspection, const struct policy_remark *remark)
{
    static const struct {
        enum message code;
        const char *field;
        const char *expected;
    } doubts[POLICY_DOUBT_COUNT] = {
        [POLICY_REASON] = {M_MASTER_RETURN_WORD, "reasons",
                           "not-wanted, damaged, wrong-item, defective, too-late, other"},
        [POLICY_KIND] = {M_MASTER_RETURN_WORD, "kinds", "standard, custom"},
        [POLICY_CURRENCY] = {M_MASTER_RETURN_CURRENCY, "currency", NULL},
        [POLICY_HIDDEN] = {M_MASTER_RETURN_HIDDEN, "clause", NULL},
        [POLICY_SHORT] = {M_MASTER_RETURN_SHORT, "window_days", NULL},
    };
    const struct return_clause *clause = remark->clause;
    struct arena *scratch = lint_scratch(&inspection->lint);
    struct finding finding = {
        .code = doubts[remark->doubt].code,
        .place = {clause->line, 0},
        .field = doubts[remark->doubt].field,
        .value = shown(inspection, remark->value[0] == '\0' ? clause->clause : remark->value),
        .expected = doubts[remark->doubt].expected};
    if (remark->doubt == POLICY_HIDDEN) {
        finding.expected = shown(inspection, remark->other->clause);
    } else if (remark->doubt == POLICY_SHORT) {
        finding.value = arena_format(scratch, "%" PRId64, clause->window_days);
        finding.expected = arena_format(scratch, "%d", RETURN_CONSUMER_DAYS);
    }
    lint_tell(&inspection->lint, &finding);
}

/* Names that may become known later: what is not known yet is told, and waits. */
static enum outcome
check_names(struct inspection *inspection, const struct return_table *table, struct fault *why)
{
    static const struct {
        const char *field;
        size_t member;
        enum master_name name;
        enum document_kind master;
    } lists[] = {
        {"skus", offsetof(struct return_clause, skus), NAME_SKU, DOCUMENT_PRODUCTS},
        {"categories", offsetof(struct return_clause, categories), NAME_CATEGORY,
         DOCUMENT_PRODUCTS},
        {"customer_groups", offsetof(struct return_clause, groups), NAME_GROUP, DOCUMENT_CUSTOMERS},
    };
    const struct master_versions *versions = NULL;
    TRY(facts_versions(inspection->facts, &versions, why));
    for (size_t at = 0; at < sizeof lists / sizeof lists[0]; at++) {
        struct mentions mentions = {inspection, &inspection->arena, NULL, 0, 0};
        for (size_t index = 0; index < table->count; index++) {
            const char *member = (const char *)&table->items[index] + lists[at].member;
            mentions_add(&mentions, *(const char *const *)member, lists[at].field,
                         table->items[index].line);
        }
        TRY(mentions_find(&mentions, lists[at].name, versions->of[lists[at].master].id, why));
        TRY(mentions_tell(&mentions, M_MASTER_NAME_UNKNOWN, why));
    }
    return DONE;
}

enum outcome
inspect_returns(struct inspection *inspection, struct fault *why)
{
    struct master_row *rows = NULL;
    struct policy_remark *remarks = NULL;
    struct return_table table;
    size_t count = 0;
    arena_reset(&inspection->arena);
    TRY(master_returns(inspection->store, inspection->version_id, &inspection->arena, &rows, &count,
                       why));
    struct return_clause *items = arena_array(&inspection->arena, struct return_clause, count + 1);
    for (size_t index = 0; index < count; index++) {
        tell_fees(inspection, &rows[index].return_clause, rows[index].line);
        items[index] = return_clause_of(&rows[index].return_clause, rows[index].line);
    }
    return_table_init(&table, items, count);
    const size_t remark_count = return_policy_check(&table, &inspection->arena, &remarks);
    for (size_t index = 0; index < remark_count; index++) {
        tell_remark(inspection, &remarks[index]);
    }
    return check_names(inspection, &table, why);
}
