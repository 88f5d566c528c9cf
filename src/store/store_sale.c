#include "store/store_sale.h"

#include "order/order.h"
#include "store/store.h"

const char *const sale_kind_names[SALE_KIND_COUNT] = {"ordered", "changed", "cancelled",
                                                      "returned"};

enum outcome
sale_add(struct store *store, const struct sale *sale, int64_t *id, struct fault *why)
{
    TRY(store_run(store, SQL_sale_insert, why, TEXT(sale_kind_names[sale->kind]),
                  INTEGER(sale->sign), INTEGER(sale->day), INTEGER(sale->known_ms),
                  INTEGER(sale->order_id), INTEGER(sale->version)));
    *id = store_last_id(store);
    if (sale->sign == 0) {
        return DONE;
    }
    TRY(store_run(store, SQL_sale_count_whole, why, INTEGER(*id)));
    return store_run(store, SQL_sale_count_products, why, INTEGER(*id));
}

enum outcome
sale_add_part(struct store *store, int64_t id, const struct sale_part *part, struct fault *why)
{
    return store_run(store, SQL_sale_line_insert, why, INTEGER(id), INTEGER(part->ordinal),
                     INTEGER(part->quantity_micros), INTEGER(part->list_minor),
                     INTEGER(part->net_minor), INTEGER(part->tax_minor),
                     INTEGER_OR_NULL(part->cost_minor, AMOUNT_NONE));
}

enum outcome
sale_end(struct store *store, int64_t id, struct fault *why)
{
    TRY(store_run(store, SQL_sale_count_lines, why, INTEGER(id)));
    return store_run(store, SQL_sale_count_parts, why, INTEGER(id));
}

enum outcome
sale_carry(struct store *store, int64_t id, int sign, const struct sale *from, struct fault *why)
{
    TRY(store_run(store, SQL_sale_carry, why, INTEGER(id), INTEGER(sign), INTEGER(from->order_id),
                  INTEGER(from->version), TEXT(sale_kind_names[from->kind])));
    return sale_end(store, id, why);
}

enum outcome
sale_kinds_less(struct store *store, int64_t order_id, int64_t version,
                enum sale_kind kinds[SALE_KIND_COUNT], size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_sale_kinds_less, &rows, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        kinds[(*count)++] =
            (enum sale_kind)name_index(rows_text(&rows, 0), sale_kind_names, SALE_KIND_COUNT);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
sale_priced(struct store *store, const struct sale *of, int64_t ordinal, struct sale_price *price,
            struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_sale_priced, &rows, why, TEXT(sale_kind_names[of->kind]),
                    INTEGER(of->order_id), INTEGER(of->version), INTEGER(ordinal)));
    TRY(rows_next(&rows, why));
    *price = (struct sale_price){rows_integer(&rows, 0),
                                 rows_integer(&rows, 1),
                                 rows_integer(&rows, 2),
                                 rows_integer(&rows, 3),
                                 rows_integer_or(&rows, 4, AMOUNT_NONE),
                                 rows_integer(&rows, 5),
                                 rows_integer(&rows, 6)};
    return DONE;
}

enum outcome
sale_is_known(struct store *store, int64_t order_id, bool *is_known, struct fault *why)
{
    int64_t number = 0;
    TRY(store_number(store, SQL_sale_is_known, 0, &number, why, INTEGER(order_id)));
    *is_known = number != 0;
    return DONE;
}

enum outcome
sale_version(struct store *store, int64_t order_id, int64_t *version, struct fault *why)
{
    return store_number(store, SQL_sale_version, 0, version, why, INTEGER(order_id));
}
