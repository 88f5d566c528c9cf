#include "store/store_production.h"

#include "order/order.h"
#include "store/store.h"

#include <assert.h>
#include <string.h>

/* ---- requests ---- */

enum outcome
production_add(struct store *store, struct production *production, struct fault *why)
{
    TRY(store_run(store, SQL_production_insert, why, INTEGER(production->order_id),
                  INTEGER(production->version), INTEGER(production->ordinal),
                  INTEGER(production->part), TEXT(production->plant), TEXT(production->warehouse),
                  TEXT(production->sku), INTEGER(production->quantity_micros),
                  INTEGER(production->asked_ms), INTEGER(production->start_day),
                  INTEGER(production->finish_day)));
    production->id = store_last_id(store);
    TRY(store_number(store, SQL_production_number, 0, &production->number, why,
                     INTEGER(production->id)));
    return store_run(store, SQL_production_material_insert, why, INTEGER(production->id),
                     TEXT(production->sku));
}

static enum outcome
read_production(struct rows *rows, struct arena *arena, struct production *production,
                struct fault *why)
{
    TRY(rows_next(rows, why));
    const int state =
        name_index(rows_text(rows, 19), production_state_names, PRODUCTION_STATE_COUNT);
    assert(state >= 0);
    *production = (struct production){
        .id = rows_integer(rows, 0),
        .order_id = rows_integer(rows, 1),
        .partner = rows_copy(rows, 2, arena),
        .order_version = rows_integer(rows, 3),
        .approval = rows_copy(rows, 4, arena),
        .fulfilment = rows_copy(rows, 5, arena),
        .payment = rows_copy(rows, 6, arena),
        .version = rows_integer(rows, 7),
        .ordinal = rows_integer(rows, 8),
        .part = rows_integer(rows, 9),
        .plant = rows_copy(rows, 10, arena),
        .number = rows_integer(rows, 11),
        .warehouse = rows_copy(rows, 12, arena),
        .sku = rows_copy(rows, 13, arena),
        .quantity_micros = rows_integer(rows, 14),
        .done_micros = rows_integer(rows, 15),
        .start_day = (int32_t)rows_integer(rows, 16),
        .finish_day = (int32_t)rows_integer(rows, 17),
        .asked_ms = rows_integer(rows, 18),
        .standing = {state, rows_integer(rows, 20), rows_integer_or(rows, 21, PROGRESS_MOMENT_NONE),
                     rows_copy(rows, 22, arena), rows_copy(rows, 23, arena)},
        .expected = {rows_integer_or(rows, 24, DAY_NONE),
                     rows_integer_or(rows, 25, PROGRESS_MOMENT_NONE)},
        .cost = {rows_integer_or(rows, 26, 0), rows_integer_or(rows, 27, PROGRESS_MOMENT_NONE)},
    };
    return DONE;
}

enum outcome
production_find(struct store *store, const char *plant, int64_t number, struct arena *arena,
                struct production *production, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_production_find, &rows, why, TEXT(plant), INTEGER(number)));
    return read_production(&rows, arena, production, why);
}

enum outcome
production_open_next(struct store *store, int64_t order_id, int64_t ordinal, int64_t part,
                     int64_t after, struct arena *arena, struct production *production,
                     struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_production_open_next, &rows, why, INTEGER(order_id),
                    INTEGER(ordinal), INTEGER(part), INTEGER(after)));
    return read_production(&rows, arena, production, why);
}

enum outcome
production_has_begun(struct store *store, int64_t order_id, int64_t ordinal, int64_t part,
                     bool *has_begun, struct fault *why)
{
    int64_t found = 0;
    TRY(store_number(store, SQL_production_has_begun, 0, &found, why, INTEGER(order_id),
                     INTEGER(ordinal), INTEGER(part)));
    *has_begun = found != 0;
    return DONE;
}

/* A value that was told, and when; two NULLs where it was not. */
#define LATEST(latest)                                                                             \
    (latest)->told_ms == PROGRESS_MOMENT_NONE ? NOTHING : INTEGER((latest)->value),                \
        INTEGER_OR_NULL((latest)->told_ms, PROGRESS_MOMENT_NONE)

enum outcome
production_stand(struct store *store, const struct production *production, struct fault *why)
{
    const struct progress *standing = &production->standing;
    return store_run(store, SQL_production_stand, why, INTEGER(production->done_micros),
                     TEXT(production_state_names[standing->state]), INTEGER(standing->since_ms),
                     INTEGER_OR_NULL(standing->told_ms, PROGRESS_MOMENT_NONE),
                     TEXT(standing->cause), TEXT(standing->reason), LATEST(&production->expected),
                     LATEST(&production->cost), INTEGER(production->id));
}

/* ---- news ---- */

static enum outcome
compare(struct store *store, const char *plant, const struct production_status *news,
        enum news_admission *admission, struct fault *why)
{
    int64_t is_same = 0;
    TRY(store_number(store, SQL_production_news_is_same, 0, &is_same, why,
                     INTEGER_OR_NULL(news->done_micros, AMOUNT_NONE),
                     INTEGER_OR_NULL(news->expected_on, DAY_NONE), TEXT(news->cause),
                     INTEGER_OR_NULL(news->cost_micros, AMOUNT_NONE), TEXT(news->currency),
                     TEXT(news->reason), TEXT(plant), INTEGER(news->number), TEXT(news->status),
                     INTEGER(news->at_ms)));
    *admission = is_same != 0 ? NEWS_KNOWN : NEWS_CONFLICT;
    return DONE;
}

enum outcome
production_news_store(struct store *store, const char *plant, int64_t interchange_id,
                      const struct production_status *news, enum news_admission *admission,
                      struct fault *why)
{
    TRY(store_run(store, SQL_production_news_insert, why, INTEGER(interchange_id),
                  INTEGER(news->line), TEXT(plant), INTEGER(news->number), TEXT(news->status),
                  INTEGER(news->at_ms), INTEGER_OR_NULL(news->done_micros, AMOUNT_NONE),
                  INTEGER_OR_NULL(news->expected_on, DAY_NONE), TEXT(news->cause),
                  INTEGER_OR_NULL(news->cost_micros, AMOUNT_NONE), TEXT(news->currency),
                  TEXT(news->reason)));
    if (store_changes(store) == 0) {
        return compare(store, plant, news, admission, why);
    }
    *admission = NEWS_STORED;
    return DONE;
}

enum outcome
production_news_next(struct store *store, int64_t interchange_id, int64_t after,
                     struct arena *arena, int64_t *id, struct production_status *news,
                     struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_production_news_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    TRY(rows_next(&rows, why));
    *id = rows_integer(&rows, 0);
    *news = (struct production_status){
        .number = rows_integer(&rows, 1),
        .status = rows_copy(&rows, 2, arena),
        .at_ms = rows_integer(&rows, 3),
        .done_micros = rows_integer_or(&rows, 4, AMOUNT_NONE),
        .expected_on = (int32_t)rows_integer_or(&rows, 5, DAY_NONE),
        .cause = rows_copy(&rows, 6, arena),
        .cost_micros = rows_integer_or(&rows, 7, AMOUNT_NONE),
        .currency = rows_copy(&rows, 8, arena),
        .reason = rows_copy(&rows, 9, arena),
        .line = rows_integer(&rows, 10),
    };
    return DONE;
}

enum outcome
production_news_judge(struct store *store, int64_t id, int64_t production_id, bool is_late,
                      struct fault *why)
{
    return store_run(store, SQL_production_news_judge, why, INTEGER(production_id),
                     INTEGER(is_late), INTEGER(id));
}

enum outcome
production_news_discard(struct store *store, int64_t id, struct fault *why)
{
    return store_run(store, SQL_production_news_discard, why, INTEGER(id));
}

enum outcome
production_news_is_first(struct store *store, int64_t production_id, const char *status,
                         bool *is_first, struct fault *why)
{
    int64_t found = 0;
    TRY(store_number(store, SQL_production_news_is_first, 0, &found, why, INTEGER(production_id),
                     TEXT(status)));
    *is_first = found != 0;
    return DONE;
}

/* ---- stock ---- */

enum outcome
production_materials(struct store *store, int64_t production_id, struct arena *arena,
                     struct production_material **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct production_material *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_production_materials, &rows, why, INTEGER(production_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] =
            (struct production_material){rows_copy(&rows, 0, arena), rows_integer(&rows, 1)};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

/* The key of what its need takes of the plant. */
#define PROMISE(production)                                                                        \
    INTEGER((production)->order_id), INTEGER((production)->ordinal), INTEGER((production)->part),  \
        TEXT((production)->warehouse), TEXT((production)->plant)
