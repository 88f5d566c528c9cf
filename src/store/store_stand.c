#include "store/store_stand.h"

#include "store/store.h"

static void
read_line(struct rows *rows, struct arena *arena, struct line_stand *line)
{
    *line = (struct line_stand){
        .ordinal = rows_integer(rows, 0),
        .number = rows_copy(rows, 1, arena),
        .sku = rows_copy(rows, 2, arena),
        .unit = rows_copy(rows, 3, arena),
        .ordered_micros = rows_integer(rows, 4),
        .cancelled_micros = rows_integer(rows, 5),
        .cancelled_net_minor = rows_integer(rows, 6),
        .cancelled_tax_minor = rows_integer(rows, 7),
        .released_micros = rows_integer(rows, 8),
        .shipped_micros = rows_integer(rows, 9),
        .is_closed = rows_integer(rows, 10) != 0,
        .making = (enum line_making)(rows_integer(rows, 11) + 1),
        .net_minor = rows_integer(rows, 12),
        .tax_minor = rows_integer(rows, 13),
        .made_micros = rows_integer(rows, 14),
        .makes_parts = rows_integer(rows, 15) != 0,
        .asked_micros = rows_integer(rows, 16),
    };
}

enum outcome
stand_lines(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
            struct line_stand **lines, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    size_t capacity = 0;
    *lines = NULL;
    *count = 0;
    TRY(store_query(store, SQL_stand_lines, &rows, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *lines = arena_grow(arena, *lines, sizeof **lines, *count, &capacity);
        read_line(&rows, arena, &(*lines)[(*count)++]);
    }
    return outcome == NONE ? DONE : outcome;
}
