/* facts_line.h -- private to src/desk: what the master data says about the product of one line.
 *
 * It lies in the facts' arena until they forget. */
#ifndef PURSER_FACTS_LINE_H
#define PURSER_FACTS_LINE_H

#include "desk/facts.h"

enum {
    FACTS_BYTES_FULL = 320 * 1024 * 1024, /* an order that needs more is not priced */
};

/* `parts_left` is how many parts of packages the order may still have: those of a package beyond
 * are not read, only how many they are.  NONE: there is no room for what is known about it. */
MUST_USE enum outcome facts_of_line(struct facts *facts, const struct price_key *key,
                                    size_t *parts_left, struct line_facts *line, struct fault *why);

#endif
