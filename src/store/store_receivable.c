#include "store/store_receivable.h"

#include "order/document.h"
#include "order/lifecycle.h"
#include "store/store.h"

#include <string.h>

enum outcome
receivable_invoices(struct store *store, int64_t cut_ms, struct arena *arena,
                    struct receivable_invoice **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_receivable_invoices, &rows, why, INTEGER(cut_ms)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct receivable_invoice){
            .partner = rows_copy(&rows, 0, arena),
            .order_number = rows_copy(&rows, 1, arena),
            .currency = rows_copy(&rows, 2, arena),
            .number = rows_copy(&rows, 3, arena),
            .customer = rows_copy(&rows, 4, arena),
            .day = (int32_t)rows_integer(&rows, 5),
            .due = (int32_t)rows_integer(&rows, 6),
            .gross_minor = rows_integer(&rows, 7),
            .credited_minor = rows_integer(&rows, 8),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
receivable_money(struct store *store, int64_t cut_ms, struct arena *arena,
                 struct receivable_money **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_receivable_money, &rows, why, INTEGER(cut_ms)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *verdict = rows_text(&rows, 5);
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct receivable_money){
            .partner = rows_copy(&rows, 0, arena),
            .order_number = rows_copy(&rows, 1, arena),
            .currency = rows_copy(&rows, 2, arena),
            .paid_minor = rows_integer(&rows, 3),
            .refunded_minor = rows_integer(&rows, 4),
            .is_approved = strcmp(verdict, order_event_names[EVENT_APPROVED]) == 0,
            .is_refused = strcmp(verdict, order_event_names[EVENT_REFUSED]) == 0 ||
                          strcmp(verdict, order_event_names[EVENT_CANCELLED]) == 0,
            .is_shipped = rows_integer(&rows, 6) != 0,
            .gross_minor = rows_integer(&rows, 7),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
receivable_strays(struct store *store, int64_t cut_ms, int32_t day, struct arena *arena,
                  struct receivable_stray **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_receivable_unallocated, &rows, why, INTEGER(cut_ms), INTEGER(day)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct receivable_stray){
            .finance = rows_copy(&rows, 0, arena),
            .number = rows_copy(&rows, 1, arena),
            .is_refund = strcmp(rows_text(&rows, 2), money_kind_names[1]) == 0,
            .partner = rows_copy(&rows, 3, arena),
            .order_number = rows_copy(&rows, 4, arena),
            .payer = rows_copy(&rows, 5, arena),
            .reference = rows_copy(&rows, 6, arena),
            .currency = rows_copy(&rows, 7, arena),
            .amount_minor = rows_integer(&rows, 8),
            .paid_on = (int32_t)rows_integer(&rows, 9),
        };
    }
    return outcome == NONE ? DONE : outcome;
}
