#include "store/store_request.h"

#include "base/buf.h"
#include "store/store.h"
#include "store/store_order.h"

#include <assert.h>
#include <string.h>

enum { JSON_BYTES_MAX = 16 * 1024 * 1024 };

/* ---- changes ---- */

static enum outcome
insert_change_lines(struct store *store, int64_t id, const struct order_change *change,
                    struct fault *why)
{
    OWNED(buf) options;
    buf_init(&options, JSON_BYTES_MAX);
    for (size_t index = 0; index < change->line_count; index++) {
        const struct line_change *item = &change->lines[index];
        const struct order_line *line = &item->line;
        TRY(store_run(store, SQL_request_change_line_insert, why, INTEGER(id), INTEGER(index + 1),
                      TEXT(change_action_names[item->action]), TEXT(line->number), TEXT(line->sku),
                      TEXT(line->description), INTEGER_OR_NULL(line->quantity_micros, AMOUNT_NONE),
                      TEXT(line->unit), INTEGER_OR_NULL(line->expected_price_micros, AMOUNT_NONE),
                      INTEGER_OR_NULL(line->manual.price_micros, AMOUNT_NONE),
                      INTEGER_OR_NULL(line->manual.discount_micros, AMOUNT_NONE),
                      TEXT(line->manual.reason), TEXT(line->manual.person),
                      INTEGER_OR_NULL(line->requested_from, DAY_NONE),
                      INTEGER_OR_NULL(line->requested_to, DAY_NONE),
                      item->has_options ? TEXT(order_options_text(line, &options)) : NOTHING,
                      INTEGER(line->place.line), INTEGER(line->place.column)));
    }
    return DONE;
}

static enum outcome
insert_change_notes(struct store *store, int64_t id, const struct order_change *change,
                    struct fault *why)
{
    for (size_t index = 0; index < change->note_count; index++) {
        const struct note_change *note = &change->notes[index];
        TRY(store_run(store, SQL_request_change_note_insert, why, INTEGER(id), INTEGER(index + 1),
                      TEXT(note->line), TEXT(note_kind_names[note->kind]), TEXT(note->text)));
    }
    return DONE;
}

static enum outcome
insert_ship_to(struct store *store, int64_t id, const struct party *party, struct fault *why)
{
    return store_run(store, SQL_request_change_ship_to_insert, why, INTEGER(id), TEXT(party->code),
                     TEXT(party->name), TEXT(party->contact), TEXT(party->phone),
                     TEXT(party->email), TEXT(party->country), TEXT(party->region),
                     TEXT(party->city), TEXT(party->district), TEXT(party->postal_code),
                     TEXT(party->street), TEXT(party->street2));
}

/* The number is in use. */
static enum outcome
compare(struct store *store, enum statement statement, const char *partner, const char *sha256,
        const char *order_number, const char *number, enum request_admission *admission,
        struct fault *why)
{
    int64_t is_same = 0;
    TRY(store_number(store, statement, 0, &is_same, why, TEXT(sha256), TEXT(partner),
                     TEXT(order_number), TEXT(number)));
    *admission = is_same != 0 ? REQUEST_KNOWN : REQUEST_CONFLICT;
    return DONE;
}

enum outcome
change_request_store(struct store *store, const char *partner, int64_t interchange_id,
                     const struct order_change *change, enum request_admission *admission,
                     struct fault *why)
{
    char sha256[DIGEST_HEX_SIZE];
    order_change_digest(change, sha256);
    TRY(store_run(store, SQL_request_change_insert, why, INTEGER(interchange_id), TEXT(partner),
                  TEXT(change->order_number), TEXT(change->number), TEXT(sha256),
                  INTEGER(change->version), TEXT(change->reason),
                  INTEGER_OR_NULL(change->requested_from, DAY_NONE),
                  INTEGER_OR_NULL(change->requested_to, DAY_NONE), TEXT(change->terms),
                  INTEGER(change->place.line)));
    if (store_changes(store) == 0) {
        return compare(store, SQL_request_change_is_same, partner, sha256, change->order_number,
                       change->number, admission, why);
    }
    const int64_t id = store_last_id(store);
    TRY(insert_change_lines(store, id, change, why));
    TRY(insert_change_notes(store, id, change, why));
    if (change->has_ship_to) {
        TRY(insert_ship_to(store, id, &change->ship_to, why));
    }
    *admission = REQUEST_STORED;
    return DONE;
}

static struct order_line
read_order_line(const struct rows *rows, struct arena *arena)
{
    return (struct order_line){
        .number = rows_copy(rows, 1, arena),
        .sku = rows_copy(rows, 2, arena),
        .description = rows_copy(rows, 3, arena),
        .quantity_micros = rows_integer_or(rows, 4, AMOUNT_NONE),
        .unit = rows_copy(rows, 5, arena),
        .expected_price_micros = rows_integer_or(rows, 6, AMOUNT_NONE),
        .manual = {.price_micros = rows_integer_or(rows, 7, AMOUNT_NONE),
                   .discount_micros = rows_integer_or(rows, 8, AMOUNT_NONE),
                   .reason = rows_copy(rows, 9, arena),
                   .person = rows_copy(rows, 10, arena)},
        .requested_from = (int32_t)rows_integer_or(rows, 11, DAY_NONE),
        .requested_to = (int32_t)rows_integer_or(rows, 12, DAY_NONE),
        .place = {rows_integer(rows, 14), rows_integer(rows, 15)},
    };
}

static enum outcome
read_change_lines(struct store *store, int64_t id, struct arena *arena, struct order_change *change,
                  struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query(store, SQL_request_change_lines, &rows, why, INTEGER(id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int action =
            name_index(rows_text(&rows, 0), change_action_names, CHANGE_ACTION_COUNT);
        assert(action >= 0 && "the store has checked it");
        change->lines = arena_grow(arena, change->lines, sizeof *change->lines, change->line_count,
                                   &change->line_capacity);
        struct line_change *line = &change->lines[change->line_count++];
        *line = (struct line_change){.action = (enum change_action)action,
                                     .line = read_order_line(&rows, arena),
                                     .has_options = !rows_is_null(&rows, 13)};
        if (line->has_options) {
            TRY(order_read_options(store, rows_text(&rows, 13), arena, &line->line, why));
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_change_notes(struct store *store, int64_t id, struct arena *arena, struct order_change *change,
                  struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query(store, SQL_request_change_notes, &rows, why, INTEGER(id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int kind = name_index(rows_text(&rows, 0), note_kind_names, NOTE_KIND_COUNT);
        assert(kind >= 0 && "the store has checked it");
        change->notes = arena_grow(arena, change->notes, sizeof *change->notes, change->note_count,
                                   &change->note_capacity);
        change->notes[change->note_count++] = (struct note_change){
            (enum note_kind)kind, rows_copy(&rows, 1, arena), rows_copy(&rows, 2, arena)};
    }
    return outcome == NONE ? DONE : outcome;
}

static struct party
read_party(const struct rows *rows, int column, struct arena *arena)
{
    return (struct party){
        .code = rows_copy(rows, column, arena),
        .name = rows_copy(rows, column + 1, arena),
        .contact = rows_copy(rows, column + 2, arena),
        .phone = rows_copy(rows, column + 3, arena),
        .email = rows_copy(rows, column + 4, arena),
        .country = rows_copy(rows, column + 5, arena),
        .region = rows_copy(rows, column + 6, arena),
        .city = rows_copy(rows, column + 7, arena),
        .district = rows_copy(rows, column + 8, arena),
        .postal_code = rows_copy(rows, column + 9, arena),
        .street = rows_copy(rows, column + 10, arena),
        .street2 = rows_copy(rows, column + 11, arena),
    };
}

/* The first row. */
static enum outcome
read_change(struct store *store, struct rows *rows, struct arena *arena, int64_t *id,
            struct order_change *change, struct fault *why)
{
    TRY(rows_next(rows, why));
    const int64_t read_id = rows_integer(rows, 0);
    struct order_change read = {
        .number = rows_copy(rows, 1, arena),
        .order_number = rows_copy(rows, 2, arena),
        .version = rows_integer(rows, 3),
        .reason = rows_copy(rows, 4, arena),
        .requested_from = (int32_t)rows_integer_or(rows, 5, DAY_NONE),
        .requested_to = (int32_t)rows_integer_or(rows, 6, DAY_NONE),
        .terms = rows_copy(rows, 7, arena),
        .place = {rows_integer(rows, 8), 0},
        .has_ship_to = rows_integer(rows, 9) != 0,
        .ship_to = read_party(rows, 10, arena), /* texts "" when it has none */
    };
    TRY(read_change_lines(store, read_id, arena, &read, why));
    TRY(read_change_notes(store, read_id, arena, &read, why));
    *id = read_id;
    *change = read;
    return DONE;
}

enum outcome
change_request_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                    int64_t *id, struct order_change *change, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_request_change_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    return read_change(store, &rows, arena, id, change, why);
}

enum outcome
change_request_read(struct store *store, int64_t id, struct arena *arena,
                    struct order_change *change, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_request_change_by_id, &rows, why, INTEGER(id)));
    return read_change(store, &rows, arena, &id, change, why);
}

enum outcome
change_request_keep(struct store *store, const char *partner, int64_t order_id,
                    const struct order_change *change, int64_t *id, struct fault *why)
{
    enum request_admission admission = REQUEST_CONFLICT;
    TRY(change_request_store(store, partner, 0, change, &admission, why));
    if (admission != REQUEST_STORED) {
        return NONE;
    }
    TRY(store_number(store, SQL_request_change_find, 0, id, why, TEXT(partner),
                     TEXT(change->order_number), TEXT(change->number)));
    return change_request_match(store, *id, order_id, why);
}

enum outcome
change_request_match(struct store *store, int64_t id, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_request_change_match, why, INTEGER(order_id), INTEGER(id));
}

enum outcome
change_request_discard(struct store *store, int64_t id, struct fault *why)
{
    TRY(store_run(store, SQL_request_change_lines_discard, why, INTEGER(id)));
    TRY(store_run(store, SQL_request_change_notes_discard, why, INTEGER(id)));
    TRY(store_run(store, SQL_request_change_ship_to_discard, why, INTEGER(id)));
    return store_run(store, SQL_request_change_discard, why, INTEGER(id));
}

/* ---- cancellations ---- */

enum outcome
cancel_request_store(struct store *store, const char *partner, int64_t interchange_id,
                     const struct order_cancellation *cancellation,
                     enum request_admission *admission, struct fault *why)
{
    char sha256[DIGEST_HEX_SIZE];
    order_cancellation_digest(cancellation, sha256);
    TRY(store_run(store, SQL_request_cancel_insert, why, INTEGER(interchange_id), TEXT(partner),
                  TEXT(cancellation->order_number), TEXT(cancellation->number), TEXT(sha256),
                  INTEGER(cancellation->version), TEXT(cancellation->reason),
                  TEXT(cancellation->text), INTEGER(cancellation->place.line)));
    if (store_changes(store) == 0) {
        return compare(store, SQL_request_cancel_is_same, partner, sha256,
                       cancellation->order_number, cancellation->number, admission, why);
    }
    const int64_t id = store_last_id(store);
    for (size_t index = 0; index < cancellation->line_count; index++) {
        const struct cancelled_line *line = &cancellation->lines[index];
        TRY(store_run(store, SQL_request_cancel_line_insert, why, INTEGER(id), INTEGER(index + 1),
                      TEXT(line->number), INTEGER_OR_NULL(line->quantity_micros, AMOUNT_NONE),
                      INTEGER(line->line)));
    }
    *admission = REQUEST_STORED;
    return DONE;
}

static enum outcome
read_cancelled_lines(struct store *store, int64_t id, struct arena *arena,
                     struct order_cancellation *cancellation, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query(store, SQL_request_cancel_lines, &rows, why, INTEGER(id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        cancellation->lines = arena_grow(arena, cancellation->lines, sizeof *cancellation->lines,
                                         cancellation->line_count, &cancellation->line_capacity);
        cancellation->lines[cancellation->line_count++] =
            (struct cancelled_line){rows_copy(&rows, 0, arena),
                                    rows_integer_or(&rows, 1, AMOUNT_NONE), rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
cancel_request_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                    int64_t *id, struct order_cancellation *cancellation, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_request_cancel_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    TRY(rows_next(&rows, why));
    const int64_t read_id = rows_integer(&rows, 0);
    struct order_cancellation read = {
        .number = rows_copy(&rows, 1, arena),
        .order_number = rows_copy(&rows, 2, arena),
        .version = rows_integer(&rows, 3),
        .reason = rows_copy(&rows, 4, arena),
        .text = rows_copy(&rows, 5, arena),
        .place = {rows_integer(&rows, 6), 0},
    };
    TRY(read_cancelled_lines(store, read_id, arena, &read, why));
    *id = read_id;
    *cancellation = read;
    return DONE;
}

enum outcome
cancel_request_match(struct store *store, int64_t id, int64_t order_id, struct fault *why)
{
    return store_run(store, SQL_request_cancel_match, why, INTEGER(order_id), INTEGER(id));
}

enum outcome
cancel_request_discard(struct store *store, int64_t id, struct fault *why)
{
    TRY(store_run(store, SQL_request_cancel_lines_discard, why, INTEGER(id)));
    return store_run(store, SQL_request_cancel_discard, why, INTEGER(id));
}

/* ---- answers to stop notices ---- */

static enum outcome
compare_answer(struct store *store, const char *partner, const struct stop_answer *answer,
               enum request_admission *admission, struct fault *why)
{
    int64_t is_same = 0;
    TRY(store_number(store, SQL_request_stop_is_same, 0, &is_same, why,
                     INTEGER_OR_NULL(answer->quantity_micros, AMOUNT_NONE),
                     INTEGER_OR_NULL(answer->cost_micros, AMOUNT_NONE), TEXT(answer->currency),
                     TEXT(answer->reason), TEXT(partner), INTEGER(answer->number),
                     TEXT(answer->status), TEXT(answer->order_line),
                     INTEGER_OR_NULL(answer->at_ms, AMOUNT_NONE)));
    *admission = is_same != 0 ? REQUEST_KNOWN : REQUEST_CONFLICT;
    return DONE;
}

enum outcome
stop_answer_store(struct store *store, const char *partner, int64_t interchange_id,
                  const struct stop_answer *answer, enum request_admission *admission,
                  struct fault *why)
{
    TRY(store_run(store, SQL_request_stop_insert, why, INTEGER(interchange_id), TEXT(partner),
                  INTEGER(answer->number), TEXT(answer->status), TEXT(answer->order_line),
                  INTEGER_OR_NULL(answer->quantity_micros, AMOUNT_NONE),
                  INTEGER_OR_NULL(answer->at_ms, AMOUNT_NONE),
                  INTEGER_OR_NULL(answer->cost_micros, AMOUNT_NONE), TEXT(answer->currency),
                  TEXT(answer->reason), INTEGER(answer->place.line)));
    if (store_changes(store) == 0) {
        return compare_answer(store, partner, answer, admission, why);
    }
    *admission = REQUEST_STORED;
    return DONE;
}

enum outcome
stop_answer_next(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
                 int64_t *id, struct stop_answer *answer, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_request_stop_of_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    TRY(rows_next(&rows, why));
    *id = rows_integer(&rows, 0);
    *answer = (struct stop_answer){
        .number = rows_integer(&rows, 1),
        .status = rows_copy(&rows, 2, arena),
        .order_line = rows_copy(&rows, 3, arena),
        .quantity_micros = rows_integer_or(&rows, 4, AMOUNT_NONE),
        .at_ms = rows_integer_or(&rows, 5, AMOUNT_NONE),
        .cost_micros = rows_integer_or(&rows, 6, AMOUNT_NONE),
        .currency = rows_copy(&rows, 7, arena),
        .reason = rows_copy(&rows, 8, arena),
        .place = {rows_integer(&rows, 9), 0},
    };
    return DONE;
}

enum outcome
stop_answer_match(struct store *store, int64_t id, int64_t notice_id, struct fault *why)
{
    return store_run(store, SQL_request_stop_match, why, INTEGER(notice_id), INTEGER(id));
}

enum outcome
stop_answer_discard(struct store *store, int64_t id, struct fault *why)
{
    return store_run(store, SQL_request_stop_discard, why, INTEGER(id));
}
