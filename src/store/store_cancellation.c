#include "store/store_cancellation.h"

#include "order/order.h"
#include "store/store.h"
#include "store/store_promotion.h"

static enum outcome
add_part(struct store *store, const struct cancellation *cancellation, int64_t id,
         const struct cancelled_part *part, struct fault *why)
{
    TRY(store_run(store, SQL_cancellation_line_insert, why, INTEGER(id), INTEGER(part->ordinal),
                  INTEGER(part->quantity_micros), INTEGER(part->net_minor),
                  INTEGER(part->tax_minor)));
    return store_run(store, SQL_order_cancelled_add, why, INTEGER(cancellation->order_id),
                     INTEGER(cancellation->version), INTEGER(part->ordinal),
                     INTEGER(part->quantity_micros), INTEGER(part->net_minor),
                     INTEGER(part->tax_minor), INTEGER(part->counted_micros));
}

static enum outcome
insert(struct store *store, const struct cancellation *cancellation, int64_t *id, int64_t *number,
       struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_cancellation_insert, &rows, why, INTEGER(cancellation->order_id),
                    INTEGER(cancellation->version), INTEGER(cancellation->is_whole),
                    INTEGER(cancellation->interchange_id), TEXT(cancellation->request),
                    TEXT(cancellation->actor), TEXT(cancellation->reason), TEXT(cancellation->text),
                    TEXT(cancellation->fault), INTEGER(cancellation->at_ms),
                    INTEGER(cancellation->net_minor), INTEGER(cancellation->tax_minor),
                    INTEGER(cancellation->policy_id), INTEGER(cancellation->notice_id),
                    INTEGER_OR_NULL(cancellation->cost_minor, AMOUNT_NONE),
                    INTEGER(cancellation->deposit_minor), INTEGER(cancellation->deposit_for_minor),
                    TEXT(cancellation->gifts), TEXT(cancellation->gift_clause)));
    TRY(rows_next(&rows, why));
    *id = rows_integer(&rows, 0);
    *number = rows_integer(&rows, 1);
    const enum outcome outcome = rows_next(&rows, why); /* an insertion ends with its last row */
    return outcome == NONE ? DONE : outcome;
}

enum outcome
cancellation_add(struct store *store, const struct cancellation *cancellation, int64_t *number,
                 struct fault *why)
{
    int64_t id = 0;
    TRY(insert(store, cancellation, &id, number, why));
    for (size_t index = 0; index < cancellation->part_count; index++) {
        TRY(add_part(store, cancellation, id, &cancellation->parts[index], why));
    }
    return DONE;
}

enum outcome
cancel_freight(struct store *store, int64_t order_id, int64_t version,
               struct cancelled_part *freight, struct fault *why)
{
    OWNED(rows) rows = {0};
    *freight = (struct cancelled_part){CANCELLED_FREIGHT, MICROS, 0, 0, 0};
    TRY(store_query(store, SQL_cancel_freight, &rows, why, INTEGER(order_id), INTEGER(version)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        freight->net_minor = rows_integer(&rows, 0);
        freight->tax_minor = rows_integer(&rows, 1);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
order_cancelled_list(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                     struct cancelled_part **parts, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    size_t capacity = 0;
    *parts = NULL;
    *count = 0;
    TRY(store_query(store, SQL_order_cancelled_list, &rows, why, INTEGER(order_id),
                    INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *parts = arena_grow(arena, *parts, sizeof **parts, *count, &capacity);
        (*parts)[(*count)++] = (struct cancelled_part){.ordinal = rows_integer(&rows, 0),
                                                       .quantity_micros = rows_integer(&rows, 1)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
cancellation_of_request(struct store *store, int64_t order_id, const char *request, int64_t *number,
                        struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_cancellation_of_request, &rows, why, INTEGER(order_id),
                    TEXT(request)));
    TRY(rows_next(&rows, why));
    *number = rows_integer(&rows, 0);
    return DONE;
}

enum outcome
cancel_stock_weights(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                     struct stock_weight **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    size_t capacity = 0;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_cancel_stock_weights, &rows, why, INTEGER(order_id),
                    INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct stock_weight){
            rows_copy(&rows, 0, arena), rows_integer(&rows, 1), rows_integer(&rows, 2),
            rows_integer(&rows, 3),     rows_integer(&rows, 4), rows_integer(&rows, 5),
            rows_integer(&rows, 6)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
cancel_stock_reduce(struct store *store, int64_t order_id, int64_t version,
                    const struct stock_weight *weight, int64_t micros, struct fault *why)
{
    if (weight->stock_version != 0) {
        TRY(promotion_give(store, weight->sku, -micros, weight->stock_version, why));
    }
    return store_run(store, SQL_cancel_stock_reduce, why, INTEGER(micros), INTEGER(order_id),
                     INTEGER(version), TEXT(weight->sku));
}

enum outcome
credit_less(struct store *store, int64_t order_id, int64_t version, int64_t gross_minor,
            struct fault *why)
{
    return store_run(store, SQL_credit_less, why, INTEGER(gross_minor), INTEGER(order_id),
                     INTEGER(version));
}

enum outcome
order_is_cancelled_in_part(struct store *store, int64_t order_id, int64_t version,
                           bool *is_cancelled, struct fault *why)
{
    int64_t found = 0;
    TRY(store_number(store, SQL_order_is_cancelled_in_part, 0, &found, why, INTEGER(order_id),
                     INTEGER(version)));
    *is_cancelled = found != 0;
    return DONE;
}
