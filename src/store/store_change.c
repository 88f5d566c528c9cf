#include "store/store_change.h"

#include "order/order.h"
#include "store/store.h"

enum outcome
change_amounts(struct store *store, int64_t order_id, int64_t version,
               struct change_amounts *amounts, struct fault *why)
{
    OWNED(rows) rows = {0};
    *amounts = (struct change_amounts){AMOUNT_NONE, AMOUNT_NONE, AMOUNT_NONE};
    TRY(store_query(store, SQL_change_amounts, &rows, why, INTEGER(order_id), INTEGER(version)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        *amounts = (struct change_amounts){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                           rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
change_is_answered(struct store *store, int64_t order_id, const char *number, bool *is_answered,
                   struct fault *why)
{
    int64_t count = 0;
    *is_answered = false;
    if (number[0] == '\0') {
        return DONE;
    }
    TRY(store_number(store, SQL_change_answer_of_number, 0, &count, why, INTEGER(order_id),
                     TEXT(number)));
    *is_answered = count > 0;
    return DONE;
}

static enum outcome
add_item(struct store *store, int64_t order_id, int64_t number, size_t at,
         const struct change_item *item, struct fault *why)
{
    return store_run(
        store, SQL_change_answer_item_insert, why, INTEGER(order_id), INTEGER(number), INTEGER(at),
        TEXT(item->kind), TEXT(item->line), TEXT(item->field), TEXT(item->before),
        TEXT(item->after), TEXT(change_verdict_names[item->verdict]), TEXT(item->way),
        TEXT(item->code == MESSAGE_COUNT ? "" : message_entry(item->code)->id), TEXT(item->value),
        TEXT(item->other == NULL ? "" : item->other), TEXT(item->rule));
}

enum outcome
change_answer_add(struct store *store, int64_t order_id, const char *actor, int64_t at_ms,
                  const struct change_answer *answer, int64_t *number, struct fault *why)
{
    const struct change_amounts *before = &answer->before;
    const struct change_amounts *after = &answer->after;
    TRY(store_number(store, SQL_change_answer_number, 0, number, why, INTEGER(order_id)));
    ++*number;
    TRY(store_run(store, SQL_change_answer_insert, why, INTEGER(order_id), INTEGER(*number),
                  TEXT(answer->change_number), TEXT(actor), INTEGER(at_ms),
                  TEXT(change_verdict_names[answer->verdict]), INTEGER(answer->version_before),
                  INTEGER(answer->version), TEXT(answer->currency),
                  INTEGER_OR_NULL(before->net_minor, AMOUNT_NONE),
                  INTEGER_OR_NULL(before->tax_minor, AMOUNT_NONE),
                  INTEGER_OR_NULL(before->gross_minor, AMOUNT_NONE),
                  INTEGER_OR_NULL(after->net_minor, AMOUNT_NONE),
                  INTEGER_OR_NULL(after->tax_minor, AMOUNT_NONE),
                  INTEGER_OR_NULL(after->gross_minor, AMOUNT_NONE)));
    for (size_t index = 0; index < answer->item_count; index++) {
        TRY(add_item(store, order_id, *number, index + 1, &answer->items[index], why));
    }
    return DONE;
}

enum outcome
change_redirected(struct store *store, int64_t notice_id, struct arena *arena,
                  struct change_answer *answer, const char **address, struct fault *why)
{
    OWNED(rows) rows = {0};
    answer->change_number = "";
    answer->currency = "";
    *address = "";
    TRY(store_query(store, SQL_change_redirected, &rows, why, INTEGER(notice_id)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        answer->change_number = arena_copy(arena, rows_text(&rows, 0));
        answer->currency = arena_copy(arena, rows_text(&rows, 1));
        *address = arena_copy(arena, rows_text(&rows, 2));
    }
    return outcome == NONE ? DONE : outcome;
}

static struct change_amounts
amounts_at(const struct rows *rows, int column)
{
    return (struct change_amounts){rows_integer_or(rows, column, AMOUNT_NONE),
                                   rows_integer_or(rows, column + 1, AMOUNT_NONE),
                                   rows_integer_or(rows, column + 2, AMOUNT_NONE)};
}

void
document_change_get(const struct document_scan *scan, struct document_change *change)
{
    const struct rows *rows = &scan->rows;
    *change = (struct document_change){
        .order_number = rows_text(rows, 1),
        .number = rows_integer(rows, 2),
        .change_number = rows_text(rows, 3),
        .at_ms = rows_integer(rows, 4),
        .verdict = rows_text(rows, 5),
        .version_before = rows_integer(rows, 6),
        .version = rows_integer(rows, 7),
        .currency = rows_text(rows, 8),
        .before = amounts_at(rows, 9),
        .after = amounts_at(rows, 12),
    };
}

void
document_change_item_get(const struct document_scan *scan, struct document_change_item *item)
{
    const struct rows *rows = &scan->rows;
    *item = (struct document_change_item){
        .kind = rows_text(rows, 1),
        .line = rows_text(rows, 2),
        .field = rows_text(rows, 3),
        .before = rows_text(rows, 4),
        .after = rows_text(rows, 5),
        .verdict = rows_text(rows, 6),
        .code = rows_text(rows, 7),
        .value = rows_text(rows, 8),
        .other = rows_text(rows, 9),
    };
}
