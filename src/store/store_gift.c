#include "store/store_gift.h"

#include "store/store.h"

enum outcome
gone_lines(struct store *store, int64_t order_id, bool with_claims, struct arena *arena,
           struct gone_line **lines, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *lines = NULL;
    *count = 0;
    TRY(store_query(store, with_claims ? SQL_return_going : SQL_return_gone, &rows, why,
                    INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *lines = arena_grow(arena, *lines, sizeof **lines, *count, &capacity);
        (*lines)[(*count)++] = (struct gone_line){
            .ordinal = rows_integer(&rows, 0),
            .all = {rows_copy(&rows, 3, arena), rows_integer(&rows, 4), rows_integer(&rows, 1)},
            .counted_micros = rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
kept_gifts(struct store *store, int64_t order_id, struct arena *arena, struct kept_gift **items,
           size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_return_gifts_kept, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct kept_gift){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                                  rows_integer(&rows, 2), rows_integer(&rows, 3)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
gift_keep(struct store *store, const struct gift_keeping *keeping, struct fault *why)
{
    return store_run(store, SQL_return_gift_insert, why, INTEGER(keeping->return_id),
                     INTEGER(keeping->now.ordinal), INTEGER_OR_NULL(keeping->now.invoice_id, 0),
                     INTEGER(keeping->stay_micros), INTEGER(keeping->now.net_minor),
                     INTEGER(keeping->now.tax_minor), TEXT(keeping->clause),
                     INTEGER(keeping->known_ms), TEXT(keeping->text[0]), TEXT(keeping->text[1]));
}

enum outcome
gift_worth_said(struct store *store, int64_t order_id, int64_t version, int64_t ordinal,
                int64_t *worth_micros, struct fault *why)
{
    return store_number(store, SQL_return_gift_worth, 0, worth_micros, why, INTEGER(order_id),
                        INTEGER(version), INTEGER(ordinal));
}
