#include "store/store_foresee.h"

#include "base/date.h"
#include "store/store.h"

#include <assert.h>

static enum outcome
read_lines(struct rows *rows, struct arena *arena, struct foreseen_line **lines, size_t *count,
           struct fault *why)
{
    size_t capacity = 0;
    enum outcome outcome;
    *lines = NULL;
    *count = 0;
    while ((outcome = rows_next(rows, why)) == DONE) {
        *lines = arena_grow(arena, *lines, sizeof **lines, *count, &capacity);
        (*lines)[(*count)++] = (struct foreseen_line){.order_id = rows_integer(rows, 0),
                                                      .ordinal = rows_integer(rows, 1),
                                                      .partner = rows_copy(rows, 2, arena),
                                                      .order_number = rows_copy(rows, 3, arena),
                                                      .number = rows_copy(rows, 4, arena),
                                                      .sku = rows_copy(rows, 5, arena),
                                                      .promised = DAY_NONE};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
foresee_open(struct store *store, struct arena *arena, struct foreseen_line **lines, size_t *count,
             struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_foresee_open, &rows, why));
    return read_lines(&rows, arena, lines, count, why);
}

enum outcome
foresee_wanted(struct store *store, int64_t order_id, struct arena *arena,
               struct foreseen_line **lines, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_foresee_wanted, &rows, why, INTEGER(order_id)));
    return read_lines(&rows, arena, lines, count, why);
}

enum outcome
foresee_promised(struct store *store, struct foreseen_line *line, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_foresee_promised, &rows, why, INTEGER(line->order_id),
                    INTEGER(line->ordinal)));
    const enum outcome outcome = rows_next(&rows, why);
    assert(outcome != NONE && "a count has a row");
    TRY(outcome);
    line->is_wanted = rows_integer(&rows, 0) > 0;
    line->promised = (int32_t)rows_integer_or(&rows, 1, DAY_NONE);
    return DONE;
}
