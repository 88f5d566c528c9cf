#include "store/store_backtest.h"

#include "store/store.h"
#include "store/store_promotion.h"

#include <inttypes.h>
#include <string.h>

const char *const backtest_kind_names[] = {
    [BACKTEST_TOTAL] = "total", [BACKTEST_CUSTOMER] = "customer", [BACKTEST_PRODUCT] = "product",
    [BACKTEST_RULE] = "rule",   [BACKTEST_ASKED] = "asked",       [BACKTEST_APPROVER] = "approver"};

enum outcome
backtest_arrive(struct store *store, struct interchange *interchange, struct fault *why)
{
    TRY(store_run(store, SQL_backtest_arrival, why, TEXT(interchange->name),
                  TEXT(interchange->name)));
    interchange->arrival_id = store_last_id(store);
    return interchange_insert(store, interchange, why);
}

/* Which order version it is: those that follow have a later place. */
struct at {
    int64_t day;
    int64_t order_id;
    int64_t version;
};

static enum outcome
read_used(struct store *store, const struct at *after, struct at *items, size_t *count,
          struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_backtest_used, &rows, why, INTEGER(after->day),
                    INTEGER(after->order_id), INTEGER(after->version), INTEGER(BACKTEST_BATCH)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        items[(*count)++] =
            (struct at){rows_integer(&rows, 0), rows_integer(&rows, 1), rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
backtest_release(struct store *store, int32_t from, struct fault *why)
{
    struct at items[BACKTEST_BATCH];
    struct at after = {from, 0, 0};
    size_t count = 0;
    do {
        TRY(read_used(store, &after, items, &count, why));
        for (size_t index = 0; index < count; index++) {
            TRY(promotion_release(store, items[index].order_id, items[index].version, why));
            after = items[index];
        }
    } while (count == BACKTEST_BATCH);
    return DONE;
}

enum outcome
backtest_orders(struct store *store, const struct booked *after, int32_t to, bool with_refused,
                struct arena *arena, struct booked **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct booked *list = arena_array(arena, struct booked, BACKTEST_BATCH);
    size_t read = 0;
    enum outcome outcome;
    TRY(store_query(store, SQL_backtest_orders, &rows, why, INTEGER(after->order_date),
                    INTEGER(after->id), INTEGER(to), INTEGER(with_refused),
                    INTEGER(BACKTEST_BATCH)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list[read++] = (struct booked){(int32_t)rows_integer(&rows, 0), rows_integer(&rows, 1),
                                       rows_integer(&rows, 2),          rows_copy(&rows, 3, arena),
                                       rows_copy(&rows, 4, arena),      rows_integer(&rows, 5)};
    }
    *items = list;
    *count = read;
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_trace(struct store *store, const struct booked *order, struct arena *arena, const char **trace,
           struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_backtest_trace, &rows, why, INTEGER(order->id),
                    INTEGER(order->version)));
    TRY(rows_next(&rows, why));
    *trace = rows_copy(&rows, 0, arena);
    return DONE;
}

static enum outcome
read_lines(struct store *store, const struct booked *order, struct arena *arena,
           struct backtest_line **lines, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *lines = NULL;
    *count = 0;
    TRY(store_query(store, SQL_backtest_lines, &rows, why, INTEGER(order->id),
                    INTEGER(order->version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *lines = arena_grow(arena, *lines, sizeof **lines, *count, &capacity);
        (*lines)[(*count)++] = (struct backtest_line){.net_minor = rows_integer(&rows, 0),
                                                      .reduced_minor = rows_integer(&rows, 1)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
backtest_lines(struct store *store, const struct booked *order, struct arena *arena,
               struct backtest_line **lines, size_t *count, struct fault *why)
{
    const char *trace = "";
    TRY(read_lines(store, order, arena, lines, count, why));
    TRY(read_trace(store, order, arena, &trace, why));
    return backtest_rules(store, trace, arena, *lines, *count, why);
}

/* What was set by hand goes before what the lists say. */
static struct backtest_rule
rule_of(const struct rows *rows, struct arena *arena)
{
    if (!rows_is_null(rows, 0)) {
        return (struct backtest_rule){"manual", ""};
    }
    if (rows_is_null(rows, 2)) {
        return (struct backtest_rule){rows_is_null(rows, 1) ? "" : "package", ""};
    }
    return (struct backtest_rule){rows_copy(rows, 2, arena), rows_copy(rows, 3, arena)};
}

enum outcome
backtest_rules(struct store *store, const char *trace, struct arena *arena,
               struct backtest_line *lines, size_t count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t read = 0;
    enum outcome outcome = NONE;
    for (size_t index = 0; index < count; index++) {
        lines[index].rule = (struct backtest_rule){"", ""};
    }
    TRY(store_query(store, SQL_backtest_rules, &rows, why, TEXT(trace)));
    while (read < count && (outcome = rows_next(&rows, why)) == DONE) {
        lines[read++].rule = rule_of(&rows, arena);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
backtest_reductions(struct store *store, const struct booked *order, struct arena *arena,
                    struct backtest_reduction **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_backtest_reductions, &rows, why, INTEGER(order->id),
                    INTEGER(order->version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct backtest_reduction){
            rows_copy(&rows, 0, arena), rows_integer(&rows, 1), rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
backtest_add(struct store *store, const struct backtest_sum *sum, struct fault *why)
{
    return store_run(store, SQL_backtest_add, why, TEXT(backtest_kind_names[sum->kind]),
                     TEXT(sum->rule.what), TEXT(sum->rule.name), TEXT(sum->currency),
                     INTEGER(sum->before_count), INTEGER(sum->before_minor),
                     INTEGER(sum->after_count), INTEGER(sum->after_minor));
}

enum outcome
backtest_add_unpriced(struct store *store, const struct booked *order, const char *currency,
                      const struct finding *finding, struct fault *why)
{
    return store_run(store, SQL_backtest_add_unpriced, why, INTEGER(order->order_date),
                     TEXT(order->partner), TEXT(finding->order_number), TEXT(order->customer),
                     TEXT(currency), INTEGER(order->net_minor),
                     TEXT(message_entry(finding->code)->id), TEXT(finding->order_line),
                     TEXT(finding->field), TEXT(finding->value), TEXT(finding->expected),
                     TEXT(finding->hint));
}

enum outcome
backtest_add_asked(struct store *store, const struct booked *order,
                   const struct backtest_asked *asked, struct fault *why)
{
    return store_run(store, SQL_backtest_add_asked, why, INTEGER(order->order_date),
                     TEXT(order->partner), TEXT(asked->number), TEXT(order->customer),
                     TEXT(asked->currency), INTEGER(asked->gross_minor), TEXT(asked->before),
                     TEXT(asked->after));
}

enum outcome
backtest_day_get(struct store *store, const struct backtest_day *day, struct order_day *sum,
                 struct fault *why)
{
    OWNED(rows) rows = {0};
    *sum = (struct order_day){0};
    TRY(store_query(store, SQL_backtest_day, &rows, why, INTEGER(day->is_after),
                    TEXT(day->customer), INTEGER(day->day), TEXT(day->currency)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        *sum = (struct order_day){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                  rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
backtest_day_count(struct store *store, const struct backtest_day *day, int64_t net_minor,
                   int64_t gross_minor, struct fault *why)
{
    return store_run(store, SQL_backtest_day_add, why, INTEGER(day->is_after), TEXT(day->customer),
                     INTEGER(day->day), TEXT(day->currency), INTEGER(net_minor),
                     INTEGER(gross_minor));
}
