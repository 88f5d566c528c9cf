#include "store/store_tracking.h"

#include "order/order.h"
#include "store/store.h"

enum { ORDERS_AT_A_TIME = 500, FILES_AT_A_TIME = 500 };

enum outcome
tracking_forget(struct store *store, struct fault *why)
{
    TRY(store_run_bare(store, SQL_tracking_forget_due, why));
    return store_run_bare(store, SQL_tracking_forget_seen, why);
}

static enum outcome
find_seen(struct store *store, int64_t *event_id, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_tracking_seen_get, &rows, why));
    TRY(rows_next(&rows, why));
    *event_id = rows_integer(&rows, 0);
    return DONE;
}

static enum outcome
find_last(struct store *store, int64_t *event_id, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_tracking_event_last, &rows, why));
    TRY(rows_next(&rows, why));
    *event_id = rows_integer_or(&rows, 0, 0);
    return DONE;
}

enum outcome
tracking_gather(struct store *store, struct fault *why)
{
    int64_t after = 0;
    int64_t upto = 0;
    TRY(find_last(store, &upto, why));
    const enum outcome found = find_seen(store, &after, why);
    if (found == NONE) {
        TRY(store_run_bare(store, SQL_tracking_begin, why));
    } else {
        TRY(found);
        TRY(store_run(store, SQL_tracking_gather, why, INTEGER(after), INTEGER(upto)));
    }
    return store_run(store, SQL_tracking_seen_put, why, INTEGER(upto));
}

enum outcome
tracking_take(struct store *store, struct arena *arena, int64_t **orders, size_t *count,
              struct fault *why)
{
    size_t capacity = 0;
    enum outcome outcome;
    OWNED(rows) rows = {0};
    *orders = NULL;
    *count = 0;
    TRY(store_query(store, SQL_tracking_due_some, &rows, why, INTEGER(ORDERS_AT_A_TIME)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *orders = arena_grow(arena, *orders, sizeof **orders, *count, &capacity);
        (*orders)[(*count)++] = rows_integer(&rows, 0);
    }
    if (outcome != NONE) {
        return outcome;
    }
    return *count == 0 ? NONE : DONE;
}

enum outcome
tracking_took(struct store *store, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_tracking_due_done, why, INTEGER(order_id));
}

static void
get_file(const struct rows *rows, struct arena *arena, struct tracking_file *file)
{
    *file = (struct tracking_file){.order_id = rows_integer(rows, 0),
                                   .token = rows_copy(rows, 1, arena),
                                   .key_name = rows_copy(rows, 2, arena),
                                   .sha256 = rows_copy(rows, 3, arena),
                                   .made_ms = rows_integer(rows, 4),
                                   .remove_ms = rows_integer_or(rows, 5, AMOUNT_NONE)};
}

enum outcome
tracking_file_find(struct store *store, int64_t order_id, struct arena *arena,
                   struct tracking_file *file, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_tracking_page_get, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    get_file(&rows, arena, file);
    return DONE;
}

enum outcome
tracking_file_put(struct store *store, const struct tracking_file *file, struct fault *why)
{
    return store_run(store, SQL_tracking_page_put, why, INTEGER(file->order_id), TEXT(file->token),
                     TEXT(file->key_name), TEXT(file->sha256), INTEGER(file->made_ms),
                     INTEGER_OR_NULL(file->remove_ms, AMOUNT_NONE));
}

enum outcome
tracking_file_drop(struct store *store, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_tracking_page_drop, why, INTEGER(order_id));
}

static enum outcome
list_files(struct rows *rows, struct arena *arena, struct tracking_file **files, size_t *count,
           struct fault *why)
{
    size_t capacity = 0;
    enum outcome outcome;
    *files = NULL;
    *count = 0;
    while ((outcome = rows_next(rows, why)) == DONE) {
        *files = arena_grow(arena, *files, sizeof **files, *count, &capacity);
        get_file(rows, arena, &(*files)[(*count)++]);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
tracking_files_over(struct store *store, int64_t now_ms, struct arena *arena,
                    struct tracking_file **files, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_tracking_pages_over, &rows, why, INTEGER(now_ms),
                    INTEGER(FILES_AT_A_TIME)));
    return list_files(&rows, arena, files, count, why);
}

enum outcome
tracking_files_of_others(struct store *store, const char *key_name, struct arena *arena,
                         struct tracking_file **files, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_tracking_pages_of_others, &rows, why, TEXT(key_name),
                    INTEGER(FILES_AT_A_TIME)));
    return list_files(&rows, arena, files, count, why);
}

enum outcome
tracked_order(struct store *store, int64_t order_id, struct arena *arena,
              struct tracked_order *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_tracked_order, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *order = (struct tracked_order){.partner = rows_copy(&rows, 0, arena),
                                    .number = rows_copy(&rows, 1, arena),
                                    .version = rows_integer(&rows, 2),
                                    .receiver = rows_copy(&rows, 3, arena),
                                    .city = rows_copy(&rows, 4, arena),
                                    .region = rows_copy(&rows, 5, arena),
                                    .country = rows_copy(&rows, 6, arena)};
    return DONE;
}

enum outcome
tracked_steps(struct store *store, int64_t order_id, struct arena *arena,
              struct tracked_step **steps, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *steps = NULL;
    *count = 0;
    TRY(store_query(store, SQL_tracked_steps, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *steps = arena_grow(arena, *steps, sizeof **steps, *count, &capacity);
        (*steps)[(*count)++] =
            (struct tracked_step){rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena),
                                  rows_integer(&rows, 2), rows_integer(&rows, 3)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
tracked_items(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct tracked_item **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_tracked_items, &rows, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct tracked_item){
            rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena), rows_copy(&rows, 2, arena),
            rows_copy(&rows, 3, arena), rows_integer(&rows, 4),     rows_integer(&rows, 5)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
tracked_notes(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct tracked_note **notes, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *notes = NULL;
    *count = 0;
    TRY(store_query(store, SQL_tracked_notes, &rows, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *notes = arena_grow(arena, *notes, sizeof **notes, *count, &capacity);
        (*notes)[(*count)++] = (struct tracked_note){
            rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena), rows_copy(&rows, 2, arena)};
    }
    return outcome == NONE ? DONE : outcome;
}

static void
get_parcel(const struct rows *rows, struct arena *arena, struct tracked_parcel *parcel)
{
    *parcel = (struct tracked_parcel){
        .number = rows_copy(rows, 0, arena),
        .carrier_text = rows_copy(rows, 1, arena),
        .tracking = rows_copy(rows, 2, arena),
        .shipped_ms = rows_integer(rows, 3),
        .carrier = rows_copy(rows, 4, arena),
        .state = rows_copy(rows, 5, arena),
        .cause = rows_copy(rows, 6, arena),
        .eta_from_ms = rows_integer_or(rows, 7, AMOUNT_NONE),
        .eta_to_ms = rows_integer_or(rows, 8, AMOUNT_NONE),
        .delivered_ms = rows_integer_or(rows, 9, AMOUNT_NONE),
        .signed_by = rows_copy(rows, 10, arena),
    };
}

enum outcome
tracked_parcels(struct store *store, int64_t order_id, struct arena *arena,
                struct tracked_parcel **parcels, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *parcels = NULL;
    *count = 0;
    TRY(store_query(store, SQL_tracked_parcels, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *parcels = arena_grow(arena, *parcels, sizeof **parcels, *count, &capacity);
        get_parcel(&rows, arena, &(*parcels)[(*count)++]);
    }
    return outcome == NONE ? DONE : outcome;
}

static void
get_event(const struct rows *rows, struct arena *arena, struct tracked_event *event)
{
    *event = (struct tracked_event){
        .happened_ms = rows_integer(rows, 0),
        .known_ms = rows_integer(rows, 1),
        .state = rows_copy(rows, 2, arena),
        .label_en = rows_copy(rows, 3, arena),
        .label_zh = rows_copy(rows, 4, arena),
        .place = rows_copy(rows, 5, arena),
        .country = rows_copy(rows, 6, arena),
        .latitude_micros = rows_integer_or(rows, 7, AMOUNT_NONE),
        .longitude_micros = rows_integer_or(rows, 8, AMOUNT_NONE),
    };
}

enum outcome
tracked_events(struct store *store, const struct tracked_parcel *parcel, struct arena *arena,
               struct tracked_event **events, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *events = NULL;
    *count = 0;
    TRY(store_query(store, SQL_tracked_events, &rows, why, TEXT(parcel->carrier),
                    TEXT(parcel->tracking)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *events = arena_grow(arena, *events, sizeof **events, *count, &capacity);
        get_event(&rows, arena, &(*events)[(*count)++]);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
tracked_places(struct store *store, struct arena *arena, struct tracked_place **places,
               size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *places = NULL;
    *count = 0;
    TRY(store_query_bare(store, SQL_tracked_places, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *places = arena_grow(arena, *places, sizeof **places, *count, &capacity);
        (*places)[(*count)++] = (struct tracked_place){
            rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena), rows_copy(&rows, 2, arena),
            rows_integer(&rows, 3), rows_integer(&rows, 4)};
    }
    return outcome == NONE ? DONE : outcome;
}
