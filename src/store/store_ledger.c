#include "store/store_ledger.h"

#include "base/decimal.h"
#include "store/store.h"

#include <assert.h>
#include <string.h>

#define KIND_AS_NAME(enumerator, name) [enumerator] = name,
const char *const ledger_kind_names[LEDGER_KIND_COUNT] = {LEDGER_KINDS(KIND_AS_NAME)};

/* ---- moves ---- */

enum outcome
ledger_item(struct store *store, const char *warehouse, const char *sku, struct ledger_item *item,
            struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_ledger_item, &rows, why, TEXT(warehouse), TEXT(sku)));
    TRY(rows_next(&rows, why));
    *item = (struct ledger_item){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                 rows_integer_or(&rows, 2, AMOUNT_NONE)};
    return DONE;
}

/* Moments of a warehouse's full reports; AMOUNT_NONE: none. */
static enum outcome
read_place(struct store *store, const char *warehouse, int64_t *reported_ms, int64_t *counted_ms,
           struct fault *why)
{
    OWNED(rows) rows = {0};
    *reported_ms = AMOUNT_NONE;
    *counted_ms = AMOUNT_NONE;
    TRY(store_query(store, SQL_ledger_place, &rows, why, TEXT(warehouse)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        *reported_ms = rows_integer(&rows, 0);
        *counted_ms = rows_integer_or(&rows, 1, AMOUNT_NONE);
    }
    return outcome == NONE ? DONE : outcome;
}

/* The sum of the only column. */
static enum outcome
sum_rows(struct rows *rows, int128 *sum, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        *sum += rows_integer(rows, 0);
    }
    return outcome == NONE ? DONE : outcome;
}

/* What is known of it before anybody tells: that it was not there at the last full count, and
 * (`adds_up`) what has left. */
static enum outcome
begin_item(struct store *store, const struct ledger_move *move, bool adds_up,
           struct ledger_item *item, struct fault *why)
{
    OWNED(rows) rows = {0};
    int64_t reported_ms;
    int128 sum = 0;
    *item = (struct ledger_item){0, 0, AMOUNT_NONE};
    TRY(read_place(store, move->warehouse, &reported_ms, &item->counted_ms, why));
    if (!adds_up) {
        return DONE;
    }
    TRY(store_query(store, SQL_ledger_moves_since, &rows, why, TEXT(move->warehouse),
                    TEXT(move->sku), INTEGER(INT64_MIN)));
    TRY(sum_rows(&rows, &sum, why));
    item->on_hand_micros = (int64_t)sum; /* of those of which none led beyond LEDGER_MICROS_MAX */
    return DONE;
}

/* Nobody tells of the product there: that some of it was sent, or used, does not make it scarce.
 * The move counts once somebody does; until then what went before is not added up. */
static bool
is_uncounted(const struct ledger_move *move, bool has_item)
{
    return !has_item && (move->kind == LEDGER_SHIPMENT || move->kind == LEDGER_CONSUMPTION);
}

static enum outcome
find_effect(struct store *store, const struct ledger_move *move, const struct ledger_item *item,
            int128 *effect, struct fault *why)
{
    if (move->kind != LEDGER_COUNT) {
        const bool is_known =
            item->counted_ms != AMOUNT_NONE && move->happened_ms <= item->counted_ms;
        *effect = is_known ? 0 : move->quantity_micros;
        return DONE;
    }
    OWNED(rows) rows = {0};
    assert((item->counted_ms == AMOUNT_NONE || move->happened_ms >= item->counted_ms) &&
           "an older count is told");
    *effect = (int128)move->quantity_micros - item->on_hand_micros;
    TRY(store_query(store, SQL_ledger_moves_since, &rows, why, TEXT(move->warehouse),
                    TEXT(move->sku), INTEGER(move->happened_ms)));
    return sum_rows(&rows, effect, why);
}

/* Has the warehouse used the number before? */
static enum outcome
judge_number(struct store *store, const struct ledger_move *move, enum ledger_admission *admission,
             struct fault *why)
{
    int64_t is_same = -1;
    *admission = LEDGER_POSTED;
    if (move->number[0] == '\0') {
        return DONE;
    }
    TRY(store_number(store, SQL_ledger_move_is_same, -1, &is_same, why, TEXT(move->sku),
                     TEXT(ledger_kind_names[move->kind]), INTEGER(move->quantity_micros),
                     INTEGER(move->happened_ms), TEXT(move->reference), TEXT(move->warehouse),
                     TEXT(move->number)));
    *admission = is_same < 0 ? LEDGER_POSTED : is_same == 0 ? LEDGER_CONFLICT : LEDGER_KNOWN;
    return DONE;
}

static enum outcome
write_move(struct store *store, const struct ledger_move *move, int64_t effect_micros,
           struct fault *why)
{
    return store_run(store, SQL_ledger_move_insert, why, TEXT(move->warehouse), TEXT(move->sku),
                     TEXT(ledger_kind_names[move->kind]), TEXT(move->number),
                     INTEGER(move->quantity_micros), INTEGER(effect_micros),
                     INTEGER(move->happened_ms), INTEGER(move->known_ms), TEXT(move->reference),
                     TEXT(move->reason), INTEGER_OR_NULL(move->interchange_id, 0),
                     INTEGER(move->line), INTEGER_OR_NULL(move->shipment_id, 0));
}

/* A receipt comes off what was to come; when all has come the row goes. */
static enum outcome
receive(struct store *store, const struct ledger_move *move, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_ledger_receipt, &rows, why, TEXT(move->warehouse), TEXT(move->sku),
                    TEXT(move->reference)));
    const enum outcome found = rows_next(&rows, why);
    if (found != DONE) {
        return found == NONE ? DONE : found;
    }
    const int64_t left_micros = rows_integer(&rows, 0) - move->quantity_micros;
    const int64_t told_ms = rows_integer_or(&rows, 1, AMOUNT_NONE);
    rows_close(&rows);
    if (told_ms != AMOUNT_NONE && move->happened_ms <= told_ms) {
        return DONE;
    }
    return left_micros <= 0
               ? store_run(store, SQL_ledger_receipt_delete, why, TEXT(move->warehouse),
                           TEXT(move->sku), TEXT(move->reference))
               : store_run(store, SQL_ledger_receipt_reduce, why, INTEGER(left_micros),
                           TEXT(move->warehouse), TEXT(move->sku), TEXT(move->reference));
}

enum outcome
ledger_post(struct store *store, const struct ledger_move *move, enum ledger_admission *admission,
            struct fault *why)
{
    struct ledger_item item = {0, 0, AMOUNT_NONE};
    int128 effect = 0;
    TRY(judge_number(store, move, admission, why));
    if (*admission != LEDGER_POSTED) {
        return DONE;
    }
    const enum outcome found = ledger_item(store, move->warehouse, move->sku, &item, why);
    if (found == FAILED) {
        return FAILED;
    }
    const bool is_moved_alone = is_uncounted(move, found == DONE);
    if (found == NONE) {
        TRY(begin_item(store, move, !is_moved_alone, &item, why));
    }
    TRY(find_effect(store, move, &item, &effect, why));
    const int128 on_hand = item.on_hand_micros + effect;
    if (on_hand > LEDGER_MICROS_MAX || on_hand < -LEDGER_MICROS_MAX) {
        *admission = LEDGER_TOO_MUCH;
        return DONE;
    }
    const bool is_count = move->kind == LEDGER_COUNT;
    if (!is_moved_alone) {
        TRY(store_run(
            store, SQL_ledger_item_put, why, TEXT(move->warehouse), TEXT(move->sku),
            INTEGER(on_hand),
            INTEGER_OR_NULL(is_count ? move->happened_ms : item.counted_ms, AMOUNT_NONE)));
    }
    if (!is_count || effect != 0) {
        TRY(write_move(store, move, (int64_t)effect, why));
    }
    if (move->kind == LEDGER_RECEIPT && move->reference[0] != '\0') {
        TRY(receive(store, move, why));
    }
    *admission = !is_count && effect == 0 ? LEDGER_LATE : LEDGER_POSTED;
    return DONE;
}

/* ---- what is planned ---- */

static enum outcome
read_told(struct store *store, const struct ledger_plan *plan, int64_t *told_ms, struct fault *why)
{
    OWNED(rows) rows = {0};
    *told_ms = AMOUNT_NONE;
    TRY(store_query(store, SQL_ledger_receipt, &rows, why, TEXT(plan->warehouse), TEXT(plan->sku),
                    TEXT(plan->reference)));
    const enum outcome found = rows_next(&rows, why);
    if (found == DONE) {
        *told_ms = rows_integer_or(&rows, 1, AMOUNT_NONE);
    }
    return found == NONE ? DONE : found;
}

static enum outcome
sum_received(struct store *store, const struct ledger_plan *plan, int128 *sum, struct fault *why)
{
    OWNED(rows) rows = {0};
    *sum = 0;
    if (plan->told_ms == AMOUNT_NONE) {
        return DONE;
    }
    TRY(store_query(store, SQL_ledger_received_since, &rows, why, TEXT(plan->warehouse),
                    TEXT(plan->sku), TEXT(plan->reference), INTEGER(plan->told_ms)));
    return sum_rows(&rows, sum, why);
}

enum outcome
ledger_plan(struct store *store, const struct ledger_plan *plan, int64_t *newer_ms,
            struct fault *why)
{
    int128 received = 0;
    TRY(read_told(store, plan, newer_ms, why));
    if (*newer_ms != AMOUNT_NONE && plan->told_ms != AMOUNT_NONE && plan->told_ms < *newer_ms) {
        return NONE;
    }
    TRY(sum_received(store, plan, &received, why));
    const int128 left = plan->quantity_micros - received;
    if (left <= 0) {
        return store_run(store, SQL_ledger_receipt_delete, why, TEXT(plan->warehouse),
                         TEXT(plan->sku), TEXT(plan->reference));
    }
    return store_run(store, SQL_ledger_receipt_put, why, TEXT(plan->warehouse), TEXT(plan->sku),
                     TEXT(plan->reference), INTEGER(plan->day), INTEGER(left),
                     INTEGER_OR_NULL(plan->told_ms, AMOUNT_NONE));
}

enum outcome
ledger_receipts(struct store *store, const char *warehouse, const char *sku, struct arena *arena,
                struct ledger_receipt **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct ledger_receipt *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_ledger_receipts, &rows, why, TEXT(warehouse), TEXT(sku)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] =
            (struct ledger_receipt){rows_copy(&rows, 0, arena), (int32_t)rows_integer(&rows, 1),
                                    rows_integer(&rows, 2), rows_integer(&rows, 3)};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

/* ---- what has left ---- */

enum outcome
ledger_shipment(struct store *store, int64_t shipment_id, struct arena *arena,
                const char **warehouse, int64_t *shipped_ms, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_ledger_shipment, &rows, why, INTEGER(shipment_id)));
    TRY(rows_next(&rows, why));
    *warehouse = rows_copy(&rows, 0, arena);
    *shipped_ms = rows_integer(&rows, 1);
    return DONE;
}

/* numerator / denominator, nothing rounded up; beyond what there may be, that. */
static int64_t
divide(int128 numerator, int64_t denominator)
{
    const int128 quotient = decimal_divide_wide(numerator, denominator, ROUND_DOWN);
    return quotient > LEDGER_MICROS_MAX ? LEDGER_MICROS_MAX : (int64_t)quotient;
}

/* Of what a line takes in all, the share of so much of it. */
static int64_t
share_of(int64_t whole_micros, int64_t part_micros, int64_t line_micros, int64_t grain)
{
    const int64_t share = divide((int128)whole_micros * part_micros, line_micros);
    return share - share % grain;
}

/* Of all shipments with this one, less those without it: so nothing is lost between them. */
static int64_t
left_of(const struct rows *rows)
{
    const int64_t factor_micros = rows_integer_or(rows, 4, MICROS);
    const int64_t line_micros = rows_integer(rows, 5);
    const int64_t here_micros = rows_integer(rows, 6);
    const int64_t all_micros = rows_integer(rows, 7);
    const int64_t whole_micros = divide((int128)rows_integer(rows, 3) * factor_micros, MICROS);
    const int64_t grain = unit_is_whole(rows_text(rows, 8)) ? MICROS : 1;
    return line_micros <= 0
               ? 0
               : share_of(whole_micros, all_micros, line_micros, grain) -
                     share_of(whole_micros, all_micros - here_micros, line_micros, grain);
}

enum outcome
ledger_left(struct store *store, int64_t shipment_id, struct arena *arena,
            struct ledger_left **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct ledger_left *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_ledger_left, &rows, why, INTEGER(shipment_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = (struct ledger_left){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                                rows_copy(&rows, 2, arena), left_of(&rows)};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

/* ---- reports ---- */

enum outcome
ledger_report_add(struct store *store, int64_t interchange_id, int64_t ordinal,
                  const struct stock_report *row, struct fault *why)
{
    return store_run(store, SQL_ledger_report_add, why, INTEGER(interchange_id), INTEGER(ordinal),
                     INTEGER(row->place.line), TEXT(row->extent), TEXT(row->sku),
                     INTEGER(row->quantity_micros), TEXT(row->unit),
                     INTEGER_OR_NULL(row->as_of_ms, AMOUNT_NONE), TEXT(row->kind),
                     TEXT(row->number), TEXT(row->reference),
                     INTEGER_OR_NULL(row->expected_on, DAY_NONE), TEXT(row->reason));
}

enum outcome
ledger_report_next(struct store *store, int64_t interchange_id, int64_t *ordinal,
                   struct arena *arena, struct stock_report *row, const char **product_unit,
                   struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_ledger_report_next, &rows, why, INTEGER(interchange_id),
                    INTEGER(*ordinal)));
    TRY(rows_next(&rows, why));
    *ordinal = rows_integer(&rows, 0);
    *row = (struct stock_report){
        .place = {rows_integer(&rows, 1), 0},
        .extent = rows_copy(&rows, 2, arena),
        .sku = rows_copy(&rows, 3, arena),
        .quantity_micros = rows_integer(&rows, 4),
        .unit = rows_copy(&rows, 5, arena),
        .as_of_ms = rows_integer_or(&rows, 6, AMOUNT_NONE),
        .kind = rows_copy(&rows, 7, arena),
        .number = rows_copy(&rows, 8, arena),
        .reference = rows_copy(&rows, 9, arena),
        .expected_on = (int32_t)rows_integer_or(&rows, 10, DAY_NONE),
        .reason = rows_copy(&rows, 11, arena),
    };
    *product_unit = rows_copy(&rows, 12, arena);
    return DONE;
}

enum outcome
ledger_report_forget(struct store *store, int64_t interchange_id, struct fault *why)
{
    return store_run(store, SQL_ledger_report_forget, why, INTEGER(interchange_id));
}

enum outcome
ledger_reported(struct store *store, const char *warehouse, int64_t *reported_ms, struct fault *why)
{
    int64_t counted_ms;
    return read_place(store, warehouse, reported_ms, &counted_ms, why);
}

enum outcome
ledger_report_full(struct store *store, const char *warehouse, int64_t as_of_ms, bool is_whole,
                   struct fault *why)
{
    return store_run(store, SQL_ledger_place_put, why, TEXT(warehouse), INTEGER(as_of_ms),
                     INTEGER(is_whole));
}

enum outcome
ledger_unnamed(struct store *store, const char *warehouse, int64_t interchange_id,
               const char *after, struct arena *arena, const char ***skus, size_t *count,
               struct fault *why)
{
    OWNED(rows) rows = {0};
    const char **list = arena_array(arena, const char *, LEDGER_BATCH);
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_ledger_unnamed, &rows, why, TEXT(warehouse), TEXT(after),
                    INTEGER(interchange_id), INTEGER(LEDGER_BATCH)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list[(*count)++] = rows_copy(&rows, 0, arena);
    }
    *skus = list;
    return outcome == NONE ? DONE : outcome;
}
