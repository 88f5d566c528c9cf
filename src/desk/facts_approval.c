/* The approval matrix: one small table, remembered for each order type. */
#include "desk/facts.h"

#include <assert.h>
#include <string.h>

struct approvals_entry {
    struct approvals_entry *next;
    enum order_type type;
    struct approval_rule *rules;
    size_t count;
};

static int64_t
quorum_of(const char *text)
{
    int64_t quorum = 0;
    if (strcmp(text, "all") == 0) {
        return QUORUM_ALL;
    }
    for (const char *at = text; *at >= '0' && *at <= '9'; at++) {
        quorum = quorum * 10 + (*at - '0');
    }
    return quorum == 0 ? QUORUM_ANY : quorum;
}

struct approval_rule
approval_rule_of(const struct approval_row *row, int64_t line)
{
    const int undecided = name_index(row->undecided, undecided_names, UNDECIDED_COUNT);
    assert(undecided >= 0 && "the store takes no other word");
    return (struct approval_rule){
        .type = row->order_type < ORDER_TYPE_COUNT ? order_type_names[row->order_type] : "",
        .currency = row->currency,
        .above_micros = row->above_micros,
        .up_to_micros = row->up_to_micros,
        .is_net = strcmp(row->basis, "net") == 0,
        .is_alone = strcmp(row->same_day, "no") == 0,
        .customers = row->customers,
        .groups = row->groups,
        .channels = row->channels,
        .countries = row->countries,
        .categories = row->categories,
        .changed = row->changed,
        .manual = row->manual,
        .lead_days_below = row->lead_days_below,
        .discount_above_micros = row->discount_above_micros,
        .margin_below_micros = row->margin_below_micros,
        .credit = row->credit,
        .increase_above_micros = row->increase_above_micros,
        .country_changed = row->country_changed,
        .step = row->step,
        .asking = {.approvers = row->approvers,
                   .roles = row->roles,
                   .quorum = quorum_of(row->quorum),
                   .remind_hours = row->remind_hours,
                   .escalate_hours = row->escalate_hours,
                   .decide_hours = row->decide_hours,
                   .undecided = (enum undecided)undecided,
                   .told = row->told},
        .line = line};
}

static enum outcome
read_rules(struct facts *facts, struct approvals_entry *entry, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct master_row *rows = NULL;
    TRY(facts_versions(facts, &versions, why));
    TRY(master_approval_rules(facts->store, versions->of[DOCUMENT_APPROVAL_MATRIX].id, entry->type,
                              &facts->arena, &rows, &entry->count, why));
    entry->rules = arena_array(&facts->arena, struct approval_rule, entry->count);
    for (size_t index = 0; index < entry->count; index++) {
        entry->rules[index] = approval_rule_of(&rows[index].approval, rows[index].line);
    }
    approval_sort(entry->rules, entry->count);
    return DONE;
}

enum outcome
facts_approval_rules(struct facts *facts, enum order_type type, const struct approval_rule **rules,
                     size_t *count, struct fault *why)
{
    struct approvals_entry *entry = facts->approvals;
    while (entry != NULL && entry->type != type) {
        entry = entry->next;
    }
    if (entry == NULL) {
        entry = arena_new(&facts->arena, struct approvals_entry);
        entry->type = type;
        TRY(read_rules(facts, entry, why));
        entry->next = facts->approvals;
        facts->approvals = entry;
    }
    *rules = entry->rules;
    *count = entry->count;
    return DONE;
}
