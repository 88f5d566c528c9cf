#include "store/store_stop.h"

#include "order/order.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* ---- who has what ---- */

struct targets {
    struct arena *arena;
    struct stop_target *items;
    size_t count;
    size_t capacity;
};

static void
add_target(struct targets *targets, const struct stop_target *target)
{
    targets->items = arena_grow(targets->arena, targets->items, sizeof *targets->items,
                                targets->count, &targets->capacity);
    targets->items[targets->count++] = *target;
}

static enum outcome
add_productions(struct store *store, int64_t order_id, int64_t version, struct targets *targets,
                struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query(store, SQL_stop_productions, &rows, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const struct stop_target target = {.production_id = rows_integer(&rows, 0),
                                           .partner = rows_copy(&rows, 1, targets->arena),
                                           .ordinal = rows_integer(&rows, 2),
                                           .open_micros = rows_integer(&rows, 3)};
        if (target.open_micros > 0) {
            add_target(targets, &target);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

/* A line of a release: told is what it may send of it, asked what of that is to be stopped. */
struct release_part {
    struct stop_target target; /* open: that has not left */
    int64_t asked_micros;
};

/* What has left of a line covers the first releases of its warehouse first. */
static enum outcome
read_releases(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct release_part **parts, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    size_t capacity = 0;
    int64_t left_micros = 0; /* that left, and none of these releases covers yet */
    *parts = NULL;
    *count = 0;
    TRY(store_query(store, SQL_stop_releases, &rows, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const struct release_part *before = *count == 0 ? NULL : &(*parts)[*count - 1];
        const char *warehouse = rows_copy(&rows, 1, arena);
        const int64_t ordinal = rows_integer(&rows, 2);
        const int64_t told_micros = rows_integer(&rows, 3);
        if (before == NULL || before->target.ordinal != ordinal ||
            strcmp(before->target.partner, warehouse) != 0) {
            left_micros = rows_integer(&rows, 5);
        }
        const int64_t gone_micros = left_micros < told_micros ? left_micros : told_micros;
        left_micros -= gone_micros;
        *parts = arena_grow(arena, *parts, sizeof **parts, *count, &capacity);
        (*parts)[(*count)++] = (struct release_part){
            {rows_integer(&rows, 0), 0, warehouse, ordinal, told_micros - gone_micros},
            rows_integer(&rows, 4)};
    }
    return outcome == NONE ? DONE : outcome;
}

/* By line; plants before releases, the latest of each first. */
static int
compare_targets(const void *one, const void *other)
{
    const struct stop_target *a = one;
    const struct stop_target *b = other;
    const int lines = (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
    const int releases = (a->release_id != 0) - (b->release_id != 0);
    const int64_t latest_a = a->release_id + a->production_id;
    const int64_t latest_b = b->release_id + b->production_id;
    return lines != 0      ? lines
           : releases != 0 ? releases
                           : (latest_a < latest_b) - (latest_a > latest_b);
}

enum outcome
stop_targets(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
             struct stop_target **items, size_t *count, struct fault *why)
{
    struct targets targets = {.arena = arena};
    struct release_part *parts = NULL;
    size_t part_count = 0;
    TRY(add_productions(store, order_id, version, &targets, why));
    TRY(read_releases(store, order_id, version, arena, &parts, &part_count, why));
    for (size_t index = 0; index < part_count; index++) {
        struct release_part *part = &parts[index];
        part->target.open_micros -= part->asked_micros;
        if (part->target.open_micros > 0) {
            add_target(&targets, &part->target);
        }
    }
    if (targets.count > 0) {
        qsort(targets.items, targets.count, sizeof *targets.items, compare_targets);
    }
    *items = targets.items;
    *count = targets.count;
    return DONE;
}

static enum outcome
read_places(struct rows *rows, struct arena *arena, struct stop_target **items, size_t *count,
            struct fault *why)
{
    struct targets targets = {.arena = arena};
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        const struct stop_target target = {.release_id = rows_integer(rows, 0),
                                           .partner = rows_copy(rows, 1, arena)};
        add_target(&targets, &target);
    }
    *items = targets.items;
    *count = targets.count;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
stop_open_releases(struct store *store, int64_t order_id, struct arena *arena,
                   struct stop_target **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_open_releases, &rows, why, INTEGER(order_id)));
    return read_places(&rows, arena, items, count, why);
}

enum outcome
stop_shipment_place(struct store *store, int64_t shipment_id, struct arena *arena,
                    struct stop_target **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_shipment_place, &rows, why, INTEGER(shipment_id)));
    return read_places(&rows, arena, items, count, why);
}

enum outcome
stop_release_open(struct store *store, int64_t release_id, int64_t ordinal, int64_t before_id,
                  int64_t *open_micros, struct fault *why)
{
    OWNED(arena) arena;
    int64_t asked_micros = 0;
    int64_t order_id = 0;
    int64_t version = 0;
    struct release_part *parts = NULL;
    size_t count = 0;
    arena_init(&arena, 64 * 1024 * 1024);
    TRY(store_number(store, SQL_stop_release_order, 0, &order_id, why, INTEGER(release_id)));
    TRY(store_number(store, SQL_stop_release_version, 0, &version, why, INTEGER(release_id)));
    TRY(read_releases(store, order_id, version, &arena, &parts, &count, why));
    TRY(store_number(store, SQL_stop_asked_before, 0, &asked_micros, why, INTEGER(release_id),
                     INTEGER(before_id), INTEGER(ordinal)));
    *open_micros = -asked_micros;
    for (size_t index = 0; index < count; index++) {
        if (parts[index].target.release_id == release_id &&
            (ordinal == 0 || parts[index].target.ordinal == ordinal)) {
            *open_micros += parts[index].target.open_micros;
        }
    }
    return DONE;
}

/* ---- notices ---- */

enum outcome
stop_add(struct store *store, struct stop_notice *notice, struct fault *why)
{
    TRY(store_run(store, SQL_stop_insert, why, TEXT(notice->partner), TEXT(notice->action),
                  INTEGER(notice->order_id), INTEGER(notice->version),
                  INTEGER_OR_NULL(notice->cancellation_id, 0),
                  INTEGER_OR_NULL(notice->release_id, 0), INTEGER_OR_NULL(notice->production_id, 0),
                  INTEGER_OR_NULL(notice->shipment_id, 0), TEXT(notice->content),
                  INTEGER(notice->asked_ms), INTEGER_OR_NULL(notice->next_ms, AMOUNT_NONE)));
    notice->id = store_last_id(store);
    for (size_t index = 0; index < notice->line_count; index++) {
        TRY(store_run(store, SQL_stop_line_insert, why, INTEGER(notice->id),
                      INTEGER(notice->lines[index].ordinal),
                      INTEGER(notice->lines[index].quantity_micros)));
    }
    return store_number(store, SQL_stop_number, 0, &notice->number, why, INTEGER(notice->id));
}

static enum outcome
read_lines(struct store *store, struct arena *arena, struct stop_notice *notice, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    size_t capacity = 0;
    TRY(store_query(store, SQL_stop_lines, &rows, why, INTEGER(notice->id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        notice->lines =
            arena_grow(arena, notice->lines, sizeof *notice->lines, notice->line_count, &capacity);
        notice->lines[notice->line_count++] =
            (struct stop_notice_line){.ordinal = rows_integer(&rows, 0),
                                      .quantity_micros = rows_integer(&rows, 1),
                                      .gone_micros = rows_integer(&rows, 2),
                                      .stopped_micros = rows_integer_or(&rows, 3, AMOUNT_NONE),
                                      .number = rows_copy(&rows, 4, arena),
                                      .unit = rows_copy(&rows, 5, arena)};
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_notice(struct rows *rows, struct arena *arena, struct stop_notice *notice, struct fault *why)
{
    TRY(rows_next(rows, why));
    *notice = (struct stop_notice){
        .id = rows_integer(rows, 0),
        .partner = rows_copy(rows, 1, arena),
        .number = rows_integer(rows, 2),
        .action = rows_copy(rows, 3, arena),
        .order_id = rows_integer(rows, 4),
        .version = rows_integer(rows, 5),
        .cancellation_id = rows_integer_or(rows, 6, 0),
        .release_id = rows_integer_or(rows, 7, 0),
        .production_id = rows_integer_or(rows, 8, 0),
        .shipment_id = rows_integer_or(rows, 9, 0),
        .content = rows_copy(rows, 10, arena),
        .state = rows_copy(rows, 11, arena),
        .asked_ms = rows_integer(rows, 12),
        .reminders = rows_integer(rows, 13),
        .next_ms = rows_integer_or(rows, 14, AMOUNT_NONE),
        .cost_minor = rows_integer_or(rows, 15, AMOUNT_NONE),
        .reason = rows_copy(rows, 16, arena),
    };
    return DONE;
}

enum outcome
stop_find(struct store *store, const char *partner, int64_t number, struct arena *arena,
          struct stop_notice *notice, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_find, &rows, why, TEXT(partner), INTEGER(number)));
    TRY(read_notice(&rows, arena, notice, why));
    return read_lines(store, arena, notice, why);
}

enum outcome
stop_next_of_release(struct store *store, int64_t release_id, int64_t after, struct arena *arena,
                     struct stop_notice *notice, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_next_of_release, &rows, why, INTEGER(release_id),
                    INTEGER(after)));
    TRY(read_notice(&rows, arena, notice, why));
    return read_lines(store, arena, notice, why);
}

enum outcome
stop_next_of_production(struct store *store, int64_t production_id, int64_t after,
                        struct arena *arena, struct stop_notice *notice, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_next_of_production, &rows, why, INTEGER(production_id),
                    INTEGER(after)));
    TRY(read_notice(&rows, arena, notice, why));
    return read_lines(store, arena, notice, why);
}

enum outcome
stop_next_of_order(struct store *store, int64_t order_id, const char *warehouse, int64_t after,
                   struct arena *arena, struct stop_notice *notice, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_next_of_order, &rows, why, INTEGER(order_id), TEXT(warehouse),
                    INTEGER(after)));
    TRY(read_notice(&rows, arena, notice, why));
    return read_lines(store, arena, notice, why);
}

enum outcome
stop_next_due(struct store *store, int64_t now_ms, int64_t after, struct arena *arena,
              struct stop_notice *notice, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_next_due, &rows, why, INTEGER(now_ms), INTEGER(after)));
    return read_notice(&rows, arena, notice, why);
}

enum outcome
stop_answered(struct store *store, const struct stop_notice *notice, int64_t at_ms,
              struct fault *why)
{
    for (size_t index = 0; index < notice->line_count; index++) {
        const struct stop_notice_line *line = &notice->lines[index];
        TRY(store_run(store, SQL_stop_line_answered, why,
                      INTEGER_OR_NULL(line->stopped_micros, AMOUNT_NONE), INTEGER(notice->id),
                      INTEGER(line->ordinal)));
    }
    return store_run(store, SQL_stop_answered, why, TEXT(notice->state), INTEGER(at_ms),
                     INTEGER_OR_NULL(notice->cost_minor, AMOUNT_NONE), TEXT(notice->reason),
                     INTEGER(notice->id));
}

enum outcome
stop_gone(struct store *store, int64_t notice_id, int64_t ordinal, int64_t gone_micros,
          struct fault *why)
{
    return store_run(store, SQL_stop_gone, why, INTEGER(gone_micros), INTEGER(notice_id),
                     INTEGER(ordinal));
}

enum outcome
stop_reminded(struct store *store, const struct stop_notice *notice, struct fault *why)
{
    return store_run(store, SQL_stop_reminded, why, INTEGER(notice->reminders),
                     INTEGER_OR_NULL(notice->next_ms, AMOUNT_NONE), INTEGER(notice->id));
}

enum outcome
stop_release_end(struct store *store, int64_t release_id, int64_t at_ms, struct fault *why)
{
    return store_run(store, SQL_stop_release_end, why, INTEGER(at_ms), INTEGER(release_id));
}

enum outcome
stop_production_find(struct store *store, const char *plant, int64_t production_id,
                     struct arena *arena, struct production *production, struct fault *why)
{
    int64_t number = 0;
    TRY(store_number(store, SQL_production_number, 0, &number, why, INTEGER(production_id)));
    return production_find(store, plant, number, arena, production, why);
}

enum outcome
stop_production_less(struct store *store, int64_t production_id, int64_t less_micros,
                     struct fault *why)
{
    return store_run(store, SQL_stop_production_less, why, INTEGER(less_micros),
                     INTEGER(production_id));
}

enum outcome
stop_order(struct store *store, int64_t order_id, struct arena *arena, const char **partner,
           struct order_standing *standing, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_order, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *partner = rows_copy(&rows, 0, arena);
    return order_find(store, *partner, rows_text(&rows, 1), standing, why);
}

enum outcome
stop_order_name(struct store *store, int64_t order_id, struct arena *arena, const char **name,
                struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_order, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *name = arena_format(arena, "%s/%s", rows_text(&rows, 0), rows_text(&rows, 1));
    return DONE;
}

/* ---- cancellations that wait for answers ---- */

static enum outcome
read_cancellation(struct rows *rows, struct arena *arena, struct stop_cancellation *cancellation,
                  struct fault *why)
{
    TRY(rows_next(rows, why));
    *cancellation = (struct stop_cancellation){.id = rows_integer(rows, 0),
                                               .interchange_id = rows_integer_or(rows, 1, 0),
                                               .request = rows_copy(rows, 2, arena),
                                               .reason = rows_copy(rows, 3, arena),
                                               .text = rows_copy(rows, 4, arena),
                                               .fault = rows_copy(rows, 5, arena),
                                               .at_ms = rows_integer(rows, 6),
                                               .policy_id = rows_integer(rows, 7),
                                               .deposit_minor = rows_integer(rows, 8),
                                               .deposit_for_minor = rows_integer(rows, 9)};
    return DONE;
}

enum outcome
stop_cancellation_find(struct store *store, int64_t order_id, int64_t number, struct arena *arena,
                       struct stop_cancellation *cancellation, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_cancellation_find, &rows, why, INTEGER(order_id),
                    INTEGER(number)));
    return read_cancellation(&rows, arena, cancellation, why);
}

enum outcome
stop_cancellation_get(struct store *store, int64_t id, struct arena *arena,
                      struct stop_cancellation *cancellation, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_cancellation_get, &rows, why, INTEGER(id)));
    return read_cancellation(&rows, arena, cancellation, why);
}

enum outcome
stop_cost(struct store *store, int64_t cancellation_id, int64_t *cost_minor, struct fault *why)
{
    return store_number(store, SQL_stop_cost, 0, cost_minor, why, INTEGER(cancellation_id));
}

/* ---- answers in a file ---- */

enum outcome
stop_answer_number(struct store *store, int64_t interchange_id, int64_t after, int64_t *number,
                   struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_stop_answer_number, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    TRY(rows_next(&rows, why));
    *number = rows_integer_or(&rows, 0, 0);
    return *number == 0 ? NONE : DONE;
}

enum outcome
stop_answers_of(struct store *store, int64_t interchange_id, int64_t number, struct arena *arena,
                struct stored_answer **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    size_t capacity = 0;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_stop_answers_of, &rows, why, INTEGER(interchange_id),
                    INTEGER(number)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct stored_answer){
            .id = rows_integer(&rows, 0),
            .answer = {.number = rows_integer(&rows, 1),
                       .status = rows_copy(&rows, 2, arena),
                       .order_line = rows_copy(&rows, 3, arena),
                       .quantity_micros = rows_integer_or(&rows, 4, AMOUNT_NONE),
                       .at_ms = rows_integer_or(&rows, 5, AMOUNT_NONE),
                       .cost_micros = rows_integer_or(&rows, 6, AMOUNT_NONE),
                       .currency = rows_copy(&rows, 7, arena),
                       .reason = rows_copy(&rows, 8, arena),
                       .place = {rows_integer(&rows, 9), 0}}};
    }
    return outcome == NONE ? DONE : outcome;
}
