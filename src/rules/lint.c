#include "rules/lint.h"

#include <inttypes.h>
#include <string.h>

void
lint_init(struct lint *lint, struct findings *findings)
{
    memset(lint, 0, sizeof *lint);
    lint->findings = findings;
}

struct arena *
lint_scratch(struct lint *lint)
{
    return &lint->findings->scratch;
}

void
lint_tell(struct lint *lint, const struct finding *finding)
{
    if (lint->seen[finding->code]++ < LINT_TOLD_MAX) {
        findings_add(lint->findings, finding);
    } else {
        arena_reset(&lint->findings->scratch);
    }
}

void
lint_end(struct lint *lint)
{
    for (size_t code = 0; code < MESSAGE_COUNT; code++) {
        const int64_t more = lint->seen[code] - LINT_TOLD_MAX;
        if (more > 0) {
            const char *count = arena_format(lint_scratch(lint), "%" PRId64, more);
            findings_add(lint->findings,
                         &(struct finding){.code = M_MASTER_LINT_MORE,
                                           .value = count,
                                           .expected = message_entry((enum message)code)->id});
        }
        lint->seen[code] = 0;
    }
}
