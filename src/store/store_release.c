#include "store/store_release.h"

#include "order/order.h"
#include "store/store.h"

#include <assert.h>
#include <string.h>

/* ---- news ---- */

static enum outcome
compare(struct store *store, const char *warehouse, const struct release_status *news,
        enum news_admission *admission, struct fault *why)
{
    int64_t is_same = 0;
    TRY(store_number(
        store, SQL_release_news_is_same, 0, &is_same, why, INTEGER_OR_NULL(news->ship_on, DAY_NONE),
        INTEGER_OR_NULL(news->quantity_micros, AMOUNT_NONE), TEXT(news->reason), TEXT(warehouse),
        TEXT(news->partner), TEXT(news->order_number), INTEGER(news->release), TEXT(news->status),
        INTEGER(news->at_ms), TEXT(news->order_line)));
    *admission = is_same != 0 ? NEWS_KNOWN : NEWS_CONFLICT;
    return DONE;
}

enum outcome
release_news_store(struct store *store, const char *warehouse, int64_t interchange_id,
                   const struct release_status *news, enum news_admission *admission,
                   struct fault *why)
{
    TRY(store_run(store, SQL_release_news_insert, why, INTEGER(interchange_id), INTEGER(news->line),
                  TEXT(warehouse), TEXT(news->partner), TEXT(news->order_number),
                  INTEGER(news->release), TEXT(news->status), INTEGER(news->at_ms),
                  INTEGER_OR_NULL(news->ship_on, DAY_NONE), TEXT(news->order_line),
                  INTEGER_OR_NULL(news->quantity_micros, AMOUNT_NONE), TEXT(news->reason)));
    if (store_changes(store) == 0) {
        return compare(store, warehouse, news, admission, why);
    }
    *admission = NEWS_STORED;
    return DONE;
}

enum outcome
release_news_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                  int64_t *id, struct release_status *news, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_release_news_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    TRY(rows_next(&rows, why));
    *id = rows_integer(&rows, 0);
    *news = (struct release_status){
        .partner = rows_copy(&rows, 1, arena),
        .order_number = rows_copy(&rows, 2, arena),
        .release = rows_integer(&rows, 3),
        .status = rows_copy(&rows, 4, arena),
        .at_ms = rows_integer(&rows, 5),
        .ship_on = (int32_t)rows_integer_or(&rows, 6, DAY_NONE),
        .order_line = rows_copy(&rows, 7, arena),
        .quantity_micros = rows_integer_or(&rows, 8, AMOUNT_NONE),
        .reason = rows_copy(&rows, 9, arena),
        .line = rows_integer(&rows, 10),
    };
    return DONE;
}

enum outcome
release_news_judge(struct store *store, int64_t id, int64_t release_id, bool is_late,
                   struct fault *why)
{
    return store_run(store, SQL_release_news_judge, why, INTEGER(release_id), INTEGER(is_late),
                     INTEGER(id));
}

enum outcome
release_news_discard(struct store *store, int64_t id, struct fault *why)
{
    return store_run(store, SQL_release_news_discard, why, INTEGER(id));
}

enum outcome
release_news_is_first(struct store *store, int64_t release_id, const char *status, bool *is_first,
                      struct fault *why)
{
    int64_t found = 0;
    TRY(store_number(store, SQL_release_news_is_first, 0, &found, why, INTEGER(release_id),
                     TEXT(status)));
    *is_first = found != 0;
    return DONE;
}

/* ---- releases ---- */

enum outcome
release_find(struct store *store, int64_t order_id, int64_t number, struct arena *arena,
             struct stored_release *release, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_release_find, &rows, why, INTEGER(order_id), INTEGER(number)));
    TRY(rows_next(&rows, why));
    const int state = name_index(rows_text(&rows, 4), release_state_names, RELEASE_STATE_COUNT);
    assert(state >= 0);
    *release = (struct stored_release){
        .id = rows_integer(&rows, 0),
        .order_id = rows_integer(&rows, 1),
        .number = rows_integer(&rows, 2),
        .warehouse = rows_copy(&rows, 3, arena),
        .standing = {state, rows_integer(&rows, 5), rows_integer_or(&rows, 6, PROGRESS_MOMENT_NONE),
                     "", rows_copy(&rows, 7, arena)},
        .ship_day = {rows_integer_or(&rows, 8, DAY_NONE),
                     rows_integer_or(&rows, 9, PROGRESS_MOMENT_NONE)},
    };
    return DONE;
}

enum outcome
release_line_quantity(struct store *store, int64_t release_id, const char *order_line,
                      int64_t *quantity_micros, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_release_line_quantity, &rows, why, INTEGER(release_id),
                    TEXT(order_line)));
    TRY(rows_next(&rows, why));
    *quantity_micros = rows_integer(&rows, 0);
    return DONE;
}

enum outcome
release_stand(struct store *store, const struct stored_release *release, struct fault *why)
{
    const struct progress *standing = &release->standing;
    const bool has_day = release->ship_day.told_ms != PROGRESS_MOMENT_NONE;
    return store_run(store, SQL_release_stand, why, TEXT(release_state_names[standing->state]),
                     INTEGER(standing->since_ms),
                     INTEGER_OR_NULL(standing->told_ms, PROGRESS_MOMENT_NONE),
                     TEXT(standing->reason), has_day ? INTEGER(release->ship_day.value) : NOTHING,
                     has_day ? INTEGER(release->ship_day.told_ms) : NOTHING, INTEGER(release->id));
}

enum outcome
release_ship(struct store *store, int64_t order_id, int64_t shipped_ms, bool is_complete,
             struct fault *why)
{
    return is_complete
               ? store_run(store, SQL_release_ship_all, why, INTEGER(shipped_ms), INTEGER(order_id))
               : store_run(store, SQL_release_ship_covered, why, INTEGER(shipped_ms),
                           INTEGER(order_id));
}
