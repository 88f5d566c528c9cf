#include "store/store_payment.h"

#include "base/date.h"
#include "store/store.h"

#include <assert.h>
#include <string.h>

#define TROUBLE_AS_NAME(enumerator, name) [enumerator] = name,
const char *const payment_trouble_names[] = {PAYMENT_TROUBLES(TROUBLE_AS_NAME)};

/* Read the row of a query over payments. */
static enum outcome
read_payment(struct rows *rows, struct arena *arena, struct stored_payment *stored,
             struct fault *why)
{
    TRY(rows_next(rows, why));
    *stored = (struct stored_payment){
        .id = rows_integer(rows, 0),
        .payment = {.number = rows_copy(rows, 1, arena),
                    .partner = rows_copy(rows, 2, arena),
                    .order_number = rows_copy(rows, 3, arena),
                    .invoice_number = rows_copy(rows, 4, arena),
                    .payer = rows_copy(rows, 5, arena),
                    .reference = rows_copy(rows, 6, arena),
                    .is_refund = strcmp(rows_text(rows, 7), money_kind_names[1]) == 0,
                    .amount_minor = rows_integer(rows, 8),
                    .currency = rows_copy(rows, 9, arena),
                    .paid_on = (int32_t)rows_integer(rows, 10),
                    .line = rows_integer(rows, 11)},
        .finance = rows_copy(rows, 12, arena),
        .interchange_id = rows_integer(rows, 13),
        .order_id = rows_integer_or(rows, 14, 0),
    };
    return DONE;
}

static bool
same_payment(const struct payment *one, const struct payment *other)
{
    return strcmp(one->partner, other->partner) == 0 &&
           strcmp(one->order_number, other->order_number) == 0 &&
           strcmp(one->invoice_number, other->invoice_number) == 0 &&
           strcmp(one->payer, other->payer) == 0 && strcmp(one->reference, other->reference) == 0 &&
           one->is_refund == other->is_refund && one->amount_minor == other->amount_minor &&
           strcmp(one->currency, other->currency) == 0 && one->paid_on == other->paid_on;
}

static enum outcome
compare(struct store *store, const char *finance, const struct payment *payment,
        enum payment_admission *admission, struct fault *why)
{
    OWNED(arena) arena;
    OWNED(rows) rows = {0};
    struct stored_payment known;
    arena_init(&arena, ORDER_BYTES_MAX);
    TRY(store_query(store, SQL_payment_by_number, &rows, why, TEXT(finance),
                    TEXT(payment->number)));
    TRY(read_payment(&rows, &arena, &known, why));
    *admission = same_payment(&known.payment, payment) ? PAYMENT_KNOWN : PAYMENT_CONFLICT;
    return DONE;
}

enum outcome
payment_store(struct store *store, const char *finance, int64_t interchange_id,
              const struct payment *payment, enum payment_admission *admission, struct fault *why)
{
    TRY(store_run(store, SQL_payment_insert, why, INTEGER(interchange_id), TEXT(finance),
                  TEXT(payment->number), TEXT(money_kind_names[payment->is_refund]),
                  TEXT(payment->partner), TEXT(payment->order_number),
                  TEXT(payment->invoice_number), INTEGER(payment->amount_minor),
                  TEXT(payment->currency), INTEGER(payment->paid_on), TEXT(payment->payer),
                  TEXT(payment->reference), INTEGER(payment->line)));
    if (store_changes(store) == 0) {
        return compare(store, finance, payment, admission, why);
    }
    *admission = PAYMENT_STORED;
    return DONE;
}

enum outcome
payment_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
             struct stored_payment *payment, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_payment_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    return read_payment(&rows, arena, payment, why);
}

enum outcome
payment_get(struct store *store, int64_t id, struct arena *arena, struct stored_payment *payment,
            struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_payment_get, &rows, why, INTEGER(id)));
    return read_payment(&rows, arena, payment, why);
}

enum outcome
payment_ready(struct store *store, struct arena *arena, int64_t **ids, size_t *count,
              struct fault *why)
{
    OWNED(rows) rows = {0};
    int64_t *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query_bare(store, SQL_payment_ready, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = rows_integer(&rows, 0);
    }
    *ids = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
payment_named(struct store *store, const char *finance, const char *number, struct arena *arena,
              struct stored_payment *payment, bool *is_single, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_payment_named, &rows, why, TEXT(number), TEXT(finance)));
    TRY(read_payment(&rows, arena, payment, why));
    const enum outcome another = rows_next(&rows, why);
    *is_single = another == NONE;
    return another == NONE ? DONE : another;
}

enum outcome
payment_allocate(struct store *store, const struct stored_payment *stored, int64_t order_id,
                 const char *by, int64_t at_ms, struct fault *why)
{
    const int64_t paid_ms = day_begin(stored->payment.paid_on);
    TRY(store_run(store, SQL_payment_allocate, why, INTEGER(order_id),
                  by == NULL ? NOTHING : TEXT(by), INTEGER(stored->id)));
    return store_run(store, SQL_payment_allocation_begin, why, INTEGER(stored->id),
                     INTEGER(order_id), INTEGER(paid_ms > at_ms ? paid_ms : at_ms));
}

enum outcome
payment_put_off(struct store *store, int64_t id, enum payment_trouble trouble, struct fault *why)
{
    return store_run(store, SQL_payment_put_off, why, TEXT(payment_trouble_names[trouble]),
                     INTEGER(id));
}

enum outcome
payment_discard(struct store *store, int64_t id, struct fault *why)
{
    return store_run(store, SQL_payment_discard, why, INTEGER(id));
}

enum outcome
payment_unfit(struct store *store, int64_t order_id, int64_t at_ms, struct fault *why)
{
    TRY(store_run(store, SQL_payment_allocation_end, why, INTEGER(at_ms), INTEGER(order_id)));
    return store_run(store, SQL_payment_unfit, why, INTEGER(order_id));
}

void
money_set_currency(char currency[CURRENCY_SIZE], const char *code)
{
    const size_t size = strlen(code);
    assert(size < CURRENCY_SIZE && "currencies have three letters");
    memcpy(currency, code, size + 1);
}

enum outcome
order_money_get(struct store *store, int64_t order_id, int64_t version, struct order_money *money,
                struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_money_get, &rows, why, INTEGER(order_id), INTEGER(version)));
    TRY(rows_next(&rows, why));
    const int kind = name_index(rows_text(&rows, 0), payment_kind_names, PAYMENT_KIND_COUNT);
    assert(kind >= 0);
    *money = (struct order_money){
        .terms = {(enum payment_kind)kind, rows_integer(&rows, 1), rows_integer(&rows, 2)},
        .gross_minor = rows_integer(&rows, 3),
        .is_stored = !rows_is_null(&rows, 5),
        .required_minor = rows_integer_or(&rows, 6, 0),
        .enough_minor = rows_integer_or(&rows, 7, 0),
        .paid_minor = rows_integer_or(&rows, 8, 0),
        .refunded_minor = rows_integer_or(&rows, 9, 0),
    };
    money_set_currency(money->order_currency, rows_text(&rows, 4));
    money_set_currency(money->currency, money->is_stored ? rows_text(&rows, 5) : "");
    return DONE;
}

enum outcome
order_money_put(struct store *store, int64_t order_id, const struct order_money *money,
                struct fault *why)
{
    return store_run(store, SQL_order_money_put, why, INTEGER(order_id), TEXT(money->currency),
                     INTEGER(money->required_minor), INTEGER(money->enough_minor),
                     INTEGER(money->paid_minor), INTEGER(money->refunded_minor),
                     INTEGER(money->owed_minor));
}

enum outcome
order_money_give_back(struct store *store, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_order_money_give_back, why, INTEGER(order_id));
}

enum outcome
order_money_owed(struct store *store, int64_t order_id, int64_t *owed_minor, struct fault *why)
{
    return store_number(store, SQL_order_money_owed, 0, owed_minor, why, INTEGER(order_id));
}
