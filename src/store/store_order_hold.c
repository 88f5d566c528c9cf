#include "store/store_order_hold.h"

#include "order/order.h"
#include "store/store.h"

#include <assert.h>

#define STATE_AS_NAME(enumerator, name) [enumerator] = name,
const char *const order_hold_how_names[] = {ORDER_HOLD_ENDINGS(STATE_AS_NAME)};

enum outcome
order_hold_add(struct store *store, const struct order_hold *hold, struct fault *why)
{
    return store_run(store, SQL_order_hold_insert, why, INTEGER(hold->order_id),
                     INTEGER(hold->version), TEXT(order_hold_kind_names[hold->kind]),
                     TEXT(hold_blocks_names[hold->blocks]), TEXT(hold->reason), TEXT(hold->trace),
                     INTEGER(hold->since_ms), INTEGER_OR_NULL(hold->expires, DAY_NONE),
                     TEXT(hold->placed_by), TEXT(hold->may_end), TEXT(hold->customer),
                     INTEGER(hold->seen));
}

static enum hold_blocks
blocks_of(const char *name)
{
    const int blocks = name_index(name, hold_blocks_names, HOLD_BLOCKS_COUNT);
    return blocks < 0 ? HOLD_BLOCKS_BOTH : (enum hold_blocks)blocks;
}

static enum order_hold_kind
kind_of(const char *name)
{
    const int kind = name_index(name, order_hold_kind_names, ORDER_HOLD_KIND_COUNT);
    return kind < 0 ? ORDER_HOLD_KIND_COUNT : (enum order_hold_kind)kind;
}

enum outcome
order_hold_list(struct store *store, int64_t order_id, struct arena *arena,
                struct order_hold holds[ORDER_HOLD_KIND_COUNT], size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_order_hold_open, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        assert(*count < ORDER_HOLD_KIND_COUNT && "a kind is open once, by its index");
        holds[(*count)++] = (struct order_hold){
            .id = rows_integer(&rows, 0),
            .order_id = order_id,
            .version = rows_integer(&rows, 1),
            .kind = kind_of(rows_text(&rows, 2)),
            .reason = rows_copy(&rows, 3, arena),
            .trace = rows_copy(&rows, 4, arena),
            .since_ms = rows_integer(&rows, 5),
            .expires = (int32_t)rows_integer_or(&rows, 6, DAY_NONE),
            .placed_by = rows_copy(&rows, 7, arena),
            .may_end = rows_copy(&rows, 8, arena),
            .blocks = blocks_of(rows_text(&rows, 9)),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

void
open_holds_add(struct open_holds *holds, enum order_hold_kind kind, enum hold_blocks blocks)
{
    const unsigned int bit = 1U << (unsigned int)kind;
    holds->kinds |= bit;
    holds->approval |= blocks == HOLD_BLOCKS_RELEASE ? 0 : bit;
}

void
open_holds_remove(struct open_holds *holds, enum order_hold_kind kind)
{
    holds->kinds &= ~(1U << (unsigned int)kind);
    holds->approval &= holds->kinds;
}

enum outcome
order_hold_kinds(struct store *store, int64_t order_id, struct open_holds *holds, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    *holds = (struct open_holds){0};
    TRY(store_query(store, SQL_order_hold_kinds, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        open_holds_add(holds, kind_of(rows_text(&rows, 0)), blocks_of(rows_text(&rows, 1)));
    }
    return outcome == NONE ? DONE : outcome;
}

bool
open_holds_have(const struct open_holds *holds, enum order_hold_kind kind)
{
    return (holds->kinds & 1U << (unsigned int)kind) != 0;
}

enum outcome
order_hold_was_resumed(struct store *store, int64_t order_id, int64_t version,
                       enum order_hold_kind kind, bool *was_resumed, struct fault *why)
{
    int64_t found = 0;
    TRY(store_number(store, SQL_order_hold_was_resumed, 0, &found, why, INTEGER(version),
                     INTEGER(order_id), TEXT(order_hold_kind_names[kind])));
    *was_resumed = found != 0;
    return DONE;
}

enum outcome
order_hold_decision(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                    const char **trace, struct fault *why)
{
    OWNED(rows) rows = {0};
    *trace = "";
    TRY(store_query(store, SQL_order_hold_decision, &rows, why, INTEGER(order_id),
                    INTEGER(version)));
    const enum outcome found = rows_next(&rows, why);
    if (found == DONE) {
        *trace = rows_copy(&rows, 0, arena);
    }
    return found == NONE ? DONE : found;
}

enum outcome
order_hold_close(struct store *store, int64_t order_id, enum order_hold_kind kind,
                 const struct order_hold_end *end, struct fault *why)
{
    return store_run(store, SQL_order_hold_close, why, TEXT(order_hold_how_names[end->how]),
                     INTEGER(end->ended_ms), TEXT(end->by), TEXT(end->reason), INTEGER(order_id),
                     TEXT(order_hold_kind_names[kind]));
}

static enum outcome
read_orders(struct rows *rows, struct arena *arena, struct held_order **items, size_t *count,
            struct fault *why)
{
    enum outcome outcome;
    *items = arena_array(arena, struct held_order, HELD_ORDER_BATCH);
    *count = 0;
    while ((outcome = rows_next(rows, why)) == DONE) {
        (*items)[(*count)++] = (struct held_order){
            .id = rows_integer(rows, 0),
            .version = rows_integer(rows, 1),
            .partner = rows_copy(rows, 2, arena),
            .approval = (enum approval_state)name_index(rows_text(rows, 3), approval_state_names,
                                                        APPROVAL_STATE_COUNT),
            .fulfilment = (enum fulfilment_state)name_index(
                rows_text(rows, 4), fulfilment_state_names, FULFILMENT_STATE_COUNT),
            .kind = kind_of(rows_text(rows, 5)),
            .payment = (enum payment_state)name_index(rows_text(rows, 6), payment_state_names,
                                                      PAYMENT_STATE_COUNT)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
order_hold_order(struct store *store, int64_t order_id, struct arena *arena,
                 struct held_order *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct held_order *items = NULL;
    size_t count = 0;
    TRY(store_query(store, SQL_order_hold_order, &rows, why, INTEGER(order_id)));
    TRY(read_orders(&rows, arena, &items, &count, why));
    *order = items[0];
    return DONE;
}

enum outcome
order_hold_expired(struct store *store, int32_t day, struct arena *arena, struct held_order **items,
                   size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_hold_expired, &rows, why, INTEGER(day),
                    INTEGER(HELD_ORDER_BATCH)));
    return read_orders(&rows, arena, items, count, why);
}

enum outcome
order_hold_free(struct store *store, bool is_planned, struct arena *arena,
                struct held_order **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_hold_free, &rows, why, INTEGER(is_planned),
                    INTEGER(HELD_ORDER_BATCH)));
    return read_orders(&rows, arena, items, count, why);
}
