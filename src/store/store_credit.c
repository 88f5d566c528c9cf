#include "store/store_credit.h"

#include "store/store.h"
#include "store/store_master.h"

enum outcome
credit_find(struct store *store, const char *customer, struct arena *arena, struct credit_row *row,
            int64_t *version, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_credit_find, &rows, why, TEXT(customer)));
    TRY(rows_next(&rows, why));
    *row = (struct credit_row){.customer = rows_copy(&rows, 0, arena),
                               .currency = rows_copy(&rows, 1, arena),
                               .limit_micros = rows_integer(&rows, 2),
                               .unpaid_micros = rows_integer(&rows, 3),
                               .overdue_micros = rows_integer(&rows, 4),
                               .overdue_max_micros = rows_integer_or(&rows, 5, AMOUNT_NONE),
                               .terms = rows_copy(&rows, 6, arena)};
    *version = rows_integer(&rows, 8);
    return DONE;
}

enum outcome
credit_rates_version(struct store *store, int64_t *version_id, struct fault *why)
{
    return store_number_values(store, SQL_credit_rates_version, NULL, 0, 0, version_id, why);
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

static struct credit_held
read_held(const struct rows *rows, struct arena *arena)
{
    return (struct credit_held){.order_id = rows_integer(rows, 0),
                                .version = rows_integer(rows, 1),
                                .partner = rows_copy(rows, 2, arena),
                                .number = rows_copy(rows, 3, arena),
                                .received_ms = rows_integer(rows, 4),
                                .approval = (enum approval_state)name_index(
                                    rows_text(rows, 5), approval_state_names, APPROVAL_STATE_COUNT),
                                .customer = rows_copy(rows, 6, arena),
                                .currency = rows_copy(rows, 7, arena),
                                .gross_minor = rows_integer(rows, 8),
                                .trace = rows_copy(rows, 9, arena)};
}

enum outcome
credit_held_next(struct store *store, const struct credit_held *after, struct arena *arena,
                 struct credit_held **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    *items = arena_array(arena, struct credit_held, CREDIT_HELD_BATCH);
    *count = 0;
    TRY(store_query(store, SQL_credit_held_next, &rows, why, INTEGER(after->received_ms),
                    TEXT(after->number), TEXT(after->partner), INTEGER(CREDIT_HELD_BATCH)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        (*items)[(*count)++] = read_held(&rows, arena);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
credit_retell(struct store *store, int64_t order_id, const char *reason, const char *trace,
              struct fault *why)
{
    return store_run(store, SQL_credit_retell, why, TEXT(reason), TEXT(trace), INTEGER(order_id));
}
