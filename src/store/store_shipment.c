#include "store/store_shipment.h"

#include "store/store.h"

#include <string.h>

static enum outcome
read_lines(struct store *store, int64_t id, struct arena *arena, struct shipment *shipment,
           struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_shipment_lines, &rows, why, INTEGER(id)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        shipment->lines = arena_grow(arena, shipment->lines, sizeof *shipment->lines,
                                     shipment->line_count, &shipment->line_capacity);
        shipment->lines[shipment->line_count++] = (struct shipment_line){
            .order_line = rows_copy(&rows, 0, arena),
            .sku = rows_copy(&rows, 1, arena),
            .quantity_micros = rows_integer(&rows, 2),
            .lot = rows_copy(&rows, 3, arena),
            .serials = rows_copy(&rows, 4, arena),
            .final = rows_copy(&rows, 5, arena),
            .line = rows_integer(&rows, 6),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

/* Read the row of a query over shipments, and its lines. */
static enum outcome
read_shipment(struct store *store, struct rows *rows, struct arena *arena, int64_t *id,
              struct shipment *shipment, struct fault *why)
{
    TRY(rows_next(rows, why));
    struct shipment read = {
        .number = rows_copy(rows, 1, arena),
        .partner = rows_copy(rows, 2, arena),
        .order_number = rows_copy(rows, 3, arena),
        .shipped_ms = rows_integer(rows, 4),
        .carrier = rows_copy(rows, 5, arena),
        .tracking = rows_copy(rows, 6, arena),
        .load = rows_copy(rows, 7, arena),
        .place = {rows_integer(rows, 8), 0},
    };
    const int64_t read_id = rows_integer(rows, 0);
    TRY(read_lines(store, read_id, arena, &read, why));
    *id = read_id;
    *shipment = read;
    return DONE;
}

static bool
same_line(const struct shipment_line *one, const struct shipment_line *other)
{
    return strcmp(one->order_line, other->order_line) == 0 && strcmp(one->sku, other->sku) == 0 &&
           one->quantity_micros == other->quantity_micros && strcmp(one->lot, other->lot) == 0 &&
           strcmp(one->serials, other->serials) == 0 && strcmp(one->final, other->final) == 0;
}

static bool
same_shipment(const struct shipment *one, const struct shipment *other)
{
    if (strcmp(one->partner, other->partner) != 0 ||
        strcmp(one->order_number, other->order_number) != 0 ||
        one->shipped_ms != other->shipped_ms || strcmp(one->carrier, other->carrier) != 0 ||
        strcmp(one->tracking, other->tracking) != 0 || strcmp(one->load, other->load) != 0 ||
        one->line_count != other->line_count) {
        return false;
    }
    for (size_t index = 0; index < one->line_count; index++) {
        if (!same_line(&one->lines[index], &other->lines[index])) {
            return false;
        }
    }
    return true;
}

static enum outcome
compare(struct store *store, const char *warehouse, const struct shipment *shipment,
        enum shipment_admission *admission, struct fault *why)
{
    OWNED(arena) arena;
    OWNED(rows) rows = {0};
    struct shipment known;
    int64_t id = 0;
    arena_init(&arena, ORDER_BYTES_MAX);
    TRY(store_query(store, SQL_shipment_by_number, &rows, why, TEXT(warehouse),
                    TEXT(shipment->number)));
    TRY(read_shipment(store, &rows, &arena, &id, &known, why));
    *admission = same_shipment(&known, shipment) ? SHIPMENT_KNOWN : SHIPMENT_CONFLICT;
    return DONE;
}

enum outcome
shipment_store(struct store *store, const char *warehouse, int64_t interchange_id,
               const struct shipment *shipment, enum shipment_admission *admission,
               struct fault *why)
{
    TRY(store_run(store, SQL_shipment_insert, why, INTEGER(interchange_id), TEXT(warehouse),
                  TEXT(shipment->number), TEXT(shipment->partner), TEXT(shipment->order_number),
                  INTEGER(shipment->shipped_ms), TEXT(shipment->carrier), TEXT(shipment->tracking),
                  TEXT(shipment->load), INTEGER(shipment->place.line)));
    if (store_changes(store) == 0) {
        return compare(store, warehouse, shipment, admission, why);
    }
    const int64_t id = store_last_id(store);
    for (size_t index = 0; index < shipment->line_count; index++) {
        const struct shipment_line *line = &shipment->lines[index];
        TRY(store_run(store, SQL_shipment_line_insert, why, INTEGER(id), INTEGER(index + 1),
                      TEXT(line->order_line), TEXT(line->sku), INTEGER(line->quantity_micros),
                      TEXT(line->lot), TEXT(line->serials), TEXT(line->final),
                      INTEGER(line->line)));
    }
    *admission = SHIPMENT_STORED;
    return DONE;
}

enum outcome
shipment_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
              int64_t *id, struct shipment *shipment, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_shipment_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    return read_shipment(store, &rows, arena, id, shipment, why);
}

enum outcome
shipment_order_lines(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                     struct shippable **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct shippable *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    TRY(store_query(store, SQL_shipment_order_lines, &rows, why, INTEGER(order_id),
                    INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read++] = (struct shippable){rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena),
                                          rows_copy(&rows, 2, arena), rows_integer(&rows, 3),
                                          rows_integer(&rows, 4),     rows_integer(&rows, 5) != 0};
    }
    if (outcome != NONE) {
        return outcome;
    }
    *items = list;
    *count = read;
    return DONE;
}

enum outcome
shipment_match(struct store *store, int64_t id, int64_t order_id, int64_t over_micros,
               struct fault *why)
{
    return store_run(store, SQL_shipment_set_order, why, INTEGER(order_id), INTEGER(over_micros),
                     INTEGER(id));
}

enum outcome
shipment_close_line(struct store *store, int64_t id, const char *order_line, struct fault *why)
{
    return store_run(store, SQL_shipment_close_line, why, INTEGER(id), TEXT(order_line));
}

enum outcome
shipment_add_serial(struct store *store, int64_t id, const char *sku, const char *serial,
                    bool *is_new, struct fault *why)
{
    TRY(store_run(store, SQL_shipment_serial_add, why, TEXT(sku), TEXT(serial), INTEGER(id)));
    *is_new = store_changes(store) == 1;
    return DONE;
}

enum outcome
shipment_discard(struct store *store, int64_t id, struct fault *why)
{
    TRY(store_run(store, SQL_shipment_serials_discard, why, INTEGER(id)));
    TRY(store_run(store, SQL_shipment_lines_discard, why, INTEGER(id)));
    return store_run(store, SQL_shipment_discard, why, INTEGER(id));
}
