#include "store/store_gift.h"

#include "store/store.h"

static enum outcome
read_gone(struct rows *rows, struct arena *arena, struct gone_line **lines, size_t *count,
          size_t *capacity, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        *lines = arena_grow(arena, *lines, sizeof **lines, *count, capacity);
        (*lines)[(*count)++] = (struct gone_line){
            .ordinal = rows_integer(rows, 0),
            .all = {rows_copy(rows, 3, arena), rows_integer(rows, 4), rows_integer(rows, 1)},
            .counted_micros = rows_integer(rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
gone_lines(struct store *store, int64_t order_id, int64_t version, bool with_claims,
           struct arena *arena, struct gone_line **lines, size_t *count, struct fault *why)
{
    OWNED(rows) returned = {0};
    OWNED(rows) cancelled = {0};
    size_t capacity = 0;
    *lines = NULL;
    *count = 0;
    TRY(store_query(store, with_claims ? SQL_return_going : SQL_return_gone, &returned, why,
                    INTEGER(order_id)));
    TRY(read_gone(&returned, arena, lines, count, &capacity, why));
    TRY(store_query(store, SQL_gift_cancelled, &cancelled, why, INTEGER(order_id),
                    INTEGER(version)));
    return read_gone(&cancelled, arena, lines, count, &capacity, why);
}

enum outcome
gifts_asked(struct store *store, int64_t order_id, struct arena *arena, struct asked_gift **items,
            size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_gifts_asked, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct asked_gift){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                                   rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_kept(struct store *store, enum statement statement, int64_t order_id, struct arena *arena,
          struct kept_gift **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, statement, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct kept_gift){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                                  rows_integer(&rows, 2), rows_integer(&rows, 3)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
kept_gifts(struct store *store, int64_t order_id, struct arena *arena, struct kept_gift **items,
           size_t *count, struct fault *why)
{
    return read_kept(store, SQL_return_gifts_kept, order_id, arena, items, count, why);
}

enum outcome
claimed_gifts(struct store *store, int64_t order_id, struct arena *arena, struct kept_gift **items,
              size_t *count, struct fault *why)
{
    return read_kept(store, SQL_gifts_claimed, order_id, arena, items, count, why);
}

enum outcome
waived_gifts(struct store *store, int64_t order_id, struct arena *arena, struct kept_gift **items,
             size_t *count, struct fault *why)
{
    return read_kept(store, SQL_gifts_waived, order_id, arena, items, count, why);
}

enum outcome
gift_terms_cancelled(struct store *store, int64_t order_id, struct arena *arena,
                     struct gift_order_terms *terms, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_gift_terms_cancelled, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *terms = (struct gift_order_terms){.cancellation = rows_integer(&rows, 0),
                                       .gifts = rows_copy(&rows, 1, arena),
                                       .clause = rows_copy(&rows, 2, arena),
                                       .waived_by = rows_copy(&rows, 3, arena),
                                       .waive_up_to_micros = rows_integer(&rows, 4)};
    return DONE;
}

enum outcome
gift_terms_returned(struct store *store, int64_t return_id, struct arena *arena,
                    const char **clause, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_gift_terms_returned, &rows, why, INTEGER(return_id)));
    TRY(rows_next(&rows, why));
    *clause = rows_copy(&rows, 0, arena);
    return DONE;
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
