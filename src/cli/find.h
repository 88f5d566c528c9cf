/* find.h -- private to cli/: what a person typed, found in the store. */
#ifndef PURSER_FIND_H
#define PURSER_FIND_H

#include "cli/command.h"

/* The order of the first operand: PARTNER/NUMBER, or NUMBER alone when one partner has it; with
 * `line` not NULL also PARTNER/NUMBER/LINE.  FAULT_NOT_FOUND says how to look. */
struct found_order {
    int64_t id;
    const char *partner;
    const char *number;
    const char *line; /* "" when none was said */
};
MUST_USE enum outcome
find_order(struct cli *cli, bool takes_line, struct found_order *found, struct fault *why);
/* Of operand `at`, from 0. */
MUST_USE enum outcome
find_order_at(struct cli *cli, int at, struct found_order *found, struct fault *why);

/* The file of PARTNER/FILE. */
MUST_USE enum outcome find_file(struct cli *cli, int64_t *interchange_id, struct fault *why);

/* The partner of the first operand. */
MUST_USE enum outcome
find_partner(struct cli *cli, const char *id, const struct partner **partner, struct fault *why);

#endif
