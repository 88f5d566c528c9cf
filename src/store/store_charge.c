#include "store/store_charge.h"

#include "base/date.h"
#include "store/store.h"
#include "store/store_master.h"

enum outcome
master_policies(struct store *store, int64_t version_id, struct arena *arena,
                struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_policies, &rows, why, INTEGER(version_id)));
    return master_read_all(&rows, DOCUMENT_CANCELLATION_POLICY, arena, items, count, why);
}

static enum outcome
read_rate(struct store *store, int64_t order_id, int64_t version, struct fee_order *order,
          struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_cancel_fee_rates, &rows, why, INTEGER(order_id), INTEGER(version)));
    TRY(rows_next(&rows, why));
    const int64_t least = rows_integer_or(&rows, 0, 0);
    order->tax_rate_micros = least == rows_integer_or(&rows, 1, 0) ? least : -1;
    return DONE;
}

enum outcome
fee_order_get(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct fee_order *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_cancel_fee_order, &rows, why, INTEGER(version), INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *order = (struct fee_order){
        .received_ms = rows_integer(&rows, 0),
        .group = rows_copy(&rows, 1, arena),
        .currency = rows_copy(&rows, 2, arena),
        .net_minor = rows_integer(&rows, 3),
        .tax_minor = rows_integer(&rows, 4),
        .promised = (int32_t)rows_integer_or(&rows, 5, DAY_NONE),
        .customer = rows_copy(&rows, 6, arena),
        .includes_tax = rows_integer(&rows, 7) != 0,
        .payment_days = rows_integer(&rows, 8),
    };
    return read_rate(store, order_id, version, order, why);
}

enum outcome
charge_number(struct store *store, int64_t order_id, int64_t *number, struct fault *why)
{
    return store_number(store, SQL_charge_number, 0, number, why, INTEGER(order_id));
}

enum outcome
charge_add(struct store *store, int64_t order_id, const struct charge *charge, struct fault *why)
{
    return store_run(store, SQL_charge_insert, why, INTEGER(order_id), INTEGER(charge->number),
                     INTEGER(charge->cancellation), INTEGER(charge->return_id), TEXT(charge->kind),
                     TEXT(charge->clause), INTEGER(charge->gift_ordinal), TEXT(charge->gift_number),
                     TEXT(charge->gift_sku), INTEGER(charge->at_ms), INTEGER(charge->statement),
                     TEXT(charge->currency), INTEGER(charge->net_minor), INTEGER(charge->tax_minor),
                     INTEGER(charge->tax_rate_micros), TEXT(charge->text[LANGUAGE_EN]),
                     TEXT(charge->text[LANGUAGE_ZH]), TEXT(charge->waived_by),
                     INTEGER(charge->waive_up_to_minor), INTEGER_OR_NULL(charge->invoice_id, 0),
                     INTEGER(charge->base_net_minor), INTEGER(charge->base_tax_minor),
                     INTEGER(charge->base_cost_minor));
}

enum outcome
charges_open(struct store *store, int64_t order_id, int64_t *gross_minor, struct fault *why)
{
    return store_number(store, SQL_charges_open, 0, gross_minor, why, INTEGER(order_id));
}

enum outcome
charges_before(struct store *store, int64_t order_id, int64_t asked_id, struct arena *arena,
               struct charged_before **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_charges_before, &rows, why, INTEGER(order_id), INTEGER(asked_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = (struct charged_before){
            rows_copy(&rows, 0, arena), rows_integer(&rows, 1), rows_integer(&rows, 2),
            rows_integer(&rows, 3),     rows_integer(&rows, 4), rows_integer(&rows, 5)};
    }
    return outcome == NONE ? DONE : outcome;
}

static struct charge
read_charge(struct rows *rows, struct arena *arena)
{
    return (struct charge){
        .id = rows_integer(rows, 0),
        .number = rows_integer(rows, 1),
        .cancellation = rows_integer(rows, 2),
        .kind = rows_copy(rows, 3, arena),
        .clause = rows_copy(rows, 4, arena),
        .net_minor = rows_integer(rows, 5),
        .tax_minor = rows_integer(rows, 6),
        .tax_rate_micros = rows_integer(rows, 7),
        .text =
            {[LANGUAGE_EN] = rows_copy(rows, 8, arena), [LANGUAGE_ZH] = rows_copy(rows, 9, arena)},
        .waived_by = rows_copy(rows, 10, arena),
        .waive_up_to_minor = rows_integer(rows, 11),
        .invoice_id = rows_integer(rows, 12),
        .invoice = rows_copy(rows, 13, arena),
        .currency = rows_copy(rows, 14, arena),
        .less_net_minor = rows_integer(rows, 15),
        .less_tax_minor = rows_integer(rows, 16),
        .less_count = rows_integer(rows, 17),
        .gift_ordinal = rows_integer(rows, 18),
        .gift_number = rows_copy(rows, 19, arena),
        .gift_sku = rows_copy(rows, 20, arena),
    };
}

enum outcome
charge_list(struct store *store, int64_t order_id, struct arena *arena, struct charge **items,
            size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    *items = NULL;
    *count = 0;
    TRY(store_query(store, SQL_charges, &rows, why, INTEGER(order_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *items = arena_grow(arena, *items, sizeof **items, *count, &capacity);
        (*items)[(*count)++] = read_charge(&rows, arena);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
charge_less_add(struct store *store, const struct charge_less *less, struct fault *why)
{
    return store_run(store, SQL_charge_less_insert, why, INTEGER(less->charge_id),
                     INTEGER(less->sequence), TEXT(less->kind), INTEGER(less->net_minor),
                     INTEGER(less->tax_minor), TEXT(less->actor), TEXT(less->reason),
                     INTEGER(less->at_ms), INTEGER(less->statement),
                     INTEGER_OR_NULL(less->invoice_id, 0));
}

enum outcome
statement_next(struct store *store, int64_t order_id, int64_t *number, struct fault *why)
{
    TRY(store_number(store, SQL_statement_number, 0, number, why, INTEGER(order_id)));
    ++*number;
    return DONE;
}

enum outcome
statement_add(struct store *store, int64_t order_id, int64_t number, int64_t cancellation,
              int64_t at_ms, const struct statement_sums *sums, struct fault *why)
{
    return store_run(store, SQL_statement_insert, why, INTEGER(order_id), INTEGER(number),
                     INTEGER(at_ms), INTEGER(sums->paid_minor), INTEGER(sums->due_minor),
                     INTEGER(sums->refund_minor), INTEGER(cancellation));
}

void
document_statement_get(const struct document_scan *scan, struct document_statement *told)
{
    const struct rows *rows = &scan->rows;
    *told = (struct document_statement){
        .order_number = rows_text(rows, 1),
        .version = rows_integer(rows, 2),
        .number = rows_integer(rows, 3),
        .cancellation = rows_integer(rows, 4),
        .is_whole = rows_integer(rows, 5) != 0,
        .request = rows_text(rows, 6),
        .actor = rows_text(rows, 7),
        .reason = rows_text(rows, 8),
        .text = rows_text(rows, 9),
        .fault = rows_text(rows, 10),
        .cancelled_ms = rows_integer(rows, 11),
        .at_ms = rows_integer(rows, 12),
        .currency = rows_text(rows, 13),
        .net_minor = rows_integer(rows, 14),
        .tax_minor = rows_integer(rows, 15),
        .sums = {rows_integer(rows, 16), rows_integer(rows, 17), rows_integer(rows, 18)},
    };
}

void
document_statement_line_get(const struct document_scan *scan, struct document_statement_line *line)
{
    const struct rows *rows = &scan->rows;
    *line = (struct document_statement_line){
        .number = rows_text(rows, 1),
        .sku = rows_text(rows, 2),
        .unit = rows_text(rows, 3),
        .quantity_micros = rows_integer(rows, 4),
        .net_minor = rows_integer(rows, 5),
        .tax_minor = rows_integer(rows, 6),
    };
}

void
document_statement_charge_get(const struct document_scan *scan,
                              struct document_statement_charge *charge)
{
    const struct rows *rows = &scan->rows;
    *charge = (struct document_statement_charge){
        .number = rows_integer(rows, 1),
        .kind = rows_text(rows, 2),
        .clause = rows_text(rows, 3),
        .net_minor = rows_integer(rows, 4),
        .tax_minor = rows_integer(rows, 5),
        .text = {[LANGUAGE_EN] = rows_text(rows, 6), [LANGUAGE_ZH] = rows_text(rows, 7)},
        .actor = rows_text(rows, 8),
        .invoice = rows_text(rows, 9),
        .of_kind = rows_text(rows, 10),
    };
}
