#include "store/store_receivable.h"

#include "order/document.h"
#include "order/lifecycle.h"

#include <string.h>

enum { OPEN_ORDER_BYTES_MAX = 64 * 1024 * 1024 };

/* ---- orders, one by one --------------------------------------------------------------------- */

/* Both streams begin with the order and the currency. */
enum { ORDER_ID, CURRENCY };

static enum outcome
ahead(struct rows *rows, bool *has_row, struct fault *why)
{
    const enum outcome outcome = rows_next(rows, why);
    *has_row = outcome == DONE;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
open_orders_begin(struct store *store, int64_t cut_ms, struct open_orders *orders,
                  struct fault *why)
{
    *orders = (struct open_orders){.store = store};
    arena_init(&orders->arena, OPEN_ORDER_BYTES_MAX);
    TRY(store_run_scratch(store, SQL_receivable_forget_touched, NULL, 0, why));
    TRY(store_run(store, SQL_receivable_touch, why, INTEGER(cut_ms)));
    TRY(store_query(store, SQL_receivable_invoices, &orders->invoices, why, INTEGER(cut_ms)));
    TRY(store_query(store, SQL_receivable_money, &orders->money, why, INTEGER(cut_ms)));
    TRY(ahead(&orders->invoices, &orders->has_invoice, why));
    return ahead(&orders->money, &orders->has_money, why);
}

void
open_orders_close(struct open_orders *orders)
{
    rows_close(&orders->invoices);
    rows_close(&orders->money);
    arena_close(&orders->arena);
}

/* Is the row ahead of an earlier order than the other, of the same, or of a later one? */
static int
compare_ahead(const struct open_orders *orders)
{
    const int64_t one = rows_integer(&orders->invoices, ORDER_ID);
    const int64_t other = rows_integer(&orders->money, ORDER_ID);
    return one != other ? (one > other) - (one < other)
                        : strcmp(rows_text(&orders->invoices, CURRENCY),
                                 rows_text(&orders->money, CURRENCY));
}

static bool
is_of(const struct rows *rows, const struct open_order *order)
{
    return rows_integer(rows, ORDER_ID) == order->order_id &&
           strcmp(rows_text(rows, CURRENCY), order->currency) == 0;
}

static enum outcome
take_invoices(struct open_orders *orders, struct open_order *order, struct fault *why)
{
    struct rows *rows = &orders->invoices;
    struct arena *arena = &orders->arena;
    size_t capacity = 0;
    while (orders->has_invoice && is_of(rows, order)) {
        if (order->invoice_count == 0) {
            order->partner = rows_copy(rows, 2, arena);
            order->number = rows_copy(rows, 3, arena);
        }
        order->invoices = arena_grow(arena, order->invoices, sizeof *order->invoices,
                                     order->invoice_count, &capacity);
        order->invoices[order->invoice_count++] = (struct receivable_invoice){
            .number = rows_copy(rows, 4, arena),
            .customer = rows_copy(rows, 5, arena),
            .day = (int32_t)rows_integer(rows, 6),
            .due = (int32_t)rows_integer(rows, 7),
            .gross_minor = rows_integer(rows, 8),
            .credited_minor = rows_integer(rows, 9),
            .id = rows_integer(rows, 10),
            .customers_version = rows_integer(rows, 11),
        };
        TRY(ahead(rows, &orders->has_invoice, why));
    }
    return DONE;
}

static enum outcome
take_money(struct open_orders *orders, struct open_order *order, struct fault *why)
{
    struct rows *rows = &orders->money;
    while (orders->has_money && is_of(rows, order)) {
        const bool is_refund = strcmp(rows_text(rows, 2), money_kind_names[1]) == 0;
        *(is_refund ? &order->refunded_minor : &order->paid_minor) += rows_integer(rows, 3);
        TRY(ahead(rows, &orders->has_money, why));
    }
    return DONE;
}

enum outcome
open_orders_next(struct open_orders *orders, struct open_order *order, struct fault *why)
{
    if (!orders->has_invoice && !orders->has_money) {
        return NONE;
    }
    const bool is_by_invoice =
        orders->has_invoice && (!orders->has_money || compare_ahead(orders) <= 0);
    const struct rows *rows = is_by_invoice ? &orders->invoices : &orders->money;
    arena_reset(&orders->arena);
    *order = (struct open_order){.order_id = rows_integer(rows, ORDER_ID),
                                 .currency = rows_copy(rows, CURRENCY, &orders->arena),
                                 .partner = "",
                                 .number = ""};
    TRY(take_invoices(orders, order, why));
    return take_money(orders, order, why);
}

enum outcome
receivable_standing(struct store *store, const struct open_order *order, int64_t cut_ms,
                    struct arena *arena, struct receivable_standing *standing, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_receivable_standing, &rows, why, INTEGER(cut_ms),
                    TEXT(order->currency), INTEGER(order->order_id)));
    TRY(rows_next(&rows, why));
    const char *verdict = rows_text(&rows, 2);
    *standing = (struct receivable_standing){
        .partner = rows_copy(&rows, 0, arena),
        .order_number = rows_copy(&rows, 1, arena),
        .is_approved = strcmp(verdict, order_event_names[EVENT_APPROVED]) == 0,
        .is_refused = strcmp(verdict, order_event_names[EVENT_REFUSED]) == 0 ||
                      strcmp(verdict, order_event_names[EVENT_CANCELLED]) == 0,
        .is_shipped = rows_integer(&rows, 3) != 0,
        .gross_minor = rows_integer(&rows, 4),
    };
    return DONE;
}

/* ---- money that counted for no order -------------------------------------------------------- */

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
