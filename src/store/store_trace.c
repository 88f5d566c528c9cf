#include "store/store_trace.h"

enum outcome
trace_lines(struct store *store, const char *trace, struct rows *rows, struct fault *why)
{
    return store_query(store, SQL_trace_lines, rows, why, TEXT(trace));
}

enum outcome
trace_line_next(struct rows *rows, struct arena *arena, struct trace_line *line, struct fault *why)
{
    TRY(rows_next(rows, why));
    *line = (struct trace_line){rows_copy(rows, 0, arena), rows_copy(rows, 1, arena),
                                rows_copy(rows, 2, arena)};
    return DONE;
}
