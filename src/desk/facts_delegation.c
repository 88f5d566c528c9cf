/* Who stands in for whom: one small table, remembered as a whole. */
#include "desk/facts.h"

static enum outcome
read_delegations(struct facts *facts, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct master_row *rows = NULL;
    size_t count = 0;
    arena_reset(&facts->rows);
    TRY(facts_versions(facts, &versions, why));
    TRY(master_delegations(facts->store, versions->of[DOCUMENT_DELEGATIONS].id, &facts->rows, &rows,
                           &count, why));
    struct delegation *items = arena_array(&facts->arena, struct delegation, count);
    for (size_t index = 0; index < count; index++) {
        const struct delegation_row *row = &rows[index].delegation;
        items[index] = (struct delegation){.person = arena_copy(&facts->arena, row->person),
                                           .delegate = arena_copy(&facts->arena, row->delegate),
                                           .valid_from = row->valid_from,
                                           .valid_to = row->valid_to,
                                           .reason = arena_copy(&facts->arena, row->reason),
                                           .line = rows[index].line};
    }
    delegation_table_init(&facts->delegations, items, count);
    facts->has_delegations = true;
    return DONE;
}

enum outcome
facts_delegations(struct facts *facts, const struct delegation_table **delegations,
                  struct fault *why)
{
    if (!facts->has_delegations) {
        TRY(read_delegations(facts, why));
    }
    *delegations = &facts->delegations;
    return DONE;
}
