#include "store/store_return.h"

#include "base/decimal.h"
#include "order/order.h"
#include "store/store.h"

enum outcome
return_add(struct store *store, const struct stored_return *request, int64_t asked_ms,
           int64_t interchange_id, int64_t *id, struct fault *why)
{
    TRY(store_run(store, SQL_return_insert, why, INTEGER(request->order_id),
                  INTEGER(request->version), TEXT(request->request), INTEGER(asked_ms),
                  TEXT(request->warehouse), TEXT(request->freight),
                  INTEGER_OR_NULL(interchange_id, 0)));
    *id = store_last_id(store);
    return DONE;
}

enum outcome
return_add_line(struct store *store, int64_t id, const struct stored_return_line *line,
                struct fault *why)
{
    return store_run(store, SQL_return_line_insert, why, INTEGER(id), INTEGER(line->ordinal),
                     INTEGER(line->order_ordinal), TEXT(line->number), TEXT(line->sku),
                     TEXT(line->unit), INTEGER(line->quantity_micros), TEXT(line->reason),
                     TEXT(line->wish), TEXT(line->exchange_sku), TEXT(line->serials),
                     TEXT(line->verdict), TEXT(line->clause), TEXT(line->why), TEXT(line->text[0]),
                     TEXT(line->text[1]), TEXT(line->dispositions), TEXT(line->fees),
                     TEXT(line->gifts), TEXT(line->package), INTEGER(line->per_micros));
}

enum outcome
return_pay_freight(struct store *store, int64_t id, struct fault *why)
{
    return store_run(store, SQL_return_pay_freight, why, INTEGER(id));
}

static struct stored_return
read_return(struct rows *rows, struct arena *arena)
{
    return (struct stored_return){
        .id = rows_integer(rows, 0),
        .order_id = rows_integer(rows, 1),
        .version = rows_integer(rows, 2),
        .request = rows_copy(rows, 3, arena),
        .number = rows_copy(rows, 4, arena),
        .state = rows_copy(rows, 5, arena),
        .expires = (int32_t)rows_integer_or(rows, 6, DAY_NONE),
        .warehouse = rows_copy(rows, 7, arena),
        .freight = rows_copy(rows, 8, arena),
        .partner = rows_copy(rows, 9, arena),
        .order_number = rows_copy(rows, 10, arena),
    };
}

enum outcome
return_find_request(struct store *store, int64_t order_id, const char *request, struct arena *arena,
                    struct stored_return *found, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_return_of_request, &rows, why, INTEGER(order_id), TEXT(request)));
    TRY(rows_next(&rows, why));
    *found = read_return(&rows, arena);
    return DONE;
}

enum outcome
return_find(struct store *store, const char *number, struct arena *arena,
            struct stored_return *found, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_return_of_number, &rows, why, TEXT(number)));
    TRY(rows_next(&rows, why));
    *found = read_return(&rows, arena);
    return DONE;
}

static void
read_line(struct rows *rows, struct arena *arena, struct stored_return_line *line)
{
    *line = (struct stored_return_line){
        .ordinal = rows_integer(rows, 0),
        .order_ordinal = rows_integer(rows, 1),
        .number = rows_copy(rows, 2, arena),
        .sku = rows_copy(rows, 3, arena),
        .unit = rows_copy(rows, 4, arena),
        .quantity_micros = rows_integer(rows, 5),
        .received_micros = rows_integer(rows, 6),
        .reason = rows_copy(rows, 7, arena),
        .wish = rows_copy(rows, 8, arena),
        .exchange_sku = rows_copy(rows, 9, arena),
        .serials = rows_copy(rows, 10, arena),
        .verdict = rows_copy(rows, 11, arena),
        .clause = rows_copy(rows, 12, arena),
        .why = rows_copy(rows, 13, arena),
        .text = {rows_copy(rows, 14, arena), rows_copy(rows, 15, arena)},
        .dispositions = rows_copy(rows, 16, arena),
        .fees = rows_copy(rows, 17, arena),
        .gifts = rows_copy(rows, 18, arena),
        .package = rows_copy(rows, 19, arena),
        .per_micros = rows_integer(rows, 20),
    };
}

enum outcome
return_read_lines(struct store *store, int64_t id, struct arena *arena,
                  struct stored_return_line **lines, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *lines = NULL;
    *count = 0;
    TRY(store_query(store, SQL_return_lines, &rows, why, INTEGER(id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *lines = arena_grow(arena, *lines, sizeof **lines, *count, &capacity);
        read_line(&rows, arena, &(*lines)[(*count)++]);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
return_next(struct store *store, int64_t year, int64_t *sequence, struct fault *why)
{
    TRY(store_number(store, SQL_return_last_sequence, 0, sequence, why, INTEGER(year)));
    ++*sequence;
    return DONE;
}

enum outcome
return_authorise(struct store *store, int64_t id, const struct return_decision *decision,
                 struct fault *why)
{
    return store_run(store, SQL_return_authorise, why, INTEGER(decision->year),
                     INTEGER(decision->sequence), TEXT(decision->number),
                     INTEGER(decision->expires), INTEGER(decision->at_ms), TEXT(decision->actor),
                     TEXT(decision->reason), INTEGER(id));
}

enum outcome
return_refuse(struct store *store, int64_t id, const struct return_decision *decision,
              struct fault *why)
{
    return store_run(store, SQL_return_refuse, why, INTEGER(decision->at_ms), TEXT(decision->actor),
                     TEXT(decision->reason), INTEGER(id));
}

enum outcome
return_stand(struct store *store, int64_t id, const char *state, struct fault *why)
{
    return store_run(store, SQL_return_stand, why, TEXT(state), INTEGER(id));
}

enum outcome
return_decide_lines(struct store *store, int64_t id, const char *verdict, const char *text_en,
                    const char *text_zh, struct fault *why)
{
    return store_run(store, SQL_return_line_decide, why, TEXT(verdict), TEXT(text_en),
                     TEXT(text_zh), INTEGER(id));
}

static enum outcome
know_what_left(struct store *store, int64_t order_id, const char *number,
               struct return_known *known, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_return_left, &rows, why, INTEGER(order_id), TEXT(number)));
    TRY(rows_next(&rows, why));
    known->shipped_micros = rows_integer(&rows, 0);
    known->since_ms = rows_integer_or(&rows, 1, AMOUNT_NONE);
    known->is_delivered = rows_integer_or(&rows, 2, AMOUNT_NONE) != AMOUNT_NONE;
    return DONE;
}

static enum outcome
know_product(struct store *store, int64_t order_id, int64_t version, int64_t ordinal,
             struct arena *arena, struct return_known *known, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_return_product, &rows, why, INTEGER(order_id), INTEGER(version),
                    INTEGER(ordinal)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        known->category = rows_copy(&rows, 0, arena);
        known->is_custom = rows_integer(&rows, 1) != 0;
    }
    return outcome == NONE ? DONE : outcome; /* goods that are given have no line */
}

enum outcome
return_know(struct store *store, int64_t order_id, int64_t version, int64_t ordinal,
            const char *number, struct arena *arena, struct return_known *known, struct fault *why)
{
    OWNED(rows) rows = {0};
    *known =
        (struct return_known){.since_ms = AMOUNT_NONE, .group = "", .currency = "", .category = ""};
    TRY(know_what_left(store, order_id, number, known, why));
    TRY(know_product(store, order_id, version, ordinal, arena, known, why));
    TRY(store_query(store, SQL_return_group, &rows, why, INTEGER(order_id), INTEGER(version)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        known->group = rows_copy(&rows, 0, arena);
        known->currency = rows_copy(&rows, 1, arena);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
return_warehouse(struct store *store, int64_t order_id, struct arena *arena, const char **warehouse,
                 struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_return_warehouse, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *warehouse = rows_copy(&rows, 0, arena);
    return DONE;
}

enum outcome
return_is_known(struct store *store, const char *warehouse, const char *receipt, bool *is_known,
                struct fault *why)
{
    int64_t count = 0;
    TRY(store_number(store, SQL_return_receipt_known, 0, &count, why, TEXT(warehouse),
                     TEXT(receipt)));
    *is_known = count > 0;
    return DONE;
}

enum outcome
return_take(struct store *store, const struct return_arrival *arrival, struct fault *why)
{
    TRY(store_run(store, SQL_return_taken_insert, why, INTEGER(arrival->return_id),
                  INTEGER(arrival->ordinal), TEXT(arrival->warehouse), TEXT(arrival->receipt),
                  INTEGER(arrival->happened_ms), INTEGER(arrival->known_ms),
                  TEXT(arrival->condition), INTEGER(arrival->quantity_micros),
                  TEXT(arrival->disposition), TEXT(arrival->waits), TEXT(arrival->serials),
                  TEXT(arrival->lot), TEXT(arrival->reason), INTEGER(arrival->refund_minor),
                  INTEGER(arrival->fee_minor), INTEGER(arrival->unbilled_minor),
                  INTEGER_OR_NULL(arrival->interchange_id, 0)));
    return store_run(store, SQL_return_line_receive, why, INTEGER(arrival->quantity_micros),
                     INTEGER(arrival->return_id), INTEGER(arrival->ordinal));
}

enum outcome
return_add_credit(struct store *store, int64_t id, int64_t invoice_id, struct fault *why)
{
    return store_run(store, SQL_return_credit_insert, why, INTEGER(id), INTEGER(invoice_id));
}

enum outcome
return_invoices(struct store *store, int64_t order_id, struct arena *arena, const char ***numbers,
                size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *numbers = NULL;
    *count = 0;
    TRY(store_query(store, SQL_return_invoices, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *numbers = arena_grow(arena, *numbers, sizeof **numbers, *count, &capacity);
        (*numbers)[(*count)++] = rows_copy(&rows, 0, arena);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
return_read_refunded(struct store *store, int64_t id, struct arena *arena,
                     struct return_refunded **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_return_refunded, &rows, why, INTEGER(id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct return_refunded){
            rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena), rows_copy(&rows, 2, arena),
            rows_integer(&rows, 3), rows_integer(&rows, 4)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
return_priced(struct store *store, const struct stored_return *stored,
              const struct stored_return_line *line, struct arena *arena,
              struct return_price *price, struct fault *why)
{
    OWNED(rows) rows = {0};
    *price = (struct return_price){.currency = ""};
    TRY(store_query(store, SQL_return_priced, &rows, why, INTEGER(stored->order_id),
                    TEXT(line->number), INTEGER(stored->version), INTEGER(line->order_ordinal)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        *price = (struct return_price){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                       rows_integer(&rows, 2), rows_integer(&rows, 3),
                                       rows_copy(&rows, 4, arena)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
return_serial_left(struct store *store, int64_t order_id, const char *sku, const char *serial,
                   bool *has_left, struct fault *why)
{
    int64_t count = 0;
    TRY(store_number(store, SQL_return_serial_left, 0, &count, why, TEXT(sku), TEXT(serial),
                     INTEGER(order_id)));
    *has_left = count > 0;
    return DONE;
}

enum outcome
return_take_serial(struct store *store, int64_t order_id, const char *sku, const char *serial,
                   struct fault *why)
{
    return store_run(store, SQL_return_serial_take, why, TEXT(sku), TEXT(serial),
                     INTEGER(order_id));
}

enum outcome
return_ordered(struct store *store, int64_t order_id, int64_t version, int64_t ordinal,
               int64_t *quantity_micros, struct fault *why)
{
    return store_number(store, SQL_return_ordered, 1, quantity_micros, why, INTEGER(order_id),
                        INTEGER(version), INTEGER(ordinal));
}

enum outcome
return_products(struct store *store, int64_t order_id, int64_t version, int64_t ordinal,
                struct arena *arena, struct return_product **items, size_t *count,
                struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_return_products, &rows, why, INTEGER(order_id), INTEGER(ordinal),
                    INTEGER(version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int64_t factor_micros = rows_integer_or(&rows, 2, MICROS);
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct return_product){
            rows_copy(&rows, 0, arena),
            decimal_divide((int128)rows_integer(&rows, 1) * factor_micros, MICROS, ROUND_HALF_UP)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
return_find_asked(struct store *store, const char *name, struct arena *arena,
                  struct stored_return *found, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_return_asked_named, &rows, why, TEXT(name)));
    TRY(rows_next(&rows, why));
    *found = read_return(&rows, arena);
    const enum outcome more = rows_next(&rows, why);
    if (more == DONE) {
        return fail_as(why, FAULT_USAGE,
                       "several returns have the number %s: name it as PARTNER/ORDER/NUMBER", name);
    }
    return more == NONE ? DONE : more;
}

enum outcome
return_read_waiting(struct store *store, int64_t id, struct arena *arena,
                    struct return_waiting **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_return_waiting, &rows, why, INTEGER(id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] =
            (struct return_waiting){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                    rows_copy(&rows, 2, arena), rows_integer(&rows, 3)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
return_settle_one(struct store *store, int64_t waiting_id,
                  const struct return_settlement *settlement, struct fault *why)
{
    return store_run(store, SQL_return_taken_settle, why, TEXT(settlement->waits),
                     INTEGER(settlement->refund_minor), INTEGER(settlement->fee_minor),
                     INTEGER(settlement->unbilled_minor), INTEGER(settlement->decided_ms),
                     INTEGER(waiting_id));
}

enum outcome
return_settle(struct store *store, int64_t id, const char *reason, struct fault *why)
{
    return store_run(store, SQL_return_settle, why, TEXT(reason), INTEGER(id));
}

enum outcome
return_add_exchange(struct store *store, int64_t order_id, int64_t return_id, struct fault *why)
{
    return store_run(store, SQL_return_exchange_insert, why, INTEGER(order_id), INTEGER(return_id));
}

enum outcome
return_replaces(struct store *store, int64_t order_id, bool *replaces, struct fault *why)
{
    int64_t count = 0;
    TRY(store_number(store, SQL_return_replaces, 0, &count, why, INTEGER(order_id)));
    *replaces = count > 0;
    return DONE;
}

enum outcome
return_own_number(struct store *store, int64_t order_id, int64_t *number, struct fault *why)
{
    return store_number(store, SQL_return_own_number, 1, number, why, INTEGER(order_id));
}

enum outcome
return_expiring(struct store *store, int32_t today, struct arena *arena,
                struct stored_return **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_return_expiring, &rows, why, INTEGER(today)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = read_return(&rows, arena);
    }
    return outcome == NONE ? DONE : outcome;
}
