#include "desk/matrix.h"

#include "base/text.h"
#include "store/store_master.h"

/* An empty word is any. */
static int
index_of(const char *word, const char *const *names, int count)
{
    return *word == '\0' ? MODIFICATION_ANY : (int)name_index(word, names, count);
}

static struct modification_rule
rule_of(const struct master_row *row)
{
    const struct modification_row *words = &row->modification;
    return (struct modification_rule){
        .change = index_of(words->change, modification_names, MODIFICATION_COUNT),
        .state = index_of(words->state, modification_state_names, MODIFY_STATE_COUNT),
        .group = words->group,
        .way =
            (enum modification_way)index_of(words->way, modification_way_names, MODIFY_WAY_COUNT),
        .basis = (enum modification_basis)index_of(words->basis, modification_basis_names,
                                                   MODIFICATION_BASIS_COUNT),
        .promotions = (enum modification_promotions)index_of(
            words->promotions, modification_promotions_names, MODIFICATION_PROMOTIONS_COUNT),
        .approval = (enum modification_approval)index_of(
            words->approval, modification_approval_names, MODIFICATION_APPROVAL_COUNT),
        .line = row->line,
    };
}

enum outcome
matrix_read(struct store *store, int64_t version_id, struct arena *arena,
            struct modification_rule **rules, size_t *count, struct fault *why)
{
    struct master_row *rows = NULL;
    *rules = NULL;
    *count = 0;
    if (version_id == 0) {
        return DONE;
    }
    TRY(master_modifications(store, version_id, arena, &rows, count, why));
    *rules = arena_array(arena, struct modification_rule, *count + 1);
    for (size_t index = 0; index < *count; index++) {
        (*rules)[index] = rule_of(&rows[index]);
    }
    return DONE;
}
