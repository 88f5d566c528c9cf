#include "store/store_credit.h"

#include "store/store.h"
#include "store/store_master.h"

enum outcome
credit_find(struct store *store, int64_t version_id, const char *customer, struct arena *arena,
            struct credit_row *row, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_credit_find, &rows, why, INTEGER(version_id), TEXT(customer)));
    TRY(rows_next(&rows, why));
    *row = (struct credit_row){.customer = arena_copy(arena, customer),
                               .currency = rows_copy(&rows, 0, arena),
                               .limit_micros = rows_integer(&rows, 1),
                               .unpaid_micros = rows_integer(&rows, 2),
                               .overdue_micros = rows_integer(&rows, 3),
                               .overdue_max_micros = rows_integer_or(&rows, 4, AMOUNT_NONE),
                               .terms = rows_copy(&rows, 5, arena)};
    return DONE;
}

enum outcome
credit_open(struct store *store, const char *customer, struct arena *arena,
            struct customer_open **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct customer_open *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_credit_open, &rows, why, TEXT(customer)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = (struct customer_open){rows_copy(&rows, 0, arena),
                                                  rows_integer(&rows, 1), rows_integer(&rows, 2)};
    }
    *items = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
credit_count(struct store *store, int64_t order_id, int64_t version, int sign, struct fault *why)
{
    return store_run(store, SQL_credit_count, why, INTEGER(sign), INTEGER(order_id),
                     INTEGER(version));
}

enum outcome
credit_to_look(struct store *store, const char *basis, const char *after, struct arena *arena,
               struct credit_seen **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    *items = arena_array(arena, struct credit_seen, CREDIT_CUSTOMER_BATCH);
    *count = 0;
    TRY(store_query(store, SQL_credit_to_look, &rows, why, TEXT(basis), TEXT(after),
                    INTEGER(CREDIT_CUSTOMER_BATCH)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        (*items)[(*count)++] =
            (struct credit_seen){rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
credit_looked(struct store *store, const struct credit_seen *seen, struct fault *why)
{
    return store_run(store, SQL_credit_looked, why, TEXT(seen->customer), TEXT(seen->seen));
}

enum outcome
credit_look_forget(struct store *store, const char *customer, struct fault *why)
{
    return store_run(store, SQL_credit_look_forget, why, TEXT(customer));
}

enum outcome
credit_held_of(struct store *store, const char *customer, struct arena *arena, int64_t **order_ids,
               size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    int64_t *list = NULL;
    size_t capacity = 0;
    enum outcome outcome;
    *count = 0;
    TRY(store_query(store, SQL_credit_held_of, &rows, why, TEXT(customer)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, *count, &capacity);
        list[(*count)++] = rows_integer(&rows, 0);
    }
    *order_ids = list;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
credit_held_get(struct store *store, int64_t order_id, struct arena *arena,
                struct credit_held *held, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_credit_held_get, &rows, why, INTEGER(order_id)));
    TRY(rows_next(&rows, why));
    *held = (struct credit_held){
        .order_id = rows_integer(&rows, 0),
        .version = rows_integer(&rows, 1),
        .partner = rows_copy(&rows, 2, arena),
        .number = rows_copy(&rows, 3, arena),
        .approval = (enum approval_state)name_index(rows_text(&rows, 4), approval_state_names,
                                                    APPROVAL_STATE_COUNT),
        .fulfilment = (enum fulfilment_state)name_index(rows_text(&rows, 5), fulfilment_state_names,
                                                        FULFILMENT_STATE_COUNT),
        .currency = rows_copy(&rows, 6, arena),
        .gross_minor = rows_integer(&rows, 7),
        .trace = rows_copy(&rows, 8, arena),
        .payment = (enum payment_state)name_index(rows_text(&rows, 9), payment_state_names,
                                                  PAYMENT_STATE_COUNT)};
    return DONE;
}

enum outcome
credit_retell(struct store *store, int64_t order_id, const char *reason, const char *trace,
              struct fault *why)
{
    return store_run(store, SQL_credit_retell, why, TEXT(reason), TEXT(trace), INTEGER(order_id));
}
