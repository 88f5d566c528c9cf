#include "store/store_amend.h"

#include "order/order.h"
#include "store/store.h"

enum outcome
amend_sizes(struct store *store, int64_t order_id, int64_t version, int64_t *reductions,
            int64_t *free_lines, struct fault *why)
{
    TRY(store_number(store, SQL_amend_reductions, 0, reductions, why, INTEGER(order_id),
                     INTEGER(version)));
    return store_number(store, SQL_amend_free_lines, 0, free_lines, why, INTEGER(order_id),
                        INTEGER(version));
}

enum outcome
amend_includes_tax(struct store *store, int64_t order_id, int64_t version, bool *includes_tax,
                   struct fault *why)
{
    int64_t value = 0;
    TRY(store_number(store, SQL_amend_includes_tax, 0, &value, why, INTEGER(order_id),
                     INTEGER(version)));
    *includes_tax = value != 0;
    return DONE;
}

enum outcome
amend_shipments(struct store *store, int64_t order_id, struct arena *arena, int64_t **items,
                size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    size_t capacity = 0;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_amend_shipments, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = rows_integer(&rows, 0);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
amend_carry(struct store *store, int64_t order_id, int64_t version, const struct amend_sum *sum,
            struct fault *why)
{
    static const enum statement carried[] = {
        SQL_amend_carry_line_prices, SQL_amend_carry_freight,    SQL_amend_carry_parts,
        SQL_amend_carry_reductions,  SQL_amend_carry_free_lines, SQL_amend_carry_cancelled,
        SQL_amend_carry_uses,        SQL_amend_end_uses,         SQL_amend_move_stock,
        SQL_amend_move_productions,  SQL_amend_move_notices,
    };
    TRY(store_run(store, SQL_amend_carry_price, why, INTEGER(sum->net_minor),
                  INTEGER(sum->tax_minor), INTEGER(sum->gross_minor),
                  INTEGER_OR_NULL(sum->cost_minor, AMOUNT_NONE), INTEGER(order_id),
                  INTEGER(version)));
    TRY(store_run(store, SQL_amend_carry_trace, why, TEXT(sum->trace), INTEGER(order_id),
                  INTEGER(version)));
    for (size_t index = 0; index < sizeof carried / sizeof carried[0]; index++) {
        TRY(store_run(store, carried[index], why, INTEGER(order_id), INTEGER(version)));
    }
    return DONE;
}
