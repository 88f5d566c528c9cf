/* lint.h -- what is doubtful in a table of master data before it is in force, told in measure.
 *
 * A table of a million rows may be doubtful in every row.  Of each code the first LINT_TOLD_MAX
 * become findings, so that those of other codes are not crowded out; lint_end says how many more
 * there are.  Texts of a finding may be made in lint_scratch: telling it empties that. */
#ifndef PURSER_LINT_H
#define PURSER_LINT_H

#include "order/finding.h"

enum { LINT_TOLD_MAX = 50 };

struct lint {
    struct findings *findings;
    int64_t seen[MESSAGE_COUNT];
};

void lint_init(struct lint *lint, struct findings *findings);
struct arena *lint_scratch(struct lint *lint);
void lint_tell(struct lint *lint, const struct finding *finding);
void lint_end(struct lint *lint);

#endif
