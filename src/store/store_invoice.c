#include "store/store_invoice.h"

#include "order/order.h"
#include "store/store.h"

#include <assert.h>

enum outcome
invoice_read_order(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                   struct invoice_order *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_invoice_order, &rows, why, INTEGER(order_id), INTEGER(version)));
    TRY(rows_next(&rows, why));
    *order = (struct invoice_order){rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena),
                                    rows_integer(&rows, 2) != 0, rows_integer(&rows, 3)};
    return DONE;
}

enum outcome
invoice_read_shipped(struct store *store, int64_t shipment_id, int64_t version, struct arena *arena,
                     struct invoice_shipped **lines, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct invoice_shipped *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    TRY(store_query(store, SQL_invoice_shipped, &rows, why, INTEGER(shipment_id),
                    INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read++] = (struct invoice_shipped){
            .ordinal = rows_integer(&rows, 0),
            .number = rows_copy(&rows, 1, arena),
            .sku = rows_copy(&rows, 2, arena),
            .unit = rows_copy(&rows, 3, arena),
            .item = {.ordered_micros = rows_integer(&rows, 4),
                     .before_micros = rows_integer(&rows, 5),
                     .now_micros = rows_integer(&rows, 6),
                     .price_micros = rows_integer(&rows, 7),
                     .tax_rate_micros = rows_integer(&rows, 8),
                     .priced = {rows_integer(&rows, 9), rows_integer(&rows, 10),
                                rows_integer(&rows, 11)},
                     .discount_micros = rows_integer(&rows, 12)},
        };
    }
    if (outcome == NONE) {
        *lines = list;
        *count = read;
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
invoice_next(struct store *store, enum invoice_kind kind, int64_t year, int64_t *sequence,
             struct fault *why)
{
    TRY(store_number(store, SQL_invoice_last_sequence, 0, sequence, why,
                     TEXT(invoice_kind_names[kind]), INTEGER(year)));
    ++*sequence;
    return DONE;
}

enum outcome
invoice_add(struct store *store, const struct invoice *invoice, int64_t *id, struct fault *why)
{
    TRY(store_run(store, SQL_invoice_insert, why, TEXT(invoice_kind_names[invoice->kind]),
                  INTEGER(invoice->year), INTEGER(invoice->sequence), TEXT(invoice->number),
                  INTEGER(invoice->day), INTEGER_OR_NULL(invoice->due, DAY_NONE),
                  INTEGER(invoice->order_id), INTEGER(invoice->version),
                  INTEGER_OR_NULL(invoice->shipment_id, 0), INTEGER_OR_NULL(invoice->corrects, 0),
                  TEXT(invoice->customer), TEXT(invoice->currency), INTEGER(invoice->includes_tax),
                  INTEGER(invoice->net_minor), INTEGER(invoice->tax_minor),
                  INTEGER(invoice->gross_minor), TEXT(invoice->reason), TEXT(invoice->issued_by),
                  INTEGER(invoice->issued_ms)));
    if (store_changes(store) == 0) {
        return fail_as(why, FAULT_CONFIG,
                       "the number %s is in use by another document: configure a prefix that was "
                       "not used before",
                       invoice->number);
    }
    *id = store_last_id(store);
    return DONE;
}

enum outcome
invoice_read_freight(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
                     struct invoice_freight **parts, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    *parts = NULL;
    *count = 0;
    TRY(store_query(store, SQL_invoice_freight, &rows, why, INTEGER(order_id), INTEGER(version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *parts = arena_grow(arena, *parts, sizeof **parts, *count, &capacity);
        (*parts)[(*count)++] =
            (struct invoice_freight){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                     rows_integer(&rows, 2), rows_integer(&rows, 3)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
invoice_add_line(struct store *store, int64_t invoice_id, const struct invoice_line *line,
                 struct fault *why)
{
    return store_run(store, SQL_invoice_line_insert, why, INTEGER(invoice_id),
                     INTEGER(line->ordinal), TEXT(line->number), TEXT(line->sku), TEXT(line->unit),
                     INTEGER(line->quantity_micros), INTEGER(line->uncharged_micros),
                     INTEGER(line->price_micros), INTEGER(line->tax_rate_micros),
                     INTEGER(line->amounts.net_minor), INTEGER(line->amounts.tax_minor),
                     INTEGER(line->amounts.reduction_minor), TEXT(line->clause),
                     INTEGER(line->package_ordinal));
}

enum outcome
invoice_find(struct store *store, const char *number, struct arena *arena, int64_t *id,
             struct invoice *invoice, const char **partner, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_invoice_find, &rows, why, TEXT(number)));
    TRY(rows_next(&rows, why));
    const int kind = name_index(rows_text(&rows, 1), invoice_kind_names, INVOICE_KIND_COUNT);
    assert(kind >= 0);
    *id = rows_integer(&rows, 0);
    *invoice = (struct invoice){
        .kind = (enum invoice_kind)kind,
        .number = rows_copy(&rows, 2, arena),
        .year = rows_integer(&rows, 3),
        .sequence = rows_integer(&rows, 4),
        .day = (int32_t)rows_integer(&rows, 5),
        .due = (int32_t)rows_integer_or(&rows, 6, DAY_NONE),
        .order_id = rows_integer(&rows, 7),
        .version = rows_integer(&rows, 8),
        .shipment_id = rows_integer_or(&rows, 9, 0),
        .corrects = rows_integer_or(&rows, 10, 0),
        .customer = rows_copy(&rows, 11, arena),
        .currency = rows_copy(&rows, 12, arena),
        .includes_tax = rows_integer(&rows, 13) != 0,
        .net_minor = rows_integer(&rows, 14),
        .tax_minor = rows_integer(&rows, 15),
        .gross_minor = rows_integer(&rows, 16),
        .reason = rows_copy(&rows, 17, arena),
        .issued_by = rows_copy(&rows, 18, arena),
        .issued_ms = rows_integer(&rows, 19),
    };
    invoice->order_number = rows_copy(&rows, 21, arena);
    *partner = rows_copy(&rows, 20, arena);
    return DONE;
}

enum outcome
invoice_read_creditable(struct store *store, int64_t invoice_id, struct arena *arena,
                        struct invoice_creditable **lines, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct invoice_creditable *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    TRY(store_query(store, SQL_invoice_creditable, &rows, why, INTEGER(invoice_id)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        const struct invoice_line line = {
            .ordinal = rows_integer(&rows, 0),
            .number = rows_copy(&rows, 1, arena),
            .sku = rows_copy(&rows, 2, arena),
            .unit = rows_copy(&rows, 3, arena),
            .quantity_micros = rows_integer(&rows, 4),
            .uncharged_micros = rows_integer(&rows, 5),
            .price_micros = rows_integer(&rows, 6),
            .tax_rate_micros = rows_integer(&rows, 7),
            .amounts = {rows_integer(&rows, 8), rows_integer(&rows, 9), rows_integer(&rows, 10)},
            .clause = "",
        };
        list[read++] = (struct invoice_creditable){
            line,
            {.quantity_micros = line.quantity_micros - line.uncharged_micros,
             .invoiced = line.amounts,
             .credited_micros = rows_integer(&rows, 11),
             .credited = {rows_integer(&rows, 12), rows_integer(&rows, 13), 0}}};
    }
    if (outcome == NONE) {
        *lines = list;
        *count = read;
    }
    return outcome == NONE ? DONE : outcome;
}
