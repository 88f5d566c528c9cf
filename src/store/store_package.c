#include "store/store_package.h"

#include "base/decimal.h"
#include "order/order.h"
#include "store/store.h"

enum outcome
package_read_parts(struct store *store, int64_t order_id, int64_t version, int64_t ordinal,
                   struct arena *arena, struct package_part **parts, size_t *count,
                   struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *parts = NULL;
    *count = 0;
    TRY(store_query(store, SQL_package_parts, &rows, why, INTEGER(order_id), INTEGER(version),
                    INTEGER(ordinal)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int64_t all_micros = rows_integer(&rows, 2);
        *parts = arena_grow(arena, *parts, sizeof **parts, *count, &capacity);
        (*parts)[(*count)++] = (struct package_part){
            .sku = rows_copy(&rows, 0, arena),
            .unit = rows_copy(&rows, 1, arena),
            .per_micros =
                decimal_divide((int128)all_micros * MICROS, rows_integer(&rows, 3), ROUND_HALF_UP),
            .list_minor = rows_integer(&rows, 4),
            .all_micros = all_micros};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
package_part_product(struct store *store, const char *part, struct arena *arena,
                     const char **category, bool *is_made, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_package_part_product, &rows, why, TEXT(part)));
    TRY(rows_next(&rows, why));
    *category = rows_copy(&rows, 0, arena);
    *is_made = rows_integer(&rows, 1) != 0;
    return DONE;
}

enum outcome
package_read_claims(struct store *store, enum package_claims which, int64_t order_id,
                    const char *number, struct arena *arena, struct package_claim **claims,
                    size_t *count, struct fault *why)
{
    static const enum statement statements[] = {[PACKAGE_CLAIMED] = SQL_package_claimed,
                                                [PACKAGE_TAKEN] = SQL_package_taken,
                                                [PACKAGE_REFUNDED] = SQL_package_refunded};
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *claims = NULL;
    *count = 0;
    TRY(store_query(store, statements[which], &rows, why, INTEGER(order_id), TEXT(number)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *claims = arena_grow(arena, *claims, sizeof **claims, *count, &capacity);
        (*claims)[(*count)++] = (struct package_claim){
            rows_copy(&rows, 0, arena), rows_integer(&rows, 1), rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
package_shipped(struct store *store, int64_t order_id, const char *number, int64_t *shipped_micros,
                struct fault *why)
{
    return store_number(store, SQL_package_shipped, 0, shipped_micros, why, INTEGER(order_id),
                        TEXT(number));
}

enum outcome
package_read_units(struct store *store, int64_t order_id, int64_t ordinal, struct arena *arena,
                   struct package_unit **units, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *units = NULL;
    *count = 0;
    TRY(store_query(store, SQL_package_units, &rows, why, INTEGER(order_id), INTEGER(ordinal)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *units = arena_grow(arena, *units, sizeof **units, *count, &capacity);
        (*units)[(*count)++] = (struct package_unit){
            .unit = rows_integer(&rows, 0),
            .invoice_id = rows_integer(&rows, 1),
            .net_minor = rows_integer(&rows, 2),
            .tax_minor = rows_integer(&rows, 3),
            .is_sold = rows_integer(&rows, 4) != 0,
            .sold_list_minor = rows_integer(&rows, 5),
            .sold_net_minor = rows_integer(&rows, 6),
            .sold_tax_minor = rows_integer(&rows, 7),
            .sold_cost_minor = rows_integer_or(&rows, 8, AMOUNT_NONE),
            .is_back = rows_integer(&rows, 9) != 0,
        };
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
package_open_unit(struct store *store, int64_t order_id, int64_t ordinal,
                  const struct package_unit *unit, struct fault *why)
{
    return store_run(store, SQL_package_unit_insert, why, INTEGER(order_id), INTEGER(ordinal),
                     INTEGER(unit->unit), INTEGER_OR_NULL(unit->invoice_id, 0),
                     INTEGER(unit->net_minor), INTEGER(unit->tax_minor), INTEGER(unit->is_sold),
                     INTEGER(unit->sold_list_minor), INTEGER(unit->sold_net_minor),
                     INTEGER(unit->sold_tax_minor),
                     INTEGER_OR_NULL(unit->sold_cost_minor, AMOUNT_NONE));
}

enum outcome
package_unit_came(struct store *store, int64_t order_id, int64_t ordinal, int64_t unit,
                  struct fault *why)
{
    return store_run(store, SQL_package_unit_back, why, INTEGER(order_id), INTEGER(ordinal),
                     INTEGER(unit));
}
