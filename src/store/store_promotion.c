#include "store/store_promotion.h"

#include "store/store.h"
#include "store/store_master.h"

enum outcome
promotion_size(struct store *store, int64_t version_id, int64_t *rows, int64_t *characters,
               struct fault *why)
{
    OWNED(rows) found = {0};
    TRY(store_query(store, SQL_promotion_size, &found, why, INTEGER(version_id)));
    TRY(rows_next(&found, why));
    *rows = rows_integer(&found, 0);
    *characters = rows_integer(&found, 1);
    return DONE;
}

enum outcome
promotion_rows(struct store *store, int64_t version_id, struct arena *arena,
               struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_promotion_rows, &rows, why, INTEGER(version_id)));
    return master_read_all(&rows, DOCUMENT_PROMOTIONS, arena, items, count, why);
}

enum outcome
promotion_coupon(struct store *store, int64_t version_id, const char *code, struct arena *arena,
                 struct coupon_row *coupon, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct master_row *items = NULL;
    size_t count = 0;
    TRY(store_query(store, SQL_promotion_coupon, &rows, why, INTEGER(version_id), TEXT(code)));
    TRY(master_read_all(&rows, DOCUMENT_COUPONS, arena, &items, &count, why));
    if (count == 0) {
        return NONE;
    }
    *coupon = items[0].coupon;
    return DONE;
}

enum outcome
promotion_stock(struct store *store, int64_t version_id, const char *sku, int64_t *available_micros,
                struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_promotion_stock, &rows, why, INTEGER(version_id), TEXT(sku)));
    TRY(rows_next(&rows, why));
    *available_micros = rows_integer(&rows, 0);
    return DONE;
}

static const char *const kind_names[] = {
    [USAGE_PROMOTION] = "promotion", [USAGE_COUPON] = "coupon"};

enum outcome
promotion_usage(struct store *store, enum usage_kind kind, const char *code, const char *customer,
                struct usage *usage, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_promotion_usage, &rows, why, TEXT(kind_names[kind]), TEXT(code),
                    TEXT(customer)));
    const enum outcome found = rows_next(&rows, why);
    *usage = (struct usage){0};
    if (found == DONE) {
        usage->uses = rows_integer(&rows, 0);
        usage->spent_minor = rows_integer(&rows, 1);
    }
    return found == NONE ? DONE : found;
}

/* To the sum over all customers, and to that of this one. */
static enum outcome
add_to_totals(struct store *store, enum usage_kind kind, const char *code, const char *customer,
              const struct usage *usage, struct fault *why)
{
    const char *const customers[] = {"", customer};
    for (size_t index = 0; index < 2; index++) {
        TRY(store_run(store, SQL_promotion_total_add, why, TEXT(kind_names[kind]), TEXT(code),
                      TEXT(customers[index]), INTEGER(usage->uses), INTEGER(usage->spent_minor)));
    }
    return DONE;
}

/* A coupon is used once by an order, however often its promotion is given. */
static enum outcome
count_use(struct store *store, const struct promotion_used *used, const char *customer,
          int64_t sign, struct fault *why)
{
    TRY(add_to_totals(store, USAGE_PROMOTION, used->promotion, customer,
                      &(struct usage){sign * used->uses, sign * used->spent_minor}, why));
    return *used->coupon == '\0'
               ? DONE
               : add_to_totals(store, USAGE_COUPON, used->coupon, customer,
                               &(struct usage){sign, sign * used->spent_minor}, why);
}

enum outcome
promotion_add_use(struct store *store, const struct promotion_order *order,
                  const struct promotion_used *used, struct fault *why)
{
    TRY(store_run(store, SQL_promotion_use_insert, why, INTEGER(order->order_id),
                  INTEGER(order->version), TEXT(used->promotion), TEXT(used->coupon),
                  TEXT(order->customer), INTEGER(used->uses), INTEGER(used->reduction_minor),
                  INTEGER(used->spent_minor)));
    return count_use(store, used, order->customer, 1, why);
}

enum outcome
promotion_count_use(struct store *store, const char *customer, const struct promotion_used *used,
                    struct fault *why)
{
    return count_use(store, used, customer, 1, why);
}

static enum outcome
release_uses(struct store *store, int64_t order_id, int64_t version, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_promotion_uses, &rows, why, INTEGER(order_id), INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const struct promotion_used used = {.promotion = rows_text(&rows, 0),
                                            .coupon = rows_text(&rows, 1),
                                            .uses = rows_integer(&rows, 3),
                                            .spent_minor = rows_integer(&rows, 4)};
        TRY(count_use(store, &used, rows_text(&rows, 2), -1, why));
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
promotion_give(struct store *store, const char *sku, int64_t given_micros, int64_t stock_version,
               struct fault *why)
{
    return store_run(store, SQL_promotion_stock_give, why, TEXT(sku), INTEGER(given_micros),
                     INTEGER(stock_version));
}

static enum outcome
release_goods(struct store *store, int64_t order_id, int64_t version, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_promotion_free_lines, &rows, why, INTEGER(order_id),
                    INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        TRY(promotion_give(store, rows_text(&rows, 0), -rows_integer(&rows, 1),
                           rows_integer(&rows, 2), why));
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
promotion_release(struct store *store, int64_t order_id, int64_t version, struct fault *why)
{
    TRY(release_uses(store, order_id, version, why));
    TRY(store_run(store, SQL_promotion_uses_release, why, INTEGER(order_id), INTEGER(version)));
    return store_changes(store) == 0 ? DONE : release_goods(store, order_id, version, why);
}

enum outcome
promotion_used_by(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                  struct promotion_used **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_promotion_uses, &rows, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct promotion_used){.promotion = rows_copy(&rows, 0, arena),
                                                       .coupon = rows_copy(&rows, 1, arena),
                                                       .uses = rows_integer(&rows, 3),
                                                       .spent_minor = rows_integer(&rows, 4)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
promotion_release_one(struct store *store, const struct promotion_order *order,
                      const struct promotion_used *used, struct fault *why)
{
    TRY(count_use(store, used, order->customer, -1, why));
    return store_run(store, SQL_promotion_use_release, why, INTEGER(order->order_id),
                     INTEGER(order->version), TEXT(used->promotion));
}

enum outcome
promotion_add_reduction(struct store *store, const struct promotion_order *order, size_t ordinal,
                        size_t sequence, const char *promotion, int64_t reduction_minor,
                        struct fault *why)
{
    return store_run(store, SQL_promotion_reduction_insert, why, INTEGER(order->order_id),
                     INTEGER(order->version), INTEGER(ordinal), INTEGER(sequence), TEXT(promotion),
                     INTEGER(reduction_minor));
}

enum outcome
promotion_add_free_line(struct store *store, const struct promotion_order *order,
                        const struct free_line *line, struct fault *why)
{
    TRY(store_run(store, SQL_promotion_free_insert, why, INTEGER(order->order_id),
                  INTEGER(order->version), INTEGER(line->ordinal), TEXT(line->number),
                  INTEGER(line->order_line), TEXT(line->promotion), TEXT(line->sku),
                  INTEGER(line->quantity_micros), TEXT(line->unit), INTEGER(line->owed_micros),
                  INTEGER(line->stock_version)));
    return promotion_give(store, line->sku, line->quantity_micros - line->owed_micros,
                          line->stock_version, why);
}
