/* Who may approve what: one small table, remembered as a whole. */
#include "desk/facts.h"

static struct approver
approver_row_of(struct arena *arena, const struct approver_row *row, int64_t line)
{
    return (struct approver){.person = arena_copy(arena, row->person),
                             .name = arena_copy(arena, row->name),
                             .user = arena_copy(arena, row->user),
                             .roles = arena_copy(arena, row->roles),
                             .superior = arena_copy(arena, row->superior),
                             .currency = arena_copy(arena, row->currency),
                             .above_micros = row->above_micros,
                             .up_to_micros = row->up_to_micros,
                             .order_types = arena_copy(arena, row->order_types),
                             .customers = arena_copy(arena, row->customers),
                             .groups = arena_copy(arena, row->groups),
                             .discount_up_to_micros = row->discount_up_to_micros,
                             .email = arena_copy(arena, row->email),
                             .line = line};
}

static enum outcome
read_approvers(struct facts *facts, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct master_row *rows = NULL;
    size_t count = 0;
    arena_reset(&facts->rows);
    TRY(facts_versions(facts, &versions, why));
    TRY(master_approvers(facts->store, versions->of[DOCUMENT_APPROVERS].id, &facts->rows, &rows,
                         &count, why));
    struct approver *items = arena_array(&facts->arena, struct approver, count);
    for (size_t index = 0; index < count; index++) {
        items[index] = approver_row_of(&facts->arena, &rows[index].approver, rows[index].line);
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
