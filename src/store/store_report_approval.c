#include "store/store_report_approval.h"

#include "order/order.h"

static enum outcome
read_approvals(struct rows *rows, struct arena *arena, struct report_approval **items,
               size_t *count, size_t *capacity, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, capacity);
        (*items)[(*count)++] = (struct report_approval){
            .partner = rows_copy(rows, 0, arena),
            .order_number = rows_copy(rows, 1, arena),
            .version = rows_integer(rows, 2),
            .step = rows_integer(rows, 3),
            .person = rows_copy(rows, 4, arena),
            .chosen = rows_copy(rows, 5, arena),
            .chain = rows_copy(rows, 6, arena),
            .currency = rows_copy(rows, 7, arena),
            .amount_minor = rows_integer(rows, 8),
            .asked_ms = rows_integer(rows, 9),
            .due_ms = rows_integer_or(rows, 10, AMOUNT_NONE),
            .decided_ms = rows_integer_or(rows, 11, AMOUNT_NONE),
            .state = rows_copy(rows, 12, arena),
            .by = rows_copy(rows, 13, arena),
            .reason = rows_copy(rows, 14, arena),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
report_approvals(struct store *store, const struct report_span *span, struct arena *arena,
                 struct report_approval **items, size_t *count, struct fault *why)
{
    OWNED(rows) decided = {0};
    OWNED(rows) open = {0};
    size_t capacity = 0;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_report_approvals_decided, &decided, why,
                    INTEGER(day_begin(span->first_day)), INTEGER(day_begin(span->last_day + 1)),
                    INTEGER(span->as_of_ms)));
    TRY(read_approvals(&decided, arena, items, count, &capacity, why));
    TRY(store_query(store, SQL_report_approvals_open, &open, why, INTEGER(span->as_of_ms)));
    return read_approvals(&open, arena, items, count, &capacity, why);
}

enum outcome
report_attempts(struct store *store, const struct report_span *span, struct arena *arena,
                struct report_attempt **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_report_attempts, &rows, why, INTEGER(day_begin(span->first_day)),
                    INTEGER(day_begin(span->last_day + 1)), INTEGER(span->as_of_ms)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct report_attempt){
            .partner = rows_copy(&rows, 0, arena),
            .order_number = rows_copy(&rows, 1, arena),
            .version = rows_integer(&rows, 2),
            .person = rows_copy(&rows, 3, arena),
            .verdict = rows_copy(&rows, 4, arena),
            .code = rows_copy(&rows, 5, arena),
            .at_ms = rows_integer(&rows, 6),
        };
    }
    return outcome == NONE ? DONE : outcome;
}
