#include "store/store_transport.h"

#include "base/text.h"
#include "store/store.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { IDENTITY_BYTES_MAX = 4096 };

/* ---- what carriers told ---- */

static void
identify(struct arena *arena, const struct transport_event *event, const char **identity)
{
    *identity = event->event_id[0] != '\0'
                    ? arena_format(arena, "#%s", event->event_id)
                    : arena_format(arena, "%" PRId64 " %s %s", event->happened_ms, event->code,
                                   event->where);
}

/* It was not stored: why? */
static enum outcome
compare(struct store *store, const char *carrier, const struct transport_event *event,
        const char *identity, enum transport_admission *admission, struct fault *why)
{
    int64_t is_same = 0;
    TRY(store_number(store, SQL_transport_event_is_same, -1, &is_same, why, TEXT(event->code),
                     INTEGER(event->happened_ms), TEXT(event->where), TEXT(carrier),
                     TEXT(event->tracking), TEXT(identity)));
    *admission = is_same < 0 ? TRANSPORT_MANY : is_same == 0 ? TRANSPORT_CONFLICT : TRANSPORT_KNOWN;
    return DONE;
}

enum outcome
transport_store(struct store *store, const char *carrier, int64_t interchange_id, int64_t known_ms,
                const struct transport_event *event, enum transport_admission *admission,
                struct fault *why)
{
    OWNED(arena) arena;
    const char *identity = NULL;
    arena_init(&arena, IDENTITY_BYTES_MAX);
    identify(&arena, event, &identity);
    TRY(store_run(store, SQL_transport_event_insert, why, INTEGER(interchange_id),
                  INTEGER(event->place.line), TEXT(carrier), TEXT(event->tracking), TEXT(identity),
                  TEXT(event->code), INTEGER(event->happened_ms), INTEGER(known_ms),
                  TEXT(event->where), TEXT(event->country), TEXT(event->region),
                  INTEGER_OR_NULL(event->latitude_micros, AMOUNT_NONE),
                  INTEGER_OR_NULL(event->longitude_micros, AMOUNT_NONE), TEXT(event->text),
                  INTEGER_OR_NULL(event->eta_from_ms, AMOUNT_NONE),
                  INTEGER_OR_NULL(event->eta_to_ms, AMOUNT_NONE), TEXT(event->signed_by),
                  TEXT(event->proof), INTEGER(TRANSPORT_EVENTS_MAX)));
    if (store_changes(store) == 0) {
        return compare(store, carrier, event, identity, admission, why);
    }
    *admission = TRANSPORT_STORED;
    return DONE;
}

enum outcome
transport_discard(struct store *store, int64_t interchange_id, struct fault *why)
{
    return store_run(store, SQL_transport_event_discard, why, INTEGER(interchange_id));
}

enum outcome
transport_name(struct store *store, int64_t interchange_id, struct fault *why)
{
    TRY(store_run(store, SQL_transport_event_name, why, INTEGER(interchange_id)));
    return store_run(store, SQL_transport_event_set_aside, why, INTEGER(interchange_id));
}

enum outcome
transport_unknown(struct store *store, int64_t interchange_id, struct arena *arena,
                  struct unknown_code **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct unknown_code *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_transport_event_unknown_codes, &rows, why, INTEGER(interchange_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = (struct unknown_code){rows_copy(&rows, 0, arena), rows_integer(&rows, 1),
                                                 rows_integer(&rows, 2)};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
transport_name_aside(struct store *store, struct fault *why)
{
    return store_run_bare(store, SQL_transport_event_name_aside, why);
}

static enum outcome
read_tracked(struct rows *rows, struct arena *arena, struct tracked *tracked, struct fault *why)
{
    TRY(rows_next(rows, why));
    *tracked = (struct tracked){rows_copy(rows, 0, arena), rows_copy(rows, 1, arena)};
    return DONE;
}

enum outcome
transport_next_of(struct store *store, int64_t interchange_id, const char *after,
                  struct arena *arena, struct tracked *tracked, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_transport_next_of_interchange, &rows, why, INTEGER(interchange_id),
                    TEXT(after)));
    return read_tracked(&rows, arena, tracked, why);
}

enum outcome
transport_next_named(struct store *store, struct arena *arena, struct tracked *tracked,
                     struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_transport_next_named, &rows, why));
    return read_tracked(&rows, arena, tracked, why);
}

static struct transport_news
read_news(const struct rows *rows, struct arena *arena)
{
    const int state = name_index(rows_text(rows, 5), transport_state_names, TRANSPORT_STATE_COUNT);
    const int cause = name_index(rows_text(rows, 6), transport_cause_names, TRANSPORT_CAUSE_COUNT);
    assert(state >= 0 && cause >= 0);
    return (struct transport_news){
        .identity = rows_copy(rows, 4, arena),
        .state = (enum transport_state)state,
        .cause = (enum transport_cause)cause,
        .is_final = rows_integer(rows, 7) != 0,
        .happened_ms = rows_integer(rows, 8),
        .known_ms = rows_integer(rows, 9),
        .eta_from_ms = rows_integer_or(rows, 10, TRANSPORT_MOMENT_NONE),
        .eta_to_ms = rows_integer_or(rows, 11, TRANSPORT_MOMENT_NONE),
        .signed_by = rows_copy(rows, 12, arena),
        .proof = rows_copy(rows, 13, arena),
    };
}

enum outcome
transport_news(struct store *store, const struct tracked *tracked, struct arena *arena,
               struct transport_news **items, struct told_event **rows_of, size_t *count,
               struct fault *why)
{
    OWNED(rows) rows = {0};
    struct transport_news *list = NULL;
    struct told_event *told = NULL;
    size_t capacity = 0;
    size_t told_capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_transport_news, &rows, why, TEXT(tracked->carrier),
                    TEXT(tracked->tracking)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        told = arena_grow(arena, told, sizeof *told, *count, &told_capacity);
        told[*count] = (struct told_event){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                           rows_integer(&rows, 2), rows_copy(&rows, 3, arena)};
        list[*count] = read_news(&rows, arena);
        list[*count].id = (int64_t)*count + 1;
        (*count)++;
    }
    *items = list;
    *rows_of = told;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
transport_judge(struct store *store, int64_t event_id, const char *verdict, struct fault *why)
{
    return store_run(store, SQL_transport_judge, why, TEXT(verdict), INTEGER(event_id));
}

/* ---- parcels ---- */

enum outcome
parcel_list(struct store *store, const struct tracked *tracked, struct arena *arena,
            struct parcel_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct parcel_row *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_parcel_list, &rows, why, TEXT(tracked->carrier),
                    TEXT(tracked->tracking)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = (struct parcel_row){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                               rows_integer(&rows, 2), rows_integer(&rows, 3) != 0};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
parcel_lacking(struct store *store, const char *tracking, struct arena *arena,
               struct untracked **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct untracked *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_parcel_lacking, &rows, why, TEXT(tracking)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = (struct untracked){rows_integer(&rows, 0), rows_copy(&rows, 1, arena)};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
parcel_add(struct store *store, int64_t shipment_id, const char *carrier, struct fault *why)
{
    return store_run(store, SQL_parcel_insert, why, TEXT(carrier), INTEGER(shipment_id));
}

/* The columns of a parcel from its state on; of one that nothing is told of, it stands since it was
 * shipped. */
#define STANDING(standing, events)                                                                 \
    TEXT(transport_state_names[(standing)->state]), INTEGER(transport_rank((standing)->state)),    \
        TEXT(transport_cause_names[(standing)->cause]),                                            \
        INTEGER_OR_NULL((standing)->since_ms, TRANSPORT_MOMENT_NONE),                              \
        INTEGER_OR_NULL((standing)->last_ms, TRANSPORT_MOMENT_NONE),                               \
        INTEGER_OR_NULL((standing)->last_event_id, 0), INTEGER(events),                            \
        INTEGER_OR_NULL((standing)->first_eta_from_ms, TRANSPORT_MOMENT_NONE),                     \
        INTEGER_OR_NULL((standing)->first_eta_to_ms, TRANSPORT_MOMENT_NONE),                       \
        INTEGER_OR_NULL((standing)->eta_from_ms, TRANSPORT_MOMENT_NONE),                           \
        INTEGER_OR_NULL((standing)->eta_to_ms, TRANSPORT_MOMENT_NONE),                             \
        INTEGER_OR_NULL((standing)->delivered_ms, TRANSPORT_MOMENT_NONE),                          \
        TEXT((standing)->signed_by), TEXT((standing)->proof), INTEGER((standing)->is_final)

enum outcome
parcel_update(struct store *store, int64_t shipment_id, int64_t events,
              const struct transport_standing *standing, struct fault *why)
{
    return store_run(store, SQL_parcel_update, why, STANDING(standing, events),
                     INTEGER(shipment_id));
}

enum outcome
parcel_next(struct store *store, const struct tracked *after, struct arena *arena,
            struct tracked *tracked, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_verify_tracked, &rows, why, TEXT(after->carrier),
                    TEXT(after->tracking)));
    return read_tracked(&rows, arena, tracked, why);
}

enum outcome
parcel_other(struct store *store, const struct tracked *tracked, int64_t events,
             const struct transport_standing *standing, struct arena *arena, const char **shipment,
             struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_verify_standing, &rows, why, TEXT(tracked->carrier),
                    TEXT(tracked->tracking), STANDING(standing, events)));
    TRY(rows_next(&rows, why));
    *shipment = rows_copy(&rows, 0, arena);
    return DONE;
}

enum outcome
parcel_arrivals(struct store *store, int64_t order_id, struct arena *arena,
                struct arrivals *arrivals, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_parcel_arrivals, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *arrivals = (struct arrivals){rows_copy(&rows, 0, arena),   rows_copy(&rows, 1, arena),
                                  rows_integer(&rows, 2),       rows_integer(&rows, 3),
                                  rows_integer_or(&rows, 4, 0), rows_copy(&rows, 5, arena),
                                  rows_copy(&rows, 6, arena)};
    return DONE;
}
