/* store_trace.h -- what the trace of a price says line by line, in words short enough for a table.
 *
 * The store takes the JSON apart, whether the trace is stored or not. */
#ifndef PURSER_STORE_TRACE_H
#define PURSER_STORE_TRACE_H

#include "base/arena.h"
#include "base/fault.h"
#include "store/store.h"

struct trace_line {
    const char *number; /* the partner's line number */
    const char *sku;
    const char
        *rule; /* what made the price: "customer NORD, from 12, 2026-03-01"; "" when it has none */
};

/* With OWNED(rows); NONE after the last.  Texts lie in `arena`. */
MUST_USE enum outcome
trace_lines(struct store *store, const char *trace, struct rows *rows, struct fault *why);
MUST_USE enum outcome
trace_line_next(struct rows *rows, struct arena *arena, struct trace_line *line, struct fault *why);

#endif
