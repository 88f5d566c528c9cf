/* Who may approve what: one small table, remembered as a whole. */
#include "desk/facts.h"

struct approver
approver_of_row(const struct approver_row *row, int64_t line)
{
    return (struct approver){.person = row->person,
                             .name = row->name,
                             .user = row->user,
                             .roles = row->roles,
                             .superior = row->superior,
                             .currency = row->currency,
                             .above_micros = row->above_micros,
                             .up_to_micros = row->up_to_micros,
                             .order_types = row->order_types,
                             .customers = row->customers,
                             .groups = row->groups,
                             .discount_up_to_micros = row->discount_up_to_micros,
                             .email = row->email,
                             .line = line};
}

static enum outcome
read_approvers(struct facts *facts, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct master_row *rows = NULL;
    size_t count = 0;
    TRY(facts_versions(facts, &versions, why));
    TRY(master_approvers(facts->store, versions->of[DOCUMENT_APPROVERS].id, &facts->arena, &rows,
                         &count, why));
    struct approver *items = arena_array(&facts->arena, struct approver, count);
    for (size_t index = 0; index < count; index++) {
        items[index] = approver_of_row(&rows[index].approver, rows[index].line);
    }
    approver_table_init(&facts->approvers, items, count);
    facts->has_approvers = true;
    return DONE;
}

enum outcome
facts_approvers(struct facts *facts, const struct approver_table **approvers, struct fault *why)
{
    if (!facts->has_approvers) {
        TRY(read_approvers(facts, why));
    }
    *approvers = &facts->approvers;
    return DONE;
}
