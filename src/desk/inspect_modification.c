/* A modification matrix that came in: rows that never decide, and such as nothing can be done by.
 */
#include "desk/inspect.h"
#include "desk/matrix.h"

static void
tell(struct inspection *inspection, const struct modification_rule *rule, enum message code,
     const char *field, const char *value)
{
    lint_tell(
        &inspection->lint,
        &(struct finding){.code = code, .place = {rule->line, 0}, .field = field, .value = value});
}

enum outcome
inspect_modifications(struct inspection *inspection, struct fault *why)
{
    struct modification_rule *rules = NULL;
    size_t count = 0;
    arena_reset(&inspection->arena);
    TRY(matrix_read(inspection->store, inspection->version_id, &inspection->arena, &rules, &count,
                    why));
    for (size_t index = 0; index < count; index++) {
        if (!modification_decides(rules, count, index)) {
            tell(inspection, &rules[index], M_MASTER_MODIFICATION_COVERED, "change", "");
        } else if (!modification_fits(&rules[index])) {
            tell(inspection, &rules[index], M_MASTER_MODIFICATION_WAY, "way",
                 modification_way_names[rules[index].way]);
        }
    }
    return DONE;
}
