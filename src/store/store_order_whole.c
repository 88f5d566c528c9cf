#include "store/store_order_whole.h"

#include "store/store.h"
#include "store/store_order.h"

#include <assert.h>

static int32_t
day_at(const struct rows *rows, int column)
{
    return (int32_t)rows_integer_or(rows, column, DAY_NONE);
}

static enum outcome
read_head(struct store *store, const struct unpriced *version, struct arena *arena,
          struct order *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_whole_head, &rows, why, INTEGER(version->id),
                    INTEGER(version->version)));
    TRY(rows_next(&rows, why));
    order->requested_from = day_at(&rows, 0);
    order->requested_to = day_at(&rows, 1);
    order->sales_person = rows_copy(&rows, 2, arena);
    return DONE;
}

static void
read_party(const struct rows *rows, struct arena *arena, struct party *party)
{
    *party = (struct party){
        .code = rows_copy(rows, 1, arena),
        .name = rows_copy(rows, 2, arena),
        .contact = rows_copy(rows, 3, arena),
        .phone = rows_copy(rows, 4, arena),
        .email = rows_copy(rows, 5, arena),
        .country = rows_copy(rows, 6, arena),
        .region = rows_copy(rows, 7, arena),
        .city = rows_copy(rows, 8, arena),
        .district = rows_copy(rows, 9, arena),
        .postal_code = rows_copy(rows, 10, arena),
        .street = rows_copy(rows, 11, arena),
        .street2 = rows_copy(rows, 12, arena),
    };
}

static enum outcome
read_parties(struct store *store, const struct unpriced *version, struct arena *arena,
             struct order *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    bool is_said[PARTY_ROLE_COUNT] = {false};
    TRY(store_query(store, SQL_order_whole_parties, &rows, why, INTEGER(version->id),
                    INTEGER(version->version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int role = name_index(rows_text(&rows, 0), party_role_names, PARTY_ROLE_COUNT);
        assert(role >= 0);
        read_party(&rows, arena, &order->parties[role]);
        is_said[role] = true;
    }
    assert(outcome != NONE || is_said[PARTY_SOLD_TO]);
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        if (!is_said[role]) {
            order->parties[role] = order->parties[PARTY_SOLD_TO];
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_lines(struct store *store, const struct unpriced *version, struct arena *arena,
           struct order *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t at = 0;
    TRY(store_query(store, SQL_order_whole_lines, &rows, why, INTEGER(version->id),
                    INTEGER(version->version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        assert(at < order->line_count);
        struct order_line *line = &order->lines[at++];
        line->description = rows_copy(&rows, 0, arena);
        line->requested_from = day_at(&rows, 1);
        line->requested_to = day_at(&rows, 2);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_notes(struct store *store, const struct unpriced *version, struct arena *arena,
           struct order *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_whole_notes, &rows, why, INTEGER(version->id),
                    INTEGER(version->version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int kind = name_index(rows_text(&rows, 0), note_kind_names, NOTE_KIND_COUNT);
        assert(kind >= 0);
        order->notes = arena_grow(arena, order->notes, sizeof *order->notes, order->note_count,
                                  &order->note_capacity);
        order->notes[order->note_count++] = (struct note){
            (enum note_kind)kind, rows_copy(&rows, 1, arena), (size_t)rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
order_read_whole(struct store *store, int64_t id, int64_t version, struct arena *arena,
                 struct order *order, struct fault *why)
{
    struct unpriced head = {0};
    TRY(order_read(store, id, version, arena, &head, why));
    TRY(order_read_lines(store, &head, arena, why));
    head.order.line_capacity = head.order.line_count;
    *order = head.order;
    TRY(read_head(store, &head, arena, order, why));
    TRY(read_parties(store, &head, arena, order, why));
    TRY(read_lines(store, &head, arena, order, why));
    return read_notes(store, &head, arena, order, why);
}
