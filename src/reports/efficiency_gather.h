/* efficiency_gather.h -- what the report of efficiency tells of, gathered into scratch tables:
 * stages passed, what left and arrived, what was asked for, and the figures of it all. */
#ifndef PURSER_EFFICIENCY_GATHER_H
#define PURSER_EFFICIENCY_GATHER_H

#include "reports/outline.h"

MUST_USE enum outcome
efficiency_gather(const struct outline_view *view, struct period period,
                  const struct named_value *values, size_t count, struct fault *why);

#endif
