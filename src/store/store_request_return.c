/* Returns: what customers want to send back, and what has come back. */
#include "store/store_request.h"

#include "store/store.h"

/* ---- requests ---- */

enum outcome
return_request_store(struct store *store, const char *partner, int64_t interchange_id,
                     const struct return_request *request, enum request_admission *admission,
                     struct fault *why)
{
    char sha256[DIGEST_HEX_SIZE];
    return_request_digest(request, sha256);
    TRY(store_run(store, SQL_request_return_insert, why, INTEGER(interchange_id), TEXT(partner),
                  TEXT(request->order_number), TEXT(request->number), TEXT(sha256),
                  INTEGER(request->place.line)));
    if (store_changes(store) == 0) {
        int64_t is_same = 0;
        TRY(store_number(store, SQL_request_return_is_same, 0, &is_same, why, TEXT(sha256),
                         TEXT(partner), TEXT(request->order_number), TEXT(request->number)));
        *admission = is_same != 0 ? REQUEST_KNOWN : REQUEST_CONFLICT;
        return DONE;
    }
    const int64_t id = store_last_id(store);
    for (size_t index = 0; index < request->line_count; index++) {
        const struct return_line *line = &request->lines[index];
        TRY(store_run(store, SQL_request_return_line_insert, why, INTEGER(id), INTEGER(index + 1),
                      TEXT(line->number), TEXT(line->part), INTEGER(line->quantity_micros),
                      TEXT(line->reason), TEXT(line->wish), TEXT(line->exchange_sku),
                      TEXT(line->serials), TEXT(line->text), INTEGER(line->line)));
    }
    *admission = REQUEST_STORED;
    return DONE;
}

static enum outcome
read_request_lines(struct store *store, int64_t id, struct arena *arena,
                   struct return_request *request, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query(store, SQL_request_return_lines, &rows, why, INTEGER(id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        request->lines = arena_grow(arena, request->lines, sizeof *request->lines,
                                    request->line_count, &request->line_capacity);
        request->lines[request->line_count++] = (struct return_line){
            .number = rows_copy(&rows, 0, arena),
            .part = rows_copy(&rows, 1, arena),
            .quantity_micros = rows_integer(&rows, 2),
            .reason = rows_copy(&rows, 3, arena),
            .wish = rows_copy(&rows, 4, arena),
            .exchange_sku = rows_copy(&rows, 5, arena),
            .serials = rows_copy(&rows, 6, arena),
            .text = rows_copy(&rows, 7, arena),
            .line = rows_integer(&rows, 8),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
return_request_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                    int64_t *id, struct return_request *request, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_request_return_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    TRY(rows_next(&rows, why));
    const int64_t read_id = rows_integer(&rows, 0);
    struct return_request read = {
        .number = rows_copy(&rows, 1, arena),
        .order_number = rows_copy(&rows, 2, arena),
        .place = {rows_integer(&rows, 3), 0},
    };
    TRY(read_request_lines(store, read_id, arena, &read, why));
    *id = read_id;
    *request = read;
    return DONE;
}

enum outcome
return_request_match(struct store *store, int64_t id, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_request_return_match, why, INTEGER(order_id), INTEGER(id));
}

enum outcome
return_request_discard(struct store *store, int64_t id, struct fault *why)
{
    TRY(store_run(store, SQL_request_return_lines_discard, why, INTEGER(id)));
    return store_run(store, SQL_request_return_discard, why, INTEGER(id));
}

/* ---- receipts ---- */

enum outcome
return_receipt_store(struct store *store, const char *warehouse, int64_t interchange_id,
                     const struct return_receipt *receipt, enum request_admission *admission,
                     struct fault *why)
{
    char sha256[DIGEST_HEX_SIZE];
    return_receipt_digest(receipt, sha256);
    TRY(store_run(store, SQL_request_receipt_insert, why, INTEGER(interchange_id), TEXT(warehouse),
                  TEXT(receipt->number), TEXT(sha256), TEXT(receipt->authorisation),
                  INTEGER(receipt->at_ms), INTEGER(receipt->place.line)));
    if (store_changes(store) == 0) {
        int64_t is_same = 0;
        TRY(store_number(store, SQL_request_receipt_is_same, 0, &is_same, why, TEXT(sha256),
                         TEXT(warehouse), TEXT(receipt->number)));
        *admission = is_same != 0 ? REQUEST_KNOWN : REQUEST_CONFLICT;
        return DONE;
    }
    const int64_t id = store_last_id(store);
    for (size_t index = 0; index < receipt->line_count; index++) {
        const struct received_line *line = &receipt->lines[index];
        TRY(store_run(store, SQL_request_receipt_line_insert, why, INTEGER(id), INTEGER(index + 1),
                      TEXT(line->order_line), TEXT(line->sku), INTEGER(line->quantity_micros),
                      TEXT(line->condition), TEXT(line->lot), TEXT(line->serials),
                      TEXT(line->reason), INTEGER(line->line)));
    }
    *admission = REQUEST_STORED;
    return DONE;
}

static enum outcome
read_receipt_lines(struct store *store, int64_t id, struct arena *arena,
                   struct return_receipt *receipt, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query(store, SQL_request_receipt_lines, &rows, why, INTEGER(id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        receipt->lines = arena_grow(arena, receipt->lines, sizeof *receipt->lines,
                                    receipt->line_count, &receipt->line_capacity);
        receipt->lines[receipt->line_count++] = (struct received_line){
            .order_line = rows_copy(&rows, 0, arena),
            .sku = rows_copy(&rows, 1, arena),
            .quantity_micros = rows_integer(&rows, 2),
            .condition = rows_copy(&rows, 3, arena),
            .lot = rows_copy(&rows, 4, arena),
            .serials = rows_copy(&rows, 5, arena),
            .reason = rows_copy(&rows, 6, arena),
            .line = rows_integer(&rows, 7),
        };
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
return_receipt_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                    int64_t *id, struct return_receipt *receipt, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_request_receipt_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    TRY(rows_next(&rows, why));
    const int64_t read_id = rows_integer(&rows, 0);
    struct return_receipt read = {
        .number = rows_copy(&rows, 1, arena),
        .authorisation = rows_copy(&rows, 2, arena),
        .at_ms = rows_integer(&rows, 3),
        .place = {rows_integer(&rows, 4), 0},
    };
    TRY(read_receipt_lines(store, read_id, arena, &read, why));
    *id = read_id;
    *receipt = read;
    return DONE;
}

enum outcome
return_receipt_match(struct store *store, int64_t id, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_request_receipt_match, why, INTEGER(order_id), INTEGER(id));
}

enum outcome
return_receipt_discard(struct store *store, int64_t id, struct fault *why)
{
    TRY(store_run(store, SQL_request_receipt_lines_discard, why, INTEGER(id)));
    return store_run(store, SQL_request_receipt_discard, why, INTEGER(id));
}
