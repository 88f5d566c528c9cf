/* bill.h -- private to cli/: a price with its reasons, as a person reads a bill.
 *
 * It is told from a trace (rules/pricing.h) alone, so a stored price and one that was just asked
 * for look alike.  The store must be open: it takes the JSON apart. */
#ifndef PURSER_BILL_H
#define PURSER_BILL_H

#include "cli/command.h"

/* All lines, or ("" is all) one.  NONE: the trace has no such line, and nothing was shown. */
MUST_USE enum outcome
bill_show(struct cli *cli, const char *trace, const char *line, struct fault *why);

/* The part of the trace that is about one line; NONE: it has no such line. */
MUST_USE enum outcome bill_line_trace(struct cli *cli, const char *trace, const char *line,
                                      const char **line_trace, struct fault *why);

#endif
