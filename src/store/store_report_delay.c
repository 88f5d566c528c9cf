#include "store/store_report_delay.h"

#include "order/order.h"

static enum outcome
read_delays(struct rows *rows, struct arena *arena, struct report_delay **items, size_t *count,
            struct fault *why)
{
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    while ((outcome = rows_next(rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct report_delay){
            .partner = rows_copy(rows, 0, arena),
            .order_number = rows_copy(rows, 1, arena),
            .version = rows_integer(rows, 2),
            .at_ms = rows_integer(rows, 3),
            .grade = rows_copy(rows, 4, arena),
            .grade_before = rows_copy(rows, 5, arena),
            .cause = rows_copy(rows, 6, arena),
            .promised = (int32_t)rows_integer(rows, 7),
            .expected_p50_ms = rows_integer_or(rows, 8, AMOUNT_NONE),
            .expected_p90_ms = rows_integer_or(rows, 9, AMOUNT_NONE),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
report_delays_told(struct store *store, const struct report_span *span, struct arena *arena,
                   struct report_delay **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_report_delays_told, &rows, why, INTEGER(day_begin(span->first_day)),
                    INTEGER(day_begin(span->last_day + 1)), INTEGER(span->as_of_ms)));
    return read_delays(&rows, arena, items, count, why);
}

enum outcome
report_delays_open(struct store *store, const struct report_span *span, struct arena *arena,
                   struct report_delay **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_report_delays_open, &rows, why, INTEGER(span->as_of_ms)));
    return read_delays(&rows, arena, items, count, why);
}

enum outcome
report_arrivals(struct store *store, int64_t from_ms, int64_t to_ms, struct arena *arena,
                struct report_arrival **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_report_arrivals, &rows, why, INTEGER(from_ms), INTEGER(to_ms)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct report_arrival){(int32_t)rows_integer(&rows, 0),
                                                       rows_integer_or(&rows, 1, AMOUNT_NONE),
                                                       rows_integer(&rows, 2) != 0};
    }
    return outcome == NONE ? DONE : outcome;
}
