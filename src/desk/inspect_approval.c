/* The approval matrix and the list of approvers that came in: whom they name. */
#include "base/text.h"
#include "desk/inspect.h"
#include "store/store_master.h"

#include <string.h>

enum { SHOWN_MAX = 80 };

struct naming {
    const char *field;
    enum message code;
    bool (*is_known)(const struct inspection *inspection, const char *id);
};

static bool
is_partner(const struct inspection *inspection, const char *id)
{
    return config_partner(inspection->config, id) != NULL;
}

/* Each name of the list that is not known. */
static void
tell_unknown(struct inspection *inspection, const struct naming *naming, const char *list,
             int64_t line)
{
    const char *rest = list;
    size_t size = 0;
    const char *entry;
    while ((entry = text_list_next(&rest, &size)) != NULL) {
        const char *name = arena_copy_bytes(lint_scratch(&inspection->lint), entry, size);
        if (!naming->is_known(inspection, name)) {
            lint_tell(&inspection->lint,
                      &(struct finding){.code = naming->code,
                                        .place = {line, 0},
                                        .field = naming->field,
                                        .value = text_show(lint_scratch(&inspection->lint), name,
                                                           size, SHOWN_MAX)});
        }
    }
}

static const struct naming approvers_named = {"approver", M_MASTER_APPROVER_UNKNOWN,
                                              inspect_is_approver};
static const struct naming told_named = {"told", M_MASTER_PARTNER_UNKNOWN, is_partner};
static const struct naming persons_named = {"person", M_MASTER_APPROVER_UNKNOWN,
                                            inspect_is_approver};
static const struct naming superiors_named = {"superior", M_MASTER_APPROVER_UNKNOWN,
                                              inspect_is_approver};

enum outcome
inspect_matrix(struct inspection *inspection, struct fault *why)
{
    struct master_row *rows = NULL;
    size_t count = 0;
    arena_reset(&inspection->arena);
    TRY(master_approval_rules_all(inspection->store, inspection->version_id, &inspection->arena,
                                  &rows, &count, why));
    for (size_t index = 0; index < count; index++) {
        const struct approval_row *row = &rows[index].approval;
        tell_unknown(inspection, &approvers_named, row->approvers, rows[index].line);
        tell_unknown(inspection, &told_named, row->told, rows[index].line);
    }
    return DONE;
}

enum outcome
inspect_approvers(struct inspection *inspection, struct fault *why)
{
    struct master_row *rows = NULL;
    size_t count = 0;
    arena_reset(&inspection->arena);
    TRY(master_approvers(inspection->store, inspection->version_id, &inspection->arena, &rows,
                         &count, why));
    for (size_t index = 0; index < count; index++) {
        const struct approver_row *row = &rows[index].approver;
        tell_unknown(inspection, &persons_named, row->person, rows[index].line);
        tell_unknown(inspection, &superiors_named, row->superior, rows[index].line);
    }
    return DONE;
}
